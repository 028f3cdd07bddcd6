"""Acts: the words of a sentence that say an attack, a battle, a protest and so on took place.

Rules, by name:

`act.verb`   a verb: "gunmen stormed the village", "a bomb went off"
`act.noun`   a noun: "an attack on a convoy by rebels", "Friday's blast"

The words and their kinds stand in `knowledge/acts.tsv`.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from casus.knowledge import read_table
from casus.model import EventType
from casus.reading.clauses import agent_of, has_complement, is_passive, patient_of, subject_of
from casus.reading.groups import PhraseReader
from casus.reading.lexicon import ActWord
from casus.reading.parsing import child

_AT = ("on", "at", "into", "against", "upon", "with")
_DETERMINED = ("the", "this", "that", "these", "those", "its", "their", "his")
_CROWD_ACTS = (EventType.ATTACK, EventType.DESTRUCTION)
_FOUGHT = (*_CROWD_ACTS, EventType.ARMED_CLASH, EventType.KILLING)
_NO_TARGET = ("DATE", "TIME")


@dataclass(frozen=True, slots=True, eq=False)
class ActMention:
    """One act in one sentence: the word, who did it and to what (tokens).

    `start` is the first token of a noun of several words.  `is_weapon` marks weapons,
    which tell of an act only together with other words; `is_loose` words that sum up
    rather than tell ("violence", "fighting").
    """

    sentence: int
    trigger: int
    start: int
    event_type: EventType
    agent: Token | None
    target: Token | None
    rule: str
    is_definite: bool = False
    is_indefinite: bool = False
    is_plural: bool = False
    is_weapon: bool = False
    is_loose: bool = False


def find_acts(reader: PhraseReader) -> tuple[ActMention, ...]:
    """The acts of a sentence, in the order of their words."""
    found = [
        act
        for act in (*_verbs(reader), *_nouns(reader))
        if act.trigger not in reader.dated and not _is_figure(reader, act)
    ]
    return tuple(sorted(found, key=lambda act: act.trigger))


def _is_figure(reader: PhraseReader, act: ActMention) -> bool:
    """True for "a scathing attack", "the battle against malaria", "attacked his record"."""
    if act.event_type not in _FOUGHT:
        return False
    lists, words = _lists(), reader.sentence.words
    if lists["figure"] & set(words[max(0, act.start - 2) : act.start + 1]):
        return True
    links = [c for c in reader.sentence.doc[act.trigger].children if c.lower_ in ("over", "for", "about")]
    aims = [act.target, *(child(link, "pobj") for link in links)]
    return any(aim is not None and _is_abstract(aim) for aim in aims)


def _is_abstract(token: Token) -> bool:
    return token.lemma_.lower() in _lists()["abstract"] and token.pos_ != "PROPN"


@functools.cache
def _lists() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_table("act_lists.tsv", ("list", "word")):
        found[row.text("list")].add(row.text("word"))
    return {name: frozenset(words) for name, words in found.items()}


# -- verbs


def _verbs(reader: PhraseReader) -> Iterator[ActMention]:
    for token in reader.sentence.tokens:
        if not _is_noun(token) and (token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBD")):
            act = _with_weapon(reader, token) or _verb(reader, token)
            if act is not None:
                yield act


def _with_weapon(reader: PhraseReader, token: Token) -> ActMention | None:
    """The act of "launched mortar shells at", "dropped bombs on", "a car of explosives drove into"."""
    kind = _thrown(reader, token)
    if kind is None:
        return None
    agent, target = _roles(token)
    aimed = _prepositional(token, ("at", "on", "into", "against")) or target
    return ActMention(reader.sentence.index, token.i, token.i, kind, agent, aimed, "act.verb")


def _verb(reader: PhraseReader, token: Token) -> ActMention | None:
    known = reader.lexicon.acts.get((token.lemma_.lower(), "VERB"), ())
    words = [word for word in known if not word.complement or word.complement in reader.sentence.forms]
    for word in sorted(words, key=lambda word: _distance(token, word.complement)):
        if word.complement and not _has_complement(reader, token, word.complement):
            continue
        agent, target = _roles(token)
        if word.note == "weak" and not _is_armed(reader, agent, target):
            continue
        kind = _by_doer(reader, agent, word.event_type)
        return ActMention(reader.sentence.index, token.i, token.i, kind, agent, target, "act.verb")
    return None


def _has_complement(reader: PhraseReader, token: Token, complement: str) -> bool:
    """True where a verb has its complement, and not as the first word of a date: "fell on Monday"."""
    at = token.i + _distance(token, complement)
    return at not in reader.dated and at + 1 not in reader.dated and has_complement(token, complement)


def _distance(token: Token, complement: str) -> int:
    """Tokens from a verb to its complement; beyond the sentence where there is none."""
    following = (
        t.i - token.i for t in token.doc[token.i + 1 :] if complement in (t.lower_, t.lemma_.lower())
    )
    return next(following, len(token.doc))


def _thrown(reader: PhraseReader, token: Token) -> EventType | None:
    """The kind of act of a verb that lets a weapon fly or sets it off, or of a vehicle with a bomb."""
    lists, lemma = _lists(), token.lemma_.lower()
    if lemma in lists["rams"] and _carries_bomb(token):
        return EventType.BOMBING
    thing = child(token, "dobj", "nsubjpass") if lemma in lists["throws"] else None
    if thing is None:
        return None
    _, word = _noun_word(reader, thing)
    if word is None or word.note != "weapon":
        return None
    dropped = lemma == "drop" and word.event_type is EventType.BOMBING
    return EventType.AIR_STRIKE if dropped else word.event_type


def _carries_bomb(token: Token) -> bool:
    """True for "a car full of explosives drove into a bus" and for a suicide bomber at the wheel."""
    subject = subject_of(token)
    return subject is not None and any(
        t.lemma_.lower() in ("explosive", "bomb", "suicide", "bomber", "dynamite")
        for t in subject.subtree
        if t.i < token.i
    )


def _by_doer(reader: PhraseReader, agent: Token | None, kind: EventType) -> EventType:
    """The kind that its doer makes of an act: a crowd's is a riot, "planes hit a market" an air strike."""
    if agent is not None and agent.lemma_.lower() in _lists()["crowd"] and kind in _CROWD_ACTS:
        return EventType.RIOT
    if agent is None or kind is not EventType.ATTACK:
        return kind
    if agent.lemma_.lower() in _lists()["aircraft"]:
        return EventType.AIR_STRIKE
    _, word = _noun_word(reader, agent)
    is_weapon = word is not None and word.note == "weapon" and word.lemma not in ("mob", "assassin")
    return word.event_type if word is not None and is_weapon else kind


