"""Archives are linked as the casebook links, in blocks that stay bounded."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from casebook.telling import Account, Story, reading_of
from casus.archive.linking.accounts import ACCOUNTS, features_in, id_of, row_of
from casus.archive.linking.blocks import pairs_sql, shared_blocks_of
from casus.archive.linking.dialects import DUCKDB
from casus.archive.linking.engines import Engine
from casus.archive.linking.local import local_engine
from casus.archive.linking.running import LinkAccount, Rules, link_archives
from casus.archive.linking.weighing import weigh
from casus.archive.running import Step
from casus.archive.storage import Folder, folder_of
from casus.casebook import schema as t
from casus.casebook.book import Casebook
from casus.casebook.comparing import levels_of, load_weights, weight_of
from casus.casebook.features import Features
from casus.casebook.filing import hash_of
from casus.errors import ArchiveError
from casus.model import EventType, Reading, Report
from made_up import made_up_readings
from written_archive import write_archive

DAY = date(2020, 3, 4)


@contextmanager
def alone(work: Folder) -> Iterator[Engine]:
    """DuckDB without other processes."""
    with local_engine(work, 1, "500MB") as engine:
        yield engine


def quiet(_step: Step) -> None:
    """No progress."""


def linked(folder: Path, readings: Iterable[Reading], rules: Rules | None = None) -> LinkAccount:
    """An archive of readings, and its links."""
    archive = write_archive(folder, readings)
    return link_archives([archive], folder_of(str(folder / "links")), alone, quiet, rules)


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / "links" / table).to_pylist()
    return found


def groups(event_of: dict[str, str]) -> set[frozenset[str]]:
    members: defaultdict[str, set[str]] = defaultdict(set)
    for key, event in event_of.items():
        members[event].add(key)
    return {frozenset(group) for group in members.values()}


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    """As an archive orders them: by the day of publication, then by hash."""
    return sorted(readings, key=lambda one: (one.report.published_on or date.max, hash_of(one.report)))


def in_casebook(readings: Iterable[Reading]) -> tuple[dict[str, str], dict[tuple[str, str], float]]:
    """The events of all accounts in a casebook, and the pairs that it keeps."""
    with Casebook.open("sqlite://") as book:
        book.ingest((("made-up", reading) for reading in readings), links=False)
        book.link()
        with book.store.reads() as connection:
            links = connection.execute(
                sa.select(t.link.c.key, t.link.c.event).where(t.link.c.until.is_(None))
            )
            pairs = connection.execute(sa.select(t.pair))
            return {row.key: row.event for row in links}, {(row.one, row.other): row.weight for row in pairs}


def made_up_features(number: int, dice: random.Random) -> Features:
    """An account whose aspects are drawn from so few values that pairs fall into every level."""
    first = DAY + timedelta(days=dice.choice((0, 0, 1, 2, 3, 6, 9, 15)))
    is_day = dice.random() < 0.7
    low = dice.choice((None, 1, 2, 4, 8, 9, 20, 25))
    hurt = dice.choice((None, 1, 3, 4, 10, 11, 14, 40))
    letters = "abcdefghijklmnopqrstuvwxyz"
    return Features(
        key=f"{number:012x}.1",
        report=number,
        published=dice.choice((None, first, first + timedelta(days=2))),
        first=first,
        last=first + timedelta(days=0 if is_day else dice.choice((3, 6, 28))),
        is_day=is_day,
        is_dated=dice.random() < 0.9,
        country=dice.choice((None, "YE", "YE", "YE", "SO")),
        adm1=dice.choice((None, "hajjah", "lahj", "rakha")),
        adm2=dice.choice((None, "mabar", "dirbat")),
        place=dice.choice((None, "rakha", "mabar", "hajjah", "tolo", "sada", "lahj")),
        geonames_id=dice.choice((None, None, 11, 12, 13)),
        point=dice.choice((None, (15.5, 43.5), (15.52, 43.52), (15.7, 43.5), (16.2, 43.6), (13.1, 44.9))),
        precision_code=dice.choice((None, 1, 1, 2, 3, 4, 6)),
        event_type=dice.choice((*EventType, EventType.ATTACK, EventType.PROTEST)),
        perpetrators=frozenset(
            dice.sample(("#g1", "#g2", "red hand", "hand of dawn", "raiders"), dice.randint(0, 2))
        ),
        targets=frozenset(dice.sample(("#g3", "villagers", "old villagers", "traders"), dice.randint(0, 2))),
        harmed=frozenset(),
        killed=None if low is None else (low, low + dice.choice((0, 0, 3))),
        injured=None if hurt is None else (hurt, hurt + dice.choice((0, 0, 2))),
        weapons=frozenset(dice.sample(("mortar", "rifle", "bomb"), dice.randint(0, 2))),
        names=frozenset(dice.sample(("omar", "tahir", "wadi", "nahr", "souk"), dice.randint(0, 5))),
        words=frozenset(dice.sample(letters, dice.randint(0, 20))),
        is_main=True,
    )


def accounts_table(features: Iterable[Features]) -> pa.Table:
    return pa.Table.from_pylist([row_of(one, one.key.partition(".")[0]) for one in features], schema=ACCOUNTS)


def test_splink_gives_every_pair_the_weight_that_the_casebook_gives_it(tmp_path: Path) -> None:
    dice = random.Random(3)
    accounts = [made_up_features(number, dice) for number in range(1, 251)]
    seen = Counter(
        level for one, other in combinations(accounts, 2) for level in levels_of(one, other).items()
    )
    weighed = {pair for pair in load_weights() if pair[0] != "all"}
    assert weighed <= set(seen), "the accounts do not try every level"
    by_id = {id_of(one.key): one for one in accounts}
    with alone(folder_of(str(tmp_path))) as engine:
        engine.take("account", accounts_table(accounts))
        engine.make(
            "candidate",
            "SELECT l.id AS join_key_l, r.id AS join_key_r, '0' AS match_key "
            "FROM account l JOIN account r ON l.id < r.id",
        )
        weigh(engine, keeps_all=True)
        found = engine.rows("SELECT one, other, weight FROM kept")
    assert len(found) == len(accounts) * (len(accounts) - 1) // 2
    for one, other, weight in found:
        assert weight == pytest.approx(weight_of(by_id[one], by_id[other]), abs=1e-6)


def test_an_account_comes_back_from_its_row() -> None:
    dice = random.Random(5)
    for number in range(1, 100):
        features = made_up_features(number, dice)
        [row] = accounts_table([features]).to_pylist()
        assert features_in(row) == features


def test_an_archive_is_linked_as_a_casebook_of_the_same_reports(tmp_path: Path) -> None:
    readings = in_order(made_up_readings(500, years=1))
    account = linked(tmp_path, readings)
    events, pairs = in_casebook(readings)
    assert {row["key"]: row["event"] for row in rows(tmp_path, "links")} == events
    kept = {tuple(sorted((row["one"], row["other"]))): row["weight"] for row in rows(tmp_path, "pairs")}
    assert set(kept) <= set(pairs)
    assert len(kept) >= 0.99 * len(pairs)
    assert all(weight == pytest.approx(pairs[pair], abs=1e-6) for pair, weight in kept.items())
    assert account.accounts == len(events)
    assert account.events == len(groups(events))


@given(
    st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    st.integers(0, 45),
    st.integers(-30, 30),
    st.integers(0, 45),
)
def test_accounts_of_one_place_within_ten_days_share_a_block(
    first: date, length: int, apart: int, other_length: int
) -> None:
    account = replace(made_up_features(1, random.Random(1)), place="rakha", first=first)
    one = replace(account, last=first + timedelta(days=length))
    start = first + timedelta(days=apart)
    other = replace(account, first=start, last=start + timedelta(days=other_length))
    gap = max((other.first or first) - (one.last or first), first - (other.last or first)).days
    if gap <= 10:
        assert not set(shared_blocks_of(one)).isdisjoint(shared_blocks_of(other))


@pytest.mark.parametrize("accounts", [100, 400])
def test_in_a_dense_block_an_account_is_compared_with_a_bounded_number(accounts: int, tmp_path: Path) -> None:
    one = replace(made_up_features(1, random.Random(1)), place="rakha", names=frozenset({"omar"}))
    crowd = [replace(one, key=f"{number:012x}.1", report=number) for number in range(1, accounts + 1)]
    with alone(folder_of(str(tmp_path))) as engine:
        engine.take("account", accounts_table(crowd))
        engine.make("candidate", pairs_sql(DUCKDB, bound=8, rare=4))
        [(pairs, least)] = engine.rows(
            "SELECT (SELECT count(*) FROM candidate), min(n) FROM (SELECT id, count(*) AS n FROM account "
            "JOIN candidate ON id = join_key_l OR id = join_key_r GROUP BY id)"
        )
    assert pairs == 8 * accounts - 8 * 9 // 2, "each with the eight that follow it"
    assert least == 8


def test_a_group_that_is_too_large_is_taken_apart_and_still_clustered(tmp_path: Path) -> None:
    readings = in_order(made_up_readings(250, years=1, told_once=0.2))
    whole = linked(tmp_path / "whole", readings)
    apart = linked(tmp_path / "apart", readings, Rules(most_in_part=whole.largest_part // 2))
    assert whole.taken_apart == 0
    assert apart.taken_apart > 0
    events, parted = (
        groups({row["key"]: row["event"] for row in rows(tmp_path / name, "links")})
        for name in ("whole", "apart")
    )
    assert all(any(group <= event for event in events) for group in parted)
    assert max(map(len, parted)) <= whole.largest_part // 2 < max(map(len, events))


def test_copies_belong_to_the_events_of_their_original_and_count_once(tmp_path: Path) -> None:
    first = reading_of(Story("Daily Post", DAY + timedelta(1), (Account(killed=9),)))
    second = reading_of(Story("Harbour Radio", DAY + timedelta(2), (Account(killed=11),), head="Late news."))
    other = reading_of(
        Story("Daily Post", DAY + timedelta(9), (Account(day=DAY + timedelta(8), place="Tolo"),))
    )
    copy = Report.of(first.report.text, publisher="Copyist", published_on=DAY + timedelta(1))
    archive = write_archive(tmp_path, [first, second, other], {hash_of(first.report): [copy]})
    link_archives([archive], folder_of(str(tmp_path / "links")), alone, quiet)
    event = f"{hash_of(first.report)[:12]}.1"
    own = [row for row in rows(tmp_path, "links") if row["event"] == event]
    assert [(row["key"], row["copy_of"]) for row in own] == [
        *((key, None) for key in sorted(f"{hash_of(one.report)[:12]}.1" for one in (first, second))),
        (None, hash_of(first.report)),
    ]
    assert own[-1]["report"] == hash_of(copy)
    [told] = [row for row in rows(tmp_path, "events") if row["event"] == event]
    assert (told["accounts"], told["reports"], told["independent_reports"]) == (2, 3, 2)
    assert told["publishers"] == ["Copyist", "Daily Post", "Harbour Radio"]
    assert (told["start"], told["place"], told["country"]) == (DAY, "Rakha", "YE")
    assert (told["killed_low"], told["killed_high"], told["injured_low"]) == (9, 11, None)
    assert told["targets"] == ["villagers"]


def test_several_archives_are_linked_together_and_a_report_of_two_counts_once(tmp_path: Path) -> None:
    one, other = (
        reading_of(Story(name, DAY + timedelta(1), (Account(),), head=name)) for name in ("Post", "Radio")
    )
    archives = [write_archive(tmp_path / "a", [one]), write_archive(tmp_path / "b", [other, one])]
    account = link_archives(archives, folder_of(str(tmp_path / "links")), alone, quiet)
    assert (account.accounts, account.events, account.reports) == (2, 1, 2)
    found = {row["report"]: row["archive"] for row in rows(tmp_path, "links")}
    assert found == {hash_of(one.report): 0, hash_of(other.report): 1}


def test_an_archive_without_events_has_links_without_rows(tmp_path: Path) -> None:
    quiet_one = Reading(Report.of("The harbour was calm.", published_on=DAY), "hand/1", (), ())
    assert linked(tmp_path, [quiet_one]).events == 0
    assert rows(tmp_path, "links") == rows(tmp_path, "events") == rows(tmp_path, "pairs") == []


def test_links_that_are_there_are_left_unless_they_are_to_be_replaced(tmp_path: Path) -> None:
    reading = reading_of(Story())
    first = linked(tmp_path, [reading])
    target, archive = folder_of(str(tmp_path / "links")), folder_of(str(tmp_path))
    again = link_archives([archive], target, alone, quiet)
    assert again == replace(first, was_complete=True)
    with pytest.raises(ArchiveError, match="by other rules: add --overwrite"):
        link_archives([archive], target, alone, quiet, Rules(bound=7))
    assert link_archives([archive], target, alone, quiet, Rules(bound=7), overwrite=True).events == 1


def test_links_that_break_off_leave_those_before_as_they_were(tmp_path: Path) -> None:
    linked(tmp_path, [reading_of(Story())])
    before = rows(tmp_path, "links")
    target, archive = folder_of(str(tmp_path / "links")), folder_of(str(tmp_path))

    def breaks_off(step: Step) -> None:
        if step.stage == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        link_archives([archive], target, alone, breaks_off, Rules(bound=7), overwrite=True)
    assert rows(tmp_path, "links") == before
    assert not list(tmp_path.glob(".links*"))


def test_archives_that_are_not_there_or_not_whole_are_refused(tmp_path: Path) -> None:
    target = folder_of(str(tmp_path / "links"))
    with pytest.raises(ArchiveError, match="no archive there"):
        link_archives([folder_of(str(tmp_path / "nothing"))], target, alone, quiet)
    half = write_archive(tmp_path / "half", [reading_of(Story())])
    half.write_json("archive.json", {**half.read_json("archive.json"), "state": "reading"})
    with pytest.raises(ArchiveError, match="not complete"):
        link_archives([half], target, alone, quiet)
    whole = write_archive(tmp_path / "whole", [reading_of(Story())])
    with pytest.raises(ArchiveError, match="not empty, and no links"):
        link_archives([whole], Folder(str(tmp_path / "half")), alone, quiet)


def test_a_damaged_table_is_told_of(tmp_path: Path) -> None:
    archive = write_archive(tmp_path, [reading_of(Story())])
    [table] = (tmp_path / "events").rglob("*.parquet")
    table.write_bytes(table.read_bytes()[:-20])
    with pytest.raises(ArchiveError, match="a table of the archive is damaged"):
        link_archives([archive], folder_of(str(tmp_path / "links")), alone, quiet)
    assert not (tmp_path / "links").exists()


def test_archives_in_an_object_store_are_linked_there(tmp_path: Path) -> None:
    write_archive(tmp_path, [reading_of(Story())])
    store = folder_of("memory://linking/archive")
    store.file_system().put(f"{tmp_path}/", store.full(""), recursive=True)
    target = folder_of("memory://linking/links")
    assert link_archives([store], target, alone, quiet).events == 1
    assert target.names("") == [
        "events/part-00000.parquet",
        "link.json",
        *(f"{table}/part-00000.parquet" for table in ("links", "pairs")),
    ]
    assert target.read_table("links/part-00000.parquet").num_rows == 1
    assert link_archives([store], target, alone, quiet).was_complete
