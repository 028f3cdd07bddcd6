"""A gazetteer of GeoNames' dumps: what is filed, what is told, and what is left when it breaks off."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casus.errors import GazetteerError
from casus.resolving import gazetteer_build, gazetteer_sources, gazetteer_staging
from casus.resolving.gazetteer import EntryKind, Gazetteer, NameRank, Origin
from casus.resolving.gazetteer_build import Built, Dumps, build_from_dumps, ensure_gazetteer
from casus.resolving.gazetteer_sources import SettlementRow, UnitRow
from casus.resolving.places import PlaceResolver
from dumps import ADM1, ADM2, FIRST_FREE, UNITS, alternate, place, square, write_shapes, write_zip

VILLAGE, AIRFIELD, OTHER = FIRST_FREE, FIRST_FREE + 1, FIRST_FREE + 2


@pytest.fixture(scope="module")
def two_countries() -> dict[int, UnitRow]:
    """The packages' units of Yemen and Oman, by their lines."""
    return {line: unit for line, unit in gazetteer_sources.units() if unit.country_code in ("YE", "OM")}


@pytest.fixture(autouse=True)
def few_places(monkeypatch: pytest.MonkeyPatch, two_countries: dict[int, UnitRow]) -> None:
    """A part of what the packages have, so that a build takes a moment."""
    muscat = SettlementRow(287286, "Muscat", "OM", 411741, None, 797_000, 23.58413, 58.40778)
    monkeypatch.setattr(gazetteer_sources, "units", lambda: iter(two_countries.items()))
    monkeypatch.setattr(gazetteer_sources, "settlements", lambda _units: iter((muscat,)))
    monkeypatch.setattr(gazetteer_sources, "alternate_names", lambda: iter(()))
    monkeypatch.setattr(gazetteer_sources, "regions", lambda: ())


Build = Callable[..., tuple[Built, Gazetteer]]


@pytest.fixture
def build(tmp_path: Path) -> Iterator[Build]:
    opened: list[Gazetteer] = []

    def run(text: str, names: str | None = None, *boundaries: Path) -> tuple[Built, Gazetteer]:
        places = write_zip(tmp_path / "allCountries.zip", text)
        alternates = write_zip(tmp_path / "alternateNamesV2.zip", names) if names else None
        built = build_from_dumps(Dumps((places,), alternates, boundaries), tmp_path / "gazetteer.sqlite")
        opened.append(Gazetteer.open(built.path))
        return built, opened[-1]

    yield run
    for gazetteer in opened:
        gazetteer.close()


# What is filed


def test_a_village_is_found_in_the_units_that_its_codes_name(build: Build) -> None:
    # Its units come after it in the file.
    _, gazetteer = build(place(VILLAGE, "Bayt al Qarniyah", alternates="Beit Qarniya,بيت القرنية") + UNITS)
    for name in ("Bayt al Qarniyah", "Bayt al-Qarniyah", "Beit Qarniya"):
        [match] = gazetteer.lookup(name)
        assert (match.entry.id, match.entry.kind) == (VILLAGE, EntryKind.SETTLEMENT)
        assert (match.entry.country_code, match.entry.adm1_id, match.entry.adm2_id) == ("YE", ADM1, ADM2)
        assert (match.entry.latitude, match.entry.longitude) == (15.2, 44.1)


