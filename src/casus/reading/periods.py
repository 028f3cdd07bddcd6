"""Whether a figure is the sum of a period or of a whole war, and since when it counts."""

from __future__ import annotations

import re
from datetime import date

from casus.model import DatePrecision, Harm
from casus.reading.marks import Marks
from casus.reading.mentions import HarmMention
from casus.reading.parsing import Sentence, child
from casus.reading.timing import in_since_clause
from casus.reading.word_classes import WordClass, is_a, words_of
from casus.resolving.dates import DateKind, DateMention, Relation, month_or_day_iso

_UNIT = r"(?:years?|months?|weeks?|decades?)"
_UNITS = r"(?:years|months|weeks|decades)"
_DAYS = re.compile(r"\bin (?:the )?(?:past |last )?\w+ days\b")
_SPAN = re.compile(
    rf"""\b(?:
      (?:so\ far\ )? this\ (?:year|month\ so\ far|week\ so\ far) | so\ far\ this\ (?:month|week)
    | (?:in|over|during) \ the \ (?:past|last) \ (?:few\ )? (?:\w+\ )? (?:{_UNIT}|days?)\b
    | over\ the\ (?:past|years)(?!\ (?:\w+\ )?(?:days?|fortnight|hours))
    | during\ the\ past(?!\ (?:\w+\ )?(?:days?|hours))
    | (?:of|in|over|during)\ (?:\w+\ ){{0,3}}decades? | \w+\ decades\ of
    | (?:in|during|over)\ the\ first\ (?:\w+\ )?(?:days|weeks?|months?|half|quarter)\ of\ (?:this|the)\ year
    | in \ (?:(?:more|less)\ than\ |nearly\ |almost\ |the\ )? \w+ \ {_UNITS}\b
    | over\ \w+\ {_UNITS}\b | within\ \w+\ months
    | every\ (?:year|month|day) | (?:a|per)\ (?:year|month|day)\b | annually
    | last\ year\ alone | in\ \d{{4}}\ alone | since\ then | to\ date | for\ the\ year
    )""",
    re.VERBOSE,
)
_LATELY = 10  # days before publication
_CLAUSE = 10  # tokens of a clause after "since"
_BEGAN = frozenset({"began", "started", "broke", "erupted", "begun"})
_OPERATIONS = frozenset({"operation", "offensive", "siege", "assault", "raids", "sweep"})
_WORST = frozenset(
    [
        "worst",
        "deadliest",
        "bloodiest",
        "heaviest",
        "biggest",
        "largest",
        "highest",
        "gravest",
        "first",
        "most",
    ]
)
_LONG_DAYS = 27  # a stretch of four weeks or more
_MANY = 20  # people that a year's or a war's figure counts at the least
_WAR_MANY = 500  # dead of a war that a perfect tense sums up
_HUGE = {Harm.DISPLACED: 100_000, Harm.RELEASED: 100_000, Harm.ARRESTED: 100_000}
_ANY_HUGE = 1_000_000
_HUGE_ELSE = 3_000  # no single event of most kinds has so many


def since_of(marks: Marks) -> str | None:
    """Since when a sentence's figures count: an ISO date, month or year."""
    for _, _, mention in marks.dates:
        if mention.relation is Relation.SINCE and mention.start is not None:
            return month_or_day_iso(mention)
    for _, _, mention in marks.dates:
        long = mention.precision in (DatePrecision.YEAR, DatePrecision.MONTH)
        if mention.kind is DateKind.ABSOLUTE and mention.start is not None and long:
            return month_or_day_iso(mention)
    return None


def has_day(marks: Marks) -> bool:
    """True where a sentence tells a day: its figures are of that day."""
    return any(
        m.start is not None and m.precision is DatePrecision.DAY and m.relation is Relation.ON
        for _, _, m in marks.dates
    )


def tells_span(sentence: Sentence, marks: Marks) -> bool:
    """True where a sentence tells a period by its words: "this year", "in three months", "since May"."""
    if _SPAN.search(" ".join(sentence.words)):
        return True
    return any(m.relation is Relation.SINCE for _, _, m in marks.dates)


