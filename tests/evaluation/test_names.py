"""When two names are the same."""

from __future__ import annotations

import pytest

from casus.evaluation.names import is_same_name, is_same_people, name_words, share_a_name


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("U.S. Army", ["us", "army"]),
        ("Côte d'Ivoire", ["cote", "d", "ivoire"]),
        ("Tel-Rimon 2", ["tel", "rimon", "2"]),
        ("", []),
    ],
)
def test_words_of_a_name_are_plain(name: str, words: list[str]) -> None:
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("name", "other"),
    [
        (None, None),
        ("", None),
        ("Lake Front", "the Lake Front rebels"),
        # Spellings: one letter in four may differ.
        ("Maiwand", "Maywand"),
        # General words tell nothing beside others, and all where there are no others.
        ("Rimon district", "Rimon province"),
        ("police", "the police"),
    ],
)
def test_the_same_name_in_other_words(name: str | None, other: str | None) -> None:
    assert is_same_name(name, other)
    assert is_same_name(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Lake Front", None),
        ("Rimon district", "Doran district"),
        ("government forces", "Rimon forces"),
        ("Kano", "Kunar"),
        ("A", "A"),  # a single letter tells nothing
    ],
)
def test_different_names(name: str | None, other: str | None) -> None:
    assert not is_same_name(name, other)
    assert not is_same_name(other, name)


def test_all_words_for_civilians_are_the_same_people() -> None:
    assert is_same_people("market shoppers", "two women")
    assert not is_same_people("shoppers", "soldiers")
    assert not is_same_name("shoppers", "two women")


def test_lists_share_a_name_or_are_both_empty() -> None:
    assert share_a_name([], [])
    assert not share_a_name(["army"], [])
    assert share_a_name(["army", "Lake Front"], ["Lake Front fighters"])
