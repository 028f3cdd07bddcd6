"""A text laid out for the grammar, and the mentions that are made of its tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casus.resolving.dates.calendar import Span
from casus.resolving.dates.context import Direction, Surroundings, find_surroundings
from casus.resolving.dates.grammar import Grammar
from casus.resolving.dates.lexer import Tokens
from casus.resolving.dates.mention import DateKind, DateMention, Relation, Unresolved
from casus.resolving.dates.parts import Piece

_PREFIXES = {
    "no later than": Relation.BY,
    "not later than": Relation.BY,
    "as of": Relation.ON,
    "up to": Relation.UNTIL,
    "prior to": Relation.BEFORE,
    "ahead of": Relation.BEFORE,
    "since": Relation.SINCE,
    "from": Relation.SINCE,
    "starting": Relation.SINCE,
    "beginning": Relation.SINCE,
    "until": Relation.UNTIL,
    "till": Relation.UNTIL,
    "through": Relation.UNTIL,
    "by": Relation.BY,
    "before": Relation.BEFORE,
    "after": Relation.AFTER,
} | dict.fromkeys(
    ("on", "in", "at", "during", "throughout", "over", "around", "for", "within", "between"), Relation.ON
)


@dataclass(frozen=True, slots=True)
class Prefix:
    """The preposition before a date, in tokens."""

    length: int
    words: str
    relation: Relation


NO_PREFIX = Prefix(0, "", Relation.ON)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text under the grammar, with the day that its weekdays count from (None if unknown)."""

    text: str
    tokens: Tokens
    grammar: Grammar
    anchor: date | None

    def piece(self, start: int, end: int) -> Piece:
        """The tokens from `start` to before `end`."""
        kinds = [self.grammar.kinds.get(letter, "WORD") for letter in self.tokens.letters[start:end]]
        return Piece(kinds, self.tokens.words[start:end])

    def word(self, index: int) -> str:
        """The word there, empty outside the text."""
        return self.tokens.words[index] if 0 <= index < len(self.tokens.words) else ""

    def kind(self, index: int) -> str:
        """The kind of token there, "WORD" where the grammar knows the word itself, empty outside the text."""
        letters = self.tokens.letters
        return self.grammar.kinds.get(letters[index], "WORD") if 0 <= index < len(letters) else ""

    def surroundings(self, start: int, end: int) -> Surroundings:
        """The sentence around the tokens."""
        return find_surroundings(self.tokens.plain, self.tokens.starts[start], self.tokens.ends[end - 1])


# From a rule's name and the tokens that it matched to the mentions in them.
Interpreter = Callable[[Sheet, str, int, int], list[DateMention]]


def read_prefix(words: Sequence[str]) -> Prefix:
    """The preposition that words begin with, of length 0 where there is none."""
    for length in (3, 2, 1):
        prefix = " ".join(words[:length])
        if prefix in _PREFIXES:
            return Prefix(length, prefix, _PREFIXES[prefix])
    return NO_PREFIX


def make_mention(
    sheet: Sheet,
    rule: str,
    start: int,
    end: int,
    span: Span | Unresolved | None,
    *,
    kind: DateKind = DateKind.ABSOLUTE,
    direction: Direction = Direction.PAST,
) -> DateMention:
    """The mention of tokens `start` to before `end`, with its span or the reason why it has none."""
    mention = DateMention(
        start_char=sheet.tokens.starts[start],
        end_char=sheet.tokens.ends[end - 1],
        kind=kind,
        rule=f"date.{rule}",
        is_future=direction is Direction.FUTURE,
    )
    if isinstance(span, Unresolved):
        return replace(mention, reason=span)
    if span is None:
        return mention
    return replace(
        mention,
        start=span.start,
        end=span.end,
        precision=span.precision,
        is_future=_is_future(span, sheet.anchor, direction),
    )


def _is_future(span: Span, anchor: date | None, direction: Direction) -> bool:
    if anchor is None:
        return direction is Direction.FUTURE
    return span.start > anchor or (direction is Direction.FUTURE and span.end >= anchor)
