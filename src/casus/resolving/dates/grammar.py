"""The grammar of time expressions in news, in the notation of `casus.resolving.dates.notation`.

`grammar_parts` has the building blocks, `grammar_rules` the expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from casus.resolving.dates.calendars import load_months
from casus.resolving.dates.feast_days import load_feast_names
from casus.resolving.dates.grammar_parts import KINDS, PARTS, WORD_CLASSES
from casus.resolving.dates.grammar_rules import CORE, CORE_REACH, GUARDS, RULES
from casus.resolving.dates.notation import Alphabet, expand, expand_all, make_alphabet

_WORD = re.compile(r"[a-z]+")
_BETWEEN_WORDS = {" ": " TIGHT_DASH? ", "-": " TIGHT_DASH? ", "'": " MARK? "}


def _any_of(names: Iterable[str]) -> str:
    """A rule that fits any of the names; a blank may be a hyphen, and an apostrophe be left out."""
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return " | ".join("".join(_BETWEEN_WORDS.get(sign, sign) for sign in name) for name in longest_first)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules over letters: one that finds any expression, and one that knows a date by itself."""

    alphabet: Alphabet
    kinds: Mapping[str, str]
    expressions: re.Pattern[str]
    point: re.Pattern[str]


@cache
def load_grammar() -> Grammar:
    """The grammar, compiled once."""
    named = {"CALENDAR_MONTH": _any_of(load_months()), "FEAST": _any_of(load_feast_names())}
    rules = [*named.values(), *PARTS.values(), *RULES.values()]
    alphabet = make_alphabet(rules, word_classes=WORD_CLASSES, kinds=KINDS)
    parts = expand_all(named | PARTS, alphabet)
    firsts = {
        "FEAST": sorted({_WORD.findall(name)[0] for name in load_feast_names()}),
        "CALENDAR_MONTH": sorted({_WORD.findall(name)[0] for name in load_months()}),
    }

    def guard(names: str) -> str:
        """A look ahead for one of the words or classes."""
        words = [word for name in names.split() for word in firsts.get(name, [name])]
        letters = "".join(sorted({letter for word in words for letter in alphabet.classes[word]}))
        return f"(?=[^{letters}]{{0,{CORE_REACH}}}[{letters}])"

    expressions = "|".join(
        f"(?P<{name}>{guard(GUARDS[name]) if name in GUARDS else ''}{expand(rule, alphabet, parts)})"
        for name, rule in RULES.items()
    )
    guarded = f"{guard(CORE)}(?:{expressions})"
    kinds = {alphabet.classes[kind]: kind for kind in KINDS}
    return Grammar(alphabet, kinds, re.compile(guarded), re.compile(parts["POINT"]))
