"""Which event each statement is about, and the claims that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casus.model import Agreement, Claim, ClaimKind
from casus.reading.acts import ActMention
from casus.reading.antecedents import figures_meant
from casus.reading.attribution import Statement, covers
from casus.reading.claims import claims_of
from casus.reading.drafts import EventDraft
from casus.reading.figures import Figure, figures_of
from casus.reading.incidents import Incident
from casus.reading.mentions import HarmMention
from casus.reading.reporting import SpeechAct
from casus.reading.said_clauses import Range, clauses_of
from casus.reading.sentences import AnnotatedSentence
from casus.reading.told import Told
from casus.reading.voices import Voice

_REACH = 3  # sentences from the telling of an event in which its circumstances are told


def find_claims(
    body: Sequence[AnnotatedSentence], drafts: Sequence[EventDraft], home_code: str | None
) -> tuple[Claim, ...]:
    """The claims of a report's body in the order of the text, none twice.

    Events are numbered e1, e2, … in the order of `drafts`; `home_code` is the country of
    the report, as an ISO 3166-1 code.
    """
    numbers = {id(i): f"e{n}" for n, draft in enumerate(drafts, 1) for i in draft.incidents}
    near = _near_events(drafts)
    quoted = _Quoted()
    found: list[Claim] = []
    for position, annotated in enumerate(body):
        for statement in annotated.statements:
            made = _claims(
                annotated, statement, drafts, numbers, home_code=home_code, earlier=body[:position]
            )
            index = annotated.sentence.index
            found += (
                c
                for c in made
                if _is_kept(c, annotated, statement, quoted, is_near=(c.event_id, index) in near)
            )
    return tuple(dict.fromkeys(found))


def _near_events(drafts: Sequence[EventDraft]) -> frozenset[tuple[str | None, int]]:
    """The sentences near enough to the telling of each event to tell of its circumstances."""
    told = {(f"e{n}", i.sentence.index) for n, draft in enumerate(drafts, 1) for i in draft.incidents}
    return frozenset((e, index + step) for e, index in told for step in range(-_REACH, _REACH + 1))


@dataclass(slots=True)
class _Quoted:
    """The circumstance that a quotation has given: a second sentence of it gives no second one."""

    paragraph: int = -1
    given: set[tuple[str | None, str | None, str | None]] = field(default_factory=set)

    def is_given(self, claim: Claim, paragraph: int) -> bool:
        """True where the quotations of the paragraph have given a circumstance of that speaker and event."""
        if paragraph != self.paragraph:
            self.paragraph, self.given = paragraph, set()
        key = (claim.event_id, claim.speaker.name, claim.speaker.role)
        known = key in self.given
        self.given.add(key)
        return known


def _is_kept(
    claim: Claim, annotated: AnnotatedSentence, statement: Statement, quoted: _Quoted, *, is_near: bool
) -> bool:
    """False for a circumstance far from any event, and for what only goes on in a quotation."""
    if claim.kind is not ClaimKind.CIRCUMSTANCE:
        return True
    if not is_near:
        return False
    is_quotation = statement.verb is None or '"' in annotated.sentence.words
    return not (is_quotation and quoted.is_given(claim, annotated.sentence.paragraph))


def without_agreed(claims: Sequence[Claim], agreements: Sequence[Agreement]) -> tuple[Claim, ...]:
    """The claims without the promises that stand as commitments of an agreement."""
    agreed = [e for agreement in agreements for c in agreement.commitments for e in c.evidence]
    return tuple(
        claim
        for claim in claims
        if claim.kind is not ClaimKind.COMMITMENT
        or not any(
            e.start_char < claim.quote.end_char and claim.quote.start_char < e.end_char for e in agreed
        )
    )


def _claims(
    annotated: AnnotatedSentence,
    statement: Statement,
    drafts: Sequence[EventDraft],
    numbers: Mapping[int, str],
    *,
    home_code: str | None,
    earlier: Sequence[AnnotatedSentence],
) -> Iterator[Claim]:
    if annotated.statistics:
        return
    own = [i for i in annotated.incidents if id(i) in numbers]
    covered = [i for i in own if any(statement.covers(t) for t in i.triggers)]
    told_of = list(dict.fromkeys(numbers[id(i)] for i in covered))
    if not told_of:
        focus = numbers[id(own[0])] if own else _in_focus(annotated, drafts)
        told_of = [focus] if focus is not None else []
    for event_id in told_of:
        incidents = [i for i in covered if numbers[id(i)] == event_id]
        harms = [h for i in incidents for h in i.harms]
        figures = _figures(incidents, statement) + figures_meant(annotated, statement, harms, earlier)
        for voice in statement.voices:
            clauses = _clauses(annotated, statement, voice, incidents, home_code)
            yield from claims_of(clauses, event_id, figures)


def _clauses(
    annotated: AnnotatedSentence,
    statement: Statement,
    voice: Voice,
    incidents: Sequence[Incident],
    home_code: str | None,
) -> list[Told]:
    """What a voice tells, by clause; a verb that takes a stand ("denied") keeps its whole statement."""
    doc = annotated.sentence.doc
    plain = statement.kind in (SpeechAct.SAY, SpeechAct.CONFIRM)
    scopes = clauses_of(doc, statement.scope, statement.verb) if plain else [statement.scope]
    return [
        Told(
            statement,
            voice,
            scope,
            annotated.sentence,
            annotated.reader,
            annotated.marks,
            _mentions_in(incidents, scope),
            home_code,
        )
        for scope in scopes
    ]


def _mentions_in(
    incidents: Sequence[Incident], scope: tuple[Range, ...]
) -> tuple[HarmMention | ActMention, ...]:
    mentions: list[HarmMention | ActMention] = []
    for incident in incidents:
        mentions += incident.harms
        mentions += incident.acts
    return tuple(m for m in mentions if covers(scope, m.trigger))


def _figures(incidents: Sequence[Incident], statement: Statement) -> list[Figure]:
    return [
        f for i in incidents for f in figures_of(i) if statement.covers(f.trigger) and f.value is not None
    ]


def _in_focus(annotated: AnnotatedSentence, drafts: Sequence[EventDraft]) -> str | None:
    """The event that the paragraph has told of last, else the report's first."""
    sentence = annotated.sentence
    last = [
        (i.sentence.index, -n)
        for n, draft in enumerate(drafts, 1)
        for i in draft.incidents
        if i.sentence.paragraph == sentence.paragraph and i.sentence.index < sentence.index
    ]
    if last:
        return f"e{-max(last)[1]}"
    return _told_most(drafts)


def _told_most(drafts: Sequence[EventDraft]) -> str | None:
    """The event that most sentences tell of; of several, the first."""
    if not drafts:
        return None
    told = [len({i.sentence.index for i in draft.incidents}) for draft in drafts]
    if max(told) < 2 * told[0]:
        return "e1"
    return f"e{told.index(max(told)) + 1}"
