"""How archives are linked: as the casebook links the same reports, how many pairs for it, how long.

    python benchmarks/archive_links.py agreement --links FOLDER     # linked reports, as casus evaluate links
    python benchmarks/archive_links.py agreement --reports FILE     # reports as JSON Lines
    python benchmarks/archive_links.py agreement --made-up 10000
    python benchmarks/archive_links.py growth --made-up 10000 30000 100000

Agreement counts pairs of accounts: precision and recall of the pairs that an archive's events
join beside those of a casebook of the same readings, and the casebook's events that come out
the same.  Growth is measured at one density: a year for a thousand reports, unless `--density`
says how many a year there are, or `--years` puts all of them into so many years, denser and denser.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import sqlalchemy as sa

from casus.archive.linking.local import local_engine
from casus.archive.linking.running import LinkAccount, Rules, link_archives
from casus.archive.storage import folder_of
from casus.casebook import schema as t
from casus.casebook.book import Casebook
from casus.casebook.filing import hash_of
from casus.evaluation.links import (
    PredictedEvent,
    Prediction,
    predicted,
    read_links,
    read_reports,
    score_lines,
    scores_of,
)
from casus.intake.readers import read_with
from casus.model import Reading
from casus.settings import Settings
from casus.sources import Form, Loading, SourcedReport, gather
from made_up import made_up_readings
from written_archive import write_archive

Groups = set[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """What linking made of some readings: the event of each account, and the pairs kept."""

    event_of: dict[str, str]
    kept: set[tuple[str, str]]

    def groups(self) -> Groups:
        """The events as sets of accounts."""
        members: defaultdict[str, set[str]] = defaultdict(set)
        for key, event in self.event_of.items():
            members[event].add(key)
        return {frozenset(group) for group in members.values()}


def main() -> None:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("measure", choices=("agreement", "growth"))
    parser.add_argument("--made-up", type=int, nargs="*", default=[], metavar="N")
    parser.add_argument("--density", type=int, default=1000, metavar="REPORTS", help="made-up reports a year")
    parser.add_argument(
        "--years", type=int, default=0, metavar="N", help="all in so many years, denser and denser"
    )
    parser.add_argument("--links", type=Path, metavar="FOLDER")
    parser.add_argument("--reports", type=Path, metavar="FILE")
    parser.add_argument("--bound", type=int, default=Rules().bound)
    parser.add_argument("--rare", type=int, default=Rules().rare)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    chosen = parser.parse_args()
    rules = Rules(bound=chosen.bound, rare=chosen.rare)
    if chosen.measure == "growth":
        sizes = chosen.made_up or [10_000, 30_000, 100_000]
        growth(sizes, chosen.density, chosen.years, rules, chosen.processes)
        return
    if chosen.links:
        readings = list(read_with(Settings(), read_reports(chosen.links)))
        agreement(str(chosen.links), readings, rules, chosen.processes, truth=chosen.links)
    if chosen.reports:
        found = gather([str(chosen.reports)], Loading(Form(Settings().max_report_chars)))
        reports = [one.report for one in found if isinstance(one, SourcedReport)]
        agreement(str(chosen.reports), list(read_with(Settings(), reports)), rules, chosen.processes)
    for number in chosen.made_up:
        years = chosen.years or max(1, round(number / chosen.density))
        readings = list(made_up_readings(number, years=years))
        agreement(f"{number:,} made-up reports in {years} years", readings, rules, chosen.processes)


def agreement(
    name: str, readings: Sequence[Reading], rules: Rules, processes: int, truth: Path | None = None
) -> None:
    """How far an archive's links are the casebook's, and both are the truth where there is one."""
    ordered = sorted(
        {hash_of(one.report): one for one in readings}.items(),
        key=lambda item: (item[1].report.published_on or date.max, item[0]),
    )
    in_order = [reading for _, reading in ordered]
    archive, account = linked(in_order, rules, processes)
    book, prediction = in_casebook(in_order)
    ours, theirs = archive.groups(), book.groups()
    pairs, wanted = _pairs(ours), _pairs(theirs)
    hits = len(pairs & wanted)
    precision, recall = hits / max(1, len(pairs)), hits / max(1, len(wanted))
    print(f"{name}: {account.accounts:,} accounts in {account.reports:,} reports")
    print(f"  pairs compared an account           {account.pairs / max(1, account.accounts):.1f}")
    print(
        f"  pairs that the casebook keeps       {len(book.kept):,}, found {_share(book.kept, archive.kept)}"
    )
    together = book.kept & wanted
    print(f"  those of them within its events     {len(together):,}, found {_share(together, archive.kept)}")
    print(
        f"  pairs of one event: precision       {precision:.4f}, recall {recall:.4f}, "
        f"F1 {2 * precision * recall / max(1e-9, precision + recall):.4f}"
    )
    print(f"  the casebook's events               {len(theirs):,}, the same {_share(theirs, ours)}")
    same_names = sum(book.event_of[key] == event for key, event in archive.event_of.items())
    print(f"  accounts under the same event id    {same_names:,} of {len(book.event_of):,}")
    if truth is not None:
        names = {hash_of(one.report)[:12]: one.report.id for one in in_order}
        own = Prediction(
            events=tuple(
                PredictedEvent(event=min(group), reports=tuple(sorted({names[key[:12]] for key in group})))
                for group in ours
            ),
            copies=prediction.copies,
        )
        for title, made in (("archive", own), ("casebook", prediction)):
            print(f"  beside the truth, {title}:")
            print("\n".join(f"    {line}" for line in score_lines(scores_of(read_links(truth), made))))


def growth(sizes: Sequence[int], density: int, years: int, rules: Rules, processes: int) -> None:
    """Seconds of linking at some sizes, each in a process of its own so that its memory is known."""
    titles = ("reports", "accounts", "pairs", "seconds", "core s", "GiB main", "GiB worker")
    print("".join(f"{title:>11}" for title in titles))
    points: list[tuple[int, float]] = []
    for size in sizes:
        told = _grown(size, years or max(1, round(size / density)), rules, processes)
        counts = "".join(f"{count:>11,}" for count in (size, told["accounts"], told["pairs"]))
        costs = "".join(f"{told[name]:>11.2f}" for name in ("seconds", "core", "main", "worker"))
        print(counts + costs, flush=True)
        points.append((told["accounts"], told["core"]))
    for (few, short), (many, long) in pairwise(points):
        exponent = math.log(long / short) / math.log(many / few)
        print(f"core seconds grow from {few:,} to {many:,} accounts with the exponent {exponent:.2f}")


def _grown(size: int, years: int, rules: Rules, processes: int) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        in_process(lambda: _written(Path(folder), size, years))
        return in_process(lambda: _measured(Path(folder), rules, processes))


def in_process(work: Callable[[], dict[str, float]]) -> dict[str, float]:
    """What some work gives, done in a process of its own, so that its memory counts alone."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        os.write(writer, json.dumps(work()).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.wait()
    if not told:
        sys.exit("a measurement ended early: see what is said above")
    return json.loads(told)


