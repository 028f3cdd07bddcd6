"""To whom: the people, forces and things that an event was aimed at.

The order of the questions: what its acts were aimed at and whom they harmed, the place where a
bomb or a shell came down, the crowd of a protest, whom the title names, and the town or village
that was attacked, and whom the pronouns mean.  People told of only as "people" are a target where they
were civilians.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from casus.model import Actor, Category, EventType, Evidence
from casus.reading.acts import ActMention
from casus.reading.casting import party_words
from casus.reading.clashes import with_conjuncts
from casus.reading.doings import is_habit, parties_of
from casus.reading.drafts import EventDraft
from casus.reading.incidents import Incident
from casus.reading.lexicon import word_lists
from casus.reading.parsing import child
from casus.reading.parties import Party, national, target_at
from casus.reading.people import Group
from casus.reading.roles import sides_of
from casus.reading.sentences import AnnotatedSentence
from casus.reading.victim_names import names_of, share_of
from casus.reading.victims_meant import party_meant
from casus.resolving.places import PlaceKind

_MOST = 4
_UP_TREE = 3
_FROM_AFAR = (EventType.BOMBING, EventType.SHELLING, EventType.AIR_STRIKE)
_CONTENTION = (EventType.PROTEST, EventType.ARREST, EventType.RIOT)
_ON_PLACES = (EventType.SHELLING, EventType.AIR_STRIKE, EventType.ATTACK, EventType.DESTRUCTION)
_TOWARDS = ("at", "towards", "toward", "into", "on")
_WHERE = ("in", "at", "on", "into", "outside", "near", "inside", "through", "onto", "against", "among")


def targets_of(
    draft: EventDraft,
    kind: EventType,
    doers: Sequence[Actor],
    *,
    victims: Category | None,
    adjective: str | None,
    title: Sequence[AnnotatedSentence],
    body: Sequence[AnnotatedSentence],
) -> tuple[Actor, ...]:
    """The targets of an event, those aimed at first, then those hurt; at most four.

    `victims` is the category of people told of only as "people"; `adjective` is that of
    the report's country: its policemen are "Afghan policemen".  `title` is empty for
    events that the title isn't about.
    """
    victims = victims if tells_civilians(draft) else None
    found = _named([*_aimed(draft), *_harmed(draft), *_venues(draft, kind)], adjective, doers, victims)
    if kind in _CONTENTION:
        found |= _named(_crowd(draft), adjective, doers, victims)
    if not found or found.keys() == {"people"}:
        found = _named(_titled(title), adjective, doers, None) or found
    if not found:
        found = _named(_meant(draft, body), adjective, doers, None)
    if not found and kind in _ON_PLACES:
        found = _places(draft)
    return tuple(found.values())[:_MOST]


def tells_civilians(draft: EventDraft) -> bool:
    """True where the event's sentences name civilians, or a place that is theirs."""
    words = {word for i in draft.incidents for word in i.sentence.words}
    groups = (g for i in draft.incidents for h in i.harms for g in h.groups)
    return bool(word_lists()["civilian places"] & words) or any(
        g.category is Category.CIVILIANS for g in groups
    )


def _named(
    parties: Iterator[Party] | Sequence[Party],
    adjective: str | None,
    doers: Sequence[Actor],
    victims: Category | None,
) -> dict[str, Actor]:
    """The parties that name somebody, by name in small letters; no doers among them."""
    acted = {actor.name.lower() for actor in doers}
    found: dict[str, Actor] = {}
    for party in parties:
        actor = national(party, adjective)
        name = actor.name.lower()
        named = name not in party_words()["nobody"] or (name == "people" and victims is Category.CIVILIANS)
        if named and not acted & {name, party.actor.name.lower()} and not _is_doers(party, doers):
            found.setdefault(name, actor)
    return {name: actor for name, actor in found.items() if f"{name}s" not in found}


def _is_doers(party: Party, doers: Sequence[Actor]) -> bool:
    """True for fighters told by kind again: "suspected militants" or "the raiders" where militants did it."""
    last = party.actor.name.lower().split()[-1]
    by_forces = any(d.name.lower().split()[-1] in party_words()["national"] for d in doers)
    if doers and not by_forces and last in party_words()["attackers"] - {"men", "group", "fighters"}:
        return True
    return party.category is Category.MILITANTS and any(last == d.name.lower().split()[-1] for d in doers)


def _aimed(draft: EventDraft) -> Iterator[Party]:
    for incident in draft.incidents:
        for act in incident.acts:
            if _sets_off(act, incident) or is_habit(incident.sentence.doc[act.trigger]):
                continue
            joined = _joined_things(act, incident)
            if joined is not None:
                yield joined
                continue
            yield from _targets_at(act, incident)


def _targets_at(act: ActMention, incident: Incident) -> Iterator[Party]:
    if act.event_type is EventType.ARMED_CLASH:
        yield from parties_of(act, incident)[1]
        return
    for noun in sides_of(act, incident.sentence.doc).targets:
        party = target_at(noun, incident.reader, incident.marks)
        if party is not None:
            yield party
            if not party.is_people:
                yield from _owners(noun, incident)


def _owners(thing: Token, incident: Incident) -> Iterator[Party]:
    """The people whose a thing is: Hindus in "the houses of Hindus", traders in "traders' stalls"."""
    links = (c for c in thing.rights if c.dep_ == "prep" and c.lower_ in ("of", "belonging"))
    nouns = [child(thing, "poss"), *(child(link, "pobj") for link in links)]
    for noun in nouns:
        if noun is not None and noun.pos_ != "PRON" and (noun.tag_ in ("NNS", "NNPS")):
            party = target_at(noun, incident.reader, incident.marks)
            if party is not None and party.is_people:
                yield party


