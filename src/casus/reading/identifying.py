"""Who the actors of a reading are: kind, country, parent, backers and keys in other lists.

What a report's words name stays as it is; this adds what the registry and the words around
a name tell of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casus.model import STATE_KINDS, Actor, ActorKind, Claim, ReportedEvent
from casus.resolving.actor_phrases import ActorDescriber
from casus.resolving.actors import ActorRegistry

_BEFORE = 48  # characters before a name that may tell its backer
_SENTENCE_END = re.compile(r"[.!?;:\n]")
_COUNTRY_RULE = "actor.country"
_THING_RULE = "target.thing"


@dataclass(frozen=True, slots=True, eq=False)
class Identifier:
    """Tells who the actors of one report are; `country_code` and `year` are the report's."""

    registry: ActorRegistry
    text: str
    country_code: str | None
    year: int | None

    def events(self, events: Sequence[ReportedEvent]) -> tuple[ReportedEvent, ...]:
        """The events with their actors told."""
        return tuple(
            replace(
                event,
                perpetrators=tuple(self.actor(actor, is_doer=True) for actor in event.perpetrators),
                targets=tuple(self.actor(actor) for actor in event.targets),
            )
            for event in events
        )

    def claims(self, claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """The claims with their actors told."""
        return tuple(
            replace(claim, actor=self.actor(claim.actor, is_doer=True)) if claim.actor else claim
            for claim in claims
        )

    def actor(self, actor: Actor, *, is_doer: bool = False) -> Actor:
        """The actor with all that is known of it; a thing stays as it is."""
        rules = {piece.rule for piece in actor.evidence}
        if _THING_RULE in rules:
            return actor
        if _COUNTRY_RULE in rules:
            told = replace(actor, kind=ActorKind.AUTHORITY)
        else:
            told = self._told(actor, is_doer=is_doer)
        return self._with_state_keys(told)

    def _told(self, actor: Actor, *, is_doer: bool) -> Actor:
        describer = ActorDescriber(self.registry, self.country_code)
        known = self.registry.by_id(actor.registry_id) if actor.registry_id is not None else None
        if known is not None:
            entry = known.entry
            return replace(
                actor,
                kind=entry.kind,
                parent_id=entry.parent_id,
                identifiers=entry.identifiers,
                backed_by=describer.backers(self._around(actor)),
            )
        found = describer.profile(actor.name, is_doer=is_doer)
        return replace(
            actor,
            registry_id=found.registry_id,
            country_code=actor.country_code or found.country_code,
            kind=found.kind,
            parent_id=found.parent_id,
            identifiers=found.identifiers,
            backed_by=found.backed_by,
        )

    def _around(self, actor: Actor) -> str:
        """The words of the text that end in an actor's name, within its sentence."""
        if not actor.evidence:
            return actor.name
        piece = actor.evidence[0]
        before = self.text[max(0, piece.start_char - _BEFORE) : piece.start_char]
        return _SENTENCE_END.split(before)[-1] + self.text[piece.start_char : piece.end_char]

    def _with_state_keys(self, actor: Actor) -> Actor:
        """A state's force or authority with the keys of its government in other lists."""
        is_state = actor.kind in STATE_KINDS or actor.kind is ActorKind.AUTHORITY
        if not is_state or actor.kind is None or actor.country_code is None or actor.identifiers:
            return actor
        keys = self.registry.state_identifiers(actor.country_code, actor.kind, self.year)
        return replace(actor, identifiers=keys)
