"""Which place in a sentence is that of which of its events, and which tells of something else.

A place is not an event's where it is a speaker's ("officials in Tunis said"), an origin
("a trader from Kano"), a goal ("flown to Ankara"), a country that acts or is acted for
("Turkey shelled", "killed by Israel"), or a holder of people ("Iraq's prime minister").
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from casus.reading.attaching import trigger_for
from casus.reading.attribution import Statement
from casus.reading.lexicon import load_lexicon
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.reading.reporting import SpeechAct
from casus.resolving.countries import CountryTable
from casus.resolving.places import PlaceKind, PlaceMention, PlaceRelation
from casus.resolving.places.vocabulary import place_nouns, words_beside

LOCAL_KINDS = frozenset(
    {PlaceKind.SETTLEMENT, PlaceKind.UNKNOWN, PlaceKind.ADM2, PlaceKind.FEATURE, PlaceKind.ADM1}
)
_MODIFIERS = frozenset({"compound", "amod", "nmod", "appos"})
_NEGATED = 4  # tokens before a name within which "not" denies it
_SUBORDINATE = frozenset({"relcl", "acl", "advcl", "ccomp", "conj"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_TO = frozenset({"to", "into", "towards", "toward", "for", "over"})
_CLOSE = 3  # characters: a comma and a blank
_AT = frozenset({"in", "at", "from", "near", "outside", "inside"})
_AT_CARE = frozenset({"in", "at", "to", "into"})


def event_places(
    sentence: Sentence, marks: Marks, triggers: Sequence[int], statements: Sequence[Statement]
) -> list[tuple[int, PlaceMention]]:
    """The places of the events of a sentence, each with the trigger that it belongs to."""
    found = list(scene_places(sentence, marks, triggers, statements))
    own = [
        (first, mention)
        for first, mention in found
        if not _is_elsewhere(sentence, first, triggers) and not _is_home(sentence, first)
    ]
    is_told = any(mention.kind in LOCAL_KINDS for _, mention in own)
    return [
        (trigger_for(sentence, first, triggers), mention) for first, mention in (own if is_told else found)
    ]


def _is_elsewhere(sentence: Sentence, token: int, triggers: Sequence[int]) -> bool:
    """True where a place belongs to a subordinate verb with no event in it: "who was interviewed at X"."""
    verb: Token = sentence.doc[token]
    while verb.head.i != verb.i and verb.pos_ not in ("VERB", "AUX"):
        if verb.i in triggers:
            return False
        verb = verb.head
    if verb.dep_ not in _SUBORDINATE or verb.i in triggers:
        return False
    return not any(t.i in triggers for t in verb.subtree)


def _is_home(sentence: Sentence, token: int) -> bool:
    """True for where a person is from: "a resident of X", "Farooq Ahmad of X village"."""
    noun = _noun_of(sentence.doc[token], frozenset())
    link = noun.head
    if noun.dep_ != "pobj" or link.lower_ not in ("of", "from"):
        return False
    holder = link.head
    is_person = holder.ent_type_ == "PERSON" or (holder.pos_ == "PROPN" and not _is_place_noun(holder))
    return is_person or (holder.tag_ == "NN" and holder.lemma_.lower() in words_beside("native"))


def is_late_death(verb: Token) -> bool:
    """True for a death of wounds or in a ward: neither its place nor its day is the event's."""
    if verb.lemma_.lower() not in words_beside("die"):
        return False
    return any(
        t.lemma_.lower() in words_beside("ward") for c in verb.children if c.dep_ == "prep" for t in c.subtree
    )


def scene_places(
    sentence: Sentence, marks: Marks, triggers: Sequence[int], statements: Sequence[Statement]
) -> Iterator[tuple[int, PlaceMention]]:
    """The places where a sentence plays, each with its first token."""
    aside: PlaceMention | None = None
    for first, end, mention in marks.places:
        if mention.kind is PlaceKind.DEMONYM or mention.is_metonym or mention.is_dateline:
            continue
        if any(i in marks.actors for i in range(first, end)) or _in_speaker(first, triggers, statements):
            continue
        use = _Use(sentence, first, end, mention, triggers=triggers, statements=statements)
        if use.is_aside() or _measures(mention, aside):
            aside = mention
        else:
            yield first, mention


