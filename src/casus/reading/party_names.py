"""Who can be a party to an agreement: the names of groups, governments and countries in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from casus.reading.marks import Marks
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
    found: list[str] = []
    for head in (noun, *(t for t in noun.conjuncts if t.i > noun.i)):
        name = _named(head, names)
        if name is not None:
            found.append(name)
    return found


def _named(noun: Token, names: Mapping[int, str]) -> str | None:
    if noun.i in names:
        return names[noun.i]
    lemma = noun.lemma_.lower()
    if is_a(lemma, WordClass.BOTH) and any(c.lower_ == "all" for c in noun.lefts):
        return f"all {noun.text}"
    if is_a(lemma, WordClass.BOTH) and (noun.tag_ == "NNS" or any(c.lower_ == "both" for c in noun.lefts)):
        return BOTH
    paired = any(c.lower_ in ("both", "two") for c in noun.lefts)
    if lemma == "both" or (paired and is_a(lemma, WordClass.PAIRED)):
        return BOTH
    of = next(
        (c for c in noun.rights if c.dep_ == "prep" and c.lower_ in ("of", "from") and c.i == noun.i + 1),
        None,
    )
    inner = child(of, "pobj") if of is not None else None
    for near in (*noun.lefts, *([inner] if inner is not None else [])):
        if near.i in names:
            return names[near.i]
    if inner is not None and not is_a(lemma, WordClass.PARTY):
        found = next((names[t.i] for t in inner.subtree if t.i in names), None)
        if found is not None:
            return found
    return description(noun) if is_a(lemma, WordClass.PARTY) else None


def main_sides(sentences: Sequence[tuple[Sentence, Marks]]) -> tuple[str, ...]:
    """The two parties that a report names most often; fewer where it names fewer.

    Forces of one state count as its government.
    """
    counts: Counter[str] = Counter()
    table = CountryTable.load()
    for sentence, marks in sentences:
        if sentence.is_title:
            continue
        states = {m.name: m.country_code for m in marks.actors.values() if m.kind == "state_force"}
        named = party_names(marks)
        for name in (name for i, name in named.items() if named.get(i - 1) != name):
            if _keeps_peace(name):
                continue
            country = table.by_code(states.get(name) or "")
            counts[f"{country.adjective} government" if country is not None else name] += 1
    return tuple(name for name, _ in counts.most_common(2))


def _keeps_peace(name: str) -> bool:
    """True for peacekeepers and missions: they stand between the sides."""
    return any(word in _BETWEEN for word in name.lower().split())


_BETWEEN = frozenset(("peacekeepers", "peacekeeping", "mission", "observers", "monitors"))
