"""Which reports of archives are wanted: those that tell of the events that a filter means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casus.archive.linking.running import is_of, links_in
from casus.archive.storage import Folder
from casus.archive.tables import COPY
from casus.casebook.features import folded_name
from casus.errors import ArchiveError
from casus.model import EventType

_BATCH = 65_536


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of events; one counts where any of its accounts meets all of it.

    `ids` are ids of linked events, or keys of accounts.  Days are inclusive, and an account
    without a told day meets neither bound.  Names are met where they contain the given words.
    `least_killed` is met by the highest figure that an account gives.
    """

    ids: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    country: str | None = None
    event_type: EventType | None = None
    perpetrator: str | None = None
    actor: str | None = None
    place: str | None = None
    least_killed: int | None = None

    @property
    def is_all(self) -> bool:
        """Whether it asks nothing."""
        return all(not getattr(self, one.name) for one in fields(self))


@dataclass(frozen=True, slots=True)
class Selection:
    """The reports that are wanted, by their hashes; None for all of an archive's.

    `events` counts the linked events that a filter means, or, without links, the accounts.
    """

    hashes: frozenset[str] | None
    events: int | None
    is_linked: bool


def select(
    archives: Sequence[Folder], links: Folder | None, wanted: Wanted, *, with_copies: bool
) -> Selection:
    """The reports of all events that a filter means, copies too unless they are to be left out.

    Without `links` the reports of the accounts that meet it.  Raises `ArchiveError` where nothing
    does, and where the links are of other archives or an earlier state of them.
    """
    if wanted.is_all:
        return Selection(None, None, is_linked=False)
    if links is None:
        if wanted.ids:
            raise ArchiveError("events are named by links, and there are none: run casus archive link first")
        keys, reports = _accounts(archives, wanted)
        hashes = _with_copies(archives, reports) if with_copies else reports
        events = len(keys)
    else:
        _require_same(links, archives)
        ids = _events(links, archives, wanted)
        hashes = _reports_of(links, ids, with_copies=with_copies)
        events = len(ids)
    if not hashes:
        raise ArchiveError("no event meets the filter: ask less of it, or give --all")
    return Selection(frozenset(hashes), events, is_linked=links is not None)


