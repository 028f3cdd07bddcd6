"""Which events bear on a commitment, by what a person said of it or by its words.

Words narrow the kinds of events only where that is sure: where the commitment gives something up
("stop", "refrain from", "no") and names it by a word of `acts.tsv` or `commitment_kinds.tsv`.  What is
named by no such word may be anything that the party did.  That an event bears on a commitment does
not say that it breaks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from casus.casebook.browsing.records import Bearing, PartyAct
from casus.casebook.features import folded_name
from casus.casebook.pacts.naming import keys_of
from casus.casebook.pacts.records import Undertaking
from casus.casebook.records import Role
from casus.knowledge import read_table
from casus.model import EventType
from casus.output.wording import words_of

_DOUBLED = re.compile(r"[bcdfghklmnprstvz][aeiou][bdgmnprt]$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_AIM_ENDS = re.compile(
    r"[,;.()]|\b(?:by|until|till|within|before|for|from|and|in|during|after)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"\b(?:if|provided|that|unless|when|where|which|while|who|whom|whose)\b", re.IGNORECASE)
_NAMES_NOTHING = frozenset({"a", "all", "any", "each", "its", "other", "the", "their"})

EventTypes = tuple[EventType, ...]


def bearing_of(undertaking: Undertaking, parties: tuple[str, ...]) -> Bearing:
    """The rule by which events bear on a commitment of one of some parties."""
    own = own_parties(undertaking.by, parties)
    types, words = (undertaking.event_types, ()) if undertaking.event_types else kinds_in(undertaking.text)
    told = None if undertaking.target else target_in(undertaking.text)
    is_party = told is not None and any(keys_of(told) & keys_of(party) for party in parties)
    return Bearing(
        own or parties,
        not own,
        types,
        words,
        tuple(part for part in (undertaking.country, undertaking.adm1) if part),
        undertaking.target or (told if is_party else None),
        None if is_party else told,
        undertaking.deadline,
    )


def own_parties(by: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Whose acts bear on what somebody undertook: parties that `by` names, or somebody else by name.

    Nobody where it is nobody's in particular ("both sides").
    """
    keys, folded = keys_of(by), f" {folded_name(by) or ''} "
    named = tuple(
        party for party in parties if keys & keys_of(party) or f" {folded_name(party) or party} " in folded
    )
    is_name = not f"{by[:1].lower()}{by[1:]}".islower()
    return named or ((by,) if is_name or _collective_words().isdisjoint(folded.split()) else ())


