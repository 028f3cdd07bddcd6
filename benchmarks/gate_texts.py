"""The texts that the gate of an archive learns from, and those that it is measured on.

They lie beside the repository in `../shared` (its `data/README.md` names their sources).  What is held
back is never trained on, nor used for the threshold: the `dev` files of the relevance corpora, every
third coded report, the newspapers of LGL and the articles of GeoVirus that have an even number,
and MUC-4 as a whole.
"""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casus.model import Report
from casus.reading.gating import tells_of_violence
from corpora import gold_reports, labelled_texts

BBC, INDIA, CRIME, SATP = "BBC_News", "IndiaPoliceEvents_docs", "insightCrime", "satp_relevant"
RELEVANCE = (BBC, INDIA, CRIME, SATP)
GOLD, LGL, GEOVIRUS, MUC = "gold", "LGL", "GeoVirus", "MUC-4"
_HELD_BACK_OF_GOLD = 2  # the third, the sixth, … by name, as in evaluate.py
_MESSAGE = re.compile(r"(?m)^((?:DEV|TST1|TST2)-MUC[34]-\d{4})[^\n]*\n")
_SLOT = re.compile(r"\s*([01])\.\s+MESSAGE: (?:ID|TEMPLATE)\s+(\S+)")


@dataclass(frozen=True, slots=True)
class GateText:
    """A text: where it is from, whether it is held back, and its labels, the corpus's own last."""

    source: str
    name: str
    text: str
    is_held: bool
    labels: tuple[bool, ...]

    @property
    def is_labelled(self) -> bool:
        """The label of the corpus: political violence, content for a record, or an incident."""
        return self.labels[-1]


@functools.lru_cache(maxsize=20_000)
def words_let_in(text: str) -> bool:
    """Whether the reader's own gate of words lets a text in."""
    return bool(text.strip()) and tells_of_violence(Report.of(text))


def target_of(text: GateText) -> bool | None:
    """What the gate is to learn of a text: worth parsing, not worth it, or None where nobody says.

    The last column of the corpora means different things: in SATP one kind of attack among four,
    in InsightCrime one subject among seven, in the Indian newspapers one act of the police
    among five, with BBC the politics desk.  So every note of SATP and every article of
    InsightCrime is worth parsing, and of the Indian newspapers each with any label.  General
    news has none: what the gate of words refuses, and the reader so wouldn't read, is not worth it.
    """
    if text.source in (CRIME, SATP):
        return True
    if text.source == INDIA:
        return any(text.labels) or None
    if text.source == GOLD:
        return None if text.is_labelled else False
    if text.source in (LGL, GEOVIRUS):
        return None if words_let_in(text.text) else False
    return text.is_labelled if text.source == BBC else None


def is_violent(text: GateText) -> bool:
    """Whether a text counts as violent where recall is measured: as its corpus labels it, and all of SATP."""
    return text.source == SATP or text.is_labelled


def gate_texts(shared: Path) -> list[GateText]:
    """All texts; none where there is no such folder."""
    data = shared / "data"
    if not data.is_dir():
        return []
    return [*_relevance(data), *_gold(shared), *_lgl(data), *_geovirus(data), *_muc(data)]


def _relevance(data: Path) -> Iterator[GateText]:
    for source in RELEVANCE:
        for part in ("train", "dev"):
            found = labelled_texts(data / "relevance" / f"{source}.{part}.tsv")
            for number, (text, labels) in enumerate(found, start=1):
                yield GateText(source, f"{part} {number}", text, part == "dev", labels)


def _gold(shared: Path) -> Iterator[GateText]:
    for number, coded in enumerate(gold_reports(shared)):
        record = coded.record
        has_content = bool(record.events or record.claims or record.agreements or record.statistics)
        is_held = number % 3 == _HELD_BACK_OF_GOLD
        yield GateText(GOLD, coded.name, coded.report.text, is_held, (has_content,))


def _lgl(data: Path) -> Iterator[GateText]:
    articles = list(ET.parse(data / "geoparsing" / "lgl.xml").getroot().iter("article"))
    papers = sorted({article.findtext("domain") or "" for article in articles})
    for number, article in enumerate(articles, start=1):
        is_held = papers.index(article.findtext("domain") or "") % 2 == 1
        yield GateText(LGL, str(number), article.findtext("text") or "", is_held, (False,))


def _geovirus(data: Path) -> Iterator[GateText]:
    articles = ET.parse(data / "geoparsing" / "GeoVirus.xml").getroot().iter("article")
    for number, article in enumerate(articles):
        yield GateText(GEOVIRUS, str(number + 1), article.findtext("text") or "", number % 2 == 1, (False,))


def _muc(data: Path) -> Iterator[GateText]:
    folders = [data / "muc4" / part for part in ("dev", "tst1", "tst2")]
    files = [path for folder in folders for path in sorted(folder.iterdir())]
    told = {
        message
        for path in files
        if path.name.startswith("key")
        for message in _with_incident(path.read_text("utf-8", errors="replace"))
    }
    for path in files:
        if not path.name.startswith("key"):
            parts = _MESSAGE.split(path.read_text("utf-8", errors="replace"))
            for name, text in zip(parts[1::2], parts[2::2], strict=True):
                yield GateText(MUC, name, text.strip(), is_held=True, labels=(name in told,))


def _with_incident(keys: str) -> Iterator[str]:
    message = ""
    for line in keys.split("\n"):
        slot = _SLOT.match(line)
        if slot is None:
            continue
        if slot[1] == "0":
            message = slot[2]
        elif slot[2] != "*":
            yield message
