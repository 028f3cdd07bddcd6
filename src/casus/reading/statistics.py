"""Statistics: figures over a period that somebody asserts.

Rules, by name:

`statistic.change`  "have surged by 70 percent since February", "three times as many as in 2008"
`statistic.share`   "93 percent of the killings", "six out of every ten"
`statistic.sum`     "10,000 people have been killed since 1996", "the war has cost 15,000 lives"
`statistic.rank`    "the fourth mayor killed this year"
`statistic.count`   "over 500 rockets have hit the country this year", "violated the truce 169 times"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from casus.model import Change, Evidence, Harm, Statistic
from casus.reading.attribution import Statement
from casus.reading.changes import changes_in
from casus.reading.groups import PhraseReader
from casus.reading.marks import Marks
from casus.reading.mentions import HarmMention
from casus.reading.noun_phrases import phrase_start
from casus.reading.parsing import Sentence, child
from casus.reading.periods import is_huge, is_over_period, since_of, tells_span
from casus.reading.quantities import Hedge, Quantity, find_quantities
from casus.reading.word_classes import WordClass, is_a

_LONGEST_MEASURE = 14  # tokens of a measure
_FEWEST_COUNTED = 20  # things that a count over a period has at the least
_FEWEST_FREED = 1_000  # released and abducted people of a period; fewer are an event's
_OFTEN = ("time", "occasion")
_RARE = (Harm.RELEASED, Harm.ABDUCTED, Harm.ESCAPED)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A statistic and the triggers whose numbers it uses; None for "thousands", a sum that nobody counted."""

    statistic: Statistic | None
    triggers: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """A sentence with what its statistics are read from."""

    sentence: Sentence
    reader: PhraseReader
    marks: Marks
    harms: Sequence[HarmMention]
    statements: Sequence[Statement]
    published_on: date | None

    def statistic(
        self,
        rule: str,
        measure: str,
        token: int,
        *,
        change: Change | None = None,
        percent: float | None = None,
        value: int | None = None,
    ) -> Statistic:
        """A statistic of this sentence; `token` is where its figure stands."""
        return Statistic(
            measure, change, percent, value, since_of(self.marks), self.speaker(token), self.evidence(rule)
        )

    def speaker(self, token: int) -> str | None:
        """Who asserts the figure at a token; data speak for themselves ("official data")."""
        for statement in self.statements:
            if statement.covers(token) and statement.voices:
                voice = statement.voices[0]
                return voice.name or voice.role
        return None

    def evidence(self, rule: str) -> Evidence:
        """The sentence without its full stop."""
        end = len(self.sentence.doc)
        while end > 1 and self.sentence.doc[end - 1].text in (".", '"', "'"):
            end -= 1
        return Evidence(*self.sentence.chars(0, end), rule)


def find_statistics(
    sentence: Sentence,
    reader: PhraseReader,
    marks: Marks,
    harms: Sequence[HarmMention],
    statements: Sequence[Statement],
    *,
    published_on: date | None,
) -> list[Found]:
    """The statistics of a sentence, in order; a change leaves no other figure of the sentence to be one."""
    reading = _Reading(sentence, reader, marks, harms, statements, published_on)
    found = list(_changes(reading))
    if not found:
        found = [*_ranks(reading), *_sums(reading)]
        found += [] if any(f.triggers for f in found) else _counts(reading)
    return found


# -- changes and shares


def _changes(reading: _Reading) -> Iterator[Found]:
    sentence = reading.sentence
    whole = frozenset(range(len(sentence.words)))
    for moved in changes_in(sentence):
        if not _is_of_violence(reading, moved.token):
            continue
        rule = "statistic.share" if moved.change is None else "statistic.change"
        measure = _measure(sentence, moved.token)
        statistic = reading.statistic(
            rule, measure, moved.token, change=moved.change, percent=moved.percent, value=moved.value
        )
        yield Found(statistic, whole)
        return


