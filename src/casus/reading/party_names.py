"""Who can be a party to an agreement: the names of groups, governments and countries in a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from casus.model import STATE_KINDS
from casus.reading.marks import Marks
from casus.reading.named_phrases import body_name, is_named_body
from casus.reading.noun_phrases import description
from casus.reading.parsing import Sentence, child
from casus.reading.word_classes import WordClass, is_a
from casus.resolving.countries import CountryTable

BOTH = "both parties"  # stands for the report's two main sides until they are known


def party_names(marks: Marks) -> dict[int, str]:
    """Names of possible parties, at each token of a name."""
    names = {i: mark.name for i, mark in marks.actors.items() if mark.can_act}
    table = CountryTable.load()
    for _, end, place in marks.places:
        if end - 1 in marks.actors or place.kind.value == "demonym":
            continue
        text = place.place.name or ""
        seat = table.seat_of(text) if place.is_metonym or text not in names.values() else None
        if place.kind.value == "country":
            country = table.by_name(text)
            if country is not None:
                names[end - 1] = country.name
        elif place.is_metonym and seat is not None:
            names[end - 1] = f"{seat.adjective} government"
    return names


def parties_of(noun: Token, names: Mapping[int, str]) -> list[str]:
    """The parties that a noun and its conjuncts name: by name, as "the rebels", or as "the two sides"."""
    found: list[str] = _paired_peoples(noun)
    for head in (noun, *_beside(noun)) if not found else ():
        name = _named(head, names)
        if name is not None:
            found.append(name)
    return found


def _beside(noun: Token) -> list[Token]:
    """The nouns joined to one: "Niger and the Front", and "the government of Niger and the Front"."""
    found = [t for t in noun.conjuncts if t.i > noun.i]
    if noun.tag_ == "NN":  # one government is not of two countries
        inner = _inner(noun)
        found += [t for t in inner.conjuncts if t.i > inner.i] if inner is not None else []
    return found


def _inner(noun: Token) -> Token | None:
    """The Niger of "the government of Niger"."""
    of = next(
        (c for c in noun.rights if c.dep_ == "prep" and c.lower_ in ("of", "from") and c.i == noun.i + 1),
        None,
    )
    return child(of, "pobj") if of is not None else None


def _paired_peoples(noun: Token) -> list[str]:
    """The peoples of "the Dinka and Nuer communities", "elders of the Dinka and the Nuer"."""
    of = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of" and c.i == noun.i + 1), None)
    inner = child(of, "pobj") if of is not None else None
    lemma = noun.lemma_.lower()
    if inner is not None and is_a(lemma, WordClass.SPEAKS_FOR_PEOPLE):
        if inner.pos_ == "NOUN":
            return _paired_peoples(inner)
        joined = [t for t in (*inner.conjuncts, *noun.conjuncts) if t.i > inner.i]
        peoples = [_people(t) for t in (inner, *joined) if t.pos_ in ("PROPN", "ADJ")]
        return peoples if len(peoples) > 1 else []
    if not is_a(lemma, WordClass.PAIRED):
        return []
    first = next((c for c in noun.lefts if c.pos_ in ("PROPN", "ADJ") and c.text[:1].isupper()), None)
    if first is None:
        return []
    peoples = [t.text for t in (first, *first.conjuncts) if t.i < noun.i and t.text[:1].isupper()]
    return peoples if len(peoples) > 1 else []


def _people(token: Token) -> str:
    """The name of a people with the names before it: "Dinka Bor"."""
    first = token.i
    while first and token.doc[first - 1].dep_ == "compound" and token.doc[first - 1].pos_ == "PROPN":
        first -= 1
    return token.doc[first : token.i + 1].text


def _named(noun: Token, names: Mapping[int, str]) -> str | None:
    if noun.i in names:
        return names[noun.i]
    if is_named_body(noun):  # a group that the registry doesn't know
        start, end = body_name(noun)
        return noun.doc[start:end].text
    lemma = noun.lemma_.lower()
    if is_a(lemma, WordClass.BOTH) and any(c.lower_ == "all" for c in noun.lefts):
        return f"all {noun.text}"
    if is_a(lemma, WordClass.BOTH) and (noun.tag_ == "NNS" or any(c.lower_ == "both" for c in noun.lefts)):
        return BOTH
    paired = any(c.lower_ in ("both", "two") for c in noun.lefts)
    if lemma == "both" or (paired and is_a(lemma, WordClass.PAIRED)):
        return BOTH
    inner = _inner(noun)
    for near in (*noun.lefts, *([inner] if inner is not None else [])):
        if near.i in names:
            return names[near.i]
    if inner is not None and not is_a(lemma, WordClass.PARTY):
        found = next((names[t.i] for t in inner.subtree if t.i in names), None)
        if found is not None:
            return found
    one_of_many = lemma == "group" and noun.tag_ != "NNS"
    return description(noun) if is_a(lemma, WordClass.PARTY) and not one_of_many else None


def main_sides(sentences: Sequence[tuple[Sentence, Marks]]) -> tuple[str, ...]:
    """The two parties that a report names most often; fewer where it names fewer.

    Forces of one state count as its government; a ministry is left out where its government
    is named too.
    """
    counts: Counter[str] = Counter()
    table = CountryTable.load()
    for sentence, marks in sentences:
        if sentence.is_title:
            continue
        states = {m.name: m.country_code for m in marks.actors.values() if m.kind in STATE_KINDS}
        named = party_names(marks)
        for name in (name for i, name in named.items() if named.get(i - 1) != name):
            if _keeps_peace(name):
                continue
            country = table.by_code(states.get(name) or "")
            counts[f"{country.adjective} government" if country is not None else name] += 1
    sides = [name for name, _ in counts.most_common() if _government_of(name) not in counts]
    return tuple(sides[:2])


def _government_of(name: str) -> str | None:
    """The "Ruritanian government" of "Ruritanian defence ministry"; None for other names."""
    match = _MINISTRY.fullmatch(name)
    return f"{match['adjective']} government" if match is not None else None


_MINISTRY = re.compile(r"(?P<adjective>[A-Z].*?) (?:[a-z]\w* )+ministry")


def _keeps_peace(name: str) -> bool:
    """True for peacekeepers and missions: they stand between the sides."""
    return any(word in _BETWEEN for word in name.lower().split())


_BETWEEN = frozenset(("peacekeepers", "peacekeeping", "mission", "observers", "monitors"))
