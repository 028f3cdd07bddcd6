"""What a statistic counts, from its words: "bombings and other assaults by the Azawagh Front".

The words before the first preposition say what is counted, those after `by` who did it, after
`against` or `on` to whom, after `in` where.  A word that nothing here knows stays unknown, and a
statistic with unknown words is not checked: another measure than the one that was meant would be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from casus.knowledge import read_table, require_unique
from casus.model import Category, EventType, Harm

FILE = "measures.tsv"
_COLUMNS = ("word", "role", "value")
_ACT_COLUMNS = ("lemma", "pos", "complement", "event_type", "note")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d[\d,.]*")
_LONGEST = 4  # words of an act
_OWN = frozenset({"its", "their", "our", "his", "her", "it", "them"})


class Part(StrEnum):
    """What the words after a preposition say."""

    WHAT = "what"
    BY = "by"
    AGAINST = "against"
    WHERE = "where"
    WHEN = "when"


class _Role(StrEnum):
    KIND = "kind"
    HARM = "harm"
    CATEGORY = "category"
    ANYBODY = "anybody"
    SETTING = "setting"
    FILLER = "filler"


_PREPOSITIONS = {
    "by": Part.BY,
    "against": Part.AGAINST,
    "on": Part.AGAINST,
    "targeting": Part.AGAINST,
    **dict.fromkeys(("in", "across", "near", "around", "inside", "throughout", "within", "at"), Part.WHERE),
    **dict.fromkeys(("since", "during", "after", "before", "until", "over", "between", "from"), Part.WHEN),
}
_HEDGES = frozenset({"over", "around"})  # of a number: "over 90 people"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: events of some types, or people harmed in them; names are as told.

    Without `harms` events are counted.  `types` is empty for all.  `unknown` are words that
    narrow the measure in a way that is not understood.
    """

    types: tuple[EventType, ...] = ()
    harms: tuple[Harm, ...] = ()
    categories: tuple[Category, ...] = ()
    perpetrator: str | None = None
    target: str | None = None
    where: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_understood(self) -> bool:
        """True where it is known what is counted, and nothing else narrows it."""
        return bool(self.types or self.harms) and not self.unknown


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    kinds: Mapping[str, tuple[EventType, ...]]
    harms: Mapping[str, tuple[Harm, ...]]
    categories: Mapping[str, Category]
    settings: frozenset[str]
    idle: frozenset[str]


def measure_of(text: str) -> Measure:
    """What the words of a statistic count."""
    parts: defaultdict[Part, list[list[str]]] = defaultdict(list)
    for part, words in _parts(text):
        parts[part].append(words)
    what = [word for words in parts[Part.WHAT] for word in words]
    counted, unknown = _counted(what)
    target, categories = _victims(parts[Part.AGAINST], counted)
    doers = _doer(unknown, parts[Part.BY])
    if categories and not counted.harms:  # targets are named in events, not sorted into categories
        unknown += [word for words in parts[Part.AGAINST] for word in words]
    return Measure(
        counted.types,
        counted.harms,
        categories if counted.harms else (),
        doers,
        target,
        tuple(_name(words) for words in parts[Part.WHERE] if _name(words)),
        () if doers is not None and not parts[Part.BY] else tuple(unknown),
    )


def is_of_speaker(name: str | None) -> bool:
    """Whether a doer is told by what is the speaker's own: "its fighters", "their forces"."""
    return name is not None and name.split()[0].lower() in _OWN


def places_in(text: str) -> tuple[str, ...]:
    """Where a sentence says that something was: what stands after "in" and the like, up to "since"."""
    found = []
    for part, words in _parts(text):
        if part is Part.WHEN:
            break
        if part is Part.WHERE and words and words[0][:1].isupper():
            found.append(_name(words))
    return tuple(found)


def _parts(text: str) -> Iterator[tuple[Part, list[str]]]:
    """The words of a text by the preposition before them."""
    part = Part.WHAT
    words: list[str] = []
    told = _WORD.findall(text)
    for word, after in zip_longest(told, told[1:], fillvalue=""):
        following = _PREPOSITIONS.get(word.lower())
        if following is not None and not (word.lower() in _HEDGES and after[:1].isdigit()):
            yield part, words
            part, words = following, []
        else:
            words.append(word)
    yield part, words


