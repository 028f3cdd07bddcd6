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


def _by_words(names: Iterable[str]) -> list[str]:
    """The names of several words as rules, each longer one before those that it begins with."""
    several = {"".join(_BETWEEN_WORDS.get(sign, sign) for sign in n) for n in names if not _WORD.fullmatch(n)}
    return sorted(several, key=lambda rule: (-len(rule), rule))


def _any_of(names: Iterable[str], single: str) -> str:
    """A rule that fits any of the names, `single` being the class of those of one word.

    A blank may be a hyphen, and an apostrophe be left out.
    """
    by_first: dict[str, list[str]] = {}
    for rule in _by_words(names):
        first, _, rest = rule.partition(" ")
        by_first.setdefault(first, []).append(rest)
    several = [f"{first} ({' | '.join(rests)})" for first, rests in by_first.items()]
    return " | ".join([*several, single])


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
    names = {"CALENDAR_MONTH": tuple(load_months()), "FEAST": load_feast_names()}
    singles = {f"{kind}_WORD": list(filter(_WORD.fullmatch, of_kind)) for kind, of_kind in names.items()}
    named = {kind: _any_of(of_kind, f"{kind}_WORD") for kind, of_kind in names.items()}
    rules = [*named.values(), *PARTS.values(), *RULES.values()]
    alphabet = make_alphabet(rules, word_classes=WORD_CLASSES | singles, kinds=KINDS)
    parts = expand_all(named | PARTS, alphabet)
    firsts = {
        kind: [f"{kind}_WORD", *sorted({name.split()[0] for name in _by_words(of_kind)})]
        for kind, of_kind in names.items()
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
