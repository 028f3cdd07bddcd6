"""Which reports of an archive are copies of others, and which of these need no reading of their own.

Two reports are copies where they share most of their words (`casebook.copies`).  A copy is
not read where it tells nothing that the original doesn't: it shares nearly all words, and of
the words that the original lacks none is a number, a sign of violence or a verb of denying,
accusing, confirming, owning up or promising.  An update with a new toll, or with a denial
added, is a version to be read itself; "said" in the place of "told reporters" makes none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casus.casebook.copies import LEAST_SHARE, shared_words
from casus.knowledge import read_table
from casus.reading.gating import signs_in
from casus.reading.numerals import number_words

NEARLY_ALL = 0.85
"""From this share of words on, a copy that tells nothing new is not read."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A report and an earlier one that it shares words with; both by their place in the order."""

    later: str
    earlier: str
    share: float
    is_nothing_new: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A report that is a version of an earlier one: of which, how much of it, and whether it is read."""

    of: str
    share: float
    is_read: bool


def compared(later: str, earlier: str, text: str, earlier_text: str) -> Pair | None:
    """How two texts compare, None where they are no copies."""
    share = round(shared_words(text, earlier_text), 4)
    if share < LEAST_SHARE:
        return None
    return Pair(later, earlier, share, share >= NEARLY_ALL and not tells_more(text, earlier_text))


def tells_more(text: str, earlier: str) -> bool:
    """Whether a text has a number, a sign of violence or a verb of stance that an earlier one lacks."""
    words, before = (set(_WORD.findall(whole.casefold())) for whole in (text, earlier))
    told = {verb for word in before for verb in _verbs_of(word)}
    return any(_tells(word) or not told.issuperset(_verbs_of(word)) for word in words - before)


@functools.lru_cache(maxsize=50_000)
def _tells(word: str) -> bool:
    return (
        any(char.isdigit() for char in word)
        or word in _numbers()
        or any(sign.weight for sign in signs_in(word))
    )


@functools.lru_cache(maxsize=50_000)
def _verbs_of(word: str) -> frozenset[str]:
    return _verbs() & frozenset(_lemmas(word))


@functools.cache
def _numbers() -> frozenset[str]:
    known = number_words()
    plurals = {words[0] for words in known.plurals if len(words) == 1}
    return frozenset({*known.units, *known.tens, *known.multipliers, *known.scales, *plurals})


@functools.cache
def _verbs() -> frozenset[str]:
    rows = read_table("reporting.tsv", ("lemma", "complement", "kind", "takes"))
    return frozenset(row.text("lemma") for row in rows if row.text("kind") != "say")


def _lemmas(word: str) -> Iterable[str]:
    """The verbs that a word may be a form of: "denied" of "deny", "blames" of "blame"."""
    yield word
    for ending, instead in (("ied", "y"), ("ies", "y"), ("ed", ""), ("d", ""), ("s", ""), ("es", "")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead
    if word.endswith("ing"):
        yield word.removesuffix("ing")
        yield word.removesuffix("ing") + "e"
    if word.endswith("aid"):
        yield word.removesuffix("aid") + "ay"


def versions_of(pairs: Iterable[Pair]) -> Mapping[str, Version]:
    """What each later report of some pairs is a version of.

    It is not read where it tells nothing new beside one that is read itself, so that each copy
    stands for a reading that there is.  Else it is a version of the one that it is most like.
    """
    beside: dict[str, list[Pair]] = {}
    for pair in pairs:
        beside.setdefault(pair.later, []).append(pair)
    versions: dict[str, Version] = {}
    for later in sorted(beside):
        own = sorted(beside[later], key=lambda pair: pair.earlier)
        read = [pair for pair in own if pair.earlier not in versions or versions[pair.earlier].is_read]
        same = next((pair for pair in read if pair.is_nothing_new), None)
        if same is not None:
            versions[later] = Version(same.earlier, same.share, is_read=False)
        else:
            likest = max(read or own, key=lambda pair: pair.share)
            of = likest.earlier if read else versions[likest.earlier].of
            versions[later] = Version(of, likest.share, is_read=True)
    return versions
