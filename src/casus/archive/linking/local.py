"""Linking on one machine: DuckDB, which spills to disk, and a pool of processes."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from casus.archive.linking.dialects import DUCKDB, Dialect
from casus.archive.linking.engines import Batchwise, Pairwise
from casus.archive.local_engine import worker_pool
from casus.archive.storage import Folder, explained
from casus.archive.tables import TABLES
from casus.errors import ArchiveError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART = "part-00000.parquet"
_BATCH = 5_000
_AHEAD = 2


class LocalEngine:
    """DuckDB over files of a working folder; `memory` is DuckDB's own limit, as "1GB"."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        work: Path,
        pool: ProcessPoolExecutor | None = None,
        processes: int = 1,
    ) -> None:
        self._connection = connection
        self._work = work
        self._pool = pool
        self._processes = processes
        self._api: Any = None

    @property
    def dialect(self) -> Dialect:
        """DuckDB's."""
        return DUCKDB

    def load(self, name: str, archives: Sequence[Folder], table: str, columns: Sequence[str]) -> None:
        """A view of columns in the Parquet files of some archives."""
        listed = ", ".join(f'"{column}"' for column in columns)
        queries = [self._empty(name, TABLES[table], columns)]
        for number, archive in enumerate(archives):
            if paths := self._on_disk(archive, table):
                files = ", ".join(map(_quoted, paths))
                source = f"read_parquet([{files}], hive_partitioning = false)"
                queries.append(f"SELECT {number} AS archive, {listed} FROM {source}")
        self._run(f"CREATE VIEW {name} AS " + " UNION ALL ".join(queries))

    def take(self, name: str, rows: pa.Table) -> None:
        """A table of rows that are at hand."""
        self._connection.register("incoming", rows)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM incoming")
        self._connection.unregister("incoming")

    def make(self, name: str, query: str) -> None:
        """A table of what a query gives."""
        self._run(f"CREATE TABLE {name} AS {query}")

    def _run(self, statement: str) -> None:
        with _told(self._work):
            self._connection.execute(statement)

    def view(self, name: str, query: str) -> None:
        """A view."""
        self._run(f"CREATE VIEW {name} AS {query}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows that a query gives."""
        found: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return found

    def map(self, name: str, query: str, function: Batchwise, schema: pa.Schema) -> None:
        """A table of what a function makes of a query's rows, in the pool."""
        with _told(self._work):
            reader = self._connection.sql(query).to_arrow_reader(_BATCH)
            tasks = ((pa.Table.from_batches([batch]),) for batch in reader)
            self._collect(name, self._made(function, tasks), schema)

    def map_buckets(self, name: str, one: str, other: str, function: Pairwise, schema: pa.Schema) -> None:
        """A table of what a function makes of two tables' rows of each bucket, in the pool."""
        buckets = [row[0] for row in self.rows(f"SELECT DISTINCT bucket FROM {one} ORDER BY 1")]
        tasks = (
            tuple(
                self._connection.sql(f"SELECT * FROM {table} WHERE bucket = {bucket}").to_arrow_table()
                for table in (one, other)
            )
            for bucket in buckets
        )
        self._collect(name, self._made(function, tasks), schema)

    def splink(self) -> Any:
        """Splink on this connection."""
        from splink import DuckDBAPI  # noqa: PLC0415 - takes long to load

        if self._api is None:
            self._api = DuckDBAPI(connection=self._connection)
        return self._api

    def register(self, name: str) -> Any:
        """A table as Splink takes it."""
        return self.splink().register(name)

    def write(self, query: str, folder: Folder, name: str) -> None:
        """One Parquet file."""
        made = self._work / f"{name}-out.parquet"
        with explained(str(made)):
            self._run(f"COPY ({query}) TO {_quoted(str(made))} (FORMAT parquet, COMPRESSION zstd)")
            if folder.is_local:
                target = folder.path / name / PART
                target.parent.mkdir(parents=True)
                made.replace(target)
            else:
                folder.file_system().put_file(str(made), folder.full(f"{name}/{PART}"))

    def _empty(self, name: str, schema: pa.Schema, columns: Sequence[str]) -> str:
        """A query that gives no row, but the columns with their types."""
        self.take(f"empty_{name}", schema.empty_table().select(list(columns)))
        return f"SELECT 0 AS archive, * FROM empty_{name}"

    def _on_disk(self, archive: Folder, table: str) -> list[str]:
        """The Parquet files of a table, fetched from an object store where they lie in one."""
        names = archive.names(table, ".parquet")
        if archive.is_local:
            return [archive.full(name) for name in names]
        folder = self._work / "fetched" / hashlib.sha256(archive.address.encode()).hexdigest()
        paths = [folder / name for name in names]
        for name, path in zip(names, paths, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            archive.file_system().get_file(archive.full(name), str(path))
        return [str(path) for path in paths]

    def _collect(self, name: str, tables: Iterable[pa.Table], schema: pa.Schema) -> None:
        """Results through a file, so that they never stand in memory together."""
        path = self._work / f"{name}.parquet"
        with pq.ParquetWriter(path, schema) as writer:
            for table in tables:
                writer.write_table(table)
        self._connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({_quoted(str(path))})")

    def _made(
        self, function: Callable[..., pa.Table], tasks: Iterable[tuple[pa.Table, ...]]
    ) -> Iterator[pa.Table]:
        """The results in the order of the tasks, a few of which are under way at a time."""
        if self._pool is None:
            yield from (function(*tables) for tables in tasks)
            return
        waiting: deque[Future[pa.Table]] = deque()
        try:
            for tables in tasks:
                waiting.append(self._pool.submit(function, *tables))
                if len(waiting) >= _AHEAD * self._processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ArchiveError(
                "a process that links died: see that there is memory enough (1.5 GiB each), or give fewer "
                "--workers, and run the same command again"
            ) from error


@contextmanager
def _told(work: Path) -> Iterator[None]:
    """What stops DuckDB that is not of its making, as an `ArchiveError` that says what to do."""
    import duckdb  # noqa: PLC0415 - only this engine needs it

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise ArchiveError(
            f"linking needs more memory or room in {work} than it has ({_first_line(error)}): give --memory, "
            "or make room on the disk"
        ) from error
    except (duckdb.IOException, duckdb.InvalidInputException) as error:
        if "space" in str(error).lower():
            raise ArchiveError(f"{work}: no room left on the disk for linking: make room") from error
        raise ArchiveError(
            f"a table of the archive is damaged ({_first_line(error)}): read it anew"
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


@contextmanager
def local_engine(beside: Folder, processes: int, memory: str) -> Iterator[LocalEngine]:
    """DuckDB in a folder on a disk, with so many processes beside it and as many threads within.

    It works where it is told to, or, where that is in an object store, in a folder of the system's.
    """
    if not beside.is_local:
        with TemporaryDirectory(prefix="casus-links-") as folder:
            yield from _engine_in(Path(folder), processes, memory)
    else:
        yield from _engine_in(beside.path, processes, memory)


def _engine_in(work: Path, processes: int, memory: str) -> Iterator[LocalEngine]:
    import duckdb  # noqa: PLC0415 - only this engine needs it

    pool = worker_pool(processes) if processes > 1 else None
    connection = duckdb.connect(str(work / "work.duckdb"))
    try:
        connection.execute(f"SET threads = {processes}")
        connection.execute(f"SET memory_limit = {_quoted(memory)}")
        connection.execute(f"SET temp_directory = {_quoted(str(work / 'spilled'))}")
        connection.execute("SET preserve_insertion_order = false")
        yield LocalEngine(connection, work, pool, processes)
    finally:
        connection.close()
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