def _sets_off(act: ActMention, incident: Incident) -> bool:
    """True for "set off a lorry": the object is what blew up, and no target."""
    verb = incident.sentence.doc[act.trigger]
    if act.rule != "act.verb" or verb.lemma_.lower() not in party_words()["set off"]:
        return False
    return verb.lemma_.lower() != "set" or any(c.lower_ == "off" for c in verb.children)


def _joined_things(act: ActMention, incident: Incident) -> Party | None:
    """The one phrase of "police and government buildings", whose last noun is the thing."""
    first = act.target
    last = next((t for t in first.conjuncts if t.i > first.i), None) if first is not None else None
    if first is None or last is None or last.i - first.i > 3 or first.tag_ != "NN":
        return None
    if last.tag_ != "NNS" or first.doc[first.i + 1].lower_ not in ("and", "or"):
        return None
    if last.lower_ not in party_words()["venue"]:
        return None
    span = first.i, last.i + 1
    evidence = Evidence(*incident.sentence.chars(*span), "target.thing")
    return Party(
        Actor(incident.sentence.text(*span), None, None, (evidence,)),
        is_named=False,
        category=None,
        token=last.i,
        is_people=False,
    )


def _harmed(draft: EventDraft) -> Iterator[Party]:
    for incident in draft.incidents:
        for harm in incident.harms:
            for group in harm.groups:
                is_told = bool(group.name)
                if group.is_part or group.pronoun is not None or not is_told:
                    continue
                for noun in _people(group, incident.sentence.doc):
                    party = target_at(noun, incident.reader, incident.marks)
                    if party is not None:
                        yield party


def _people(group: Group, doc: Doc) -> Iterator[Token]:
    """The people of a harm by each noun that the sentence has for them."""
    yield doc[group.head]
    yield from names_of(group, doc)
    most = share_of(group, doc)
    if most is not None:
        yield most


def _venues(draft: EventDraft, kind: EventType) -> Iterator[Party]:
    """Where a bomb, a shell or a missile came down: "went off in a market"."""
    if kind not in (*_FROM_AFAR, EventType.ATTACK):
        return
    for incident in draft.incidents:
        for link in incident.sentence.tokens:
            noun = child(link, "pobj") if link.dep_ == "prep" and link.lower_ in _WHERE else None
            if noun is None or not _is_at_work(link.head, incident, kind):
                continue
            is_aimed = _is_thrown_at(link)
            for thing in with_conjuncts(_whole(noun)):
                if link.lower_ == "near" and thing.pos_ == "PROPN":
                    continue
                if is_aimed or thing.lower_ in party_words()["venue"]:
                    party = target_at(thing, incident.reader, incident.marks)
                    if party is not None:
                        yield party


def _is_thrown_at(link: Token) -> bool:
    """True for the first "at" of "a grenade hurled at a bunker at the corner"."""
    links = (c for c in link.head.rights if c.dep_ == "prep" and c.lower_ in _TOWARDS)
    return link.head.lemma_.lower() in party_words()["throws"] and next(links, None) == link


def _is_at_work(word: Token, incident: Incident, kind: EventType) -> bool:
    """True for a word of the event, and for a bomb or a shell and what it does: "came down on"."""
    triggers, weapons = incident.triggers, party_words()["weapon"]
    for _ in range(_UP_TREE):
        if word.i in triggers and word.dep_ != "relcl":
            return True
        subject = child(word, "nsubj", "nsubjpass")
        armed = word if word.pos_ == "NOUN" else subject
        if kind in _FROM_AFAR and armed is not None and armed.lower_ in weapons:
            return True
        if word.dep_ not in ("acl", "prep", "prt", "dobj", "pobj"):
            return False
        word = word.head
    return False


def _whole(noun: Token) -> Token:
    """The thing in "the middle of a market"."""
    link = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    inner = child(link, "pobj") if link is not None and noun.lower_ in party_words()["part"] else None
    return inner if inner is not None else noun


def _crowd(draft: EventDraft) -> Iterator[Party]:
    """The demonstrators of a protest, where no verb makes them its target."""
    for incident in draft.incidents[:2]:
        for i, word in enumerate(incident.sentence.words):
            if word in party_words()["crowd"]:
                party = target_at(incident.sentence.doc[i], incident.reader, incident.marks)
                if party is not None:
                    yield party


def _titled(title: Sequence[AnnotatedSentence]) -> Iterator[Party]:
    """Whom the title says was attacked or harmed."""
    for annotated in title:
        for incident in annotated.incidents:
            yield from _aimed(EventDraft([incident]))
            yield from _harmed(EventDraft([incident]))


def _meant(draft: EventDraft, body: Sequence[AnnotatedSentence]) -> Iterator[Party]:
    """Whom "four of them" or "he" means, where the harmed are told by pronouns alone."""
    for incident in draft.incidents:
        for group in (g for harm in incident.harms for g in harm.groups if g.pronoun is not None):
            party = party_meant(group, incident, body)
            if party is not None:
                yield party


def _places(draft: EventDraft) -> dict[str, Actor]:
    """The town or village that was attacked, by the name that the text gives it."""
    found: dict[str, Actor] = {}
    for incident in draft.incidents:
        for act in incident.acts:
            for start, end, place in incident.marks.places:
                is_town = place.kind in (PlaceKind.SETTLEMENT, PlaceKind.UNKNOWN)
                if is_town and act.target is not None and start <= act.target.i < end:
                    name = incident.sentence.text(start, end)
                    evidence = Evidence(*incident.sentence.chars(start, end), "target.thing")
                    found.setdefault(name.lower(), Actor(name, None, None, (evidence,)))
    return found
