"""A casebook beside what others coded: what both have, what one has, how tolls differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casebook.telling import Account, Story, reading_of
from casus.casebook.book import Casebook
from casus.casebook.matching import Comparison, Killed, TollRelation, toll_relation
from casus.casebook.records import EventFilter
from casus.errors import BadRecord, CasebookError, NotInCasebook
from casus.exports import comparison_lines, load_reference_file
from casus.exports.acled import COLUMNS as ACLED_COLUMNS
from casus.exports.ucdp import COLUMNS as UCDP_COLUMNS
from exports.test_reference_files import ACLED, UCDP, written

RAKHA = Story(accounts=(Account(by="Houthis", by_id="houthis", killed=14),))
TOLO = Story(
    "Evening Star",
    date(2020, 3, 5),
    (Account(place="Tolo", killed=3, told="A mine tore up a minibus on the salt track"),),
)


@pytest.fixture
def told(book: Casebook) -> Casebook:
    """A casebook with two events, in two countries."""
    book.ingest((str(number), reading_of(story)) for number, story in enumerate([RAKHA, TOLO]))
    return book


def compared(book: Casebook, path: Path, wanted: EventFilter | None = None) -> Comparison:
    load_reference_file(book, path, name="other", replaces=True)
    return book.compare_with("other", wanted)


def test_one_event_in_both_one_here_one_there(told: Casebook, tmp_path: Path) -> None:
    later = UCDP | {"id": "900002", "date_start": "2020-06-01", "date_end": "2020-06-01"}
    comparison = compared(told, written(tmp_path / "ged.csv", UCDP_COLUMNS, UCDP, later))
    [match] = comparison.matches
    assert (match.here.place, match.there.id) == ("Rakha", "900001")
    assert match.days_apart == 0
    assert match.km_apart is not None
    assert match.km_apart < 3
    assert match.shares_actor
    assert match.toll is TollRelation.HIGHER_HERE
    assert [sketch.place for sketch in comparison.only_here] == ["Tolo"]
    assert [sketch.id for sketch in comparison.only_there] == ["900002"]


def test_acled_is_compared_by_type_too(told: Casebook, tmp_path: Path) -> None:
    protest = ACLED | {
        "event_id_cnty": "YEM90002",
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
    }
    comparison = compared(told, written(tmp_path / "acled.csv", ACLED_COLUMNS, protest, ACLED))
    [match] = comparison.matches
    assert match.there.id == "YEM90001"


@pytest.mark.parametrize(
    ("change", "is_one"),
    [
        ({"date_start": "2020-03-06", "date_end": "2020-03-06"}, True),
        ({"date_start": "2020-03-07", "date_end": "2020-03-07"}, False),
        ({"date_start": "2020-03-01", "date_end": "2020-03-31", "date_prec": "4"}, True),
        ({"latitude": "15.58"}, True),
        ({"latitude": "16.5"}, False),
        ({"latitude": "16.0", "where_prec": "4"}, True),
        ({"country": "Oman", "country_id": "698"}, False),
        # The day alone is too little; with an actor in common it is enough.
        ({"side_a": "Government of Oman", "side_b": "Al-Shabaab", "latitude": ""}, False),
        ({"latitude": ""}, True),
    ],
)
def test_day_and_place_decide_by_their_precision(
    told: Casebook, tmp_path: Path, change: dict[str, str], is_one: bool
) -> None:
    comparison = compared(told, written(tmp_path / "ged.csv", UCDP_COLUMNS, UCDP | change))
    assert bool(comparison.matches) is is_one


def test_matches_are_one_to_one_and_the_best_first(told: Casebook, tmp_path: Path) -> None:
    near = UCDP | {"id": "900002", "latitude": "15.6"}
    for rows in ([UCDP, near], [near, UCDP]):
        comparison = compared(told, written(tmp_path / "ged.csv", UCDP_COLUMNS, *rows))
        assert [match.there.id for match in comparison.matches] == ["900001"]
        assert [sketch.id for sketch in comparison.only_there] == ["900002"]


def test_days_and_country_of_a_filter_hold_for_both_sides(told: Casebook, tmp_path: Path) -> None:
    path = written(tmp_path / "ged.csv", UCDP_COLUMNS, UCDP)
    for wanted in (EventFilter(country="so"), EventFilter(since=date(2020, 3, 5))):
        comparison = compared(told, path, wanted)
        assert not comparison.matches
        assert not comparison.only_there


def test_a_reference_set_is_apart_from_events_and_can_be_replaced_and_dropped(
    told: Casebook, tmp_path: Path
) -> None:
    path = written(tmp_path / "ged.csv", UCDP_COLUMNS, UCDP, UCDP | {"id": "900002", "best": "many"})
    counts: list[int] = []
    loaded = load_reference_file(told, path, progress=counts.append)
    assert (loaded.name, loaded.events, loaded.bad_rows) == ("ged", 1, 1)
    assert loaded.shown[0].line == 3
    assert counts[-1] == 2
    assert told.count() == 2
    assert [(one.name, one.events) for one in told.references()] == [("ged", 1)]
    with pytest.raises(CasebookError, match="already"):
        load_reference_file(told, path)
    load_reference_file(told, path, replaces=True)
    assert len(told.references()) == 1
    told.drop_reference("ged")
    assert told.references() == ()
    with pytest.raises(NotInCasebook, match="no reference data set 'ged'"):
        told.compare_with("ged")


def test_nothing_is_kept_of_a_file_that_breaks_off(new_url: Callable[[], str], tmp_path: Path) -> None:
    rows = [UCDP | {"id": str(number)} for number in range(1500)]
    path = written(tmp_path / "ged.csv", UCDP_COLUMNS, *rows)
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    with Casebook.open(new_url()) as book:
        with pytest.raises(BadRecord, match="UTF-8"):
            load_reference_file(book, path)
        assert book.references() == ()


@pytest.mark.parametrize(
    ("here", "there", "relation"),
    [
        (Killed(9, 9, 9), Killed(9, 9, 12), TollRelation.SAME),
        (Killed(9, 12, 28), Killed(9, 9, 9), TollRelation.OVERLAPS),
        (Killed(12, 12, 12), Killed(None, 9, None), TollRelation.HIGHER_HERE),
        (Killed(3, 3, 3), Killed(9, 9, 9), TollRelation.LOWER_HERE),
        (Killed(None, None, None), Killed(9, 9, 9), TollRelation.UNKNOWN),
    ],
)
def test_how_tolls_stand_to_each_other(here: Killed, there: Killed, relation: TollRelation) -> None:
    assert toll_relation(here, there) is relation


def test_a_comparison_reads_as_lines(told: Casebook, tmp_path: Path) -> None:
    later = UCDP | {"id": "900002", "date_start": "2020-06-01", "date_end": "2020-06-03"}
    comparison = compared(told, written(tmp_path / "ged.csv", UCDP_COLUMNS, UCDP, later))
    lines = "\n".join(comparison_lines(comparison))
    assert "in both      1" in lines
    assert "1 higher here" in lines
    assert "killed 14 here, 9 there" in lines
    assert "900002: 2020-06-01 to 2020-06-03 state based in Rakha village, YE; killed 9" in lines
    many = replace(comparison, only_there=comparison.only_there * 30)
    assert "  and 28 more" in list(comparison_lines(many, most=2))
