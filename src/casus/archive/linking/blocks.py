"""Which accounts are compared: those that share a block, each with a bounded number of others.

A pair may be of one event where it has a day, a place, a name, a doer or a toll in common, so an
account stands in a block for each of these, within its time.  In a block of at most `bound`
accounts all pairs are compared.  A larger one is gone through in the order of unit, place and
day, and each account is compared with the `bound` that follow it (the sorted neighbourhood of
Hernández and Stolfo 1995), while its finer blocks still find it whatever stands elsewhere.
Blocks of names are left out instead: a name that so many share says little.  So the work grows
with the number of accounts, however dense they lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from casus.archive.linking.dialects import Dialect
from casus.casebook.comparing import MANY
from casus.casebook.features import Features
from casus.casebook.linking import SLACK_DAYS, WIDE_DAYS

BOUND = 48
"""With how many others an account is compared in one block."""

RARE = 32
"""From how many accounts on a name is no key any more."""

_WINDOW_DAYS = 10
_MOST_YEARS = 5
_LONGEST_DAYS = 3


def shared_blocks_of(features: Features) -> list[int]:
    """The blocks in which an account stands whatever their size, as numbers, in order, each once."""
    return sorted({_number_of(block) for block in _shared(features)})


def rare_blocks_of(features: Features) -> list[int]:
    """The blocks of an account that count only where few accounts stand in them."""
    return sorted({_number_of(block) for block in _rare(features)})


def pairs_sql(dialect: Dialect, bound: int = BOUND, rare: int = RARE) -> str:
    """The pairs of ids in `account` that are to be compared, each once: `join_key_l` < `join_key_r`.

    They share a block, are of two reports, and may be compared by the casebook's rule: of one
    country or one of none, and within its slack of days; a wide account only at the same place.
    """
    columns = "id, source, line, first_day, last_day, country, place, is_wide"
    return f"""
    WITH standing AS (
        SELECT {dialect.exploded("shared_blocks")} AS block, {bound} AS most, {columns} FROM account
        UNION ALL
        SELECT {dialect.exploded("rare_blocks")} AS block, 0 AS most, {columns} FROM account
    ),
    counted AS (
        SELECT *, count(*) OVER (PARTITION BY block) AS size,
            row_number() OVER (PARTITION BY block ORDER BY line, id) - 1 AS rank
        FROM standing
    ),
    placed AS (
        SELECT *, {dialect.whole("rank", bound)} AS chunk FROM counted
        WHERE size > 1 AND (most > 0 OR size <= {rare})
    ),
    reaching AS (
        SELECT *, chunk AS reached FROM placed
        UNION ALL
        SELECT *, chunk + 1 AS reached FROM placed WHERE size > (chunk + 1) * {bound}
    )
    SELECT DISTINCT least(l.id, r.id) AS join_key_l, greatest(l.id, r.id) AS join_key_r,
        '0' AS match_key
    FROM reaching l JOIN placed r ON l.block = r.block AND l.reached = r.chunk
    WHERE r.rank > l.rank AND r.rank <= l.rank + {bound} AND l.source <> r.source
        AND (l.country = r.country OR l.country IS NULL OR r.country IS NULL)
        AND (NOT (l.is_wide OR r.is_wide) OR l.place = r.place)
        AND (l.first_day IS NULL OR r.first_day IS NULL
             OR (l.first_day - {SLACK_DAYS} <= r.last_day AND r.first_day - {SLACK_DAYS} <= l.last_day))
    """


def _shared(features: Features) -> Iterator[str]:
    """The names of the blocks that an account always stands in."""
    country = features.country or ""
    windows = list(_windows(features))
    if features.place is not None:
        yield from (f"place {features.place} {window}" for window in windows)
        yield from (f"place {features.place} year {year}" for year in _years(features))
    if features.geonames_id is not None:
        yield from (f"geonames {features.geonames_id} {window}" for window in windows)
    for day in _days(features):
        yield f"day {country} {day}"
    if features.adm1 is not None:
        yield from (f"unit {country} {features.adm1} {features.event_type} {window}" for window in windows)
    if features.killed is not None and features.killed[1] >= MANY:
        for figure in set(features.killed):
            yield from (f"killed {country} {figure} {window}" for window in windows)


def _rare(features: Features) -> Iterator[str]:
    """The names of the blocks that count where they are small."""
    windows = list(_windows(features))
    yield from (f"country {features.country or ''} {window}" for window in windows)
    for name in features.names:
        yield from (f"name {name} {window}" for window in windows)
    for name in (*features.perpetrators, *features.targets):
        yield from (f"actor {name} {window}" for window in windows)


def _days(features: Features) -> Iterable[int]:
    """The days of an account that is told to the day, and the next: neighbours share one."""
    if not features.is_dated or features.first is None or features.last is None:
        return ()
    first, last = features.first.toordinal(), features.last.toordinal()
    return range(first, last + 2) if last - first <= _LONGEST_DAYS else ()


def _windows(features: Features) -> Iterable[int]:
    """Stretches of ten days: any two accounts within the slack of each other share one."""
    if features.first is None or features.last is None:
        return ()
    if (features.last - features.first).days > WIDE_DAYS:
        return ()
    half = SLACK_DAYS // 2
    first, last = features.first.toordinal() - half, features.last.toordinal() + half
    return range(first // _WINDOW_DAYS, last // _WINDOW_DAYS + 1)


def _years(features: Features) -> Iterable[int]:
    """The years of an account, at most five; 0 alone where its time is unknown."""
    if features.first is None or features.last is None:
        return (0,)
    first: date = features.first
    return range(first.year, min(features.last.year, first.year + _MOST_YEARS) + 1)


@lru_cache(maxsize=100_000)
def _number_of(block: str) -> int:
    """A block's name as a number below 2^63; that two names share one makes only a larger block."""
    return int.from_bytes(blake2b(block.encode(), digest_size=8).digest(), "big") >> 1
