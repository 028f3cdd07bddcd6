"""Dates in the language of news, as a specification: each sentence marks what is to be found.

Reports are of Wednesday 16 March 2011 unless a case says otherwise.  After each
sentence stands what every marked expression says, in the words of `described`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.errors import KnowledgeError
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
    """A mention in one line: its kind if not a date, its days, precision, relation and so on."""
    words: list[str] = []
    if mention.kind is not DateKind.ABSOLUTE:
        words.append(mention.kind)
    if mention.start is not None:
        same = mention.start == mention.end
        words.append(f"{mention.start}" if same else f"{mention.start}..{mention.end}")
        words.append(mention.precision)
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


def check(marked: str, expected: str, published_on: date | None = WEDNESDAY) -> None:
    """Compare what is found with the expressions that `marked` has in braces."""
    text = marked.replace("{", "").replace("}", "")
    mentions = find_dates(text, published_on=published_on)
    assert [text[m.start_char : m.end_char] for m in mentions] == re.findall(r"\{(.*?)\}", marked, re.DOTALL)
    assert "; ".join(map(described, mentions)) == expected


WEEKDAY_CASES = [
    # A weekday is the latest one on or before publication.
    ("Gunmen shot two men dead {on Tuesday}.", "2011-03-15 day"),
    ("The ministry said {on Wednesday} that three died.", "2011-03-16 day"),
    ("Clashes broke out {on Thursday}.", "2011-03-10 day"),
    ("Police said {Monday} that the road was closed.", "2011-03-14 day"),
    ("A {Friday} attack on the market went unclaimed.", "2011-03-11 day"),
    # "last" is before the day of publication, whatever the week.
    ("A bomb exploded {last Wednesday} in the bazaar.", "2011-03-09 day"),
    ("{Last Tuesday} a convoy was hit.", "2011-03-15 day"),
    ("He died {this past Sunday}.", "2011-03-13 day"),
    ("He died {on Sunday before last}.", "2011-03-06 day"),
    ("She vanished {on Thursday of last week}.", "2011-03-10 day"),
    ("They met {on Monday last week}.", "2011-03-07 day"),
    ("It followed {last week's Tuesday} sermon.", "2011-03-08 day"),
    ("They will return {on Monday of next week}.", "2011-03-21 day future"),
    # What belongs to a day is dated by it; "before" and "after" are then no limits.
    ("{Friday}'s attack was the worst.", "2011-03-11 day"),
    ("{Sunday}’s raid left five dead.", "2011-03-13 day"),
    ("Before {Monday}'s strike the town was calm.", "2011-03-14 day"),
    ("Crowds gathered after {Friday} prayers.", "2011-03-11 day"),
    ("Nobody took responsibility for {Tuesday night}'s bombing.", "2011-03-15 day night"),
    # Parts of the day keep the day.
    ("Rebels attacked {late on Tuesday}.", "2011-03-15 day late"),
    ("Shells fell {early on Wednesday}.", "2011-03-16 day early"),
    ("Shells fell {early Monday}, officials said.", "2011-03-14 day early"),
    ("He was seized {on Sunday evening} at home.", "2011-03-13 day evening"),
    ("The post was overrun {on Monday night}.", "2011-03-14 day night"),
    ("They came {early on Monday morning}.", "2011-03-14 day morning"),
    ("It began {before dawn on Thursday}.", "2011-03-10 day dawn"),
    ("The car blew up {shortly before noon on Friday}.", "2011-03-11 day noon"),
    ("Troops entered {at dawn on Sunday}.", "2011-03-13 day dawn"),
    ("They struck {just after midnight on Monday}.", "2011-03-14 day night"),
    ("The men came {at about 10 p.m. on Friday}.", "2011-03-11 day clock"),
    ("The mine went off {on Friday at 6.15 a.m.}", "2011-03-11 day clock"),
    ("Raiders came {at about two o'clock on Sunday morning}.", "2011-03-13 day morning clock"),
    ("It happened {in the early hours of Saturday}.", "2011-03-12 day early"),
    ("He fell {on the night of Sunday}.", "2011-03-13 day night"),
    ("{Friday's dawn} raid killed four.", "2011-03-11 day dawn"),
    # "earlier" and "later" say nothing of the hour.
    ("The army had denied it {earlier on Tuesday}.", "2011-03-15 day"),
    ("{Later on Monday} a second blast followed.", "2011-03-14 day"),
    # A weekday may stand with its date.
    ("The shelling of {Monday, March 7,} was worse.".replace(",}", "},"), "2011-03-07 day"),
    ("The village was burnt {on Monday (March 7)}.", "2011-03-07 day"),
    ("It is dated {Tuesday 8 March 2011}.", "2011-03-08 day"),
    ("He was shot {on March 4 (Friday)}.", "2011-03-04 day"),
    ("{On Sat., Feb 26}, two died.", "2011-02-26 day"),
    # The weekday settles the year.
    ("They rose up {on Wednesday, October 15}.", "2008-10-15 day", date(2009, 1, 8)),
    # Relations.
    ("Nothing has been heard {since Monday}.", "2011-03-14 day since"),
    ("Fighting went on {until Tuesday}.", "2011-03-15 day until"),
    ("{By Tuesday} the toll had risen to nine.", "2011-03-15 day by"),
    ("Two men died {before Monday}.", "2011-03-14 day before"),
    ("No one was seen there {after Sunday}.", "2011-03-13 day after"),
]

FUTURE_CASES = [
    # A verb that looks ahead takes the next such day, the day of publication among them.
    ("Parliament will vote {on Friday}.", "2011-03-18 day future"),
    ("The general is due {on Wednesday}.", "2011-03-16 day future"),
    ("He is to visit the town {on Thursday}.", "2011-03-17 day future"),
    ("{On Monday} the two sides will meet again.", "2011-03-21 day future"),
    (
        "A strike has been called {for Monday}.".replace("{for Monday}", "for {Monday}"),
        "2011-03-21 day future",
    ),
    ("Talks resume {next Tuesday}.", "2011-03-22 day future"),
    ("The mandate runs out {at the end of June}.", "2011-06-01..2011-06-30 month future"),
    ("The army said that it would pull out {by Friday night}.", "2011-03-18 day by night future"),
    ("The runoff is {on April 9}.", "2011-04-09 day future"),
    ("They missed a {March 31} deadline.", "2011-03-31 day future"),
    ("He will not stand in {Sunday}'s election.", "2011-03-20 day future"),
    ("Troops will be sent {ahead of Friday}.", "2011-03-18 day before future"),
    ("They plan to march {over the weekend}.", "2011-03-19..2011-03-20 range future"),
    ("He becomes president {from next month}.", "2011-04-01..2011-04-30 month since future"),
    ("The ultimatum expires {this coming Saturday}.", "2011-03-19 day future"),
    ("The rebels must leave {by Sunday}.", "2011-03-20 day by future"),
    ("The curfew was extended {until Friday}.", "2011-03-18 day until future"),
    # A verb of another clause does not reach the date.
    ("The army will punish those who attacked the post {on Monday}.", "2011-03-14 day"),
    ("He will resign, a minister said {on Monday}.", "2011-03-14 day"),
    ("He said {on Monday} that the troops would leave.", "2011-03-14 day"),
    ("They will bury the men killed {on Friday}.", "2011-03-11 day"),
    # What "was to" happen may have happened; the nearer day counts.
    ("The truce was to begin {at noon on Monday}.", "2011-03-14 day noon"),
    ("The envoy was to arrive {on Friday}.", "2011-03-18 day future"),
    # Dates and months without a year.
    ("The monitors will leave {on March 31}.", "2011-03-31 day future"),
    ("They agreed to disarm {by April 30}.", "2011-04-30 day by future"),
    ("A referendum is planned {in July}.", "2011-07-01..2011-07-31 month future"),
    ("The force has to be withdrawn {by September}.", "2011-09-01..2011-09-30 month by future"),
    ("All troops would go {by next May}.", "2011-05-01..2011-05-31 month by future"),
    ("All troops would go {by May next year}.", "2012-05-01..2012-05-31 month by future"),
    ("Elections will be held {next month}.", "2011-04-01..2011-04-30 month future"),
    ("They are to hand over arms {between April 15 and May 31}.", "2011-04-15..2011-05-31 range future"),
    ("The state of emergency was prolonged {until April 14}.", "2011-04-14 day until future"),
    ("The accord must be in force {by March 31, 2012}.", "2012-03-31 day by future"),
    ("The army has to leave {by the end of the year}.", "2011-12-31 day by future"),
    ("The army has to leave {by the end of April}.", "2011-04-30 day by future"),
    ("The army has to leave {by year's end}.", "2011-12-31 day by future"),
    ("They will rest {at the weekend}.", "2011-03-19..2011-03-20 range future"),
    ("Results are expected {tomorrow}.", "2011-03-17 day future"),
    ("More rain is forecast {over the next three days}.", "2011-03-16..2011-03-19 range future"),
    ("They would retake the town {in the coming days}.", "period some day future"),
    # What had happened by then was not ahead.
    ("{By March 10} the police had found nine bodies.", "2011-03-10 day by"),
    ("The siege lasted {until February 20}.", "2011-02-20 day until"),
]

DAY_CASES = [
    # Month and day in every order.
    ("The talks began {on September 12}.", "2010-09-12 day"),
    ("The village fell {on Feb. 27}.", "2011-02-27 day"),
    ("The village fell {on Sept 11}.", "2010-09-11 day"),
    ("The village fell {on 3 March}.", "2011-03-03 day"),
    ("The village fell {on March 3rd}.", "2011-03-03 day"),
    ("The village fell {on the 12th of February}.", "2011-02-12 day"),
    ("The village fell {on the second of March}.", "2011-03-02 day"),
    ("It was the worst day since the coup of {February 1}.", "2011-02-01 day"),
    ("The {March 2} bombing killed six.", "2011-03-02 day"),
    # With a year.
    ("They were seized {on July 26, 2001}.", "2001-07-26 day"),
    ("The accord of {10 September 1999} is dead.", "1999-09-10 day"),
    ("It was signed {on May 5 last year}.", "2010-05-05 day"),
    ("It was signed {on May 5 this year}.", "2011-05-05 day future"),
    ("The battle of {July 15, 1410}, is recalled.", "1410-07-15 day"),
    ("The order of {2004-06-02} stands.", "2004-06-02 day"),
    ("He was born {on 25/12/1970}.", "1970-12-25 day"),
    ("He was born {on 25.12.1970}.", "1970-12-25 day"),
    ("He was born {on 05/05/1970}.", "1970-05-05 day"),
    ("He was born {on 04/05/1970}.", "ambiguous_order"),
    # A few days after publication may be meant; further off it is last year's.
    ("Marchers gather {on March 19}.", "2011-03-19 day future"),
    ("The attack {on April 20} killed ten.", "2010-04-20 day"),
    # Parts of the day.
    ("He was killed {on the night of March 4}.", "2011-03-04 day night"),
    ("He was killed {on the evening of March 4}.", "2011-03-04 day evening"),
    ("He was killed {in the night of March 4}.", "2011-03-04 day night"),
    ("{At dawn on February 5} they stormed it.", "2011-02-05 day dawn"),
    ("He was killed {on March 4 night}.", "2011-03-04 day night"),
    # Day alone: of this month if it is past, else of the last one.
    ("The rebels came {on the 14th} and burnt the mill.", "2011-03-14 day"),
    ("The rebels came {on the 28th}.", "2011-02-28 day"),
    ("They live on the 14th floor.", ""),
    # The day after a day is no part of it: numbers of people stay out.
    ("{On February 28}, 84 soldiers fell.", "2011-02-28 day"),
    ("{On March 2, 2000} people fled.".replace("{On March 2, 2000}", "{On March 2}, 2000"), "2011-03-02 day"),
    ("{In May} 30 soldiers died.", "2010-05-01..2010-05-31 month"),
    ("{In early May} 12 rebels died.", "2010-05-01..2010-05-31 month"),
    # No such day.
    ("It was said to be {on February 31}.", "no_such_day"),
    ("It was said to be {on 31 June 2009}.", "no_such_day"),
    ("It was said to be {on February 29}.", "no_such_day"),
    ("It was said to be {on February 29, 2008}.", "2008-02-29 day"),
    # Yesterday and today.
    ("Two soldiers died {yesterday}.", "2011-03-15 day"),
    ("Two soldiers died {yesterday morning}.", "2011-03-15 day morning"),
    ("Fire is still coming from the hill {today}.", "2011-03-16 day"),
    ("They stormed the gate {early this morning}.", "2011-03-16 day morning"),
    ("He spoke {tonight} in the capital.", "2011-03-16 day night"),
    ("The house was hit {last night}.", "2011-03-15 day night"),
    ("It was raided {the day before yesterday}.", "2011-03-14 day"),
    # The night of two days.
    ("Planes bombed the town {overnight}.", "2011-03-15..2011-03-16 range"),
    ("Shots were heard {during the night}.", "2011-03-15..2011-03-16 range night"),
    ("They fled {overnight on Sunday}.", "2011-03-13..2011-03-14 range"),
    ("They fled {overnight into Monday}.", "2011-03-13..2011-03-14 range"),
    ("An overnight curfew is in force.", ""),
    # Named days.
    ("A church was hit {on Christmas Day}.", "2010-12-25 day"),
    ("A club was hit {on New Year's Eve}.", "2010-12-31 day"),
    ("They marched {on Easter Monday}.", "2010-04-05 day"),
    ("The war that followed {9/11} goes on.", "2001-09-11 day"),
    ("The Good Friday agreement held.", ""),
]

RANGE_CASES = [
    ("It began {between Tuesday night and Wednesday morning}.", "2011-03-15..2011-03-16 range night"),
    ("They struck {late on Friday and early on Saturday}.", "2011-03-11..2011-03-12 range late"),
    ("The riots lasted {from Wednesday to Friday}.", "2011-03-09..2011-03-11 range"),
    ("The riots lasted {from Friday through Sunday}.", "2011-03-11..2011-03-13 range"),
    ("It was fought over {from Friday to Friday}.", "2011-03-04..2011-03-11 range"),
    ("Police held 90 people {between March 9 and March 13}.", "2011-03-09..2011-03-13 range"),
    ("There were 53 deaths {from March 5 to March 8}.", "2011-03-05..2011-03-08 range"),
    ("The fighting of {January 24-26} killed 40.", "2011-01-24..2011-01-26 range"),
    ("The fighting of {January 24–26} killed 40.", "2011-01-24..2011-01-26 range"),
    ("The fighting of {24 to 26 January} killed 40.", "2011-01-24..2011-01-26 range"),
    ("It rained {between 3 and 5 March}.", "2011-03-03..2011-03-05 range"),
    ("They met {on February 22 and 23}.", "2011-02-22..2011-02-23 range"),
    ("They met {on 22 and 23 February 2006}.", "2006-02-22..2006-02-23 range"),
    ("He was killed {on the night of 4-5 March}.", "2011-03-04..2011-03-05 range night"),
    ("Nine died {in the night from Monday to Tuesday}.", "2011-03-14..2011-03-15 range night"),
    ("Nine died {in the night to Tuesday}.", "2011-03-14..2011-03-15 range night"),
    ("Nine died {on Monday and Tuesday}.", "2011-03-14..2011-03-15 range"),
    ("It lasted {from December 28, 2008 to January 17}.", "2008-12-28..2009-01-17 range"),
    ("It lasted {between March 19 and March 23, 2004}.", "2004-03-19..2004-03-23 range"),
    ("The figures are {from Jan. 1 to Monday}.", "2011-01-01..2011-03-14 range"),
    ("The figures are {from December 28 to January 3}.", "2010-12-28..2011-01-03 range"),
    # Distant days are two mentions, and so are days told with "on" twice.
    (
        "Ambushes {on March 6 and on March 12} killed two.".replace(" and on", "} and {on"),
        "2011-03-06 day; 2011-03-12 day",
    ),
    ("Ambushes {on March 6} and {12}, in the hills, killed two.", "2011-03-06 day; 2011-03-12 day"),
    ("Bombs went off {on Friday} and {Monday}.", "2011-03-11 day; 2011-03-14 day"),
    ("Two fell {on Friday} and three {on Saturday}.", "2011-03-11 day; 2011-03-12 day"),
    ("They shot five {on March 5} and 6 {on March 6}.", "2011-03-05 day; 2011-03-06 day"),
    # Months and years.
    ("It was a wave of violence {in December and January}.", "2010-12-01..2011-01-31 range"),
    ("No figures exist {from July to September}.", "2010-07-01..2010-09-30 range"),
    ("No figures exist {between January and March 2009}.", "2009-01-01..2009-03-31 range"),
    ("The war was fought {from 1996 to 2006}.", "1996-01-01..2006-12-31 range"),
    ("The president (1998-2003) fled.".replace("1998-2003", "{1998-2003}"), "1998-01-01..2003-12-31 range"),
    ("They were neighbours {in 1996 and 1997}.", "1996-01-01..1997-12-31 range"),
    ("They ruled {from June 2003 until last year}.", "2003-06-01..2010-12-31 range"),
    ("Figures {in 2003-04} fell.", "2003-01-01..2004-12-31 range"),
    # The wrong way round.
    ("It is dated {from 2006 to 1996}.", "out_of_order"),
    # A dateline's dash is no "to".
    ("KABUL, {March 15} - 26 people were killed.", "dateline 2011-03-15 day"),
]

MONTH_CASES = [
    ("The deal was signed {in February}.", "2011-02-01..2011-02-28 month"),
    ("Five were taken {in early March}.", "2011-03-01..2011-03-31 month"),
    ("Two women were shot {in July}.", "2010-07-01..2010-07-31 month"),
    ("It has grown {since January}.", "2011-01-01..2011-01-31 month since"),
    ("Truces failed {last December}.", "2010-12-01..2010-12-31 month"),
    ("Truces failed {last March}.", "2010-03-01..2010-03-31 month"),
    ("The coup came {in March last year}.", "2010-03-01..2010-03-31 month"),
    ("He was shot {in August of last year}.", "2010-08-01..2010-08-31 month"),
    ("It began {in April, 2004}.", "2004-04-01..2004-04-30 month"),
    ("The raid of {June 2004} was like it.", "2004-06-01..2004-06-30 month"),
    ("It held {up to the end of February}.", "2011-02-28 day until"),
    ("It held {until the end of January}.", "2011-01-31 day until"),
    ("It was granted {at the end of January}.", "2011-01-01..2011-01-31 month"),
    ("It has held {since the end of January}.", "2011-01-01..2011-01-31 month since"),
    ("It was tense {in late-June}.", "2010-06-01..2010-06-30 month"),
    ("Port towns were hit {earlier this month}.", "2011-03-01..2011-03-31 month"),
    ("He was put under sanctions {last month}.", "2011-02-01..2011-02-28 month"),
    ("He spoke of {October} as the worst month.", "2010-10-01..2010-10-31 month"),
    ("The {May} truce is forgotten.", "2010-05-01..2010-05-31 month"),
    ("{Last December}'s flood brought them together.", "2010-12-01..2010-12-31 month"),
    ("They met {in the first week of February}.", "2011-02-01..2011-02-07 range"),
    ("They met {in the last week of February}.", "2011-02-22..2011-02-28 range"),
    ("They met {on the last day of February}.", "2011-02-28 day"),
    ("They met {two months ago}.", "2011-01-01..2011-01-31 month"),
    # Months that are words or people.
    ("Rebels may attack and the army may answer.", ""),
    ("The march on the palace drew thousands on foot.", ""),
    ("May Win Thandar and April Jones spoke; Theresa May listened.", ""),
    ("The statement was read by May Thandar.", ""),
    ("An august assembly met.", ""),
]

LONGER_CASES = [
    # Weeks run from Monday to Sunday.
    ("His brother was killed {last week}.", "2011-03-07..2011-03-13 range"),
    ("He was identified {this week}.", "2011-03-14..2011-03-20 range"),
    ("He was identified {earlier this week}.", "2011-03-14..2011-03-16 range"),
    ("They left the city {two weeks ago}.", "2011-02-28..2011-03-06 range"),
    ("They left the city {a week ago}.", "2011-03-07..2011-03-13 range"),
    ("They left the city {three days ago}.", "2011-03-13 day"),
    ("They left the city {five hours ago}.", "2011-03-16 day"),
    ("They left the city {a few days ago}.", "no_count"),
    ("{A year ago today} a bomb killed 30.", "2010-03-16 day"),
    ("{A year ago this week} a bomb killed 30.", "2010-03-15..2010-03-21 range"),
    ("They left the city {the week before last}.", "2011-02-28..2011-03-06 range"),
    # The weekend just past; on a Sunday the present one.
    ("{At the weekend} 13 died.", "2011-03-12..2011-03-13 range"),
    ("{Over the weekend} 13 died.", "2011-03-12..2011-03-13 range", date(2011, 3, 14)),
    ("{Over the weekend} 13 died.", "2011-03-12..2011-03-13 range", date(2011, 3, 13)),
    ("{Over the weekend} 13 died.", "2011-03-05..2011-03-06 range", date(2011, 3, 12)),
    ("{Last weekend} 13 died.", "2011-03-12..2011-03-13 range"),
    ("{Last weekend} 13 died.", "2011-03-05..2011-03-06 range", date(2011, 3, 13)),
    ("Four died in a {weekend} attack.".replace("in a {", "{in a "), "2011-03-12..2011-03-13 range"),
    # Years.
    ("The siege ended {last year}.", "2010-01-01..2010-12-31 year"),
    ("It is the worst attack {this year}.", "2011-01-01..2011-12-31 year"),
    ("They fled {earlier this year}.", "2011-01-01..2011-12-31 year"),
    ("The war began {in 1993}.", "1993-01-01..1993-12-31 year"),
    ("{In 1993} people fled in 1993 villages.", "1993-01-01..1993-12-31 year"),
    ("Thousands have died {since 1996}.", "1996-01-01..1996-12-31 year since"),
    ("The agreement of {2007}, long dead, promised work.", "2007-01-01..2007-12-31 year"),
    ("The accord ({2007}) is dead.", "2007-01-01..2007-12-31 year"),
    ("The {1982} massacre is before the court.", "1982-01-01..1982-12-31 year"),
    ("He stays in office {until 2016}.", "2016-01-01..2016-12-31 year until future"),
    ("Norway brokered it {four years ago}.", "2007-01-01..2007-12-31 year"),
    ("Norway brokered it {more than a decade ago}.", "2001-01-01..2001-12-31 year"),
    ("It began {in mid-2009}.", "2009-05-01..2009-08-31 range"),
    ("It began {in early 2009}.", "2009-01-01..2009-12-31 year"),
    ("It began {in the summer of 2010}.", "2010-06-01..2010-08-31 range"),
    ("It began {last winter}.", "2010-12-01..2011-02-28 range"),
    ("It was like that {in the 1990s}.", "1990-01-01..1999-12-31 range"),
    ("It was like that {in the early 1990s}.", "1990-01-01..1993-12-31 range"),
    ("It was like that {from the 1980s to the 1990s}.", "1980-01-01..1999-12-31 range"),
    ("It was like that {since at least 2005}.", "2005-01-01..2005-12-31 year since"),
    ("It rose {in the first half of 2010}.", "2010-01-01..2010-06-30 range"),
    ("It rose {in the first three months of last year}.", "2010-01-01..2010-03-31 range"),
    ("It rose {in the third quarter of 2010}.", "2010-07-01..2010-09-30 range"),
    # Up to publication.
    ("At least 130 have died {in the past month}.", "2011-02-16..2011-03-16 range"),
    ("At least 130 have died {in the past three weeks}.", "2011-02-23..2011-03-16 range"),
    ("At least 130 have died {over the last two years}.", "2009-03-16..2011-03-16 range"),
    ("At least 130 have died {in the last 24 hours}.", "2011-03-15..2011-03-16 range"),
    # Numbers that are no years.
    ("Some 2,000 people and 1,996 sheep fled.", ""),
    ("The court gave them 6,060 years in prison.", ""),
    ("They marched 2010 metres, from 1998 houses.", ""),
    ("A boy of 2000 villages wept; 2013 rebels fell.", ""),
    ("An 18-year-old and a man 30 years old died.", ""),
    ("Each got 30 years for each victim.", ""),
]

ANAPHORIC_CASES = [
    ("Six others were killed {the same day}.", "anaphoric 0 day"),
    ("They were burnt {the same evening}.", "anaphoric 0 day evening"),
    ("They would be freed {that afternoon}.", "anaphoric 0 day afternoon"),
    ("It was {on that day} that the mayor fell.", "anaphoric 0 day"),
    ("Jets struck {on that day and the next}.", "anaphoric 0 day"),
    ("He was shot {later that day}.", "anaphoric 0 day"),
    ("{Earlier in the day} the ministry spoke of seven.", "anaphoric 0 day"),
    ("Some 150 have died {since then}.", "anaphoric 0 day since"),
    ("Officials retracted what they said {a day earlier}.", "anaphoric -1 day"),
    ("He had been shot {the previous night}.", "anaphoric -1 day night"),
    ("He had been shot {the day before}.", "anaphoric -1 day"),
    ("{The next morning} the shops stayed shut.", "anaphoric 1 day morning"),
    ("{The following day} the shops stayed shut.", "anaphoric 1 day"),
    ("{Three days later} he was found.", "anaphoric 3 day"),
    ("{Two weeks earlier} he had fled.", "anaphoric -2 week"),
    ("He was tried {the following month}.", "anaphoric 1 month"),
    ("He was tried {the following Monday}.", "anaphoric 1 day Monday"),
    ("{An hour later} they came upon the bodies.", "anaphoric 1 hour"),
    ("{Hours later} a second strike followed.", "anaphoric some hour"),
    ("{Days later} he was found.", "anaphoric some day no_count"),
    ("{A few weeks later} he was found.", "anaphoric some week no_count"),
    ("{On the third day} they attacked the house.", "anaphoric 2 day"),
    # What follows is the event that is counted from.
    ("They came back {two days after} they were seized.", "anaphoric 2 day complement"),
    ("{A day before} that truce began, a patrol was hit.", "anaphoric -1 day complement"),
    ("{Three days before} the attacks he spoke.", "anaphoric -3 day complement"),
    ("It came {less than two weeks after} a bombing.", "anaphoric 2 week complement"),
    ("He fled {the day after} the vote.", "anaphoric 1 day complement"),
    ("A man was shot {three days before}, the mayor said.", "anaphoric -3 day"),
    ("A man was shot {three days before} in the square.", "anaphoric -3 day"),
    # Deadlines run from what is agreed.
    ("It takes effect {within 72 hours}.", "anaphoric 72 hour by future"),
    ("It promises an amnesty {within 15 days}.", "anaphoric 15 day by"),
    ("Parties are to be permitted {within a year}.", "anaphoric 1 year by future"),
]

PERIOD_AND_TIME_CASES = [
    ("They fought {for some six hours}.", "period 6 hour"),
    ("They fought {for an hour and a half}.", "period 1 hour"),
    ("There were 53 deaths {in five days}.", "period 5 day"),
    ("{For three weeks} they were led through the forest.", "period 3 week"),
    ("He was freed {after more than three years}.", "period 3 year"),
    ("It was agreed {after days} of talks.", "period some day"),
    ("It was the third raid {in a week}.", "period 1 week"),
    ("Some 200,000 died {in the 36 years} of the war.", "period 36 year"),
    ("A {four-month} truce broke down.", "period 4 month"),
    ("They protest {every Friday}.", "period"),
    ("They protest {on Fridays}.", "period"),
    ("It was calm {in recent weeks}.", "period some week"),
    ("They came {at 10 p.m.} from the hills.", "time clock"),
    ("They came {at about 8:45 a.m.} from the hills.", "time clock"),
    ("They came {at around noon} from the hills.", "time noon"),
    ("They came {before dawn} from the hills.", "time dawn"),
    ("They came {shortly before midnight}.", "time night"),
    ("They came {in the evening} from the hills.", "time evening"),
    ("The camp was shelled {at 0230 GMT}.", "time clock"),
    ("The camp was shelled {at 5 a.m. local time (0230 GMT)}.", "time clock"),
    ("The bomb went off {at 10.30pm}.", "time clock"),
    ("The patrol left {early in the morning}.", "time morning"),
    ("It was calm {by the evening}.", "time by evening"),
    ("A {dawn} raid killed four.", "time dawn"),
    ("Four died, reports Dawn, the newspaper.", ""),
]

DATELINE_CASES = [
    ("KABUL, {March 16} - A mine killed two.", "dateline 2011-03-16 day"),
    ("LAHORE, Pakistan, {March 15} (Reuters) - A mine killed two.", "dateline 2011-03-15 day"),
    ("BOGOTA (Reuters), {March 14} - A mine killed two.", "dateline 2011-03-14 day"),
    ("BAGHDAD (Reuters) {Nov 6} - A mine killed two.", "dateline 2010-11-06 day"),
    ("SAN JOSÉ, Costa Rica, {March 14} — A mine killed two.", "dateline 2011-03-14 day"),
    ("Blast kills two\n\n{March 16} - A mine killed two.", "dateline 2011-03-16 day"),
    ("Published: {16 March 2011}\nA mine killed two.", "dateline 2011-03-16 day"),
    ("{Wednesday, 16 March 2011}\nA mine killed two.", "dateline 2011-03-16 day"),
    ("LIMA, {25 OCT 89} (EFE) -- A mine killed two.", "dateline 1989-10-25 day"),
    # The dateline may be a day ahead of the publisher's clock.
    ("MANILA, {March 17} - A mine killed two.", "dateline 2011-03-17 day"),
    # Weekdays count from a dateline shortly before publication.
    ("DILI, {March 15} - Two died {on Wednesday}.", "dateline 2011-03-15 day; 2011-03-09 day"),
    # A headline with a date is no dateline.
    ("Violence across the country {on Tuesday, March 15}", "2011-03-15 day"),
]

UNDATED_CASES = [
    # Without a publication date nothing is guessed.
    ("Gunmen shot two men dead {on Tuesday}.", "no_publication_date"),
    ("Gunmen shot two men dead {on March 3}.", "no_publication_date"),
    ("Gunmen shot two men dead {in March}.", "no_publication_date"),
    ("Gunmen shot two men dead {yesterday}.", "no_publication_date"),
    ("Gunmen shot two men dead {overnight}.", "no_publication_date"),
    ("Gunmen shot two men dead {last week}.", "no_publication_date"),
    ("Gunmen shot two men dead {two days ago}.", "no_publication_date"),
    ("Nobody has been seen there {in the past month}.", "no_publication_date"),
    ("KABUL, {April 11} - Two died {on Saturday}.", "dateline no_publication_date; no_publication_date"),
    # Full dates need none.
    ("Gunmen shot two men dead {on March 3, 2009}.", "2009-03-03 day"),
    ("Gunmen shot two men dead {in March 2009}.", "2009-03-01..2009-03-31 month"),
    ("Gunmen shot two men dead {in 2009}.", "2009-01-01..2009-12-31 year"),
    ("They held out {between March 19 and March 23, 2004}.", "2004-03-19..2004-03-23 range"),
    # A dateline with a year is as good as a publication date.
    ("KABUL, {April 11, 2015} - Two died {on Saturday}.", "dateline 2015-04-11 day; 2015-04-11 day"),
]

NAME_CASES = [
    # Dates in the names of groups, papers and people.
    ("The March 23 Movement denied it, and so did the Movement of 23 March.", ""),
    ("Leaders of the March 14 alliance denied it.", ""),
    ("He told the Sunday Telegraph and the Friday Times.", ""),
    ("Chief Sunday Adeyemo denied it; Mr Friday Obi agreed.", ""),
    (
        "Palm Sunday {on Sunday}".replace("Palm Sunday", "{Palm Sunday} fell"),
        "2010-03-28 day; 2011-03-13 day",
    ),
    ("Bloody Sunday is remembered.", ""),
    ("It went on day and night, from day to day, to this day.", ""),
    ("On the other hand, one day they may come.", ""),
]

SMALL_LETTER_CASES = [
    ("two men were shot {on february 27} near the mill.", "2011-02-27 day"),
    ("two men were shot {on wednesday} near the mill.", "2011-03-16 day"),
    ("two men were shot {on march 5} near the mill.", "2011-03-05 day"),
    ("two men were shot {in march} near the mill.", "2011-03-01..2011-03-31 month"),
    ("two men were shot {on 5 may 2009} near the mill.", "2009-05-05 day"),
    ("rebels may attack and 12 may have died on the march.", ""),
    ("the sun sat on the second hill; he read the sunday times.", ""),
    ("TWO MEN WERE SHOT {ON 11 APRIL} NEAR THE MILL.", "2010-04-11 day"),
    ("THE REBELS MAY ATTACK AGAIN {IN MAY}.", "2010-05-01..2010-05-31 month"),
]

ALL_CASES = [
    *WEEKDAY_CASES,
    *FUTURE_CASES,
    *DAY_CASES,
    *RANGE_CASES,
    *MONTH_CASES,
    *LONGER_CASES,
    *ANAPHORIC_CASES,
    *PERIOD_AND_TIME_CASES,
    *DATELINE_CASES,
    *NAME_CASES,
    *SMALL_LETTER_CASES,
    *[(*case, None) for case in UNDATED_CASES],
]


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case[0])
def test_sentence_says_when(case: tuple[str, str] | tuple[str, str, date | None]) -> None:
    check(*case)


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
