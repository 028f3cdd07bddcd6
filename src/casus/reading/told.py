"""What one voice tells in one clause, and what the reader can ask of it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from casus.knowledge import read_table
from casus.model import Actor, Category
from casus.reading.acts import ActMention
from casus.reading.attribution import Statement
from casus.reading.clauses import is_passive
from casus.reading.groups import PhraseReader
from casus.reading.marks import Marks
from casus.reading.mentions import HarmMention
from casus.reading.noun_phrases import description
from casus.reading.parsing import Sentence, child
from casus.reading.parties import Party, party_at
from casus.reading.phrase_tables import PhraseTable
from casus.reading.said_clauses import Range
from casus.reading.voices import Voice, VoiceKind
from casus.reading.word_classes import WordClass, is_a, words_of

STANCE_COLUMNS = ("phrase", "stance")


class Stance(StrEnum):
    """What a phrase says of who did it (see `knowledge/stances.tsv`)."""

    GUILT_AFTER = "guilt_after"
    GUILT_BEFORE = "guilt_before"
    MEMBER_OF = "member_of"
    OWN = "own"
    DENIAL = "denial"
    FALSEHOOD = "falsehood"


@functools.cache
def _stances() -> PhraseTable[Stance]:
    rows = read_table("stances.tsv", STANCE_COLUMNS)
    return PhraseTable.of((row.text("phrase"), row.choice("stance", Stance)) for row in rows)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What one voice tells in one clause (`scope`) of a statement, with the clause's words of violence.

    `home_code` is the country of the report, as an ISO 3166-1 code.
    """

    statement: Statement
    voice: Voice
    scope: tuple[Range, ...]
    sentence: Sentence
    reader: PhraseReader
    marks: Marks
    mentions: tuple[HarmMention | ActMention, ...]
    home_code: str | None = None

    @property
    def verb(self) -> Token | None:
        """The word of saying."""
        return self.sentence.doc[self.statement.verb] if self.statement.verb is not None else None

    def tokens(self) -> Iterator[Token]:
        """The tokens of what was told, the word of saying left out."""
        for start, end in self.scope:
            for token in self.sentence.doc[start:end]:
                if token.i != self.statement.verb:
                    yield token

    def verbs(self) -> Iterator[Token]:
        """The verbs of what was told."""
        return (t for t in self.tokens() if t.pos_ in ("VERB", "AUX"))

    def phrases(self, *stances: Stance) -> Iterator[tuple[int, int, Stance]]:
        """The phrases of what was told that take one of those stands: first token, end (exclusive), stand."""
        return (p for p in _stances().find(self.sentence.doc, self.scope) if p[2] in stances)

    def is_asserted(self, start: int) -> bool:
        """True where the words before a phrase don't deny or doubt it."""
        before = self.sentence.doc[max(0, start - 3) : start + 2]
        return not any(t.lemma_.lower() in _DOUBT for t in before)

    def party(self, token: Token) -> Party | None:
        """The party that a noun names."""
        found = party_at(token, self.reader, self.marks)
        if found is None and token.pos_ == "NOUN" and is_a(token.lemma_.lower(), WordClass.ACCUSED_KIND):
            return Party(Actor(description(token)), is_named=False, category=None, token=token.i)
        return found

    def is_own(self, party: Party) -> bool:
        """True where a party is the speaker's own side, or a force of the state that the speaker serves."""
        side, name = self.voice.side, party.actor.name.lower()
        if side is not None and (name in side.lower() or side.lower() in name):
            return True
        at_home = party.actor.country_code in (None, self.home_code)
        serves = is_official(self.voice) and not fights(self.voice)
        return party.category is Category.SECURITY_FORCES and at_home and serves

    def is_quoted(self, token: Token) -> bool:
        """True for a token of a direct quotation, in which "they" are others than who speaks."""
        if self.verb is None:
            return True
        marks = sum(t.text == '"' for t in token.doc[: token.i])
        return marks % 2 == 1

    def is_own_subject(self, subject: Token) -> bool:
        """True for "it", "its fighters", "the group" as the subject of what a side tells of itself."""
        if subject.lower_ in ("it", "they", "we"):
            return subject.lower_ == "we" or not self.is_quoted(subject)
        lemma = subject.lemma_.lower()
        is_own_kind = is_a(lemma, WordClass.OWN_FIGHTER) or is_a(lemma, WordClass.GENERAL_GROUP)
        if is_own_kind and any(t.lower_ in ("his", "her", "my") for t in subject.lefts):
            return self.voice.side is not None or fights(self.voice)
        if any(
            t.lower_ in ("its", "their", "our") and t.i - subject.left_edge.i < _NEAR for t in subject.subtree
        ):
            return True
        party = self.party(subject)
        side = self.voice.side
        return (
            party is not None
            and side is not None
            and party.is_named
            and party.actor.name.lower() == side.lower()
        )

    def is_violence(self, noun: Token) -> bool:
        """True for a noun of violence: "raid", "killing"."""
        key = (noun.lemma_.lower(), "NOUN")
        return key in self.reader.lexicon.acts or key in self.reader.lexicon.harms

    def does_violence(self, verb: Token) -> bool:
        """True for a verb of violence that its subject does: "shot", "bombed", "carried out the raid"."""
        return not is_passive(verb) and self.is_violent_verb(verb)

    def is_violent_verb(self, verb: Token) -> bool:
        """True for a verb of violence, active or passive: "shot", "was bombed"."""
        lexicon, lemma = self.reader.lexicon, verb.lemma_.lower()
        if lemma in ("have", "play", "take", "be", "hold", "fight"):
            return False
        if is_a(lemma, WordClass.CARRY_OUT):
            target = child(verb, "dobj")
            return target is not None and self.is_violence(target)
        return (
            any(word.patient == "object" for word in lexicon.harms.get((lemma, "VERB"), ()))
            or any(not word.complement for word in lexicon.acts.get((lemma, "VERB"), ()))
            or any(m.agent is not None and m.trigger == verb.i for m in self.mentions)
        )


_NEAR = 4  # tokens into a subject where "its" still owns it: "two of its men"
_DOUBT = frozenset(("not", "no", "never", "n't", "neither", "whether", "if"))


def own_side(voice: Voice) -> Actor | None:
    """The actor that a voice speaks for, else the voice itself."""
    name = voice.side or voice.name or (voice.role if voice.is_plural and fights(voice) else None)
    return Actor(name) if name else None


def uses_force(side: str) -> bool:
    """True for a side that may fight: not a hospital, a monitor or a court."""
    return not any(word in side.lower() for word in words_of(WordClass.SPEAKS_ONLY))


def speaks_for_party(voice: Voice) -> bool:
    """True for a voice that may stand accused: an armed group, a force, a state or who speaks for one."""
    if voice.side is not None and not uses_force(voice.side):
        return False
    state = (
        voice.kind is VoiceKind.INSTITUTION
        and voice.name is not None
        and voice.name.istitle()
        and " " not in voice.name
    )
    return voice.affiliation is not None or state or fights(voice) or is_official(voice)


def fights(voice: Voice) -> bool:
    """True for a voice told of as an armed side of its own: "a rebel commander", "the militants"."""
    return bool(words_of(WordClass.ARMED_SIDE) & set(voice.told().replace("-", " ").split()))


def is_official(voice: Voice) -> bool:
    """True for a voice with an office in its role or its name."""
    told = voice.told().replace("-", " ").replace("'s", " ").split()
    return bool(words_of(WordClass.OFFICIAL) & set(told))