def _is_of_violence(reading: _Reading, token: int) -> bool:
    """True where what changed is told by words of violence: no share prices, no turnout."""
    if reading.harms:
        return True
    return any(
        is_a(t.lemma_.lower(), WordClass.MEASURED)
        or (t.lemma_.lower(), "NOUN") in reading.reader.lexicon.acts
        for t in reading.sentence.tokens
        if t.i != token
    )


def _measure(sentence: Sentence, token: int) -> str:
    """What was counted, in the words of the sentence: its subject."""
    verb = sentence.doc[token]
    while verb.head.i != verb.i and verb.pos_ != "VERB":
        verb = verb.head
    subject = child(verb, "nsubj", "nsubjpass")
    noun = subject if subject is not None else verb
    edge = sorted(t.i for t in noun.subtree)
    return sentence.text(edge[0], min(edge[-1] + 1, edge[0] + _LONGEST_MEASURE))


# -- people harmed over a period


def _sums(reading: _Reading) -> Iterator[Found]:
    found: set[int] = set()
    for harm in reading.harms:
        for group in harm.groups:
            if group.quantity is None or (group.value or 0) < 2 or group.is_part or group.head in found:
                continue
            if harm.harm in _RARE and (group.value or 0) < _FEWEST_FREED:
                continue
            over = is_over_period(reading.sentence, reading.marks, harm, reading.published_on)
            if not (found or over or is_huge(reading.marks, harm, group.value or 0)):
                continue
            found.add(group.head)
            measure = f"{group.name or 'people'} {harm.harm.value}"
            statistic = reading.statistic("statistic.sum", measure, harm.trigger, value=group.value)
            counted = group.quantity.hedge is not Hedge.VAGUE
            yield Found(statistic if counted else None, frozenset({harm.trigger}))


def _ranks(reading: _Reading) -> Iterator[Found]:
    """Reads "the fourth mayor killed this year", "the third attack since May"."""
    sentence = reading.sentence
    if not tells_span(sentence, reading.marks):
        return
    for rank in reading.reader.ordinals:
        noun = _ranked(sentence.doc[rank.end - 1])
        if noun is None or (rank.value or 0) < 3:
            continue
        harmed = next((h for h in reading.harms if h.trigger in {t.i for t in noun.subtree}), None)
        often = noun.lemma_.lower() in _OFTEN
        if harmed is None and (often or not is_a(noun.lemma_.lower(), WordClass.COUNTED)):
            continue
        measure = sentence.text(rank.end, noun.right_edge.i + 1)
        yield Found(reading.statistic("statistic.rank", measure, noun.i, value=rank.value), frozenset())


def _ranked(ordinal: Token) -> Token | None:
    """The noun that an ordinal ranks: "mayor" of "the fourth mayor slain"."""
    noun = ordinal.head
    return (
        noun
        if noun.pos_ in ("NOUN", "PROPN") and noun.i > ordinal.i and phrase_start(noun) <= ordinal.i
        else None
    )


# -- things counted


def _counts(reading: _Reading) -> Iterator[Found]:
    sentence = reading.sentence
    spanned = tells_span(sentence, reading.marks)
    for quantity in find_quantities(sentence.words):
        noun = _counted(sentence, quantity)
        if noun is None or quantity.value is None or quantity.is_ordinal:
            continue
        often = sentence.doc[noun].lemma_.lower() in _OFTEN
        if quantity.value < _FEWEST_COUNTED or not (spanned or often):
            continue
        measure = sentence.text(quantity.end, noun + 1)
        yield Found(reading.statistic("statistic.count", measure, noun, value=quantity.value), frozenset())


def _counted(sentence: Sentence, quantity: Quantity) -> int | None:
    """The thing that a number counts, within its phrase."""
    for i in range(quantity.end, min(len(sentence.doc), quantity.end + 4)):
        token = sentence.doc[i]
        if token.pos_ in ("NOUN", "PROPN") and is_a(token.lemma_.lower(), WordClass.COUNTED):
            return i
        if token.pos_ not in ("ADJ", "NOUN", "ADV"):
            return None
    return None
