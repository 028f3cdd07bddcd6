"""What only looks like political violence: accidents, disasters, private crime, sport, markets, re-enactments.

Each event is weighed: what speaks for political violence (armed actors, fighters and
forces among the victims, weapons of war, crowds, the words of conflict) against what
speaks for peace (`knowledge/peaceful.tsv`).
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence

from casus.knowledge import read_table
from casus.model import Category, EventType, Harm
from casus.reading.discourse import EventDraft, agents_of
from casus.reading.parties import Party
from casus.reading.sentences import AnnotatedSentence

# Chosen on the development reports against 588 articles of local news (docs/reading-log.md).
WEIGHTS = {
    "group": 4.0,  # an armed group, militia or gang at work or named by the event
    "state": 2.0,  # a state's forces at work
    "fighters": 3.0,  # militants among doers or victims
    "forces": 2.0,  # soldiers or police among the victims
    "afar": 2.5,  # bombing, shelling, air strike
    "clash": 1.0,
    "crowd": 2.0,  # protest or riot
    "abduction": 2.0,
    "many": 2.5,  # ten or more harmed
    "some": 2.0,  # three or more
    "murder": 1.0,  # words that mean people did it: murdered, shot, put to death
    "political": 2.5,  # a victim in public life
    "accident": -1.0,  # each point of the report's words of accident and disaster
    "word": 1.0,  # each word of conflict in the event's sentences, three at most
    "report": 1.0,  # each further word of conflict in the report, six at most
    "denied": -3.0,  # "not a bomb"
    "peaceful": -1.0,  # each point of the strongest peaceful topic near the event
    "lone": -1.5,  # one named or single victim of nobody in particular
}
THRESHOLD = 2.0

_DENIED = re.compile(
    r"\b(not (a|an) (\w+ ){0,2}(bomb|attack|shell|missile|explosive|rocket|terror\w*)|no (sign|evidence|trace) of (a |an )?(bomb|attack|explosive|foul play|sabotage)|"
    r"(was|were|be|an) (\w+ ){0,3}accident|no (traces? of )?explosives?|ruled out (terror|sabotage|an attack|a bomb)|found no explosives|no (political )?motive)"
)
_CONFLICT = re.compile(
    r"\b(gunm[ae]n|militants?|rebels?|insurgents?|guerrillas?|terroris\w+|soldiers?|troops|army|military|militia\w*|paramilitar\w+|jihad\w+|extremis\w+|separatis\w+|suicide|air ?strikes?|airstrikes?|air raids?|"
    r"shelling|mortars?|artillery|bomb(?:s|ed|ing|ings|er|ers)?|massacre\w*|assassinat\w+|kidnapp\w+|abduct\w+|hostages?|ceasefire|truce|cartels?|protest\w*|riot\w*|lynch\w*|coup|warplanes?|drones?|gangs?|vigilantes?|"
    r"death squads?|pogrom\w*|genocid\w+|ethnic|sectarian|communal|political\w*|unrest|curfew|insurgency|armed|attackers?|assailants?|landmines?|mines?|grenades?|fighters?|captives?|executed|executions?|beheaded|"
    r"decapitat\w+|missiles?|rockets?|explosives?|peacekeepers?|demonstrat\w+|rally|marchers|opposition|tribal|tribes?|clash\w*|raid\w*|ambush\w*|stormed|besieged?|shot dead|gunned|villagers|refugees|displaced|"
    r"war|conflict|junta|regime|security forces|government forces|battle|detained|arrested|far-right|left-wing|right-wing|activists?|anti-\w+)\b"
)


_MURDER = re.compile(r"\b(murder\w*|massacre\w*|assassinat\w+|shot|gunned|put to death|execut\w+|behead\w+|stabbed|hacked|lynch\w*|slain|bullet\w*|throats?|strangled|gunshots?|beaten to death|tortur\w+)\b")
_PUBLIC = re.compile(
    r"\b(opposition|party|politician\w*|mayor|councillor|journalist\w*|editor|reporter|activist\w*|candidate\w*|leader|union|trade unionist\w*|minister|senator|governor|president|lawmaker\w*|judge|prosecutor|priest|"
    r"bishop|imam|cleric|ambassador|diplomat\w*|aid workers?|human rights|indigenous|community leaders?|teacher)\b"
)


@functools.cache
def _words() -> dict[str, tuple[str, int]]:
    rows = read_table("peaceful.tsv", ("word", "topic", "weight"))
    return {row.text("word"): (row.text("topic"), int(row.text("weight"))) for row in rows}


@functools.cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_words(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(re.escape(name) for name in names)})(?!\w)")


def peaceful_topics(text: str) -> Counter[str]:
    """How much a text in lower case speaks of each peaceful topic; a word counts once."""
    found: Counter[str] = Counter()
    for word in set(_pattern().findall(text)):
        topic, weight = _words()[word]
        found[topic] += weight
    return found


def conflict_words(text: str) -> set[str]:
    """The words of political violence that a text in lower case has."""
    return set(_CONFLICT.findall(text))


def violence(
    draft: EventDraft, body: Sequence[AnnotatedSentence], report_words: set[str], accident: int = 0
) -> float:
    """How much speaks for an event of political violence (see `WEIGHTS`)."""
    own_words = " ".join(" ".join(i.sentence.words) for i in draft.incidents)
    around = _around(draft, body)
    signs = Counter(_signs(draft))
    signs["word"] = min(len(conflict_words(own_words)), 3)
    signs["report"] = min(len(report_words), 6)
    signs["denied"] = int(_DENIED.search(around) is not None)
    signs["murder"] = int(_MURDER.search(own_words) is not None)
    signs["political"] = int(_PUBLIC.search(own_words) is not None and signs["murder"] > 0)
    topics = peaceful_topics(around)
    if signs["political"]:
        topics.pop("crime", None)
    signs["peaceful"] = max(topics.values(), default=0)
    signs["accident"] = min(accident, 8)
    return sum(WEIGHTS[sign] * count for sign, count in signs.items())


def _around(draft: EventDraft, body: Sequence[AnnotatedSentence]) -> str:
    """The event's sentences with those beside them."""
    near = {n for i in draft.incidents for n in (i.sentence.index - 1, i.sentence.index, i.sentence.index + 1)}
    return " ".join(" ".join(s.sentence.words) for s in body if s.sentence.index in near)


