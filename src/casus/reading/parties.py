"""By whom and to whom: the actor, the people or the thing that a noun phrase of an act names.

Rules, by name:

`actor.registry`    a group, force or authority by its name
`actor.country`     a country that acts, by its name
`actor.described`   people by what they are called: "masked gunmen"
`target.people`     people who were attacked or harmed
`target.thing`      a thing that was attacked: "a police post"
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Token

from casus.model import STATE_KINDS, Actor, ActorKind, Category, Evidence
from casus.reading.casting import party_words
from casus.reading.groups import PhraseReader
from casus.reading.marks import ActorMark, Marks
from casus.reading.named_phrases import is_named_body, named_span
from casus.reading.parsing import child
from casus.resolving.places import PlaceKind, PlaceMention

_MODIFIER_REACH = 5
_OF_STATES = STATE_KINDS | {ActorKind.AUTHORITY}
_ABSTRACT = ("ity", "ness", "ism", "ence", "ance", "ency", "ship", "tion", "sion", "ing", "hood", "dom")


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


def party_at(token: Token, reader: PhraseReader, marks: Marks) -> Party | None:
    """The party that a noun phrase names, or None for a thing, a pronoun or nobody in particular."""
    if token.lower_ in party_words()["venue"] and token.i not in marks.actors:
        return None
    mark = actor_in(token, marks)
    if mark is not None:
        return _named(token, mark, reader)
    place = _place_at(token, marks)
    if place is not None:
        return _country(token, place, reader)
    token = _counted(token)
    group = reader.group_at(token)
    if group is not None and (group.pronoun is not None or group.is_none):
        return None
    is_side = (token.lower_ in party_words()["collective"] and token.pos_ == "NOUN") or is_named_body(token)
    if group is None and not is_side:
        return None
    category = group.category if group is not None else reader.category(token)
    return _described(token, reader, category, "actor.described")


def target_at(token: Token, reader: PhraseReader, marks: Marks) -> Party | None:
    """The party or thing that an act was aimed at; None for a pronoun, a date or a place alone."""
    token = _counted(token)
    group = reader.group_at(token)
    if group is not None and (group.pronoun is not None or group.is_none):
        return None
    mark = actor_in(token, marks)
    if mark is not None and (marks.actors.get(token.i) is mark or _is_its_people(token, reader)):
        return _named(token, mark, reader)
    if token.i in marks.date_tokens() or (token.pos_ == "PROPN" and _is_no_target(token)):
        return None
    if group is not None or _is_people_name(token):
        category = group.category if group is not None else Category.CIVILIANS
        return _described(token, reader, category, "target.people")
    if token.pos_ not in ("NOUN", "PROPN") or _is_no_target(token):
        return None
    if token.i in marks.place_tokens() and token.lower_ not in party_words()["venue"]:
        return None
    return _described(token, reader, None, "target.thing", is_people=False)


def _is_no_target(token: Token) -> bool:
    """True for what an act may be at without being aimed at it: "the centre", not "the health centre"."""
    lemma, words = token.lemma_.lower(), party_words()
    if token.lower_ in words["venue"]:
        return lemma in words["no target"] and child(token, "compound", "poss", "nmod") is None
    return (
        lemma in words["no target"]
        or (lemma in words["place"] and token.pos_ == "PROPN")
        or _is_abstract(token)
    )


def _is_abstract(token: Token) -> bool:
    """True for a quality, a state or a doing by the ending of its noun: "inability", "looting"."""
    lemma = token.lemma_.lower()
    return token.pos_ == "NOUN" and lemma.endswith(_ABSTRACT) and lemma not in party_words()["concrete"]


def _place_at(token: Token, marks: Marks) -> tuple[int, int, PlaceMention] | None:
    """The place that a token is part of the name of; None for a people's name ("Serbs")."""
    named = (place for place in marks.places if place[0] <= token.i < place[1])
    return next((p for p in named if p[2].kind not in (PlaceKind.DEMONYM, PlaceKind.UNKNOWN)), None)


def _country(token: Token, place: tuple[int, int, PlaceMention], reader: PhraseReader) -> Party | None:
    """A country by its name; None for every other place, which does nothing."""
    start, end, mention = place
    if mention.kind is not PlaceKind.COUNTRY:
        return None
    evidence = Evidence(*reader.sentence.chars(start, end), "actor.country")
    actor = Actor(reader.sentence.text(start, end), None, mention.place.country_code, (evidence,))
    return Party(actor, is_named=True, category=None, token=token.i)


