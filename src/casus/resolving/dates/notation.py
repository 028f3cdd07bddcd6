"""A notation for grammars of words: regular expressions whose characters are tokens.

A rule is a regular expression in which a lower-case word stands for itself, an
upper-case name for a class of tokens or for another rule; white space means nothing,
groups don't capture.  Each token of a text becomes one letter, tokens that no rule
tells apart become the same one, and the rules run over the string of letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NAME = re.compile(r"[A-Za-z_]+")
_GROUP = re.compile(r"\((?!\?)")
_WHITE_SPACE = re.compile(r"\s+")
_FIRST_LETTER = 0xE000  # the private use area, where no letter means anything to a regular expression


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The letters of a grammar: of each word in it, and of each class (several, as one string)."""

    words: Mapping[str, str]
    classes: Mapping[str, str]


def make_alphabet(
    rules: Iterable[str], *, word_classes: Mapping[str, Iterable[str]], kinds: Iterable[str]
) -> Alphabet:
    """The alphabet of the words in `rules`, of classes of words, and of kinds of tokens without words."""
    names_of: dict[str, set[str]] = {}
    for rule in rules:
        for word in filter(str.islower, _NAME.findall(rule)):
            names_of.setdefault(word, set()).add(word)
    for class_name, words in word_classes.items():
        for word in words:
            names_of.setdefault(word, set()).add(class_name)
    letters: dict[frozenset[str], str] = {}
    for names in [{kind} for kind in kinds] + list(names_of.values()):
        letters.setdefault(frozenset(names), chr(_FIRST_LETTER + len(letters)))
    classes: dict[str, str] = {}
    for members, letter in letters.items():
        for name in members:
            classes[name] = classes.get(name, "") + letter
    return Alphabet({word: letters[frozenset(names)] for word, names in names_of.items()}, classes)


def expand(rule: str, alphabet: Alphabet, parts: Mapping[str, str]) -> str:
    """A rule as a regular expression over letters; `parts` are the rules it may use, expanded."""

    def letters(name: re.Match[str]) -> str:
        return parts.get(name.group()) or f"[{alphabet.classes[name.group()]}]"

    return f"(?:{_WHITE_SPACE.sub('', _NAME.sub(letters, _GROUP.sub('(?:', rule)))})"


def expand_all(rules: Mapping[str, str], alphabet: Alphabet) -> dict[str, str]:
    """All rules as regular expressions over letters; each may use those before it."""
    expanded: dict[str, str] = {}
    for name, rule in rules.items():
        expanded[name] = expand(rule, alphabet, expanded)
    return expanded
