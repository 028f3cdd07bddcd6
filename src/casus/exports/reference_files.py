"""Published data sets of others read as reference events: UCDP GED (21 and later) and ACLED, as CSV.

A file is read row by row.  A row that can't be read is reported with its line and left out.
"""

from __future__ import annotations

import calendar
import csv
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TextIO

from casus.casebook.book import Casebook
from casus.casebook.reference import ReferenceEvent, ReferenceFormat, Violence
from casus.errors import BadRecord, CasebookError, SourceMissing
from casus.exports.acled import acled_types
from casus.exports.country_codes import code_of_gleditsch_ward, code_of_iso_number, code_of_name
from casus.model import EventType

Cells = Mapping[str, str]

_UCDP_NEEDS = (
    "id", "relid", "type_of_violence", "side_a", "side_b", "latitude", "longitude", "country", "country_id",
    "where_prec", "date_prec", "date_start", "date_end", "best", "high", "low",
)  # fmt: skip
_ACLED_NEEDS = ("event_date", "event_type", "actor1", "country", "fatalities")
_ACLED_IDS = ("event_id_cnty", "data_id")
_VIOLENCE = {"1": Violence.STATE_BASED, "2": Violence.NON_STATE, "3": Violence.ONE_SIDED}
_DAY_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y")
_WHERE_OF_GEO = {"1": 1, "2": 2, "3": 4}
_MOST_SHOWN = 100
_WEEK = timedelta(days=6)
# Sub-event types that no event of Casus becomes, and event types for files without sub-event types.
_MORE_TYPES = {
    "Government regains territory": EventType.ARMED_CLASH,
    "Non-state actor overtakes territory": EventType.ARMED_CLASH,
    "Sexual violence": EventType.ATTACK,
    "Mob violence": EventType.RIOT,
    "Suicide bomb": EventType.BOMBING,
    "Grenade": EventType.BOMBING,
    "Chemical weapon": EventType.ATTACK,
    "Battles": EventType.ARMED_CLASH,
    "Explosions/Remote violence": EventType.BOMBING,
    "Violence against civilians": EventType.ATTACK,
    "Protests": EventType.PROTEST,
    "Riots": EventType.RIOT,
    "Strategic developments": EventType.OTHER,
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't be read: its line in the file (the header is line 1), and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class LoadedReference:
    """The account of loading a file: events filed, rows left out, and the first hundred of these."""

    name: str
    format: ReferenceFormat
    events: int
    bad_rows: int
    shown: tuple[BadRow, ...]


def load_reference_file(
    book: Casebook,
    path: Path,
    *,
    name: str | None = None,
    reference_format: ReferenceFormat | None = None,
    replaces: bool = False,
    progress: Callable[[int], None] | None = None,
) -> LoadedReference:
    """Load a file as a reference data set under a name, the file's own where none is given.

    The format is told by the header where it is not given.  `progress` is called with the
    number of rows so far.  Raises `SourceMissing`, `BadRecord` where the file is none of
    these or holds no event, and `CasebookError` where the name is taken.
    """
    called = name or path.stem
    found = reference_format or format_of(path)
    if not replaces and any(one.name == called for one in book.references()):
        raise CasebookError(f"there is a reference data set {called!r} already: replace it, or choose a name")
    bad: list[BadRow] = []
    count = 0

    def events() -> Iterator[ReferenceEvent]:
        nonlocal count
        for number, row in enumerate(read_reference(path, found), start=1):
            if isinstance(row, BadRow):
                count += 1
                if len(bad) < _MOST_SHOWN:
                    bad.append(row)
            else:
                yield row
            if progress is not None:
                progress(number)

    loaded = book.load_reference(called, found, events(), description=path.name, replaces=replaces)
    return LoadedReference(called, found, loaded, count, tuple(bad))


def format_of(path: Path) -> ReferenceFormat:
    """Whose columns a file has; raises `BadRecord` for neither."""
    with _opened(path) as rows:
        header = set(rows.header)
    if header >= set(_UCDP_NEEDS):
        return ReferenceFormat.UCDP_GED
    if header >= set(_ACLED_NEEDS):
        return ReferenceFormat.ACLED
    raise BadRecord(
        f"{path} has neither the columns of UCDP GED nor those of ACLED: "
        "give the CSV file as published, with its header"
    )


def read_reference(path: Path, reference_format: ReferenceFormat) -> Iterator[ReferenceEvent | BadRow]:
    """The events of a published file, row by row; raises `SourceMissing` and `BadRecord`."""
    parse = _ucdp if reference_format is ReferenceFormat.UCDP_GED else _acled
    needed = _UCDP_NEEDS if reference_format is ReferenceFormat.UCDP_GED else _ACLED_NEEDS
    seen: set[str] = set()
    with _opened(path) as rows:
        missing = [column for column in needed if column not in rows.header]
        if missing:
            raise BadRecord(
                f"{path} has no column {missing[0]}: give the {reference_format} file as published"
            )
        for cells, line in rows:
            try:
                event = parse(cells)
            except ValueError as error:
                yield BadRow(line, str(error))
                continue
            if event.id in seen:
                yield BadRow(line, f"the event {event.id} stands twice")
                continue
            seen.add(event.id)
            yield event


class _Rows:
    """The rows of a CSV file, each with its line, with commas or semicolons between cells."""

    def __init__(self, path: Path, handle: TextIO) -> None:
        self._path = path
        first = handle.readline()
        handle.seek(0)
        is_semicolons = first.count(";") > first.count(",")
        self._rows = csv.reader(handle, delimiter=";" if is_semicolons else ",")
        self.header = tuple(next(self._rows, ()))

    def __iter__(self) -> Iterator[tuple[Cells, int]]:
        while True:
            line = self._rows.line_num + 1
            try:
                row = next(self._rows, None)
            except (UnicodeDecodeError, csv.Error) as error:
                raise BadRecord(f"{self._path}, line {line}: not CSV in UTF-8: {error}") from error
            if row is None:
                return
            if row:
                # Too few cells are told by the cells that lack; too many are nobody's.
                named = zip(self.header, row, strict=False)
                yield {name: cell.strip() for name, cell in named if cell.strip()}, line


@contextmanager
def _opened(path: Path) -> Iterator[_Rows]:
    try:
        handle = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise SourceMissing(f"{path} can't be read: {error.strerror}") from error
    with handle:
        try:
            rows = _Rows(path, handle)
        except (UnicodeDecodeError, csv.Error) as error:
            raise BadRecord(f"{path} is no CSV file in UTF-8: {error}") from error
        except OSError as error:
            raise SourceMissing(f"{path} can't be read: {error.strerror}") from error
        yield rows


def _ucdp(cells: Cells) -> ReferenceEvent:
    violence = _VIOLENCE.get(_text(cells, "type_of_violence"))
    if violence is None:
        raise ValueError(f"type_of_violence is {cells['type_of_violence']!r}, not 1, 2 or 3")
    start, end = _day(_text(cells, "date_start")), _day(_text(cells, "date_end"))
    if end < start:
        raise ValueError(f"date_end {end} lies before date_start {start}")
    number = _count(cells, "country_id")
    country = code_of_gleditsch_ward(number) if number is not None else None
    latitude, longitude = _point(cells)
    return ReferenceEvent(
        cells.get("id") or _text(cells, "relid"),
        violence,
        start,
        end,
        country or code_of_name(cells.get("country", "")),
        cells.get("where_coordinates") or cells.get("adm_2") or cells.get("adm_1"),
        latitude,
        longitude,
        _count(cells, "where_prec"),
        _count(cells, "low"),
        _count(cells, "best"),
        _count(cells, "high"),
        tuple(cells[side] for side in ("side_a", "side_b") if side in cells),
        cells,
    )


def _acled(cells: Cells) -> ReferenceEvent:
    day = _day(_text(cells, "event_date"))
    start, end = _window(day, cells.get("time_precision", "1"))
    number = _count(cells, "iso")
    latitude, longitude = _point(cells)
    identifier = next((cells[column] for column in _ACLED_IDS if column in cells), None)
    if identifier is None:
        raise ValueError(f"no identifier: {' and '.join(_ACLED_IDS)} are empty")
    actors = (cells.get(name) for name in ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"))
    return ReferenceEvent(
        identifier,
        _own_type(cells),
        start,
        end,
        (code_of_iso_number(number) if number is not None else None) or code_of_name(_text(cells, "country")),
        cells.get("location"),
        latitude,
        longitude,
        _WHERE_OF_GEO.get(cells.get("geo_precision", "")),
        None,
        _count(cells, "fatalities"),
        None,
        tuple(name for told in actors if told for name in re.split(r";\s*", told) if name),
        cells,
    )


def _own_type(cells: Cells) -> EventType:
    """The event type of Casus that an event type of ACLED answers to."""
    told = (cells.get("sub_event_type", ""), _text(cells, "event_type"))
    for kind, types in acled_types().items():
        if any(one.sub_type == told[0] and not one.sign for one in types):
            return kind
    return next((_MORE_TYPES[name] for name in told if name in _MORE_TYPES), EventType.OTHER)


def _window(day: date, precision: str) -> tuple[date, date]:
    """The days on which it may have been: 1 the day, 2 the week around it, 3 the month."""
    if precision == "2":
        return day - _WEEK, day + _WEEK
    if precision == "3":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day, day


def _text(cells: Cells, column: str) -> str:
    if column not in cells:
        raise ValueError(f"{column} is empty")
    return cells[column]


def _day(text: str) -> date:
    plain = re.sub(r"[ T]\d\d?:\d\d.*$", "", text)
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no date")


def _count(cells: Cells, column: str) -> int | None:
    text = cells.get(column)
    if text is None:
        return None
    if not re.fullmatch(r"\d+(\.0+)?", text):
        raise ValueError(f"{column} is {text!r}, no whole number")
    return int(text.partition(".")[0])


def _point(cells: Cells) -> tuple[float | None, float | None]:
    texts = cells.get("latitude"), cells.get("longitude")
    if texts[0] is None or texts[1] is None:
        return None, None
    try:
        latitude, longitude = float(texts[0]), float(texts[1])
    except ValueError as error:
        raise ValueError(f"{texts[0]!r}, {texts[1]!r} is no point") from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude} is no point on earth")
    return latitude, longitude
