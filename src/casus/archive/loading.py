"""Reports of archives on their way into a casebook, as they were read, through its own filing.

What an archive read is filed as it stands there.  A copy, which an archive notes without
reading it, is read now, so that the casebook has it as a copy with its own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from casus.archive.selecting import Selection
from casus.archive.storage import Folder
from casus.archive.tables import COPY, READ, reading_of, report_of
from casus.casebook.book import Casebook
from casus.casebook.filing import hash_of
from casus.intake.ingestion import Ingestion
from casus.model import Reading, Report
from casus.sources import SourcedReport

RECORDS = ("events", "claims", "agreements", "statistics")
LOT = 64
_REPORTS = "reports"

ReadAll = Callable[[Iterable[Report]], Iterator[Reading]]


@dataclass(slots=True)
class Shelf:
    """Gives the reports that are wanted, and then their readings: the archive's, or new ones of copies.

    It holds the readings of those reports alone that were given and not yet asked for.
    """

    archives: Sequence[Folder]
    selection: Selection
    read_copies: ReadAll
    with_copies: bool = True
    copies: int = 0
    _readings: dict[str, Reading] = field(default_factory=dict)

    def lots(self, size: int = LOT) -> Iterator[list[SourcedReport]]:
        """The wanted reports by month, and in it by lot, `size` or more at a time but for the last.

        Those of an archive's lot come by day of publication and hash.
        """
        together: list[SourcedReport] = []
        for archive, name in self._lots():
            together += self._given(archive, name)
            if len(together) >= size:
                yield together
                together = []
                self._readings.clear()
        if together:
            yield together

    def _given(self, archive: Folder, name: str) -> Iterator[SourcedReport]:
        rows = self._rows(archive, name)
        records = self._records(archive, name, [row["hash"] for row in rows if row["status"] == READ])
        for row in rows:
            if row["status"] == READ:
                self._readings[row["hash"]] = reading_of(row, records[row["hash"]])
            else:
                self.copies += 1
            yield SourcedReport(row["origin"], report_of(row))

    def count(self) -> int:
        """How many reports are wanted, for telling how far a run is."""
        if self.selection.hashes is not None:
            return len(self.selection.hashes)
        return sum(len(self._wanted(archive, name).to_pylist()) for archive, name in self._lots())

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """The readings of reports that were given, in their order."""
        given = list(reports)
        hashes = [hash_of(report) for report in given]
        kept = {digest: self._readings[digest] for digest in hashes if digest in self._readings}
        copies = [report for report, digest in zip(given, hashes, strict=True) if digest not in kept]
        fresh = self.read_copies(copies) if copies else iter(())
        for digest in hashes:
            yield kept[digest] if digest in kept else next(fresh)

    def _lots(self) -> list[tuple[Folder, str]]:
        """The lots of all archives, the months in order."""
        found = [
            (name.partition("/")[2], number, archive)
            for number, archive in enumerate(self.archives)
            for name in archive.names(_REPORTS, ".parquet")
        ]
        return [(archive, name) for name, _, archive in sorted(found, key=lambda lot: lot[:2])]

    def _wanted(self, archive: Folder, name: str) -> pa.Array:
        """The numbers of the rows of a lot that are wanted."""
        columns = archive.read_table(f"{_REPORTS}/{name}", ["hash", "status"])
        is_wanted = pa.repeat(pa.scalar(value=True), columns.num_rows)
        if self.selection.hashes is not None:
            asked = self.selection.hashes
            is_wanted = pa.array([digest in asked for digest in columns["hash"].to_pylist()], pa.bool_())
        if not self.with_copies:
            is_wanted = pc.and_(is_wanted, pc.not_equal(columns["status"], COPY))
        return pc.indices_nonzero(is_wanted)

    def _rows(self, archive: Folder, name: str) -> list[dict[str, Any]]:
        numbers = self._wanted(archive, name)
        if not len(numbers):
            return []
        rows: list[dict[str, Any]] = archive.read_table(f"{_REPORTS}/{name}").take(numbers).to_pylist()
        return sorted(rows, key=lambda row: (str(row["published_on"] or "9999"), row["hash"]))

    def _records(
        self, archive: Folder, name: str, hashes: Sequence[str]
    ) -> defaultdict[str, dict[str, list[dict[str, Any]]]]:
        """The rows of some reports in the tables of records, by report and table, in their order."""
        found: defaultdict[str, dict[str, list[dict[str, Any]]]] = defaultdict(
            lambda: {table: [] for table in RECORDS}
        )
        asked = pa.array(hashes, pa.string())
        for table in RECORDS:
            path = f"{table}/{name}"
            if hashes and archive.exists(path):
                rows = archive.read_table(path, ["report", "record"])
                for row in rows.filter(pc.is_in(rows["report"], asked)).to_pylist():
                    found[row["report"]][table].append(row)
        return found


def loading(shelf: Shelf, book: Casebook, *, links: bool) -> Ingestion:
    """What takes the lots of a shelf into a casebook.

    A report that the casebook has, whoever read it, is known and stays as it is: so a run that was
    stopped can be given again, and a second one changes nothing.
    """
    return Ingestion(book, shelf.read, None, links, LOT)
