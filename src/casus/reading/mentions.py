"""A statement of harm, as one sentence makes it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import EventType, Harm
from casus.reading.people import Group


@dataclass(frozen=True, slots=True, eq=False)
class HarmMention:
    """One statement of harm: the word, the people, and who did it (a token), in one sentence.

    `rule` is the name of the rule that read it (`docs/rules.md`).
    """

    sentence: int
    trigger: int
    harm: Harm
    groups: tuple[Group, ...]
    agent: Token | None
    event_type: EventType | None
    rule: str

    def span(self) -> tuple[int, int]:
        """The tokens from the first to the last word that it was read from (end exclusive)."""
        firsts = [self.trigger, *(g.start for g in self.groups)]
        lasts = [self.trigger, *(g.end - 1 for g in self.groups)]
        return min(firsts), max(lasts) + 1

    def numbers(self) -> set[int]:
        """The first tokens of the numbers that its people are counted with."""
        return {g.quantity.number_start for g in self.groups if g.quantity is not None}
