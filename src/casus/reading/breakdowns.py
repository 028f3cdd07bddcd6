"""What the people of one figure were, told beside it: "17 people: 12 soldiers and five civilians".

Also "including three policemen", "19 of them soldiers", "of whom two were children",
"all of them civilians".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casus.model import Category
from casus.reading.groups import PhraseReader
from casus.reading.harm_states import list_end, people_between
from casus.reading.mentions import HarmMention
from casus.reading.people import Group, Part, Share

_REACH = 24  # tokens from a figure to what breaks it down
_THEM = frozenset({"them", "whom", "which", "these"})
_BEING = frozenset({"were", "are", "was", "being", "been"})
_REST = frozenset({"rest", "others", "remainder"})
_MOSTLY = frozenset({"mostly", "mainly", "chiefly", "largely"})
_BRACKETS = frozenset({"(", "-", "–", "—"})
_OPENERS = frozenset({"including", "among", "amongst"})


@dataclass(frozen=True, slots=True)
class _Breakdown:
    start: int
    parts: tuple[Part, ...]
    is_whole: bool = False  # only where the parts add up to the figure


def with_breakdowns(reader: PhraseReader, found: Sequence[HarmMention]) -> list[HarmMention]:
    """The mentions, each figure with the parts that the sentence tells of it."""
    breakdowns = list(_breakdowns(reader))
    if not breakdowns:
        return list(found)
    counted = [g for m in found for g in m.groups if g.quantity is not None and not g.is_part]
    owners: dict[int, tuple[Part, ...]] = {}
    for breakdown in breakdowns:
        before = [g for g in counted if 0 <= breakdown.start - g.end <= _REACH]
        nearest = max(before, key=lambda g: g.end, default=None)
        total = sum(p.count or 0 for p in breakdown.parts)
        if nearest is not None and (not breakdown.is_whole or nearest.value == total):
            owners[id(nearest)] = (*owners.get(id(nearest), ()), *breakdown.parts)
    return [replace(m, groups=tuple(_broken_down(g, owners.get(id(g), ())) for g in m.groups)) for m in found]


def _broken_down(group: Group, parts: tuple[Part, ...]) -> Group:
    """A group with its parts; the category of all or most of its people becomes its own."""
    if not parts:
        return group
    whole = next((p for p in parts if covers_all(p)), None)
    if whole is not None and group.category is Category.UNKNOWN:
        return replace(group, category=whole.category, parts=parts)
    return replace(group, parts=parts)


def covers_all(part: Part) -> bool:
    """True for a part that tells of what side all were: all of them, or most and civilians."""
    if part.category is Category.UNKNOWN:
        return False
    return part.share is Share.ALL or (part.share is Share.MOST and part.category is Category.CIVILIANS)


def _breakdowns(reader: PhraseReader) -> Iterator[_Breakdown]:
    words = reader.sentence.words
    for i, word in enumerate(words):
        if word == ":" or _opens(words, i):
            parts = _listed(reader, i + 1)
            counts = [p.count or 0 for p in parts]
            if parts and (word != ":" or sum(counts) > 1):
                yield _Breakdown(i, parts)
        elif word in _BRACKETS:
            parts = _listed(reader, i + 1, _bracket_end(words, i))
            if len(parts) > 1:
                yield _Breakdown(i, parts, is_whole=True)
        elif word in _THEM and i and words[i - 1] in ("of", "among"):
            part = _of_them(reader, i)
            if part is not None:
                yield part
        elif word in _MOSTLY and (part := _mostly(reader, i)) is not None:
            yield part


def _opens(words: Sequence[str], i: int) -> bool:
    """True for "including", "among them", "among whom"; "among 16 people" tells a total."""
    if words[i] not in _OPENERS:
        return False
    following = words[i + 1] if i + 1 < len(words) else ""
    return words[i] == "including" or following in _THEM


def _bracket_end(words: Sequence[str], i: int) -> int:
    """The token of the bracket or dash that answers one."""
    closing = ")" if words[i] == "(" else words[i]
    return next((j for j in range(i + 1, len(words)) if words[j] == closing), len(words))


def _listed(reader: PhraseReader, first: int, last: int | None = None) -> tuple[Part, ...]:
    """The people listed from a token on, up to the verb or the preposition that goes on with the sentence."""
    end = list_end(reader, first)
    groups = people_between(reader, first, end if last is None else min(end, last))
    return tuple(Part(Share.COUNT, g.value, g.category) for g in groups if not g.is_subset)


def _of_them(reader: PhraseReader, i: int) -> _Breakdown | None:
    """The parts in "19 of them soldiers", "two policemen among them", "all of them traders"."""
    words = reader.sentence.words
    before = i - 2
    if words[i - 1] == "among":
        return _named_among(reader, before)
    if before < 0 or words[before] in (",", "and", "("):
        return _of_whom(reader, i)
    share = _share_ending(reader, before)
    first = i + 1 + (i + 1 < len(words) and words[i + 1] in _BEING)
    category = _category_from(reader, first)
    if share is None or category is None:
        return None
    return _Breakdown(share[0], (Part(share[1], share[2], category), *_rest_after(reader, first)))


def _named_among(reader: PhraseReader, last: int) -> _Breakdown | None:
    """The part in "two policemen among them": the people that end at a token."""
    if last < 0 or reader.sentence.doc[last].pos_ not in ("NOUN", "PROPN"):
        return None
    group = reader.group_at(reader.sentence.doc[last])
    if group is None or (group.quantity is None and group.low != 1):
        return None
    return _Breakdown(group.start, (Part(Share.COUNT, group.value, group.category),))


def _of_whom(reader: PhraseReader, i: int) -> _Breakdown | None:
    """The part in "of whom two were children"."""
    words = reader.sentence.words
    number = next((q for q in reader.quantities if q.start == i + 1), None)
    if number is None or number.end >= len(words) or words[number.end] not in _BEING:
        return None
    category = _category_from(reader, number.end + 1)
    return _Breakdown(i, (Part(Share.COUNT, number.value, category),)) if category is not None else None


def _mostly(reader: PhraseReader, i: int) -> _Breakdown | None:
    """The part in "59 people, mostly policemen"."""
    category = _category_from(reader, i + 1)
    return _Breakdown(i, (Part(Share.MOST, None, category),)) if category is not None else None


def _rest_after(reader: PhraseReader, first: int) -> tuple[Part, ...]:
    """The part in "and the rest civilians"."""
    words = reader.sentence.words
    rest = next((i for i in range(first, min(first + 6, len(words))) if words[i] in _REST), None)
    if rest is None:
        return ()
    category = _category_from(reader, rest + 1 + (rest + 1 < len(words) and words[rest + 1] in _BEING))
    return (Part(Share.REST, None, category),) if category is not None else ()


def _share_ending(reader: PhraseReader, end: int) -> tuple[int, Share, int | None] | None:
    """The share that ends at a token: its first token, its kind and its number."""
    word = reader.sentence.words[end]
    if word in ("all", "both"):
        return end, Share.ALL, None
    if word in ("most", "many", "majority", "mostly"):
        return end, Share.MOST, None
    number = next((q for q in reader.quantities if q.end == end + 1), None)
    return (number.start, Share.COUNT, number.value) if number is not None else None


def _category_from(reader: PhraseReader, first: int) -> Category | None:
    """The category of the first noun for people from a token on, with only words of its phrase before it."""
    doc = reader.sentence.doc
    for token in doc[first : first + 5]:
        if token.pos_ in ("VERB", "AUX", "ADP", "PUNCT", "SCONJ"):
            return None
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is not None and following.pos_ in ("NOUN", "PROPN") and token.pos_ != "NUM":
            continue
        if token.pos_ in ("NOUN", "PROPN", "ADJ"):
            category = reader.category(token)
            if category is not None:
                return category
    return None
