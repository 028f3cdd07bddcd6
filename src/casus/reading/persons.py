"""The persons that a report names, each with its role, so that a short name or a role finds its person."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from casus.reading.marks import Marks
from casus.reading.names import NameSpan, name_span
from casus.reading.noun_phrases import (
    apposition,
    apposition_text,
    description,
    description_end,
    phrase_start,
    without_article,
)
from casus.reading.parsing import Sentence, child
from casus.reading.realis import is_negated
from casus.reading.reporting import SpeakerKind
from casus.reading.word_classes import WordClass, is_a

_PART = re.compile(r"[\s-]+")
# Verbs of a relative clause that give a role: "X, who heads the region's administration".
_LEADS = {
    "head": "head of",
    "lead": "leader of",
    "run": "head of",
    "command": "commander of",
    "chair": "chairman of",
    "represent": "representative of",
    "speak": "spokesman of",
}
_BELONGS = re.compile(r"\b(?:of|for|in|at|from|on|with|to|who|which)\b.*$|\b[\w-]+(?:'s|s')")


@dataclass(frozen=True, slots=True)
class Person:
    """A person by the fullest name and the first role given; `sentence` is where it stands first."""

    name: str
    role: str | None
    sentence: int

    def parts(self) -> frozenset[str]:
        """The parts of the name, in lower case."""
        return frozenset(p for p in _PART.split(self.name.lower()) if p)

    def offices(self) -> frozenset[str]:
        """The nouns of the role itself, not its holder's: "spokesman" of "the governor's spokesman"."""
        return frozenset(re.findall(r"[\w-]+", _BELONGS.sub("", (self.role or "").lower())))


@dataclass(frozen=True, slots=True)
class PersonBook:
    """The persons of a report, in the order of the text."""

    persons: tuple[Person, ...]

    @classmethod
    def of(
        cls, sentences: Sequence[Sentence], marks: Sequence[Marks], nouns: Mapping[str, SpeakerKind]
    ) -> PersonBook:
        """The persons named anywhere in a report."""
        found: list[Person] = []
        for sentence, own in zip(sentences, marks, strict=True):
            if sentence.is_title:
                continue
            for token in sentence.tokens:
                person = _person(sentence, token, own, nouns)
                if person is not None:
                    _keep(found, person)
        return cls(tuple(found))

    def named(self, name: str, sentence: int) -> Person | None:
        """The person that a full or short name means; of two, the one told of last before the sentence."""
        parts = {p for p in _PART.split(name.lower()) if p}
        fits = [p for p in self.persons if parts <= p.parts()]
        before = [p for p in fits if p.sentence <= sentence]
        return max(before, key=lambda p: p.sentence) if before else (fits[0] if fits else None)

    def in_office(self, noun: str, modifiers: Sequence[str]) -> Person | None:
        """The one person who holds an office: "the governor" is the governor named elsewhere."""
        fits = [p for p in self.persons if noun in p.offices() and p.role is not None]
        exact = [p for p in fits if all(m in (p.role or "").lower() for m in modifiers)]
        return exact[0] if len(exact) == 1 else None


def _keep(found: list[Person], person: Person) -> None:
    """Add a person, or make the one of that name fuller."""
    for i, known in enumerate(found):
        one, other = known.parts(), person.parts()
        if one <= other or other <= one:
            name = known.name if len(one) >= len(other) else person.name
            found[i] = Person(name, known.role or person.role, known.sentence)
            return
    found.append(person)


def _person(
    sentence: Sentence, token: Token, marks: Marks, nouns: Mapping[str, SpeakerKind]
) -> Person | None:
    if not could_be_person(token, marks):
        return None
    span = name_span(token, marks)
    if not (span.start <= token.i < span.end) or _ends_later(token, span):
        return None
    role = role_of(token, span, marks, nouns)
    if token.ent_type_ != "PERSON" and role is None:
        return None
    name = name_of(token, span)
    return Person(name, role, sentence.index) if _is_name(name) else None


def name_of(token: Token, span: NameSpan) -> str:
    """A person's name with the honorific that belongs to it: "Qari Yousuf", without other titles."""
    start = span.name_start
    while start > span.start and is_a(token.doc[start - 1].lower_, WordClass.HONORIFIC):
        start -= 1
    return token.doc[start : span.end].text


def _ends_later(token: Token, span: NameSpan) -> bool:
    return token.i != span.end - 1 and token.doc[span.end - 1].pos_ == "PROPN"


def _is_name(name: str) -> bool:
    return name[:1].isupper() or name[:3].lower() in ("al-", "el-", "al ")


def could_be_person(token: Token, marks: Marks) -> bool:
    """True for a proper noun that names no actor, date or place of the gazetteer."""
    if token.pos_ != "PROPN" or token.i in marks.actors or token.i in marks.date_tokens():
        return False
    return token.ent_type_ == "PERSON" or token.i not in marks.place_tokens()


def role_of(token: Token, span: NameSpan, marks: Marks, nouns: Mapping[str, SpeakerKind]) -> str | None:
    """The role told of a named person: titles before, an apposition before or after, "who heads"."""
    doc = token.doc
    first = _first_of_role(token, span, marks, nouns)
    before = office_before(doc[span.start], nouns)
    closed = span.end < len(doc) and doc[span.end].text in (",", ".", '"')
    if before is not None and closed:
        return description(before)
    after = apposition(token)
    if after is not None and is_office(after, nouns):
        return apposition_text(token)
    holder = _office_of_organ(doc, first, nouns) if first < span.name_start else None
    if holder is not None:
        first = phrase_start(holder)
    titles = [t for t in doc[first : span.name_start] if not is_a(t.lower_, WordClass.HONORIFIC)]
    if titles:
        return without_article(doc[first : span.name_start].text) or None
    return _leads(token)


