"""By whom: the perpetrators of an event, as the report's voice or its best-attributed claim names them.

Rules of `gold/README.md`: nobody where nobody is named; who alone is accused is named, even where
it denies; where accounts name different perpetrators and the report takes no side, nobody; in a
clash the side that is told first.

The order of the questions: whom the words of the event name, whom the report blames, who owns up
to it, who alone is accused, what the title says, and whom an event told beside the main one shares
with it.  Rule `actor.only_group`: the one armed group that a report names, where it tells of
attackers by kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from casus.model import Actor, Category, Claim, ClaimKind, EventType, Evidence, Place, ReportedEvent
from casus.reading.attribution import Statement
from casus.reading.blame import blamed_in
from casus.reading.discourse import EventDraft
from casus.reading.doings import Doing, doings_in
from casus.reading.naming import GROUP_KINDS, party_words
from casus.reading.parties import Party, party_at
from casus.reading.sentences import AnnotatedSentence, Annotation
from casus.resolving.actors import ActorKind

_MOST = 3
_FROM_AFAR = (EventType.AIR_STRIKE, EventType.SHELLING)
_CONTENTION = (EventType.PROTEST, EventType.RIOT)
_ARRESTING = (ActorKind.STATE_FORCE, ActorKind.AUTHORITY)
_PEACEFUL = (*_CONTENTION, EventType.ARREST, EventType.OTHER)
_UNCLAIMED = re.compile(
    r"\b(?:no (?:one|group|organi[sz]ation|party|side|claims?)|nobody|neither)\b[^.]{0,40}"
    r"\b(?:claim|claimed|responsibility|owned up|admitted|taken)\b"
    r"|\bnot (?:been |immediately |yet )*(?:claimed|said that it was behind|taken responsibility)\b|\bno (?:immediate )?claim of responsibility\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """A report as far as its doers are concerned: its sentences, and who acts in each incident."""

    title: tuple[AnnotatedSentence, ...]
    body: tuple[AnnotatedSentence, ...]
    doings: Mapping[int, Sequence[Doing]]  # by id of the incident
    blamed: Mapping[int, Sequence[Party]]  # by index of the sentence
    eventful: frozenset[int]  # the indices of sentences that tell of an event
    unclaimed: bool  # says that nobody has owned up
    tellers: frozenset[str]  # the sides that tell of events as of others' acts

    def blamed_for(self, draft: EventDraft) -> Iterator[Party]:
        """Whom the sentences of an event blame, and those right after them that tell no other event."""
        told = {i.sentence.index for i in draft.incidents}
        is_ours = False
        for annotated in self.body:
            index = annotated.sentence.index
            is_ours = index in told or (is_ours and index not in self.eventful)
            if is_ours:
                yield from self.blamed.get(index, ())

    @classmethod
    def of(cls, annotation: Annotation, drafts: Sequence[EventDraft]) -> Story:
        """The story of an annotated report."""
        title = tuple(s for s in annotation.sentences if s.sentence.is_title)
        body = tuple(s for s in annotation.sentences if not s.sentence.is_title)
        text = " ".join(s.sentence.doc.text for s in body)
        doings = doings_in([i for s in (*title, *body) for i in s.incidents])
        return cls(
            title,
            body,
            doings,
            blamed={s.sentence.index: tuple(blamed_in(s.reader, s.marks)) for s in body},
            eventful=frozenset(i.sentence.index for d in drafts for i in d.incidents),
            unclaimed=_UNCLAIMED.search(text) is not None,
            tellers=frozenset(_tellers(body, doings)),
        )


def _tellers(body: Sequence[AnnotatedSentence], doings: Mapping[int, Sequence[Doing]]) -> Iterator[str]:
    """The sides that tell of what others did."""
    for annotated in body:
        told = [d for i in annotated.incidents for d in doings.get(id(i), ())]
        for statement in annotated.statements:
            doers = {d.party.actor.name for d in told if statement.covers(d.trigger)}
            sides = {v.affiliation for v in statement.voices if v.affiliation is not None}
            if statement.kind in ("say", "accuse") and _covers_any(statement, annotated):
                yield from sides - doers


def _covers_any(statement: Statement, annotated: AnnotatedSentence) -> bool:
    return any(statement.covers(t) for i in annotated.incidents for t in i.triggers)


# -- as the event's own words name them


def told_doers(draft: EventDraft, kind: EventType, story: Story) -> tuple[Actor, ...]:
    """The doers that the words of an event name: organised sides before people told by kind."""
    doings = [d for i in draft.incidents for d in story.doings.get(id(i), ())]
    if kind is not EventType.ARMED_CLASH and _is_disputed(doings):
        return ()
    parties = [d.party for d in doings]
    blamed = list(story.blamed_for(draft))
    if kind in _CONTENTION:
        parties.sort(key=lambda p: p.category is not Category.SECURITY_FORCES)
    named = [p for p in parties if p.is_named] or [p for p in blamed if p.is_named]
    if kind in _CONTENTION and not any(p.category is Category.SECURITY_FORCES for p in parties):
        named = [p for p in _forces_at_work(draft, story)] or named
    if not named and kind is EventType.ARREST:
        named = list(_announcing(draft))
    if named:
        return _distinct(named)[:_MOST]
    return _distinct(sorted([*parties, *blamed], key=_is_vague))[:1]


def _forces_at_work(draft: EventDraft, story: Story) -> Iterator[Party]:
    """The forces that the sentences of a protest make the subject of a verb: "police opened up on them"."""
    told = {i.sentence.index for i in draft.incidents}
    for annotated in story.body:
        if annotated.sentence.index in told:
            for mark in dict.fromkeys(annotated.marks.actors.values()):
                noun = annotated.sentence.doc[mark.end - 1]
                if mark.kind is ActorKind.STATE_FORCE and _acts(noun, annotated):
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


def _distinct(parties: Iterable[Party]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for party in parties:
        found.setdefault(party.actor.name.lower(), party.actor)
    return tuple(found.values())


# -- as the report as a whole tells


def settled_doers(
    events: Sequence[ReportedEvent], drafts: Sequence[EventDraft], claims: Sequence[Claim], story: Story
) -> tuple[ReportedEvent, ...]:
    """The events, one a draft, with the doers that claims, the title and the rest of the report name."""
    groups = _armed_groups(story)
    settled = []
    for event, draft in zip(events, drafts, strict=True):
        accused = _named_in(claims, event, ClaimKind.ACCUSATION)
        if event.event_type is not EventType.ARMED_CLASH and _is_rebutted(event, draft, accused, story):
            settled.append(replace(event, perpetrators=()))
            continue
        found = _with_title(_with_accused(event, claims), story)
        settled.append(found if accused else _with_group(found, groups, story))
    return tuple(_with_main_doers(event, settled, story) for event in settled)


def _is_rebutted(
    event: ReportedEvent, draft: EventDraft, accused: Sequence[Actor], story: Story
) -> bool:
    """True where only the accused name the doer: each side blames the other."""
    names = {actor.name for actor in accused} - {actor.name for actor in event.perpetrators}
    if not names or not _is_settled(event.perpetrators):
        return False
    tellers: set[str | None] = set()
    for incident in draft.incidents:
        for doing in story.doings.get(id(incident), ()):
            if doing.party.is_named and not doing.is_attributed:
                return False
            covering = [s for s in incident.statements if s.covers(doing.trigger)]
            tellers |= {v.affiliation for s in covering for v in s.voices}
    return bool(tellers & names)


def _is_settled(actors: Sequence[Actor]) -> bool:
    return any(actor.registry_id or actor.country_code for actor in actors)


def _with_accused(event: ReportedEvent, claims: Sequence[Claim]) -> ReportedEvent:
    """The event with the doer that claims alone name: who owns up to it, else who alone is accused."""
    if _is_settled(event.perpetrators):
        return event
    owners = _named_in(claims, event, ClaimKind.RESPONSIBILITY)
    accused = _named_in(claims, event, ClaimKind.ACCUSATION)
    chosen = owners or (accused if len(accused) == 1 else ())
    return replace(event, perpetrators=chosen[:_MOST]) if chosen else event


def _named_in(claims: Sequence[Claim], event: ReportedEvent, kind: ClaimKind) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for claim in claims:
        if claim.event_id == event.id and claim.kind is kind and claim.actor is not None and claim.actor.name:
            found[claim.actor.name.lower()] = claim.actor
    return tuple(found.values())


def _with_title(event: ReportedEvent, story: Story) -> ReportedEvent:
    """The main event with the doer that the title names, where the text names none."""
    if not event.is_main or _is_settled(event.perpetrators):
        return event
    incidents = [i for s in story.title for i in s.incidents]
    if len(incidents) != 1:
        return event
    doings = [d for d in story.doings.get(id(incidents[0]), ()) if d.party.token < d.trigger]
    named = [d.party for d in doings if d.party.is_named]
    if named:
        return replace(event, perpetrators=_distinct(named)[:_MOST])
    if event.perpetrators or not doings:
        return event
    return replace(event, perpetrators=_distinct(d.party for d in doings)[:1])


def _armed_groups(story: Story) -> dict[str, Actor]:
    """The armed groups that a report names, by name."""
    found: dict[str, Actor] = {}
    for annotated in story.body:
        for mark in annotated.marks.actors.values():
            if mark.kind in GROUP_KINDS:
                evidence = Evidence(*annotated.sentence.chars(mark.start, mark.end), "actor.only_group")
                found.setdefault(
                    mark.name, Actor(mark.name, mark.registry_id, mark.country_code, (evidence,))
                )
    return found


def _with_group(event: ReportedEvent, groups: Mapping[str, Actor], story: Story) -> ReportedEvent:
    """The event with the one armed group that the report names, where its doers are told by kind alone."""
    if len(groups) != 1 or event.event_type in _PEACEFUL or _is_settled(event.perpetrators):
        return event
    group = next(iter(groups.values()))
    is_known = any(actor.name == group.name for actor in event.targets) or group.name in story.tellers
    words = {word for actor in event.perpetrators for word in actor.name.lower().split()}
    are_fighters = not words.isdisjoint(party_words()["fighters"])
    if is_known or (story.unclaimed and not are_fighters):
        return event
    if event.is_main or are_fighters:
        return replace(event, perpetrators=(group,))
    return event


def _with_main_doers(
    event: ReportedEvent, events: Sequence[ReportedEvent], story: Story
) -> ReportedEvent:
    """An event told beside the main one with its doers, where its own are not told: further strikes, raids."""
    main = events[0]
    if event is main or event.perpetrators or not _is_settled(main.perpetrators) or story.unclaimed:
        return event
    afar = event.event_type is main.event_type and event.event_type in _FROM_AFAR
    same = event.event_type is main.event_type and _is_near(event.where, main.where)
    own = {t.category for t in event.tolls}
    fought = Category.SECURITY_FORCES in own & {t.category for t in main.tolls}
    return replace(event, perpetrators=main.perpetrators) if afar or same or fought else event


def _is_near(one: Place | None, other: Place | None) -> bool:
    """True for places in one first-order unit, as far as they are known."""
    if one is None or other is None:
        return True
    return one.country_code == other.country_code and (None in (one.adm1, other.adm1) or one.adm1 == other.adm1)
