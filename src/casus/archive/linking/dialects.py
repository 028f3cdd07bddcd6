"""Where the SQL of DuckDB and of Spark differ in what linking needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one engine says things about lists; `name` is Splink's word for it."""

    name: str
    _explode: str
    _overlaps: str
    _intersection: str
    _length: str
    _collect: str
    _quote: str

    def quoted(self, name: str) -> str:
        """The name of a column that may be a word of SQL."""
        return f"{self._quote}{name}{self._quote}"

    def exploded(self, column: str) -> str:
        """A row for each member of a list column."""
        return f"{self._explode}({column})"

    def overlap(self, one: str, other: str) -> str:
        """Whether two lists have a member in common."""
        return f"{self._overlaps}({one}, {other})"

    def length(self, values: str) -> str:
        """How many members a list has."""
        return f"{self._length}({values})"

    def shared(self, one: str, other: str) -> str:
        """How many members two lists without repeats have in common."""
        return self.length(f"{self._intersection}({one}, {other})")

    def collected(self, values: str) -> str:
        """The values of a group that are there, each once, in order, as a list."""
        return self._collect.format(values=values)

    def whole(self, value: str, divisor: int) -> str:
        """A count divided by another, without the rest."""
        return f"CAST(floor({value} / {divisor}) AS BIGINT)"


DUCKDB = Dialect(
    "duckdb",
    "unnest",
    "list_has_any",
    "list_intersect",
    "len",
    "coalesce(list_sort(list(DISTINCT {values}) FILTER ({values} IS NOT NULL)), [])",
    '"',
)
SPARK = Dialect(
    "spark", "explode", "arrays_overlap", "array_intersect", "size", "array_sort(collect_set({values}))", "`"
)
