"""With what: the weapons that a sentence names, and the kind of event that each tells.

Rule, by name: `weapon.named`, a weapon of `weapons.tsv` in the words of the report.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from casus.knowledge import read_roles, read_table
from casus.model import Evidence, EventType, Weapon
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence

_NAMES = ("NOUN", "PROPN")
_BEGINS = (*_NAMES, "ADJ", "VERB", "NUM")


@dataclass(frozen=True, slots=True, eq=False)
class WeaponMention:
    """A weapon of a sentence: tokens `start` to `end` (exclusive), and the kind of event that it tells."""

    sentence: int
    start: int
    end: int
    family: EventType
    weapon: Weapon


@functools.cache
def _table() -> Mapping[str, tuple[tuple[tuple[str, ...], EventType], ...]]:
    """Weapons by their first word, longer names first."""
    found: dict[str, list[tuple[tuple[str, ...], EventType]]] = defaultdict(list)
    for row in read_table("weapons.tsv", ("name", "event_type")):
        parts = tuple(row.text("name").replace("-", " - ").split())
        found[parts[0]].append((parts, row.choice("event_type", EventType)))
    return {key: tuple(sorted(value, key=lambda v: -len(v[0]))) for key, value in found.items()}


@functools.cache
def _beside() -> Mapping[str, frozenset[str]]:
    """Words beside a weapon's name that make it something else, by where they stand."""
    return read_roles("no_weapons.tsv")


def find_weapons(sentence: Sentence, marks: Marks) -> tuple[WeaponMention, ...]:
    """The weapons of a sentence, in order."""
    found: list[WeaponMention] = []
    i = 0
    while i < len(sentence.words):
        match = _match(sentence, i)
        if match is None:
            i += 1
            continue
        parts, family = match
        end = i + len(parts)
        if _is_weapon(sentence, marks, i, end):
            evidence = Evidence(*sentence.chars(i, end), "weapon.named")
            weapon = Weapon(sentence.text(i, end), (evidence,))
            found.append(WeaponMention(sentence.index, i, end, family, weapon))
        i = end
    return tuple(found)


def _match(sentence: Sentence, i: int) -> tuple[tuple[str, ...], EventType] | None:
    """The longest name of a weapon that begins at a token."""
    if sentence.doc[i].pos_ not in _BEGINS:
        return None
    names = _table().get(sentence.words[i], ())
    return next((name for name in names if sentence.words[i : i + len(name[0])] == name[0]), None)


def _is_weapon(sentence: Sentence, marks: Marks, start: int, end: int) -> bool:
    """False within an actor's or a place's name, for a coal mine, a bullet-proof vest, a tank of water."""
    words = sentence.words
    if sentence.doc[end - 1].pos_ not in _NAMES or any(i in marks.actors for i in range(start, end)):
        return False
    if any(first <= start < last for first, last, _ in marks.places):
        return False
    before = words[start - 1] if start else ""
    after = words[end : end + 2]
    behind = next((word for word in after if word != "-"), "")
    return before not in _beside()["before"] and behind not in _beside()["after"]
