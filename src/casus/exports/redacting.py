"""Names that people asked to withhold, taken out of all that is passed on.

A name goes wherever it stands: in any case, with or without its accents, with anything
but letters between its words, and in addresses.  Of a name withheld in the event itself, or
in a report that tells of it, each capitalised word of three letters or more goes too where
people speak or are spoken of; places, publishers and actors of the registry keep theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import unquote

from pydantic import TypeAdapter

from casus.casebook.dossiers import Dossier
from casus.casebook.records import Event, EventWhere, Named, Perpetrator, ReportHead, Told
from casus.model import Actor, Place, PlaceCandidate

Record = TypeVar("Record")

WITHHELD = "[name withheld]"
_LEAST_LETTERS = 3
_NOT_WORDS = frozenset({"id", "key", "keys", "hash", "registry_id", "withheld", "withheld_elsewhere"})
_OFFICES = frozenset({"publisher", "credit", "source"})
_RECORDS = TypeAdapter(tuple[Event, tuple[Told, ...]])
_ESCAPED = re.compile(r"\\(?:u[0-9a-f]{4}|.)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


def redacted(dossier: Dossier) -> Dossier:
    """The dossier without the names that are withheld; the same where none is.

    `withheld` keeps as many entries as names were asked for, without the names.
    """
    names = tuple(dict.fromkeys((*dossier.event.withheld, *dossier.withheld)))
    if not names and not dossier.withheld_elsewhere:
        return dossier
    eraser = _eraser(names, dossier.withheld_elsewhere)
    if not names and not eraser.may_find(_all_text(dossier)):
        return dossier
    event = replace(eraser.cleaned(dossier.event), withheld=())
    return Dossier(
        event,
        eraser.cleaned(dossier.told),
        {number: eraser.speech(quote) for number, quote in dossier.quotes.items()},
        (WITHHELD,) * len(dossier.event.withheld),
    )


@dataclass(frozen=True, slots=True)
class RedactedText:
    """A text without the names that are withheld, and where its characters came from.

    `cuts` are the first character of each name in the text as it was, and the one after it.
    """

    text: str
    cuts: tuple[tuple[int, int], ...] = ()

    def span(self, start_char: int, end_char: int) -> tuple[int, int]:
        """Where a span of the text as it was is now; one that cuts a name takes in its mark."""
        return self._place(start_char, is_end=False), self._place(end_char, is_end=True)

    def _place(self, char: int, *, is_end: bool) -> int:
        moved = 0
        for first, last in self.cuts:
            if char >= last:
                moved += len(WITHHELD) - (last - first)
            elif char > first:
                return first + moved + (len(WITHHELD) if is_end else 0)
            else:
                break
        return char + moved


def redacted_text(text: str, names: Sequence[str], elsewhere: Sequence[str] = ()) -> RedactedText:
    """The text of a report without names: `names` and their parts, `elsewhere` full names only."""
    if not names and not elsewhere:
        return RedactedText(text)
    eraser = _eraser(tuple(names), tuple(elsewhere))
    cuts = list(eraser.places(text))
    pieces, end = [], 0
    for first, last in cuts:
        pieces += [text[end:first], WITHHELD]
        end = last
    return RedactedText("".join((*pieces, text[end:])), tuple(cuts))


def redacted_record(record: Record, names: Sequence[str], elsewhere: Sequence[str] = ()) -> Record:
    """Any record, or records in tuples, lists and dicts, without names; spans stay as they are."""
    if not names and not elsewhere:
        return record
    return _eraser(tuple(names), tuple(elsewhere)).cleaned(record)


@dataclass(frozen=True, slots=True)
class _Eraser:
    """Takes names out: `whole` wherever they stand, `parts` where people speak or are spoken of."""

    names: tuple[tuple[str, ...], ...]
    whole: re.Pattern[str]
    parts: re.Pattern[str] | None

    def may_find(self, text: str) -> bool:
        """Whether a full name may be in a text, or in the addresses that it has."""
        plain = unquote(text) if "%" in text else text
        folded = plain.lower() if plain.isascii() else _folded(plain)
        return any(all(word in folded for word in words) for words in self.names)

    def label(self, text: str) -> str:
        """A name of something that is nobody, without full names."""
        if text.startswith(("http://", "https://")):
            return WITHHELD if self.speech(unquote(text)) != unquote(text) else text
        return _without(text, self.whole, lambda _: True)

    def speech(self, text: str) -> str:
        """A text about people, without full names and without capitalised parts of them."""
        text = _without(text, self.whole, lambda _: True)
        return text if self.parts is None else _without(text, self.parts, lambda found: not found.islower())

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where `speech` takes something out of a text, in order."""
        found = list(_found(text, self.whole, lambda _: True))
        if self.parts is not None:
            found += _found(text, self.parts, lambda part: not part.islower())
        end = 0
        for first, last in sorted(found, key=lambda one: (one[0], -one[1])):
            if first >= end:
                yield first, last
                end = last

    def cleaned(self, value: Record) -> Record:
        """A record without names, the same one where it has none."""
        changed: Record = self._clean(value, self.speech)
        return changed

    def _clean(self, value: Any, clean: Callable[[str], str]) -> Any:
        if type(value) is str:
            return clean(value) if not value.startswith("http") else self.label(value)
        if isinstance(value, tuple | list):
            items = [self._clean(item, clean) for item in value]
            same = all(one is other for one, other in zip(items, value, strict=True))
            return value if same else type(value)(items)
        if isinstance(value, dict):
            return {key: self._clean(item, clean) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return self._clean_record(value, clean)
        return value

    def _clean_record(self, record: Any, clean: Callable[[str], str]) -> Any:
        if isinstance(record, EventWhere | Place | PlaceCandidate) or (
            isinstance(record, Actor | Perpetrator | Named) and record.registry_id is not None
        ):
            clean = self.label
        changes: dict[str, Any] = {}
        if isinstance(record, Event) and record.withheld:
            changes["withheld"] = (WITHHELD,) * len(record.withheld)
        kind: Any = type(record)
        for name in _names_of(kind):
            value = getattr(record, name)
            is_office = isinstance(record, ReportHead) and name in _OFFICES
            cleaned = self._clean(value, self.label if is_office else clean)
            if cleaned is not value:
                changes[name] = None if name == "url" else cleaned
        return replace(record, **changes) if changes else record


def _all_text(dossier: Dossier) -> str:
    """All that is told of an event as one text, to look for names in at once."""
    told = _RECORDS.dump_json((dossier.event, dossier.told)).decode("utf-8")
    if "\\" in told:
        told = _ESCAPED.sub(" ", told)
    return "\n".join((told, *dossier.quotes.values()))


@lru_cache(maxsize=64)
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in _NOT_WORDS)


