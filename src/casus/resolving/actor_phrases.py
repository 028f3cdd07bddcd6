"""Who a phrase means: kind, category, country, parent and backers of composite actors.

Names that the registry has are looked up; forces are composed of a country and a noun;
people without a name are told by their noun: "suspected Fulani herders", "unidentified
gunmen", "a faction of the Front", "Ruritanian-backed militia".  A backer's country is never
taken for the actor's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from casus.model import CATEGORY_OF_KIND, GROUP_KINDS, STATE_KINDS, ActorKind, Category
from casus.resolving.actor_nouns import ActorNoun, ActorWords, NounRole, singulars
from casus.resolving.actor_records import ActorEntry, ActorMention
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import CountryTable
from casus.resolving.introductions import actor_cues

_ARTICLE = re.compile(r"^(?:an?|the|some|several|many|other|these|those)\s+", re.IGNORECASE)
_CUT = re.compile(
    r"\s(?:of|in|on|from|with|who|that|which|near|at|wearing|carrying|loyal|allied|inside|outside|whose)\b|,"
)
_NAME = r"(?:al[ -])?[A-Z][\w’'.]*(?:[ -][A-Z][\w’'.]*)*"
_ACTS = GROUP_KINDS | STATE_KINDS | {ActorKind.INTERNATIONAL_FORCE, ActorKind.AUTHORITY, ActorKind.PARTY}
_PLAIN_FIGHTERS = frozenset({"force", "fighter", "combatant", "man", "youth", "group"})
_YOUNG_MEN = frozenset({"youth", "man"})
_OWN_PARTS = frozenset({"front", "unit", "bloc"})  # of the body itself, not of those who left it
_DESERTERS = frozenset({"deserter", "defector", "mutineer"})
_NO_FIGHTERS = frozenset({"supporter", "sympathiser", "sympathizer", "opponent", "prisoner", "inmate"})
_LOYAL = re.compile(r"\b(?:loyal to|allied with|allied to)\b")


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """Who a phrase means.

    `name` is the actor's in the registry or as composed, None for people told by a noun
    alone.  `category` is whose losses its losses are.  `backed_by` holds alpha-2 codes of
    countries and names of actors.
    """

    name: str | None = None
    registry_id: str | None = None
    kind: ActorKind | None = None
    category: Category | None = None
    country_code: str | None = None
    parent_id: str | None = None
    backed_by: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


_NOBODY = ActorProfile()


class ActorDescriber:
    """Tells who phrases mean, in reports about one country."""

    def __init__(self, registry: ActorRegistry, country_code: str | None = None) -> None:
        self._registry = registry
        self._country_code = country_code
        self._words = ActorWords.load()
        self._countries = CountryTable.load()

    def profile(self, phrase: str, *, is_doer: bool = False) -> ActorProfile:
        """Who a phrase means; `is_doer` says that the text tells of their violence.

        All fields are None where nothing in the phrase is known.
        """
        text = _ARTICLE.sub("", " ".join(phrase.split()))
        plain, backers = self._without_backers(text)
        found = self._known_backed(text, plain) or self._of(plain, is_doer=is_doer)
        return replace(found, backed_by=backers)

    # -- backers

    def backers(self, text: str) -> tuple[str, ...]:
        """The countries and actors that a text says back those it tells of, in order."""
        return self._without_backers(text)[1]

    def _without_backers(self, text: str) -> tuple[str, tuple[str, ...]]:
        found: list[str] = []
        for form in _backing_forms():
            for match in form.finditer(text):
                found += [backer for backer in (self._backer(match[1]),) if backer is not None]
            text = form.sub("", text)
        return _ARTICLE.sub("", text.strip()), tuple(dict.fromkeys(found))

    def _backer(self, name: str) -> str | None:
        country = self._countries.by_demonym(name) or self._countries.by_name(name)
        country = country or self._countries.seat_of(name)
        if country is not None and country.code is not None:
            return country.code
        entry = self._registry.by_name(name, country_code=self._country_code)
        return entry.name if entry is not None else None

    def _known_backed(self, text: str, plain: str) -> ActorProfile | None:
        """A group that the registry has with its backer as a part of its name."""
        if text == plain:
            return None
        longest = max(self._find(text), key=_length, default=None)
        is_whole = longest is not None and _length(longest) > len(plain)
        return _of_entry(longest.entry) if longest is not None and is_whole else None

    # -- what the rest of the phrase tells

    def _of(self, text: str, *, is_doer: bool) -> ActorProfile:
        lower = text.lower()
        if self._words.has(NounRole.DISGUISE, lower):
            return ActorProfile(kind=ActorKind.ARMED_GROUP)
        mentions = self._find(text)
        return (
            self._part(text)
            or self._dissenters(text, mentions)
            or self._loyalists(lower)
            or self._named(text, mentions)
            or self._told_by_noun(text, is_doer=is_doer)
            or _NOBODY
        )

    def _find(self, text: str) -> tuple[ActorMention, ...]:
        return self._registry.find(text, country_code=self._country_code)

    def _part(self, text: str) -> ActorProfile | None:
        """A part of a group: "the Afghan branch of the Islamic State", "the military wing of Hamas"."""
        head, link, rest = text.partition(" of ")
        if not link:
            return None
        lower = head.lower()
        is_wing = self._words.has(NounRole.WING, lower)
        if not is_wing and not self._words.has(NounRole.PART, lower):
            return None
        whole = next((m.entry for m in self._find(rest) if m.start_char <= len("the ")), None)
        if whole is None or whole.id is None or whole.kind in STATE_KINDS:
            return None
        country = self._country_in(head)
        for child in self._registry.parts_of(whole.id, country_code=country, alone=is_wing):
            if is_wing or country is not None:
                return _of_entry(child)
        return _faction(whole, country)

    def _dissenters(self, text: str, mentions: tuple[ActorMention, ...]) -> ActorProfile | None:
        """Members of a group who left it: "dissident Front members", "Front dissidents"."""
        for mention in mentions:
            before = _forms(text[: mention.start_char].split()[-1:])
            behind = _forms(text[mention.end_char :].split()[:1])
            is_dissent = bool((before | behind) & self._words.by_role[NounRole.DISSENT])
            is_part = bool(behind & (self._words.by_role[NounRole.PART] - _OWN_PARTS))
            if not (is_part or is_dissent) or mention.entry.kind in STATE_KINDS:
                continue
            known = self._registry.by_name(f"{mention.alias} dissidents", country_code=self._country_code)
            if known is not None:
                return _of_entry(known)
            if mention.entry.id is not None:
                return _faction(mention.entry, None)
        return None

    def _loyalists(self, lower: str) -> ActorProfile | None:
        """Fighters told by whose side they are on: "forces loyal to the former president"."""
        found = self._words.noun_in(_CUT.split(lower)[0].split())
        if found is None or found[0].noun not in _PLAIN_FIGHTERS:
            return None
        qualities = self._words.qualities
        sides = (q for q in qualities if q.endswith(("government", "regime")) and q in lower)
        quality = next(sides, None)
        if quality is not None or _LOYAL.search(lower):
            kind = qualities[quality] if quality is not None else ActorKind.MILITIA
            return self._people(kind, CATEGORY_OF_KIND.get(kind), lower, is_local=True)
        return None

    # -- names and forces

    def _named(self, text: str, mentions: tuple[ActorMention, ...]) -> ActorProfile | None:
        """An actor of the registry, or a state's force."""
        mention = next((m for m in mentions if m.entry.kind in _ACTS), None)
        if mention is None:
            if mentions:
                return None
            force = self._registry.force(_CUT.split(text)[0], country_code=self._country_code)
            return _of_entry(force) if force is not None else None
        after = self._words.noun_in(_CUT.split(text[mention.end_char :].lower())[0].split())
        noun_kind = after[0].kind if after is not None else None
        is_youth = after is not None and after[0].noun in _YOUNG_MEN
        if after is not None and after[0].noun in _NO_FIGHTERS:
            return self._people(ActorKind.CIVILIANS, Category.CIVILIANS, text, is_local=True)
        if mention.entry.kind is ActorKind.PARTY and (noun_kind in GROUP_KINDS or is_youth):
            return replace(_of_entry(mention.entry), kind=ActorKind.MILITIA, category=Category.MILITANTS)
        if mention.entry.kind in STATE_KINDS and after is not None and after[0].noun in _DESERTERS:
            return self._people(ActorKind.REBEL_GROUP, Category.MILITANTS, text, is_local=True)
        if self._registry.acts_by_means(text, mention):
            return replace(
                _of_entry(mention.entry), kind=ActorKind.STATE_FORCE, category=Category.SECURITY_FORCES
            )
        if mention.entry.id is None and mention.entry.kind not in STATE_KINDS and noun_kind in GROUP_KINDS:
            return None
        return _of_entry(mention.entry)

    # -- people without a name

    def _told_by_noun(self, text: str, *, is_doer: bool) -> ActorProfile | None:
        for segment in _segments(text):
            words = [word.strip("'’,.").lower() for word in segment.split()]
            found = self._words.noun_in(words)
            if found is not None and not self._counts(words, text, segment):
                noun, start = found
                return self._of_noun(noun, segment.split()[:start], text, is_doer=is_doer)
        return None

    def _counts(self, words: list[str], text: str, segment: str) -> bool:
        """True for "members" in "members of a gang": those meant come after "of"."""
        forms = set(singulars(words[-1]))
        is_plain = self._words.noun(words[-1]) is None
        return (
            not text.endswith(segment) and is_plain and bool(forms & self._words.by_role[NounRole.QUANTITY])
        )

    def _of_noun(self, noun: ActorNoun, before: list[str], text: str, *, is_doer: bool) -> ActorProfile:
        lower = " ".join(before).lower()
        is_armed = self._words.has(NounRole.ARMED, lower)
        is_peaceful = noun.kind is ActorKind.CIVILIANS
        if noun.is_communal and (self._is_people(before) or (is_armed and is_peaceful)):
            is_fighting = is_armed or is_doer or not is_peaceful or noun.noun in _YOUNG_MEN
            category = Category.MILITANTS if is_fighting else Category.CIVILIANS
            return self._people(ActorKind.COMMUNAL_GROUP, category, text, is_local=True)
        kind = self._quality(noun, lower) or noun.kind
        is_local = noun.is_local or kind is not noun.kind
        return self._people(kind, CATEGORY_OF_KIND.get(kind), text, is_local=is_local)

    def _quality(self, noun: ActorNoun, before: str) -> ActorKind | None:
        """The kind that a word before makes of fighters: "rebel" in "rebel gunmen"."""
        for quality in self._words.found(NounRole.QUALITY, before):
            kind = self._words.qualities[quality]
            if noun.kind is ActorKind.ARMED_GROUP or noun.noun in _PLAIN_FIGHTERS:
                return kind
            if kind is ActorKind.ARMED_GROUP and noun.kind is ActorKind.REBEL_GROUP:
                return kind
        return None

    def _is_people(self, words: list[str]) -> bool:
        """True where a people's name stands among the words before a noun: "Fulani", and not "Two"."""
        no_people = self._words.by_role[NounRole.CREED] | self._words.by_role[NounRole.ARMED]
        for position, word in enumerate(words):
            lower = word.lower()
            is_known = position == 0 and lower in actor_cues()["modifier"] | actor_cues()["opener"]
            if not word[:1].isupper() or "-" in word or is_known or lower in no_people:
                continue
            if self._words.noun(lower) is not None:
                continue
            if self._countries.by_demonym(word) is None and self._countries.by_name(word) is None:
                return True
        return False

    def _people(
        self, kind: ActorKind, category: Category | None, text: str, *, is_local: bool
    ) -> ActorProfile:
        country = self._country_in(text)
        if country is None and is_local and not re.search(r"\bforeign\b", text, re.IGNORECASE):
            country = self._country_code
        return ActorProfile(kind=kind, category=category, country_code=country)

    def _country_in(self, text: str) -> str | None:
        """The country that a text names, where it is one and no mere part of a word ("Amharic-speaking")."""
        codes = {m.country.code for m in self._countries.find(text) if m.tail is None}
        return codes.pop() if len(codes) == 1 else None


