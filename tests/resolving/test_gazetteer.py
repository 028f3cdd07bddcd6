from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from casus.errors import GazetteerError
from casus.knowledge import read_table
from casus.resolving.gazetteer import BUILD_COMMAND, EntryKind, Gazetteer, default_path
from casus.resolving.gazetteer_build import build
from casus.resolving.gazetteer_sources import (
    CUE_COLUMNS,
    country_points,
    cue_words,
    exonyms,
    regions,
    unit_points,
)


def kinds(gazetteer: Gazetteer, name: str, country_code: str) -> set[EntryKind]:
    return {match.entry.kind for match in gazetteer.lookup(name) if match.entry.country_code == country_code}


# The file


def test_a_missing_gazetteer_is_told_with_the_command_that_builds_it(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=BUILD_COMMAND):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(GazetteerError, match="is no gazetteer"):
        Gazetteer.open(path)


def test_a_gazetteer_of_another_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    connection.execute("INSERT INTO meta VALUES ('schema', '0')")
    connection.commit()
    connection.close()
    with pytest.raises(GazetteerError, match="another version"):
        Gazetteer.open(path)


def test_the_default_place_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CASUS_GAZETTEER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_path() == tmp_path / "casus" / "gazetteer.sqlite"
    monkeypatch.setenv("CASUS_GAZETTEER", str(tmp_path / "mine.sqlite"))
    assert default_path() == tmp_path / "mine.sqlite"


def test_a_build_that_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"the old one")

    def stop(doing: str, _share: float) -> None:
        if doing == "filing settlements":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(path, stop)
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(GazetteerError, match="CASUS_GAZETTEER"):
        build(tmp_path / "file" / "gazetteer.sqlite")


def test_the_file_is_small_says_what_it_holds_and_opens_at_once(gazetteer: Gazetteer) -> None:
    info = gazetteer.info()
    counts = dict(info.counts)
    assert info.size_bytes < 60_000_000
    assert "GeoNames" in info.attribution
    assert "CC BY 4.0" in info.attribution
    assert counts["settlement"] > 230_000
    assert counts["adm1"] > 3_500
    assert counts["adm2"] > 45_000
    assert counts["country"] > 245
    started = time.perf_counter()
    Gazetteer.open(gazetteer.path).close()
    assert time.perf_counter() - started < 0.3


# Looking up


@pytest.mark.parametrize(
    ("name", "country_code", "expected"),
    [
        ("Herat", "AF", {EntryKind.ADM1, EntryKind.SETTLEMENT}),
        ("KARACHI", "PK", {EntryKind.SETTLEMENT}),
        ("Rangoon", "MM", {EntryKind.SETTLEMENT}),
        ("Lashkargah", "AF", {EntryKind.SETTLEMENT}),
        ("Kassala State", "SD", {EntryKind.ADM1}),
        ("Burkina Faso", "BF", {EntryKind.COUNTRY}),
        ("Cyrenaica", "LY", {EntryKind.REGION}),
    ],
)
def test_a_name_finds_its_entries(
    gazetteer: Gazetteer, name: str, country_code: str, expected: set[EntryKind]
) -> None:
    assert expected <= kinds(gazetteer, name, country_code)


def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwertzuiopolis") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.entry(None) is None
    assert gazetteer.entry(-99_999) is None


def test_larger_settlements_come_first(gazetteer: Gazetteer) -> None:
    settlements = [
        match.entry for match in gazetteer.lookup("Valencia") if match.entry.kind is EntryKind.SETTLEMENT
    ]
    assert [entry.population for entry in settlements] == sorted(
        (entry.population for entry in settlements), reverse=True
    )


@pytest.mark.parametrize(
    ("spelling", "country_code", "name"),
    [
        # vowels, y for i
        ("Maiwand", "AF", "Maywand"),
        ("Kundooz", "AF", "Kunduz"),
        # doubled letters, a silent h
        ("Bossasso", "SO", "Bosaso"),
        ("Mukallah", "YE", "Al Mukalla"),
        # q, kh and k; w and v
        ("Khandahar", "AF", "Kandahar"),
        ("Navabshah", "PK", "Nawabshah"),
    ],
)
def test_another_transliteration_finds_a_place_in_the_country(
    gazetteer: Gazetteer, spelling: str, country_code: str, name: str
) -> None:
    matches = gazetteer.alike(spelling, country_codes=frozenset({country_code}))
    assert name in [match.entry.name for match in matches]
    assert {match.entry.country_code for match in matches} == {country_code}
    assert all(0.84 <= match.likeness < 1 for match in matches)


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Uruzgan", "Uruzgan"),
        ("Oruzgan", "Uruzgan"),
        ("Urozgan", "Uruzgan"),
        ("Qarabagh", "Qarah Bagh"),
        ("Karabagh", "Qarah Bagh"),
        ("Maiwand", "Maywand"),
        ("Maywand", "Maywand"),
        ("Tirin Kot", "Tarinkot"),
        ("Tarin Kowt", "Tarinkot"),
    ],
)
def test_the_spellings_of_one_afghan_name_find_one_place(
    gazetteer: Gazetteer, spelling: str, name: str
) -> None:
    country_codes = frozenset({"AF"})
    matches = (*gazetteer.lookup(spelling), *gazetteer.alike(spelling, country_codes=country_codes))
    assert name in {match.entry.name for match in matches if match.entry.country_code == "AF"}


