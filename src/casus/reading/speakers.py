"""Who a noun phrase is, as a speaker: a named person, an institution, or somebody without a name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from casus.model import GROUP_KINDS
from casus.reading.bodies import (
    ITS,
    actor_voice,
    anonymous,
    body_beside,
    institution,
    is_state_medium,
    kind_of,
    named_body,
    seat_voice,
)
from casus.reading.lexicon import Lexicon
from casus.reading.marks import ActorMark, Marks
from casus.reading.names import name_span
from casus.reading.noun_phrases import description, description_end, phrase_of, phrase_start
from casus.reading.parsing import Sentence, child
from casus.reading.persons import PersonBook, could_be_person, name_of, named_after, role_of
from casus.reading.reporting import SpeakerKind
from casus.reading.voice_memory import BACK, VoiceMemory
from casus.reading.voices import Voice, VoiceKind
from casus.reading.word_classes import WordClass, is_a

_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they", "him": "he", "them": "they"}
_PRONOUNS = frozenset(("he", "she", "it", "they", "who", "which", "whom", "we", "i", "both", *_POSSESSIVE))
_SIGNED = frozenset(("signed", "issued", "released", "written", "sent", "posted", "read", "published"))
_OWNERS = frozenset(("from", "by", "of", "on"))
_OWNING_KINDS = (SpeakerKind.INSTITUTION, SpeakerKind.ANONYMOUS, SpeakerKind.FIGHTERS)
_PLAIN = ("NOUN", "NUM", "ADJ", "PRON", "DET", "PROPN")


@dataclass(slots=True, eq=False)
class VoiceBook:
    """The voices of one report in the order in which they are met."""

    lexicon: Lexicon
    persons: PersonBook
    nationality: str | None = None
    memory: VoiceMemory = field(default_factory=VoiceMemory)
    sides: dict[str, str] = field(default_factory=dict)  # a person's name -> the group spoken for

    def meet_persons(self, sentence: Sentence, marks: Marks) -> None:
        """Remember the persons that a sentence tells of, whom "he" may mean later."""
        for token in sentence.tokens:
            if token.dep_ == "nsubj" and token.ent_type_ == "PERSON":
                voice = self._person(sentence, token, marks)
                if voice is not None:
                    self.memory.hear([voice])

    def voices(self, sentence: Sentence, heads: Sequence[Token], marks: Marks) -> tuple[Voice, ...]:
        """The voices of joined nouns: "residents and a paper" are two, "police and hospital sources" one."""
        found: list[Voice] = []
        if len(heads) > 1 and not any(h.pos_ == "PROPN" for h in heads) and self._is_anonymous(heads[-1]):
            found.append(anonymous(sentence, heads[0], heads[-1]))
        else:
            found += [v for v in (self._voice(sentence, h, marks) for h in heads) if v is not None]
        self.memory.hear(found)
        first: dict[str, Voice] = {}
        for voice in found:  # a name with hyphens is several nouns to the parser
            first.setdefault(voice.key, voice)
        return tuple(first.values())

    def _kind_of(self, token: Token) -> SpeakerKind | None:
        return kind_of(token, self.lexicon.speakers)

    def _is_anonymous(self, token: Token) -> bool:
        return self._kind_of(token) is SpeakerKind.ANONYMOUS

    def _voice(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        if token.lower_ in _PRONOUNS:
            return self._referred(sentence, token, marks)
        if self._kind_of(token) is SpeakerKind.PAPER and token.pos_ != "PROPN":
            return self._of_paper(sentence, token, marks)
        return (
            self._person(sentence, token, marks)
            or self._named_in_apposition(sentence, token, marks)
            or self._mouthpiece(token, marks, named_body(sentence, token, self.lexicon.speakers))
            or self._beside(sentence, token, marks)
            or actor_voice(sentence, token, marks, self.lexicon.speakers)
            or seat_voice(sentence, token, marks)
            or self.memory.named_again(token)
            or self._in_office(sentence, token, marks)
            or self._plain(sentence, token, marks)
        )

    def _plain(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """An institution by its noun or its name, else somebody without a name."""
        kind = self._kind_of(token)
        named = token.pos_ == "PROPN" and kind in (None, SpeakerKind.MEDIA, SpeakerKind.PAPER)
        if kind is SpeakerKind.INSTITUTION or named or is_state_medium(token, self.lexicon.speakers):
            return self._mouthpiece(
                token, marks, institution(sentence, token, self.lexicon, self.nationality)
            )
        if token.pos_ in _PLAIN:
            voice = anonymous(sentence, token, token)
            side = self._side(token, (voice.start, voice.end), marks, voice.role)
            return replace(voice, affiliation=side)
        return None

    def _beside(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """The body named beside a noun, such as "a group"; not beside what is an actor's full name itself."""
        mark = marks.actors.get(token.i)
        if mark is not None and mark.end - mark.start > 1:
            return None
        return self._mouthpiece(token, marks, body_beside(sentence, token, self.lexicon.speakers))

    def _mouthpiece(self, token: Token, marks: Marks, voice: Voice | None) -> Voice | None:
        """A body with the group that it is an organ of: "the PKK's armed wing", "its media arm Amaq"."""
        if voice is None or voice.affiliation is not None or not is_a(token.lemma_.lower(), WordClass.ORGAN):
            return voice
        for owner in token.lefts:
            mark = marks.actors.get(owner.i)
            if mark is not None and mark.kind in GROUP_KINDS:
                return replace(voice, affiliation=mark.name)
            is_group = owner.lower_ in ("its", "their") or is_a(owner.lemma_.lower(), WordClass.GENERAL_GROUP)
            if mark is None and owner.dep_ == "poss" and is_group and self.memory.groups:
                return replace(voice, affiliation=self.memory.groups[-1])
        return voice

    # -- persons

    def _person(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """A person by name, full or short, with the role that the report gives anywhere."""
        if token.pos_ != "PROPN" or token.i in marks.actors or self._kind_of(token) is not None:
            return None
        span = name_span(token, marks)
        name = name_of(token, span)
        known = self.persons.named(name, sentence.index)
        if known is None and not could_be_person(token, marks):
            return None
        role = role_of(token, span, marks, self.lexicon.speakers)
        owned = any(c.dep_ == "poss" and c.i in marks.actors for c in token.lefts)
        speaks = any(i in marks.actors for i in _spoken_for(token))
        if known is None and role is None and token.ent_type_ != "PERSON" and not owned and not speaks:
            return None
        if known is not None:
            name, role = known.name, role or known.role
        start, end = phrase_of(token)
        whole = min(start, span.start), max(end, span.end)
        return self._person_voice(sentence, token, whole, marks, name=name, role=role)

    def _person_voice(
        self,
        sentence: Sentence,
        token: Token,
        span: tuple[int, int],
        marks: Marks,
        *,
        name: str,
        role: str | None,
    ) -> Voice:
        side = self._side(token, span, marks, role) or self.sides.get(name)
        if side is not None:
            self.sides[name] = side
            role = ITS.sub(f"{side} ", role) if role else role
        start, end = span
        return Voice(
            f"p:{name.lower()}",
            VoiceKind.PERSON,
            name,
            role,
            side,
            name.rsplit(maxsplit=1)[-1].lower(),
            is_plural=False,
            sentence=sentence.index,
            start=start,
            end=end,
        )

    def _named_in_apposition(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """John Smith, for "the governor's spokesman, John Smith,"."""
        if token.pos_ not in ("NOUN", "PROPN") or not self._is_anonymous(token):
            return None
        noun = named_after(token) or self._behind_organ(token, marks)
        if noun is None or not could_be_person(noun, marks):
            return None
        span = name_span(noun, marks)
        name = name_of(noun, span)
        known = self.persons.named(name, sentence.index)
        name = known.name if known is not None else name
        start, end = phrase_of(token)
        whole = start, max(end, span.end)
        role = description(token)
        if name in role or noun.dep_ == "nsubj":
            role = role_of(noun, span, marks, self.lexicon.speakers) or role
        return self._person_voice(sentence, token, whole, marks, name=name, role=role)

    def _behind_organ(self, office: Token, marks: Marks) -> Token | None:
        """The name of "inspector-general of police John Smith": not that of "the lawyer of John Smith"."""
        last = office.doc[description_end(office)]
        if last.i == office.i and last.i + 2 < len(office.doc) and last.nbor().lower_ in ("of", "for"):
            run = itertools.takewhile(lambda t: t.pos_ in ("NOUN", "PROPN"), office.doc[last.i + 2 :])
            last = max(run, key=lambda t: t.i, default=last)
        if last.i == office.i or not could_be_person(last, marks):
            return None
        role = role_of(last, name_span(last, marks), marks, self.lexicon.speakers)
        return last if role is not None and office.lower_ in role.lower() else None

    def _in_office(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """The governor whom the report names elsewhere, for "the governor"."""
        span = phrase_of(token)
        if token.doc[span[0]].lower_ not in BACK or not self._is_anonymous(token) or token.tag_ != "NN":
            return None
        modifiers = [t.lower_ for t in token.lefts if t.dep_ in ("compound", "amod")]
        person = self.persons.in_office(token.lemma_.lower(), modifiers)
        if person is None:
            return None
        return self._person_voice(sentence, token, span, marks, name=person.name, role=person.role)

    def _side(self, token: Token, span: tuple[int, int], marks: Marks, role: str | None) -> str | None:
        """The group spoken for, by the actor in the title or the apposition ("a Taliban spokesman")."""
        start, end = span
        for i in (*range(start, min(end, token.i + 14)), *_spoken_for(token)):
            mark = marks.actors.get(i)
            if mark is not None and mark.can_act and not _opposed(token, mark):
                return mark.name
        belongs = role is not None and role.lower().startswith(("its ", "their "))
        return self.memory.last_side() if belongs else None

    # -- papers

    def _of_paper(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """Whose statement or report it is; one without an owner is nobody's in particular."""
        owner = self._owner(token, marks)
        if owner is not None:
            return self._voice(sentence, owner, marks)
        if token.doc[phrase_start(token)].lower_ in ("the", "this", "that"):
            last = self.memory.last("it")
            if last is not None:
                return last
        return replace(anonymous(sentence, token, token), is_thing=True)

    def _owner(self, token: Token, marks: Marks) -> Token | None:
        """The owner of a paper: "the army's statement", "a statement by the army", "a police report"."""
        possessor = next((c for c in token.lefts if c.dep_ == "poss"), None)
        if possessor is not None:
            return possessor
        signed = (c for v in token.rights if v.dep_ == "acl" and v.lower_ in _SIGNED for c in v.rights)
        links = (c for c in (*token.rights, *signed) if c.dep_ in ("prep", "agent") and c.lower_ in _OWNERS)
        link = next(links, None)
        inner = child(link, "pobj") if link is not None else None
        if inner is not None and self._can_own(inner, marks):
            return inner
        before = (c for c in token.lefts if c.dep_ in ("compound", "nmod", "amod"))
        nouns = (c for c in before if c.pos_ in ("NOUN", "PROPN"))
        return next((c for c in nouns if self._can_own(c, marks)), None)

    def _can_own(self, token: Token, marks: Marks) -> bool:
        return (
            token.i in marks.actors
            or (could_be_person(token, marks) and token.ent_type_ in ("PERSON", "ORG"))
            or self._kind_of(token) in _OWNING_KINDS
        )

    # -- pronouns

    def _referred(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        if token.lower_ in ("who", "which", "whom"):
            verb = token.head
            return self._voice(sentence, self._antecedent(verb.head), marks) if verb.dep_ == "relcl" else None
        meant = self.memory.named_by(_POSSESSIVE.get(token.lower_, token.lower_))
        if token.lower_ == "both" and (meant is None or meant.kind is VoiceKind.INSTITUTION):
            return anonymous(sentence, token, token)
        return meant

    def _antecedent(self, noun: Token) -> Token:
        """The person of "the commander of the brigade, who said": not the last noun, where that is a body."""
        holder = noun
        while holder.dep_ in ("pobj", "appos", "prep", "poss", "compound") and holder.head.i < holder.i:
            holder = holder.head
        person = holder.pos_ == "PROPN" or self._is_anonymous(holder)
        return holder if person and not self._is_anonymous(noun) and noun.ent_type_ != "PERSON" else noun


def _opposed(token: Token, mark: ActorMark) -> bool:
    """True for "a fighter against the junta": the other side."""
    return any(t.lower_ in ("against", "by", "from") for t in token.doc[token.i + 1 : mark.start])


def _spoken_for(token: Token) -> Iterator[int]:
    """The tokens of the group in "a man who spoke for the group", "a caller speaking for the group"."""
    for clause in token.rights:
        if clause.dep_ in ("relcl", "acl") and clause.lemma_.lower() in ("speak", "act", "answer"):
            for link in clause.rights:
                if link.dep_ == "prep" and link.lower_ in ("for", "of"):
                    yield from (t.i for t in link.subtree)