def _measures(mention: PlaceMention, aside: PlaceMention | None) -> bool:
    """True where a place only tells how far one that is left out is: "flown to X, 240 km south of Y"."""
    if aside is None or mention.relation not in (PlaceRelation.OFFSET, PlaceRelation.NEAR):
        return False
    return 0 <= mention.phrase_start - aside.end_char <= _CLOSE


def _in_speaker(token: int, triggers: Sequence[int], statements: Sequence[Statement]) -> bool:
    """True inside the words for a speaker, unless they tell an event themselves ("those who shelled X")."""
    return any(
        s.speaker_start <= token < s.speaker_end
        and not s.covers(token)
        and not any(s.speaker_start < t < s.speaker_end for t in triggers)
        for s in statements
    )


class _Use:
    """How a sentence uses the name of a place: the noun that the name belongs to, and what governs it."""

    def __init__(
        self,
        sentence: Sentence,
        first: int,
        end: int,
        mention: PlaceMention,
        *,
        triggers: Sequence[int],
        statements: Sequence[Statement],
    ) -> None:
        self._sentence = sentence
        self._mention = mention
        self._triggers = frozenset(triggers)
        self._said = frozenset(s.verb for s in statements)
        self._end = end
        self._name = _top(sentence.doc[end - 1], first)
        self._noun = _noun_of(self._name, self._triggers)

    def is_aside(self) -> bool:
        """True where the place is not where the sentence's events took place."""
        words = self._sentence.words
        behind = [word for word in words[self._end : self._end + 2] if word != "-"]
        if behind[:1] in (["based"], ["born"], ["bound"]):
            return True
        if "not" in words[max(0, self._name.i - _NEGATED) : self._name.i]:  # "though not the capital"
            return True
        if is_late_death(self._verb()) or self._is_of_care():
            return True
        is_state = self._mention.kind is PlaceKind.COUNTRY or self._is_seat()
        if is_state and self._is_party():
            return True
        if self._is_owner() or self._is_passed() or self._is_where_said():
            return True
        return self._is_in_other_subject()

    def _is_of_care(self) -> bool:
        """Where the hurt are nursed: "taken to a hospital in X", "treated in X"; no hospital that is hit."""
        link = self._noun.head
        if self._noun.dep_ != "pobj" or link.lower_ not in _AT_CARE:
            return False
        verb = self._verb()
        lemma = verb.lemma_.lower()
        if self._noun.i < verb.i:
            return False  # "in X a man was in hospital", "doctors in X treated him"
        return lemma in words_beside("treat") or (
            lemma in words_beside("bring in") and any(_is_of_nursing(child) for child in verb.children)
        )

    def _verb(self) -> Token:
        verb = self._noun
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        return verb

    def _is_party(self) -> bool:
        """A country that acts, or by or against which something is done: "Israel bombed", "war with Iran"."""
        if self._noun.dep_ in _SUBJECTS and self._noun.i not in self._triggers:
            return True
        link = self._noun.head
        is_object = self._noun.dep_ == "pobj" and link.lower_ in ("by", "with", "against", "between")
        return is_object or (
            self._noun.dep_ == "pobj" and link.lower_ == "on" and link.head.lemma_ in words_beside("blame")
        )

    def _is_owner(self) -> bool:
        """A country or unit of whose people or body the sentence tells: "Iraq's prime minister"."""
        if self._name.dep_ != "poss" or self._mention.kind not in (PlaceKind.COUNTRY, PlaceKind.ADM1):
            return False
        owned = self._name.head
        return owned.i not in self._triggers and not _is_place_noun(owned) and _is_speaker_noun(owned)

    def _is_passed(self) -> bool:
        """An origin or a goal: "refugees from X", "fired from X", "flown to X", "the train to X"."""
        noun = self._noun
        while noun.dep_ == "pobj" and noun.head.head.pos_ == "PROPN":
            noun = noun.head.head  # "men from X, near Y": Y goes with X
        is_same = noun is self._noun
        if noun.dep_ != "pobj" or (
            is_same and self._mention.relation in (PlaceRelation.OFFSET, PlaceRelation.NEAR)
        ):
            return False
        link, holder = noun.head, noun.head.head
        if link.dep_ in ("prep", "pcomp") and holder.pos_ == "ADP":
            link, holder = holder, holder.head
        lemma = holder.lemma_.lower()
        if link.lower_ == "from":
            return lemma not in words_beside("leave") and not self._is_road(holder)
        if link.lower_ not in _TO:
            return False
        if holder.pos_ == "NOUN" or lemma == "bind":
            return lemma in words_beside("trip")
        is_aimed = holder.i in self._triggers and link.lower_ not in ("to", "for")  # "fired into X"
        return link.lower_ != "over" and not is_aimed and lemma in words_beside("move")

    def _is_road(self, holder: Token) -> bool:
        return any(t.lemma_.lower() in words_beside("road") for t in (holder, holder.head))

    def _is_where_said(self) -> bool:
        """The place of saying: "told reporters in Colombo"; "in Mosul, police said" tells of Mosul itself."""
        if self._noun.dep_ != "pobj" or self._noun.head.lower_ not in _AT:
            return False
        holder = self._noun.head.head
        is_object = holder.dep_ in ("dobj", "dative", "pobj")
        is_told = is_object and holder.lemma_.lower() in words_beside("audience")
        if is_told and not any(t.i in self._triggers for t in holder.ancestors):
            return True
        is_said = holder.pos_ == "VERB" and holder.lemma_.lower() in said_verbs()
        if (holder.i not in self._said and not is_said) or holder.i in self._triggers:
            return False
        if any(t.dep_ == "auxpass" for t in holder.children):
            return False  # "blasts were reported in X"
        if any(holder.i < t < self._noun.i for t in self._triggers):
            return False  # "condemned the murder of a journalist in X"
        is_fronted = self._noun.head.i < holder.i
        return not (is_fronted and self._is_heard_locally(holder))

    def _is_heard_locally(self, verb: Token) -> bool:
        """True where who speaks is of the place: police, medics, witnesses; never in a seat of government."""
        if self._is_seat():
            return False
        subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
        return subject is not None and subject.lemma_.lower() in words_beside("local_voice")

    def _is_seat(self) -> bool:
        return CountryTable.load().seat_of(self._mention.place.name or "") is not None

    def _is_in_other_subject(self) -> bool:
        """Inside the subject of a verb of speech or care: "doctors at X admitted the wounded"."""
        token = self._noun
        while token.head.i != token.i and token.dep_ not in _SUBJECTS:
            token = token.head
            if token.i in self._triggers:
                return False
        if token.dep_ not in _SUBJECTS or token.i == self._noun.i:
            return False
        inside = any(token.left_edge.i <= t <= token.right_edge.i for t in self._triggers)
        verb = token.head
        is_body = load_lexicon().speakers.get(token.lemma_.lower()) == "institution"
        is_other = is_body or verb.lemma_.lower() in said_verbs() | words_beside("care")
        return is_other and not inside and verb.i not in self._triggers


