"""What was done to whom: tolls by harm and category, and the share of civilians among the killed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from casus.analysis.patterns.counting import (
    PARTS,
    asked_words,
    figure_cells,
    many,
    refuse_nothing,
    share,
    whole_numbers,
)
from casus.analysis.selecting import Selection
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING, Flags, Numbers
from casus.casebook.browsing.records import Sum
from casus.casebook.browsing.tables import EventTable, TollRows
from casus.errors import NotAnswerable
from casus.model import Category, Harm

if TYPE_CHECKING:
    import pandas as pd

_NEAREST = {"low": ("low", "best", "high"), "best": ("best", "low", "high"), "high": ("high", "best", "low")}


@dataclass(frozen=True, slots=True)
class HarmCount:
    """How many people came to a harm: of a category, or of all where `category` is None.

    `events` have such a toll, with a number or without; `people` adds up those with one.
    `elsewhere` is the number of events in which some source puts people in this category and the
    source whose figures the event has does not: they are counted as that one has them.
    """

    harm: Harm
    category: Category | None
    events: int
    people: Sum
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class CivilianShare:
    """The share of civilians among the killed, 0 to 1.

    `known` is that among the dead whose category is known, as the best figures have them.
    `low` and `high` are what it comes to under the extreme assumptions (docs/patterns.md) and
    no statistical interval; `unsure` is the number of dead, by the best figures, whose category
    is unknown or disputed.  Each is None where there are no such dead.
    """

    civilians: int
    others: int
    unsure: int
    known: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Harms:
    """Tolls by harm and category, in their order, each harm's whole before its categories."""

    asked: str
    revision: int
    events: int
    without_toll: int
    counts: tuple[HarmCount, ...]
    civilians: CivilianShare | None
    notices: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """A row a harm and category: harm, category, events, low, best, high, and how many have a number.

        These are without_number, with_number and elsewhere; the category of a harm's whole is "all".
        """
        import pandas as pd  # noqa: PLC0415 - takes 0.3 s

        frame = pd.DataFrame(
            [
                {
                    "harm": str(one.harm),
                    "category": "all" if one.category is None else str(one.category),
                    "events": one.events,
                    **figure_cells(one.people, ""),
                    "with_number": one.people.known,
                    "elsewhere": one.elsewhere,
                }
                for one in self.counts
            ]
        )
        return whole_numbers(frame)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Tolls with their figures filled: where one is unknown the nearest known stands.

    `is_counted` says that there is a number, `is_elsewhere` that only a source has one whose
    figures the event does not have.
    """

    event: Numbers
    harm: Numbers
    category: Numbers
    low: Numbers
    best: Numbers
    high: Numbers
    is_counted: Flags
    is_elsewhere: Flags

    @classmethod
    def of(cls, tolls: TollRows) -> _Rows:
        """The rows of a casebook's tolls."""
        low, best, high = (_filled(tolls, part) for part in PARTS)
        is_counted = best != MISSING
        harm, category = (
            _places(tolls.harm.words, list(Harm))[tolls.harm.codes],
            _places(tolls.category.words, list(Category))[tolls.category.codes],
        )
        return cls(tolls.event, harm, category, low, best, high, is_counted, tolls.is_numbered & ~is_counted)

    def some(self, rows: Flags) -> _Rows:
        """Some of the rows."""
        return _Rows(
            self.event[rows],
            self.harm[rows],
            self.category[rows],
            self.low[rows],
            self.best[rows],
            self.high[rows],
            self.is_counted[rows],
            self.is_elsewhere[rows],
        )


def harms(book: Casebook, selection: Selection | None = None) -> Harms:
    """Tolls by harm and category, and the share of civilians among the killed.

    Raises `NotAnswerable` where there are no events, or no tolls in them.
    """
    selection = selection or Selection()
    table = book.browse.table(selection.wanted)
    refuse_nothing(table, selection)
    rows = _Rows.of(book.browse.tolls(table))
    if not len(rows.event):
        raise NotAnswerable(f"of {asked_words(selection)}, none tells of anybody harmed")
    counts = tuple(_counts(rows, table))
    without_toll = len(table) - len(np.unique(rows.event))
    civilians = _civilian_share(rows.some(rows.harm == list(Harm).index(Harm.KILLED)), len(table))
    return Harms(
        asked_words(selection),
        table.revision,
        len(table),
        without_toll,
        counts,
        civilians,
        tuple(_notices(counts, without_toll)),
    )


