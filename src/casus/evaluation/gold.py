"""How near a reading comes to a human coder's record of the same report.

Events are paired one to one, likeliest first; then each field of a pair, each toll
row, and each claim on the right event counts as a hit or not.  The figures are those
of the gold reports' own scorer, to the digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from casus.evaluation.names import is_same_name, is_same_people, share_a_name
from casus.evaluation.tally import Tally
from casus.model import Category, ClaimKind, Harm
from casus.output.gold import GoldAgreement, GoldClaim, GoldEvent, GoldRecord, GoldStatistic

_T = TypeVar("_T")
_LEAST_LIKENESS = 3.0
_ToLikeness = Callable[[_T, _T], float]
_Row = tuple[Harm, Category]
_Figures = tuple[int | None, int | None, int | None]

# The measures whose F1 makes the mean.
HEADLINE_MEASURES = (
    "events",
    "event type",
    "date",
    "country",
    "adm1",
    "place",
    "perpetrators",
    "targets",
    "killed",
    "toll rows",
    "claims",
)


def score_record(gold: GoldRecord, found: GoldRecord, tally: Tally) -> None:
    """Add to `tally` how `found` compares with `gold`."""
    pairs = paired_events(gold, found)
    tally.add("events", len(pairs), len(gold.events), len(found.events))
    for index, event in enumerate(gold.events):
        _score_event(event, found.events[pairs[index]] if index in pairs else None, tally)
    for index, event in enumerate(found.events):
        if index not in pairs.values():
            tally.add("toll rows", 0, 0, len(event.tolls))
    _score_claims(gold, found, pairs, tally)
    hits = len(_pairs(gold.agreements, found.agreements, _is_same_agreement, 1))
    tally.add("agreements", hits, len(gold.agreements), len(found.agreements))
    hits = len(_pairs(gold.statistics, found.statistics, _is_same_statistic, 1))
    tally.add("statistics", hits, len(gold.statistics), len(found.statistics))


def paired_events(gold: GoldRecord, found: GoldRecord) -> Mapping[int, int]:
    """Indices of gold events to those of the found ones that tell of the same."""
    return _pairs(gold.events, found.events, _likeness, _LEAST_LIKENESS)


def killed_figure(event: GoldEvent) -> int | None:
    """How many were killed: best (else low) summed over categories, None where no row has a figure."""
    rows = [toll for toll in event.tolls if toll.harm is Harm.KILLED]
    figures = [toll.low if toll.best is None else toll.best for toll in rows]
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def _likeness(gold: GoldEvent, found: GoldEvent) -> float:
    """How much two records look like one event, 0 to 7."""
    return (
        1.5 * (killed_figure(gold) == killed_figure(found))
        + 1.5 * (gold.start is not None and gold.start == found.start)
        + 1.5 * share_a_name(_place_names(gold), _place_names(found))
        + 0.5 * (gold.country == found.country)
        + 1.0 * share_a_name(gold.perpetrators, found.perpetrators)
        + 0.5 * share_a_name(gold.targets, found.targets, is_same_people)
        + 0.5 * (gold.event_type is found.event_type)
    )


def _place_names(event: GoldEvent) -> list[str]:
    return [name for name in (event.place, event.adm2, event.adm1) if name]


def _pairs(
    gold: Sequence[_T], found: Sequence[_T], likeness: _ToLikeness[_T], least: float
) -> Mapping[int, int]:
    """Indices of `gold` to those of `found`, one to one, the likeliest pairs first."""
    ranked = sorted(
        (-likeness(one, other), gold_index, found_index)
        for gold_index, one in enumerate(gold)
        for found_index, other in enumerate(found)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for negative, gold_index, found_index in ranked:
        if -negative >= least and gold_index not in pairs and found_index not in taken:
            pairs[gold_index] = found_index
            taken.add(found_index)
    return pairs


def _score_event(gold: GoldEvent, found: GoldEvent | None, tally: Tally) -> None:
    is_found = found is not None
    if gold.main:
        tally.add("main events", is_found, 1, is_found)
    for measure, is_equal in _FIELDS.items():
        is_hit = found is not None and is_equal(gold, found)
        tally.add(measure, is_hit, 1, is_found)
    rows = _toll_rows(gold)
    found_rows = _toll_rows(found) if found is not None else {}
    hits = sum(row in found_rows and found_rows[row] == figures for row, figures in rows.items())
    tally.add("toll rows", hits, len(rows), len(found_rows))


_FIELDS: Mapping[str, Callable[[GoldEvent, GoldEvent], bool]] = {
    "event type": lambda gold, found: gold.event_type is found.event_type,
    "date": lambda gold, found: (gold.start, gold.end) == (found.start, found.end),
    "country": lambda gold, found: gold.country == found.country,
    "adm1": lambda gold, found: is_same_name(gold.adm1, found.adm1),
    "place": lambda gold, found: (
        is_same_name(gold.place, found.place) or is_same_name(gold.place, found.adm2)
    ),
    "perpetrators": lambda gold, found: share_a_name(gold.perpetrators, found.perpetrators),
    "targets": lambda gold, found: share_a_name(gold.targets, found.targets, is_same_people),
    "killed": lambda gold, found: killed_figure(gold) == killed_figure(found),
}


def _toll_rows(event: GoldEvent) -> dict[_Row, _Figures]:
    return {(toll.harm, toll.category): (toll.low, toll.best, toll.high) for toll in event.tolls}


def _score_claims(gold: GoldRecord, found: GoldRecord, pairs: Mapping[int, int], tally: Tally) -> None:
    partners = {gold.events[one].id: found.events[other].id for one, other in pairs.items()}

    def is_same(claim: GoldClaim, other: GoldClaim) -> bool:
        partner = partners.get(claim.event) if claim.event is not None else None
        return partner is not None and partner == other.event and _is_same_statement(claim, other)

    for kind in ClaimKind:
        claims = [claim for claim in gold.claims if claim.kind is kind]
        others = [claim for claim in found.claims if claim.kind is kind]
        hits = len(_pairs(claims, others, is_same, 1))
        for measure in (f"claims: {kind}", "claims"):
            tally.add(measure, hits, len(claims), len(others))


def _is_same_statement(claim: GoldClaim, other: GoldClaim) -> bool:
    is_toll = claim.kind is ClaimKind.TOLL
    if is_toll and (claim.harm, claim.low) != (other.harm, other.low):
        return False
    if claim.anonymous and other.anonymous:
        return True
    if claim.speaker or other.speaker:
        return is_same_name(claim.speaker, other.speaker)
    return is_same_name(claim.role, other.role)


def _is_same_agreement(gold: GoldAgreement, found: GoldAgreement) -> bool:
    """The same parties (any of them) and the same month."""
    months = ((gold.date or "")[:7], (found.date or "")[:7])
    return share_a_name(gold.parties, found.parties) and months[0] == months[1]


def _is_same_statistic(gold: GoldStatistic, found: GoldStatistic) -> bool:
    return (gold.percent, gold.value) == (found.percent, found.value)
