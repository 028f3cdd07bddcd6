"""Who speaks in a report: a specification by example."""

from __future__ import annotations

from datetime import date

import pytest

import casus
from casus.model import Speaker

DAY = date(2019, 6, 13)  # a Thursday
LEAD = "Gunmen killed nine traders at Mbala in Nigeria on Tuesday. "


def written(speaker: Speaker) -> str:
    """A speaker as the table writes it: "name / role", a nameless one in angle brackets."""
    if speaker.is_anonymous:
        return f"<{speaker.role}>"
    return f"{speaker.name} / {speaker.role}" if speaker.role else str(speaker.name)


def speakers(text: str) -> list[str]:
    """The speakers of a report's claims in the order of the text, each once."""
    reading = casus.read(LEAD + text, published=DAY)
    return list(dict.fromkeys(written(claim.speaker) for claim in reading.claims))


CASES = [
    # -- persons
    ("a name after the verb", "The men came at dawn, said Musa Kolo.", ["Musa Kolo"]),
    ("a role after the name", "The men came at dawn, said Musa Kolo, a trader.", ["Musa Kolo / trader"]),
    ("a role before the name", "Mayor Musa Kolo said the men came at dawn.", ["Musa Kolo / Mayor"]),
    (
        "an office and its holder in commas",
        "The governor of the state, Musa Kolo, said the men came at dawn.",
        ["Musa Kolo / governor of the state"],
    ),
    (
        "an office whose organ stands before the name",
        "The men came at dawn, inspector-general of police M.K. Kolo said.",
        ["M.K. Kolo / inspector-general of police"],
    ),
    (
        "a minister and his field",
        "State Minister for Home Musa Kolo said that the men came at dawn.",
        ["Musa Kolo / State Minister for Home"],
    ),
    (
        "a title with its seat in brackets",
        '"The men came at dawn," SP (City) Musa Kolo told reporters after he had seen the wounded.',
        ["Musa Kolo / SP (City)"],
    ),
    (
        "a rank in short",
        "Military spokesman Col. Musa Kolo said the men came at dawn.",
        ["Musa Kolo / Military spokesman Col."],
    ),
    (
        "a short form of the body between office and name",
        "The chairman of the Cattle Breeders Association (CBA), Musa Kolo, said the men came at dawn.",
        ["Musa Kolo / chairman of the Cattle Breeders Association"],
    ),
    (
        "whoever speaks for somebody else",
        "The lawyer of Musa Kolo said the men came at dawn.",
        ["<lawyer of Musa Kolo>"],
    ),
    (
        "one who gives himself a name",
        "A man who called himself Commander Sabu said the men came at dawn.",
        ["Sabu / man"],
    ),
    (
        "one who gives part of a name",
        '"The men came at dawn," said a trader who would give only his first name, Salim.',
        ["Salim / trader"],
    ),
    (
        "one who gives no name",
        "A local official who did not give his name said the men came at dawn.",
        ["<local official>"],
    ),
    (
        "a person by the party's name",
        "The Taliban's Musa Kolo said the men came at dawn.",
        ["Musa Kolo"],
    ),
    (
        "a short name later",
        "Mayor Musa Kolo said the men came at dawn. Two houses were burned, Kolo added.",
        ["Musa Kolo / Mayor"],
    ),
    (
        "a pronoun",
        "Mayor Musa Kolo said the men came at dawn. He said that they burned two houses.",
        ["Musa Kolo / Mayor"],
    ),
    (
        "an office told of before",
        "Mayor Musa Kolo said the men came at dawn. The mayor said that they burned two houses.",
        ["Musa Kolo / Mayor"],
    ),
    (
        "who is told is no speaker",
        '"The men came at dawn," Musa Kolo, a trader, told reporters.',
        ["Musa Kolo / trader"],
    ),
    # -- institutions
    ("the police", "The men came at dawn, police said.", ["Nigerian police"]),
    ("the army of the country", "The army said the men came at dawn.", ["Nigerian army"]),
    ("the army of another", "The Malian army said the men came at dawn.", ["Malian army"]),
    ("a corps", "The national guard said the men came at dawn.", ["Nigerian national guard"]),
    ("a ministry", "The men came at dawn, according to the defence ministry.", ["Nigerian defence ministry"]),
    (
        "a hospital by name",
        "Mbala General Hospital said 12 wounded were admitted.",
        ["Mbala General Hospital"],
    ),
    ("authorities", "The authorities said the men came at dawn.", ["Nigerian authorities"]),
    ("a group", "Boko Haram said its men came at dawn.", ["Boko Haram"]),
    ("a seat of government", "Abuja said the men came from Niger.", ["Nigerian government"]),
    (
        "a company beside its noun",
        "The men came at dawn, the mine's owner, Goldfields Minerals, said.",
        ["Goldfields Minerals / mine's owner"],
    ),
    (
        "a broadcaster by name",
        "The men came at dawn, the broadcaster NTA reported.",
        ["NTA / broadcaster"],
    ),
    ("a statement's owner", "A statement by the army said the men came at dawn.", ["Nigerian army"]),
    (
        "the body told of before",
        "The Red Cross said the men came at dawn. It said that they burned two houses.",
        ["Red Cross"],
    ),
    # -- people without a name
    ("residents", "The men came at dawn, residents said.", ["<residents>"]),
    ("one witness", "A witness said the men came at dawn.", ["<witness>"]),
    (
        "a source in a body",
        "A source in the defence ministry said the men came at dawn.",
        ["<source in the defence ministry>"],
    ),
    (
        "one with a wish",
        "An official who asked not to be named said the men came at dawn.",
        ["<official>"],
    ),
    ("several bodies without a name", "Rights groups said the men came at dawn.", ["<rights groups>"]),
    ("a count of bodies", "Two aid agencies said the men came at dawn.", ["<Two aid agencies>"]),
    ("both of them", "Both told the court that they had been beaten.", ["<Both>"]),
    (
        "police and hospital sources",
        "Police and hospital sources said the men came at dawn.",
        ["<police and hospital sources>"],
    ),
    (
        "a speaker between the words",
        "The men, a trader said, came at dawn.",
        ["<trader>"],
    ),
    ("whom others quote", "The paper quoted a doctor as saying that the men came at dawn.", ["<doctor>"]),
    ("some of many", "Some of those who escaped said the men came at dawn.", ["<Some of those>"]),
    # -- nobody
    ("the report itself", "The men came at dawn and left at noon.", []),
    ("nobody has said it", "No group has claimed the attack.", []),
    ("what was not said", "The army did not say how the men had come.", []),
    ("naming oneself is no statement", "The leader calls himself Commander Sabu.", []),
    ("being to blame is no statement", "The rebels were to blame for the deaths.", []),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_speakers(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected
