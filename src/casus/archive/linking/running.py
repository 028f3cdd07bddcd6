"""Linking from beginning to end: what is compared, which pairs, how they weigh, what they make."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from casus import __version__
from casus.archive.linking import blocks
from casus.archive.linking.accounts import ACCOUNTS, READ_COLUMNS, accounts_of
from casus.archive.linking.engines import Engine
from casus.archive.linking.grouping import MOST_IN_PART, cluster, find_parts
from casus.archive.linking.weighing import weigh
from casus.archive.linking.writing import TABLES, make_results, write_results
from casus.archive.plan import finished
from casus.archive.running import Step, Tell
from casus.archive.storage import Folder, alone_in, explained, folder_of
from casus.archive.tables import EVENTS
from casus.casebook.comparing import load_weights
from casus.errors import ArchiveError

FORMAT = "casus-links/1"
ABOUT = "link.json"
WORK = "_work"
FOLDER = "links"
"""Where the links of one archive are kept, within it."""

_REPORT_COLUMNS = ("hash", "publisher", "status", "copy_of")


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that the links follow from, beside the archives and the casebook's weights."""

    bound: int = blocks.BOUND
    rare: int = blocks.RARE
    most_in_part: int = MOST_IN_PART

    def record(self) -> dict[str, Any]:
        """The rules as JSON has them, those included that stand in files."""
        weights = sorted((*key, weight) for key, weight in load_weights().items())
        digest = hashlib.sha256(json.dumps(weights).encode()).hexdigest()
        return {**asdict(self), "weights": digest[:16], "casus": __version__}


@dataclass(frozen=True, slots=True)
class LinkAccount:
    """What linking made: accounts, pairs compared and kept, parts, events, seconds a step.

    `parts` are what hangs together by pairs, `largest_part` accounts the largest has, and
    `taken_apart` of them were too large to be clustered whole.
    """

    accounts: int
    pairs: int
    kept: int
    parts: int
    largest_part: int
    taken_apart: int
    events: int
    events_of_several: int
    reports: int
    seconds: Mapping[str, float]
    was_complete: bool = False

    def record(self) -> dict[str, Any]:
        """The account for programs."""
        return asdict(self)


Started = Callable[[Folder], AbstractContextManager[Engine]]
"""Gives an engine, which may keep its tables in a folder beside the output."""


def link_archives(
    archives: Sequence[Folder],
    output: Folder,
    start: Started,
    tell: Tell,
    rules: Rules | None = None,
    *,
    overwrite: bool = False,
) -> LinkAccount:
    """Link the reported events of some archives, and write the links into a folder that is new.

    Links of the same archives by the same rules that are there are left as they are.  Raises
    `ArchiveError` for an archive that is not complete, for an output that holds something else,
    where another run is at work, and where it can't be written.
    """
    rules = rules or Rules()
    wanted = _wanted(archives, rules)
    there = _there(output)
    if there is not None and not overwrite:
        if _is_same(there, wanted):
            return replace(_account_in(there), was_complete=True)
        raise ArchiveError(
            f"{output.address}: it holds links of other archives, of an earlier state of them or by other "
            "rules: add --overwrite to replace them, or name another --output"
        )
    if there is None and not output.is_empty():
        raise ArchiveError(f"{output.address}: not empty, and no links: name a new folder with --output")
    with _aside(output) as (target, work), start(work) as engine:
        account = _linked(engine, archives, target, rules, tell)
        target.write_json(ABOUT, {**wanted, "completed_at": _now(), "account": account.record()})
    return account


def links_in(folder: Folder) -> Mapping[str, Any]:
    """What `link.json` says of links.  Raises `ArchiveError` where there are none, or of another form."""
    there = _there(folder)
    if there is None:
        raise ArchiveError(f"{folder.address}: no links there: casus archive link makes them")
    return there


def is_of(links: Mapping[str, Any], archives: Sequence[Folder]) -> bool:
    """Whether links are of these archives as they are now, in any order."""
    now = [_state(archive) for archive in archives]
    return all(state in links["archives"] for state in now)


def _linked(
    engine: Engine, archives: Sequence[Folder], target: Folder, rules: Rules, tell: Tell
) -> LinkAccount:
    seconds: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        began = time.monotonic()
        tell(Step(name, 0, 1, 0))
        yield
        tell(Step(name, 1, 1, 0))
        seconds[name] = round(time.monotonic() - began, 2)

    with step("reading accounts"):
        _load(engine, archives)
        columns = ", ".join(READ_COLUMNS)
        engine.map("account", f"SELECT {columns} FROM told", accounts_of, ACCOUNTS)
    with step("choosing pairs"):
        engine.make("candidate", blocks.pairs_sql(engine.dialect, rules.bound, rules.rare))
    with step("weighing pairs"):
        weigh(engine)
    with step("finding parts"):
        taken_apart = find_parts(engine, rules.most_in_part)
    with step("clustering"):
        cluster(engine)
    with step("writing"):
        make_results(engine)
        write_results(engine, target)
    return _account(engine, taken_apart, seconds)