def _counted(words: Sequence[str]) -> tuple[Measure, list[str]]:
    """What is counted by the words before any preposition, and the words that are not understood."""
    known = _vocabulary()
    types: dict[EventType, None] = {}
    harms: dict[Harm, None] = {}
    categories: dict[Category, None] = {}
    unknown: list[str] = []
    at = 0
    while at < len(words):
        size, lemma = _longest(words, at, known)
        at += size
        if lemma in known.kinds:
            types |= dict.fromkeys(known.kinds[lemma])
        elif lemma in known.harms:
            harms |= dict.fromkeys(known.harms[lemma])
        elif lemma in known.categories:
            categories[known.categories[lemma]] = None
        elif lemma not in known.idle:
            unknown.append(words[at - 1])
    if types and not harms and categories:  # "militant attacks": whose, and no name
        unknown += [word for word in words if _lemma(word) in known.categories]
        categories = {}
    return Measure(tuple(types), tuple(harms), tuple(categories)), unknown


def _victims(told: Sequence[Sequence[str]], counted: Measure) -> tuple[str | None, tuple[Category, ...]]:
    """Against whom, where that is told: a name, or a category of the harmed."""
    known = _vocabulary()
    categories = list(counted.categories)
    target = None
    for words in told:
        _, lemma = _longest(words, 0, known) if words else (0, "")
        if len(words) <= 2 and lemma in known.categories:
            categories.append(known.categories[lemma])
        elif _name(words):
            target = _name(words)
    return target, tuple(dict.fromkeys(categories))


def _doer(unknown: Sequence[str], told: Sequence[Sequence[str]]) -> str | None:
    """Who did it: after "by", else a name before the act ("Azawagh Front attacks")."""
    for words in told:
        if _name(words):
            return _name(words)
    named = [word for word in unknown if word[:1].isupper()]
    return " ".join(unknown) if unknown and named and len(named) == len(unknown) else None


def _name(words: Sequence[str]) -> str:
    """A name without the article before it and the word for a war after it; "" where nothing is left."""
    settings = _vocabulary().settings
    kept = list(words)
    while kept and kept[0].lower() in ("the", "a", "an", "of"):
        kept = kept[1:]
    while kept and (kept[-1].lower() in settings or kept[-1].lower() == "civil"):
        kept = kept[:-1]
    return " ".join(kept)


def _longest(words: Sequence[str], at: int, known: _Vocabulary) -> tuple[int, str]:
    """The longest known word or words from a place on, and how many they are; else the one word."""
    for size in range(min(_LONGEST, len(words) - at), 0, -1):
        told = [word.lower() for word in words[at : at + size]]
        for lemma in (" ".join(told), " ".join([*told[:-1], _lemma(told[-1])])):
            if (
                lemma in known.kinds
                or lemma in known.harms
                or lemma in known.categories
                or lemma in known.idle
            ):
                return size, lemma
    return 1, _lemma(words[at])


def _lemma(word: str) -> str:
    """The singular of a noun that is regular, or of the few here that are not."""
    small = word.lower()
    if small in ("people", "police", "violence"):
        return small
    if small.endswith("men"):
        return small[:-2] + "an"
    if small == "lives":
        return "life"
    if small.endswith("ies"):
        return small[:-3] + "y"
    if small.endswith(("shes", "ches", "sses", "xes")):
        return small[:-2]
    return small[:-1] if small.endswith("s") and not small.endswith("ss") else small


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    rows = read_table(FILE, _COLUMNS)
    require_unique(rows, "word")
    kinds: dict[str, tuple[EventType, ...]] = {}
    harms: dict[str, tuple[Harm, ...]] = {}
    categories: dict[str, Category] = {}
    settings, idle = set(), set()
    for row in rows:
        word, role = row.text("word"), row.choice("role", _Role)
        if role is _Role.KIND:
            kinds[word] = tuple(EventType(one) for one in row.members("value"))
        elif role is _Role.HARM:
            harms[word] = tuple(Harm(one) for one in row.members("value"))
        elif role is _Role.CATEGORY:
            categories[word] = row.choice("value", Category)
        elif role is _Role.SETTING:
            settings.add(word)
        else:
            idle.add(word)
    for row in read_table("acts.tsv", _ACT_COLUMNS):
        word = row.text("lemma")
        if row.text("pos") == "NOUN" and word not in harms:
            kinds.setdefault(word, (row.choice("event_type", EventType),))
    return _Vocabulary(kinds, harms, categories, frozenset(settings), frozenset(idle))
