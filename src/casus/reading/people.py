"""People as a noun phrase names them: how many, of which side, and what is told of parts of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casus.model import Category
from casus.reading.quantities import Hedge, Quantity


class Share(StrEnum):
    """How many of the people of a toll a description is about."""

    ALL = "all"
    MOST = "most"
    SOME = "some"
    REST = "rest"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the people of a figure: how many (None where not told), and their category."""

    share: Share
    count: int | None
    category: Category


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """People as one noun phrase of a sentence.

    `low`, `best`, `high` are the figure of the phrase (three Nones: people, and not how many).
    `pronoun` is the word where the phrase only refers back; `is_part` marks people who are
    counted in another figure already ("including three children"), `is_subset` some of the
    people told of before ("two of them"), `refers_back` people like those told of before
    ("others", "his comrades", a bare number), `is_none` a denial ("nobody").  `parts` are
    what the sentence tells of who they were.
    """

    sentence: int
    head: int
    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    category: Category
    name: str
    pronoun: str | None = None
    quantity: Quantity | None = None
    is_part: bool = False
    is_more: bool = False
    is_none: bool = False
    is_definite: bool = False
    is_named: bool = False
    is_people: bool = True
    is_subset: bool = False
    refers_back: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def value(self) -> int | None:
        """The best single figure, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)

    @property
    def has_number(self) -> bool:
        """True where the phrase itself counts or numbers the people."""
        counted = self.quantity is not None and self.quantity.hedge is not Hedge.VAGUE
        return counted or self.best is not None