@lru_cache(maxsize=256)
def _eraser(names: tuple[str, ...], elsewhere: tuple[str, ...]) -> _Eraser:
    words = [_WORD.findall(_folded(name)) for name in (*names, *elsewhere)]
    full = sorted((r"[\W_]*".join(map(re.escape, some)) for some in words if some), key=len, reverse=True)
    parts = {word for name in names for word in _WORD.findall(_folded(name)) if len(word) >= _LEAST_LETTERS}
    return _Eraser(
        tuple(tuple(some) for some in words if some),
        _bounded(full),
        _bounded(sorted(parts, key=len, reverse=True)) if parts else None,
    )


def _bounded(alternatives: list[str]) -> re.Pattern[str]:
    """What matches one of some alternatives where no letter stands beside it; nothing of none."""
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(alternatives) or '(?!)'})(?![^\W\d_])")


def _without(text: str, pattern: re.Pattern[str], is_meant: Callable[[str], bool]) -> str:
    pieces, end = [], 0
    for first, last in _found(text, pattern, is_meant):
        pieces += [text[end:first], WITHHELD]
        end = last
    return "".join((*pieces, text[end:])) if end else text


def _found(text: str, pattern: re.Pattern[str], is_meant: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where a pattern of folded letters is in a text, in order, as first character and the one after."""
    if text.isascii():
        folded, places = text.lower(), None
    else:
        folded, places = _folded_with_places(text)
    end = 0
    for match in pattern.finditer(folded):
        first, last = match.span()
        if places is not None:
            first, last = places[first], places[last - 1] + 1
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
        if first >= end and is_meant(text[first:last]):
            yield first, last
            end = last


def _folded(text: str) -> str:
    return _folded_with_places(text)[0]


def _folded_with_places(text: str) -> tuple[str, Mapping[int, int]]:
    """The text in small letters without marks, and where each of its characters came from."""
    folded: list[str] = []
    places: dict[int, int] = {}
    for place, char in enumerate(text):
        for plain in unicodedata.normalize("NFKD", char).casefold():
            if not unicodedata.combining(plain):
                places[len(folded)] = place
                folded.append(plain)
    return "".join(folded), places
