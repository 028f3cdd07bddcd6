"""By whom and to whom: the actor, the people or the thing that a noun phrase of an act names."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import Actor, Category, Evidence
from casus.reading.groups import PhraseReader
from casus.reading.marks import ActorMark, Marks
from casus.reading.parsing import child

_GENERIC = {
    "militant",
    "rebel",
    "insurgent",
    "fighter",
    "gunman",
    "attacker",
    "assailant",
    "guerrilla",
    "terrorist",
    "extremist",
    "bomber",
    "raider",
    "gang",
    "band",
    "group",
    "mob",
    "kidnapper",
    "captor",
    "abductor",
    "killer",
    "force",
    "troop",
    "soldier",
    "police",
    "army",
    "man",
    "suspect",
    "youth",
    "villager",
    "protester",
    "demonstrator",
    "tribesman",
    "bandit",
    "separatist",
    "islamist",
    "jihadist",
    "militiaman",
    "militia",
    "men",
    "settler",
    "herder",
    "vigilante",
    "rioter",
    "crowd",
    "tribe",
    "assassin",
    "perpetrator",
    "cadre",
    "ultra",
    "criminal",
    "cartel",
    "herdsman",
    "officer",
    "policeman",
    "paramilitary",
}


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """A side of an act: its name, and the registry's actor where it is one.

    `is_named` is False for people told by kind alone ("gunmen"); `category` counts its losses.
    """

    actor: Actor
    is_named: bool
    category: Category | None
    token: int
    is_people: bool = True


def party_at(token: Token, reader: PhraseReader, marks: Marks, start: int) -> Party | None:
    """The party that a noun phrase names, or None for a thing or a pronoun; `start` is the sentence's offset."""
    mark = _actor_in(token, marks) or _dropped_by(token, marks)
    if mark is not None:
        evidence = _evidence(reader, mark.start, mark.end, "actor.registry")
        return Party(
            Actor(mark.name, mark.registry_id, mark.country_code, (evidence,)), True, mark.category, token.i
        )
    lemma = token.lemma_.lower()
    group = reader.group_at(token)
    if (
        group is not None
        and group.pronoun is None
        and (
            lemma in _GENERIC
            or group.category in (Category.MILITANTS, Category.SECURITY_FORCES)
            or group.is_named
        )
    ):
        name = _described(token, group.name)
        if not name or group.is_none:
            return None
        evidence = _evidence(reader, group.start, group.end, "actor.described")
        return Party(Actor(name, None, None, (evidence,)), group.is_named, group.category, token.i)
    if lemma in _GENERIC and token.pos_ == "NOUN":
        first = reader.phrase_start(token)
        evidence = _evidence(reader, first, token.i + 1, "actor.described")
        return Party(
            Actor(_bare(token.doc[first : token.i + 1].text), None, None, (evidence,)),
            False,
            reader.category(token),
            token.i,
        )
    return None


def target_at(token: Token, reader: PhraseReader, marks: Marks) -> Party | None:
    """The party or thing that an act was aimed at; None for a pronoun, a date or a place alone."""
    mark = _actor_in(token, marks)
    group = reader.group_at(token)
    if group is not None and (group.pronoun is not None or group.is_none):
        return None
    if mark is not None and (
        group is None or mark.start <= token.i < mark.end or group.category is not Category.CIVILIANS
    ):
        return Party(
            Actor(
                mark.name,
                mark.registry_id,
                mark.country_code,
                (_evidence(reader, mark.start, mark.end, "actor.registry"),),
            ),
            True,
            mark.category,
            token.i,
        )
    if any(start <= token.i < end for start, end, _ in marks.places) or token.i in marks.date_tokens():
        return None
    if group is not None:
        if not group.name:
            return None
        return Party(
            Actor(group.name, None, None, (_evidence(reader, group.start, group.end, "target.people"),)),
            group.is_named,
            group.category,
            token.i,
        )
    if token.pos_ not in ("NOUN", "PROPN") or token.lemma_.lower() in _NO_TARGET:
        return None
    first = reader.phrase_start(token)
    name = _bare(token.doc[first : token.i + 1].text)
    return (
        Party(
            Actor(name, None, None, (_evidence(reader, first, token.i + 1, "target.thing"),)),
            False,
            None,
            token.i,
            is_people=False,
        )
        if name
        else None
    )


_NO_TARGET = {
    "place",
    "responsibility",
    "part",
    "toll",
    "number",
    "death",
    "area",
    "time",
    "end",
    "night",
    "day",
    "attack",
    "offensive",
    "strike",
    "rocket",
    "bomb",
    "shell",
    "fire",
    "region",
    "head",
    "chest",
    "ground",
    "way",
    "target",
    "casualty",
    "damage",
    "operation",
    "year",
    "blast",
    "explosion",
    "country",
    "position_x",
    "week",
    "month",
    "incident",
    "crime",
    "clash",
    "battle",
    "fighting",
    "air",
    "mortar",
    "missile",
    "round",
    "shot",
    "home_x",
    "power",
    "control",
    "street",
    "hour",
    "force",
    "violence",
    "north",
    "south",
    "east",
    "west",
    "side",
    "total",
    "mine",
}


def _actor_in(token: Token, marks: Marks) -> ActorMark | None:
    """The actor of a noun phrase: its head, a modifier, a possessor, or what stands after "of" or "from"."""
    own = marks.actors.get(token.i)
    if own is not None:
        return own if own.can_act else None
    for i in range(token.i - 1, max(-1, token.i - 5), -1):
        other = token.doc[i]
        if not (other.head == token or token in other.ancestors):
            break
        mark = marks.actors.get(i)
        if mark is not None and mark.can_act:
            return mark
    for link in token.children:
        if link.dep_ == "prep" and link.lower_ in ("of", "from") and link.i > token.i:
            inner = child(link, "pobj")
            mark = marks.actors.get(inner.i) if inner is not None else None
            if mark is None and inner is not None:
                mark = next((marks.actors[t.i] for t in inner.lefts if t.i in marks.actors), None)
            if mark is not None and mark.can_act:
                return mark
    return None


def _dropped_by(token: Token, marks: Marks) -> ActorMark | None:
    """The actor of "bombs dropped by a navy jet" and "missiles launched by the army"."""
    for verb in token.children:
        if verb.dep_ in ("acl", "relcl"):
            by = child(verb, "agent")
            inner = child(by, "pobj") if by is not None else None
            mark = _actor_in(inner, marks) if inner is not None else None
            if mark is not None:
                return mark
    return None


def _described(token: Token, name: str) -> str:
    return _bare(name)


def _bare(text: str) -> str:
    words = text.split()
    while words and words[0].lower() in (
        "the",
        "a",
        "an",
        "some",
        "their",
        "his",
        "her",
        "its",
        "these",
        "those",
        "two",
        "three",
        "several",
        "another",
        "this",
        "that",
        "other",
    ):
        words = words[1:]
    return " ".join(words)


def _evidence(reader: PhraseReader, start: int, end: int, rule: str) -> Evidence:
    return Evidence(*reader.sentence.chars(start, end), rule)
