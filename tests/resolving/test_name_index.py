"""How names are found in texts, whatever their spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.resolving.name_index import NameIndex, fold, key_of, words_of

NAMES = [
    ("al-Qaeda", "q"),
    ("People's Protection Units", "ypg"),
    ("Séléka", "seleka"),
    ("UN", "un"),
    ("IS", "is"),
    ("Farabundo Group", "fg"),
    ("Farabundo Group of the North", "fgn"),
    ("red shirts", "shirts"),
    ("the Front", "front"),
    ("ULFA (I)", "ulfa"),
]


@pytest.fixture(scope="module")
def index() -> NameIndex[str]:
    return NameIndex(NAMES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Hyphens, typographic apostrophes, accents and dots don't matter.
        ("Fighters of al Qaeda fled.", ["al Qaeda"]),
        ("Fighters of Al‑Qaeda fled.", ["Al‑Qaeda"]),
        ("The People’s Protection Units withdrew.", ["People’s Protection Units"]),
        ("The Seleka returned; the SÉLÉKA left.", ["Seleka", "SÉLÉKA"]),
        ("A U.N. convoy and a UN truck.", ["U.N.", "UN"]),
        ("ULFA (I) and ULFA(I) deny it.", ["ULFA (I)", "ULFA(I)"]),
        # A name may run over a line's end, not over a blank line.
        ("People's\nProtection Units", ["People's\nProtection Units"]),
        ("People's\n\nProtection Units", []),
        # The longest name at a place wins.
        ("The Farabundo Group of the North met.", ["Farabundo Group of the North"]),
        ("The Farabundo Group met.", ["Farabundo Group"]),
        # Capitals are asked for where the name has them, and not where it has none.
        ("It is a front for him.", []),
        ("The Front said so.", ["Front"]),
        ("IS said so.", ["IS"]),
        ("Red Shirts and red shirts", ["Red Shirts", "red shirts"]),
        # In a text without capitals they can't be asked for, save for everyday words.
        ("al-qaeda said it is the front", ["al-qaeda", "front"]),
        ("FIGHTERS OF AL-QAEDA SAY THAT THIS IS NOT THEIRS", ["AL-QAEDA"]),
        # A prefix that turns the meaning round hides the name.
        ("Anti-al-Qaeda fighters", []),
    ],
)
def test_names_are_found_as_the_text_spells_them(index: NameIndex[str], text: str, found: list[str]) -> None:
    assert [text[match.start_char : match.end_char] for match in index.find(text)] == found


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("UN-led talks", "led"),
        ("UN‑Backed talks", "backed"),
        ("UN talks", None),
        ("UN - led by nobody", None),
    ],
)
def test_a_word_that_a_hyphen_ties_to_a_name_is_told(
    index: NameIndex[str], text: str, tail: str | None
) -> None:
    [match] = index.find(text)
    assert match.tail == tail


def test_a_name_with_two_values_gives_both_in_the_order_of_filing() -> None:
    index = NameIndex([("National Front", 1), ("National Front", 2), ("NATIONAL FRONT", 3)])
    [match] = index.find("the National Front")
    assert match.values == (1, 2, 3)
    assert index.get("national front") == (1, 2, 3)


def test_a_name_is_looked_up_whatever_its_case_and_article(index: NameIndex[str]) -> None:
    assert index.get("the al-qaeda") == index.get("AL QAEDA") == ("q",)
    assert index.get("front") == index.get("the Front") == ("front",)
    assert index.get("nobody") == ()


def test_a_leading_capital_the_is_part_of_a_name_in_the_index() -> None:
    assert NameIndex([("The Hague Group", 1)]).get("The Hague Group") == (1,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Qaeda", "Al Qaeda"),
        ("Túpac Amaru", "Tupac Amaru"),
        ("the Taliban", "Taliban"),
        ("U.N.", "UN"),
        ("Da'esh", "Daesh"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_folding_keeps_case() -> None:
    assert fold("Séléka's") == "Selekas"


@given(st.text())
def test_words_stand_in_the_text_in_order(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start_char <= word.end_char <= len(text)
        end = word.end_char


@given(st.text(alphabet="alQed-’ .\nIS'é"))
def test_matches_never_overlap(text: str) -> None:
    end = 0
    for match in NameIndex(NAMES).find(text):
        assert end <= match.start_char < match.end_char <= len(text)
        end = match.end_char
