"""How many were harmed in an event, over its sources.

Rules (docs/reconciling.md says how they relate to published methods):

- of one independent source the latest account with a figure counts, in place of its earlier ones;
- low is the lowest and high the highest total of any source, unknown where none gives a number;
- best is the middle one of the sources' best totals, the lower of two in the middle;
- the split by category is that of the source whose total is best, the most detailed of them;
  where it does not tell who they were, and all sources that do name one category, they are that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casus.casebook.records import Deaths, EventToll, Figure, Told
from casus.model import Category, ClaimKind, Harm, Toll

_DETAILED = (Category.CIVILIANS, Category.SECURITY_FORCES, Category.MILITANTS)


@dataclass(frozen=True, slots=True)
class _Account:
    """The rows of one harm that stand for a source."""

    source: str
    told: Told
    rows: tuple[Toll, ...]
    total: tuple[int, int, int] | None  # low, best and high over the categories

    @classmethod
    def of(cls, told: Told, rows: tuple[Toll, ...]) -> _Account:
        """The account of some rows; its total is None where no row has a number."""
        numbered = [row for row in rows if _low(row) is not None]
        low = sum(_low(row) or 0 for row in numbered)
        best = sum(_best(row) or 0 for row in numbered)
        high = sum(max(_best(row) or 0, row.high or 0) for row in numbered)
        return cls(told.report.source, told, rows, (low, best, high) if numbered else None)

    @property
    def detail(self) -> int:
        """How many of the harmed are told apart by category."""
        return sum(_best(row) or 0 for row in self.rows if row.category in _DETAILED)


def event_tolls(told: Sequence[Told]) -> tuple[EventToll, ...]:
    """The toll rows of an event, in the order of harms and categories."""
    return tuple(row for harm in Harm for row in _rows_of(harm, told))


def total_of(tolls: Iterable[EventToll], harm: Harm) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of a harm over all categories; None where no number is known."""
    rows = [row for row in tolls if row.harm is harm]
    return (
        _sum(row.low for row in rows),
        _sum(row.best for row in rows),
        _sum(row.high for row in rows),
    )


def deaths_of(told: Sequence[Told]) -> Deaths | None:
    """The dead by side, None where no source gives a number.

    Side A is the state's, side B its opponents': who were killed says on which side they
    were, for the accounts give the category of the dead and not the side that they fought on.
    """
    accounts = _latest(Harm.KILLED, told)
    totals = [account.total for account in accounts.values() if account.total is not None]
    chosen = _chosen(accounts.values())
    if chosen is None or not totals:
        return None
    chosen = _told_apart(chosen, accounts.values())
    by_category: defaultdict[Category, int] = defaultdict(int)
    for row in chosen.rows:
        by_category[row.category] += _best(row) or 0
    best = sum(by_category.values())
    return Deaths(
        side_a=by_category[Category.SECURITY_FORCES],
        side_b=by_category[Category.MILITANTS],
        civilians=by_category[Category.CIVILIANS],
        unknown=by_category[Category.UNKNOWN],
        low=min(low for low, _, _ in totals),
        best=best,
        high=max(best, *(high for _, _, high in totals)),
    )


def _rows_of(harm: Harm, told: Sequence[Told]) -> Iterable[EventToll]:
    accounts = _latest(harm, told)
    if not accounts:
        return
    chosen = _chosen(accounts.values())
    if chosen is None:
        for category in Category:
            figures = _figures(accounts.values(), category)
            if figures:
                yield EventToll(harm, category, None, None, None, figures)
        return
    chosen = _told_apart(chosen, accounts.values())
    by_category = {row.category: row for row in chosen.rows}
    known = [account for account in accounts.values() if account.total is not None]
    is_split = len(by_category) > 1
    for category in Category:
        figures = _figures(accounts.values(), category)
        row = by_category.get(category)
        if row is None and not figures:
            continue
        low, high = _bounds(row, known, category, is_split=is_split)
        yield EventToll(harm, category, low, _best(row) if row else None, high, figures)


def _bounds(
    row: Toll | None, known: Sequence[_Account], category: Category, *, is_split: bool
) -> tuple[int | None, int | None]:
    """Lowest and highest figure of a category.

    Where the chosen account has one category alone, other sources' totals are of the same people.
    """
    if row is None:
        return None, None
    if is_split:
        rows = [other for account in known for other in account.rows if other.category is category]
        lows = [low for other in rows if (low := _low(other)) is not None]
        highs = [max(_best(other) or 0, other.high or 0) for other in rows if _low(other) is not None]
    else:
        totals = [account.total for account in known if account.total is not None]
        lows, highs = [total[0] for total in totals], [total[2] for total in totals]
    return min(lows, default=None), max(highs, default=None)


def _figures(accounts: Iterable[_Account], category: Category) -> tuple[Figure, ...]:
    figures = []
    for account in accounts:
        for row in account.rows:
            if row.category is category:
                claims = tuple(
                    number
                    for number, claim in account.told.claims
                    if claim.kind is ClaimKind.TOLL and claim.harm is row.harm
                )
                day = account.told.report.published_on
                figures.append(
                    Figure(account.source, row.low, row.best, row.high, day, (account.told.key,), claims)
                )
    return tuple(figures)


def _latest(harm: Harm, told: Sequence[Told]) -> Mapping[str, _Account]:
    """For each source the account of a harm that counts: its latest with a number, else its latest."""
    accounts: dict[str, _Account] = {}
    for one in told:
        rows = tuple(row for row in one.event.tolls if row.harm is harm)
        if not rows:
            continue
        account = _Account.of(one, rows)
        before = accounts.get(account.source)
        if before is None or account.total is not None or before.total is None:
            accounts[account.source] = account
    return accounts


def _chosen(accounts: Iterable[_Account]) -> _Account | None:
    """The account whose total is the middle one; of equal ones the most detailed, then the latest."""
    known = [account for account in accounts if account.total is not None]
    if not known:
        return None
    bests = sorted(_best_total(account) for account in known)
    middle = bests[(len(bests) - 1) // 2]
    equal = [account for account in known if _best_total(account) == middle]
    return max(equal, key=lambda account: (account.detail, _age(account)))


def _age(account: _Account) -> tuple[str, str]:
    """What orders accounts in time, whatever the order in which they arrived."""
    report = account.told.report
    return report.published_on.isoformat() if report.published_on else "", report.hash


def _told_apart(chosen: _Account, accounts: Iterable[_Account]) -> _Account:
    """The chosen account, its one row of unknown people put under the one category that others name."""
    others = {row.category for account in accounts for row in account.rows if row.category in _DETAILED}
    if len(chosen.rows) == 1 and chosen.rows[0].category is Category.UNKNOWN and len(others) == 1:
        return replace(chosen, rows=(replace(chosen.rows[0], category=others.pop()),))
    return chosen


def _best_total(account: _Account) -> int:
    return account.total[1] if account.total is not None else 0


def _low(row: Toll) -> int | None:
    return row.low if row.low is not None else row.best if row.best is not None else row.high


def _best(row: Toll) -> int | None:
    return row.best if row.best is not None else row.low if row.low is not None else row.high


def _sum(figures: Iterable[int | None]) -> int | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None
