"""With what: the weapons that a sentence names, and the kind of event that each tells."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from casus.knowledge import read_table
from casus.model import EventType, Weapon
from casus.model import Evidence as Ev
from casus.reading.parsing import Sentence


@dataclass(frozen=True, slots=True, eq=False)
class WeaponMention:
    """A weapon of a sentence: tokens `start` to `end` (exclusive); `family` is bombing, shelling, air strike or attack."""

    sentence: int
    start: int
    end: int
    family: EventType | None
    weapon: Weapon


@functools.cache
def _table() -> Mapping[str, tuple[tuple[tuple[str, ...], EventType], ...]]:
    """Weapons by their first word, longer names first."""
    found: dict[str, list[tuple[tuple[str, ...], EventType]]] = defaultdict(list)
    for row in read_table("weapons.tsv", ("name", "event_type")):
        parts = tuple(row.text("name").replace("-", " - ").split())
        found[parts[0]].append((parts, row.choice("event_type", EventType)))
    return {key: tuple(sorted(value, key=lambda v: -len(v[0]))) for key, value in found.items()}


def find_weapons(sentence: Sentence) -> tuple[WeaponMention, ...]:
    """The weapons of a sentence, in order."""
    table, words = _table(), sentence.words
    found: list[WeaponMention] = []
    i = 0
    while i < len(words):
        match = next(
            (
                (parts, family)
                for parts, family in table.get(words[i], ())
                if words[i : i + len(parts)] == parts
            ),
            None,
        )
        if match is None or sentence.doc[i].pos_ not in ("NOUN", "PROPN", "ADJ", "VERB", "NUM"):
            i += 1
            continue
        parts, family = match
        end = i + len(parts)
        if sentence.doc[end - 1].pos_ in ("NOUN", "PROPN"):
            name = sentence.text(i, end)
            found.append(
                WeaponMention(
                    sentence.index,
                    i,
                    end,
                    family,
                    Weapon(name, (Ev(*sentence.chars(i, end), "weapon.named"),)),
                )
            )
        i = end
    return tuple(found)
