"""Dates in the language of news, as a specification.

The cases are those of `dates.tsv`, which `casus evaluate dates` scores too.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import KnowledgeError
from casus.evaluation.dates import AnnotatedText, read_table_file
from casus.evaluation.dates.tables import read_rows
from casus.model import DatePrecision, EventDate
from casus.resolving.dates import (
    DateKind,
    DateMention,
    DateUnit,
    PartOfDay,
    Relation,
    Unresolved,
    find_dates,
    month_or_day_iso,
)
from casus.resolving.dates.calendar import easter_sunday
from casus.resolving.dates.named_days import load_named_days

WEDNESDAY = date(2011, 3, 16)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def described(mention: DateMention) -> str:
    """What a mention says besides its days and precision, as the column `says` has it."""
    words: list[str] = []
    if mention.kind is not DateKind.ABSOLUTE:
        words.append(mention.kind)
    if mention.kind in {DateKind.ANAPHORIC, DateKind.PERIOD} and mention.unit:
        words.append(f"{'some' if mention.offset is None else mention.offset} {mention.unit}")
    if mention.weekday is not None:
        words.append(WEEKDAYS[mention.weekday])
    if mention.relation is not Relation.ON:
        words.append(mention.relation)
    if mention.part_of_day:
        words.append(mention.part_of_day)
    words += ["clock"] * mention.has_clock + ["future"] * mention.is_future
    words += ["complement"] * mention.has_complement + ([mention.reason] if mention.reason else [])
    return " ".join(words)


TABLE = Path(__file__).with_name("dates.tsv")
CASES = read_table_file(TABLE)
SAYS = [row["says"] for _, row in read_rows(TABLE)]


@pytest.mark.parametrize(
    ("case", "says"), list(zip(CASES, SAYS, strict=True)), ids=[case.text for case in CASES]
)
def test_sentence_says_when(case: AnnotatedText, says: str) -> None:
    mentions = find_dates(case.text, published_on=case.published_on)
    found = [case.text[m.start_char : m.end_char] for m in mentions]
    assert found == [case.text[span.start_char : span.end_char] for span in case.spans]
    assert [told(m.event_date()) for m in mentions] == [
        span.written if span.start else "unknown" for span in case.spans
    ]
    assert "; ".join(map(described, mentions)).strip("; ") == says.strip("; ")


def only_mention(text: str, published_on: date | None = WEDNESDAY) -> DateMention:
    (mention,) = find_dates(text, published_on=published_on)
    return mention


def event_date(told: str) -> EventDate:
    """A date from "2011-03-04 day" or "2011-03-04..2011-03-05 range"; "unknown" is none."""
    if told == "unknown":
        return EventDate(None, None, DatePrecision.UNKNOWN)
    days, precision = told.split()
    start, _, end = days.partition("..")
    return EventDate(date.fromisoformat(start), date.fromisoformat(end or start), DatePrecision(precision))


def told(event_date: EventDate) -> str:
    """The reverse of `event_date`."""
    if event_date.start is None:
        return "unknown"
    days = f"{event_date.start}"
    if event_date.end != event_date.start:
        days += f"..{event_date.end}"
    return f"{days} {event_date.precision}"


ANCHORED_CASES = [
    # Counted from a day.
    ("It fell the same day.", "2011-02-28 day", "2011-02-28 day"),
    ("It fell a day earlier.", "2011-03-01 day", "2011-02-28 day"),
    ("It fell the next morning.", "2011-02-28 day", "2011-03-01 day"),
    ("It fell the previous night.", "2011-01-01 day", "2010-12-31 day"),
    ("It fell three days later.", "2011-02-27 day", "2011-03-02 day"),
    ("It fell on the third day.", "2011-02-27 day", "2011-03-01 day"),
    ("It fell on that day and the next.", "2011-02-28 day", "2011-02-28..2011-03-01 range"),
    # Weeks, months and years are those of the calendar.
    ("It fell a week earlier.", "2011-03-16 day", "2011-03-07..2011-03-13 range"),
    ("It fell that week.", "2011-03-16 day", "2011-03-14..2011-03-20 range"),
    ("It fell the following month.", "2010-12-31 day", "2011-01-01..2011-01-31 month"),
    ("It fell two months later.", "2010-12-31 day", "2011-02-01..2011-02-28 month"),
    ("It fell that month.", "2011-03-16 day", "2011-03-01..2011-03-31 month"),
    ("It fell a year later.", "2008-02-29 day", "2009-01-01..2009-12-31 year"),
    ("It fell two decades later.", "1991-05-05 day", "2011-01-01..2011-12-31 year"),
    ("It fell the following Monday.", "2011-03-14 day", "2011-03-21 day"),
    ("It fell the previous Friday.", "2011-03-14 day", "2011-03-11 day"),
    ("It fell the following March.", "2011-03-14 day", "2012-03-01..2012-03-31 month"),
    ("It fell the previous March.", "2011-02-14 day", "2010-03-01..2010-03-31 month"),
    # Hours keep the day, unless they are many.
    ("It fell an hour later.", "2011-03-14 day", "2011-03-14 day"),
    ("It fell hours earlier.", "2011-03-14 day", "2011-03-14 day"),
    ("It fell 48 hours later.", "2011-03-14 day", "2011-03-16 day"),
    ("It fell 24 hours earlier.", "2011-03-14 day", "2011-03-13 day"),
    ("It fell at 10 p.m. in the hills.", "2011-03-14 day", "2011-03-14 day"),
    # Counted from a range: from the end that is nearer.
    ("It fell the next day.", "2011-03-04..2011-03-06 range", "2011-03-07 day"),
    ("It fell the day before.", "2011-03-04..2011-03-06 range", "2011-03-03 day"),
    ("It fell on the second day.", "2011-03-04..2011-03-06 range", "2011-03-05 day"),
    # Counted from a month or a year.
    ("It fell the next day.", "2011-03-01..2011-03-31 month", "unknown"),
    ("It fell a month later.", "2011-03-01..2011-03-31 month", "2011-04-01..2011-04-30 month"),
    ("It fell a month later.", "2011-01-01..2011-12-31 year", "unknown"),
    ("It fell a year earlier.", "2011-01-01..2011-12-31 year", "2010-01-01..2010-12-31 year"),
    ("It fell the same day.", "2011-03-01..2011-03-31 month", "2011-03-01..2011-03-31 month"),
    # Deadlines run on exactly.
    ("It takes effect within 72 hours.", "2013-01-11 day", "2013-01-14 day"),
    ("It takes effect within 15 days.", "2011-02-20 day", "2011-03-07 day"),
    ("It takes effect within two weeks.", "2011-02-20 day", "2011-03-06 day"),
    ("It takes effect within six months.", "2010-08-31 day", "2011-02-28 day"),
    ("It takes effect within a year.", "2008-02-29 day", "2009-02-28 day"),
    # Nothing to count, or nothing to count from.
    ("It fell days later.", "2011-03-14 day", "unknown"),
    ("It fell three days later.", "unknown", "unknown"),
    ("It fell for three days.", "2011-03-14 day", "unknown"),
    # What has a date of its own keeps it.
    ("It fell on Monday.", "2011-01-01 day", "2011-03-14 day"),
]


@pytest.mark.parametrize("case", ANCHORED_CASES, ids=" | ".join)
def test_anaphoric_mention_counts_from_the_event(case: tuple[str, str, str]) -> None:
    text, anchor, expected = case
    assert told(only_mention(text).resolve(event_date(anchor))) == expected


def test_anchor_may_be_a_plain_day() -> None:
    assert told(only_mention("It fell a day later.").resolve(WEDNESDAY)) == "2011-03-17 day"


def test_hours_after_nightfall_may_run_into_the_next_day() -> None:
    later = only_mention("Hours later it fell.")
    assert told(later.resolve(WEDNESDAY, anchor_part_of_day=PartOfDay.LATE)) == "2011-03-16..2011-03-17 range"
    assert told(later.resolve(WEDNESDAY, anchor_part_of_day=PartOfDay.MORNING)) == "2011-03-16 day"


def test_complement_is_dated_from_its_own_clause() -> None:
    _freed, after = find_dates("Freed on Wednesday, two days after they were seized.", published_on=WEDNESDAY)
    assert told(after.resolve_complement(WEDNESDAY)) == "2011-03-14 day"
    before = only_mention("He fled three days before the vote.")
    assert told(before.resolve_complement(WEDNESDAY)) == "2011-03-19 day"


def test_without_a_complement_there_is_nothing_to_date() -> None:
    assert told(only_mention("He fled three days before.").resolve_complement(WEDNESDAY)) == "unknown"


def test_resolved_dates_carry_the_words_they_were_read_from() -> None:
    text = "It fell a day later."
    (evidence,) = only_mention(text).resolve(WEDNESDAY).evidence
    assert text[evidence.start_char : evidence.end_char] == "a day later"
    assert evidence.rule == "date.counted"
    assert only_mention("It fell on Monday.").event_date().evidence[0].rule == "date.day"


def test_period_has_its_length() -> None:
    mention = only_mention("They fought for six hours.")
    assert (mention.offset, mention.unit, mention.start) == (6, DateUnit.HOUR, None)


ISO_CASES = [
    ("It has grown since March 3.", "2011-03-03"),
    ("It has grown since January.", "2011-01"),
    ("It has grown since 1996.", "1996"),
    ("It has grown since the start of the year.", "2011-01-01"),
    ("It grew in December and January.", "2010-12"),
    ("It grew from 1996 to 2006.", "1996"),
    ("It grew in the 1990s.", "1990"),
    ("It grew between March 3 and March 9.", "2011-03-03"),
    ("It grew last week.", "2011-03-07"),
    ("It must end by March 31, 2012.", "2012-03-31"),
    ("It must end by September.", "2011-09"),
    ("It grew a day later.", None),
]


@pytest.mark.parametrize(("text", "expected"), ISO_CASES)
def test_iso_form_is_as_long_as_the_date_is_exact(text: str, expected: str | None) -> None:
    assert month_or_day_iso(only_mention(text)) == expected


@pytest.mark.parametrize("publication", [date(2011, 3, 14) + timedelta(days=day) for day in range(7)])
@pytest.mark.parametrize("weekday", range(7))
def test_weekdays_lie_in_the_week_around_publication(weekday: int, publication: date) -> None:
    name = WEEKDAYS[weekday]
    plain = only_mention(f"Two died on {name}.", publication).start
    last = only_mention(f"Two died last {name}.", publication).start
    following = only_mention(f"They meet next {name}.", publication).start
    assert plain is not None
    assert last is not None
    assert following is not None
    assert {plain.weekday(), last.weekday(), following.weekday()} == {weekday}
    assert 0 <= (publication - plain).days <= 6
    assert 1 <= (publication - last).days <= 7
    assert 1 <= (following - publication).days <= 7


DAYS = st.dates(date(1900, 1, 1), date(2098, 12, 31))


@given(day=DAYS)
def test_full_dates_are_what_they_say(day: date) -> None:
    forms = [
        f"It fell on {MONTHS[day.month - 1]} {day.day}, {day.year}.",
        f"It fell on {day.day} {MONTHS[day.month - 1]} {day.year}.",
        f"It fell on {day.isoformat()}.",
    ]
    assert {only_mention(form, None).start for form in forms} == {day}


@given(day=DAYS, publication=DAYS)
def test_dates_without_a_year_lie_in_the_year_before_publication(day: date, publication: date) -> None:
    mention = only_mention(f"It fell on {MONTHS[day.month - 1]} {day.day}.", publication)
    if mention.start is None:
        assert (day.month, day.day) == (2, 29)
        assert mention.reason is Unresolved.NO_SUCH_DAY
        return
    assert (mention.start.month, mention.start.day) == (day.month, day.day)
    assert -7 <= (publication - mention.start).days <= 366


@given(publication=DAYS)
def test_last_month_and_this_month_meet(publication: date) -> None:
    this = only_mention("It fell this month.", publication)
    last = only_mention("It fell last month.", publication)
    assert this.start is not None
    assert this.end is not None
    assert last.start is not None
    assert last.end is not None
    assert this.start <= publication <= this.end
    assert last.end + timedelta(days=1) == this.start
    assert last.start.day == 1


@given(publication=DAYS)
def test_last_week_and_this_week_meet(publication: date) -> None:
    this = only_mention("It fell this week.", publication)
    last = only_mention("It fell last week.", publication)
    assert this.start is not None
    assert last.start is not None
    assert last.end is not None
    assert this.start.weekday() == 0
    assert last.end + timedelta(days=1) == this.start
    assert (last.end - last.start).days == 6


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, date(1961, 4, 2)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2011, date(2011, 4, 24)),
    ],
)
def test_easter_falls_where_the_calendar_has_it(year: int, sunday: date) -> None:
    assert easter_sunday(year) == sunday


DATE_WORDS = (
    "on in since until by before after from between and to the a of late early last this next past "
    "coming week weekend month year day days night morning dawn noon at about within for every same "
    "following previous ago later earlier overnight yesterday Monday Friday's Sat. March May Sept. 5 "
    "12th 31 1999 2011 2004-02-30 11/09/2001 10 p.m. 10:30 GMT 1990s '90s two several half first end "
    "year-old three-day 9/11 summer - – ( ) , . said will KABUL Dawn Movement \n \n\n decades 9999 "
    "99999999999999999999 Easter Sunday -- ’s"
)
TEXTS = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(DATE_WORDS.split(" ")), st.text(max_size=4)), max_size=40).map(
        " ".join
    ),
    st.lists(st.sampled_from(DATE_WORDS.split(" ")), max_size=40).map(" ".join),
    st.lists(st.sampled_from(DATE_WORDS.split(" ")), max_size=40).map(" ".join).map(str.upper),
)


@given(text=TEXTS, publication=st.one_of(st.none(), st.dates()), anchor=st.dates())
def test_any_text_reads_without_an_exception(text: str, publication: date | None, anchor: date) -> None:
    mentions = find_dates(text, published_on=publication)
    assert mentions == find_dates(text, published_on=publication)
    last_end = 0
    for mention in mentions:
        assert last_end <= mention.start_char < mention.end_char <= len(text)
        last_end = mention.end_char
        assert (mention.start is None) == (mention.end is None)
        assert (mention.start is None) == (mention.precision is DatePrecision.UNKNOWN)
        assert mention.start is None or mention.end is None or mention.start <= mention.end
        assert mention.start is None or mention.reason is None
        resolved = mention.resolve(anchor)
        assert (resolved.start is None) == (resolved.precision is DatePrecision.UNKNOWN)
        complement = mention.resolve_complement(anchor)
        assert complement.start is None or mention.has_complement


def test_named_days_are_well_formed() -> None:
    named_days = load_named_days()
    assert named_days["christmas day"].in_year(2010) == date(2010, 12, 25)
    assert named_days["good friday"].in_year(2011) == date(2011, 4, 22)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x day\t2\t30\t\t\tnobody", "no such day"),
        ("x day\t2\t\t\t\tnobody", "either month and day"),
        ("x day\t2\t3\t4\t\tnobody", "either month and day"),
        ("X day\t2\t3\t\t\tnobody", "small letters"),
        ("x day\ttwo\t3\t\t\tnobody", "whole number"),
    ],
)
def test_named_day_of_a_wrong_form_is_refused(row: str, message: str) -> None:
    header = "name\tmonth\tday\teaster_offset_days\tyear\tsource"
    with pytest.raises(KnowledgeError, match=message):
        load_named_days(f"{header}\n{row}\n")
