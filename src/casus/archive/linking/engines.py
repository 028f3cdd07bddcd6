"""What linking asks of an engine: tables made by SQL, Python over their rows, Splink, Parquet out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import pyarrow as pa

from casus.archive.linking.dialects import Dialect
from casus.archive.storage import Folder

Batchwise = Callable[[pa.Table], pa.Table]
Pairwise = Callable[[pa.Table, pa.Table], pa.Table]
"""Two tables of one bucket to a table."""


class Engine(Protocol):
    """A place where tables stand under names, and where SQL and Python run over them."""

    @property
    def dialect(self) -> Dialect:
        """Which SQL it speaks."""

    def load(self, name: str, archives: Sequence[Folder], table: str, columns: Sequence[str]) -> None:
        """A table of columns of one of the tables of some archives, with the number of its `archive`."""

    def take(self, name: str, rows: pa.Table) -> None:
        """A table of rows that are at hand."""

    def make(self, name: str, query: str) -> None:
        """A table of what a query gives, computed now and once."""

    def view(self, name: str, query: str) -> None:
        """A table of what a query gives, computed whenever it is asked for."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows that a query gives."""

    def map(self, name: str, query: str, function: Batchwise, schema: pa.Schema) -> None:
        """A table of what a function makes of a query's rows, some at a time; it may run in any process."""

    def map_buckets(self, name: str, one: str, other: str, function: Pairwise, schema: pa.Schema) -> None:
        """A table of what a function makes of two tables' rows, those of one `bucket` at a time."""

    def splink(self) -> Any:
        """Splink's way to this engine's tables."""

    def register(self, name: str) -> Any:
        """A table as Splink takes it."""

    def write(self, query: str, folder: Folder, name: str) -> None:
        """What a query gives, in its order, as Parquet files in a folder of that name within another."""
