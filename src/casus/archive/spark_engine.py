"""Units done by Spark, on this machine or on a cluster."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa

from casus.archive.engines import Told
from casus.archive.plan import Plan
from casus.archive.sorting import (
    CANDIDATES,
    CHOSEN,
    FIRSTS,
    KEYED,
    LOT_SIZES,
    LOTS,
    LOTS_FOLDER,
    PAIRS,
    STAGED_FILES,
    TEXTS,
    LotJob,
    keep_lots,
    pairs_in,
    versions_table,
)
from casus.archive.staging import STAGED_FOLDER
from casus.archive.storage import Folder
from casus.archive.units import Unit, do
from casus.errors import ArchiveError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_WAVES = 16
_LOCAL_MASTER = re.compile(r"local(?:\[(?P<workers>\d+|\*)\])?$")
_MOST_FAILURES = 4
_LOCAL_SHUFFLES = 8  # Spark's own 200 are for clusters: each is a file, and here a wait
_POLL_S = 0.5


class SparkEngine:
    """Units as rows of a Spark data frame, done by an Arrow batch function, each in a task of its own.

    Spark starts a task anew whose worker died.  A worker keeps its reader from one task to the next.
    """

    def __init__(self, master: str | None, workers: int | None) -> None:
        self._master = with_retries(master, workers)

    def __enter__(self) -> Self:
        self._spark = session(self._master, "casus archive read")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # a session that Ctrl-C broke
            self._spark.stop()
        _log_file().unlink(missing_ok=True)

    def each(self, units: Sequence[Unit], tell: Told) -> None:
        """Do all units, some tasks for each core at a time; their accounts are told together."""
        remaining = iter(units)
        together = _WAVES * max(4, self._spark.sparkContext.defaultParallelism)
        while some := list(islice(remaining, together)):
            rows = [(json.dumps(asdict(unit)),) for unit in some]
            slices = self._spark.sparkContext.parallelize(rows, len(rows))
            frame = self._spark.createDataFrame(slices, "unit string")
            done = frame.mapInArrow(accounts_in, "account string")
            for row in _interruptible(self._spark, done.collect):
                tell(json.loads(row.account))

    def sort(self, output: Folder, plan: Plan) -> tuple[LotJob, ...]:
        """Find copies and write the lots, by Spark SQL."""
        output.remove(LOTS_FOLDER)
        if not output.names(STAGED_FOLDER, ".parquet"):
            keep_lots(output, ())
            return ()
        lots = _interruptible(self._spark, lambda: _sorted(self._spark, output, plan))
        keep_lots(output, lots)
        return tuple(lots)


def _sorted(spark: SparkSession, output: Folder, plan: Plan) -> list[LotJob]:
    """Write the lots; gives them in order."""
    _table(spark.read.parquet(hadoop(output.url(STAGED_FILES))), "staged")
    _table(spark.sql(FIRSTS).cache(), "firsts")
    _table(spark.sql(KEYED.format(unnest="explode")), "keyed")
    _table(spark.sql(CANDIDATES), "candidates")
    _table(spark.sql(CHOSEN), "chosen")
    schema = "later string, earlier string, share double, is_nothing_new boolean"
    pairs = spark.sql(TEXTS).mapInArrow(pairs_in, schema).toArrow()
    _table(spark.createDataFrame(versions_table(pairs.cast(PAIRS).to_pylist())), "versions")
    lots = spark.sql(LOTS.format(lot_size=plan.lot_size)).repartition("month", "part")
    lots.write.partitionBy("month", "part").parquet(hadoop(output.url(LOTS_FOLDER)))
    sizes = spark.sql(LOT_SIZES.format(lot_size=plan.lot_size)).collect()
    return [LotJob(row.month, row.part, row.reports) for row in sizes]


def accounts_in(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The accounts of units in Arrow batches: what Spark runs in its workers."""
    for batch in batches:
        for unit in batch.column("unit").to_pylist():
            account = do(Unit(**json.loads(unit)))
            yield pa.RecordBatch.from_pydict({"account": [json.dumps(account)]})


def _table(frame: DataFrame, name: str) -> None:
    frame.createOrReplaceTempView(name)


def hadoop(address: str) -> str:
    """An address as Hadoop's file systems have it."""
    if "://" not in address:
        return f"file://{address}"
    return address.replace("s3://", "s3a://", 1)


def with_retries(master: str | None, workers: int | None) -> str | None:
    """A local master that tries a task again, as clusters do; others as they are."""
    if master is None:
        is_submitted = "SPARK_ENV_LOADED" in os.environ
        return None if is_submitted else f"local[{workers or '*'},{_MOST_FAILURES}]"
    found = _LOCAL_MASTER.match(master)
    return f"local[{found['workers'] or workers or 1},{_MOST_FAILURES}]" if found else master


def session(master: str | None, name: str) -> SparkSession:
    """A session of Spark under a name.  Raises `ArchiveError` where it can't be started."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra that takes long to load
    except ImportError as error:
        raise ArchiveError("--engine spark needs pyspark: install casus-events[spark]") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    builder = (
        SparkSession.builder.appName(name)
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.adaptive.enabled", "true")
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .config("spark.log.level", "ERROR")
    )
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            builder = builder.config("spark.ui.enabled", "false").config("spark.driver.memory", "2g")
            builder = builder.config("spark.sql.shuffle.partitions", str(_LOCAL_SHUFFLES))
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")
    try:
        with _jvm_in(_log_file()):
            return builder.getOrCreate()
    except Exception as error:
        reason = " ".join(str(error).split())[:300]
        raise ArchiveError(
            f"Spark can't be started ({reason}): it needs Java 17 or newer, and a --master that it knows; "
            f"{_log_file()} has its messages"
        ) from error


def _log_file() -> Path:
    return Path(tempfile.gettempdir(), f"casus-spark-{os.getpid()}.log")


@contextmanager
def _jvm_in(log: Path) -> Iterator[None]:
    """Lets a Java machine that starts meanwhile write its messages into a file, and not between ours."""
    with log.open("ab") as stream:
        kept = os.dup(2)
        os.dup2(stream.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _interruptible(spark: SparkSession, call: Callable[[], list[Any]]) -> list[Any]:
    """What a call gives, while Ctrl-C still reaches this process; it cancels what Spark is at."""
    found: list[Any] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            found.extend(call())
        except BaseException as error:  # noqa: BLE001 - raised again below
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            time.sleep(_POLL_S / 10)
            thread.join(_POLL_S)
    except KeyboardInterrupt:
        with suppress(Exception):
            spark.sparkContext.cancelAllJobs()
        raise
    if errors:
        raise explained_failure(errors[0])
    return found


def explained_failure(error: BaseException) -> BaseException:
    """What Spark reports, as an error of Casus where it is one that a unit raised."""
    text = str(error)
    found = re.search(r"casus\.errors\.(\w+): ([^\n]+)", text)
    if found is not None:
        return ArchiveError(found[2])
    if "Py4J" in type(error).__name__ or "Spark" in type(error).__name__ or "Python" in type(error).__name__:
        lines = [line for line in text.splitlines() if line.strip()]
        return ArchiveError(f"Spark gave up ({lines[0][:300]}): run the same command again to go on")
    return error
