"""With what: the weapons that a sentence names, and the kind of event that each tells.

Rules, by name:

`weapon.named`     a weapon of `weapons.tsv`
`weapon.implied`   "shot", "gunmen" and the like: firearms, where none is named
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casus.knowledge import read_roles, read_table
from casus.model import EventType, Evidence, Weapon
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence

_REACH = 9  # tokens between a vehicle and the explosives in it
_NAMES = ("NOUN", "PROPN")
_BEGINS = (*_NAMES, "ADJ", "VERB", "NUM")


@dataclass(frozen=True, slots=True, eq=False)
class WeaponMention:
    """A weapon of a sentence: tokens `start` to `end` (exclusive), and the kind of event that it tells."""

    sentence: int
    start: int
    end: int
    family: EventType
    weapon: Weapon | None  # None for an aircraft: it carries weapons


@dataclass(frozen=True, slots=True)
class _Name:
    """A row of `weapons.tsv`: its words, the kind of event, what to record if not the words themselves."""

    words: tuple[str, ...]
    family: EventType
    record: str | None


@functools.cache
def _table() -> Mapping[str, tuple[_Name, ...]]:
    """Weapons by their first word, longer names first."""
    found: dict[str, list[_Name]] = defaultdict(list)
    for row in read_table("weapons.tsv", ("name", "event_type", "record")):
        words = tuple(row.text("name").replace("-", " - ").split())
        name = _Name(words, row.choice("event_type", EventType), row.optional("record"))
        found[words[0]].append(name)
    return {key: tuple(sorted(value, key=lambda name: -len(name.words))) for key, value in found.items()}


@functools.cache
def _beside() -> Mapping[str, frozenset[str]]:
    """Words beside a weapon's name that make it something else, by where they stand."""
    return read_roles("no_weapons.tsv")


def find_weapons(sentence: Sentence, marks: Marks) -> tuple[WeaponMention, ...]:
    """The weapons of a sentence, in order."""
    found: list[WeaponMention] = []
    i = 0
    while i < len(sentence.words):
        name = _match(sentence, i)
        end = i + len(name.words) if name is not None else i + 1
        if name is not None and _is_weapon(sentence, marks, i, end):
            record = _vehicle_bomb(sentence, i) if sentence.words[i] == "explosives" else None
            weapon = _weapon(sentence, i, end, record or name.record, "weapon.named")
            found.append(WeaponMention(sentence.index, i, end, name.family, weapon))
        i = end
    return tuple(found)


def _vehicle_bomb(sentence: Sentence, i: int) -> str | None:
    """What a car full of explosives is, or one in which they are hidden: a "car bomb"."""
    words, beside = sentence.words, _beside()
    near = range(max(0, i - _REACH), min(len(words), i + _REACH))
    vehicle = next((words[j] for j in near if words[j] in beside["vehicle"]), None)
    if vehicle is None or not any(words[j] in beside["loaded"] for j in near):
        return None
    return "truck bomb" if vehicle in ("truck", "lorry", "tanker") else "car bomb"


def _weapon(sentence: Sentence, start: int, end: int, record: str | None, rule: str) -> Weapon | None:
    if record == "-":
        return None
    return Weapon(record or sentence.text(start, end), (Evidence(*sentence.chars(start, end), rule),))


def recorded(mentions: Iterable[WeaponMention], sentences: Iterable[Sentence]) -> tuple[Weapon, ...]:
    """The weapons of an event, each name once; firearms where its sentences only tell of shots."""
    found: dict[str, Weapon] = {}
    for mention in mentions:
        if mention.weapon is not None:
            name = mention.weapon.name.lower()
            found.setdefault(name.removesuffix("s"), mention.weapon)
    if not found:
        shot = next(_shots(sentences), None)
        return (shot,) if shot is not None else ()
    return tuple(found.values())


def _shots(sentences: Iterable[Sentence]) -> Iterator[Weapon]:
    for sentence in sentences:
        for token in sentence.tokens:
            if token.lemma_.lower() in _beside()["shot"]:
                weapon = _weapon(sentence, token.i, token.i + 1, "firearms", "weapon.implied")
                if weapon is not None:
                    yield weapon


def _match(sentence: Sentence, i: int) -> _Name | None:
    """The longest name of a weapon that begins at a token."""
    if sentence.doc[i].pos_ not in _BEGINS:
        return None
    names = _table().get(sentence.words[i], ())
    return next((n for n in names if sentence.words[i : i + len(n.words)] == n.words), None)


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