def _is_of_nursing(link: Token) -> bool:
    """True for the "to" of "to a hospital" and the "in" of "in hospital"."""
    return link.lower_ in _AT_CARE and any(
        inner.dep_ == "pobj" and inner.lemma_.lower() in words_beside("nursing") for inner in link.children
    )


def _top(token: Token, first: int) -> Token:
    """The head word of a name that begins at `first`."""
    while token.head.i != token.i and first <= token.head.i < token.i:
        token = token.head
    return token


def _noun_of(name: Token, triggers: frozenset[int]) -> Token:
    """The noun that a name stands with: itself, or the "district" of "X district"."""
    token = name
    while token.head.i != token.i and token.head.i not in triggers:
        is_listed = token.dep_ == "conj" and token.head.pos_ == "PROPN"
        if token.dep_ not in _MODIFIERS and not is_listed:
            break
        token = token.head
    return token


def _is_place_noun(token: Token) -> bool:
    return token.lemma_.lower() in place_nouns()


def _is_speaker_noun(token: Token) -> bool:
    lemma = token.lemma_.lower()
    lexicon = load_lexicon()
    return lemma in lexicon.speakers or lexicon.person(token.lower_, lemma) is not None


@functools.cache
def said_verbs() -> frozenset[str]:
    """The verbs of plain speech, of which a place or a date may be that of speaking."""
    reporting = load_lexicon().reporting
    return frozenset(
        lemma
        for lemma, verbs in reporting.items()
        if any(not verb.complement and verb.act is SpeechAct.SAY for verb in verbs)
    )
