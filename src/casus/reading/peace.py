"""What only looks like political violence: accidents, disasters, private crime, sport, markets, re-enactments.

`knowledge/peaceful.tsv` lists the words; what speaks for violence outweighs them: armed
actors, fighters among doers or victims, gunfire, bombs that were bombs.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence

from casus.knowledge import read_table
from casus.model import Category
from casus.reading.discourse import EventDraft, agents_of
from casus.reading.sentences import AnnotatedSentence

_DENIED = re.compile(
    r"\b(not (a|an) (\w+ )?(bomb|attack|shell|missile|explosive|rocket|terror\w*)|no (sign|evidence|trace) of (a |an )?(bomb|attack|explosive|foul play)|"
    r"(was|were|be) (an? )?(\w+ ){0,3}accident|no (traces? of )?explosives?|ruled out (terror|sabotage|an attack|a bomb)|found no explosives)"
)
_ARMED = re.compile(
    r"\b(gunm[ae]n|militants?|rebels?|insurgents?|guerrillas?|terroris\w+|soldiers?|troops|army|military|militia\w*|paramilitar\w+|jihad\w+|extremis\w+|separatis\w+|suicide bomb\w*|air ?strikes?|"
    r"shelling|mortars?|artillery|roadside bomb|car bomb|massacre\w*|assassinat\w+|kidnapp\w+|abduct\w+|hostages?|ceasefire|truce|cartels?|protest\w*|riot\w*|lynch\w*|coup|warplanes?|drones?|gangs?|vigilantes?|"
    r"death squad\w*|pogrom\w*|genocid\w+|ethnic|sectarian|communal|political\w*|unrest|curfew|insurgency|armed m[ae]n|attackers?|assailants?|bombers?|landmines?|grenades?)\b"
)


@functools.cache
def _words() -> dict[str, tuple[str, int]]:
    return {
        row.text("word"): (row.text("topic"), int(row.text("weight")))
        for row in read_table("peaceful.tsv", ("word", "topic", "weight"))
    }


@functools.cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_words(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(re.escape(name) for name in names)})\b")


def peaceful_topics(text: str) -> Counter[str]:
    """How much a text in lower case speaks of each peaceful topic; a word counts once."""
    found: Counter[str] = Counter()
    for word in set(_pattern().findall(text)):
        topic, weight = _words()[word]
        found[topic] += weight
    return found


def armed_words(text: str) -> int:
    """How many different words of political violence a text in lower case has."""
    return len(set(_ARMED.findall(text)))


def is_violent(draft: EventDraft, body: Sequence[AnnotatedSentence]) -> bool:
    """True where an event is one of political violence or contention, as far as its words tell."""
    own = " ".join(" ".join(i.sentence.words) for i in draft.incidents)
    near = {
        n for i in draft.incidents for n in (i.sentence.index - 1, i.sentence.index, i.sentence.index + 1)
    }
    around = " ".join(" ".join(s.sentence.words) for s in body if s.sentence.index in near)
    topics = peaceful_topics(own) if not draft.first.sentence.index <= 2 else peaceful_topics(around)
    against = max(topics.values(), default=0) + (4 if _DENIED.search(around) else 0)
    return against == 0 or _for_violence(draft, own) >= against


def _for_violence(draft: EventDraft, own: str) -> int:
    """How much speaks for violence: its doers, its victims, the words of arms."""
    doers = [p for i in draft.incidents for p in agents_of(i)]
    score = 0
    if any(p.is_named or p.category in (Category.MILITANTS, Category.SECURITY_FORCES) for p in doers):
        score += 4
    victims = {g.category for i in draft.incidents for h in i.harms for g in h.groups}
    if victims & {Category.MILITANTS, Category.SECURITY_FORCES}:
        score += 2
    return score + min(armed_words(own), 3) * 2


def is_violent_report(text: str) -> bool:
    """True unless peaceful topics drown the words of political violence in a whole report."""
    lower = text.lower()
    topics = peaceful_topics(lower)
    strongest = max(topics.values(), default=0)
    return strongest < 5 or 2 * armed_words(lower) + 1 >= strongest
