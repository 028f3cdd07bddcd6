"""The texts that made-up archives are grown from, by kind: news of violence and general news."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casus.model import Report
from casus.reading.gating import tells_of_violence
from corpora import REPOSITORY, general_texts, relevance_corpora
from growing import Kind, kind_of, place_names
from invented_news import ORDINARY, VIOLENT

# Shares of the general news.  The articles of LGL are well-formed; those of the BBC and of the Indian
# papers are lower-cased, and InsightCrime writes about organised crime, so they are few.
_GENERAL = {
    "LGL": 0.72,
    "GeoVirus": 0.06,
    "BBC_News": 0.16,
    "IndiaPoliceEvents_docs": 0.04,
    "insightCrime": 0.02,
}
_VIOLENT = {"insightCrime": 0.45, "satp_relevant": 0.3, "IndiaPoliceEvents_docs": 0.1, "MUC-4": 0.15}
_MESSAGE = re.compile(r"^DEV-MUC3-\d+.*$", re.MULTILINE)
_HEADER = re.compile(r"\[[A-Z ()]+\]")
_EXAMPLES = ("reports", "casebook", "accord")


@dataclass(frozen=True, slots=True)
class Sources:
    """Kinds of texts with their weights, and a sentence on where they are from."""

    violent: tuple[tuple[Kind, float], ...]
    general: tuple[tuple[Kind, float], ...]
    told: str

    def drawn(self, dice: random.Random, *, is_violent: bool) -> Kind:
        """One of the kinds."""
        among = self.violent if is_violent else self.general
        return dice.choices([kind for kind, _ in among], [weight for _, weight in among])[0]


def sources(shared: Path) -> Sources:
    """The texts of `shared`, or where it has none those of the repository."""
    return _of_shared(shared) if (shared / "data" / "relevance").is_dir() else of_repository()


def of_repository() -> Sources:
    """Invented sentences, and those of the example reports."""
    examples = [
        p.read_text("utf-8")
        for name in _EXAMPLES
        for p in sorted((REPOSITORY / "examples" / name).glob("*.txt"))
    ]
    return Sources(
        ((_invented("invented violence", VIOLENT, examples), 1.0),),
        ((_invented("invented news", ORDINARY, ()), 1.0),),
        "There are no corpora beside the repository: documents are grown from its own few sentences, "
        "enough to try commands and too few to measure with.",
    )


def _invented(name: str, lines: str, more: Iterable[str]) -> Kind:
    """A kind of single sentences; its texts are as long as short news is."""
    made = kind_of(name, [*lines.strip().splitlines(), *more])
    return Kind(
        name, made.openings, tuple(dict.fromkeys((*made.openings, *made.others))), (700, 900, 1100, 1400)
    )


def _of_shared(shared: Path) -> Sources:
    labelled = {(corpus.name, corpus.is_violent): corpus.texts for corpus in relevance_corpora(shared)}
    general = {name: labelled.get((name, False), ()) for name in _GENERAL}
    general |= {"LGL": tuple(general_texts(shared)), "GeoVirus": _geovirus(shared)}
    violent = {name: labelled.get((name, True), ()) for name in _VIOLENT} | {"MUC-4": _muc(shared)}
    kinds = [
        (kind, weight * share)
        for name, weight in _GENERAL.items()
        for kind, share in _sorted(name, general[name])
    ]
    told = ", ".join(f"{name} {len(texts):,}" for name, texts in general.items())
    acts = ", ".join(f"{name} {len(texts):,}" for name, texts in violent.items())
    return Sources(
        tuple((kind_of(name, texts), _VIOLENT[name]) for name, texts in violent.items() if texts),
        tuple(kinds),
        f"Grown from the texts of {shared}: general news ({told}), violence ({acts}).",
    )


def _sorted(name: str, texts: tuple[str, ...]) -> list[tuple[Kind, float]]:
    """The texts in two kinds with the share of each: those with words of violence, and the others.

    Each grows by itself, so that as many new texts have such words as old ones do: mixed, a
    sentence on a court case would stand in every text.
    """
    groups: tuple[list[str], list[str]] = ([], [])
    for text in texts:
        groups[tells_of_violence(Report.of(text))].append(text)
    return [
        (kind_of(f"{name}{note}", group), len(group) / len(texts))
        for group, note in zip(groups, ("", ", with words of violence"), strict=True)
        if group
    ]


def _geovirus(shared: Path) -> tuple[str, ...]:
    path = shared / "data" / "geoparsing" / "GeoVirus.xml"
    if not path.is_file():
        return ()
    return tuple(article.findtext("text") or "" for article in ET.parse(path).getroot().iter("article"))


def _muc(shared: Path) -> tuple[str, ...]:
    """The development messages of MUC-4 without their date lines, in lower case but for places."""
    found = []
    for path in sorted((shared / "data" / "muc4" / "dev").glob("dev-muc3-*")):
        for message in _MESSAGE.split(path.read_text("ascii", errors="replace"))[1:]:
            body = _HEADER.split(message.partition("--")[2])[-1]
            if len(body) > 200:
                found.append(_in_lower_case(body))
    return tuple(found)


def _in_lower_case(text: str) -> str:
    words = [
        word.title() if word.strip(".,;:()\"'").title() in place_names() else word.lower()
        for word in text.split()
    ]
    starts = [at == 0 or words[at - 1].endswith((".", "?", "!")) for at in range(len(words))]
    return " ".join(
        word[:1].upper() + word[1:] if is_start else word
        for word, is_start in zip(words, starts, strict=True)
    )