def _written(folder: Path, size: int, years: int) -> dict[str, float]:
    write_archive(folder / "archive", made_up_readings(size, years=years))
    return {"reports": size}


def _measured(folder: Path, rules: Rules, processes: int) -> dict[str, float]:
    before, began = _core_seconds(), time.monotonic()
    account = _link(folder, rules, processes)
    return {
        "accounts": account.accounts,
        "pairs": account.pairs,
        "seconds": time.monotonic() - began,
        "core": _core_seconds() - before,
        "main": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20,
    }


def linked(readings: Iterable[Reading], rules: Rules, processes: int) -> tuple[Found, LinkAccount]:
    """What linking an archive of some readings gives."""
    with TemporaryDirectory() as folder:
        write_archive(Path(folder, "archive"), readings)
        account = _link(Path(folder), rules, processes)
        links = pq.read_table(Path(folder, "links", "links"), columns=["key", "event"]).to_pylist()
        pairs = pq.read_table(Path(folder, "links", "pairs"), columns=["one", "other"]).to_pylist()
    kept = {(min(row.values()), max(row.values())) for row in pairs}
    return Found({row["key"]: row["event"] for row in links}, kept), account


def _link(folder: Path, rules: Rules, processes: int) -> LinkAccount:
    return link_archives(
        [folder_of(str(folder / "archive"))],
        folder_of(str(folder / "links")),
        lambda work: local_engine(work, processes, "1GB"),
        lambda _step: None,
        rules,
    )


def in_casebook(readings: Iterable[Reading]) -> tuple[Found, Prediction]:
    """What a casebook makes of the same readings."""
    with Casebook.open("sqlite://") as book:
        book.ingest(((reading.report.id, reading) for reading in readings), links=False)
        book.link()
        with book.store.reads() as connection:
            links = connection.execute(
                sa.select(t.link.c.key, t.link.c.event).where(t.link.c.until.is_(None))
            )
            event_of = {row.key: row.event for row in links}
            kept = {(row.one, row.other) for row in connection.execute(sa.select(t.pair))}
        return Found(event_of, kept), predicted(book)


def _pairs(groups: Groups) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _share(wanted: set[object], found: set[object]) -> str:
    return f"{len(wanted & found):,} ({len(wanted & found) / max(1, len(wanted)):.2%})"


def _core_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
