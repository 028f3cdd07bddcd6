"""The second stage: copies are found over all that was staged, and the reports sorted into lots.

The same questions are put to DuckDB on one machine and to Spark on many.  Candidates for
copies are looked for as the casebook does, under shared keys, but each report is compared
only with the first of a key's reports, so that the work grows with the reports alone.
A lot is some hundred reports of one month, in the order of publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from casus.archive.plan import WORK, Plan
from casus.archive.staging import STAGED_FOLDER
from casus.archive.storage import Folder
from casus.archive.tables import STAGED
from casus.archive.versions import Pair, Version, compared, versions_of
from casus.errors import ArchiveError

LOTS_FOLDER = f"{WORK}/lots"
_DONE = f"{WORK}/sorted.json"
STAGED_FILES = f"{STAGED_FOLDER}/*.parquet"

FIRSTS = """
SELECT place_in_order, month, keys, file_number, position
FROM (
  SELECT place_in_order, month, keys, file_number, position,
         row_number() OVER (PARTITION BY hash ORDER BY file_number, position) AS turn
  FROM staged
) numbered
WHERE turn = 1
"""
"""Each report once: the same content is the same report, however many files hold it."""

KEYED = "SELECT place_in_order, {unnest}(keys) AS copy_key FROM firsts"
CANDIDATES = """
SELECT DISTINCT keyed.place_in_order AS later, heads.earlier AS earlier
FROM keyed
JOIN (SELECT copy_key, min(place_in_order) AS earlier FROM keyed GROUP BY copy_key) heads
  ON keyed.copy_key = heads.copy_key
WHERE keyed.place_in_order > heads.earlier
"""
CHOSEN = """
SELECT staged.*
FROM staged JOIN firsts ON staged.file_number = firsts.file_number AND staged.position = firsts.position
"""
TEXTS = """
SELECT candidates.later AS later, candidates.earlier AS earlier, one.text AS text, other.text AS earlier_text
FROM candidates
JOIN chosen one ON one.place_in_order = candidates.later
JOIN chosen other ON other.place_in_order = candidates.earlier
"""
_COLUMNS = tuple(name for name in STAGED.names if name not in ("keys", "month"))
LOTS = f"""
SELECT {", ".join(f"chosen.{name} AS {name}" for name in _COLUMNS)},
       versions.copy_of AS copy_of, versions.copy_share AS copy_share,
       coalesce(versions.is_read, true) AS is_read,
       turns.month AS month, CAST(floor((turns.turn - 1) / {{lot_size}}) AS INT) AS part
FROM chosen
JOIN (
  SELECT place_in_order, month,
         row_number() OVER (PARTITION BY month ORDER BY place_in_order) AS turn
  FROM firsts
) turns ON chosen.place_in_order = turns.place_in_order
LEFT JOIN versions ON chosen.place_in_order = versions.place_in_order
"""  # noqa: S608 - names of columns, from the schema above
LOT_SIZES = """
SELECT month, CAST(floor((turn - 1) / {lot_size}) AS INT) AS part, count(*) AS reports
FROM (SELECT month, row_number() OVER (PARTITION BY month ORDER BY place_in_order) AS turn FROM firsts) turns
GROUP BY 1, 2 ORDER BY 1, 2
"""

PAIRS = pa.schema(
    [
        ("later", pa.string()),
        ("earlier", pa.string()),
        ("share", pa.float64()),
        ("is_nothing_new", pa.bool_()),
    ]
)
VERSIONS = pa.schema(
    [
        ("place_in_order", pa.string()),
        ("copy_of", pa.string()),
        ("copy_share", pa.float32()),
        ("is_read", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class LotJob:
    """A lot to read: reports of a month, numbered within it."""

    month: str
    part: int
    reports: int

    @property
    def name(self) -> str:
        """What tells a lot from others."""
        return f"{self.month}.{self.part:05d}"

    @property
    def folder(self) -> str:
        """Where its reports lie."""
        return f"{LOTS_FOLDER}/month={self.month}/part={self.part}"


def kept_lots(output: Folder) -> tuple[LotJob, ...] | None:
    """The lots of an earlier run that had sorted, None where none had."""
    if not output.exists(_DONE):
        return None
    return tuple(LotJob(**record) for record in output.read_json(_DONE)["lots"])


def keep_lots(output: Folder, lots: Iterable[LotJob]) -> None:
    """Note that all reports are sorted into these lots."""
    output.write_json(_DONE, {"lots": [asdict(lot) for lot in lots]})


def pairs_in(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The pairs of copies among candidates with their texts, as batches of `PAIRS`."""
    for batch in batches:
        columns = (batch.column(name).to_pylist() for name in ("later", "earlier", "text", "earlier_text"))
        found = (compared(*row) for row in zip(*columns, strict=True))
        rows = [asdict(pair) for pair in found if pair is not None]
        yield pa.RecordBatch.from_pylist(rows, schema=PAIRS)