@lru_cache(maxsize=1)
def _backing_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The forms that tell a backer: "Ruritanian-backed", "armed by Ruritania"."""
    words = "|".join(sorted(ActorWords.load().by_role[NounRole.BACKING]))
    return (
        re.compile(rf"\b({_NAME})[-‐‑–](?:{words})\b\s*"),
        re.compile(rf",?\s*\b(?:{words}) (?:by|to|with) (?:the )?({_NAME}),?"),
    )


def _segments(text: str) -> Iterator[str]:
    """The pieces of a phrase between prepositions, in order."""
    for piece in _CUT.split(text):
        plain = _ARTICLE.sub("", piece.strip())
        if plain:
            yield plain


def _of_entry(entry: ActorEntry) -> ActorProfile:
    return ActorProfile(
        entry.name,
        entry.id,
        entry.kind,
        entry.category,
        entry.country_code,
        entry.parent_id,
        identifiers=entry.identifiers,
    )


def _faction(whole: ActorEntry, country_code: str | None) -> ActorProfile:
    """A part of a group that the registry doesn't have."""
    kind = ActorKind.REBEL_GROUP if whole.kind is ActorKind.PARTY else whole.kind
    category = CATEGORY_OF_KIND.get(kind)
    return ActorProfile(
        kind=kind, category=category, country_code=country_code or whole.country_code, parent_id=whole.id
    )


def _forms(words: list[str]) -> set[str]:
    """The singulars that words may be of, in small letters."""
    return {form for word in words for form in singulars(word.lower())}


def _length(mention: ActorMention) -> int:
    return mention.end_char - mention.start_char
