"""What a time expression says, and the date that it has once the event's own date is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

from casus.model import DatePrecision, EventDate, Evidence
from casus.resolving.dates.calendar import (
    Span,
    day_span,
    earliest_weekday,
    latest_weekday,
    month_span,
    range_span,
    shift_months,
    week_span,
    year_span,
)


class DateKind(StrEnum):
    """What an expression needs before it is a date."""

    ABSOLUTE = "absolute"  # at most the publication date
    ANAPHORIC = "anaphoric"  # the date of the event that is being told
    PERIOD = "period"  # nothing makes it one: how long, or how often
    TIME = "time"  # a time of day; it has the day of its event
    DATELINE = "dateline"  # the report's own date


class Relation(StrEnum):
    """How what is told stands to the date."""

    ON = "on"
    SINCE = "since"
    UNTIL = "until"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"


class PartOfDay(StrEnum):
    """Which part of the day, as the words have it."""

    EARLY = "early"
    DAWN = "dawn"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    LATE = "late"
    NIGHT = "night"


class DateUnit(StrEnum):
    """What a span of time is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


class Unresolved(StrEnum):
    """Why an expression has no date."""

    NO_PUBLICATION_DATE = "no_publication_date"
    NO_SUCH_DAY = "no_such_day"  # February 31
    AMBIGUOUS_ORDER = "ambiguous_order"  # 04/05/2006
    NO_COUNT = "no_count"  # days earlier
    NO_EVENT = "no_event"  # the anniversary of the coup
    OUT_OF_ORDER = "out_of_order"  # from 2006 to 1996
    OUT_OF_CALENDAR = "out_of_calendar"  # before the year 1 or after 9999


