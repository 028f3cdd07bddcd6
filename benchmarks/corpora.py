"""The texts that speed and gate are measured on: news of violence and general news.

They lie beside the repository in `../shared` (its `data/README.md` names their sources).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from casus.evaluation import CodedReport, read_folder
from casus.model import Report

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
EXAMPLES = REPOSITORY / "examples" / "reports"
# Lower-cased and without commas: no measure of speed, but one of the gate.
_UNTIMED = ("BBC_News",)
# Weekdays in the texts count from some day; which one makes no difference to the time.
_ANY_DAY = date(2020, 1, 1)
_LABELS = re.compile(r"(?:\t[01])+\Z")

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts of one source and kind: violent, or not."""

    name: str
    is_violent: bool
    texts: tuple[str, ...]


def relevance_corpora(shared: Path) -> list[Corpus]:
    """The violent and the other texts of each relevance corpus; none where there is no such folder."""
    found: dict[tuple[str, bool], list[str]] = {}
    for path in sorted((shared / "data" / "relevance").glob("*.tsv")):
        for text, labels in labelled_texts(path):
            found.setdefault((path.name.split(".")[0], labels[-1]), []).append(text)
    return [Corpus(name, is_violent, tuple(texts)) for (name, is_violent), texts in sorted(found.items())]


def violent_texts(shared: Path) -> list[str]:
    """Violent texts of all corpora that can be timed, the corpora taking turns."""
    sources = [c.texts for c in relevance_corpora(shared) if c.is_violent and c.name not in _UNTIMED]
    longest = max(map(len, sources), default=0)
    return [texts[i] for i in range(longest) for texts in sources if i < len(texts)]


def general_texts(shared: Path) -> list[str]:
    """The local news of the LGL corpus."""
    path = shared / "data" / "geoparsing" / "lgl.xml"
    if not path.is_file():
        return []
    return [article.findtext("text") or "" for article in ET.parse(path).getroot().iter("article")]


def example_texts() -> list[str]:
    """The example reports of the repository."""
    return [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]


def gold_reports(shared: Path) -> list[CodedReport]:
    """The hand-coded reports; none where there is no such folder."""
    folder = shared / "gold"
    return [r for r in read_folder(folder) if isinstance(r, CodedReport)] if folder.is_dir() else []


def spread(items: Sequence[Item], count: int) -> list[Item]:
    """`count` of the items, evenly spread over all; all of them where there are no more."""
    if count >= len(items):
        return list(items)
    return [items[i * len(items) // count] for i in range(count)]


def as_reports(texts: Sequence[str]) -> list[Report]:
    """The texts as reports with a publication date."""
    return [Report.of(text, published_on=_ANY_DAY) for text in texts]


def labelled_texts(path: Path) -> Iterator[tuple[str, tuple[bool, ...]]]:
    """The texts of a relevance corpus, each with all its labels; the last says whether it is violent."""
    for line in path.read_text("utf-8", errors="replace").split("\n"):
        row = line.rstrip("\r")
        labels = _LABELS.search(row)
        if labels is not None:
            marks = labels.group().split("\t")[1:]
            yield _unquoted(row[: labels.start()]), tuple(mark == "1" for mark in marks)


def _unquoted(field: str) -> str:
    is_quoted = len(field) > 1 and field.startswith('"') and field.endswith('"')
    return field[1:-1].replace('""', '"') if is_quoted else field