def batches(folder: Folder, table: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The rows of a table, of some columns, a bounded number at a time."""
    for name in folder.names(table, ".parquet"):
        try:
            with folder.file_system().open(folder.full(name), "rb") as stream, pq.ParquetFile(stream) as file:
                yield from file.iter_batches(_BATCH, columns=list(columns))
        except pa.ArrowException as error:
            raise ArchiveError(f"{folder.url(name)}: no sound Parquet file: make it anew") from error


def _require_same(links: Folder, archives: Sequence[Folder]) -> None:
    if not is_of(links_in(links), archives):
        raise ArchiveError(
            f"{links.address}: these links are of another archive, or of an earlier state of it: "
            "run casus archive link again, with --overwrite"
        )


def _events(links: Folder, archives: Sequence[Folder], wanted: Wanted) -> set[str]:
    """The ids of the linked events that are meant."""
    ids: set[str] | None = None
    if wanted.ids:
        ids = _named(links, wanted.ids)
    if any(getattr(wanted, one.name) for one in fields(wanted) if one.name != "ids"):
        keys = pa.array(sorted(_accounts(archives, wanted)[0]), pa.string())
        met: set[str] = set()
        for batch in batches(links, "links", ("event", "key")):
            met.update(batch.filter(pc.is_in(batch["key"], keys))["event"].to_pylist())
        ids = met if ids is None else ids & met
    return ids or set()


def _named(links: Folder, ids: Sequence[str]) -> set[str]:
    """The events with these ids, or with accounts of these keys; raises `ArchiveError` for an unknown one."""
    asked = pa.array(ids, pa.string())
    found: set[str] = set()
    known: set[str] = set()
    for batch in batches(links, "links", ("event", "key")):
        is_named = pc.or_kleene(pc.is_in(batch["event"], asked), pc.is_in(batch["key"], asked))
        some = batch.filter(is_named)
        found.update(some["event"].to_pylist())
        known.update(some["event"].to_pylist(), some["key"].to_pylist())
    if missing := [one for one in ids if one not in known]:
        raise ArchiveError(f"{missing[0]}: no event of these links: the table links has their ids")
    return found


def _reports_of(links: Folder, events: set[str], *, with_copies: bool) -> set[str]:
    asked = pa.array(sorted(events), pa.string())
    found: set[str] = set()
    for batch in batches(links, "links", ("event", "report", "copy_of")):
        is_told = pc.is_in(batch["event"], asked)
        if not with_copies:
            is_told = pc.and_(is_told, pc.is_null(batch["copy_of"]))
        found.update(batch.filter(is_told)["report"].to_pylist())
    return found


def _accounts(archives: Sequence[Folder], wanted: Wanted) -> tuple[set[str], set[str]]:
    """The keys of the accounts that meet a filter, and the hashes of their reports."""
    conditions = _conditions(wanted)
    columns = sorted({"key", "report", *(column for columns, _ in conditions for column in columns)})
    keys: set[str] = set()
    reports: set[str] = set()
    for archive in archives:
        for batch in batches(archive, "events", columns):
            is_met = pa.repeat(pa.scalar(value=True), batch.num_rows)
            for _, condition in conditions:
                is_met = pc.and_(is_met, pc.fill_null(condition(batch), fill_value=False))
            met = batch.filter(is_met)
            keys.update(met["key"].to_pylist())
            reports.update(met["report"].to_pylist())
    return keys, reports


def _with_copies(archives: Sequence[Folder], reports: set[str]) -> set[str]:
    originals = pa.array(sorted(reports), pa.string())
    found = set(reports)
    for archive in archives:
        for batch in batches(archive, "reports", ("hash", "status", "copy_of")):
            is_copy = pc.and_kleene(pc.equal(batch["status"], COPY), pc.is_in(batch["copy_of"], originals))
            found.update(batch.filter(is_copy)["hash"].to_pylist())
    return found


Condition = tuple[tuple[str, ...], Callable[[pa.RecordBatch], Any]]
"""Columns, and what is asked of them."""


def _conditions(wanted: Wanted) -> list[Condition]:
    found: list[Condition] = []
    if wanted.since is not None:
        since = wanted.since
        found.append(
            (("start", "end"), lambda rows: pc.greater_equal(pc.coalesce(rows["end"], rows["start"]), since))
        )
    if wanted.until is not None:
        until = wanted.until
        found.append((("start",), lambda rows: pc.less_equal(rows["start"], until)))
    if wanted.country is not None:
        country = wanted.country.upper()
        found.append((("country",), lambda rows: pc.equal(rows["country"], country)))
    if wanted.event_type is not None:
        kind = wanted.event_type.value
        found.append((("event_type",), lambda rows: pc.equal(rows["event_type"], kind)))
    if wanted.least_killed:
        least = wanted.least_killed
        found.append((("killed_high",), lambda rows: pc.greater_equal(rows["killed_high"], least)))
    found += _names_asked(wanted)
    return found


def _names_asked(wanted: Wanted) -> Iterator[Condition]:
    asked: Mapping[tuple[str, ...], str | None] = {
        ("perpetrators",): wanted.perpetrator,
        ("perpetrators", "targets"): wanted.actor,
        ("place", "adm1", "adm2"): wanted.place,
    }
    for columns, words in asked.items():
        if words is not None:
            yield columns, _NameAsked(columns, folded_name(words) or "")


@dataclass(frozen=True, slots=True)
class _NameAsked:
    """Whether any of some columns, of names or lists of them, has a name with certain words."""

    columns: tuple[str, ...]
    words: str

    def __call__(self, rows: pa.RecordBatch) -> Any:
        return pa.array(
            [
                any(self._is_met(value) for value in values)
                for values in zip(*(rows[column].to_pylist() for column in self.columns), strict=True)
            ],
            pa.bool_(),
        )

    def _is_met(self, value: str | list[str] | None) -> bool:
        names = value if isinstance(value, list) else [value] if value else []
        return any(self.words in _folded(name) for name in names)


@lru_cache(maxsize=200_000)
def _folded(name: str) -> str:
    return folded_name(name) or ""