def _load(engine: Engine, archives: Sequence[Folder]) -> None:
    """Make `told`, the accounts of all archives, and `report_once`; the first archive has a report's."""
    names = tuple(name for name in EVENTS.names)
    engine.load("all_told", archives, "events", names)
    engine.load("all_reports", archives, "reports", _REPORT_COLUMNS)
    engine.make("taken", "SELECT report, min(archive) AS archive FROM all_told GROUP BY report")
    engine.make(
        "report_once",
        "SELECT r.* FROM all_reports r JOIN (SELECT hash, min(archive) AS archive FROM all_reports "
        "GROUP BY hash) f ON f.hash = r.hash AND f.archive = r.archive",
    )
    listed = ", ".join(f"e.{engine.dialect.quoted(name)}" for name in names)
    engine.view(
        "told",
        f"SELECT {listed} FROM all_told e JOIN taken t ON t.report = e.report AND t.archive = e.archive",
    )


def _account(engine: Engine, taken_apart: int, seconds: Mapping[str, float]) -> LinkAccount:
    counted = {
        "accounts": "SELECT count(*) FROM account",
        "pairs": "SELECT count(*) FROM candidate",
        "kept": "SELECT count(*) FROM kept",
        "parts": "SELECT count(DISTINCT part) FROM part",
        "largest_part": "SELECT coalesce(max(size), 0) FROM sized",
        "events": "SELECT count(DISTINCT event) FROM named",
        "events_of_several": "SELECT count(*) FROM summed WHERE accounts > 1",
        "reports": "SELECT count(DISTINCT hash) FROM event_report",
    }
    query = ", ".join(f"({query}) AS {name}" for name, query in counted.items())
    [row] = engine.rows(f"SELECT {query}")
    counts: dict[str, Any] = dict(zip(counted, map(int, row), strict=True))
    return LinkAccount(taken_apart=taken_apart, seconds=dict(seconds), **counts)


def _wanted(archives: Sequence[Folder], rules: Rules) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "state": "complete",
        "archives": [_state(archive) for archive in archives],
        "rules": rules.record(),
    }


def _state(archive: Folder) -> dict[str, Any]:
    """What tells an archive, and one state of it from another."""
    about = finished(archive)
    told = json.dumps([about["inputs"], about["plan"], about["completed_at"]], sort_keys=True)
    return {"address": archive.address, "state": hashlib.sha256(told.encode()).hexdigest()[:16]}


def _there(output: Folder) -> Mapping[str, Any] | None:
    if output.is_file():
        raise ArchiveError(f"{output.address}: this is a file: name a folder with --output")
    if not output.exists(ABOUT):
        return None
    there: Mapping[str, Any] = output.read_json(ABOUT)
    if there.get("format") != FORMAT:
        raise ArchiveError(f"{output.address}: links of another version: make them anew with --overwrite")
    return there


def _is_same(there: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(there.get(name) == value for name, value in wanted.items())


def _account_in(there: Mapping[str, Any]) -> LinkAccount:
    return LinkAccount(**{**there["account"], "was_complete": True})


@contextmanager
def _aside(output: Folder) -> Iterator[tuple[Folder, Folder]]:
    """Where to write, and where to work; on a disk it takes the place of the output once all is done.

    In an object store, where nothing can be renamed, the tables are written in their place, and
    `link.json`, which comes last, makes them whole.
    """
    if not output.is_local:
        with alone_in(output):
            for name in (ABOUT, *TABLES, WORK):
                output.remove(name)
            yield output, Folder(output.url(WORK))
            output.remove(WORK)
        return
    aside = folder_of(str(output.path.with_name(f".{output.path.name}.part")))
    made, work, old = (Folder(str(aside.path / name)) for name in ("made", "work", "old"))
    try:
        with alone_in(aside), _removed(made, work, old), explained(output.address):
            work.path.mkdir()
            yield made, work
            if output.exists():
                output.path.replace(old.path)
            made.path.replace(output.path)
    finally:
        with suppress(OSError):  # another run is at work there
            aside.path.rmdir()


@contextmanager
def _removed(*folders: Folder) -> Iterator[None]:
    """Removes folders before and after."""
    for folder in folders:
        folder.remove("")
    try:
        yield
    finally:
        for folder in folders:
            folder.remove("")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
