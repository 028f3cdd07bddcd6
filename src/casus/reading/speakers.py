"""Who a noun phrase is, as a speaker: a named person, an institution, or somebody without a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from casus.reading.lexicon import Lexicon
from casus.reading.marks import ActorMark, Marks
from casus.reading.names import name_span
from casus.reading.noun_phrases import (
    apposition,
    apposition_text,
    description,
    of_phrase_end,
    phrase_of,
    phrase_start,
    without_article,
)
from casus.reading.parsing import Sentence, child
from casus.reading.persons import PersonBook, could_be_person, name_of, named_after, role_of
from casus.reading.reporting import SpeakerKind
from casus.reading.voices import Voice, VoiceKind
from casus.reading.word_classes import WordClass, is_a, words_of
from casus.resolving.countries import CountryTable

_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they", "him": "he", "them": "they"}
_BACK = frozenset(("the", "that", "this", "these", "those", "its", "his", "her", "their", "same", "both"))
_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "who", "which", "whom", "we", "i", "both", "him", "them", *_POSSESSIVE)
)
_ITS = re.compile(r"^(its|their|his|her|our) ", re.IGNORECASE)
_OWNERS = frozenset(("from", "by", "of", "on"))


@dataclass(slots=True, eq=False)
class VoiceBook:
    """The voices of one report in the order in which they are met: the memory for "he" and "the group"."""

    lexicon: Lexicon
    persons: PersonBook
    nationality: str | None = None
    heard: list[Voice] = field(default_factory=list)
    sides: dict[str, str] = field(default_factory=dict)  # a person's name -> the group spoken for
    groups: list[str] = field(default_factory=list)  # armed groups, in the order named
    forces: list[str] = field(default_factory=list)  # forces of states, likewise
    others: list[str] = field(default_factory=list)  # bodies that only speak, likewise

    def meet(self, marks: Marks) -> None:
        """Remember the groups, forces and bodies that a sentence names."""
        for mark in dict.fromkeys(marks.actors.values()):
            if mark.kind in ("armed_group", "militia", "gang", "organisation") and mark.can_act:
                self.groups.append(mark.name)
            elif mark.kind == "state_force":
                self.forces.append(mark.name)
            elif not mark.can_act:
                self.others.append(mark.name)

    def meet_persons(self, sentence: Sentence, marks: Marks) -> None:
        """Remember the persons that a sentence tells of, whom "he" may mean later."""
        for token in sentence.doc:
            if token.dep_ == "nsubj" and token.ent_type_ == "PERSON":
                voice = self._person(sentence, token, marks)
                if voice is not None:
                    self.heard.append(voice)

    def voices(self, sentence: Sentence, heads: Sequence[Token], marks: Marks) -> tuple[Voice, ...]:
        """The voices of joined nouns: "residents and a paper" are two, "police and hospital sources" one."""
        if len(heads) > 1 and not any(h.pos_ == "PROPN" for h in heads) and self._is_anonymous(heads[-1]):
            found = (self._anonymous(sentence, heads[0], heads[-1]),)
        else:
            found = tuple(v for v in (self._voice(sentence, h, marks) for h in heads) if v is not None)
        self.heard.extend(found)
        return tuple(dict.fromkeys(found))

    def kind_of(self, token: Token) -> SpeakerKind | None:
        """What kind of speaker a noun names; None for other nouns."""
        return self.lexicon.speakers.get(token.lemma_.lower()) or self.lexicon.speakers.get(token.lower_)

    def _is_anonymous(self, token: Token) -> bool:
        return self.kind_of(token) is SpeakerKind.ANONYMOUS

    def _voice(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        if token.lower_ in _PRONOUNS:
            return self._referred(sentence, token, marks)
        if self.kind_of(token) is SpeakerKind.PAPER and token.pos_ != "PROPN":
            return self._of_paper(sentence, token, marks)
        return (
            self._person(sentence, token, marks)
            or self._named_in_apposition(sentence, token, marks)
            or self._named_body(sentence, token)
            or self._actor(sentence, token, marks)
            or self._seat(sentence, token, marks)
            or self._definite(token)
            or self._in_office(sentence, token, marks)
            or self._plain(sentence, token, marks)
        )

    def _plain(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """An institution by its noun or its name, else somebody without a name."""
        kind = self.kind_of(token)
        named = token.pos_ == "PROPN" and kind in (None, SpeakerKind.MEDIA, SpeakerKind.PAPER)
        if kind is SpeakerKind.INSTITUTION or named or self._is_state_medium(token, kind):
            return self._institution(sentence, token)
        if token.pos_ in ("NOUN", "NUM", "ADJ", "PRON", "DET", "PROPN"):
            voice = self._anonymous(sentence, token, token)
            return replace(voice, affiliation=self._side(token, voice.start, voice.end, marks, voice.role))
        return None

    @staticmethod
    def _is_state_medium(token: Token, kind: SpeakerKind | None) -> bool:
        """True for "state television", "the official news agency"."""
        return kind is SpeakerKind.MEDIA and any(
            t.lower_ in ("state", "official", "national", "state-run") for t in token.lefts
        )

    # -- persons

    def _person(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        if token.pos_ != "PROPN" or token.i in marks.actors or self.kind_of(token) is not None:
            return None
        span = name_span(token, marks)
        name = name_of(token, span)
        known = self.persons.named(name, sentence.index)
        if known is None and not could_be_person(token, marks):
            return None
        role = role_of(token, span, marks, self.lexicon.speakers)
        if known is None and role is None and token.ent_type_ != "PERSON":
            return None
        full = known.name if known is not None else name
        role = role or (known.role if known is not None else None)
        start, end = phrase_of(token)
        return self._person_voice(
            sentence, token, full, role, marks, min(start, span.start), max(end, span.end)
        )

    def _person_voice(
        self,
        sentence: Sentence,
        token: Token,
        name: str,
        role: str | None,
        marks: Marks,
        start: int,
        end: int,
    ) -> Voice:
        side = self._side(token, start, end, marks, role) or self.sides.get(name)
        if side is not None:
            self.sides[name] = side
            role = _ITS.sub(f"{side} ", role) if role else role
        head = name.rsplit(maxsplit=1)[-1].lower()
        return Voice(
            f"p:{name.lower()}",
            VoiceKind.PERSON,
            name,
            role,
            side,
            head,
            is_plural=False,
            sentence=sentence.index,
            start=start,
            end=end,
        )

    def _named_in_apposition(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """John Smith, for "the governor's spokesman, John Smith,"."""
        if token.pos_ != "NOUN" or not self._is_anonymous(token):
            return None
        name = named_after(token)
        if name is None or not could_be_person(name, marks):
            return None
        span = name_span(name, marks)
        told = name_of(name, span)
        known = self.persons.named(told, sentence.index)
        start, end = phrase_of(token)
        return self._person_voice(
            sentence,
            token,
            known.name if known is not None else told,
            description(token),
            marks,
            start,
            max(end, span.end),
        )

    def _named_body(self, sentence: Sentence, token: Token) -> Voice | None:
        """NOS, for "the public broadcaster NOS"."""
        kind = self.kind_of(token)
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        if (
            kind not in (SpeakerKind.MEDIA, SpeakerKind.INSTITUTION)
            or token.pos_ != "NOUN"
            or following is None
        ):
            return None
        if following.pos_ != "PROPN" or following.ent_type_ in ("DATE", "TIME", "GPE"):
            return None
        last = following.i
        while last + 1 < len(token.doc) and token.doc[last + 1].pos_ == "PROPN":
            last += 1
        name = token.doc[following.i : last + 1].text
        start = phrase_start(token)
        return Voice(
            f"i:{name.lower()}",
            VoiceKind.INSTITUTION,
            name,
            without_article(token.doc[start : token.i + 1].text),
            None,
            token.lemma_.lower(),
            is_plural=False,
            sentence=sentence.index,
            start=start,
            end=last + 1,
        )

    def _in_office(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """The governor whom the report names elsewhere, for "the governor"."""
        start, end = phrase_of(token)
        if token.doc[start].lower_ not in _BACK or not self._is_anonymous(token) or token.tag_ != "NN":
            return None
        modifiers = [t.lower_ for t in token.lefts if t.dep_ in ("compound", "amod")]
        person = self.persons.in_office(token.lemma_.lower(), modifiers)
        if person is None:
            return None
        return self._person_voice(sentence, token, person.name, person.role, marks, start, end)

    def _side(self, token: Token, start: int, end: int, marks: Marks, role: str | None) -> str | None:
        """The group spoken for, by the actor in the title or the apposition ("a Taliban spokesman")."""
        for i in range(start, min(end, token.i + 14)):
            mark = marks.actors.get(i)
            if mark is not None and mark.can_act and not _opposed(token, mark):
                return mark.name
        if role and role.split()[0].lower() in ("its", "their"):
            return next(
                (v.affiliation or v.name for v in reversed(self.heard) if v.kind is VoiceKind.INSTITUTION),
                self.groups[-1] if self.groups else None,
            )
        return None

    # -- groups, institutions, papers and people without a name

    def _actor(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """An actor of the registry, by its name or as "Houthi rebels"."""
        mark = marks.actors.get(token.i)
        kind = self.kind_of(token)
        if mark is None and kind is SpeakerKind.FIGHTERS and token.tag_ in ("NNS", "NNPS"):
            mark = self._modifying(token, marks)
        elif mark is None or (kind is SpeakerKind.ANONYMOUS and mark.end <= token.i + 1):
            return None
        if mark is None or (mark.kind == "state_force" and self._is_local(token, mark)):
            return None
        start, end = phrase_of(token)
        side = mark.name if mark.can_act else None
        return Voice(
            f"i:{mark.name.lower()}",
            VoiceKind.INSTITUTION,
            mark.name,
            apposition_text(token),
            side,
            token.lemma_.lower(),
            is_plural=False,
            sentence=sentence.index,
            start=start,
            end=end,
        )

    def _seat(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """The Turkish government, for "Ankara said"."""
        country = next(
            (
                CountryTable.load().seat_of(place.place.name or "")
                for start, end, place in marks.places
                if start <= token.i < end and place.is_metonym
            ),
            None,
        )
        if country is None:
            return None
        name = f"{country.adjective} government"
        start, end = phrase_of(token)
        return Voice(
            f"i:{name.lower()}",
            VoiceKind.INSTITUTION,
            name,
            apposition_text(token),
            name,
            "government",
            is_plural=False,
            sentence=sentence.index,
            start=start,
            end=end,
        )

    @staticmethod
    def _modifying(token: Token, marks: Marks) -> ActorMark | None:
        """The group that a modifier names: "Houthi rebels", "fighters of the M23"."""
        inner = [t for c in token.rights if c.lower_ in ("of", "from") for t in c.subtree]
        near = (marks.actors.get(t.i) for t in [*token.lefts, *inner])
        return next((m for m in near if m is not None and m.can_act), None)

    @staticmethod
    def _is_local(token: Token, mark: ActorMark) -> bool:
        """True for "police in Kandara", "the town police": a part of the force, named by its place."""
        inside = any(t.pos_ == "PROPN" and t.i < mark.start for t in token.lefts)
        following = next(
            (t for t in token.rights if t.i == token.i + 1 and t.lower_ in ("in", "of", "at")), None
        )
        inner = child(following, "pobj") if following is not None else None
        return inside or (
            inner is not None
            and (
                inner.ent_type_ == "GPE"
                or inner.lemma_.lower() in ("city", "town", "district", "province", "area", "region")
            )
        )

    def _institution(self, sentence: Sentence, token: Token) -> Voice:
        start, end = phrase_of(token)
        last = token.i
        of = next(
            (
                c
                for c in token.children
                if c.dep_ == "prep" and c.lower_ in ("of", "for", "in", "to", "on", "at") and c.i == last + 1
            ),
            None,
        )
        inner = child(of, "pobj") if of is not None else None
        if inner is not None and inner.i - token.i < 8 and inner.ent_type_ not in ("DATE", "TIME"):
            last = of_phrase_end(inner)
        told = _ITS.sub("", without_article(token.doc[start : last + 1].text))
        name = self._completed(told, token)
        return Voice(
            f"i:{name.lower()}",
            VoiceKind.INSTITUTION,
            name,
            apposition_text(token),
            None,
            token.lemma_.lower(),
            is_plural=token.tag_ in ("NNS", "NNPS"),
            sentence=sentence.index,
            start=start,
            end=end,
        )

    def _completed(self, name: str, token: Token) -> str:
        """The Turkish army, for "the army" in a report on Turkey; a name that tells its own place stays."""
        is_national = token.lemma_.lower() in self.lexicon.national_speakers
        plain = not any(word[:1].isupper() for word in name.split())
        if self.nationality and is_national and plain:
            return f"{self.nationality} {name}"
        first = token.doc[phrase_start(token)]
        opens = first.i == 0 and first.ent_type_ == "" and first.pos_ in ("NOUN", "ADJ")
        return (
            name[:1].lower() + name[1:] if plain or (opens and (first is token or token.is_lower)) else name
        )

    def _of_paper(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """Whose statement or report it is; one without an owner is nobody's in particular."""
        owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
        if owner is None:
            link = next(
                (c for c in token.rights if c.dep_ in ("prep", "agent") and c.lower_ in _OWNERS), None
            )
            owner = child(link, "pobj") if link is not None else None
            owner = owner if owner is not None and self._can_own(owner, marks) else None
        if owner is None:
            nouns = (
                c
                for c in token.lefts
                if c.dep_ in ("compound", "nmod", "amod") and c.pos_ in ("NOUN", "PROPN")
            )
            owner = next((c for c in nouns if self._can_own(c, marks)), None)
        if owner is not None:
            return self._voice(sentence, owner, marks)
        if token.doc[phrase_start(token)].lower_ in ("the", "this", "that"):
            last = self._last("it")
            if last is not None:
                return last
        return replace(self._anonymous(sentence, token, token), is_thing=True)

    def _can_own(self, token: Token, marks: Marks) -> bool:
        kind = self.kind_of(token)
        return (
            token.i in marks.actors
            or (could_be_person(token, marks) and token.ent_type_ in ("PERSON", "ORG"))
            or kind
            in (
                SpeakerKind.INSTITUTION,
                SpeakerKind.ANONYMOUS,
                SpeakerKind.FIGHTERS,
            )
        )

    def _anonymous(self, sentence: Sentence, first: Token, last: Token) -> Voice:
        start, _ = phrase_of(first)
        _, end = phrase_of(last)
        text = without_article(first.doc[start : last.i + 1].text) if first is not last else description(last)
        if (
            first.doc[start].i == 0
            and first.doc[start].pos_ in ("NOUN", "ADJ")
            and not first.doc[start].ent_type_
        ):
            text = text[:1].lower() + text[1:]
        plural = last.tag_ in ("NNS", "NNPS") or last.lower_ in ("people", "staff", "several", "many", "some")
        return Voice(
            f"a:{text.lower()}",
            VoiceKind.ANONYMOUS,
            None,
            text or None,
            None,
            last.lemma_.lower(),
            is_plural=plural,
            sentence=sentence.index,
            start=start,
            end=end,
        )

    # -- going back

    def _last(self, pronoun: str) -> Voice | None:
        return next((v for v in reversed(self.heard) if v.could_be(pronoun)), None)

    def _referred(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        if token.lower_ in ("who", "which", "whom"):
            verb = token.head
            return self._voice(sentence, self._antecedent(verb.head), marks) if verb.dep_ == "relcl" else None
        pronoun = _POSSESSIVE.get(token.lower_, token.lower_)
        found = self._last(pronoun)
        if found is None and pronoun in ("it", "they") and self.groups:
            return _named_before(self.groups[-1], "group")
        return found

    def _antecedent(self, noun: Token) -> Token:
        """The person of "the commander of the brigade, who said": not the last noun, where that is a body."""
        holder = noun
        while holder.dep_ in ("pobj", "appos", "prep", "poss", "compound") and holder.head.i < holder.i:
            holder = holder.head
        person = holder.pos_ == "PROPN" or self._is_anonymous(holder)
        return holder if person and not self._is_anonymous(noun) and noun.ent_type_ != "PERSON" else noun

    def _definite(self, token: Token) -> Voice | None:
        """The last voice with the noun of "the sources"; for "the body" and the like the last institution."""
        start = phrase_start(token)
        doc = token.doc
        if doc[start].lower_ not in _BACK or apposition(token) is not None:
            return None
        lemma, plural = token.lemma_.lower(), token.tag_ in ("NNS", "NNPS")
        inside = [t.lower_ for t in doc[start + 1 : token.i] if t.lower_ not in ("same", "'s", "-")]
        of = any(
            t.dep_ == "prep" and t.lower_ in ("of", "for", "in", "at") and t.i == token.i + 1
            for t in token.rights
        )
        for voice in reversed(self.heard):
            if voice.kind is VoiceKind.ANONYMOUS and voice.is_plural != plural:
                continue
            words = voice.told().replace("'s", " ").split()
            if not of and (voice.head == lemma or lemma in words) and all(word in words for word in inside):
                return voice
        if not of and ("based" in inside or set(inside) <= words_of(WordClass.SORT_OF_BODY)):
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
        last = next(
            (v for v in bodies if v.affiliation is None or lemma in ("party", "front", "movement")), None
        )
        return last or (_named_before(self.others[-1], lemma) if self.others else None)


def _opposed(token: Token, mark: ActorMark) -> bool:
    """True for "a fighter against the junta": the other side."""
    return any(t.lower_ in ("against", "by", "from") for t in token.doc[token.i + 1 : mark.start])


def _named_before(name: str, noun: str) -> Voice:
    """A body that the report has named and not yet heard."""
    return Voice(f"i:{name.lower()}", VoiceKind.INSTITUTION, name, None, name, noun, is_plural=False)
