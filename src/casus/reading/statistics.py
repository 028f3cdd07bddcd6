"""Statistics: figures over a period that somebody asserts.

Rules, by name:

`statistic.change`  "have surged by 70 percent since February", "15 percent fewer"
`statistic.sum`     "10,000 people have been killed since 1996", "the war has cost 15,000 lives"
`statistic.count`   "over 500 rockets have hit the country this year", "violated the truce 169 times"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casus.model import Change, Evidence, Harm, Statistic
from casus.reading.attribution import Statement
from casus.reading.groups import PhraseReader
from casus.reading.harms import HarmMention
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.reading.quantities import Quantity, find_quantities
from casus.reading.timing import in_since_clause
from casus.resolving.dates import DateKind, DateMention, Relation, month_or_day_iso


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A statistic and the triggers whose numbers it uses."""

    statistic: Statistic
    triggers: frozenset[int]


_UP = {
    "rise",
    "surge",
    "increase",
    "grow",
    "jump",
    "climb",
    "soar",
    "double",
    "triple",
    "up",
    "more",
    "higher",
    "escalate",
    "spike",
}
_DOWN = {
    "fall",
    "drop",
    "decrease",
    "decline",
    "plunge",
    "shrink",
    "halve",
    "down",
    "fewer",
    "less",
    "lower",
    "reduce",
    "cut",
}
_WARS = {
    "war",
    "conflict",
    "insurgency",
    "violence",
    "fighting",
    "rebellion",
    "uprising",
    "revolt",
    "unrest",
    "strife",
    "feud",
    "campaign",
    "insurrection",
    "militancy",
    "bloodshed",
    "hostilities",
    "separatism",
    "terrorism",
}
_SPANS = re.compile(
    r"\b(so far this (year|month|week)|this year|this month so far|in the past (few )?(\w+ )?(years?|months?|weeks?)|over the past|during the past|in (the )?(last|past) \w+ (years?|months?|weeks?|days?)|"
    r"in \w+ (years|months|decades)|in the \d+ years|last year alone|every (year|month|day)|a (year|month|day)\b|per (year|month|day)|since then|to date|annually|in \d{4} alone|over \w+ (years|decades)|in more than \w+ years|"
    r"in nearly \w+ years|in almost \w+ years|in the \w+ years|for the year|over the years|in less than \w+ (years|months)|within \w+ months)"
)


def find_statistics(
    sentence: Sentence,
    reader: PhraseReader,
    marks: Marks,
    harms: Sequence[HarmMention],
    statements: Sequence[Statement],
) -> list[Found]:
    """The statistics of a sentence, in order."""
    found = [*_changes(sentence, marks, statements)]
    if not found:
        found += _sums(sentence, reader, marks, harms, statements)
        found += _counts(sentence, marks, statements, {i for f in found for i in f.triggers})
    return found


def _since(marks: Marks) -> str | None:
    for _, _, mention in marks.dates:
        if mention.relation is Relation.SINCE and mention.start is not None:
            return month_or_day_iso(mention)
    for _, _, mention in marks.dates:
        if (
            mention.kind is DateKind.ABSOLUTE
            and mention.start is not None
            and mention.precision.value in ("year", "month")
        ):
            return month_or_day_iso(mention)
    return None


def _speaker(statements: Sequence[Statement], token: int) -> str | None:
    for statement in statements:
        if statement.covers(token) and statement.voices:
            voice = statement.voices[0]
            return voice.name or voice.role
    return None


def _evidence(sentence: Sentence, rule: str) -> Evidence:
    end = len(sentence.doc)
    while end > 1 and sentence.doc[end - 1].text in (".", '"', "'"):
        end -= 1
    return Evidence(*sentence.chars(0, end), rule)


