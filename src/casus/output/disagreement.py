"""Where the speakers of one report contradict each other about an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casus.model import Category, Claim, ClaimKind, Harm, Reading

_ACCUSING = (ClaimKind.ACCUSATION, ClaimKind.RESPONSIBILITY)


@dataclass(frozen=True, slots=True)
class TollDisagreement:
    """Different figures for one harm; `category` is None where the claims leave it open."""

    harm: Harm
    category: Category | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class BlameDisagreement:
    """Who did it: accusations and responsibility taken on one side, denials or other names on the other."""

    claims: tuple[Claim, ...]


def toll_disagreements(reading: Reading, event_id: str | None) -> tuple[TollDisagreement, ...]:
    """Toll claims on an event that give different figures for the same people.

    A claim that tells no category is held against those of the one category that the
    other claims of this harm name, and against others without one.
    """
    claims = [claim for claim in reading.claims if claim.event_id == event_id]
    groups: dict[tuple[Harm, Category | None], list[Claim]] = {}
    for claim in claims:
        if claim.kind is ClaimKind.TOLL and claim.harm is not None:
            category = _told_category(claim) or _only_category(claims, claim.harm)
            groups.setdefault((claim.harm, category), []).append(claim)
    return tuple(
        TollDisagreement(harm, category, tuple(group))
        for (harm, category), group in groups.items()
        if len({(claim.low, claim.high) for claim in group}) > 1
    )


def blame_disagreement(reading: Reading, event_id: str | None) -> BlameDisagreement | None:
    """The claims about who did it, where somebody denies it or several actors are named."""
    claims = [claim for claim in reading.claims if claim.event_id == event_id]
    accusing = [claim for claim in claims if claim.kind in _ACCUSING]
    denying = [claim for claim in claims if claim.kind is ClaimKind.DENIAL]
    named = {claim.actor.registry_id or claim.actor.name for claim in accusing if claim.actor}
    if (accusing and denying) or len(named) > 1:
        return BlameDisagreement((*accusing, *denying))
    return None


def _only_category(claims: Sequence[Claim], harm: Harm) -> Category | None:
    named = {_told_category(claim) for claim in claims if claim.harm is harm} - {None}
    return named.pop() if len(named) == 1 else None


def _told_category(claim: Claim) -> Category | None:
    return None if claim.category is Category.UNKNOWN else claim.category