def start_with_role(token: Token, nouns: Mapping[str, SpeakerKind]) -> int:
    """The first token of a name with the titles and the office before it."""
    doc, span = token.doc, name_span(token, None)
    start = span.start
    organ = _office_of_organ(doc, start, nouns) if start < span.name_start else None
    office = office_before(doc[start], nouns) or organ
    return phrase_start(office) if office is not None else start


def office_before(first: Token, nouns: Mapping[str, SpeakerKind]) -> Token | None:
    """The office before a name in commas: "the governor of the province, John Smith"."""
    comma = first.i - 1
    if comma < 1 or first.doc[comma].text != ",":
        return None
    for i in range(comma - 1, max(-1, comma - 10), -1):
        if is_office(first.doc[i], nouns) and description_end(first.doc[i]) + 1 == comma:
            return first.doc[i]
    return None


def _first_of_role(token: Token, span: NameSpan, marks: Marks, nouns: Mapping[str, SpeakerKind]) -> int:
    """First token of the titles before a name, with the words that say whose: "Cauca police chief"."""
    doc = token.doc
    before = doc[span.name_start - 1] if span.name_start else None
    untitled = span.name_start == span.start and (before is None or not is_office(before, nouns))
    if untitled:
        return span.name_start
    start = phrase_start(token)
    while start < span.start and (doc[start].lower_ in ("in", "at") or doc[start].text == ","):
        start += 1
    first = min(start, span.start)
    return span.start if any(i in marks.date_tokens() for i in range(first, span.start)) else first


def _office_of_organ(doc: Doc, first: int, nouns: Mapping[str, SpeakerKind]) -> Token | None:
    """The minister of "minister for home John Smith": an office whose organ stands right before a name."""
    if first < 2 or doc[first - 1].lower_ not in ("of", "for") or not is_office(doc[first - 2], nouns):
        return None
    organ = doc[first]
    titled = organ.pos_ == "PROPN" and nouns.get(organ.lower_) is SpeakerKind.ANONYMOUS
    return None if titled or organ.ent_type_ == "PERSON" else doc[first - 2]


def _leads(token: Token) -> str | None:
    for clause in token.rights:
        if clause.dep_ == "relcl" and clause.lemma_.lower() in _LEADS:
            led = child(clause, "dobj")
            if led is not None:
                return f"{_LEADS[clause.lemma_.lower()]} {token.doc[led.left_edge.i : led.i + 1].text}"
    return None


def is_office(noun: Token, nouns: Mapping[str, SpeakerKind]) -> bool:
    """True for a noun that says who a person is: a speaker's noun or a title."""
    lemma = noun.lemma_.lower()
    speaker = nouns.get(lemma)
    return is_a(lemma, WordClass.TITLE) or speaker in (SpeakerKind.ANONYMOUS, SpeakerKind.FIGHTERS)


def named_after(office: Token) -> Token | None:
    """The name in "the governor of the province, John Smith, said", by the parse or by its commas.

    Also that of "a man named John Smith", "who called himself John Smith", "who gave his name as John".
    """
    called = [
        c for v in office.rights if v.dep_ == "acl" and v.lower_ in ("called", "named") for c in v.rights
    ]
    beside = [t for t in office.rights if t.dep_ == "appos" and t.i - office.i < 10]
    found = next((t for t in (*beside, *called, *_own_names(office)) if t.pos_ == "PROPN"), None)
    if found is not None:
        return found
    doc, comma = office.doc, _past_brackets(office.doc, description_end(office) + 1)
    if comma + 1 >= len(doc) or doc[comma].text != "," or doc[comma + 1].pos_ != "PROPN":
        return None
    last = comma + 1
    while last + 1 < len(doc) and (doc[last + 1].pos_ == "PROPN" or doc[last + 1].text == "-"):
        last += 1
    closed = last + 1 < len(doc) and doc[last + 1].text in (",", ".", '"')
    return doc[last] if closed and doc[last].ent_type_ not in ("DATE", "TIME", "GPE") else None


def _past_brackets(doc: Doc, i: int) -> int:
    """The token after "(MACBAN)" where an abbreviation stands at `i`, else `i`."""
    if i + 3 < len(doc) and doc[i].text == "(" and doc[i + 2].text == ")":
        return i + 3
    return i


def _own_names(noun: Token) -> Iterator[Token]:
    """The name of "who called himself John Smith", "who gave only his first name, John"."""
    for clause in noun.rights:
        if clause.dep_ != "relcl" or is_negated(clause):
            continue
        links = (t for t in clause.subtree if t.lower_ in ("himself", "herself", "name") and t.i > clause.i)
        link = next(links, None)
        after = noun.doc[link.i + 1 : link.i + 5] if link is not None else ()
        near = itertools.takewhile(lambda t: t.pos_ != "VERB", after)
        first = next((t for t in near if t.pos_ == "PROPN"), None)
        if first is not None:
            yield noun.doc[_last_of_run(first)]


def _last_of_run(first: Token) -> int:
    """The last of the proper nouns that stand together from one on."""
    last = first.i
    while last + 1 < len(first.doc) and first.doc[last + 1].pos_ == "PROPN":
        last += 1
    return last
