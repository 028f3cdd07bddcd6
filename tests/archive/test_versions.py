"""Which copies need no reading: those that tell nothing that the original doesn't."""

from __future__ import annotations

import random

import pytest

from archives_here import telling
from casus.archive.versions import Pair, Version, compared, tells_more, versions_of

TEXT = telling(3)


@pytest.mark.parametrize(
    "added",
    [
        " Printed with the leave of the agency.",
        " Staff reporters added to this story.",
        " The commissioner says that the shops will open soon.",
        " Weather: dry and windy in all quarters of the town.",
    ],
)
def test_a_credit_or_a_word_more_tells_nothing_new(added: str) -> None:
    pair = compared("later", "earlier", TEXT + added, TEXT)
    assert pair is not None
    assert pair.is_nothing_new


@pytest.mark.parametrize(
    "added",
    [
        " The toll has risen to 31.",
        " Eleven of the dead were children.",
        " The army denied that it had fired.",
        " The mayor accuses a neighbouring district.",
        " Residents heard mortars at night.",
        " Dozens are without a roof.",
    ],
)
def test_a_number_a_denial_or_a_sign_of_violence_is_new(added: str) -> None:
    pair = compared("later", "earlier", TEXT + added, TEXT)
    assert pair is not None
    assert not pair.is_nothing_new


def test_a_verb_in_another_form_is_not_new() -> None:
    assert not tells_more("The governor denies it again", "The governor denied it again")
    assert tells_more("The governor denies it again", "The governor heard it again")


def test_texts_that_share_little_are_no_versions() -> None:
    assert (
        compared("later", "earlier", TEXT, "The choir sang in the evening and the halls were full.") is None
    )


def test_each_copy_stands_for_a_text_that_is_read() -> None:
    pairs = [
        Pair("b", "a", 0.95, is_nothing_new=True),
        Pair("c", "b", 0.95, is_nothing_new=True),  # of a copy that is not read: read itself
        Pair("d", "a", 0.9, is_nothing_new=False),
        Pair("d", "c", 0.93, is_nothing_new=False),
        Pair("e", "d", 0.99, is_nothing_new=True),
        Pair("e", "a", 0.88, is_nothing_new=False),
    ]
    expected = {
        "b": Version("a", 0.95, is_read=False),
        "c": Version("a", 0.95, is_read=True),
        "d": Version("c", 0.93, is_read=True),
        "e": Version("d", 0.99, is_read=False),
    }
    for seed in range(5):
        shuffled = random.Random(seed).sample(pairs, len(pairs))
        assert versions_of(shuffled) == expected
