"""Train the gate of an archive (`casus.archive.gate`): hashed words, weighed by a logistic regression.

    python benchmarks/train_gate.py [--shared DIR] [--write]

Prints how the threshold came about; `--write` puts the model into `src/casus/archive/gate.model`.
`bench_gate.py` measures the model that is there.  It needs scikit-learn; the same texts and the
same seed give the same weights.
"""

from __future__ import annotations

import argparse
import random
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from casus.archive.gate import MODEL_FILE, Gate, bucket_of, model_file, read_gate, sign_weight_of, words_of
from corpora import REPOSITORY, SHARED
from gate_texts import BBC, GOLD, GateText, gate_texts, target_of

NAME = "hashed-words/1"
MODEL = REPOSITORY / "src" / "casus" / "archive" / MODEL_FILE
_SEED = 2026
_BUCKETS = 2**18
_SIGN_WEIGHTS = 5  # 0 to 4
_WINDOW = 90
# Beside the whole text, training sees leads as short as a title, and stretches, as the gate scores
# the weightiest stretch.
_LEAD_WORDS = (8, 12, 20, 40)
_LEADS = 2
_STRETCHES = 3
_STRETCH = 100
_RAREST = 3  # pieces; words in fewer get no weight of their own
_INVERSE_PENALTY = 10.0
# The politics of the BBC has to stand against sport, business and technology with a few hundred texts.
_WEIGHT_OF_POLITICS = 30.0
# Signs count for more than training finds, since they are what a source has that nobody trained on:
# of SATP, left out of training, 98.9 instead of 97.5 percent are let in at the same cost.
_EMPHASIS_OF_SIGNS = 1.25
_FOLDS = 5
_WANTED_RECALL = 0.995
# The threshold is that much lower than the training texts ask for: titles, and sources that no
# one trained on, score less.
_SLACK = 0.25


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from: its words in order, whether it is worth parsing, and how much it counts."""

    text: GateText
    words: list[bytes]
    is_worth: bool
    weight: float

    @property
    def fold(self) -> int:
        """The part in which it is held back; texts that only differ in signs share one."""
        return zlib.crc32(b" ".join(self.words)) % _FOLDS


@dataclass(frozen=True, slots=True)
class Model:
    """What training found: a weight for each bucket, for each weight of a sign, and the bias."""

    table: NDArray[np.float64]
    of_signs: NDArray[np.float64]
    bias: float

    def content(self, threshold: float = 0.0, **told: object) -> bytes:
        """The model file."""
        unit = float(np.abs(self.table).max() / np.iinfo(np.int16).max)
        header = {
            "name": NAME,
            "threshold": threshold,
            "bias": round(self.bias, 4),
            "window": _WINDOW,
            "unit": unit,
            "of_signs": [round(float(weight), 4) for weight in self.of_signs],
            **told,
        }
        return model_file(header, np.round(self.table / unit).astype(np.int16))

    def gate(self) -> Gate:
        """The gate, without a threshold."""
        return read_gate(self.content())


def examples_of(texts: Iterable[GateText]) -> list[Example]:
    """The texts that may be learned from, of those that are not held back."""
    examples = []
    for text in texts:
        target = None if text.is_held else target_of(text)
        if target is not None:
            weight = _WEIGHT_OF_POLITICS if text.source == BBC and target else 1.0
            examples.append(Example(text, words_of(text.text), target, weight))
    return examples


def fitted(examples: Sequence[Example]) -> Model:
    """A model trained on the examples."""
    chance = random.Random(_SEED)
    pieces = [(e, piece) for e in examples for piece in _pieces(e.words, chance)]
    count = Counter(id(example) for example, _ in pieces)
    counts = _counts([words for _, words in pieces])
    kept = np.asarray((counts > 0).sum(axis=0)).ravel() >= _RAREST
    model = LogisticRegression(C=_INVERSE_PENALTY, solver="liblinear", max_iter=1000, random_state=_SEED)
    model.fit(
        counts[:, kept],
        np.array([example.is_worth for example, _ in pieces]),
        sample_weight=np.array([example.weight / count[id(example)] for example, _ in pieces]),
    )
    weights = np.zeros(_BUCKETS + _SIGN_WEIGHTS)
    weights[kept] = model.coef_[0]
    return Model(weights[:_BUCKETS], weights[_BUCKETS:] * _EMPHASIS_OF_SIGNS, float(model.intercept_[0]))


def _pieces(words: list[bytes], chance: random.Random) -> Iterator[list[bytes]]:
    yield words
    for _ in range(_LEADS):
        lead = chance.choice(_LEAD_WORDS)
        if len(words) > 1.3 * lead:
            yield words[:lead]
    if len(words) > 1.4 * _STRETCH:
        for _ in range(_STRETCHES):
            start = chance.randrange(len(words) - _STRETCH)
            yield words[start : start + _STRETCH]


def _counts(pieces: Sequence[list[bytes]]) -> csr_matrix:
    """A row a piece: how often each bucket and each weight of a sign is met, by the root of the words."""
    values: list[float] = []
    columns: list[int] = []
    ends = [0]
    for words in pieces:
        met = Counter(bucket_of(word, _BUCKETS) for word in words)
        signs = Counter(_BUCKETS + sign_weight_of(word) for word in words)
        del signs[_BUCKETS]
        for column, number in [*met.items(), *signs.items()]:
            columns.append(column)
            values.append(number / len(words) ** 0.5)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(pieces), _BUCKETS + _SIGN_WEIGHTS))


@dataclass(frozen=True, slots=True)
class Cut:
    """The threshold that a source asks for: the score that all but so few of its texts reach."""

    source: str
    texts: int
    threshold: float


def cuts_of(examples: Sequence[Example]) -> list[Cut]:
    """The thresholds that the sources ask for, by scores of models that had not seen the texts."""
    scores: dict[str, list[float]] = {}
    for fold in range(_FOLDS):
        gate = fitted([example for example in examples if example.fold != fold]).gate()
        for example in examples:
            if example.fold == fold and example.is_worth:
                scores.setdefault(example.text.source, []).append(gate.score_of_words(example.words))
    return [
        Cut(source, len(found), _score_with_recall(found, _WANTED_RECALL))
        for source, found in sorted(scores.items())
    ]


def _score_with_recall(scores: Sequence[float], recall: float) -> float:
    return sorted(scores)[int(len(scores) * (1 - recall))]


def gold_cut(gate: Gate, texts: Iterable[GateText]) -> Cut:
    """The score that every coded report with content reaches, of those that may be looked at."""
    seen = [t for t in texts if t.source == GOLD and t.is_labelled and not t.is_held]
    return Cut(GOLD, len(seen), min(gate.score(text.text) for text in seen))


def trained(texts: Sequence[GateText]) -> tuple[bytes, list[Cut]]:
    """The model file with its threshold, and the thresholds that were asked for."""
    examples = examples_of(texts)
    model = fitted(examples)
    cuts = [*cuts_of(examples), gold_cut(model.gate(), texts)]
    threshold = round(min(cut.threshold for cut in cuts) - _SLACK, 2)
    return model.content(threshold, trained_on=_told(examples)), cuts


def _told(examples: Sequence[Example]) -> Mapping[str, str]:
    counts = Counter((example.text.source, example.is_worth) for example in examples)
    return {
        source: f"{counts[source, True]} worth parsing, {counts[source, False]} not"
        for source in sorted({source for source, _ in counts})
    }


def main() -> None:
    """Read the command line, train, and write the model where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="where data/ and gold/ lie")
    parser.add_argument("--write", action="store_true", help=f"write {MODEL_FILE}")
    options = parser.parse_args()
    texts = gate_texts(options.shared)
    if not texts:
        sys.exit(f"{options.shared}/data: no texts to learn from here")
    content, cuts = trained(texts)
    gate = read_gate(content)
    print(f"{'asks for':24}{'texts':>7}{'threshold':>11}")
    for cut in cuts:
        print(f"{cut.source:24}{cut.texts:>7}{cut.threshold:>11.2f}")
    print(f"{gate.name}: threshold {gate.threshold}, {len(content) / 1024:.0f} KiB")
    if options.write:
        MODEL.write_bytes(content)
        print(f"written: {MODEL.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
