"""A speaker as the reader keeps one while it reads a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from casus.model import Evidence, Speaker
from casus.reading.parsing import Sentence


class VoiceKind(StrEnum):
    """Whether a speaker is a named person, an institution or somebody without a name."""

    PERSON = "person"
    INSTITUTION = "institution"
    ANONYMOUS = "anonymous"


_FEMALE = re.compile(
    r"\b(woman|\w+woman|mother|sister|daughter|wife|widow|aunt|niece|grandmother|nun|mrs|ms|girl)\b"
)
_MALE = re.compile(
    r"\b(man|(?!\w*wo)\w+man|father|brother|son|husband|uncle|nephew|grandfather|imam|monk|mr|boy|father|bishop)\b"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker and where its name stands: tokens `start` to `end` of sentence `sentence`.

    `key` tells two voices apart; `head` is the noun that later mentions may repeat;
    `affiliation` is the side spoken for; `sentence` is -1 for one that only other
    sentences name; `is_thing` marks a paper that nobody in particular wrote.
    """

    key: str
    kind: VoiceKind
    name: str | None
    role: str | None
    affiliation: str | None
    head: str
    is_plural: bool
    is_thing: bool = False
    sentence: int = -1
    start: int = 0
    end: int = 0

    @property
    def side(self) -> str | None:
        """Whom the voice speaks for: its group, or itself where it is an institution."""
        return self.affiliation or (self.name if self.kind is VoiceKind.INSTITUTION else None)

    def told(self) -> str:
        """Name and role together, in lower case."""
        return f"{self.name or ''} {self.role or ''}".lower()

    def could_be(self, pronoun: str) -> bool:
        """True where "he", "she", "it" or "they" may mean this voice."""
        if self.is_thing:
            return False
        if pronoun in _SINGLE:
            single = self.kind is VoiceKind.PERSON or (
                self.kind is VoiceKind.ANONYMOUS and not self.is_plural
            )
            role = (self.role or "").lower()
            other = _FEMALE if pronoun in ("he", "him") else _MALE
            return single and not (pronoun != "i" and other.search(role))
        if pronoun in ("it", "its"):
            return self.kind is VoiceKind.INSTITUTION
        return self.is_plural or self.kind is VoiceKind.INSTITUTION

    def speaker(self, sentence: Sentence | None) -> Speaker:
        """The voice as the record has it; the words that name it are evidence if they stand in `sentence`."""
        evidence: tuple[Evidence, ...] = ()
        if sentence is not None and self.sentence == sentence.index and self.end > self.start:
            evidence = (Evidence(*sentence.chars(self.start, self.end), "said.speaker"),)
        return Speaker(self.name, self.role, self.kind is VoiceKind.ANONYMOUS, self.affiliation, evidence)


_SINGLE = frozenset(("he", "she", "him", "her", "i", "his"))
