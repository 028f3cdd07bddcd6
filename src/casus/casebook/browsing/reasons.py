"""Why accounts are, or may be, of one event: pairs with their evidence, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.paging import rows_of
from casus.casebook.browsing.records import Alike, Near, NearEvent, Reason
from casus.casebook.chunks import chunks
from casus.casebook.clustering import Pair
from casus.casebook.comparing import UNKNOWN, Aspect, compare
from casus.casebook.linking import Accounts, decided_apart
from casus.casebook.withholding import withheld_names

_MOST_NEAR = 20
_SURE = 60.0  # beyond it the probability is 0 or 1 to a computer


def near_of(connection: Connection, event_id: str) -> Near:
    """The events near one, and what ties its own accounts."""
    link = t.link.c
    keys = sorted(connection.scalars(sa.select(link.key).where(link.event == event_id, link.until.is_(None))))
    weights = _weights(connection, keys)
    event_of = _events_of(connection, {key for pair in weights for key in pair})
    own = set(keys)
    inside = {pair: weight for pair, weight in weights.items() if own.issuperset(pair)}
    beside: defaultdict[str, dict[Pair, float]] = defaultdict(dict)
    for pair, weight in weights.items():
        other = next((event_of.get(key) for key in pair if key not in own), None)
        if other is not None:
            beside[other][pair] = weight
    accounts = Accounts(connection)
    ranked = sorted(beside, key=lambda other: (-max(beside[other].values()), other))[:_MOST_NEAR]
    best = {other: max(beside[other].items(), key=lambda item: (item[1], item[0])) for other in ranked}
    apart = decided_apart(connection)
    rows = {row.id: row for row in rows_of(connection, ranked, withheld_names(connection))}
    near = tuple(
        NearEvent(
            rows[other],
            _alike(accounts, best[other][0], best[other][1], own),
            len(beside[other]),
            any(pair in apart for pair in beside[other]),
        )
        for other in ranked
        if other in rows
    )
    ties = _ties(keys, inside)
    tied = {key for pair, _ in ties for key in pair}
    return Near(
        near,
        tuple(_alike(accounts, pair, weight, own) for pair, weight in ties),
        tuple(key for key in keys if key not in tied) if len(keys) > 1 else (),
    )


def reasons_of(aspects: Iterable[Aspect]) -> tuple[Reason, ...]:
    """What speaks for and against, the heaviest first; what weighs nothing is left out."""
    weighing = [one for one in aspects if one.weight and one.level != UNKNOWN]
    weighing.sort(key=lambda one: -abs(one.weight))
    return tuple(
        Reason(one.name, one.level, _WORDS.get((one.name, one.level), f"{one.name}: {one.level}"), one.weight)
        for one in weighing
    )


def probability_of(weight: float) -> float:
    """The probability that evidence (base 2) gives."""
    return float(1 / (1 + 2 ** -max(-_SURE, min(_SURE, weight))))


def _alike(accounts: Accounts, pair: Pair, weight: float, own: set[str]) -> Alike:
    key, other = pair if pair[0] in own else pair[::-1]
    accounts.load(pair)
    reasons = reasons_of(compare(accounts.get(key), accounts.get(other)))
    return Alike(key, other, weight, probability_of(weight), reasons)


def _ties(keys: list[str], inside: Mapping[Pair, float]) -> list[tuple[Pair, float]]:
    """For each account the pair that ties it most, each pair once, the strongest first."""
    strongest: dict[str, tuple[float, Pair]] = {}
    for pair, weight in inside.items():
        for key in pair:
            strongest[key] = max(strongest.get(key, (weight, pair)), (weight, pair))
    ties = {pair: weight for weight, pair in (strongest[key] for key in keys if key in strongest)}
    return sorted(ties.items(), key=lambda item: (-item[1], item[0]))


def _weights(connection: Connection, keys: list[str]) -> dict[Pair, float]:
    weights: dict[Pair, float] = {}
    for some in chunks(keys):
        for column in (t.pair.c.one, t.pair.c.other):
            for row in connection.execute(sa.select(t.pair).where(column.in_(some))):
                weights[row.one, row.other] = row.weight
    return weights


def _events_of(connection: Connection, keys: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in chunks(sorted(keys)):
        query = sa.select(t.link.c.key, t.link.c.event).where(
            t.link.c.key.in_(some), t.link.c.until.is_(None)
        )
        found |= {row.key: row.event for row in connection.execute(query)}
    return found


_WORDS: Mapping[tuple[str, str], str] = {
    ("date", "same"): "the same day",
    ("date", "next"): "a day apart",
    ("date", "near"): "two or three days apart",
    ("date", "week"): "four to seven days apart",
    ("date", "far"): "more than a week apart",
    ("date", "within"): "one time lies within the other",
    ("date", "aside"): "times near each other",
    ("place", "same"): "the same place",
    ("place", "same area"): "the same area",
    ("place", "inside"): "one place lies in the other",
    ("place", "near"): "places near each other",
    ("place", "region"): "places of one region",
    ("place", "far"): "places far apart",
    ("place", "abroad"): "different countries",
    ("perpetrators", "same"): "the same perpetrator",
    ("perpetrators", "akin"): "perpetrators with words in common",
    ("perpetrators", "different"): "different perpetrators",
    ("targets", "same"): "the same target",
    ("targets", "akin"): "targets with words in common",
    ("targets", "different"): "different targets",
    ("type", "same"): "the same type of event",
    ("type", "akin"): "types that are often told of one event",
    ("type", "different"): "different types of event",
    **{
        (harm, level): words.format(harm)
        for harm in ("killed", "injured")
        for level, words in {
            "same many": "the same number {}, five or more",
            "same few": "the same small number {}",
            "near": "nearly the same number {}",
            "grown": "the later report has more {}",
            "apart": "very different numbers {}",
            "apart few": "different small numbers {}",
        }.items()
    },
    ("weapon", "same"): "the same weapon",
    ("weapon", "different"): "different weapons",
    ("names", "none"): "no names in common",
    ("names", "one"): "one name in common",
    ("names", "two"): "two names in common",
    ("names", "more"): "three or more names in common",
    ("words", "few"): "told in other words",
    ("words", "some"): "some words in common",
    ("words", "many"): "many words in common",
    ("words", "most"): "told in nearly the same words",
}
