"""Which countries a text names, and which it doesn't."""

from __future__ import annotations

import pytest

from casus.errors import KnowledgeError
from casus.knowledge import read_table
from casus.resolving.countries import COLUMNS, Country, CountryTable, CountryWord


@pytest.fixture(scope="module")
def table() -> CountryTable:
    return CountryTable.load()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # Names, adjectives and people.
        ("Shells fell in Turkey.", ["TR"]),
        ("Two Turkish soldiers and a Syrian died.", ["TR", "SY"]),
        ("Filipinos fled from the Philippines.", ["PH", "PH"]),
        ("A Burmese patrol crossed from Burma.", ["MM", "MM"]),
        # Possessives, hyphens and dots.
        ("Nigeria’s air force", ["NG"]),
        ("a Saudi-led coalition", ["SA"]),
        ("U.S. and UK jets", ["US", "GB"]),
        # Small words are no countries, nor are first names in another case.
        ("They told us who did it.", []),
        ("chad went to the polish shop", ["TD"]),  # without capitals only everyday words are left out
        # Longer names hide shorter ones.
        ("a patrol in South Sudan", ["SS"]),
        ("Equatorial Guinea, Guinea-Bissau and Papua New Guinea", ["GQ", "GW", "PG"]),
        ("the Democratic Republic of Congo", ["CD"]),
        # Phrases in which a name doesn't mean the country.
        ("pirates in the Gulf of Guinea", []),
        ("a ship in the South China Sea", []),
        ("people in Latin America", []),
        # Past states.
        ("Soviet troops left.", [None]),
    ],
)
def test_countries_are_found(table: CountryTable, text: str, codes: list[str | None]) -> None:
    assert [mention.country.code for mention in table.find(text)] == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # A name of two countries means the larger one where nothing else is told.
        ("Fighting broke out in Congo.", "CD"),
        ("Fighting broke out in Congo, east of Kinshasa.", "CD"),
        # It means the other one only beside its capital or its full name.
        ("Fighting broke out in Congo, west of Brazzaville.", "CG"),
        ("Congo said so. The Republic of Congo elects a president.", "CG"),
    ],
)
def test_a_shared_name_means_what_the_rest_of_the_text_tells(
    table: CountryTable, text: str, code: str
) -> None:
    assert table.find(text)[0].country.code == code


def test_a_mention_tells_its_kind_its_offsets_and_its_tail(table: CountryTable) -> None:
    text = "A Russian-backed group in Ukraine"
    demonym, name = table.find(text)
    assert (demonym.kind, demonym.tail) == (CountryWord.DEMONYM, "backed")
    assert (name.kind, name.tail) == (CountryWord.NAME, None)
    assert text[name.start_char : name.end_char] == "Ukraine"


def test_a_country_is_looked_up_by_code_name_demonym_and_seat(table: CountryTable) -> None:
    turkey = table.by_code("tr")
    assert turkey is not None
    assert turkey.adjective == "Turkish"
    assert table.by_name("turkey") is turkey
    assert table.by_demonym("Turks") is turkey
    assert table.seat_of("Ankara") is turkey
    assert table.by_name("Ankara") is None
    assert table.by_code("ZZ") is None


def test_every_code_and_name_stands_once(table: CountryTable) -> None:
    codes = [country.code for country in table.countries if country.code]
    assert len(codes) == len(set(codes))
    assert len(table.countries) > 240


def test_a_row_with_a_wrong_code_is_refused() -> None:
    [row] = read_table("countries.tsv", COLUMNS, text="\t".join(COLUMNS) + "\nTUR\tTurkey" + "\t" * 7)
    with pytest.raises(KnowledgeError, match="line 2: code has 'TUR'"):
        Country.of_row(row)