def national(party: Party, adjective: str | None) -> Actor:
    """The actor of a party; a force told by kind alone is its country's: "Turkish soldiers"."""
    words = party.actor.name.split()
    is_plain = not party.is_named and not any(word[:1].isupper() for word in words[1:])
    is_force = any(word.lower() in party_words()["national"] for word in words)
    if adjective is None or not is_plain or not is_force or party.category is not Category.SECURITY_FORCES:
        return party.actor
    return replace(party.actor, name=" ".join((adjective, words[0].lower(), *words[1:])))


def _counted(token: Token) -> Token:
    """Who is counted: "rebels" in "scores of rebels", "a group of rebels"."""
    if token.lower_ not in party_words()["quantity"] and not token.like_num:
        return token
    link = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "of"), None)
    inner = child(link, "pobj") if link is not None else None
    return inner if inner is not None and inner.pos_ != "PRON" else token


def _named(token: Token, mark: ActorMark, reader: PhraseReader) -> Party:
    evidence = Evidence(*reader.sentence.chars(mark.start, mark.end), "actor.registry")
    is_nobodys = mark.kind in _OF_STATES and mark.registry_id is None and mark.country_code is None
    name = reader.sentence.text(mark.start, mark.end) if is_nobodys else mark.name
    actor = Actor(name, mark.registry_id, mark.country_code, (evidence,))
    return Party(actor, is_named=True, category=mark.category, token=token.i)


def _described(
    token: Token, reader: PhraseReader, category: Category | None, rule: str, *, is_people: bool = True
) -> Party | None:
    span = named_span(token, reader)
    if span is None:
        return None
    evidence = Evidence(*reader.sentence.chars(*span), rule)
    actor = Actor(reader.sentence.text(*span), None, None, (evidence,))
    is_name = any(reader.sentence.doc[i].pos_ == "PROPN" for i in range(span[1] - 1, span[1]))
    return Party(actor, is_named=is_name, category=category, token=token.i, is_people=is_people)


def _is_people_name(token: Token) -> bool:
    """True for a people by its name: "Serbs", "the Hutus"."""
    return token.tag_ == "NNPS" and token.ent_type_ == "NORP"


def _is_its_people(token: Token, reader: PhraseReader) -> bool:
    """True for "Taliban fighters", "members of the Front": people who are the actor, not its prisoners."""
    category = reader.category(token)
    return category not in (None, Category.CIVILIANS)


def actor_in(token: Token, marks: Marks) -> ActorMark | None:
    """The actor of a noun phrase: its head, a modifier, a possessor, or what stands after "of" or "from"."""
    own = marks.actors.get(token.i)
    if own is not None:
        return own if own.can_act else None
    found = _before(token, marks) or _behind(token, marks)
    return None if found is not None and _only_sides_with(token, found) else found


def _only_sides_with(token: Token, mark: ActorMark) -> bool:
    """True for "government supporters", "opponents of the army": a crowd, and not the state itself."""
    return mark.kind in _OF_STATES and token.lower_ in party_words()["partisans"]


def _before(token: Token, marks: Marks) -> ActorMark | None:
    for i in range(token.i - 1, max(-1, token.i - _MODIFIER_REACH), -1):
        other = token.doc[i]
        if not (other.head == token or token in other.ancestors):
            return None
        mark = marks.actors.get(i)
        if mark is not None and mark.can_act:
            return mark
    return None


def _behind(token: Token, marks: Marks) -> ActorMark | None:
    """The actor after "of": "members of the Front", "cadres of a faction of the Front"."""
    for link in token.children:
        if link.dep_ != "prep" or link.lower_ not in ("of", "from") or link.i < token.i:
            continue
        inner = child(link, "pobj")
        if inner is None:
            continue
        mark = marks.actors.get(inner.i) or next(
            (marks.actors[t.i] for t in inner.lefts if t.i in marks.actors), None
        )
        if mark is not None and _only_sides_with(inner, mark):
            continue
        if mark is None and inner.lower_ in party_words()["collective"]:
            mark = _behind(inner, marks)
        if mark is not None and mark.can_act:
            return mark
    return None