def _changes(sentence: Sentence, marks: Marks, statements: Sequence[Statement]) -> list[Found]:
    """A share by which something rose or fell."""
    words = sentence.words
    for i, word in enumerate(words):
        if word not in ("percent", "%", "percentage") and not (
            word == "cent" and i and words[i - 1] == "per"
        ):
            continue
        number = next((q for q in find_quantities(words) if q.end in (i, i - 1)), None)
        lemmas = [t.lemma_.lower() for t in sentence.doc[max(0, i - 8) : i + 5]]
        up, down = any(lemma in _UP for lemma in lemmas), any(lemma in _DOWN for lemma in lemmas)
        if number is None or up == down:
            continue
        value = next(
            (
                q
                for q in find_quantities(words)
                if q.start > i and q.start and words[q.start - 1] == "to" and q.value and q.value >= 100
            ),
            None,
        )
        measure = _measure(sentence, i)
        return [
            Found(
                Statistic(
                    measure,
                    Change.UP if up else Change.DOWN,
                    float(number.value or 0),
                    value.value if value else None,
                    _since(marks),
                    _speaker(statements, i) or _data_speaker(sentence),
                    _evidence(sentence, "statistic.change"),
                ),
                frozenset(range(len(words))),
            )
        ]
    return []


def _data_speaker(sentence: Sentence) -> str | None:
    match = re.match(
        r"((official |government |police )?(data|figures|statistics))\b", " ".join(sentence.words[:4])
    )
    return match.group(1) if match else None


def _measure(sentence: Sentence, token: int) -> str:
    """What was counted, in the words of the sentence: its subject."""
    verb = sentence.doc[token]
    while verb.head.i != verb.i and verb.pos_ != "VERB":
        verb = verb.head
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    noun = subject if subject is not None else verb
    edge = [t for t in noun.subtree]
    return sentence.text(edge[0].i, min(edge[-1].i + 1, edge[0].i + 14)) if edge else sentence.text(0, 1)


def _sums(
    sentence: Sentence,
    reader: PhraseReader,
    marks: Marks,
    harms: Sequence[HarmMention],
    statements: Sequence[Statement],
) -> list[Found]:
    found = []
    for harm in harms:
        for group in harm.groups:
            if group.quantity is None or group.value is None or group.is_part:
                continue
            if harm.harm in (Harm.RELEASED, Harm.ABDUCTED, Harm.ESCAPED) and group.value < 1_000:
                continue
            if not (_over_period(sentence, marks, harm) or _is_huge(marks, harm, group.value) or found):
                continue
            people = group.name or "people"
            statistic = Statistic(
                f"{people} {harm.harm.value}",
                None,
                None,
                group.value,
                _since(marks),
                _speaker(statements, harm.trigger),
                _evidence(sentence, "statistic.sum"),
            )
            found.append(Found(statistic, frozenset({harm.trigger})))
    return found


_ACT_WORDS = {
    "attack",
    "raid",
    "struck",
    "strike",
    "bombing",
    "blast",
    "explosion",
    "massacre",
    "siege",
    "ambush",
    "battle",
    "clash",
    "assault",
    "where",
    "when",
    "shooting",
}


def _has_act(sentence: Sentence) -> bool:
    return bool(_ACT_WORDS & set(sentence.words))


def _is_huge(marks: Marks, harm: HarmMention, value: int) -> bool:
    """True for numbers that no single event has: a war's dead, a country's displaced."""
    if _has_day(marks):
        return False
    return value >= (100_000 if harm.harm in (Harm.DISPLACED, Harm.RELEASED, Harm.ARRESTED) else 3_000)


