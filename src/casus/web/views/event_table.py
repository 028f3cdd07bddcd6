"""The table of events: its columns, how it is sorted, and which part of it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from casus.casebook.browsing.records import EventOrder
from casus.exports import ExportFormat
from casus.web.filters import Filters

LIMITS = (50, 100, 200)
MOST_OFFSET = 10_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in addresses, its heading, and by what it sorts."""

    key: str
    label: str
    order: EventOrder | None = None
    is_number: bool = False
    starts_descending: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("day", "Day", EventOrder.DAY, starts_descending=True),
    Column("type", "Type", EventOrder.TYPE),
    Column("place", "Place", EventOrder.PLACE),
    Column("unit", "Unit"),
    Column("country", "Country", EventOrder.COUNTRY),
    Column("perpetrators", "Said to have done it"),
    Column("targets", "Done to"),
    Column("weapons", "Weapons"),
    Column("killed", "Killed", EventOrder.KILLED, is_number=True, starts_descending=True),
    Column("injured", "Injured", EventOrder.INJURED, is_number=True, starts_descending=True),
    Column("grade", "Grade", EventOrder.GRADE),
    Column("waits_for", "Waits as", EventOrder.PRESSING),
    Column("disputes", "Contradictions", EventOrder.DISPUTES, is_number=True, starts_descending=True),
    Column("reports", "Reports", EventOrder.REPORTS, is_number=True, starts_descending=True),
    Column("sources", "Sources", EventOrder.SOURCES, is_number=True, starts_descending=True),
    Column("score", "Place score", EventOrder.SCORE, is_number=True, starts_descending=True),
    Column("assignee", "Assigned to"),
    Column("changed", "Changed", EventOrder.CHANGED, starts_descending=True),
    Column("id", "Id"),
)
USUAL = (
    "day",
    "type",
    "place",
    "country",
    "perpetrators",
    "killed",
    "injured",
    "grade",
    "waits_for",
    "reports",
)
_BY_KEY = {column.key: column for column in COLUMNS}
_YES = frozenset({"true", "1", "on", "yes"})

EXPORT_LABELS: Mapping[ExportFormat, str] = {
    ExportFormat.CSV: "Table (CSV)",
    ExportFormat.EXCEL: "Excel",
    ExportFormat.JSONL: "JSON Lines, with accounts and quotes",
    ExportFormat.UCDP_GED: "UCDP GED columns",
    ExportFormat.ACLED: "ACLED columns",
    ExportFormat.PLOVER: "PLOVER",
    ExportFormat.GEOJSON: "GeoJSON",
    ExportFormat.GEOPARQUET: "GeoParquet",
    ExportFormat.DATAPACKAGE: "Data package with codebook",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading; `href` sorts by it, `sorted` is what aria-sort says."""

    column: Column
    href: str | None
    sorted: str | None


@dataclass(frozen=True, slots=True)
class TableState:
    """What the address says of the table, beside the filter."""

    order: EventOrder = EventOrder.DAY
    descending: bool = True
    offset: int = 0
    limit: int = LIMITS[0]
    columns: tuple[Column, ...] = tuple(_BY_KEY[key] for key in USUAL)

    @classmethod
    def of(cls, query: QueryParams, remembered: str = "") -> TableState:
        """The state in a query string; what can't be understood is as usual."""
        asked = query.getlist("column") or remembered.split(".")
        columns = tuple(column for column in COLUMNS if column.key in asked)
        order = EventOrder(query["order"]) if query.get("order") in set(EventOrder) else cls().order
        descending = query.get("descending")
        return TableState(
            order,
            order is EventOrder.DAY if descending is None else descending.lower() in _YES,
            min(_whole(query.get("offset"), 0), MOST_OFFSET),
            next((limit for limit in LIMITS if str(limit) == query.get("limit")), LIMITS[0]),
            columns or cls().columns,
        )

    @property
    def is_usual(self) -> bool:
        """Whether the columns are the usual ones."""
        return tuple(column.key for column in self.columns) == USUAL

    def keep(self, *, with_columns: bool = False) -> dict[str, object]:
        """What addresses of the same table say, beside the filter."""
        usual = TableState()
        is_usual = (self.order, self.descending) == (usual.order, usual.descending)
        kept: dict[str, object] = {} if is_usual else {"order": self.order, "descending": self.descending}
        if self.limit != usual.limit:
            kept["limit"] = self.limit
        if with_columns:
            kept["column"] = tuple(column.key for column in self.columns)
        return kept

    def remembered(self) -> str:
        """The columns as a cookie keeps them."""
        return ".".join(column.key for column in self.columns)


def headings(state: TableState, filters: Filters) -> tuple[Heading, ...]:
    """The headings of the columns; pressing one sorts by it, and again the other way round."""
    found = []
    for column in state.columns:
        if column.order is None:
            found.append(Heading(column, None, None))
            continue
        is_sorted = column.order is state.order
        descending = not state.descending if is_sorted else column.starts_descending
        kept = {**state.keep(), "order": column.order, "descending": descending}
        direction = ("descending" if state.descending else "ascending") if is_sorted else None
        found.append(Heading(column, f"/events{filters.query(**kept)}", direction))
    return tuple(found)


def exports(query: str) -> Sequence[tuple[str, str]]:
    """What the events can be taken out as, and the addresses that give it."""
    return [(label, f"/api/v1/exports/{kind}{query}") for kind, label in EXPORT_LABELS.items()]


def _whole(text: str | None, otherwise: int) -> int:
    is_number = text is not None and text.isascii() and text.isdecimal() and len(text) < 12
    return int(text) if text is not None and is_number else otherwise