def test_units_have_their_own_points_people_and_seats(build: Build) -> None:
    seat = place(OTHER, "Zarqa Town", "P.PPLA", population=900)
    larger = place(VILLAGE, "Bayt al Qarniyah", population=5000)
    part = place(FIRST_FREE + 3, "Old Quarter", "P.PPLX", population=400)
    _, gazetteer = build(UNITS + larger + seat + part)
    [match] = gazetteer.lookup("Zarqaban")
    assert (match.entry.kind, match.entry.name) == (EntryKind.ADM1, "Zarqaban")
    assert (match.entry.latitude, match.entry.longitude) == (15.2, 44.1)
    assert (match.entry.population, match.entry.chief_id) == (5900, OTHER)
    [district] = gazetteer.lookup("Hawshab District")
    assert district.entry.kind is EntryKind.ADM2
    assert district.entry.adm1_id == ADM1


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("A.ADM3", EntryKind.LOCAL_UNIT),
        ("A.ADM4", EntryKind.LOCAL_UNIT),
        ("P.PPLL", EntryKind.SETTLEMENT),
        # what is no more is named as a place, not as a town
        ("P.PPLQ", EntryKind.FEATURE),
        ("P.PPLW", EntryKind.FEATURE),
        ("S.AIRB", EntryKind.FEATURE),
        ("S.CMPRF", EntryKind.FEATURE),
        ("T.MT", EntryKind.FEATURE),
        ("H.LK", EntryKind.FEATURE),
        # neither history nor what news doesn't name
        ("P.PPLH", None),
        ("A.ADM2H", None),
        ("S.SCH", None),
        ("U.SMU", None),
    ],
)
def test_a_feature_code_says_what_is_filed_as_what(build: Build, code: str, kind: EntryKind | None) -> None:
    built, gazetteer = build(UNITS + place(VILLAGE, "Qarniyah Place", code))
    assert [match.entry.kind for match in gazetteer.lookup("Qarniyah Place")] == ([kind] if kind else [])
    [account] = built.inputs
    assert (account.rows, account.filed, account.left_out, account.skipped) == (
        3,
        2 + (kind is not None),
        kind is None,
        0,
    )


def test_a_feature_is_silent_where_a_settlement_of_the_country_has_its_name(build: Build) -> None:
    hill = place(OTHER, "Qarniyah Place", "T.HLL")
    abroad = place(AIRFIELD, "Qarniyah Place", "T.MT", codes=("OM", "", ""))
    _, gazetteer = build(UNITS + hill + abroad + place(VILLAGE, "Qarniyah Place"))
    assert [match.entry.id for match in gazetteer.lookup("Qarniyah Place")] == [VILLAGE, AIRFIELD]


def test_a_country_that_no_dump_has_keeps_the_data_of_the_packages(build: Build) -> None:
    _, gazetteer = build(UNITS)
    assert "OM" in {match.entry.country_code for match in gazetteer.lookup("Muscat")}
    info = gazetteer.info()
    assert info.origin is Origin.DUMPS
    assert "allCountries.zip" in info.sources
    assert "--geonames" in info.rebuild_command


# Alternate names


def test_alternate_names_find_a_place_and_the_preferred_english_one_is_shown(build: Build) -> None:
    names = (
        alternate(1, VILLAGE, "en", "Karniya", "p")
        + alternate(2, VILLAGE, "fr", "Qarnieh")
        + alternate(3, VILLAGE, "en", "Old Karniya", "ph")
        + alternate(4, VILLAGE, "en", "The Big Fig", "c")
        + alternate(5, VILLAGE, "link", "https://example.org/Karniya")
        + alternate(6, VILLAGE, "iata", "QRN")
        + alternate(7, 899_999_999, "en", "Nobody's Town", "p")
    )
    built, gazetteer = build(UNITS + place(VILLAGE, "Bayt al Qarniyah"), names)
    assert gazetteer.lookup("Karniya")[0].entry.name == "Karniya"
    assert gazetteer.lookup("Karniya")[0].rank is NameRank.OWN
    assert gazetteer.lookup("Bayt al Qarniyah")[0].entry.id == VILLAGE
    for alias in ("Qarnieh", "Old Karniya"):
        assert gazetteer.lookup(alias)[0].rank is NameRank.ALIAS
    for nothing in ("The Big Fig", "https://example.org/Karniya", "QRN", "Nobody's Town"):
        assert gazetteer.lookup(nothing) == ()
    assert (built.inputs[1].filed, built.inputs[1].left_out) == (3, 4)


# Malformed lines and files