def _over_period(sentence: Sentence, marks: Marks, harm: HarmMention) -> bool:
    """True where the number is the sum of a period or of a whole war."""
    doc = sentence.doc
    text = " ".join(sentence.words)
    trigger = doc[harm.trigger]
    subject = next((c for c in trigger.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.lemma_.lower() in _WARS:
        return True
    perfect = any(c.lower_ in ("have", "has", "had") for c in trigger.lefts)
    for _, _, mention in marks.dates:
        if mention.relation is Relation.SINCE and _governs(sentence, mention, harm.trigger):
            return True
    if _sums_since(sentence, harm.trigger):
        return True
    if _is_long(marks) and (harm.groups[0].value or 0) >= 20:
        return True
    if _SPANS.search(text) and not _has_day(marks):
        return True
    if (
        any(w in sentence.words for w in ("war", "conflict", "insurgency"))
        and perfect
        and not _has_day(marks)
        and (harm.groups[0].value or 0) >= 500
    ):
        return True
    if harm.agent is not None or _has_act(sentence):
        return False
    return any(
        m.precision.value == "year"
        and m.relation is Relation.ON
        and (harm.groups[0].value or 0) >= 20
        and not _has_day(marks)
        for _, _, m in marks.dates
    )


def _sums_since(sentence: Sentence, trigger: int) -> bool:
    """True for "have been killed since the war broke out": a perfect before a "since"."""
    words = sentence.words
    later = [i for i, w in enumerate(words) if w == "since" and (i > trigger - 8 or i == 0)]
    verb = sentence.doc[trigger]
    perfect = any(c.lower_ in ("have", "has", "had") for t in (verb, verb.head) for c in t.lefts)
    return (
        bool(later)
        and perfect
        and not in_since_clause(sentence, trigger)
        and verb.lemma_.lower() not in ("flee", "leave")
    )


def _is_long(marks: Marks) -> bool:
    """True where the sentence tells a stretch of four weeks or more."""
    return any(
        m.start is not None
        and m.end is not None
        and (m.end - m.start).days >= 27
        and m.precision.value == "range"
        and m.relation is Relation.ON
        for _, _, m in marks.dates
    )


def _governs(sentence: Sentence, mention: DateMention, trigger: int) -> bool:
    """True where "since …" belongs to the clause of the number, not to a name or another clause before it."""
    tokens = sentence.tokens_in(mention.start_char, mention.end_char)
    if tokens is None:
        return False
    when = "when" in sentence.words[tokens[1] : tokens[1] + 2]
    return not when or trigger < tokens[0]


def _has_day(marks: Marks) -> bool:
    return any(
        m.start is not None and m.precision.value == "day" and m.relation is Relation.ON
        for _, _, m in marks.dates
    )


_COUNTED = {
    "time",
    "rocket",
    "strike",
    "attack",
    "violation",
    "incident",
    "massacre",
    "raid",
    "bombing",
    "case",
    "complaint",
    "house",
    "village",
    "shell",
    "missile",
    "clash",
    "explosion",
    "arrest",
    "protest",
    "kidnapping",
    "murder",
    "homicide",
    "sortie",
    "body",
}


def _counts(sentence: Sentence, marks: Marks, statements: Sequence[Statement], used: set[int]) -> list[Found]:
    found: list[Found] = []
    text = " ".join(sentence.words)
    spanned = bool(_SPANS.search(text)) or any(m.relation is Relation.SINCE for _, _, m in marks.dates)
    for quantity in find_quantities(sentence.words):
        noun = _counted_noun(sentence, quantity)
        if noun is None or quantity.value is None or quantity.value < 20:
            continue
        if not spanned and sentence.doc[noun].lemma_.lower() != "time":
            continue
        statistic = Statistic(
            _phrase(sentence, quantity, noun),
            None,
            None,
            quantity.value,
            _since(marks),
            _speaker(statements, noun),
            _evidence(sentence, "statistic.count"),
        )
        found.append(Found(statistic, frozenset()))
    return found if not used else []


def _counted_noun(sentence: Sentence, quantity: Quantity) -> int | None:
    for i in range(quantity.end, min(len(sentence.doc), quantity.end + 4)):
        token = sentence.doc[i]
        if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in _COUNTED:
            return i
        if token.pos_ not in ("ADJ", "NOUN", "ADV"):
            return None
    return None


def _phrase(sentence: Sentence, quantity: Quantity, noun: int) -> str:
    return sentence.text(quantity.end, noun + 1)
