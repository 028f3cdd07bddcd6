"""Whom speakers speak for: spokesmen, officials, organs and mouthpieces of a side."""

from __future__ import annotations

import pytest

import casus
from casus.model import ClaimKind

GUNMEN = "Gunmen killed five people near {} on Monday. "


def sides(text: str) -> set[str | None]:
    return {claim.speaker.affiliation for claim in casus.read(text, published="2021-03-03").claims}


@pytest.mark.parametrize(
    ("place", "told", "side"),
    [
        # A spokesman by name, before and behind his group.
        (
            "Kunduz in Afghanistan",
            "Zabihullah Karim, a spokesman for the Taliban, said its men did it.",
            "Taliban",
        ),
        (
            "Mogadishu",
            "Al Shabaab's military operations spokesman Abdi Nur said his group was responsible.",
            "al Shabaab",
        ),
        (
            "Mogadishu",
            '"We are behind the raid," Abdi Nur, al Shabaab\'s spokesman, told Reuters by phone.',
            "al Shabaab",
        ),
        ("Erbil in Iraq", "Kataib Hezbollah spokesman Jaafar Ali denied a part in it.", "Kataib Hezbollah"),
        ("Goma in Congo", "M23 spokesman Willy Kabanda said the army had attacked its positions.", "M23"),
        (
            "Goma in Congo",
            "Willy Kabanda, who speaks for M23, said the army had attacked its positions.",
            "M23",
        ),
        ("Nairobi", "Police spokesman James Otieno denied that officers had opened fire.", "Kenyan police"),
        (
            "Marib in Yemen",
            "Houthi military spokesman Yahya Saleh said its forces had fired at a base.",
            "Houthi",
        ),
        ("Khartoum", "RSF adviser Ibrahim Musa accused the army of the attack.", "RSF"),
        # Somebody without a name, by office.
        ("Gao in Mali", "An army spokesman said troops had repelled the attack.", "Malian army"),
        (
            "Gao in Mali",
            "An Interior Ministry spokesman said rebels had killed five.",
            "Malian interior ministry",
        ),
        (
            "Jalingo in Nigeria",
            "A defence ministry official said troops had fought them off.",
            "Nigerian defence ministry",
        ),
        (
            "Gaza",
            "A spokeswoman for the Israeli military said they had fired on a weapons store.",
            "Israeli military",
        ),
        ("Yala in Thailand", "A BRN representative told Reuters that the group had not shot them.", "BRN"),
        # A group told of before.
        (
            "Kunduz in Afghanistan",
            "The Taliban have stepped up attacks. The group's military spokesman said it was behind it.",
            "Taliban",
        ),
        (
            "Kunduz in Afghanistan",
            "The Taliban said in a statement on their website that they did it.",
            "Taliban",
        ),
        # Organs and mouthpieces.
        ("Diyarbakir in Turkey", "The PKK's armed wing said that it carried out the attack.", "PKK"),
        ("Gaza", "Hamas was at war. The group's armed wing said it carried out the attack.", "Hamas"),
        ("Mosul in Iraq", "Islamic State did it, its media arm Amaq said.", "Islamic State"),
        (
            "Mosul in Iraq",
            "Islamic State fighters shot dead two more, the Amaq news agency said.",
            "Islamic State",
        ),
        # Officials of nobody in particular.
        ("Bamenda in Cameroon", "The governor's spokesman said separatists had fired on a bus.", None),
        ("Bangui", "A rebel spokesman said they had taken the airport.", None),
    ],
)
def test_a_speaker_is_attached_to_the_side_spoken_for(place: str, told: str, side: str | None) -> None:
    assert side in sides(GUNMEN.format(place) + told)


@pytest.mark.parametrize(
    ("told", "owner"),
    [
        (
            "Zabihullah Karim, a spokesman for the Taliban, said its fighters carried out the attack.",
            "Taliban",
        ),
        ("Zabihullah Karim, a Taliban spokesman, said his group was responsible.", "Taliban"),
        ("The Taliban's armed wing said it carried out the attack.", "Taliban"),
        ('"We did it," the Haqqani network said in a statement.', "Haqqani network"),
        ("Islamic State claimed the attack through its news agency Amaq.", "Islamic State"),
    ],
)
def test_what_a_spokesman_owns_up_to_is_his_groups(told: str, owner: str) -> None:
    reading = casus.read(GUNMEN.format("Kunduz in Afghanistan") + told, published="2021-03-03")
    owners = [c.actor.name for c in reading.claims if c.kind is ClaimKind.RESPONSIBILITY and c.actor]
    assert owners == [owner]
    assert [actor.name for actor in reading.events[0].perpetrators] == [owner]


def test_all_who_own_up_together_did_it_each_once() -> None:
    told = "The attack was claimed by the Haqqani network and Jaish-e-Mohammed."
    reading = casus.read(GUNMEN.format("Kunduz in Afghanistan") + told, published="2021-03-03")
    names = ["Haqqani network", "Jaish-e-Mohammed"]
    assert [actor.name for actor in reading.events[0].perpetrators] == names
    assert [claim.actor.name for claim in reading.claims if claim.actor] == names
