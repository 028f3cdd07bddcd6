"""An agreement as its page shows it: what was undertaken, what happened around it, who alleges what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton

from casus.casebook.browsing.agreements import bounds_of
from casus.casebook.browsing.records import (
    AgreementRecord,
    AgreementRow,
    AgreementTold,
    Allegation,
    EventRow,
    PartyAct,
    PartyEvent,
    Period,
    Promise,
)
from casus.casebook.pacts.bearing import rule_words
from casus.casebook.records import ReportHead, Role
from casus.casebook.withholding import Withheld
from casus.exports.redacting import RedactedText
from casus.output.wording import speaker_words
from casus.web.access import Person
from casus.web.privacy import visible_anywhere
from casus.web.rendering import Shown
from casus.web.views.excerpts import Excerpt, excerpts
from casus.web.views.lines import EventLine, event_lines

MOST_LINES = 30
_MOST_OF_PROMISE = 10
_WEEK = 7
Texts = Mapping[int, RedactedText]


@dataclass(frozen=True, slots=True)
class PromiseShown:
    """What a party undertook, in the words of reports, and the first of the events that bear on it.

    `rule` says by which rule they do; `later` are those after the deadline.
    """

    by: str
    text: str
    deadline: str | None
    words: tuple[Excerpt, ...]
    rule: str
    told_target: str | None
    lines: tuple[EventLine, ...]
    events: int
    later_lines: tuple[EventLine, ...]
    later: int
    others: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class AllegedShown:
    """Who says that a party broke its word: `by` of `whom`, in which words, and about which event."""

    by: str
    whom: str | None
    words: tuple[Excerpt, ...]
    event: str | None


@dataclass(frozen=True, slots=True)
class PartyLine:
    """An event in a list, and what it names parties as."""

    line: EventLine
    parties: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class AgreementShown:
    """A page's agreement; `cut` is how many events each list leaves out."""

    row: AgreementRow
    words: tuple[Excerpt, ...]
    promises: tuple[PromiseShown, ...]
    alleged: tuple[AllegedShown, ...]
    before: tuple[PartyLine, ...]
    between: tuple[PartyLine, ...]
    after: tuple[PartyLine, ...]
    cut: tuple[int, int, int]


def reports_of(record: AgreementRecord) -> tuple[ReportHead, ...]:
    """The reports whose words the page of an agreement shows."""
    heads = [*(one.report for one in record.row.told), *(one.report for one in record.alleged)]
    return tuple({head.number: head for head in heads}.values())


def agreement_shown(
    record: AgreementRecord, texts: Texts, person: Person, withheld: Withheld
) -> AgreementShown:
    """An agreement as somebody may see it."""
    row = visible_anywhere(person, record.row, withheld)
    before, after = record.before[-MOST_LINES:][::-1], record.after[:MOST_LINES]
    between, acts = record.between[:MOST_LINES], record.acts
    return AgreementShown(
        row,
        tuple(words_of(row.told, texts)),
        tuple(_promise(one, record.rows, texts, person, withheld) for one in record.promises),
        tuple(_alleged(visible_anywhere(person, one, withheld), texts) for one in record.alleged),
        _lines(before, person, withheld),
        _lines(between, person, withheld),
        _lines(after, person, withheld),
        (len(acts.before) - len(before), len(acts.between) - len(between), len(acts.after) - len(after)),
    )


def words_of(told: Iterable[AgreementTold], texts: Texts) -> Iterable[Excerpt]:
    """The sentences in which reports tell of an agreement, one a report."""
    for one in told:
        yield from excerpts(one.report, texts, [one.agreement.quote])


def _promise(
    promise: Promise, rows: Mapping[str, EventRow], texts: Texts, person: Person, withheld: Withheld
) -> PromiseShown:
    by, text, told = visible_anywhere(person, (promise.by, promise.text, promise.told), withheld)
    rule, target = visible_anywhere(
        person, (rule_words(promise.bearing), promise.bearing.told_target), withheld
    )
    words = [one for head, commitment in told for one in excerpts(head, texts, commitment.evidence[:1])]
    lines, later = (
        event_lines(
            [rows[act.event] for act in acts[:_MOST_OF_PROMISE] if act.event in rows], person, withheld
        )
        for acts in (promise.events, promise.later)
    )
    return PromiseShown(
        by,
        text,
        promise.deadline,
        tuple(words),
        rule,
        target,
        lines,
        len(promise.events),
        later,
        len(promise.later),
        promise.others,
        promise.unplaced,
    )


def _alleged(one: Allegation, texts: Texts) -> AllegedShown:
    claim = one.claim
    return AllegedShown(
        speaker_words(claim.speaker),
        claim.actor.name if claim.actor else None,
        excerpts(one.report, texts, [claim.quote]),
        one.event,
    )


def _lines(some: Sequence[PartyEvent], person: Person, withheld: Withheld) -> tuple[PartyLine, ...]:
    lines = event_lines([one.row for one in some], person, withheld)
    return tuple(
        PartyLine(line, visible_anywhere(person, one.parties, withheld))
        for line, one in zip(lines, some, strict=True)
    )


def weeks_of(record: AgreementRecord) -> tuple[Period, ...]:
    """The weeks before and after an agreement, counted from its day, with what began in each."""
    if record.day is None or record.since is None or record.until is None:
        return ()
    first = record.day - timedelta(days=_WEEK * -(-(record.day - record.since).days // _WEEK))
    counts: defaultdict[date, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for act in (*record.acts.before, *record.acts.between, *record.acts.after):
        week = first + timedelta(days=(act.start - first).days // _WEEK * _WEEK)
        for at, count in enumerate(_figures(act)):
            counts[week][at] += count
    weeks = range((record.until - first).days // _WEEK + 1)
    starts = [first + timedelta(days=_WEEK * week) for week in weeks]
    return tuple(Period(start, start + timedelta(days=_WEEK - 1), *counts[start]) for start in starts)


def _figures(one: PartyAct) -> tuple[int, int, int, int, int]:
    """One event, its dead at least, best and most, and whether a figure of them is known."""
    span = one.killed
    known = [figure for figure in (span.best, span.low, span.high) if figure is not None]
    if not known:
        return 1, 0, 0, 0, 0
    best = known[0]
    low, high = (best if figure is None else figure for figure in (span.low, span.high))
    return 1, low, best, high, 1


def told_time(told: str | None, shown: Shown) -> str | None:
    """An ISO date, month or year as a reader's locale writes it; None for none."""
    first, last = bounds_of(told)
    if first is None or last is None:
        return told
    if first == last:
        return shown.day(first)
    return (
        str(first.year) if first.month != last.month else format_skeleton("yMMMM", first, locale=shown.locale)
    )
