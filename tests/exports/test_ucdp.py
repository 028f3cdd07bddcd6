"""UCDP's codes, by the rules of docs/exports.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casus.casebook.dossiers import Dossier
from casus.casebook.records import (
    Correction,
    Deaths,
    Event,
    EventToll,
    EventWhere,
    Named,
    Perpetrator,
    Standing,
)
from casus.exports.cells import Value
from casus.exports.country_codes import code_of_name, codes_of
from casus.exports.grid import priogrid_cell
from casus.exports.ucdp import COLUMNS, ucdp_row
from casus.model import Actor, Category, DatePrecision, EventType, Harm
from exports.made_up import made_up_dossier, made_up_event


def doer(name: str, registry_id: str | None = None, *standings: Standing) -> Perpetrator:
    return Perpetrator(name, registry_id, None, standings or (Standing.REPORTED,), ())


def target(name: str, registry_id: str | None = None) -> Named:
    return Named(name, registry_id, None, ())


def row(event: Event) -> dict[str, Value]:
    return dict(zip(COLUMNS, ucdp_row(Dossier(event)), strict=True))


HOUTHIS, ARMY = doer("Houthis", "houthis"), doer("army")
SHABAAB = target("Al-Shabaab", "al-shabaab")


@pytest.mark.parametrize(
    ("doers", "targets", "violence", "side_a", "side_b"),
    [
        # A state on one side: state-based, side A is the state whoever began.
        ([ARMY], [target("Houthis", "houthis")], 1, "Government of Yemen", "Houthis"),
        ([HOUTHIS], [target("soldiers")], 1, "Government of Yemen", "Houthis"),
        ([ARMY], [target("rebels")], 1, "Government of Yemen", "rebels"),
        ([ARMY], [target("Saudi army")], 1, "Government of Yemen", "Government of Saudi Arabia"),
        ([HOUTHIS], [target("army"), target("villagers")], 1, "Government of Yemen", "Houthis"),
        # Named groups on both sides: non-state, side A is the perpetrator.
        ([HOUTHIS], [SHABAAB], 2, "Houthis", "Al-Shabaab"),
        ([doer("Dawn Front")], [SHABAAB], 2, "Dawn Front", "Al-Shabaab"),
        # A state or named group against people without arms: one-sided.
        ([HOUTHIS], [target("villagers")], 3, "Houthis", "Civilians"),
        ([ARMY], [target("villagers")], 3, "Government of Yemen", "Civilians"),
        ([HOUTHIS, doer("Dawn Front")], [], 3, "Houthis, Dawn Front", "Civilians"),
        # Who only denies it stands aside where others are named.
        ([doer("army", None, Standing.DENIED), HOUTHIS], [target("villagers")], 3, "Houthis", "Civilians"),
        # Nobody in particular did it: no type.
        ([doer("unknown gunmen")], [target("villagers")], None, "unknown gunmen", None),
        ([], [target("villagers")], None, None, None),
        ([doer("gunmen")], [SHABAAB], None, "gunmen", "Al-Shabaab"),
    ],
)
def test_type_of_violence_and_sides(
    doers: list[Perpetrator],
    targets: list[Named],
    violence: int | None,
    side_a: str | None,
    side_b: str | None,
) -> None:
    told = row(made_up_event(perpetrators=tuple(doers), targets=tuple(targets)))
    assert (told["type_of_violence"], told["side_a"], told["side_b"]) == (violence, side_a, side_b)
    assert told["dyad_name"] == (f"{side_a} - {side_b}" if side_a and side_b else None)


@pytest.mark.parametrize(
    ("doers", "targets", "deaths", "expected"),
    [
        # The state's dead on side A, its opponents' on side B.
        ([HOUTHIS], [target("army")], Deaths(3, 2, 1, 4, 8, 10, 12), (3, 2, 1, 4)),
        # Two groups, two states: the category doesn't tell whose dead they are.
        ([HOUTHIS], [SHABAAB], Deaths(0, 5, 1, 0, 6, 6, 6), (0, 0, 1, 5)),
        ([ARMY], [target("Saudi army")], Deaths(5, 0, 1, 0, 6, 6, 6), (0, 0, 1, 5)),
        ([HOUTHIS], [target("villagers")], Deaths(0, 0, 6, 0, 6, 6, 6), (0, 0, 6, 0)),
        ([], [], Deaths(1, 2, 3, 0, 6, 6, 6), (0, 0, 3, 3)),
    ],
)
def test_deaths_stand_where_the_sides_tell(
    doers: list[Perpetrator], targets: list[Named], deaths: Deaths, expected: tuple[int, ...]
) -> None:
    told = row(made_up_event(perpetrators=tuple(doers), targets=tuple(targets), deaths=deaths))
    parts = tuple(told[f"deaths_{part}"] for part in ("a", "b", "civilians", "unknown"))
    assert parts == expected
    assert (told["best"], told["low"], told["high"]) == (deaths.best, deaths.low, deaths.high)
    assert sum(part for part in parts if isinstance(part, int)) == told["best"]


def test_an_unknown_number_of_dead_is_no_zero() -> None:
    vague = (EventToll(Harm.KILLED, Category.CIVILIANS, None, None, None, ()),)
    told = row(made_up_event(tolls=vague, deaths=None))
    assert [told[name] for name in ("deaths_civilians", "best", "low", "high")] == [None] * 4


def test_a_corrected_toll_is_what_counts() -> None:
    correction = Correction("killed.civilians.best", 20, 12, "ada", "counted", 1)
    tolls = (EventToll(Harm.KILLED, Category.CIVILIANS, 9, 20, 28, ()),)
    told = row(replace(made_up_event(tolls=tolls), corrections=(correction,)))
    assert [told[name] for name in ("deaths_civilians", "best", "low", "high")] == [20, 20, 9, 28]


@pytest.mark.parametrize(
    ("start", "end", "precision", "code", "clarity"),
    [
        (date(2020, 3, 4), date(2020, 3, 4), DatePrecision.DAY, 1, 1),
        (date(2020, 3, 4), None, DatePrecision.DAY, 1, 1),
        (date(2020, 3, 4), date(2020, 3, 5), DatePrecision.RANGE, 2, 1),
        (date(2020, 3, 4), date(2020, 3, 9), DatePrecision.RANGE, 2, 1),
        (date(2020, 3, 4), date(2020, 3, 10), DatePrecision.RANGE, 3, 1),
        (date(2020, 3, 4), date(2020, 3, 11), DatePrecision.RANGE, 4, 2),
        (date(2020, 3, 1), date(2020, 3, 31), DatePrecision.MONTH, 4, 2),
        (date(2020, 3, 1), date(2020, 5, 31), DatePrecision.RANGE, 5, 2),
        (date(2020, 1, 1), date(2020, 12, 31), DatePrecision.YEAR, 5, 2),
        (None, None, DatePrecision.UNKNOWN, None, None),
    ],
)
def test_precision_of_the_date(
    start: date | None, end: date | None, precision: DatePrecision, code: int | None, clarity: int | None
) -> None:
    told = row(made_up_event(start=start, end=end, precision=precision))
    assert (told["date_prec"], told["event_clarity"]) == (code, clarity)
    assert told["date_start"] == (f"{start} 00:00:00.000" if start else None)


def test_place_and_country() -> None:
    told = row(made_up_event())
    assert told["where_description"] == "Rakha, Hajjah, Yemen"
    assert told["geom_wkt"] == "POINT (43.5 15.5)"
    assert (told["country"], told["country_id"], told["region"]) == ("Yemen", 678, "Middle East")
    assert told["priogrid_gid"] == 211 * 720 + 448
    assert (told["gwnoa"], told["gwnob"]) == (None, None)
    nowhere = EventWhere(None, None, None, None, None, None, None, None, ())
    told = row(made_up_event(where=nowhere))
    assert {
        told[name] for name in ("country_id", "region", "geom_wkt", "priogrid_gid", "where_description")
    } == {None}


def test_states_have_their_numbers() -> None:
    told = row(made_up_event(perpetrators=(ARMY,), targets=(target("Saudi army"),)))
    assert (told["gwnoa"], told["gwnob"]) == ("678", "670")


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        (-90.0, -180.0, 1),
        (-89.51, -179.51, 1),
        (-89.5, -180.0, 721),
        (0.0, 0.0, 180 * 720 + 361),
        (90.0, 180.0, 259200),
        (None, 10.0, None),
    ],
)
def test_cells_of_the_priogrid(latitude: float | None, longitude: float | None, cell: int | None) -> None:
    assert priogrid_cell(latitude, longitude) == cell


@pytest.mark.parametrize(
    ("code", "number", "region"),
    [
        ("US", 2, "Americas"), ("FR", 220, "Europe"), ("ML", 432, "Africa"), ("EG", 651, "Middle East"),
        ("AF", 700, "Asia"), ("SS", 626, "Africa"), ("TR", 640, "Middle East"), ("VN", 816, "Asia"),
        ("PS", None, None),
    ],
)  # fmt: skip
def test_numbers_and_regions_of_states(code: str, number: int | None, region: str | None) -> None:
    assert codes_of(code).gleditsch_ward == number
    assert codes_of(code).ucdp_region == region


def test_countries_are_known_by_the_names_of_ucdp() -> None:
    assert code_of_name("Yemen (North Yemen)") == "YE"
    assert code_of_name("Russia (Soviet Union)") == "RU"
    assert code_of_name("Atlantis") is None


def test_sources_and_speakers() -> None:
    told = dict(zip(COLUMNS, ucdp_row(made_up_dossier(made_up_event())), strict=True))
    assert told["number_of_sources"] == 2
    assert told["source_article"] == "Daily Post,2020-03-05,Nine dead in Rakha, army silent"
    assert told["source_office"] == "Daily Post"
    assert told["source_date"] == "2020-03-05"
    assert told["source_headline"] == "Nine dead in Rakha, army silent"
    assert told["source_original"] == "Ila Doran"


def test_actors_have_the_numbers_of_ucdp_that_they_carry() -> None:
    dossier = made_up_dossier(made_up_event())
    told = dossier.told[0]
    houthis = Actor("Houthis", "houthis", identifiers=("acled:Houthi", "ucdp:9001"))
    account = replace(told, event=replace(told.event, perpetrators=(houthis,)))
    values = dict(zip(COLUMNS, ucdp_row(replace(dossier, told=(account, account))), strict=True))
    assert (values["side_a_new_id"], values["side_b_new_id"]) == ("9001", None)


def test_identifiers_of_ucdp_stay_empty_and_ours_is_the_relid() -> None:
    told = row(made_up_event(event_type=EventType.ARMED_CLASH))
    assert told["relid"] == "ev-1"
    ids = [name for name in COLUMNS if name.endswith(("dset_id", "new_id"))]
    assert len(ids) == 8
    assert {told[name] for name in ("id", "active_year", "conflict_name", *ids)} == {None}
    assert told["code_status"] is None
    assert row(made_up_event(is_reviewed=True))["code_status"] == "Clear"