@pytest.mark.parametrize(
    ("spelling", "country_code", "name"),
    [
        # an article that the gazetteer lacks, or spells otherwise
        ("Al-Zinjibar", "YE", "Zinjibar"),
        # vowels of a class
        ("Noubbel", "SY", "Nubl"),
        ("Kalaat Saleh", "IQ", "Qalat Salih"),
    ],
)
def test_articles_and_vowels_differ_between_transliterations(
    gazetteer: Gazetteer, spelling: str, country_code: str, name: str
) -> None:
    matches = gazetteer.alike(spelling, country_codes=frozenset({country_code}))
    assert name in {match.entry.name for match in matches}
    assert all(match.likeness < 1 for match in matches)


def test_many_names_are_looked_up_as_one_by_one(gazetteer: Gazetteer) -> None:
    names = ["Herat", "KARACHI", "Qwertzuiopolis", "Valencia", "Herat", "", "Cox's Bazar"] * 100
    assert list(gazetteer.lookup_many(names)) == [(name, gazetteer.lookup(name)) for name in names]


def test_likest_spellings_come_first(gazetteer: Gazetteer) -> None:
    likeness = [match.likeness for match in gazetteer.alike("Kundooz")]
    assert likeness == sorted(likeness, reverse=True)
    assert gazetteer.alike("Kundooz")[0].entry.name == "Kunduz"


# Units


@pytest.mark.parametrize(
    ("settlement", "country_code", "adm1"),
    [
        ("Juba", "SS", "Central Equatoria"),
        ("Niamey", "NE", "Niamey"),
        ("Damascus", "SY", "Damascus"),
        ("Taunggyi", "MM", "Shan"),
        ("Bukavu", "CD", "South Kivu"),
        ("Makhachkala", "RU", "Dagestan"),
        ("Hodeida", "YE", "Hodeidah"),
        ("Barranquilla", "CO", "Atlántico"),
        ("Rafah", "PS", "Gaza Strip"),
        # not by a nickname or by an old name of its capital
        ("Fresno", "US", "California"),
        ("Onitsha", "NG", "Anambra"),
    ],
)
def test_a_settlement_lies_in_a_unit_with_an_english_name(
    gazetteer: Gazetteer, settlement: str, country_code: str, adm1: str
) -> None:
    first = next(
        match.entry
        for match in gazetteer.lookup(settlement)
        if match.entry.kind is EntryKind.SETTLEMENT and match.entry.country_code == country_code
    )
    unit = gazetteer.entry(first.adm1_id)
    assert unit is not None
    assert unit.name == adm1


def test_a_unit_has_a_point_and_a_chief_settlement_of_its_own(gazetteer: Gazetteer) -> None:
    unit = next(m.entry for m in gazetteer.lookup("Tigray") if m.entry.kind is EntryKind.ADM1)
    chief = gazetteer.entry(unit.chief_id)
    assert chief is not None
    assert chief.adm1_id == unit.id == unit.adm1_id
    assert unit.latitude == pytest.approx(13.8, abs=0.8)
    assert unit.longitude == pytest.approx(38.8, abs=0.8)


def test_a_unit_is_found_without_the_word_for_its_kind(gazetteer: Gazetteer) -> None:
    full = {m.entry.id for m in gazetteer.lookup("Maricopa County") if m.entry.kind is EntryKind.ADM2}
    short = {m.entry.id for m in gazetteer.lookup("Maricopa") if m.entry.kind is EntryKind.ADM2}
    assert len(full) == 1
    assert full <= short


# Knowledge files


def test_every_exonym_names_an_entry_of_its_country(gazetteer: Gazetteer) -> None:
    rows = {row.geonames_id: row for row in exonyms()}
    for cells in read_table("exonyms.tsv", ("geonames_id", "country", "name", "aliases")):
        entry = gazetteer.entry(int(cells.text("geonames_id")))
        assert entry is not None, cells.line
        assert entry.country_code == cells.text("country"), cells.line
        name = rows[entry.id].name
        assert name is None or entry.name == name, cells.line
        for alias in rows[entry.id].aliases:
            assert entry.id in {match.entry.id for match in gazetteer.lookup(alias)}, alias


def test_every_region_is_found_and_lies_among_its_members(gazetteer: Gazetteer) -> None:
    for region in regions():
        entries = [
            match.entry
            for match in gazetteer.lookup(region.name)
            if match.entry.kind in (EntryKind.REGION, EntryKind.WATER)
        ]
        assert entries, region.name
        assert bool(region.members) <= any(entry.latitude is not None for entry in entries), region.name


def test_every_point_lies_on_the_globe_and_belongs_to_an_entry(gazetteer: Gazetteer) -> None:
    for code, (latitude, longitude) in country_points().items():
        assert -90 <= latitude <= 90, code
        assert -180 <= longitude <= 180, code
    for unit_id, point in unit_points().items():
        entry = gazetteer.entry(unit_id)
        assert entry is not None, unit_id
        assert entry.kind is EntryKind.ADM1
        assert (entry.latitude, entry.longitude) == point


def test_every_cue_has_a_known_role_and_units_have_levels() -> None:
    roles = {"unit", "settlement", "feature", "nature", "water", "foreign", "attribute"}
    for row in read_table("place_cues.tsv", CUE_COLUMNS):
        assert row.text("role") in roles, row.line
        assert bool(row.members("level")) == (row.text("role") == "unit"), row.line
        assert set(row.members("level")) <= {"adm1", "adm2"}, row.line
    assert {"province", "district", "state"} <= set(cue_words("unit"))


def test_common_words_are_single_folded_words() -> None:
    words = [row.text("word") for row in read_table("common_words.tsv", ("word",))]
    assert len(words) == len(set(words))
    assert all(word.isascii() and word.isalpha() and word == word.lower() for word in words)
