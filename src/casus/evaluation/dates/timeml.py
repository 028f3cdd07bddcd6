"""Corpora in the TimeML form (TimeBank, TempEval-3 and those made like them): TIMEX3 tags in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

from casus.errors import BadRecord, SourceMissing
from casus.evaluation.dates.annotated import AnnotatedText, GoldKind, GoldSpan, GoldValue
from casus.resolving.dates.calendar import Span, day_span, month_span, season_span, week_span, year_span

_SUFFIXES = {".tml", ".xml"}
_CREATED = {"CREATION_TIME", "PUBLICATION_TIME"}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?|(\d{4})(\d\d)(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART_OF_YEAR = re.compile(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])")
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_REFERENCE = re.compile(r"(?:PRESENT|PAST|FUTURE)_REF.*")


def read_corpus(path: Path) -> Iterator[AnnotatedText]:
    """The texts of one file, or of all .tml and .xml files below a folder, by name.

    Raises `SourceMissing` where there are none, `BadRecord` for a file that can't be read.
    """
    paths = [path]
    if path.is_dir():
        paths = sorted(file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES)
        if not paths:
            raise SourceMissing(f"{path}: no .tml or .xml files in this folder")
    for file in paths:
        yield read_timeml(file.read_bytes(), file.name)


def read_timeml(content: bytes, name: str) -> AnnotatedText:
    """The text of one document, with the expressions in it and the day that it was made on."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadRecord(f"{name}: it is no XML of the TimeML form: {error.msg}") from error
    body = root.find(".//TEXT")
    reading = _Reading()
    reading.walk(root if body is None else body)
    made = [tag for tag in root.iter("TIMEX3") if tag.get("functionInDocument") in _CREATED]
    created = next((day for tag in made if (day := _created(tag.get("value", "")))), None)
    if body is None and not reading.spans and not made:
        raise BadRecord(f"{name}: no TIMEX3 tags in this file: see `casus evaluate dates --help`")
    return AnnotatedText(name, "".join(reading.pieces), created, tuple(reading.spans), is_running=True)


def _created(value: str) -> date | None:
    days = span_of(value)
    return days.start if days is not None and days.start == days.end else None


class _Reading:
    """The text and the expressions of one document, gathered in order."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.spans: list[GoldSpan] = []
        self._length = 0

    def walk(self, element: etree._Element) -> None:
        """Take in an element and what is below it."""
        start = self._length
        self._add(element.text)
        for below in element:
            if isinstance(below.tag, str):
                self.walk(below)
            self._add(below.tail)
        if element.tag == "TIMEX3" and element.get("functionInDocument") not in _CREATED:
            self._mark(element, start)

    def _add(self, text: str | None) -> None:
        self.pieces.append(text or "")
        self._length += len(text or "")

    def _mark(self, element: etree._Element, start: int) -> None:
        kind, written = element.get("type", ""), element.get("value", "")
        if kind not in GoldKind.__members__ or start == self._length:
            return
        days = span_of(written) if kind in {GoldKind.DATE, GoldKind.TIME} else None
        value = GoldValue.REFERENCE if _REFERENCE.fullmatch(written) else GoldValue.OTHER
        if days is not None:
            value = GoldValue.DAYS
        first, last = (days.start, days.end) if days else (None, None)
        self.spans.append(
            GoldSpan(start, self._length, GoldKind(kind), value, first, last, None, written or "no value")
        )


def span_of(value: str) -> Span | None:
    """The days of a TIMEX3 value: a day, week, month, quarter, season, year, decade or century."""
    try:
        return _span_of(value)
    except (ValueError, OverflowError):
        return None


def _span_of(value: str) -> Span | None:
    if match := _DAY.fullmatch(value):
        year, month, day = (int(number) for number in match.groups() if number)
        return day_span(date(year, month, day))
    if match := _WEEK.fullmatch(value):
        week = week_span(date.fromisocalendar(int(match[1]), int(match[2]), 1))
        return Span(week.end - timedelta(days=1), week.end, week.precision) if match[3] else week
    if match := _PART_OF_YEAR.fullmatch(value):
        return _part_of_year(int(match[1]), match[2])
    if re.fullmatch(r"\d{4}-\d\d", value):
        return month_span(int(value[:4]), int(value[5:]))
    if re.fullmatch(r"\d{2,4}", value):
        years = 10 ** (4 - len(value))
        first = int(value) * years
        return Span(year_span(first).start, year_span(first + years - 1).end, year_span(first).precision)
    return None


def _part_of_year(year: int, part: str) -> Span:
    if part in _SEASONS:
        return season_span(_SEASONS[part], year)
    months = 3 if part.startswith("Q") else 6
    first = 1 + months * (int(part[1]) - 1)
    last = month_span(year, first + months - 1)
    return Span(month_span(year, first).start, last.end, last.precision)
