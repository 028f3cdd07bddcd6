"""What a report has told so far of who speaks: the memory for "he", "the group" and "the ministry"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from casus.model import GROUP_KINDS, STATE_KINDS, ActorKind
from casus.reading.marks import Marks
from casus.reading.noun_phrases import apposition, phrase_start
from casus.reading.voices import Voice, VoiceKind
from casus.reading.word_classes import WordClass, is_a, words_of

BACK = frozenset(("the", "that", "this", "these", "those", "its", "his", "her", "their", "same", "both"))
_SIDES = GROUP_KINDS | {ActorKind.ORGANISATION}


@dataclass(slots=True, eq=False)
class VoiceMemory:
    """The voices, groups, forces and bodies of one report, in the order in which they are met."""

    heard: list[Voice] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)  # armed groups, by name
    forces: list[str] = field(default_factory=list)  # forces of states
    others: list[str] = field(default_factory=list)  # bodies that only speak

    def meet(self, marks: Marks) -> None:
        """Remember the groups, forces and bodies that a sentence names."""
        for mark in dict.fromkeys(marks.actors.values()):
            if mark.kind in _SIDES and mark.can_act:
                self.groups.append(mark.name)
            elif mark.kind in STATE_KINDS:
                self.forces.append(mark.name)
            elif not mark.can_act:
                self.others.append(mark.name)

    def hear(self, voices: Iterable[Voice]) -> None:
        """Remember voices."""
        self.heard.extend(voices)

    def last(self, pronoun: str) -> Voice | None:
        """The voice heard last that "he", "she", "it" or "they" may mean."""
        return next((v for v in reversed(self.heard) if v.could_be(pronoun)), None)

    def last_side(self) -> str | None:
        """Whom "its spokesman" speaks for: the institution heard last, else the group named last."""
        bodies = (v for v in reversed(self.heard) if v.kind is VoiceKind.INSTITUTION)
        last_group = self.groups[-1] if self.groups else None
        return next((v.affiliation or v.name for v in bodies), last_group)

    def named_by(self, pronoun: str) -> Voice | None:
        """The voice that a pronoun means; the group named last where none was heard."""
        found = self.last(pronoun)
        if found is None and pronoun in ("it", "they") and self.groups:
            return _named_before(self.groups[-1], "group")
        return found

    def named_again(self, token: Token) -> Voice | None:
        """The last voice with the noun of "the sources"; for "the body" and the like the last institution."""
        start = phrase_start(token)
        doc = token.doc
        if doc[start].lower_ not in BACK or apposition(token) is not None:
            return None
        lemma, plural = token.lemma_.lower(), token.tag_ in ("NNS", "NNPS")
        inside = [t.lower_ for t in doc[start + 1 : token.i] if t.lower_ not in ("same", "'s", "-")]
        if _has_complement(token):
            return None
        for voice in reversed(self.heard):
            if voice.kind is VoiceKind.ANONYMOUS and voice.is_plural != plural:
                continue
            told = voice.told()
            owned = _OWNER.sub("", told) if voice.kind is VoiceKind.PERSON else told
            words = owned.replace("'s", " ").split()
            if (voice.head == lemma or lemma in words) and all(word in words for word in inside):
                return voice
        if "based" in inside or set(inside) <= words_of(WordClass.SORT_OF_BODY):
            return self._by_general_noun(lemma)
        return None

    def _by_general_noun(self, lemma: str) -> Voice | None:
        """The group, the force or the body that a general noun stands for."""
        if is_a(lemma, WordClass.GENERAL_GROUP) and self.groups:
            return _named_before(self.groups[-1], lemma)
        if lemma == "force" and self.forces:
            return _named_before(self.forces[-1], lemma)
        if not is_a(lemma, WordClass.GENERAL_BODY):
            return None
        bodies = (v for v in reversed(self.heard) if v.kind is VoiceKind.INSTITUTION)
        may_fight = lemma in ("party", "front", "movement")
        last = next((v for v in bodies if v.affiliation is None or may_fight), None)
        return last or (_named_before(self.others[-1], lemma) if self.others else None)


# The owner in a person's role: "the Front's negotiator" is not the Front.
_OWNER = re.compile(r"\S+(?:'s|s')(?=\s)")


def _has_complement(token: Token) -> bool:
    """True for "the ministry of health": a noun that its own words tell apart."""
    return any(
        t.dep_ == "prep" and t.lower_ in ("of", "for", "in", "at") and t.i == token.i + 1
        for t in token.rights
    )


def _named_before(name: str, noun: str) -> Voice:
    """A body that the report has named and not yet heard."""
    return Voice(f"i:{name.lower()}", VoiceKind.INSTITUTION, name, None, name, noun, is_plural=False)
