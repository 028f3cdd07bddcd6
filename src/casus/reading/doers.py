"""By whom, as the words of an event tell it: the doers of its acts, else whom its sentences blame.

Rules of `gold/README.md`: nobody where nobody is named; in a clash the side that is told first; in
a protest in which force was used, who used it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from casus.model import STATE_KINDS, Actor, ActorKind, Category, EventType
from casus.reading.casting import party_words
from casus.reading.doings import Doing
from casus.reading.drafts import EventDraft
from casus.reading.parties import Party, national, party_at
from casus.reading.sentences import AnnotatedSentence
from casus.reading.stories import Story

MOST_DOERS = 3
_ARRESTING = STATE_KINDS | {ActorKind.AUTHORITY}


def told_doers(
    draft: EventDraft, kind: EventType, story: Story, *, adjective: str | None
) -> tuple[Actor, ...]:
    """The doers that the words of an event name: organised sides before people told by kind.

    `adjective` is that of the report's country: its soldiers are "Afghan soldiers".
    """
    doings = _of_kind([d for i in draft.incidents for d in story.doings.get(id(i), ())], kind)
    if kind is not EventType.ARMED_CLASH and _is_disputed(doings):
        return ()
    if kind is not EventType.ARMED_CLASH and len(draft.incidents) > 1:
        doings = [d for d in doings if not d.is_answer]
    if kind is EventType.RIOT:
        doings = [d for d in doings if not _only_answers(d)] or doings
    parties = [d.party for d in doings]
    blamed = list(story.blamed_for(draft)) if kind is not EventType.ARREST else []
    if kind is EventType.PROTEST:
        parties.sort(key=lambda p: p.category is not Category.SECURITY_FORCES)
    named = [p for p in parties if p.is_named] or [p for p in blamed if p.is_named]
    if _used_force_unseen(kind, parties):
        named = list(_forces_at_work(draft, story)) or named
    if not named and kind is EventType.ARREST:
        named = list(_announcing(draft))
    if named:
        return distinct(named)[:MOST_DOERS]
    described = sorted([*parties, *blamed], key=_is_vague)[:1]
    return tuple(national(party, adjective) for party in described)


def _only_answers(doing: Doing) -> bool:
    """True for a force that meets a riot without shooting or beating anyone."""
    return doing.party.category is Category.SECURITY_FORCES and not doing.is_harm


def _of_kind(doings: Sequence[Doing], kind: EventType) -> list[Doing]:
    """The doers of the deed itself: who makes arrests in its aftermath did nothing else."""
    return [d for d in doings if d.is_arrest is (kind is EventType.ARREST)] or (
        list(doings) if kind is EventType.ARREST else []
    )


def _used_force_unseen(kind: EventType, parties: Sequence[Party]) -> bool:
    """True where a protest's own words don't tell that a force was used, nor a riot's who rioted."""
    if kind is EventType.RIOT:
        return not parties
    return kind is EventType.PROTEST and not any(p.category is Category.SECURITY_FORCES for p in parties)


def _forces_at_work(draft: EventDraft, story: Story) -> Iterator[Party]:
    """The forces that the sentences of a protest make the subject of a verb: "police opened up on them"."""
    told = {i.sentence.index for i in draft.incidents}
    for annotated in story.body:
        if annotated.sentence.index in told:
            for mark in dict.fromkeys(annotated.marks.actors.values()):
                noun = annotated.sentence.doc[mark.end - 1]
                if mark.kind in STATE_KINDS and _acts(noun, annotated):
                    party = party_at(noun, annotated.reader, annotated.marks)
                    if party is not None:
                        yield party


def _acts(noun: Token, annotated: AnnotatedSentence) -> bool:
    """True for the subject of a verb other than the one by which somebody speaks."""
    while noun.dep_ in ("compound", "conj", "amod", "nmod") and noun.head.i != noun.i:
        noun = noun.head
    verb = noun.head
    if noun.dep_ not in ("nsubj", "agent") or verb.pos_ != "VERB" or verb.lemma_.lower() in ("be", "have"):
        return False
    return all(verb.i != s.verb for s in annotated.statements)


def _announcing(draft: EventDraft) -> Iterator[Party]:
    """The forces or authorities that announce an arrest."""
    for incident in draft.incidents:
        for statement in incident.statements:
            for i in range(statement.speaker_start, statement.speaker_end):
                mark = incident.marks.actors.get(i)
                if mark is not None and mark.kind in _ARRESTING:
                    party = party_at(incident.sentence.doc[mark.end - 1], incident.reader, incident.marks)
                    if party is not None:
                        yield party


def _is_vague(party: Party) -> bool:
    """True for words that say only that somebody attacked: "the attackers", "the men"."""
    return party.actor.name.lower() in party_words()["attackers"]


def _is_disputed(doings: Sequence[Doing]) -> bool:
    """True where only speakers name the doers, and different ones."""
    named = [d for d in doings if d.party.is_named]
    if not named or any(not d.is_attributed for d in named):
        return False
    by_trigger: dict[int, set[str]] = {}
    for doing in named:
        by_trigger.setdefault(doing.trigger, set()).add(doing.party.actor.name)
    told = list(by_trigger.values())
    return any(one.isdisjoint(other) for one in told for other in told)


def distinct(parties: Iterable[Party]) -> tuple[Actor, ...]:
    """The actors of parties, each name once, in their order."""
    found: dict[str, Actor] = {}
    for party in parties:
        found.setdefault(party.actor.name.lower(), party.actor)
    return tuple(found.values())
