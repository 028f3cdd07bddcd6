"""Acts: the words of a sentence that say an attack, a battle, a protest and so on took place.

Rules, by name:

`act.verb`   a verb: "gunmen stormed the village", "a bomb went off"
`act.noun`   a noun: "an attack on a convoy by rebels", "Friday's blast"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import EventType
from casus.reading.groups import PhraseReader
from casus.reading.harms import agent_of, has_complement, is_passive, patient_of, subject_of
from casus.reading.lexicon import ActWord
from casus.reading.parsing import child

_TARGET_PREPOSITIONS = ("on", "against", "at", "in", "into", "upon", "with", "between", "of")
# Verbs that are acts only with people, forces or weapons at work: "hit a record" is none.
_WEAK_VERBS = {
    "turn",
    "train",
    "hit",
    "strike",
    "target",
    "land",
    "fight",
    "engage",
    "capture",
    "seize",
    "march",
    "rally",
    "disperse",
    "trigger",
    "pound",
    "destroy",
    "spray",
    "set",
    "infiltrate",
    "invade",
    "fire",
    "launch",
    "burn",
    "wreck",
    "plunder",
    "run",
    "drive",
    "step",
    "torture",
    "rock",
    "blast",
    "shell",
    "battle",
    "rake",
    "march",
    "sweep",
    "demolish",
    "fall",
    "trade",
    "topple",
}
# Nouns that name weapons: they tell the kind of an act, and an act only as its doer.
_WEAPON_NOUNS = {
    "bomb",
    "mine",
    "landmine",
    "land mine",
    "grenade",
    "ied",
    "rocket",
    "mortar",
    "missile",
    "shell",
    "artillery",
    "drone",
    "warplane",
    "jet",
    "gunship",
    "explosive",
    "car bomb",
    "truck bomb",
    "roadside bomb",
    "parcel bomb",
    "letter bomb",
    "nail bomb",
    "sea mine",
    "claymore",
    "improvised explosive device",
    "fighter jet",
    "helicopter gunship",
    "barrel bomb",
    "mortar bomb",
    "mortar shell",
    "artillery shell",
    "cruise missile",
    "katyusha",
    "mortar round",
    "suicide bomber",
    "mob",
    "assassin",
    "booby trap",
}
# Things that are hit, struck or seized by violence where the verb alone could mean less.
_ARMED = {
    "plane",
    "aircraft",
    "helicopter",
    "tank",
    "gun",
    "troop",
    "force",
    "army",
    "police",
    "military",
    "mob",
    "crowd",
    "bomber",
    "bullet",
}
_STRUCK = {
    "convoy", "bus", "minibus", "hotel", "school", "hospital", "clinic", "market", "mosque", "church", "temple", "shrine", "base", "post", "checkpoint", "barracks", "outpost",
    "patrol", "camp", "village", "airport", "airbase", "embassy", "consulate", "pipeline", "vessel", "tanker", "train", "barrack", "garrison", "headquarters", "compound", "shelter", "prison", "jail",
    "ambulance", "refinery", "depot", "vehicle", "motorcade", "crowd", "position", "house", "building", "shop", "gathering", "funeral", "wedding", "procession", "roadblock", "stronghold", "hideout", "bridge", "warehouse", "substation", "factory", "university", "college",
}  # fmt: skip
_LIGHT = {
    "carry",
    "launch",
    "stage",
    "mount",
    "conduct",
    "take",
    "come",
    "happen",
    "occur",
    "kill",
    "leave",
    "begin",
    "start",
    "hit",
    "follow",
    "claim",
}


@dataclass(frozen=True, slots=True, eq=False)
class ActMention:
    """One act in one sentence: the word, who did it and to what (tokens), definite or not, singular or not."""

    sentence: int
    trigger: int
    start: int
    event_type: EventType
    agent: Token | None
    target: Token | None
    rule: str
    is_definite: bool
    is_plural: bool
    is_weapon: bool


def find_acts(reader: PhraseReader) -> tuple[ActMention, ...]:
    """The acts of a sentence, in the order of their words."""
    found = [act for act in (*_verbs(reader), *_nouns(reader)) if act.trigger not in reader.dated]
    return tuple(sorted(found, key=lambda act: act.trigger))


def _verbs(reader: PhraseReader) -> Iterator[ActMention]:
    for token in reader.sentence.doc:
        if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBN", "VBD"):
            continue
        thrown = _thrown_weapon(reader, token)
        if thrown is not None:
            agent, target = _verb_roles(token)
            yield ActMention(
                reader.sentence.index,
                token.i,
                token.i,
                thrown,
                agent,
                _aimed_at(token) or target,
                "act.verb",
                is_definite=False,
                is_plural=False,
                is_weapon=False,
            )
            continue
        for word in reader.lexicon.acts.get((token.lemma_.lower(), "VERB"), ()):
            if word.complement and not has_complement(token, word.complement):
                continue
            agent, target = _verb_roles(token)
            if (
                (not word.complement or word.lemma in ("turn", "train"))
                and word.lemma in _WEAK_VERBS
                and not _violent(reader, agent, target)
            ):
                break
            yield ActMention(
                reader.sentence.index,
                token.i,
                token.i,
                _by_weapon(reader, agent, word.event_type),
                agent,
                target,
                "act.verb",
                is_definite=False,
                is_plural=False,
                is_weapon=False,
            )
            break


_AIRCRAFT = {"plane", "aircraft", "helicopter", "warplane", "jet", "drone", "bomber"}


def _by_weapon(reader: PhraseReader, agent: Token | None, event_type: EventType) -> EventType:
    """An attack by the weapon that is its subject: "artillery turned on villages", "planes hit a market"."""
    if agent is None or event_type is not EventType.ATTACK:
        return event_type
    if agent.lemma_.lower() in _AIRCRAFT:
        return EventType.AIR_STRIKE
    _, word = _noun_word(reader, agent)
    return word.event_type if word is not None and word.lemma in _WEAPON_NOUNS - {"mob", "assassin"} else event_type


_THROWS = {
    "fire",
    "launch",
    "lob",
    "drop",
    "hurl",
    "throw",
    "rain",
    "shoot",
    "plant",
    "lay",
    "detonate",
    "toss",
}


def _thrown_weapon(reader: PhraseReader, token: Token) -> EventType | None:
    """The kind of act in "launched mortar shells at", "dropped three bombs on"."""
    if token.lemma_.lower() in _RAMS and _carries_bomb(token):
        return EventType.BOMBING
    if token.lemma_.lower() not in _THROWS:
        return None
    thing = child(token, "dobj", "nsubjpass")
    if thing is None:
        return None
    _, word = _noun_word(reader, thing)
    if word is None or word.lemma not in _WEAPON_NOUNS:
        return None
    return (
        EventType.AIR_STRIKE
        if token.lemma_.lower() == "drop" and word.event_type is EventType.BOMBING
        else word.event_type
    )


_RAMS = {"drive", "ram", "crash", "plough", "smash", "blow", "explode", "drives", "slam"}


def _carries_bomb(token: Token) -> bool:
    """True for "a car full of explosives drove into a bus" and for a suicide bomber at the wheel."""
    subject = subject_of(token)
    if subject is None:
        return False
    return any(
        t.lemma_.lower() in ("explosive", "bomb", "suicide", "bomber", "dynamite")
        for t in subject.subtree
        if t.i < token.i
    )


def _aimed_at(token: Token) -> Token | None:
    return _prepositional(token, ("at", "on", "into", "against"))


def _verb_roles(token: Token) -> tuple[Token | None, Token | None]:
    if is_passive(token):
        return agent_of(token), patient_of(token, "object")
    target = child(token, "dobj", "obj")
    if target is None or target.lemma_.lower() in (
        "fire",
        "attack",
        "bomb",
        "rocket",
        "shell",
        "missile",
        "mortar",
        "strike",
        "raid",
        "assault",
        "round",
        "shot",
    ):
        holder = target if target is not None else token
        target = (
            _prepositional(holder, ("on", "at", "into", "against", "upon", "with"))
            or _prepositional(token, ("on", "at", "into", "against", "upon", "with"))
            or None
        )
    return subject_of(token), target


def _prepositional(token: Token, prepositions: tuple[str, ...]) -> Token | None:
    for link in token.children:
        if link.dep_ in ("prep", "agent") and link.lower_ in prepositions and link.i > token.i:
            inner = child(link, "pobj")
            if inner is not None and inner.ent_type_ not in ("DATE", "TIME"):
                return inner
    return None


def _violent(reader: PhraseReader, agent: Token | None, target: Token | None) -> bool:
    """True where doer or target of a weak verb is armed, an actor of the registry, or a weapon."""
    for token in (agent, target):
        if token is None:
            continue
        near = range(max(0, token.i - 3), min(len(token.doc), token.i + 1))
        if any(i in reader.actors for i in near):
            return True
        lemma = token.lemma_.lower()
        if (
            (lemma, "NOUN") in reader.lexicon.acts
            or lemma in _ARMED
            or (token is target and lemma in _STRUCK)
        ):
            return True
        group = reader.group_at(token)
        if (
            group is not None
            and group.category.value in ("militants", "security_forces")
            and group.pronoun is None
        ):
            return True
    return False


def _nouns(reader: PhraseReader) -> Iterator[ActMention]:
    for token in reader.sentence.doc:
        if (
            token.pos_ not in ("NOUN", "PROPN")
            or token.dep_ == "compound"
            and token.head.pos_ in ("NOUN", "PROPN")
            and token.head.i == token.i + 1
        ):
            continue
        start, word = _noun_word(reader, token)
        if word is None:
            continue
        yield ActMention(
            reader.sentence.index,
            token.i,
            start,
            word.event_type,
            _noun_agent(reader, token, start),
            _noun_target(token),
            "act.noun",
            is_definite=_is_definite(token),
            is_plural=token.tag_ in ("NNS", "NNPS"),
            is_weapon=word.lemma in _WEAPON_NOUNS,
        )


def _noun_word(reader: PhraseReader, token: Token) -> tuple[int, ActWord | None]:
    words, lemma = reader.sentence.words, token.lemma_.lower()
    for parts in reader.lexicon.noun_phrases.get(lemma, ()):
        start = token.i - len(parts) + 1
        if start >= 0 and words[start : token.i] == parts[:-1]:
            return start, reader.lexicon.acts[" ".join(parts), "NOUN"][0]
    joined = _hyphened(words, token)
    if joined is not None and (joined, "NOUN") in reader.lexicon.acts:
        return token.i - 2, reader.lexicon.acts[joined, "NOUN"][0]
    found = reader.lexicon.acts.get((lemma, "NOUN")) or reader.lexicon.acts.get((token.lower_, "NOUN"))
    return token.i, found[0] if found else None


def _hyphened(words: tuple[str, ...], token: Token) -> str | None:
    if token.i >= 2 and words[token.i - 1] == "-":
        return f"{words[token.i - 2]}-{token.lemma_.lower()}"
    return None


def _is_definite(token: Token) -> bool:
    return any(
        c.lower_ in ("the", "this", "that", "these", "those", "its", "their", "his") or c.dep_ == "poss"
        for c in token.lefts
    )


def _noun_agent(reader: PhraseReader, token: Token, start: int) -> Token | None:
    by = next(
        (c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ == "by" and c.i > token.i),
        None,
    )
    inner = child(by, "pobj") if by is not None else None
    if inner is not None:
        return inner
    shared = _light_subject(token)
    if shared is not None:
        return shared
    owner = child(token, "poss")
    if owner is not None and (
        owner.i in reader.actors or reader.lexicon.people.get(owner.lemma_.lower()) is not None
    ):
        return owner
    for i in range(start - 1, max(-1, start - 4), -1):
        modifier = token.doc[i]
        if modifier.pos_ not in ("NOUN", "PROPN", "ADJ"):
            break
        if i in reader.actors or modifier.lemma_.lower() in (
            "rebel",
            "militant",
            "guerrilla",
            "insurgent",
            "gang",
            "militia",
            "army",
            "police",
            "government",
            "coalition",
            "separatist",
        ):
            return modifier
    return None


_WITH_VERBS = {
    "reply",
    "respond",
    "retaliate",
    "answer",
    "hit",
    "strike",
    "break",
    "react",
    "continue",
    "resume",
}
_LIGHT_VERBS = {
    "launch",
    "carry",
    "stage",
    "mount",
    "conduct",
    "order",
    "resume",
    "begin",
    "start",
    "make",
    "step",
    "unleash",
    "plan_x",
    "direct",
    "commit",
    "perpetrate",
    "wage",
    "undertake",
}


def _light_subject(token: Token) -> Token | None:
    """The doer of "launched an attack", "replied with air strikes", "under fire from the army"."""
    link = next(
        (c for c in token.children if c.dep_ == "prep" and c.lower_ == "from" and c.i > token.i), None
    )
    origin = child(link, "pobj") if link is not None else None
    if (
        origin is not None
        and origin.ent_type_ not in ("GPE", "LOC", "DATE")
        and token.lemma_.lower() in ("fire", "attack", "shelling", "bombardment", "gunfire")
    ):
        return origin
    if token.dep_ == "pobj" and token.head.lower_ == "with" and token.head.head.lemma_.lower() in _WITH_VERBS:
        return subject_of(token.head.head)
    if token.dep_ == "dobj" and token.head.lemma_.lower() in _LIGHT_VERBS:
        return subject_of(token.head)
    return None


def _noun_target(token: Token) -> Token | None:
    for preposition in ("on", "against", "at", "of"):
        inner = _prepositional(token, (preposition,))
        if inner is not None:
            return inner
    return None
