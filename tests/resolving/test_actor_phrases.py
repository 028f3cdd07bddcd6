"""Who a phrase means: composite actors, people without a name, parts of groups and backers."""

from __future__ import annotations

import pytest

from casus.errors import KnowledgeError
from casus.knowledge import read_table
from casus.model import ActorKind, Category
from casus.resolving.actor_nouns import COLUMNS, ActorWords, NounRole
from casus.resolving.actor_phrases import ActorDescriber, ActorProfile
from casus.resolving.actors import ActorRegistry


def profile(phrase: str, country_code: str | None = None, *, is_doer: bool = False) -> ActorProfile:
    return ActorDescriber(ActorRegistry.load(), country_code).profile(phrase, is_doer=is_doer)


# The phrase, the report's country, and who it means: name, kind, category, country, parent; - is none.
SPECIFICATION = """\
Afghan police | AF | Afghan police | police | security_forces | AF | -
the army's 4th Brigade | MM | Myanmar armed forces | state_force | security_forces | MM | -
the army's 4th Brigade | PE | Peruvian army | state_force | security_forces | PE | -
suspected Fulani herders | NG | - | communal_group | militants | NG | -
Fulani herders | NG | - | communal_group | civilians | NG | -
herders | NG | - | civilians | civilians | NG | -
unidentified gunmen | NG | - | armed_group | militants | - | -
unknown assailants | NG | - | armed_group | militants | - | -
Israeli-backed settlers | PS | - | civilians | civilians | PS | -
Russian-backed separatists | UA | pro-Russian separatists | rebel_group | militants | UA | -
separatists backed by Russia | UA | - | rebel_group | militants | UA | -
soldiers of the 3rd Division | LK | Sri Lankan army | state_force | security_forces | LK | -
a faction of the ELN | CO | - | rebel_group | militants | CO | eln
Shabaab fighters | SO | al Shabaab | rebel_group | militants | SO | -
Iran-aligned militia | IQ | - | militia | militants | IQ | -
an Iran-aligned militia | - | - | militia | militants | - | -
dissident FARC members | CO | FARC dissidents | rebel_group | militants | CO | farc
an off-duty soldier | NG | Nigerian army | state_force | security_forces | NG | -
former rebels | BI | - | rebel_group | militants | BI | -
police special forces | TR | Turkish police | police | security_forces | TR | -
tribal elders | PK | - | civilians | civilians | PK | -
a pro-government militia | SY | - | militia | militants | SY | -
pro-government forces | YE | - | militia | militants | YE | -
anti-government forces | SY | - | rebel_group | militants | SY | -
Darfuri rebels | SD | Darfur rebels | rebel_group | militants | SD | -
men in army uniform | CD | - | armed_group | - | - | -
gunmen dressed as police officers | IQ | - | armed_group | - | - | -
attackers wearing military fatigues | NG | - | armed_group | - | - | -
the Turkish army | SY | Turkish army | state_force | security_forces | TR | -
Turkish-backed fighters | SY | - | rebel_group | militants | SY | -
fighters trained by Iran | IQ | - | rebel_group | militants | IQ | -
the armed wing of Hamas | PS | al-Qassam Brigades | rebel_group | militants | PS | hamas
the Afghan affiliate of IS | AF | Islamic State Khorasan | rebel_group | militants | AF | islamic-state
a splinter group of the MILF | PH | - | rebel_group | militants | PH | moro-islamic-liberation-front
a breakaway ELN faction | CO | - | rebel_group | militants | CO | eln
a unit of the Syrian army | SY | Syrian army | state_force | security_forces | SY | -
Boko Haram fighters | NG | Boko Haram | rebel_group | militants | NG | -
suspected Boko Haram members | CM | Boko Haram | rebel_group | militants | NG | -
Taliban supporters | PK | - | civilians | civilians | PK | -
Sinaloa cartel hitmen | MX | Sinaloa cartel | cartel | militants | MX | -
cartel gunmen | MX | - | cartel | militants | MX | -
drug traffickers | MX | - | cartel | militants | - | -
gang members | HT | - | gang | militants | HT | -
armed robbers | GH | - | gang | militants | GH | -
bandits | NG | - | gang | militants | NG | -
Somali pirates | SO | Somali pirates | gang | militants | SO | -
Nuer youths | SS | - | communal_group | militants | SS | -
Murle fighters | SS | Murle militia | communal_group | militants | SS | -
Tuareg tribesmen | ML | - | communal_group | militants | ML | -
armed herdsmen | NG | - | communal_group | militants | NG | -
clan militias | SO | - | communal_group | militants | SO | -
villagers | IN | - | civilians | civilians | IN | -
local residents | ML | - | civilians | civilians | ML | -
an angry mob | PK | - | civilians | civilians | PK | -
Kenyan protesters | KE | - | civilians | civilians | KE | -
foreign aid workers | AF | - | civilians | civilians | - | -
Chinese engineers and workers | PK | - | civilians | civilians | CN | -
a suicide bomber | AF | - | armed_group | militants | - | -
masked men | PS | - | armed_group | militants | - | -
rebel gunmen | SD | - | rebel_group | militants | SD | -
separatist gunmen | IN | - | rebel_group | militants | IN | -
militia gunmen | LY | - | militia | militants | LY | -
right-wing paramilitaries | CO | Colombian paramilitaries | militia | militants | CO | -
far-right gunmen | DE | - | armed_group | militants | - | -
vigilantes | NG | - | militia | militants | NG | -
members of a self-defence group | MX | - | militia | militants | MX | -
dozens of rebels | TD | - | rebel_group | militants | TD | -
a group of armed men | TD | - | armed_group | militants | - | -
UN peacekeepers | ML | UN peacekeepers | international_force | security_forces | - | -
NATO troops | AF | NATO | international_force | security_forces | AF | -
the Saudi-led coalition | YE | Saudi-led coalition | international_force | security_forces | YE | -
an Israeli drone | LB | Israeli forces | state_force | security_forces | IL | -
Russian jets | SY | Russian forces | state_force | security_forces | RU | -
riot police | KE | Kenyan riot police | police | security_forces | KE | -
gendarmes | FR | French gendarmerie | police | security_forces | FR | -
the intelligence service | UG | Ugandan intelligence service | intelligence | security_forces | UG | -
agents of the FSB | RU | FSB | intelligence | security_forces | RU | -
the Iraqi interior ministry | IQ | Iraqi interior ministry | authority | - | IQ | -
government forces | PH | Philippine government forces | state_force | security_forces | PH | -
forces loyal to a rebel general | LY | - | militia | militants | LY | -
Kurdish-led forces | SY | - | rebel_group | militants | SY | -
Islamist militants | EG | - | rebel_group | militants | EG | -
Muslim rebels | PH | - | rebel_group | militants | PH | -
Hutu fighters | CD | - | communal_group | militants | CD | -
Dozo hunters | CI | Dozo hunters | militia | militants | CI | -
mercenaries | LY | - | militia | militants | - | -
Russian mercenaries | CF | Wagner Group | militia | militants | RU | -
Awami League youths | BD | Awami League | militia | militants | BD | -
a Taliban commander | AF | Taliban | rebel_group | militants | AF | -
armed Congolese villagers | CD | - | civilians | civilians | CD | -
"""
CASES = [tuple(line.split(" | ")) for line in SPECIFICATION.strip().split("\n")]