def actors_of(undertakings: Iterable[Undertaking], parties: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of an agreement, and who else undertook something in it."""
    others = (name for one in undertakings for name in own_parties(one.by, parties))
    return tuple(dict.fromkeys((*parties, *others)))


def kinds_in(text: str) -> tuple[EventTypes, tuple[str, ...]]:
    """The types of events that the words of a commitment give up, and those words; nothing where unsure."""
    forms, uses = _forms(), _uses()
    plain = _main(text)
    tokens = [found.group() for found in _WORD.finditer(plain)]
    gives_up = any(uses.get(word) in ("stop", "deny") for word in tokens)
    types: set[EventType] = set()
    words: list[str] = []
    for word, bears_on in _named(plain, forms):
        if gives_up or uses.get(word) == "keep":
            types.update(bears_on)
            words.append(word)
    return tuple(one for one in EventType if one in types), tuple(dict.fromkeys(words))


def target_in(text: str) -> str | None:
    """Whom a commitment not to attack somebody names: "foreign forces" in "no attacks on foreign forces"."""
    uses = _uses()
    types, words = kinds_in(text)
    if not types:
        return None
    plain = _main(text)
    act = max(plain.rfind(word) + len(word) for word in words)
    rest = text[act : len(plain)].strip()
    first, _, following = rest.partition(" ")
    if uses.get(first.lower()) != "aim":
        return None
    named = _AIM_ENDS.split(following, maxsplit=1)[0].split()
    while named and named[0].lower() in _NAMES_NOTHING:
        named = named[1:]
    return " ".join(named) or None


def is_kind(bearing: Bearing, act: PartyAct) -> bool:
    """Whether an event is of a kind that a rule asks for."""
    return not bearing.event_types or act.event_type in bearing.event_types


def is_there(bearing: Bearing, act: PartyAct) -> bool | None:
    """Whether an event was in the area that a rule asks for; None where that is not known."""
    if not bearing.area:
        return True
    country, *unit = bearing.area
    if act.country is None:
        return None
    if act.country != country:
        return False
    if not unit:
        return True
    return None if act.adm1 is None else folded_name(act.adm1) == folded_name(unit[0])


def has_acted(bearing: Bearing, act: PartyAct) -> bool:
    """Whether one whom a rule is about is said to have acted in an event."""
    return any(party in bearing.parties and role is Role.PERPETRATOR for party, role in act.parties)


def is_past(act: PartyAct, deadline: str | None) -> bool:
    """Whether an event began after a deadline; one of a month or a year goes on to its end."""
    return bool(deadline and act.start.isoformat()[: len(deadline)] > deadline)


def rule_words(bearing: Bearing) -> str:
    """A rule in words: "by Amal Duur, of the kinds attack and killing, in Hajjah (YE), until 2020-08-01"."""
    who = " or ".join(bearing.parties) or "a party"
    parts = [f"by {who}" + (" (all parties: it is nobody's in particular)" if bearing.is_everybody else "")]
    if bearing.event_types:
        kinds = _listed([words_of(one) for one in bearing.event_types])
        why = f" (the words: {', '.join(bearing.words)})" if bearing.words else ""
        parts.append(f"of the {'kind' if len(bearing.event_types) == 1 else 'kinds'} {kinds}{why}")
    else:
        parts.append("of any kind")
    if bearing.target:
        parts.append(f"against {bearing.target}")
    if bearing.area:
        country, *unit = bearing.area
        parts.append(f"in {unit[0]} ({country})" if unit else f"in {country}")
    parts.append(
        f"after the agreement and until {bearing.deadline}" if bearing.deadline else "after the agreement"
    )
    return ", ".join(parts)


def _main(text: str) -> str:
    """A commitment in small letters up to a clause of its own, which says what others do or when it holds."""
    return _CLAUSE.split(text, maxsplit=1)[0].lower()


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _named(text: str, forms: Mapping[str, EventTypes]) -> Iterator[tuple[str, EventTypes]]:
    """The acts that a text names, the longest words for each place."""
    tokens = list(_WORD.finditer(text))
    at = 0
    while at < len(tokens):
        for length in (4, 3, 2, 1):
            some = tokens[at : at + length]
            word = text[some[0].start() : some[-1].end()]
            if len(some) == length and word in forms:
                yield word, forms[word]
                at += length
                break
        else:
            at += 1


@lru_cache(maxsize=1)
def _collective_words() -> frozenset[str]:
    """Words for all the parties together, such as "both sides" has."""
    rows = read_table("word_classes.tsv", ("class", "words", "use"))
    nouns = next(row.members("words") for row in rows if row.text("class") == "both")
    return frozenset(
        {"all", "both", "each", "everybody", "they", *(form for noun in nouns for form in _of_noun(noun))}
    )


@lru_cache(maxsize=1)
def _uses() -> Mapping[str, str]:
    """How words give something up, by each of their forms."""
    uses: dict[str, str] = {}
    for row in read_table("commitment_words.tsv", ("word", "use")):
        word, use = row.text("word"), row.text("use")
        for form in (*_of_verb(word), *_of_noun(word)) if use == "stop" else (word,):
            uses[form] = use
    return uses | {"forbidden": "stop", "frozen": "stop"}


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, EventTypes]:
    """The types that bear on giving up an act, by each form of the act's words.

    Names of weapons are left out, since they are no acts, and words that sum things up count as any
    armed violence.
    """
    bears_on: dict[str, EventTypes] = {}
    for row in read_table("commitment_kinds.tsv", ("word", "bears_on")):
        bears_on[row.text("word")] = tuple(EventType(one) for one in row.members("bears_on"))
    forms: dict[str, EventTypes] = {}
    for row in read_table("acts.tsv", ("lemma", "pos", "complement", "event_type", "note")):
        kind = row.text("event_type")
        kind = str(EventType.ATTACK) if row.optional("note") == "loose" else kind
        if row.optional("note") != "weapon" and kind in bears_on:
            for form in _forms_of(row.text("lemma"), row.text("pos"), row.optional("complement")):
                forms[form] = _either(forms.get(form, ()), bears_on[kind])
    of_its_own = {word: types for word, types in bears_on.items() if word not in set(EventType)}
    return forms | of_its_own


def _either(some: Iterable[EventType], others: Iterable[EventType]) -> EventTypes:
    found = {*some, *others}
    return tuple(one for one in EventType if one in found)


def _forms_of(lemma: str, pos: str, complement: str | None) -> Iterator[str]:
    if pos == "NOUN":
        yield from _of_noun(lemma)
    else:
        for form in _of_verb(lemma):
            yield f"{form} {complement}" if complement else form


def _of_noun(lemma: str) -> tuple[str, str]:
    if re.search(r"(?:s|x|ch|sh)$", lemma):
        return lemma, f"{lemma}es"
    return lemma, f"{lemma[:-1]}ies" if re.search(r"[^aeiou]y$", lemma) else f"{lemma}s"


def _of_verb(lemma: str) -> tuple[str, ...]:
    """The base, the third person and the forms in -ing and -ed, as English spells them."""
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    third = _of_noun(lemma)[1]
    past = f"{lemma[:-1]}ied" if re.search(r"[^aeiou]y$", lemma) else f"{stem}ed"
    doubled = (f"{lemma}{lemma[-1]}ing", f"{lemma}{lemma[-1]}ed") if _DOUBLED.search(lemma) else ()
    return (lemma, third, f"{stem}ing", past, *doubled)
