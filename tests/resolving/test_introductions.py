"""Names that a report introduces: "Full Name (FN)"."""

from __future__ import annotations

import pytest

from casus.model import ActorKind, Category
from casus.resolving.actors import ActorEntry, ActorRegistry, find_abbreviations


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        # The initials of the words spell it, with or without the small ones.
        ("The Valley Defence League (VDL) met.", [("Valley Defence League", "VDL")]),
        ("the Front for the Rights of Fishermen (FRF)", [("Front for the Rights of Fishermen", "FRF")]),
        ("the League of Northern Villages (LONV)", [("League of Northern Villages", "LONV")]),
        ("the Non-Violent Youth Congress (NVYC)", [("Non-Violent Youth Congress", "NVYC")]),
        # Typographic quotes, dots, a line's end and a note within the brackets.
        ("the “Valley Defence League” (V.D.L.)", [("Valley Defence League", "V.D.L.")]),
        ("the Valley\nDefence League (VDL)", [("Valley\nDefence League", "VDL")]),
        ("the Valley Defence League (VDL, in English)", [("Valley Defence League", "VDL")]),
        ("the Valley Defence League's (VDL) camp", [("Valley Defence League", "VDL")]),
        # Abbreviations of another language, behind a name that an organisation could bear.
        ("the Popular Army of the Plains (EPL)", [("Popular Army of the Plains", "EPL")]),
        ("the Mountain Union of Toil (Mut)", [("Mountain Union of Toil", "Mut")]),
        # Other ways to introduce.
        ("the Valley Defence League, or VDL, met", [("Valley Defence League", "VDL")]),
        ("the Valley Defence League, known as the VDL", [("Valley Defence League", "VDL")]),
        ("the Popular Army of the Plains, known by its Spanish initials EPL,",
         [("Popular Army of the Plains", "EPL")]),
        # The name begins behind what owns it, and behind another name.
        ("Utopia's Popular Army of the Plains (EPL)", [("Popular Army of the Plains", "EPL")]),
        ("the People's Army of the Plains (EPL)", [("People's Army of the Plains", "EPL")]),
        ("the Bold Ones and the Popular Army of the Plains (EPL)", [("Popular Army of the Plains", "EPL")]),
        # No name of a body: datelines, places, people, asides.
        ("NEW DELHI (PTI) - Two men died.", []),
        ("John Smith (45) and Mary Jones (CEO)", []),
        ("He went home (see below).", []),
        ("the Front for the Rivers [FR] met", [("Front for the Rivers", "FR")]),
        ("an improvised explosive device (IED)", []),
        ("Police (Manila)", []),
    ],
)  # fmt: skip
def test_introductions_are_found(text: str, pairs: list[tuple[str, str]]) -> None:
    found = find_abbreviations(text)
    assert [(text[one.start_char : one.end_char], one.abbreviation) for one in found] == pairs


def entries(text: str, country_code: str | None = None) -> list[tuple[str, ActorEntry]]:
    """Each mention in a text as (its words, the actor)."""
    found = ActorRegistry.load().find(text, country_code=country_code)
    return [(mention.alias, mention.entry) for mention in found]


@pytest.mark.parametrize(
    ("text", "kind", "category", "can_act"),
    [
        # Rebels, militants and the like beside the name, the abbreviation, or in it.
        (
            "The National Front for Dignity (NFD), a rebel group,",
            ActorKind.ARMED_GROUP,
            Category.MILITANTS,
            True,
        ),
        (
            "Separatists of the National Front for Dignity (NFD)",
            ActorKind.ARMED_GROUP,
            Category.MILITANTS,
            True,
        ),
        (
            "The National Front for Dignity (NFD) met. NFD rebels",
            ActorKind.ARMED_GROUP,
            Category.MILITANTS,
            True,
        ),
        ("The Dignity Liberation Brigade (DLB) met.", ActorKind.ARMED_GROUP, Category.MILITANTS, True),
        # Others are organisations; some only speak.
        ("The National Front for Dignity (NFD) met.", ActorKind.ORGANISATION, None, True),
        ("The Plains Rights Observatory (PRO) met.", ActorKind.ORGANISATION, None, False),
        # A police force of its own kind.
        ("The Harbour Police Command (HPC) met.", ActorKind.STATE_FORCE, Category.SECURITY_FORCES, True),
    ],
)
def test_a_body_that_nobody_knows_becomes_a_local_entry(
    text: str, kind: ActorKind, category: Category | None, can_act: bool
) -> None:
    _, entry = entries(text)[0]
    assert (entry.id, entry.kind, entry.category, entry.can_act) == (None, kind, category, can_act)


def test_a_local_entry_is_found_again_by_either_name() -> None:
    text = "The Free Plains Movement (FPM), an armed group, left. FPM men fled; the Free Plains Movement won."
    assert [(words, entry.name) for words, entry in entries(text)] == [
        ("Free Plains Movement", "Free Plains Movement"),
        ("FPM", "Free Plains Movement"),
        ("FPM", "Free Plains Movement"),
        ("Free Plains Movement", "Free Plains Movement"),
    ]


def test_a_local_entry_takes_the_country_in_its_name() -> None:
    [(_, front), *_] = entries("rebels of the Front for the Dignity of Chad (FDC)")
    assert front.country_code == "TD"


@pytest.mark.parametrize(
    ("text", "country_code", "expected"),
    [
        # The registry's name stands for a group that it knows, under its full name
        ("The Moro Islamic Liberation Front (MILF)", None, ["Moro Islamic Liberation Front"] * 2),
        # or a translation of it,
        ("The Army of National Liberation (ELN) of Colombia", None, ["ELN"] * 2),
        # also where the name is ambiguous and the abbreviation agrees,
        ("The People's Defence Forces (PDF) fled.", "MM", ["People's Defence Forces"] * 2),
        # and for its part of a longer run of names.
        ("The 99th Front of the Revolutionary Armed Forces of Colombia (FARC)", None, ["FARC"] * 2),
        # An abbreviation that the text uses for something else is not the registry's.
        (
            "The Peasant Defence Federation (PDF) of Myanmar met. PDF men",
            "MM",
            ["Peasant Defence Federation"] * 3,
        ),
        ("Capital Bus Sellers (CBS) and others like CBS.", None, []),
        ("the Friends of Hamas Committee (FHC)", None, ["Friends of Hamas Committee"] * 2),
        # A state's force with an abbreviation.
        ("The Afghan National Police (XNP) left. XNP cars", None, ["Afghan police"] * 3),
        ("The National Police (XNP) left. XNP cars", "PE", ["Peruvian police"] * 3),
        # Countries are no bodies.
        ("The United Arab Emirates (UAE) met.", None, []),
    ],
)
def test_introductions_and_the_registry_agree(
    text: str, country_code: str | None, expected: list[str]
) -> None:
    assert [entry.name for _, entry in entries(text, country_code)] == expected