def shown(found: ActorProfile) -> tuple[str, ...]:
    """A profile as the table has it."""
    fields = (found.name, found.kind, found.category, found.country_code, found.parent_id)
    return tuple(field or "-" for field in fields)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_phrase_has_a_kind_a_category_a_country_and_a_parent(case: tuple[str, ...]) -> None:
    phrase, report_country, *expected = case
    country_code = None if report_country == "-" else report_country
    assert shown(profile(phrase, country_code)) == tuple(expected)


def test_the_specification_has_eighty_phrases_and_no_phrase_twice() -> None:
    assert len({case[:2] for case in CASES}) == len(CASES) >= 80


@pytest.mark.parametrize(
    ("phrase", "backed_by"),
    [
        ("Iranian-backed fighters", ("IR",)),
        ("the Turkish-backed Syrian National Army", ("TR",)),
        ("a militia backed by Iran", ("IR",)),
        ("a militia armed by Iran and trained by Hezbollah", ("IR", "Hezbollah")),
        ("Kremlin-backed separatists", ("RU",)),
        ("Taliban-linked gunmen", ("Taliban",)),
        ("a government-backed militia", ()),
        ("Afghan soldiers", ()),
        ("Heath-backed settlers", ()),
    ],
)
def test_a_backer_is_told_and_is_not_the_actors_country(phrase: str, backed_by: tuple[str, ...]) -> None:
    found = profile(phrase)
    assert found.backed_by == backed_by
    assert found.country_code is None or found.country_code not in backed_by


def test_those_who_are_told_to_have_fought_are_no_civilians() -> None:
    assert profile("Fulani herders", "NG").category is Category.CIVILIANS
    assert profile("Fulani herders", "NG", is_doer=True).category is Category.MILITANTS
    assert profile("villagers", "NG", is_doer=True).category is Category.CIVILIANS


def test_words_that_tell_nobody_have_no_kind() -> None:
    assert profile("a police post", None).kind is ActorKind.POLICE
    assert profile("the bridge", "NG") == ActorProfile()
    assert profile("", "NG") == ActorProfile()


def test_people_from_abroad_are_not_of_the_reports_country() -> None:
    assert profile("journalists", "SY").country_code == "SY"
    assert profile("two foreign journalists", "SY").country_code is None
    assert profile("a French journalist", "SY").country_code == "FR"


def test_a_word_that_stands_twice_with_one_role_is_refused() -> None:
    line = "rebel\tnoun\trebel_group\tyes\t"
    rows = read_table("actor_nouns.tsv", COLUMNS, text="\n".join(["\t".join(COLUMNS), line, line]))
    with pytest.raises(KnowledgeError, match="'rebel' stands twice with the role noun"):
        ActorWords.of(rows)


def test_each_role_has_words() -> None:
    assert all(ActorWords.load().by_role[role] for role in NounRole)
