"""The two sides of a clash: "between A and B", "A clashed with B", "A and B exchanged fire"."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from casus.reading.clauses import subject_of
from casus.reading.parsing import child

_NOMINAL = ("NOUN", "PROPN")
_SHOTS = frozenset({"fire", "shot", "gunfire", "battle", "round"})


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The nouns that name who did it and to whom, each in the order of the text."""

    doers: tuple[Token, ...] = ()
    targets: tuple[Token, ...] = ()


def with_conjuncts(noun: Token | None) -> tuple[Token, ...]:
    """A noun with those that "and" joins to it, in the order of the text."""
    if noun is None:
        return ()
    before = tuple(c for c in noun.lefts if c.dep_ == "nmod" and c.ent_type_ != "NORP" and _is_joined(c))
    return (*before, noun, *(t for t in noun.conjuncts if t.i > noun.i and t.pos_ in _NOMINAL))


def _is_joined(noun: Token) -> bool:
    return any(c.dep_ == "cc" for c in noun.children)


def met(trigger: Token, agent: Token | None) -> Sides | None:
    """The sides of a clash, where its words tell both."""
    if trigger.pos_ in _NOMINAL:
        return _between(trigger) or _with(trigger, agent)
    other = _object(trigger)
    first, *rest = with_conjuncts(agent) or (None,)
    if first is None:
        return None
    if other is None:
        return Sides((first,), tuple(t for t in rest if t is not None)) if rest else None
    return Sides((first,), with_conjuncts(other))


def _between(noun: Token) -> Sides | None:
    link = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "between"), None)
    parties = with_conjuncts(child(link, "pobj")) if link is not None else ()
    first, *rest = parties or (None,)  # a "between" that is parsed as having no object tells nobody
    if first is None:
        return None
    return Sides((first,), tuple(t for t in rest if t is not None) or (first,))


def _with(noun: Token, agent: Token | None) -> Sides | None:
    """The sides of "fighting with rebels", "hurt in a shootout with police": who met them, and they."""
    link = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ in ("with", "against")), None)
    other = child(link, "pobj") if link is not None else None
    if other is None:
        return None
    verb = noun.head.head
    if agent is None and noun.dep_ == "pobj" and verb.pos_ == "VERB":
        agent = subject_of(verb)
    return Sides((agent,) if agent is not None else (), with_conjuncts(other))


def _object(verb: Token) -> Token | None:
    """Whom a verb of fighting says that somebody fought."""
    direct = child(verb, "dobj")
    if direct is not None and direct.lemma_.lower() not in _SHOTS:
        return direct
    holders = [verb, direct] if direct is not None else [verb]
    for holder in holders:
        for link in holder.children:
            if link.dep_ == "prep" and link.lower_ in ("with", "against") and link.i > holder.i:
                return child(link, "pobj")
    return None
