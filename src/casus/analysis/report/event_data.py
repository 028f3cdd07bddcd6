"""The events of a report as a table, without names that are withheld."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from casus.analysis.report.records import EventData
from casus.casebook.browsing.columns import MISSING
from casus.casebook.browsing.tables import EventTable, RoleRows, Words
from casus.casebook.records import Role
from casus.casebook.withholding import Withheld
from casus.exports.cells import Value, cell
from casus.exports.redacting import WITHHELD, redacted_record

COLUMNS = (
    ("event", "the event's id in the casebook"),
    ("start", "first day (ISO 8601), empty where it is not known"),
    ("end", "last day"),
    ("event_type", "type (docs/coding-rules.md)"),
    ("country", "ISO 3166-1 alpha-2 code"),
    ("adm1", "first-order unit"),
    ("place", "place"),
    ("latitude", "degrees, WGS 84"),
    ("longitude", "degrees, WGS 84"),
    ("precision_code", "how exactly the place is known: UCDP's where_prec"),
    ("killed_low", "killed, lowest figure; empty where no source gives a number, which is not zero"),
    ("killed_best", "killed, best figure"),
    ("killed_high", "killed, highest figure"),
    ("injured_low", "injured, lowest figure"),
    ("injured_best", "injured, best figure"),
    ("injured_high", "injured, highest figure"),
    ("perpetrators", "who is named as perpetrator, by themselves, others or reports; joined by ;"),
    ("targets", "who is named as target; joined by ;"),
    ("grade", "how well it is corroborated (docs/reconciling.md)"),
    ("disputes", "on how many fields sources disagree"),
    ("is_reviewed", "whether a person has confirmed it"),
    ("reports", "how many reports tell of it"),
    ("sources", "how many independent sources they are"),
)
_NUMBERS = frozenset(
    {"precision_code", "disputes", "reports", "sources"}
    | {f"{harm}_{part}" for harm in ("killed", "injured") for part in ("low", "best", "high")}
)
_PLACE = ("place", "latitude", "longitude", "precision_code")


def event_data(table: EventTable, roles: RoleRows, withheld: Withheld) -> EventData:
    """The events in the order of their days, as CSV (RFC 4180); a place that is withheld has no point."""
    columns = _columns(table, roles, withheld)
    start = table.numbers["start"]
    order = np.lexsort((np.array(table.ids), np.where(start == MISSING, np.iinfo(np.int64).max, start)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([name for name, _ in COLUMNS])
    chosen = [columns[name] for name, _ in COLUMNS]
    writer.writerows([column[row] for column in chosen] for row in order.tolist())
    return EventData(text.getvalue(), len(table), COLUMNS)


def _columns(table: EventTable, roles: RoleRows, withheld: Withheld) -> dict[str, Sequence[str]]:
    """The cells of each column."""
    shut = table.flags["is_place_withheld"].tolist()
    columns: dict[str, Sequence[str]] = {"event": table.ids}
    for name in ("start", "end"):
        columns[name] = _written(table.numbers[name].tolist(), _day)
    for name in _NUMBERS:
        columns[name] = _written(table.numbers[name].tolist(), cell)
    for name in ("latitude", "longitude"):
        columns[name] = ["" if one != one else f"{one:.5f}" for one in table.floats[name].tolist()]  # noqa: PLR0124
    for name in ("event_type", "country", "adm1", "place", "grade"):
        columns[name] = _open(table.words[name], withheld)
    columns["is_reviewed"] = [cell(one) for one in table.flags["is_reviewed"].tolist()]
    for part, name in ((Role.PERPETRATOR, "perpetrators"), (Role.TARGET, "targets")):
        columns[name] = _named(roles, part, len(table))
    for name in _PLACE:
        shown = WITHHELD if name == "place" else ""
        columns[name] = [shown if is_shut else one for one, is_shut in zip(columns[name], shut, strict=True)]
    return columns


def _written(numbers: Sequence[int], as_cell: Callable[[Value], str]) -> list[str]:
    """Numbers as cells, each different one worked out once."""
    cells = {number: "" if number == MISSING else as_cell(number) for number in set(numbers)}
    return [cells[number] for number in numbers]


def _day(ordinal: Value) -> str:
    return str(np.datetime64("0001-01-01") + (int(str(ordinal)) - 1))


def _open(words: Words, withheld: Withheld) -> list[str]:
    """A column of words without full names that are withheld anywhere."""
    cells = ["" if not word else cell(redacted_record(word, (), withheld.everywhere)) for word in words.words]
    return [cells[code] for code in words.codes.tolist()]


def _named(roles: RoleRows, part: Role, size: int) -> list[str]:
    """Who is named in a part of each event; those that are withheld are not among `roles`."""
    names: defaultdict[int, dict[str, None]] = defaultdict(dict)
    at = np.flatnonzero(roles.role == tuple(Role).index(part))
    for event, code in zip(roles.event[at].tolist(), roles.name.codes[at].tolist(), strict=True):
        names[event][roles.name.words[code]] = None
    return [cell("; ".join(sorted(names[row]))) if row in names else "" for row in range(size)]