def test_malformed_lines_are_skipped_and_told_with_their_numbers(build: Build) -> None:
    good = place(VILLAGE, "Bayt al Qarniyah")
    bad = [
        good.replace("\t1200\t", "\t"),
        place(OTHER, "Qarniyah Far", point=(95.0, 44.0)),
        good.replace(str(VILLAGE), "x1"),
        "\n",
    ]
    built, gazetteer = build(UNITS + bad[0] + bad[1] + good + bad[2] + bad[3])
    [account] = built.inputs
    assert (account.rows, account.filed, account.left_out, account.skipped) == (7, 3, 0, 4)
    assert account.first_skips == (
        "line 3: 18 fields where 19 belong",
        "line 4: the point 95.0, 44.0 is not on the globe",
        "line 6: no number: 'x1'",
        "line 7: 1 fields where 19 belong",
    )
    assert gazetteer.lookup("Bayt al Qarniyah")
    assert gazetteer.info().inputs == built.inputs


def test_only_the_first_malformed_lines_are_kept_and_all_are_counted(build: Build) -> None:
    built, _ = build(UNITS + "broken\n" * 50)
    assert built.inputs[0].skipped == 50
    assert len(built.inputs[0].first_skips) == gazetteer_staging.SHOWN_SKIPS


def test_a_line_that_is_no_utf8_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "YE.txt"
    path.write_bytes(
        UNITS.encode() + place(VILLAGE, "Qarniyah").encode("utf-8").replace(b"Qar", b"\xff\xfe\xff")
    )
    built = build_from_dumps(Dumps((path,)), tmp_path / "gazetteer.sqlite")
    assert built.inputs[0].first_skips[0].startswith("line 3: no UTF-8 at byte")


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_archive_leaves_the_old_gazetteer(tmp_path: Path, share: float) -> None:
    archive = write_zip(tmp_path / "allCountries.zip", UNITS * 2000)
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * share)])
    old = tmp_path / "gazetteer.sqlite"
    old.write_bytes(b"the old one")
    with pytest.raises(GazetteerError, match=r"allCountries.zip is truncated or damaged .*download it again"):
        build_from_dumps(Dumps((archive,)), old)
    assert old.read_bytes() == b"the old one"


def test_a_damaged_archive_leaves_the_old_gazetteer(tmp_path: Path) -> None:
    text = UNITS + "".join(place(VILLAGE + n, f"Qarniyah {n * 7919 % 10_007}") for n in range(30_000))
    archive = write_zip(tmp_path / "allCountries.zip", text)
    content = bytearray(archive.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(64)
    archive.write_bytes(content)
    old = tmp_path / "gazetteer.sqlite"
    old.write_bytes(b"the old one")
    with pytest.raises(GazetteerError, match="truncated or damaged"):
        build_from_dumps(Dumps((archive,)), old)
    assert old.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(f"*{os.getpid()}*"))


@pytest.mark.parametrize("text", ["", "a,b,c\n" * 5000])
def test_a_file_that_is_no_dump_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "places.txt"
    path.write_text(text)
    with pytest.raises(GazetteerError, match=r"places\.txt is no dump"):
        build_from_dumps(Dumps((path,)), tmp_path / "gazetteer.sqlite")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no file"):
        build_from_dumps(Dumps((tmp_path / "allCountries.zip",)), tmp_path / "gazetteer.sqlite")


def test_a_village_of_a_dump_is_found_by_another_spelling(build: Build) -> None:
    _, gazetteer = build(UNITS + place(VILLAGE, "Mārjah") + place(OTHER, "Qarnīyeh", "T.MT"))
    for spelling in ("Marja", "Marjeh"):
        assert [match.entry.id for match in gazetteer.alike(spelling)] == [VILLAGE]
    # a mountain is found by its exact name only
    assert gazetteer.alike("Karniya") == ()
    assert gazetteer.lookup("Qarniyeh")[0].entry.id == OTHER


# Stopping and going on


class _StoppedError(Exception):
    pass