def versions_table(pairs: Iterable[Mapping[str, Any]]) -> pa.Table:
    """What each copy is a version of, as a table of `VERSIONS`."""
    versions = versions_of(Pair(**pair) for pair in pairs)
    return pa.Table.from_pylist([_version_row(place, of) for place, of in versions.items()], VERSIONS)


def _version_row(place: str, version: Version) -> dict[str, Any]:
    return {
        "place_in_order": place,
        "copy_of": version.of.rpartition(" ")[2],
        "copy_share": version.share,
        "is_read": version.is_read,
    }


def sort_with_duckdb(output: Folder, plan: Plan, threads: int) -> tuple[LotJob, ...]:
    """Find the copies and write the lots, by DuckDB; gives the lots.  What doesn't fit in memory spills."""
    # Loaded here: half of all commands need no database of their own.
    import duckdb  # noqa: PLC0415

    output.remove(LOTS_FOLDER)
    if not output.names(STAGED_FOLDER, ".parquet"):
        keep_lots(output, ())
        return ()
    try:
        with duckdb.connect() as connection:
            sizes = _sorted(connection, output, plan, threads)
    except duckdb.Error as error:
        reason = " ".join(str(error).split())
        raise ArchiveError(
            f"{output.address}: the reports can't be sorted ({reason}): make room there if it is full, "
            "and run the same command again to go on"
        ) from error
    lots = tuple(LotJob(*row) for row in sizes)
    keep_lots(output, lots)
    return lots


def _sorted(connection: Any, output: Folder, plan: Plan, threads: int) -> list[tuple[str, int, int]]:
    """Write the lots; gives month, part and number of reports of each."""
    connection.execute(f"SET threads = {threads}")
    connection.execute("SET memory_limit = '2GB'")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET partitioned_write_flush_threshold = 2048")
    if output.is_local:
        spill = output.path / WORK / "spill"
        spill.mkdir(parents=True, exist_ok=True)
        connection.execute("SET temp_directory = ?", [str(spill)])
    else:
        connection.register_filesystem(output.file_system())
    staged = output.url(STAGED_FILES).replace("'", "''")
    connection.execute(f"CREATE VIEW staged AS SELECT * FROM read_parquet('{staged}')")  # noqa: S608
    connection.execute(f"CREATE TABLE firsts AS {FIRSTS}")
    connection.execute(f"CREATE TABLE keyed AS {KEYED.format(unnest='unnest')}")
    connection.execute(f"CREATE TABLE candidates AS {CANDIDATES}")
    connection.execute(f"CREATE VIEW chosen AS {CHOSEN}")
    batches: Any = connection.sql(TEXTS).to_arrow_reader(1000)
    pairs = pa.Table.from_batches(pairs_in(batches), schema=PAIRS)
    connection.register("versions", versions_table(pairs.to_pylist()))
    target = output.url(LOTS_FOLDER).replace("'", "''")
    connection.execute(
        f"COPY ({LOTS.format(lot_size=plan.lot_size)} ORDER BY month, part) TO '{target}' "
        "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month, part))"
    )
    sizes: list[tuple[str, int, int]] = connection.execute(
        LOT_SIZES.format(lot_size=plan.lot_size)
    ).fetchall()
    return sizes
