"""Linking on Spark: the same SQL and the same functions, over tables that many machines hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from casus.archive.linking.dialects import SPARK, Dialect
from casus.archive.linking.engines import Batchwise, Pairwise
from casus.archive.spark_engine import explained_failure, hadoop, session, with_retries
from casus.archive.storage import Folder
from casus.archive.tables import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_FILE_ROWS = 1_000_000
_MOST_FIELDS = 30
"""Beyond so many columns, as where pairs are weighed, Java can't compile a step as one method."""


class SparkEngine:
    """Tables of a Spark session, each kept in a folder once it is made, so that none is made twice."""

    def __init__(self, spark: SparkSession, work: str) -> None:
        self._spark = spark
        self._work = work
        self._api: Any = None

    @property
    def dialect(self) -> Dialect:
        """Spark's."""
        return SPARK

    def load(self, name: str, archives: Sequence[Folder], table: str, columns: Sequence[str]) -> None:
        """A view of columns in the Parquet files of some archives."""
        from pyspark.sql.functions import lit  # noqa: PLC0415 - only this engine needs it

        empty = TABLES[table].empty_table().select(list(columns))
        found = self._spark.createDataFrame(empty).withColumn("archive", lit(0))
        for number, archive in enumerate(archives):
            if files := archive.names(table, ".parquet"):
                paths = [hadoop(archive.url(file)) for file in files]
                frame = self._spark.read.parquet(*paths).select(*columns)
                found = found.unionByName(frame.withColumn("archive", lit(number)))
        found.createOrReplaceTempView(name)

    def take(self, name: str, rows: pa.Table) -> None:
        """A table of rows that are at hand."""
        self._spark.createDataFrame(rows).createOrReplaceTempView(name)

    def make(self, name: str, query: str) -> None:
        """A table of what a query gives."""
        self._keep(name, self._spark.sql(query))

    def view(self, name: str, query: str) -> None:
        """A view."""
        self._spark.sql(query).createOrReplaceTempView(name)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows that a query gives."""
        return [tuple(row) for row in self._spark.sql(query).collect()]

    def map(self, name: str, query: str, function: Batchwise, schema: pa.Schema) -> None:
        """A table of what a function makes of a query's rows, in Arrow batches."""

        def batches(given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in given:
                yield from function(pa.Table.from_batches([batch])).to_batches()

        self._keep(name, self._spark.sql(query).mapInArrow(batches, self._types(schema)))

    def map_buckets(self, name: str, one: str, other: str, function: Pairwise, schema: pa.Schema) -> None:
        """A table of what a function makes of two tables' rows of each bucket, brought together."""

        def together(left: pa.Table, right: pa.Table) -> pa.Table:
            return function(left, right)

        sides = (self._spark.table(table).groupBy("bucket") for table in (one, other))
        left, right = sides
        self._keep(name, left.cogroup(right).applyInArrow(together, self._types(schema)))

    def splink(self) -> Any:
        """Splink on this session."""
        from splink import SparkAPI  # noqa: PLC0415 - takes long to load

        if self._api is None:
            self._api = SparkAPI(  # type: ignore[no-untyped-call]
                spark_session=self._spark,
                break_lineage_method="parquet",
                register_udfs_automatically=False,
            )
        return self._api

    def register(self, name: str) -> Any:
        """A table as Splink takes it."""
        return self.splink().register(name)

    def write(self, query: str, folder: Folder, name: str) -> None:
        """Parquet files in the order of the query."""
        frame = self._spark.sql(query)
        frame.write.option("maxRecordsPerFile", _FILE_ROWS).parquet(hadoop(folder.url(name)))

    def _keep(self, name: str, frame: DataFrame) -> None:
        path = f"{self._work}/{name}"
        frame.write.parquet(path)
        self._spark.read.parquet(path).createOrReplaceTempView(name)

    def _types(self, schema: pa.Schema) -> Any:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

        return from_arrow_schema(schema)


@contextmanager
def spark_engine(work: Folder, master: str | None, workers: int | None) -> Iterator[SparkEngine]:
    """A Spark session with a working folder, which all its machines must see."""
    spark = session(with_retries(master, workers), "casus archive link")
    try:
        spark.conf.set("spark.sql.codegen.maxFields", str(_MOST_FIELDS))
        if str(spark.sparkContext.master).startswith("local"):
            spark.conf.set("spark.sql.shuffle.partitions", str(2 * spark.sparkContext.defaultParallelism))
        spark.sparkContext.setCheckpointDir(hadoop(work.url("checkpoints")))
        yield SparkEngine(spark, hadoop(work.url("tables")))
    except Exception as error:
        raise explained_failure(error) from error
    finally:
        spark.stop()