@pytest.mark.parametrize("stops", [1, 3])
def test_a_stopped_build_goes_on_and_files_each_line_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops: int
) -> None:
    monkeypatch.setattr(gazetteer_staging, "BATCH_LINES", 100)
    text = UNITS + "".join(place(VILLAGE + n, f"Qarniyah {n}") for n in range(1000)) + "broken\n"
    dumps = Dumps((write_zip(tmp_path / "allCountries.zip", text),))
    whole, resumed = tmp_path / "whole.sqlite", tmp_path / "resumed.sqlite"
    expected = build_from_dumps(dumps, whole)
    read: list[int] = []
    parse = gazetteer_build.PlaceFiler.file

    def stop(self: gazetteer_build.PlaceFiler, line: bytes) -> bool:
        read.append(1)
        if len(read) in {350 * (n + 1) for n in range(stops)}:
            raise KeyboardInterrupt
        return parse(self, line)

    monkeypatch.setattr(gazetteer_build.PlaceFiler, "file", stop)
    for _ in range(stops):
        with pytest.raises(KeyboardInterrupt):
            build_from_dumps(dumps, resumed)
        assert not resumed.exists()
    assert build_from_dumps(dumps, resumed).inputs == expected.inputs
    assert len(read) < 1003 + 100 * stops
    assert whole.read_bytes() == resumed.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "allCountries.zip",
        "resumed.sqlite",
        "whole.sqlite",
    ]


def test_a_build_that_stops_while_packing_goes_on_without_reading_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumps = Dumps((write_zip(tmp_path / "YE.zip", UNITS),))

    def stop(doing: str, _share: float) -> None:
        if doing == "packing names":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_from_dumps(dumps, tmp_path / "gazetteer.sqlite", stop)

    def fail(*_: object) -> bool:
        raise AssertionError("a line was read again")

    monkeypatch.setattr(gazetteer_build.PlaceFiler, "file", fail)
    assert build_from_dumps(dumps, tmp_path / "gazetteer.sqlite").inputs[0].rows == 2


def test_a_changed_file_starts_anew(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "YE.zip", UNITS + place(VILLAGE, "Qarniyah First"))

    def stop(doing: str, _share: float) -> None:
        if doing == "packing places":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_from_dumps(Dumps((path,)), tmp_path / "gazetteer.sqlite", stop)
    write_zip(path, UNITS + place(VILLAGE, "Qarniyah Second"))
    built = build_from_dumps(Dumps((path,)), tmp_path / "gazetteer.sqlite")
    with Gazetteer.open(built.path) as gazetteer:
        assert gazetteer.lookup("Qarniyah First") == ()
        assert gazetteer.lookup("Qarniyah Second")


def test_a_second_build_at_the_same_time_is_told(tmp_path: Path) -> None:
    part = tmp_path / "gazetteer.sqlite.part"
    with (
        gazetteer_staging.Staging.open(part, "one"),
        pytest.raises(GazetteerError, match="another build is at work"),
        gazetteer_staging.Staging.open(part, "one"),
    ):
        pass


# The embedded one and the larger one


def test_a_gazetteer_of_dumps_is_not_replaced_by_the_smaller_one(build: Build) -> None:
    built, gazetteer = build(UNITS)
    gazetteer.close()
    with pytest.raises(GazetteerError, match=r"--geonames .*allCountries\.zip.* --replace"):
        gazetteer_build.build(built.path)
    with ensure_gazetteer(None, built.path) as kept:
        assert kept.info().origin is Origin.DUMPS
        assert gazetteer_build.rebuild_advice(kept) is None