def _filled(tolls: TollRows, part: str) -> Numbers:
    first, second, third = (getattr(tolls, name) for name in _NEAREST[part])
    filled: Numbers = np.where(first != MISSING, first, np.where(second != MISSING, second, third))
    return filled


def _places(words: tuple[str, ...], kinds: list[Harm] | list[Category]) -> Numbers:
    """The place of each of some words in a closed list; -1 of none."""
    places = {str(kind): at for at, kind in enumerate(kinds)}
    return np.array([places.get(word, -1) for word in words], dtype=np.int64)


def _counts(rows: _Rows, table: EventTable) -> Iterator[HarmCount]:
    for at, harm in enumerate(Harm):
        of_harm = rows.some(rows.harm == at)
        if not len(of_harm.event):
            continue
        yield _whole(harm, of_harm, table)
        for place, category in enumerate(Category):
            some = of_harm.some(of_harm.category == place)
            if len(some.event):
                yield _count(harm, category, some)


def _count(harm: Harm, category: Category | None, rows: _Rows) -> HarmCount:
    """What the rows of one category come to; an event has one of them at most."""
    counted, elsewhere = rows.is_counted, rows.is_elsewhere
    told = len(rows.event) - int(elsewhere.sum())
    low, best, high = (int(one[counted].sum()) for one in (rows.low, rows.best, rows.high))
    known = int(counted.sum())
    return HarmCount(harm, category, told, Sum(low, best, high, known, told - known), int(elsewhere.sum()))


def _whole(harm: Harm, rows: _Rows, table: EventTable) -> HarmCount:
    """All categories of a harm: those of one event are apart from each other, and so add up."""
    size = len(table)
    has_toll, has_number = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    has_toll[rows.event] = True
    has_number[rows.event[rows.is_counted]] = True
    low, best, high = (int(one[rows.is_counted].sum()) for one in (rows.low, rows.best, rows.high))
    events, known = int(has_toll.sum()), int(has_number.sum())
    return HarmCount(harm, None, events, Sum(low, best, high, known, events - known))


def _civilian_share(killed: _Rows, size: int) -> CivilianShare | None:
    """The share of civilians, and how far the unsure dead could move it; None without a number."""
    categories = list(Category)
    civilian = killed.category == categories.index(Category.CIVILIANS)
    unknown = killed.category == categories.index(Category.UNKNOWN)
    if not killed.is_counted.any():
        return None
    # Sources put the dead of an event in different categories, civilians being one of them.
    disputed, has_civilians = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    disputed[killed.event[killed.is_elsewhere & ~unknown]] = True
    has_civilians[killed.event[civilian & (killed.is_counted | killed.is_elsewhere)]] = True
    unsure = killed.is_counted & (unknown | (disputed & has_civilians)[killed.event])
    sure_civilians = killed.is_counted & civilian & ~unsure
    sure_others = killed.is_counted & ~civilian & ~unsure

    def people(figures: Numbers, rows: Flags) -> int:
        return int(figures[rows].sum())

    fewest, most = people(killed.low, sure_civilians), people(killed.high, sure_civilians)
    others_most, others_least = people(killed.high, sure_others), people(killed.low, sure_others)
    unsure_most = people(killed.high, unsure)
    civilians = people(killed.best, sure_civilians)
    others = people(killed.best, sure_others)
    return CivilianShare(
        civilians,
        others,
        people(killed.best, unsure),
        share(civilians, civilians + others),
        share(fewest, fewest + others_most + unsure_most),
        share(most + unsure_most, most + unsure_most + others_least),
    )


def _notices(counts: tuple[HarmCount, ...], without_toll: int) -> Iterator[str]:
    yield (
        "Harms are not added to each other: who was abducted may have been killed later, "
        "and who was captured may have been wounded."
    )
    if any(one.people.unknown for one in counts):
        yield (
            "A toll without a number (“several were wounded”) is counted as an event and adds nobody, "
            "so that all figures are of what was told in numbers."
        )
    if any(one.elsewhere for one in counts):
        yield (
            "Where sources put the same people in different categories, they are counted once, in the "
            "category that the event's figures have."
        )
    if without_toll:
        yield f"Of {many(without_toll, 'event')} no toll is told at all, which is not zero."
