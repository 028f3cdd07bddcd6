"""Claims that people add to an account, correct or retract, laid over what was read.

Each is a decision; the account's toll rows and perpetrators follow by the rules of
docs/reconciling.md, and the event from the accounts as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from casus.casebook.blame import identity_of
from casus.casebook.claim_fields import claim_with, decoded_claim_fields
from casus.casebook.coding import decoded_claim
from casus.casebook.records import Decision, DecisionKind, Told
from casus.model import Category, Claim, ClaimKind, Evidence, Toll

CLAIM_KINDS = frozenset({DecisionKind.ADD_CLAIM, DecisionKind.CORRECT_CLAIM, DecisionKind.RETRACT_CLAIM})
_BLAMING = frozenset({ClaimKind.RESPONSIBILITY, ClaimKind.ACCUSATION})


def with_claims_by_hand(told: Told, decisions: Iterable[Decision]) -> Told:
    """An account with the decisions about its claims laid over it, in the order in which they were made."""
    for decision in decisions:
        match decision.kind:
            case DecisionKind.ADD_CLAIM:
                added = replace(decoded_claim(decision.value), event_id=told.event.id)
                told = _changed(told, -decision.number, None, added)
            case DecisionKind.CORRECT_CLAIM | DecisionKind.RETRACT_CLAIM:
                told = _revised(told, decision)
    return told


def claim_number(decision: Decision) -> int:
    """The number of the claim that a decision corrects or retracts."""
    return int(decision.value["claim"]) if isinstance(decision.value, Mapping) else int(str(decision.value))


def _revised(told: Told, decision: Decision) -> Told:
    found = _meant(told, decision)
    if found is None:
        return replace(told, unmet=(*told.unmet, decision.number))
    number, claim = found
    if decision.kind is DecisionKind.RETRACT_CLAIM:
        return _changed(told, number, claim, None)
    return _changed(told, number, claim, claim_with(claim, decoded_claim_fields(decision.value)))


def _meant(told: Told, decision: Decision) -> tuple[int, Claim] | None:
    """The claim that a decision is about: by its number, or read anew from the same words."""
    number = claim_number(decision)
    same = next((pair for pair in told.claims if pair[0] == number), None)
    if same is not None or not isinstance(decision.seen, Mapping):
        return same
    before = decoded_claim(decision.seen)
    alike = [
        pair
        for pair in told.claims
        if pair[1].kind is before.kind
        and pair[1].harm is before.harm
        and _span(pair[1].quote) == _span(before.quote)
    ]
    return next(
        (pair for pair in alike if (pair[1].low, pair[1].high) == (before.low, before.high)),
        alike[0] if alike else None,
    )


def _span(piece: Evidence) -> tuple[int, int]:
    return piece.start_char, piece.end_char


def _changed(told: Told, number: int, before: Claim | None, after: Claim | None) -> Told:
    """An account with one claim added (`before` is None), changed, or taken out (`after` is None)."""
    rows = _rows_with(told, number, before, after)
    if before is None and after is not None:
        claims = (*told.claims, (number, after))
    else:
        kept = ((n, after if n == number else claim) for n, claim in told.claims)
        claims = tuple((n, claim) for n, claim in kept if claim is not None)
    doers = tuple(
        actor
        for actor in told.event.perpetrators
        if not _is_named_by_alone(actor.evidence, identity_of(actor), before, [c for _, c in claims])
    )
    return replace(told, claims=claims, event=replace(told.event, tolls=rows, perpetrators=doers))


def _is_named_by_alone(
    evidence: Sequence[Evidence], identity: str, before: Claim | None, now: Sequence[Claim]
) -> bool:
    """Whether a perpetrator was named in the words of a claim that is gone, and nowhere else."""
    if before is None or before.kind not in _BLAMING or before.actor is None:
        return False
    if identity != identity_of(before.actor):
        return False
    if any(c.kind in _BLAMING and c.actor is not None and identity_of(c.actor) == identity for c in now):
        return False
    start, end = _span(before.quote)
    own = {_span(piece) for piece in before.actor.evidence}
    return all(
        (start <= piece.start_char and piece.end_char <= end) or _span(piece) in own for piece in evidence
    )


# Tolls


def _rows_with(told: Told, number: int, before: Claim | None, after: Claim | None) -> tuple[Toll, ...]:
    """The toll rows of an account whose claim changes: those that it is counted in are made anew.

    A claim that the reader counted in no row, such as a part of a figure, stays out of them.
    """
    rows = told.event.tolls
    others = [claim for own, claim in told.claims if own != number]
    stays = before is not None and after is not None and _is_of_same(before, after)
    if before is not None and before.kind is ClaimKind.TOLL:
        row = next((row for row in rows if _counts(row, before)), None)
        if row is not None:
            left = [claim for claim in others if _counts(row, claim)]
            now = [*left, after] if stays and after is not None else left
            rows = _replaced(rows, row, _made_anew(row, before, after if stays else None, now))
    if stays or after is None or after.kind is not ClaimKind.TOLL:
        return rows
    category = after.category or Category.UNKNOWN
    row = next((row for row in rows if (row.harm, row.category) == (after.harm, category)), None)
    if row is None:
        return (*rows, _own_row(after))
    beside = [claim for claim in others if _counts(row, claim)]
    return _replaced(
        rows, row, _made_anew(row, None, None, [*beside, after]) if beside else _widened(row, after)
    )


def _is_of_same(before: Claim, after: Claim) -> bool:
    """Whether a corrected toll claim is still about the same people: its figures changed, or its words."""
    is_toll = before.kind is ClaimKind.TOLL and after.kind is ClaimKind.TOLL
    return is_toll and (after.harm, after.category) == (before.harm, before.category)


def _counts(row: Toll, claim: Claim) -> bool:
    """Whether a row was read from the words of a toll claim."""
    is_toll = claim.kind is ClaimKind.TOLL and claim.harm is row.harm
    return is_toll and _span(claim.quote) in {_span(piece) for piece in row.evidence}


def _made_anew(row: Toll, before: Claim | None, after: Claim | None, claims: Sequence[Claim]) -> Toll | None:
    """A row as its claims now give it, None where none is left.

    Its best figure stays where a claim still gives it, follows the claim that gave it where
    that was corrected, and is else the middle one of the claims' figures, the lower of two.
    """
    if not claims:
        return None
    evidence = tuple(dict.fromkeys(claim.quote for claim in claims))
    bests = sorted(best for claim in claims if (best := _best(claim)) is not None)
    if not bests:
        return replace(row, low=None, best=None, high=None, evidence=evidence)
    best = bests[(len(bests) - 1) // 2]
    if row.best in bests:
        best = row.best
    elif before is not None and after is not None and _best(before) == row.best:
        best = _best(after) or best
    return replace(row, low=bests[0], best=best, high=_high(claims, best), evidence=evidence)


def _high(claims: Sequence[Claim], best: int) -> int | None:
    """The highest figure of some claims; None where it is open ("at least 15") and none is above the best."""
    highest = max(figure for claim in claims for figure in (claim.low, claim.high) if figure is not None)
    is_open = any(claim.high is None and claim.low == highest for claim in claims)
    return None if is_open and highest <= best else highest


def _widened(row: Toll, claim: Claim) -> Toll:
    """A row that no claim of the account stands for, widened to take in one that was added."""
    evidence = (*row.evidence, claim.quote)
    best = _best(claim)
    if best is None:
        return replace(row, evidence=evidence)
    figures = [figure for figure in (row.low, row.best, row.high, best, claim.high) if figure is not None]
    return replace(
        row,
        low=min(figures),
        best=best if row.best is None else row.best,
        high=max(figures),
        evidence=evidence,
    )


def _own_row(claim: Claim) -> Toll:
    if claim.harm is None:
        raise ValueError("a toll claim has a harm")
    category = claim.category or Category.UNKNOWN
    return Toll(claim.harm, category, _best(claim), _best(claim), claim.high, (claim.quote,))


def _best(claim: Claim) -> int | None:
    """The figure that a claim stands for: its low, which is the careful end of a range."""
    return claim.low if claim.low is not None else claim.high


def _replaced(rows: Sequence[Toll], old: Toll | None, new: Toll | None) -> tuple[Toll, ...]:
    """The rows with one in place of another; at the end where there was none."""
    if old is None:
        return (*rows, new) if new is not None else tuple(rows)
    return tuple(row for row in (new if one is old else one for one in rows) if row is not None)
