"""When two names count as the same, spelling variants allowed.

The rules are those of the gold reports' scorer, so that figures can be compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Levenshtein

# Words that many names share: they tell nothing where a name has others.
_GENERIC_WORDS = """
the of a an and in at on for to province district city town village state region governorate department
county local provincial national government forces force group militants militant fighters rebels police
army troops soldiers
"""
# Words any two of which may stand for the same people, who take no part in fighting.
_CIVILIAN_WORDS = """
civilian civilians people resident residents villager villagers worshipper worshippers worshipers
passenger passengers shopper shoppers student students pupil pupils child children woman women men
farmer farmers worker workers market mosque church
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_CIVILIANS = frozenset(_CIVILIAN_WORDS.split())
_LEAST_CLOSENESS = 0.75
_INITIALS = re.compile(r"\b([a-z])\.([a-z])\.?")
_WORD = re.compile(r"[a-z0-9]+")

SameName = Callable[[str, str], bool]


def name_words(name: str) -> list[str]:
    """The words of a name in lower-case ASCII; initials such as U.S. are one word."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return _WORD.findall(_INITIALS.sub(r"\1\2", ascii_name))


def is_same_name(name: str | None, other: str | None) -> bool:
    """True where the names share a telling word of two letters or more, or both are unknown.

    Two words are shared from an edit-distance similarity of 0.75 on.
    """
    if not name or not other:
        return not name and not other
    return any(
        _closeness(word, other_word) >= _LEAST_CLOSENESS
        for word in _telling_words(name)
        for other_word in _telling_words(other)
    )


def is_same_people(people: str, others: str) -> bool:
    """True for the same named group, and for any two expressions that mean civilians."""
    are_civilians = all(_CIVILIANS.intersection(name_words(name)) for name in (people, others))
    return are_civilians or is_same_name(people, others)


def share_a_name(names: Sequence[str], others: Sequence[str], is_same: SameName = is_same_name) -> bool:
    """True where any name of one list is in the other, or both lists are empty."""
    if not names or not others:
        return not names and not others
    return any(is_same(name, other) for name in names for other in others)


def _telling_words(name: str) -> list[str]:
    words = name_words(name)
    return [word for word in [word for word in words if word not in _GENERIC] or words if len(word) > 1]


def _closeness(word: str, other: str) -> float:
    return 1 - Levenshtein.distance(word, other) / max(len(word), len(other))
