"""Whether an incident tells of an event that the report told before: signs for and against, each weighed."""

from __future__ import annotations

from datetime import date

from casus.model import EventDate
from casus.reading.deed_signs import agent_signs, is_fresh, kind_signs, name_signs, toll_signs
from casus.reading.drafts import (
    EventDraft,
)
from casus.reading.incidents import Incident
from casus.reading.scene_signs import date_signs, local_places, place_signs
from casus.reading.word_signs import word_signs

# What each sign weighs; a sum of THRESHOLD or more joins.  Found by `benchmarks/tune.py joining`.
WEIGHTS = {
    "date.same": 2.0,
    "date.near": -0.5,
    "date.inside": -1.2,  # a day within a week or a month
    "date.conflict": -6.0,
    "date.new_only": -0.4,
    "date.rival": -3.75,  # both have tolls, only the new one a date
    "date.first": -1.0,  # the same, of fresh news and the event told first
    "date.old": -0.5,  # a date long before publication, the event so far undated
    "place.same": 2.0,
    "place.within": 0.4,
    "place.conflict": -3.5,
    "place.new_only": -0.25,
    "type.same": 0.5,
    "type.conflict": -0.75,
    "crowd.apart": -3.75,  # a protest or riot against a battle, or the other way
    "agent.same": 1.0,
    "agent.conflict": -1.0,
    "agent.swapped": -1.0,  # who did it before is hit now
    "toll.same": 0.25,
    "toll.rare": 0.4,  # the same number, of RARE or more
    "toll.differs": -0.6,
    "victims.differ": -0.5,  # numbered victims of another side
    "names.differ": -1.5,  # other persons by name
    "names.same": 1.5,
    "definite": 2.0,  # "the attack"
    "indefinite": -0.5,  # "an attack"
    "fronted": -1.0,  # "In Bago, …": the sentence opens with another place
    "later": -0.5,  # "hours later", "also on Monday"
    "more": -0.7,  # "another three", "two other soldiers"
    "apart": -4.0,  # "in another attack", "elsewhere"
    "bare": 2.25,  # no date, place or toll of its own
    "floating": 3.35,  # no date or place, but a toll
    "recent": 1.2,  # the event told last
    "main": 0.4,  # the event told first
    "distance": -0.58,  # each sentence between
    "paragraph": 0.6,
    "past": -0.25,  # told in the past perfect
    "title": 1.5,  # the event so far stands in the title alone
    "freed": 2.5,  # a release and the seizure before it
    "consequence": 1.0,  # people who fled or were arrested, and nothing else
    "pronoun": 1.0,  # done to "him", "them"
    "attackers": 2.5,  # done to "the attackers"
    "fresh": -0.25,  # a new doer acts in a new way on a new target
    "doer.new": -1.5,  # "a teenager", "warplanes": people or arms not told of before
    "item": -4.0,  # another item of a list
}
THRESHOLD = 0.6

_FARTHEST = 10  # sentences; a longer way weighs no more


def score(
    draft: EventDraft,
    incident: Incident,
    when: EventDate | None,
    *,
    is_recent: bool,
    is_first: bool,
    published_on: date | None = None,
) -> float:
    """How much speaks for one event (see `WEIGHTS`)."""
    signs = [
        *date_signs(draft, incident, when, published_on, is_first=is_first),
        *place_signs(draft, incident),
        *kind_signs(draft, incident),
        *agent_signs(draft, incident),
        *toll_signs(draft, incident),
        *name_signs(draft, incident),
        *word_signs(draft, incident),
    ]
    if when is None and not local_places(incident):
        signs.append("floating" if incident.has_toll() else "bare")
    if is_recent:
        signs.append("recent")
    if is_first:
        signs.append("main")
    if draft.last.sentence.paragraph == incident.sentence.paragraph:
        signs.append("paragraph")
    gap = incident.sentence.index - draft.last.sentence.index
    return sum(WEIGHTS[sign] for sign in signs) + WEIGHTS["distance"] * min(gap, _FARTHEST)


def is_contrast(draft: EventDraft, incident: Incident) -> bool:
    """True where an incident is of another sort than an event: a crowd's against fighters'."""
    return "crowd.apart" in kind_signs(draft, incident) or is_fresh(draft, incident)


def is_continuation(incident: Incident) -> bool:
    """True for an incident with no date and no place of its own."""
    return not incident.dates and not local_places(incident)
