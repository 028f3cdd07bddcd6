"""Who is said to have done it, and how well an event is corroborated.

The grades are those that Airwars uses, by these rules, in this order:

- contested: somebody accused denies it, or different sources name different perpetrators, and
  nobody claims it;
- confirmed: a perpetrator claims it, or speakers of both sides tell of it without contradiction;
- fair: two or more independent sources, none against;
- weak: one source.

Discounted is what a reviewer finds it to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from casus.casebook.features import folded_name
from casus.casebook.records import Grade, Perpetrator, Standing, Told
from casus.model import GROUP_KINDS, STATE_KINDS, Actor, ActorKind, ClaimKind
from casus.resolving.actors import ActorRegistry

_STANDING_OF = {
    ClaimKind.RESPONSIBILITY: Standing.CLAIMED,
    ClaimKind.ACCUSATION: Standing.ACCUSED,
    ClaimKind.DENIAL: Standing.DENIED,
}
_TELLING = frozenset({ClaimKind.TOLL, ClaimKind.CIRCUMSTANCE, ClaimKind.RESPONSIBILITY})


@dataclass(slots=True)
class _Named:
    actor: Actor
    standings: dict[Standing, None] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)
    claims: dict[int, None] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grade, in words why, and the claims and accounts that it rests on."""

    grade: Grade
    reason: str
    claims: tuple[int, ...]
    keys: tuple[str, ...]


def identity_of(actor: Actor) -> str:
    """What two mentions of one actor share: the registry's key, else the folded name."""
    return actor.registry_id or folded_name(actor.name) or ""


def perpetrators_of(told: Sequence[Told]) -> tuple[Perpetrator, ...]:
    """Who is named as perpetrator: those of most sources first."""
    named = _named(told)
    ranked = sorted(
        {id(one): one for one in named.values()}.values(),
        key=lambda one: (-len(one.sources), min(one.keys), one.actor.name),
    )
    return tuple(
        Perpetrator(
            one.actor.name,
            one.actor.registry_id,
            one.actor.country_code,
            tuple(standing for standing in Standing if standing in one.standings),
            tuple(one.keys),
            tuple(one.claims),
        )
        for one in ranked
    )


def verdict_on(told: Sequence[Told], perpetrators: Sequence[Perpetrator]) -> Verdict:
    """The grade of an event by the rules above."""
    keys = tuple(one.key for one in told)
    sources = {one.report.source for one in told}
    claiming = [one for one in perpetrators if Standing.CLAIMED in one.standings]
    denying = [one for one in perpetrators if Standing.DENIED in one.standings]
    rivals = _rivals(told, perpetrators)
    if claiming and not denying:
        return _verdict(Grade.CONFIRMED, f"claimed by {_names(claiming)}", claiming)
    if denying:
        return _verdict(Grade.CONTESTED, f"denied by {_names(denying)}", [*denying, *claiming])
    if rivals:
        return _verdict(Grade.CONTESTED, f"sources name {_names(rivals)}", rivals)
    agreeing = _both_sides(told)
    if agreeing:
        return Verdict(Grade.CONFIRMED, "speakers of both sides tell of it", agreeing, keys)
    if len(sources) > 1:
        return Verdict(Grade.FAIR, f"{len(sources)} independent sources, none against", (), keys)
    return Verdict(Grade.WEAK, f"one source: {min(sources)}", (), keys)


def _both_sides(told: Sequence[Told]) -> tuple[int, ...]:
    """The claims of speakers of a state and of its opponents; none where only one side tells of the event."""
    claims: defaultdict[bool, list[int]] = defaultdict(list)
    for one in told:
        for number, claim in one.claims:
            if claim.kind in _TELLING:
                kind = _kind_of(claim.speaker.affiliation or claim.speaker.name or "")
                if kind in GROUP_KINDS or kind in STATE_KINDS:
                    claims[kind in STATE_KINDS].append(number)
    return (*claims[True], *claims[False]) if len(claims) > 1 else ()


@lru_cache(maxsize=4096)
def _kind_of(name: str) -> ActorKind | None:
    """What a speaker's side is, None where it is no actor."""
    mentions = ActorRegistry.load().find(name)
    return mentions[0].entry.kind if mentions else None


def _named(told: Sequence[Told]) -> dict[str, _Named]:
    named: dict[str, _Named] = {}

    def note(actor: Actor, standing: Standing, one: Told, claim: int | None) -> None:
        entry = _entry_for(actor, named)
        entry.standings[standing] = None
        entry.keys[one.key] = None
        entry.sources.add(one.report.source)
        if claim is not None:
            entry.claims[claim] = None

    for one in told:
        by_claim: set[int] = set()
        for number, claim in one.claims:
            standing = _STANDING_OF.get(claim.kind)
            if standing is not None and claim.actor is not None:
                note(claim.actor, standing, one, number)
                by_claim.add(number)
        for actor in one.event.perpetrators:
            entry = _entry_for(actor, named)
            if not entry.claims.keys() & by_claim:
                note(actor, Standing.REPORTED, one, None)
    return named


def _entry_for(actor: Actor, named: dict[str, _Named]) -> _Named:
    """The entry of an actor, under whatever name it came first ("the army", "the military")."""
    identity = identity_of(actor)
    if identity not in named:
        same_actor = ActorRegistry.load().same_actor
        known = next((one for one in named.values() if same_actor(one.actor.name, actor.name)), None)
        named[identity] = known or _Named(actor)
    return named[identity]


def _rivals(told: Sequence[Told], perpetrators: Sequence[Perpetrator]) -> list[Perpetrator]:
    """Perpetrators known by name whom different sources name, and no source together."""
    source_of = {one.key: one.report.source for one in told}
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for one in perpetrators:
        if one.registry_id is not None:
            sources[one.name] |= {source_of[key] for key in one.keys}
    known = [one for one in perpetrators if one.registry_id is not None]
    return [
        one
        for one in known
        if any(sources[one.name].isdisjoint(sources[other.name]) for other in known if other is not one)
    ]


def _verdict(grade: Grade, reason: str, on: Iterable[Perpetrator]) -> Verdict:
    named = list(on)
    claims = dict.fromkeys(number for one in named for number in one.claims)
    keys = dict.fromkeys(key for one in named for key in one.keys)
    return Verdict(grade, reason, tuple(claims), tuple(keys))


def _names(actors: Iterable[Perpetrator]) -> str:
    return " and ".join(dict.fromkeys(one.name for one in actors))