def is_huge(marks: Marks, harm: HarmMention, value: int) -> bool:
    """True for numbers that no single event has: a war's dead, a country's displaced."""
    if value >= _ANY_HUGE:
        return True
    return not has_day(marks) and value >= _HUGE.get(harm.harm, _HUGE_ELSE)


def is_over_period(sentence: Sentence, marks: Marks, harm: HarmMention, published_on: date | None) -> bool:
    """True where a number of people harmed is the sum of a period or of a whole war.

    Not since a day shortly before publication: what began then still goes on, and is one event.
    """
    if _began_lately(sentence, marks, published_on):
        return False
    trigger = sentence.doc[harm.trigger]
    value = harm.groups[0].value or 0
    subject = child(trigger, "nsubj")
    if subject is not None and is_a(subject.lemma_.lower(), WordClass.WAR):
        return True
    if any(_is_since(sentence, mention, harm.trigger) for _, _, mention in marks.dates):
        return True
    if _sums_since(sentence, harm.trigger) or (_is_long(marks) and value >= _MANY):
        return True
    day = has_day(marks)
    if _SPAN.search(" ".join(sentence.words)) and not day:
        return True
    perfect = any(c.lower_ in ("have", "has", "had") for t in (trigger, trigger.head) for c in t.lefts)
    if perfect and _DAYS.search(" ".join(sentence.words)):
        return True
    wars = any(is_a(t.lemma_.lower(), WordClass.WAR) for t in sentence.tokens)
    if wars and perfect and not day and value >= _WAR_MANY:
        return True
    if harm.agent is not None or words_of(WordClass.SINGLE_ACT) & set(sentence.words):
        return False
    return value >= _MANY and not day and any(_is_year(m) for _, _, m in marks.dates)


def _began_lately(sentence: Sentence, marks: Marks, published_on: date | None) -> bool:
    """True for "since Monday", "since the operation began": a stretch of days that is told as one event."""
    since = [m for _, _, m in marks.dates if m.relation is Relation.SINCE and m.start is not None]
    words = sentence.words
    if not since and "since" in words:
        clause = words[words.index("since") : words.index("since") + _CLAUSE]
        days = [m for _, _, m in marks.dates if m.precision is DatePrecision.DAY and m.start is not None]
        began = _BEGAN & set(clause)
        if began and not days:
            return bool(_OPERATIONS & set(clause)) and not any(m.start is not None for _, _, m in marks.dates)
        since = days if began else []
    return bool(since) and published_on is not None and all(_is_late(m, published_on) for m in since)


def _is_late(mention: DateMention, published_on: date) -> bool:
    if mention.start is None or mention.precision is not DatePrecision.DAY:
        return False
    return 0 <= (published_on - mention.start).days <= _LATELY


def _is_year(mention: DateMention) -> bool:
    return mention.precision is DatePrecision.YEAR and mention.relation is Relation.ON


def _is_since(sentence: Sentence, mention: DateMention, trigger: int) -> bool:
    """True where "since …" belongs to the clause of the number, not to another clause before it."""
    if mention.relation is not Relation.SINCE:
        return False
    tokens = sentence.tokens_in(mention.start_char, mention.end_char)
    if tokens is None:
        return False
    if _WORST & set(sentence.words[max(0, tokens[0] - _CLAUSE) : tokens[0]]):
        return False  # "the worst loss since 2014"
    return "when" not in sentence.words[tokens[1] : tokens[1] + 2] or trigger < tokens[0]


def _sums_since(sentence: Sentence, trigger: int) -> bool:
    """True for "have been killed since the war broke out": a perfect before a "since"."""
    later = [i for i, word in enumerate(sentence.words) if word == "since" and (i > trigger - 8 or i == 0)]
    verb = sentence.doc[trigger]
    perfect = any(c.lower_ in ("have", "has", "had") for t in (verb, verb.head) for c in t.lefts)
    moved = verb.lemma_.lower() in ("flee", "leave")
    return bool(later) and perfect and not moved and not in_since_clause(sentence, trigger)


def _is_long(marks: Marks) -> bool:
    """True where the sentence tells a stretch of four weeks or more."""
    return any(
        m.start is not None
        and m.end is not None
        and (m.end - m.start).days >= _LONG_DAYS
        and m.precision is DatePrecision.RANGE
        and m.relation is Relation.ON
        for _, _, m in marks.dates
    )