_AT_NIGHTFALL = {PartOfDay.EVENING, PartOfDay.LATE, PartOfDay.NIGHT}
_UNKNOWN = EventDate(None, None, DatePrecision.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """One time expression of a text.

    `start` and `end` are the first and last day, both inclusive; None where they are
    not known without an event's date, or not at all (`reason` then says why).  With a
    `relation` they are those of the date named: "since Tuesday" is the Tuesday.
    `is_future` is true where the text looks ahead from its publication.

    Anaphoric mentions count `offset` units from an event's date, backwards where it
    is negative; None is a number that is not told, and `is_backward` then says which
    side.  With `weekday` (0 is Monday) they mean the nearest such day on that side,
    with `month` the nearest such month.  `is_from_start` counts from the first of
    several days ("the third day"); `following_days` more belong to "that day and the
    next".  Where `has_complement`, the words that follow name the event to count from
    ("two days after they were seized"), otherwise it is the one told of so far.
    Periods have their length in `offset` and `unit`.
    """

    start_char: int
    end_char: int
    kind: DateKind
    rule: str
    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    relation: Relation = Relation.ON
    is_future: bool = False
    has_clock: bool = False
    part_of_day: PartOfDay | None = None
    offset: int | None = None
    unit: DateUnit | None = None
    weekday: int | None = None
    month: int | None = None
    is_backward: bool = False
    following_days: int = 0
    is_from_start: bool = False
    has_complement: bool = False
    reason: Unresolved | None = None

    @property
    def evidence(self) -> Evidence:
        """The characters of the expression, with the rule that read them."""
        return Evidence(self.start_char, self.end_char, self.rule)

    def event_date(self) -> EventDate:
        """The date as the record has it, unknown where the expression alone gives none."""
        return EventDate(self.start, self.end, self.precision, (self.evidence,))

    def resolve(self, anchor: EventDate | date, *, anchor_part_of_day: PartOfDay | None = None) -> EventDate:
        """The date that the expression has for an event of date `anchor`.

        Only anaphoric mentions need it; a time of day has its event's day, a period
        has no date, and any other mention has its own, whatever `anchor` is.  A day or
        week counted from a month or year is unknown.  `anchor_part_of_day` makes
        "hours later" than a late evening a range of both days.
        """
        return self._from(_event_date(anchor), sign=1, part=anchor_part_of_day)

    def resolve_complement(self, own: EventDate | date) -> EventDate:
        """The date of the event that the words after the expression name.

        `own` is the date of the event that the expression itself dates: with "freed on
        Wednesday, two days after they were seized", Wednesday gives the Monday of the
        seizure.  Unknown where there is no complement.
        """
        return self._from(_event_date(own), sign=-1, part=None) if self.has_complement else _UNKNOWN

    def _from(self, anchor: EventDate, *, sign: int, part: PartOfDay | None) -> EventDate:
        if self.kind in {DateKind.ABSOLUTE, DateKind.DATELINE}:
            return self.event_date()
        if self.kind is DateKind.PERIOD or anchor.start is None or self.reason:
            return _UNKNOWN
        try:
            span = self._span(anchor.start, anchor, sign=sign, part=part)
        except OverflowError:
            return _UNKNOWN
        if span is None:
            return _UNKNOWN
        return EventDate(span.start, span.end, span.precision, (self.evidence,))

    def _span(self, start: date, anchor: EventDate, *, sign: int, part: PartOfDay | None) -> Span | None:
        """The span `offset` units from the anchor; None where the anchor is too vague for it."""
        amount = sign * (self.offset or 0)
        last = anchor.end or start
        is_exact = anchor.precision in {DatePrecision.DAY, DatePrecision.RANGE}
        if self.month is not None:
            return _named_month(self.month, start if amount < 0 else last, amount)
        if self.unit is DateUnit.MONTH:
            return self._months(start, last, amount) if is_exact or self._is_month(anchor) else None
        if self.unit in {DateUnit.YEAR, DateUnit.DECADE}:
            return self._years(start, last, amount)
        told = Span(start, last, anchor.precision)
        if self.unit in {DateUnit.HOUR, DateUnit.MINUTE}:
            return self._hours(told, amount, part)
        if self.weekday is None and amount == 0 and self.unit is not DateUnit.WEEK:
            return self._same(told) if is_exact else told
        if not is_exact:
            return None
        edge = start if amount < 0 or self.is_from_start else last
        if self.weekday is not None:
            return day_span(_named_day(self.weekday, edge, amount))
        if self.unit is DateUnit.WEEK:
            return self._weeks(start, last, amount)
        return day_span(edge + timedelta(days=amount))

    def _same(self, told: Span) -> Span:
        if not self.following_days:
            return told
        return range_span(told.start, told.end + timedelta(days=self.following_days))

    def _is_month(self, anchor: EventDate) -> bool:
        return anchor.precision is DatePrecision.MONTH

    def _months(self, start: date, last: date, amount: int) -> Span:
        if self.relation is Relation.BY:
            return day_span(shift_months(last, amount))
        if amount == 0 and (start.year, start.month) != (last.year, last.month):
            return range_span(
                month_span(start.year, start.month).start, month_span(last.year, last.month).end
            )
        moved = shift_months(start if amount < 0 else last, amount)
        return month_span(moved.year, moved.month)

    def _years(self, start: date, last: date, amount: int) -> Span:
        years = amount * (10 if self.unit is DateUnit.DECADE else 1)
        if self.relation is Relation.BY:
            return day_span(shift_months(last, 12 * years))
        return year_span((start if amount < 0 else last).year + years)

    def _weeks(self, start: date, last: date, amount: int) -> Span:
        if self.relation is Relation.BY:
            return day_span(last + timedelta(weeks=amount))
        return week_span((start if amount < 0 else last) + timedelta(weeks=amount))

    def _hours(self, told: Span, amount: int, part: PartOfDay | None) -> Span | None:
        """Hours from the anchor: its own day, unless they are many or begin late in it."""
        hours = amount if self.unit is DateUnit.HOUR else 0
        if told.precision not in {DatePrecision.DAY, DatePrecision.RANGE}:
            return told if abs(hours) < 24 else None
        if self.relation is Relation.BY:
            return day_span(told.end + timedelta(days=ceil(hours / 24)))
        if hours >= 24:
            return day_span(told.end + timedelta(days=hours // 24))
        if hours <= -24:
            return day_span(told.start - timedelta(days=-hours // 24))
        goes_on = self.unit is DateUnit.HOUR and hours >= 0 and not self.is_backward
        if part in _AT_NIGHTFALL and goes_on and told.precision is DatePrecision.DAY:
            return range_span(told.end, told.end + timedelta(days=1))
        return told


def _event_date(anchor: EventDate | date) -> EventDate:
    return EventDate(anchor, anchor, DatePrecision.DAY) if isinstance(anchor, date) else anchor


def _named_day(weekday: int, edge: date, amount: int) -> date:
    """The nearest such weekday before or after a day, not the day itself."""
    if amount < 0:
        return latest_weekday(weekday, edge - timedelta(days=1))
    return earliest_weekday(weekday, edge + timedelta(days=1))


def _named_month(month: int, edge: date, amount: int) -> Span:
    """The nearest such month before or after a day's own month."""
    if amount < 0:
        return month_span(edge.year if month < edge.month else edge.year - 1, month)
    return month_span(edge.year if month > edge.month else edge.year + 1, month)


def month_or_day_iso(mention: DateMention) -> str | None:
    """The date as "YYYY", "YYYY-MM" or "YYYY-MM-DD", as far as it is known; None without one.

    A range is written by its first day, or by its first month or year where it
    is made of whole ones.
    """
    if mention.start is None:
        return None
    day = mention.start.isoformat()
    return {DatePrecision.YEAR: day[:4], DatePrecision.MONTH: day[:7]}.get(
        mention.precision, day[: _range_digits(mention.start, mention.end)]
    )


def _range_digits(start: date, end: date | None) -> int:
    if end is None or start == end or start.day != 1:
        return 10
    if start.month == 1 and (end.month, end.day) == (12, 31):
        return 4
    return 7 if end == date.max or (end + timedelta(days=1)).day == 1 else 10
