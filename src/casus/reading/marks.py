"""What resolving found in a report, laid over the tokens of its sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from casus.model import ActorKind, Category
from casus.reading.parsing import Sentence
from casus.reading.uncounted import uncounted
from casus.resolving.dates import DateMention
from casus.resolving.places import PlaceMention

Mention = TypeVar("Mention", DateMention, PlaceMention)


@dataclass(frozen=True, slots=True, eq=False)
class ActorMark:
    """An actor named in a sentence: tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    name: str
    registry_id: str | None
    kind: ActorKind
    country_code: str | None
    category: Category | None
    can_act: bool  # False for bodies that only speak: media, monitors, courts
    speaks_for: str | None = None  # the armed group whose mouthpiece a body is, by its name in the report


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The dates, places and actors of one sentence, by token; `blocked` are numbers that count no people."""

    dates: tuple[tuple[int, int, DateMention], ...]
    places: tuple[tuple[int, int, PlaceMention], ...]
    actors: Mapping[int, ActorMark]
    blocked: frozenset[int]

    def place_tokens(self) -> frozenset[int]:
        """The tokens of names of places."""
        return frozenset(
            i for start, end, place in self.places if place.kind.value != "unknown" for i in range(start, end)
        )

    def date_tokens(self) -> frozenset[int]:
        """The tokens of dates and times."""
        return frozenset(i for start, end, _ in self.dates for i in range(start, end))


def marks_of(
    sentence: Sentence,
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    actors: Mapping[int, ActorMark],
) -> Marks:
    """The marks of a sentence, from the mentions of the whole report."""
    first, last = sentence.chars(0, len(sentence.doc))
    own_dates = _covering(sentence, [d for d in dates if first <= d.start_char < last])
    own_places = _covering(sentence, [p for p in places if first <= p.start_char < last])
    marked = frozenset(i for start, end, _ in own_dates for i in range(start, end))
    return Marks(tuple(own_dates), tuple(own_places), actors, marked | uncounted(sentence))


def _covering(sentence: Sentence, mentions: Sequence[Mention]) -> list[tuple[int, int, Mention]]:
    found: list[tuple[int, int, Mention]] = []
    for mention in mentions:
        tokens = sentence.tokens_in(mention.start_char, mention.end_char)
        if tokens is not None:
            start, end = tokens
            found.append((start, end, mention))
    return found
