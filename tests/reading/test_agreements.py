"""Deals, ceasefires and talks that a report names: a specification by example."""

from __future__ import annotations

from datetime import date

import pytest

import casus

DAY = date(2019, 6, 13)  # a Thursday
LEAD = "Nine rebels were killed near Goma in Congo on Tuesday. "


def agreements(text: str) -> list[tuple[tuple[str, ...], str | None]]:
    """The parties and the date of each agreement of a report."""
    reading = casus.read(LEAD + text, published=DAY)
    return [(agreement.parties, agreement.agreed_on) for agreement in reading.agreements]


CASES = [
    (
        "a truce between two",
        "A truce between the M23 and the Congolese government was signed on 1 June.",
        [(("M23", "Congolese government"), "2019-06-01")],
    ),
    (
        "who signed it",
        "The M23 and the Congolese government signed a ceasefire in May 2018.",
        [(("M23", "Congolese government"), "2018-05")],
    ),
    (
        "a group that no list knows",
        "The Ituri Karama Front and Uganda signed a ceasefire in May 2018.",
        [(("Ituri Karama Front", "Uganda"), "2018-05")],
    ),
    (
        "a government of a country, and a group",
        "The government of Congo and the Karama Front signed a ceasefire in May 2018.",
        [(("Congolese government", "Karama Front"), "2018-05")],
    ),
    (
        "one side's truce",
        "The M23 declared a unilateral ceasefire on Monday.",
        [(("M23",), "2019-06-10")],
    ),
    (
        "a truce that both keep",
        "Under the ceasefire, in force since Monday, the M23 and the Congolese government are to pull back.",
        [(("M23", "Congolese government"), "2019-06-10")],
    ),
    (
        "an agreement without its noun",
        "Rwanda and Uganda agreed in May 2018 to stop fighting.",
        [(("Rwanda", "Uganda"), "2018-05")],
    ),
    (
        "talks",
        "Talks between the M23 and the Congolese government began in Nairobi on Monday.",
        [(("M23", "Congolese government"), "2019-06-10")],
    ),
    (
        "signed before its noun",
        "Signed in 2015 between the M23 and armed groups of the north, the Goma agreement ended the war.",
        [(("M23", "armed groups of the north"), "2015")],
    ),
    (
        "two peoples in one phrase",
        "The Hema and Lendu communities signed a peace deal in Bunia on Friday.",
        [(("Hema", "Lendu"), "2019-06-07")],
    ),
    (
        "elders of two peoples",
        "Elders of the Hema and the Lendu put their thumbprints to an agreement on Friday.",
        [(("Hema", "Lendu"), "2019-06-07")],
    ),
    (
        "the agreement told again",
        (
            "The M23 and the Congolese government signed a ceasefire on Monday. "
            "Under the agreement the rebels are to withdraw from the town by July 1."
        ),
        [(("M23", "Congolese government"), "2019-06-10")],
    ),
    (
        "both countries",
        (
            "Rwanda accused Uganda of the raid. Uganda blamed Rwanda. "
            "Under the ceasefire, in force since Monday, both countries are to withdraw their troops."
        ),
        [(("Rwanda", "Uganda"), "2019-06-10")],
    ),
    (
        "who only mediates is no party",
        "Kenya brokered a truce between the M23 and the Congolese government on 1 June.",
        [(("M23", "Congolese government"), "2019-06-01")],
    ),
    ("a truce that is only asked for", "The bishops called for a ceasefire with the M23.", []),
    (
        "a truce that must first be kept",
        "The government says that the M23 must first observe a ceasefire.",
        [],
    ),
    ("no deal", "No deal with the M23 was reached on Monday.", []),
    ("a deal of another sort", "The club agreed a deal with its striker.", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_agreements(text: str, expected: list[tuple[tuple[str, ...], str | None]]) -> None:
    assert agreements(text) == expected


def test_what_is_undertaken_stands_with_its_deadline() -> None:
    reading = casus.read(
        LEAD + "Under a truce signed on 1 June the M23 must leave the town by 30 June.", published=DAY
    )
    (agreement,) = reading.agreements
    (commitment,) = agreement.commitments
    assert (commitment.by, commitment.text) == ("M23", "leave the town")
    assert commitment.deadline == "2019-06-30"
