"""The mentions of a text, from the names found in it: who each means, and which of them stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casus.resolving.actor_records import ActorEntry, ActorMention, KnownActor
from casus.resolving.actor_signs import Named, Signs, meant
from casus.resolving.force_nouns import ForceNoun
from casus.resolving.introductions import Introduction, actor_cues, occurrences
from casus.resolving.name_index import NameMatch

_TAIL = re.compile(r"[-‐‑–](\w+)")

Filed = Named | ForceNoun


@dataclass(frozen=True, slots=True)
class Introduced:
    """Who an introduced name is, and where the name begins that the registry knows."""

    start_char: int
    entry: ActorEntry


def is_no_states(word: str) -> bool:
    """True for a word that makes forces somebody else's than a state's: "rebel", "Kurdish-led"."""
    return word.endswith("-led") or word in actor_cues()["foreign"]


def named_all(actors: Iterable[KnownActor]) -> Iterator[tuple[str, Filed]]:
    """Each name of each actor, with the actor."""
    for actor in actors:
        sure, unsure = Named(actor, is_ambiguous=False), Named(actor, is_ambiguous=True)
        for alias in actor.aliases:
            yield alias, unsure if alias in actor.ambiguous else sure


def named_for_sure(matches: Iterable[NameMatch[Filed]]) -> Iterator[KnownActor]:
    """The actors that a text names by what can mean nobody else."""
    for match in matches:
        value = match.values[0]
        if len(match.values) == 1 and isinstance(value, Named) and not value.is_ambiguous:
            yield value.actor


def resolved(text: str, matches: Iterable[NameMatch[Filed]], signs: Signs) -> Iterator[ActorMention]:
    """The mentions that names found in a text make, each meaning its likeliest actor."""
    for match in matches:
        candidates = [filed for filed in match.values if isinstance(filed, Named)]
        if not candidates or match.tail in actor_cues()["tail"]:
            continue
        known = meant(candidates, signs)
        if known is not None:
            words = text[match.start_char : match.end_char]
            yield ActorMention(match.start_char, match.end_char, known.entry, words)


def first_of_each(text: str, introductions: Iterable[Introduction]) -> list[Introduction]:
    """The introductions without those that repeat an earlier one."""
    first: dict[tuple[str, str], Introduction] = {}
    for introduction in introductions:
        name = text[introduction.start_char : introduction.end_char]
        first.setdefault((name, introduction.abbreviation), introduction)
    return list(first.values())


def word_starts(name: str) -> Iterator[int]:
    """Where the words of a name begin, all but the last of several."""
    starts = [match.start() for match in re.finditer(r"\S+", name)]
    yield from starts[: max(1, len(starts) - 1)]


def introduced_force(
    text: str, introduction: Introduction, forces: Iterable[ActorMention]
) -> Introduced | None:
    """The state's force that an introduced name is, such as "Afghan National Police (ANP)"."""
    for mention in forces:
        if mention.end_char == introduction.end_char:
            before = text[introduction.start_char : mention.start_char].split()
            if mention.start_char <= introduction.start_char or {*before} <= {"Royal", "The"}:
                return Introduced(mention.start_char, mention.entry)
    return None


def everywhere(text: str, names: Iterable[str], entry: ActorEntry) -> Iterator[ActorMention]:
    """Every place where a text names somebody by one of these names."""
    for name in names:
        for start, end in occurrences(text, name):
            tail = _TAIL.match(text, end)
            if tail is None or tail[1].casefold() not in actor_cues()["tail"]:
                yield ActorMention(start, end, entry, name)


def tells_all(name: str, mention: ActorMention) -> bool:
    """True where the words around a mention tell nothing more about who it is."""
    around = f"{name[: mention.start_char]} {name[mention.end_char :]}"
    members = actor_cues()["member"]
    return all(word in members or word.lower() in members for word in around.split())


def longest(*kinds: Iterable[ActorMention]) -> tuple[ActorMention, ...]:
    """The mentions in order, the longest where some overlap; of equal ones, that of the first kind."""
    ranked = [(mention, rank) for rank, mentions in enumerate(kinds) for mention in mentions]
    ranked.sort(key=lambda pair: (pair[0].start_char, -pair[0].end_char, pair[1]))
    kept: list[ActorMention] = []
    for mention, _ in ranked:
        if kept and mention.start_char < kept[-1].end_char:
            if _length(mention) > _length(kept[-1]):
                kept[-1] = mention
            continue
        kept.append(mention)
    return tuple(kept)


def _length(mention: ActorMention) -> int:
    return mention.end_char - mention.start_char
