"""Who says what of an event: a specification by example."""

from __future__ import annotations

from datetime import date

import pytest

import casus
from casus.model import Claim

DAY = date(2019, 6, 13)  # a Thursday
LEAD = "Nine people were killed in a raid on Mbala in Nigeria on Tuesday. "


def written(claim: Claim) -> str:
    """A claim as the table writes it: kind, speaker, and what is claimed or of whom."""
    speaker = claim.speaker.name or f"<{claim.speaker.role}>"
    about = claim.actor.name if claim.actor is not None else "-"
    if claim.harm is not None:
        about = f"{claim.low} {claim.harm.value}"
    return f"{claim.kind.value}: {speaker}: {about}"


def claims(text: str, lead: str = LEAD) -> list[str]:
    return [written(claim) for claim in casus.read(lead + text, published=DAY).claims]


CASES = [
    # -- tolls
    ("a toll of a speaker", "The mayor said nine people had died.", ["toll: <mayor>: 9 killed"]),
    (
        "two figures of one speaker",
        "The Red Cross counted 12 dead and 30 wounded.",
        ["toll: Red Cross: 12 killed", "toll: Red Cross: 30 injured"],
    ),
    (
        "two speakers, two tolls",
        "Police spoke of nine dead, while residents counted 14 dead.",
        ["toll: Nigerian police: 9 killed", "toll: <residents>: 14 killed"],
    ),
    # -- responsibility
    ("an attack that is claimed", "Boko Haram claimed the raid.", ["responsibility: Boko Haram: Boko Haram"]),
    (
        "a side that tells of its own deed",
        "Boko Haram said its fighters had stormed the village.",
        ["responsibility: Boko Haram: Boko Haram"],
    ),
    (
        "its own forces did it",
        "The army said that shells fired by its own forces had hit the market.",
        ["responsibility: Nigerian army: Nigerian army"],
    ),
    (
        "the deed that was just told",
        "A spokesman for Boko Haram said its fighters had carried it out.",
        ["responsibility: <spokesman for Boko Haram>: Boko Haram"],
    ),
    # -- accusations by a verb
    ("a side that is blamed", "The governor blamed Boko Haram.", ["accusation: <governor>: Boko Haram"]),
    (
        "laid at a door",
        "The bishop laid the massacre at the door of the army.",
        ["accusation: <bishop>: Nigerian army"],
    ),
    (
        "put down to a side",
        "The army put the ambush down to Boko Haram.",
        ["accusation: Nigerian army: Boko Haram"],
    ),
    (
        "the hand of a side",
        "The security secretary sees the hand of Boko Haram.",
        ["accusation: <security secretary>: Boko Haram"],
    ),
    (
        "people without a name who are blamed",
        'The authorities attribute the raid to "foreign saboteurs".',
        ["accusation: Nigerian authorities: foreign saboteurs"],
    ),
    ("a delay that is blamed on a thing", "The minister blamed the delay on the rain.", []),
    # -- accusations by what is told
    (
        "whom a speaker makes the doer",
        "A resident said that gunmen of Boko Haram had encircled the village.",
        ["accusation: <resident>: Boko Haram"],
    ),
    (
        "a cleft",
        "The governor said it was protesters who carried the guns.",
        ["accusation: <governor>: protesters"],
    ),
    (
        "who began",
        "Rebel commander Musa Kolo said the peacekeepers had started the shooting.",
        ["accusation: Musa Kolo: peacekeepers"],
    ),
    (
        "acts of wrong",
        "The governor said protesters had carried out acts of vandalism.",
        ["accusation: <governor>: protesters"],
    ),
    (
        "a deed that is named for its doer",
        "The minister described the raid as the deed of separatists.",
        ["accusation: <minister>: separatists"],
    ),
    (
        "where the shots came from",
        "Witnesses said the shots came from the army barracks.",
        ["accusation: <witnesses>: Nigerian army"],
    ),
    (
        "those who stood by",
        "Villagers complained that soldiers had looked on while houses burned.",
        ["accusation: <villagers>: soldiers"],
    ),
    (
        "a complaint of the armed",
        "The opposition charged that men in plain clothes had fired live rounds alongside the police.",
        ["accusation: opposition: Nigerian police"],
    ),
    (
        "whom the doers belong to",
        '"They belong to Boko Haram," police chief Musa Kolo said.',
        ["accusation: Musa Kolo: Boko Haram"],
    ),
    (
        "whom the dead belonged to accuses nobody",
        "Police said that six of the dead belonged to the Hausa community.",
        ["circumstance: Nigerian police: -"],
    ),
    (
        "a suspect",
        "Police said Musa Kolo was suspected of having supplied the guns.",
        ["accusation: Nigerian police: -"],
    ),
    (
        "the unknown are not accused",
        "Unidentified militants fired at the cars, police said.",
        ["circumstance: Nigerian police: -"],
    ),
    (
        "who helped is not accused",
        "The mayor said soldiers had helped to bury the dead.",
        ["circumstance: <mayor>: -"],
    ),
    # -- denials
    (
        "not the deed that was just told",
        "The army said it had not done it.",
        ["denial: Nigerian army: Nigerian army"],
    ),
    ("what is denied", "The army denied that it had fired.", ["denial: Nigerian army: Nigerian army"]),
    (
        "who keeps away from it",
        "The chairman of the union, Musa Kolo, dissociated his members from the incident.",
        ["denial: Musa Kolo: Musa Kolo"],
    ),
    (
        "none of its men",
        "The herders' union said that none of its men were there.",
        ["denial: herders' union: herders' union"],
    ),
    (
        "his men were elsewhere",
        "The militia commander stated that his men had not been in the village.",
        ["denial: <militia commander>: -"],
    ),
    (
        "no attack was made",
        "The army said that its planes had made no attack in the area.",
        ["denial: Nigerian army: Nigerian army"],
    ),
    (
        "they know nothing",
        '"We know nothing about this," said rebel spokesman Musa Kolo.',
        ["denial: Musa Kolo: Musa Kolo"],
    ),
    (
        "the story is a lie",
        "The army dismissed the report as a fabrication.",
        ["denial: Nigerian army: Nigerian army"],
    ),
    (
        "who has no doubt denies nothing",
        "The mayor said he had no doubt about it.",
        ["circumstance: <mayor>: -"],
    ),
    # -- what is no side's own deed
    (
        "an arrest is no deed to own up to",
        "Police said they had arrested three suspects over the shooting.",
        ["toll: Nigerian police: 3 arrested"],
    ),
    (
        "they of a quotation are others",
        '"They attacked our village first," said rebel commander Musa Kolo.',
        ["circumstance: Musa Kolo: -"],
    ),
    (
        "a signature put to it",
        "Boko Haram put its signature to the raid.",
        ["responsibility: Boko Haram: Boko Haram"],
    ),
    # -- control and commitments
    (
        "who holds the place",
        "The army said it had retaken the town.",
        ["control: Nigerian army: Nigerian army"],
    ),
    (
        "a place taken from those in it",
        "The army said it had driven the rebels from four villages.",
        ["control: Nigerian army: Nigerian army"],
    ),
    (
        "a place won back",
        "The army said the town had been liberated.",
        ["control: Nigerian army: Nigerian army"],
    ),
    (
        "a place handed over",
        "The mayor said the army had handed over the base to the police.",
        ["control: <mayor>: Nigerian police"],
    ),
    (
        "a flag over the town hall",
        "Residents said the rebels had raised their flag over the town hall.",
        ["control: <residents>: rebels"],
    ),
    (
        "a share of a town",
        "The mayor said that 60 percent of the town was in the hands of the army.",
        ["control: <mayor>: Nigerian army"],
    ),
    (
        "in full command",
        "The army said it was in full command of the town.",
        ["control: Nigerian army: Nigerian army"],
    ),
    (
        "who held people holds no place",
        "The mayor said the children were still in the hands of the rebels.",
        ["circumstance: <mayor>: -"],
    ),
    (
        "what is promised",
        "Governor Musa Kolo vowed that the killers would be caught.",
        ["commitment: Musa Kolo: Musa Kolo"],
    ),
    # -- circumstances
    ("how it happened", "The men came on motorcycles, a trader said.", ["circumstance: <trader>: -"]),
    (
        "a quotation of two sentences tells one thing",
        '"They came on motorcycles. They went from house to house," a trader said.',
        ["circumstance: <trader>: -"],
    ),
    (
        "an outlet that only relays takes no stand",
        "The men came on motorcycles and burned the mosque, reports the Daily Sun.",
        [],
    ),
    ("a wish", "The mayor urged the army to send troops.", []),
    ("the report itself", "The men came on motorcycles and left at noon.", []),
    ("nobody claims it", "No group has claimed the raid.", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_claims(text: str, expected: list[str]) -> None:
    assert claims(text) == expected


def test_far_from_the_event_nothing_is_a_circumstance() -> None:
    """What is said four sentences after the event was last told of is not about it."""
    between = (
        "The district lies on the river. Its roads are poor. Few tourists come. "
        "Rice is grown there and sold in the south. The last harvest was good. "
    )
    told = "The old bridge had fallen into the water, a trader said."
    assert claims(told) == ["circumstance: <trader>: -"]
    assert claims(between + told) == []


def test_a_claim_quotes_the_words() -> None:
    """The quotation ends where the speaker begins."""
    text = LEAD + '"They came at dawn," the mayor told reporters after he had seen the dead.'
    reading = casus.read(text, published=DAY)
    (claim,) = reading.claims
    assert reading.quote(claim.quote) == "They came at dawn"
