"""What happened around an agreement, by period, party, kind and area, and what bears on its commitments.

Nothing here says that anybody broke an agreement: events bear on a commitment by a rule that is told
with them, and violations are alleged, by whom the answer says.
"""

from __future__ import annotations

from casus.analysis.pact_counts import counts_of, periods_of
from casus.analysis.pact_rates import EXPLAINED, compared, coverage_of
from casus.analysis.pact_results import Alleged, Borne, PactTimeline
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import AgreementRecord, Allegation, Promise, TimeUnit
from casus.casebook.pacts.bearing import rule_words
from casus.errors import NotAnswerable, NotInCasebook

__all__ = ["pact_timeline"]

MOST_DAYS = 3650
_DAYS_BY_WEEK = 28
_DAYS_BY_MONTH = 400


def pact_timeline(
    book: Casebook,
    number: int,
    days: int = 90,
    unit: TimeUnit | None = None,
    *,
    sees_withheld: bool = True,
) -> PactTimeline:
    """What happened so many days before and after an agreement, by any number of it.

    Without a `unit`, periods are days, weeks or months, as suits; they are counted from the
    agreement's day, so that none is on both sides.  An agreement without a day has no periods.

    Raises `NotInCasebook` where there is no such agreement, `NotAnswerable` for a number of days that
    is none.
    """
    if not 1 <= days <= MOST_DAYS:
        raise NotAnswerable(f"{days} days before and after: ask for 1 to {MOST_DAYS}")
    record = book.browse.agreement(number, days, sees_withheld=sees_withheld, most=0)
    if record is None:
        raise NotInCasebook(f"no agreement {number} in this casebook: 'casus agreements list' lists them")
    unit = unit or _unit_of(days)
    coverage = coverage_of(book, record)
    rates, unanswered = compared(record, coverage)
    texts = book.texts(one.report.number for one in record.alleged)
    return PactTimeline(
        record.row,
        record.day,
        record.last,
        record.since,
        record.until,
        record.actors,
        days,
        unit,
        periods_of(record, unit),
        counts_of(record.acts),
        record.acts,
        tuple(map(_borne, record.promises)),
        tuple(_alleged(one, texts[one.report.number]) for one in record.alleged),
        coverage,
        rates,
        (*_cautions(record), *((EXPLAINED,) if rates else ()), *unanswered),
    )


def _unit_of(days: int) -> TimeUnit:
    if days <= _DAYS_BY_WEEK:
        return TimeUnit.DAY
    return TimeUnit.WEEK if days <= _DAYS_BY_MONTH else TimeUnit.MONTH


def _borne(promise: Promise) -> Borne:
    return Borne(
        promise.by,
        promise.text,
        promise.deadline,
        rule_words(promise.bearing),
        promise.bearing.told_target,
        tuple(head.publisher or head.source for head, _ in promise.told),
        promise.events,
        promise.later,
        promise.others,
        promise.unplaced,
    )


def _alleged(one: Allegation, text: str) -> Alleged:
    claim = one.claim
    return Alleged(
        claim.speaker.name,
        claim.speaker.role,
        claim.speaker.affiliation,
        claim.speaker.is_anonymous,
        claim.actor.name if claim.actor else None,
        one.report,
        " ".join(text[claim.quote.start_char : claim.quote.end_char].split()),
        one.event,
    )


def _cautions(record: AgreementRecord) -> list[str]:
    """What to be careful about, in sentences."""
    row, found = record.row, []
    if record.day is None:
        found.append(
            "nobody says when it was agreed, so that there is no before and after: "
            f"'casus agreements correct {row.number} --on DAY' gives it a day"
        )
    elif record.day != record.last:
        known = "month" if len(row.agreed_on or "") == len("2000-01") else "year"
        found.append(
            f"only the {known} of the agreement is known: events from {record.day} to {record.last} are on "
            "neither side"
        )
    found += [f"to check: {because}" for because in row.needs_review]
    if row.is_rejected:
        found.append("this entry was rejected: it is kept for its history")
    return found
