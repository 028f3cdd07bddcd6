"""What a party to an agreement agreed, undertook or has to do, and by when.  Rule `agreement.commitment`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

from casus.model import Commitment, Evidence
from casus.reading.clauses import subject_of
from casus.reading.marks import Marks
from casus.reading.noun_phrases import description
from casus.reading.numerals import number_words
from casus.reading.parsing import Sentence, child
from casus.reading.party_names import BOTH, parties_of
from casus.reading.word_classes import WordClass, is_a
from casus.resolving.dates import Relation, month_or_day_iso

_LATER = (Relation.BY, Relation.UNTIL, Relation.BEFORE)
_UNDER = re.compile(
    r"\b(?:under|according to|by the terms of|as part of|in line with) (?:the|this|that|its|a|which|it)\b"
    r"|\b(?:under|by|in) (?:which|it)\b"
)
_WITHIN = re.compile(r"\bwithin (?P<count>\w+) (?P<unit>hour|day|week|month)s?\b")
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30}
_MODALS = frozenset(("would", "will", "must", "shall", "should"))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a sentence is read against: names of parties, and the agreement's parties and date."""

    names: Mapping[int, str]
    parties: Sequence[str]
    agreed_on: str | None


def commitments_in(
    sentence: Sentence,
    marks: Marks,
    names: Mapping[int, str],
    *,
    parties: Sequence[str],
    agreed_on: str | None,
    is_named: bool,
) -> list[Commitment]:
    """The commitments of a sentence that speaks of an agreement, in order.

    `parties` and `agreed_on` are those of the agreement, `is_named` is true where the
    sentence names it.
    """
    setting = _Setting(names, parties, agreed_on)
    under = _UNDER.search(" ".join(sentence.words)) is not None and (is_named or bool(parties))
    found = []
    for noun, content, bound in _undertakings(sentence, under=under):
        by = _party(noun, setting, under=under or bound)
        if is_a(content.lemma_.lower(), WordClass.IDLE_DEED):
            continue
        if by is not None:
            found.append(_commitment(sentence, marks, by, content, setting))
    return found


def _undertakings(sentence: Sentence, *, under: bool) -> Iterator[tuple[Token, Token, bool]]:
    """Who takes on what: a party's noun, the verb of the deed, and whether it is told to be bound."""
    for verb in sentence.tokens:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        subject = subject_of(verb)
        deed = next((c for c in verb.rights if c.dep_ in ("xcomp", "ccomp")), None)
        if is_a(verb.lemma_.lower(), WordClass.UNDERTAKES) and subject is not None and deed is not None:
            yield subject, deed, False
        elif is_a(verb.lemma_.lower(), WordClass.BINDS):
            yield from ((noun, content, True) for noun, content in _bound(verb))
        elif subject is not None and verb.lemma_ in ("be", "have") and deed is not None and _has_to(deed):
            yield subject, deed, False
        elif subject is not None and _is_laid_down(verb, under=under):
            yield subject, verb, False


def _is_laid_down(verb: Token, *, under: bool) -> bool:
    """True for "shall withdraw", and under an agreement for "would withdraw" too."""
    words = {c.lower_ for c in verb.lefts}
    modal = any(c.dep_ == "aux" and c.lower_ in _MODALS for c in verb.lefts)
    return modal and (under or not words.isdisjoint(("must", "will", "shall")))


def _bound(verb: Token) -> Iterator[tuple[Token, Token]]:
    """Reads "obliges the rebels to disarm", "calls for both sides to withdraw"."""
    target = child(verb, "dobj")
    deed = child(verb, "xcomp", "ccomp", "advcl")
    if target is not None and deed is not None and _has_to(deed):
        yield target, deed
        return
    if deed is not None and _has_to(deed):
        subject = child(deed, "nsubj")
        if subject is not None:
            yield subject, deed


def _has_to(deed: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in deed.lefts)


def _party(noun: Token, setting: _Setting, *, under: bool) -> str | None:
    """Who is bound: a party by name, all of them, or under an agreement whoever its terms name."""
    if noun.lower_ in ("they", "both", "all"):
        return " and ".join(setting.parties) or None
    found = parties_of(noun, setting.names)
    if BOTH in found:
        return " and ".join(setting.parties) or BOTH
    if found and (under or not setting.parties or set(found) & set(setting.parties)):
        return " and ".join(found)
    if not under or noun.pos_ not in ("NOUN", "PROPN") or is_a(noun.lemma_.lower(), WordClass.ACCOUNT):
        return None
    told = description(noun)
    return (
        told if len(told) > len("ex-") and (noun.tag_ in ("NNS", "NNP", "NNPS") or noun.ent_type_) else None
    )


def _commitment(sentence: Sentence, marks: Marks, by: str, deed: Token, setting: _Setting) -> Commitment:
    start, end = _start(deed), _end(sentence, deed)
    deadline, first = _deadline(marks, start, end, setting.agreed_on, sentence)
    kept = first if first is not None and first > start + 1 else end
    while kept - start > 1 and (
        sentence.doc[kept - 1].is_punct or sentence.doc[kept - 1].pos_ in ("ADP", "CCONJ")
    ):
        kept -= 1
    evidence = Evidence(*sentence.chars(start, end), "agreement.commitment")
    return Commitment(by, sentence.text(start, kept), deadline, (evidence,))


def _start(deed: Token) -> int:
    """Where the words of a deed begin: the verb, or the subject of "that soldiers would not be attacked"."""
    subject = child(deed, "nsubj", "nsubjpass")
    return subject.left_edge.i if deed.dep_ == "ccomp" and subject is not None else deed.i


def _end(sentence: Sentence, deed: Token) -> int:
    """Where the words of a deed end: before a further party's deed."""
    end = max(t.i for t in deed.subtree) + 1
    for t in deed.subtree:
        if (
            t.i > deed.i
            and t.dep_ in ("conj", "advcl")
            and t.pos_ in ("VERB", "AUX")
            and child(t, "nsubj", "nsubjpass") is not None
        ):
            end = min(end, t.left_edge.i)
    while end - deed.i > 1 and (sentence.doc[end - 1].is_punct or sentence.doc[end - 1].pos_ == "CCONJ"):
        end -= 1
    return end


def _deadline(
    marks: Marks, start: int, end: int, agreed_on: str | None, sentence: Sentence
) -> tuple[str | None, int | None]:
    """The deadline within a range as an ISO date, month or year, and its first token if it ends the range."""
    for first, last, mention in marks.dates:
        ahead = mention.relation in _LATER or mention.is_future
        if start <= first < end and mention.start is not None and ahead:
            return month_or_day_iso(mention), first if last >= end else None
    match = _WITHIN.search(" ".join(sentence.words[start:end]))
    if match is None or agreed_on is None or len(agreed_on) != len("2000-01-01"):
        return None, None
    count = _count(match["count"])
    if count is None:
        return None, None
    return (
        date.fromisoformat(agreed_on) + timedelta(days=round(count * _DAYS[match["unit"]]))
    ).isoformat(), None


def _count(word: str) -> int | None:
    """How many days or weeks "a", "three" or "30" are."""
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else number_words().units.get(word)