def _roles(token: Token) -> tuple[Token | None, Token | None]:
    """Doer and target of a verb."""
    if is_passive(token):
        return agent_of(token), patient_of(token, "object")
    target = child(token, "dobj", "obj")
    if target is None or target.lemma_.lower() in _lists()["volley"]:
        aimed = _prepositional(target, _AT) if target is not None else None
        target = aimed or _prepositional(token, _AT)
    return subject_of(token), target


def _prepositional(token: Token, prepositions: tuple[str, ...]) -> Token | None:
    for link in token.children:
        if link.dep_ in ("prep", "agent") and link.lower_ in prepositions and link.i > token.i:
            inner = child(link, "pobj")
            if inner is not None and inner.ent_type_ not in _NO_TARGET:
                return inner
    return None


def _is_armed(reader: PhraseReader, agent: Token | None, target: Token | None) -> bool:
    """True where doer or target of a weak verb is armed, an actor of the registry, or a thing of war."""
    if agent is None and target is not None and target.i in reader.places:
        return True  # "the town had been struck"
    return any(
        token is not None and (_is_fighter(reader, token) or (token is target and _is_struck(token)))
        for token in (agent, target)
    )


def _is_struck(token: Token) -> bool:
    return token.lemma_.lower() in _lists()["struck"]


def _is_fighter(reader: PhraseReader, token: Token) -> bool:
    if any(i in reader.actors for i in range(max(0, token.i - 3), token.i + 1)):
        return True
    lemma = token.lemma_.lower()
    if (lemma, "NOUN") in reader.lexicon.acts or lemma in _lists()["armed"]:
        return True
    if lemma in _lists()["crowd"] and token.dep_ == "nsubj":
        return True
    group = reader.group_at(token)
    return (
        group is not None
        and group.pronoun is None
        and group.category.value in ("militants", "security_forces")
    )