def _signs(draft: EventDraft) -> list[str]:
    signs: list[str] = []
    doers = [p for i in draft.incidents for p in (*agents_of(i), *i.blamed)]
    marks = [m for i in draft.incidents for m in i.marks.actors.values()]
    if any(m.kind in ("armed_group", "militia", "gang", "coalition", "peacekeepers") for m in marks):
        signs.append("group")
    if any(p.category is Category.SECURITY_FORCES or _is_state(p) for p in doers):
        signs.append("state")
    groups = [g for i in draft.incidents for h in i.harms for g in h.groups if not g.is_part]
    if Category.MILITANTS in {*(p.category for p in doers), *(g.category for g in groups)}:
        signs.append("fighters")
    if any(g.category is Category.SECURITY_FORCES for g in groups):
        signs.append("forces")
    types = draft.types()
    if types & {EventType.BOMBING, EventType.SHELLING, EventType.AIR_STRIKE}:
        signs.append("afar")
    if types & {EventType.PROTEST, EventType.RIOT}:
        signs.append("crowd")
    if EventType.ARMED_CLASH in types:
        signs.append("clash")
    if Harm.ABDUCTED in {h.harm for i in draft.incidents for h in i.harms} or EventType.ABDUCTION in types:
        signs.append("abduction")
    harmed = max((g.value or 0 for g in groups), default=0)
    if harmed >= 3:
        signs.append("many" if harmed >= 10 else "some")
    elif harmed == 1:
        signs.append("lone")
    return signs


def _is_state(party: Party) -> bool:
    return party.actor.country_code is not None


def is_violent(
    draft: EventDraft, body: Sequence[AnnotatedSentence], report_words: set[str], accident: int
) -> bool:
    """True where an event is one of political violence or contention, as far as its words tell."""
    return violence(draft, body, report_words, accident) >= THRESHOLD