def test_one_that_is_out_of_date_is_kept_and_says_what_to_run(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    built, gazetteer = build(UNITS)
    gazetteer.close()
    monkeypatch.setattr(gazetteer_build, "fingerprint", lambda: "of other knowledge files")
    with ensure_gazetteer(None, built.path) as kept:
        assert kept.info().origin is Origin.DUMPS
        advice = gazetteer_build.rebuild_advice(kept)
        assert advice is not None
        assert "casus gazetteer build --geonames" in advice


# Boundaries


def test_a_boundary_moves_its_unit_and_gathers_the_places_without_one(tmp_path: Path, build: Build) -> None:
    shapes = write_shapes(
        tmp_path / "shapes.zip",
        {ADM2: square(44.0, 15.0, 1.0), ADM1: square(44.0, 15.0, 2.0), 5: square(0, 0, 1)},
    )
    inside = place(VILLAGE, "Bayt al Qarniyah", codes=("YE", "", ""), point=(15.9, 44.9))
    only_adm1 = place(OTHER, "Qarniyah Far", codes=("YE", "91", ""), point=(16.9, 45.9))
    outside = place(AIRFIELD, "Qarniyah Beyond", codes=("YE", "", ""), point=(18.5, 48.0))
    abroad = place(FIRST_FREE + 3, "Qarniyah Abroad", codes=("OM", "", ""), point=(15.9, 44.9))
    built, gazetteer = build(UNITS + inside + only_adm1 + outside + abroad, None, shapes)

    def units(entry_id: int) -> tuple[int | None, int | None]:
        entry = gazetteer.entry(entry_id)
        assert entry is not None
        return entry.adm1_id, entry.adm2_id

    assert units(VILLAGE) == (ADM1, ADM2)
    assert units(OTHER) == (ADM1, None)
    assert units(AIRFIELD) == (None, None)
    assert units(FIRST_FREE + 3) == (None, None)
    district = gazetteer.entry(ADM2)
    assert district is not None
    assert (district.latitude, district.longitude) == (15.5, 44.5)
    [_, account] = built.inputs
    assert (account.rows, account.filed, account.skipped) == (3, 2, 1)
    assert account.first_skips == ("line 3: no country or unit has the GeoNames id 5",)


@pytest.mark.parametrize(
    "properties",
    [
        {"geonameid": ADM2},
        {"gn_id": float(ADM2)},
        {"shapeGroup": "YEM", "shapeType": "ADM2", "shapeName": "Al Hawshab"},
        {"GID_0": "YEM", "GID_2": "YEM.91.1_1", "NAME_1": "Zarqaban", "NAME_2": "Al Hawshab"},
    ],
)
def test_features_say_in_several_ways_which_unit_they_are(
    tmp_path: Path, build: Build, properties: dict[str, object]
) -> None:
    feature = {"type": "Feature", "properties": properties, "geometry": square(44.0, 15.0, 1.0)}
    path = tmp_path / "units.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "name": "Ḩawshab", "features": [feature]}))
    built, gazetteer = build(UNITS, None, path)
    assert built.inputs[1].filed == 1
    district = gazetteer.entry(ADM2)
    assert district is not None
    assert (district.latitude, district.longitude) == (15.5, 44.5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "geom', "truncated"),
        ('{"type": "FeatureCollection", "features": []}', "no boundaries"),
        ("one,two\n", "no boundaries"),
    ],
)
def test_a_file_without_boundaries_is_told(tmp_path: Path, build: Build, text: str, told: str) -> None:
    path = tmp_path / "units.geojson"
    path.write_text(text)
    with pytest.raises(GazetteerError, match=told):
        build(UNITS, None, path)


# Resolving


def test_a_report_is_resolved_to_a_village_and_an_airfield_that_only_the_dump_has(build: Build) -> None:
    village = place(VILLAGE, "Bayt al Qarniyah")
    airfield = place(AIRFIELD, "Hawshab Airfield", "S.AIRF", point=(15.3, 44.2))
    _, gazetteer = build(UNITS + village + airfield)
    resolver = PlaceResolver(gazetteer)
    text = (
        "Gunmen attacked the village of Bayt al-Qarniyah in Yemen on Monday. "
        "Soldiers came from Hawshab Airfield."
    )
    found = {mention.place.geonames_id: mention.place for mention in resolver.resolve(text)}
    assert found[VILLAGE].precision_code == 1
    assert (found[VILLAGE].country_code, found[VILLAGE].adm1) == ("YE", "Zarqaban")
    assert found[AIRFIELD].precision_code == 2


def test_disk_space_runs_out_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "gazetteer.sqlite"
    folder.mkdir()
    dump = write_zip(tmp_path / "YE.zip", UNITS)
    with pytest.raises(GazetteerError, match="CASUS_GAZETTEER"):
        build_from_dumps(Dumps((dump,)), folder)
    shutil.rmtree(folder)
