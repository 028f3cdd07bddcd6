"""What the gate of an archive lets in and what it misses, beside the reader's own gate of words.

    python benchmarks/bench_gate.py [--shared DIR] [--misses] [--leave-out]

Half a minute; all texts measured on were held back from training (`gate_texts.py` says which).
`--misses` prints the beginnings of the violent texts that either gate refuses; `--leave-out`
trains gates that never saw one of the sources, to tell how they do on it (three minutes).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casus.archive.gate import Gate, load_gate, read_gate
from corpora import SHARED
from gate_texts import (
    BBC,
    CRIME,
    GEOVIRUS,
    GOLD,
    INDIA,
    LGL,
    MUC,
    RELEVANCE,
    SATP,
    GateText,
    gate_texts,
    is_violent,
    words_let_in,
)

NAMES = {
    BBC: "BBC, politics desk",
    INDIA: "Indian newspapers",
    CRIME: "InsightCrime",
    SATP: "SATP",
    MUC: "MUC-4",
    GOLD: "coded reports",
    LGL: "LGL, local news",
    GEOVIRUS: "GeoVirus, epidemics",
}
_ARTICLE_CHARS = 3500
_LEAD_WORDS = 60
_FILLERS = 4  # everyday articles around a lead
_TITLE_CHARS = 100
_REPEATS = 200
_THRESHOLDS = (-1.0, 0.0, 1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """A text, what the gate scored it, and whether each of the two gates lets it in."""

    text: GateText
    score: float
    by_linear: bool
    by_words: bool


@dataclass(frozen=True, slots=True)
class Shares:
    """How many texts there are, and which part of them the linear gate, the words and both let in."""

    texts: int
    linear: float
    words: float
    both: float
    lost: int  # let in by the words and refused by the linear gate

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Shares:
        """The shares among some texts."""
        count = len(judged)
        return cls(
            count,
            sum(j.by_linear for j in judged) / max(count, 1),
            sum(j.by_words for j in judged) / max(count, 1),
            sum(j.by_linear and j.by_words for j in judged) / max(count, 1),
            sum(j.by_words and not j.by_linear for j in judged),
        )


def judged_by(gate: Gate, texts: Sequence[GateText]) -> list[Judged]:
    """What both gates make of the texts."""
    scores = [gate.score(text.text) for text in texts]
    return [
        Judged(text, score, score >= gate.threshold, words_let_in(text.text))
        for text, score in zip(texts, scores, strict=True)
    ]


def unseen(texts: Sequence[GateText]) -> list[GateText]:
    """The texts that are held back, without those that stand word for word among the others."""
    seen = {_plain(text.text) for text in texts if not text.is_held}
    return [text for text in texts if text.is_held and _plain(text.text) not in seen]


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def deep(texts: Sequence[GateText]) -> list[GateText]:
    """Leads of violent coded reports, each between four everyday articles that both gates refuse."""
    gate = load_gate()
    calm = [t.text for t in texts if t.source == LGL and t.is_held and not words_let_in(t.text)]
    calm = [text for text in calm if not gate.lets_in(text)]
    leads = [" ".join(t.text.split()[:_LEAD_WORDS]) for t in texts if t.source == GOLD and t.is_labelled]
    made = []
    for number, lead in enumerate(leads):
        around = [calm[(number * _FILLERS + n) % len(calm)] for n in range(_FILLERS)]
        parts = [*around[: _FILLERS // 2], lead, *around[_FILLERS // 2 :]]
        made.append(GateText("deep", str(number), "\n\n".join(parts), is_held=True, labels=(True,)))
    return made


def titles(texts: Sequence[GateText]) -> list[GateText]:
    """The first hundred characters of the violent coded reports."""
    return [
        GateText("titles", text.name, text.text[:_TITLE_CHARS], is_held=True, labels=(True,))
        for text in texts
        if text.source == GOLD and text.is_labelled
    ]


def microseconds(judge: Callable[[str], object], texts: Sequence[str]) -> float:
    """The time a text takes, in microseconds: the median of several passes."""
    passes = max(3, _REPEATS // len(texts))
    times = []
    for _ in range(passes):
        start = time.process_time()
        for text in texts:
            judge(text)
        times.append((time.process_time() - start) / len(texts))
    return sorted(times)[passes // 2] * 1e6


def articles(texts: Sequence[GateText]) -> list[str]:
    """Local news of 3,500 characters each."""
    whole = " ".join(text.text for text in texts if text.source == LGL)
    ends = range(_ARTICLE_CHARS, len(whole), _ARTICLE_CHARS)
    return [whole[end - _ARTICLE_CHARS : end] for end in ends]


def print_table(title: str, rows: Sequence[tuple[str, Shares]]) -> None:
    """Print shares, a row each."""
    print(f"\n{title:38}{'texts':>6}{'linear':>8}{'words':>8}{'both':>8}{'lost':>6}")
    for name, shares in rows:
        print(
            f"{name:38}{shares.texts:>6}{shares.linear:>8.3f}{shares.words:>8.3f}{shares.both:>8.3f}"
            f"{shares.lost:>6}"
        )


def recall_rows(judged: Sequence[Judged]) -> Iterator[tuple[str, Shares]]:
    """The violent texts of each source."""
    for source in (*RELEVANCE, MUC, GOLD, "deep", "titles"):
        chosen = [j for j in judged if j.text.source == source and is_violent(j.text)]
        yield NAMES.get(source, f"coded reports: {source}"), Shares.of(chosen)


def cost_rows(judged: Sequence[Judged]) -> Iterator[tuple[str, Shares]]:
    """The other texts of each source."""
    for source in (LGL, GEOVIRUS, BBC, INDIA, CRIME, MUC, GOLD):
        yield (
            NAMES[source],
            Shares.of([j for j in judged if j.text.source == source and not is_violent(j.text)]),
        )


def print_precision(judged: Sequence[Judged]) -> None:
    """Print which part of what is let in is violent, by source."""
    print(f"\n{'violent among those let in':38}{'all':>14}{'linear':>8}{'words':>8}{'both':>8}")
    for source in (*RELEVANCE, MUC):
        own = [j for j in judged if j.text.source == source]
        groups = [
            own,
            [j for j in own if j.by_linear],
            [j for j in own if j.by_words],
            [j for j in own if j.by_linear and j.by_words],
        ]
        parts = [sum(is_violent(j.text) for j in group) / max(len(group), 1) for group in groups]
        print(f"{NAMES[source]:38}{parts[0]:>14.3f}" + "".join(f"{part:>8.3f}" for part in parts[1:]))


def print_gold(gate: Gate, texts: Sequence[GateText]) -> None:
    """Print which coded reports with content the gate loses, of all and of the third held back."""
    told = [text for text in texts if text.source == GOLD and text.is_labelled]
    for name, chosen in (("all", told), ("the third held back", [t for t in told if t.is_held])):
        lost = [text.name for text in chosen if not gate.lets_in(text.text)]
        lowest = min((gate.score(text.text) for text in chosen), default=0.0)
        print(
            f"coded reports with content, {name}: {len(lost)} of {len(chosen)} lost{': ' if lost else ''}"
            f"{', '.join(lost)}; the lowest scores {lowest:.2f}"
        )


def print_thresholds(gate: Gate, judged: Sequence[Judged]) -> None:
    """Print what other thresholds would let in."""
    groups = {
        "violent, the worst but the BBC": [
            [j for j in judged if j.text.source == source and is_violent(j.text)]
            for source in (INDIA, CRIME, SATP, MUC, GOLD)
        ],
        "politics of the BBC": [[j for j in judged if j.text.source == BBC and is_violent(j.text)]],
        "local news": [[j for j in judged if j.text.source == LGL]],
    }
    tried = sorted({*_THRESHOLDS, gate.threshold})
    print(f"\n{'let in at a threshold of':38}" + "".join(f"{threshold:>8.2f}" for threshold in tried))
    for name, kinds in groups.items():
        parts = [
            min(sum(j.score >= threshold for j in kind) / max(len(kind), 1) for kind in kinds)
            for threshold in tried
        ]
        print(f"{name:38}" + "".join(f"{part:>8.3f}" for part in parts))
    [local] = groups["local news"]
    parts = [sum(j.score >= t and j.by_words for j in local) / max(len(local), 1) for t in tried]
    print(f"{'local news, both gates':38}" + "".join(f"{part:>8.3f}" for part in parts))


def print_misses(judged: Sequence[Judged]) -> None:
    """Print the beginnings of the violent texts that a gate refuses."""
    for j in judged:
        if is_violent(j.text) and not (j.by_linear and j.by_words):
            refused_by = " and ".join(
                name for name, lets_in in (("linear", j.by_linear), ("words", j.by_words)) if not lets_in
            )
            beginning = " ".join(j.text.text.split())[:160]
            print(f"{j.text.source} {j.text.name}, refused by {refused_by}, {j.score:.2f}: {beginning}")


def print_left_out(texts: Sequence[GateText]) -> None:
    """Print how gates do on a source that they never saw, with the threshold that they then have."""
    from train_gate import trained  # noqa: PLC0415 - it needs scikit-learn

    rows = []
    for source in RELEVANCE:
        gate = read_gate(trained([text for text in texts if text.source != source])[0])
        own = [text for text in texts if text.source == source and is_violent(text)]
        rows.append((f"{NAMES[source]}, at {gate.threshold}", Shares.of(judged_by(gate, own))))
        local = [text for text in texts if text.source == LGL and text.is_held]
        rows.append(("    local news at that threshold", Shares.of(judged_by(gate, local))))
    print_table("violent texts of a source never seen", rows)


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where data/ and gold/ lie")
    parser.add_argument("--misses", action="store_true", help="print what the gates refuse")
    parser.add_argument("--leave-out", action="store_true", help="measure on sources left out of training")
    options = parser.parse_args()
    texts = gate_texts(options.shared)
    if not texts:
        sys.exit(f"{options.shared}/data: no texts to measure on here")
    gate = load_gate()
    judged = judged_by(gate, [*unseen(texts), *deep(texts), *titles(texts)])
    print(f"{gate.name}, threshold {gate.threshold}; which part of the texts held back is let in")
    print_table("violent", list(recall_rows(judged)))
    print_table("other", list(cost_rows(judged)))
    print_precision(judged)
    print_thresholds(gate, judged)
    print()
    print_gold(gate, texts)
    local = articles(texts)
    linear_us = microseconds(gate.score, local)
    words_us = microseconds(words_let_in.__wrapped__, local)
    print(
        f"a local article of {_ARTICLE_CHARS} characters: {linear_us:.0f} microseconds of processor time, "
        f"{words_us:.0f} by the gate of words"
    )
    if options.misses:
        print()
        print_misses(judged)
    if options.leave_out:
        print_left_out(texts)


if __name__ == "__main__":
    main()
