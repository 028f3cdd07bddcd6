"""Whom the words of one sentence make the doers of an event, and whether in the report's own voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import Category
from casus.reading.incidents import Incident
from casus.reading.naming import party_words
from casus.reading.parties import Party, party_at
from casus.reading.roles import sides_of

_BACK = ("they", "them", "he", "she", "it", "who", "which")
_REACH = 2  # sentences back to whom "they" may mean


@dataclass(frozen=True, slots=True, eq=False)
class Doing:
    """A doer of an event: `trigger` is the token of the word that says what was done.

    `is_attributed` is True where a speaker says so, and not the report itself.
    """

    party: Party
    trigger: int
    is_attributed: bool


def doings_of(incident: Incident) -> list[Doing]:
    """The doers that an incident's own words name, in the order of the text."""
    found = []
    for trigger, noun in _nouns(incident):
        party = party_at(noun, incident.reader, incident.marks)
        if party is not None and _can_do(party, noun, incident):
            attributed = any(s.covers(trigger) for s in incident.statements)
            found.append(Doing(party, trigger, is_attributed=attributed))
    return found


def _nouns(incident: Incident) -> Iterator[tuple[int, Token]]:
    for mention in sorted([*incident.harms, *incident.acts], key=lambda m: m.trigger):
        for noun in sides_of(mention, incident.sentence.doc).doers:
            yield mention.trigger, noun


def _can_do(party: Party, noun: Token, incident: Incident) -> bool:
    """False for a speaker, for nobody in particular, and for a single civilian."""
    words = incident.sentence.words
    if words[noun.i + 1 : noun.i + 2] == (":",):
        return False
    if any(s.speaker_start <= noun.i < s.speaker_end and not s.covers(noun.i) for s in incident.statements):
        return False
    if party.is_named:
        return True
    if party.actor.name.lower() in party_words()["nobody"] - party_words()["attackers"]:
        return False
    is_crowd = noun.tag_ in ("NNS", "NNPS") or noun.lower_ in party_words()["collective"]
    return party.category is not Category.CIVILIANS or is_crowd


def doings_in(incidents: Sequence[Incident]) -> dict[int, list[Doing]]:
    """The doers of a report's incidents, by `id` of the incident; "they" means whoever acted just before."""
    found: dict[int, list[Doing]] = {}
    last: tuple[int, list[Doing]] | None = None
    for incident in incidents:
        doings = doings_of(incident)
        index = incident.sentence.index
        if not doings and last is not None and index - last[0] <= _REACH and _refers_back(incident):
            doings = last[1]
        if doings:
            last = index, doings
        found[id(incident)] = doings
    return found


def _refers_back(incident: Incident) -> bool:
    """True where a pronoun, or a word such as "attackers", stands as the doer."""
    return any(noun.lower_ in _BACK for _, noun in _nouns(incident))