# -- nouns


def _nouns(reader: PhraseReader) -> Iterator[ActMention]:
    for token in reader.sentence.tokens:
        if not _is_noun(token) or _is_modifier(token):
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
            next((t for p in ("on", "against", "at", "of") if (t := _prepositional(token, (p,)))), None),
            "act.noun",
            is_definite=any(c.lower_ in _DETERMINED or c.dep_ == "poss" for c in token.lefts),
            is_indefinite=any(c.lower_ in ("a", "an") for c in token.lefts),
            is_plural=token.tag_ in ("NNS", "NNPS"),
            is_weapon=word.note == "weapon",
            is_loose=word.note == "loose",
        )


def _is_noun(token: Token) -> bool:
    """True for nouns, and for gerunds that stand as one: "shelling killed two", "after heavy fighting"."""
    if token.pos_ in ("NOUN", "PROPN"):
        return True
    is_gerund = token.tag_ == "VBG" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj")
    return is_gerund and child(token, "dobj", "aux", "auxpass", "nsubj") is None


def _is_modifier(token: Token) -> bool:
    """True for "bomb" in "bomb attack": the next word tells the act."""
    head = token.head
    return token.dep_ == "compound" and head.pos_ in ("NOUN", "PROPN") and head.i == token.i + 1


def _noun_word(reader: PhraseReader, token: Token) -> tuple[int, ActWord | None]:
    """The longest act word that ends at a noun, and its first token."""
    words = reader.sentence.words
    lemma = token.lower_ if token.tag_ == "VBG" else token.lemma_.lower()
    for parts in reader.lexicon.noun_phrases.get(lemma, ()):
        start = token.i - len(parts) + 1
        if start >= 0 and words[start : token.i] == parts[:-1]:
            return start, reader.lexicon.acts[" ".join(parts), "NOUN"][0]
    if token.i >= 2 and words[token.i - 1] == "-":
        hyphened = reader.lexicon.acts.get((f"{words[token.i - 2]}-{lemma}", "NOUN"))
        if hyphened:
            return token.i - 2, hyphened[0]
    found = reader.lexicon.acts.get((lemma, "NOUN")) or reader.lexicon.acts.get((token.lower_, "NOUN"))
    return token.i, found[0] if found else None


def _noun_agent(reader: PhraseReader, token: Token, start: int) -> Token | None:
    """The doer that a noun names: "by rebels", "launched an attack", "the group's raid", "a rebel attack"."""
    by = next((c for c in token.children if c.lower_ == "by" and c.i > token.i), None)
    inner = child(by, "pobj") if by is not None else None
    return inner or _shared_agent(token) or _owner(reader, token) or _named_before(reader, token, start)


def _owner(reader: PhraseReader, token: Token) -> Token | None:
    owner = child(token, "poss")
    if owner is None:
        return None
    is_person = reader.lexicon.people.get(owner.lemma_.lower()) is not None
    return owner if is_person or owner.i in reader.actors else None


def _named_before(reader: PhraseReader, token: Token, start: int) -> Token | None:
    for i in range(start - 1, max(-1, start - 4), -1):
        modifier = token.doc[i]
        if modifier.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        if i in reader.actors or modifier.lemma_.lower() in _lists()["armed_modifier"]:
            return modifier
    return None


def _shared_agent(token: Token) -> Token | None:
    """The doer of "launched an attack", "replied with air strikes", "under fire from the army"."""
    lists = _lists()
    source = next((c for c in token.children if c.lower_ == "from" and c.i > token.i), None)
    origin = child(source, "pobj") if source is not None else None
    if origin is not None and token.lemma_.lower() in lists["fire"]:
        return origin if origin.ent_type_ not in ("GPE", "LOC", "DATE") else None
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "with" and head.head.lemma_.lower() in lists["replies"]:
        return subject_of(head.head)
    if token.dep_ == "dobj" and token.head.lemma_.lower() in lists["launches"]:
        return subject_of(token.head)
    return None
