"""Whether a side says what it will do: "those at fault would be punished", "we will not leave the road"."""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.parsing import child
from casus.reading.realis import is_negated
from casus.reading.told import Told, speaks_for_party
from casus.reading.word_classes import WordClass, is_a

_SELF = frozenset(("it", "they", "we", "he", "she", "i"))
_SELF_OWNED = frozenset(("its", "their", "our", "his", "her", "my"))
# What is refused is no promise: "would not commit to a truce".
_REFUSED = frozenset(
    ("commit", "accept", "agree", "negotiate", "talk", "recognise", "recognize", "sign", "join")
)
_NO_DEED = frozenset(("be", "have", "need", "know", "depend", "continue", "remain", "become"))


def is_promise(told: Told) -> bool:
    """True where a side that can act says what it will or would do, without a condition."""
    return speaks_for_party(told.voice) and any(_is_undertaken(told, verb) for verb in told.verbs())


def _is_undertaken(told: Told, verb: Token) -> bool:
    helped = {c.lower_ for c in verb.lefts if c.dep_ == "aux"}
    if (
        not helped & {"will", "would", "'ll", "shall"}
        or "have" in helped
        or verb.dep_ in ("advcl", "relcl", "acl")
    ):
        return False
    lemma = verb.lemma_.lower()
    if lemma in _NO_DEED or (is_negated(verb) and lemma in _REFUSED):
        return False
    subject = child(verb, "nsubj")
    if subject is None:
        return child(verb, "nsubjpass") is not None and is_a(lemma, WordClass.REDRESS)
    return (
        subject.lower_ in _SELF
        or any(c.lower_ in _SELF_OWNED for c in subject.lefts)
        or _is_own(told, subject)
    )


def _is_own(told: Told, subject: Token) -> bool:
    party = told.party(subject)
    return party is not None and told.is_own(party)
