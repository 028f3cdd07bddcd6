"""Who to whom: events and deaths by perpetrator and target, as the reports name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from casus.analysis.patterns.casts import (
    Matrix,
    Ranking,
    in_role,
    matrix_of,
    names_several,
    of_standing,
    ranking_of,
    rows_named,
    standings_by,
    without_withheld,
)
from casus.analysis.patterns.counting import (
    asked_words,
    figure_cells,
    killed_of,
    refuse_nothing,
    sum_of,
    whole_numbers,
)
from casus.analysis.selecting import Selection
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING, Flags, Numbers
from casus.casebook.browsing.records import Sum
from casus.casebook.browsing.tables import EventTable, RoleRows
from casus.casebook.records import Role, Standing
from casus.errors import NotAnswerable

if TYPE_CHECKING:
    import pandas as pd

TOP = 10
_SAID: Mapping[Standing, str] = {
    Standing.CLAIMED: "said to claim it",
    Standing.ACCUSED: "accused of it",
    Standing.DENIED: "said to deny it",
    Standing.REPORTED: "named in a report's own voice",
}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in one part: in how many events, with how many killed in these.

    `standings` say of perpetrators in how many events they claim it, are accused, deny it, or
    are named in a report's own voice; one event can count in several.  Of targets there are none.
    """

    name: str
    events: int
    killed: Sum
    standings: Mapping[Standing, int]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The events that name both: a perpetrator and a target, or the two parties of a dyad."""

    perpetrator: str
    target: str
    events: int
    killed: Sum


@dataclass(frozen=True, slots=True)
class Parties:
    """Events and deaths by perpetrator and target, those in most events first.

    Among the names `OTHERS` stands for all below the first ones, and `NOBODY` for events that
    name none.  An event with several perpetrators or targets is in several pairings, so that
    these add up to more than `events`; `several` is the number of such events.
    """

    asked: str
    revision: int
    is_directed: bool
    standing: Standing | None
    events: int
    killed: Sum
    perpetrators: tuple[Party, ...]
    targets: tuple[Party, ...]
    pairings: tuple[Pairing, ...]
    several: int
    notices: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """A row a pairing: perpetrator, target, events, killed_low, _best, _high, without_number.

        Of dyads without direction the first two columns are party and other_party.
        """
        import pandas as pd  # noqa: PLC0415 - takes 0.3 s

        first, second = ("perpetrator", "target") if self.is_directed else ("party", "other_party")
        frame = pd.DataFrame(
            [
                {first: one.perpetrator, second: one.target, "events": one.events} | figure_cells(one.killed)
                for one in self.pairings
            ]
        )
        return whole_numbers(frame)

    def parties_frame(self) -> pd.DataFrame:
        """A row a party and role: role, name, events, killed figures, and events by standing."""
        import pandas as pd  # noqa: PLC0415

        frame = pd.DataFrame(
            [
                {"role": str(role), "name": one.name, "events": one.events}
                | figure_cells(one.killed)
                | {str(standing): one.standings.get(standing) for standing in Standing}
                for role, some in ((Role.PERPETRATOR, self.perpetrators), (Role.TARGET, self.targets))
                for one in some
            ]
        )
        return whole_numbers(frame)


def parties(
    book: Casebook,
    selection: Selection | None = None,
    *,
    top: int = TOP,
    standing: Standing | str | None = None,
    is_directed: bool = True,
) -> Parties:
    """Events and deaths by perpetrator and target, as the reports name them.

    The `top` of each are told apart, all others together.  With a `standing` only perpetrators
    named in that way count: those who claim it, are accused, deny it, or are reported.  Not
    directed, the pairings are dyads, whoever did it to whom, of parties that are both named.

    Raises `NotAnswerable` where there are no events, or none that names anybody so.
    """
    selection = selection or Selection()
    standing = None if standing is None else Standing(standing)
    if top < 1:
        raise NotAnswerable("one party or more must be told apart: ask for a higher number of them (--top)")
    table = book.browse.table(selection.wanted)
    refuse_nothing(table, selection)
    named, open_roles = book.browse.standings_of_events(table), book.browse.roles(selection.wanted)
    rows, roles = rows_named(open_roles, named), without_withheld(open_roles)
    doing, suffering = in_role(roles, Role.PERPETRATOR), in_role(roles, Role.TARGET)
    asked = np.ones(len(table), dtype=np.bool_)
    if standing is not None:
        doing = of_standing(roles, named, rows, standing)
        asked[:] = False
        asked[roles.event[doing]] = True
        suffering &= asked[roles.event]
    if not (doing.any() or suffering.any()):
        so = f"has a perpetrator who is {_SAID[standing]}" if standing else "names a perpetrator or a target"
        raise NotAnswerable(f"of {asked_words(selection)}, none {so}")
    doers, targets = (ranking_of(roles, some, top) for some in (doing, suffering))
    done = matrix_of(roles, doing, doers, asked, has_nobody=True)
    suffered = matrix_of(roles, suffering, targets, asked, has_nobody=True)
    add = _adding(table, asked)
    pairings = (
        tuple(_pairings(add, doers, targets, lambda weights: done.T @ weights @ suffered))
        if is_directed
        else _dyads(add, roles, (doing, suffering), asked, top)
    )
    several = int((names_several(roles, doing | suffering, len(table)) & asked).sum())
    return Parties(
        asked_words(selection),
        table.revision,
        is_directed,
        standing,
        int(asked.sum()),
        sum_of(killed_of(table), asked),
        tuple(_counted(add, done, doers, standings_by(roles, named, rows, doers, doing))),
        tuple(_counted(add, suffered, targets, {})),
        pairings,
        several,
        tuple(_notices(several, standing, is_directed=is_directed)),
    )


Weighed = Callable[[Callable[[Matrix], Matrix]], tuple[Matrix, ...]]
"""Gives what a product of matrices comes to in events, killed (low, best, high), and with a number."""


def _adding(table: EventTable, asked: Flags) -> Weighed:
    low, best, high = killed_of(table)
    known = (best != MISSING) & asked
    ones: list[Numbers] = [asked.astype(np.int64)]
    ones += [np.where(known, figure, 0) for figure in (low, best, high)]
    weights = [sparse.diags_array(one, dtype=np.int64) for one in (*ones, known.astype(np.int64))]
    return lambda product: tuple(product(weight) for weight in weights)


def _pairings(
    add: Weighed, doers: Ranking, targets: Ranking, product: Callable[[Matrix], Matrix]
) -> Iterator[Pairing]:
    """The pairings with events, by the order of perpetrators and then of targets."""
    events, low, best, high, known = (one.toarray() for one in add(product))
    for row, column in np.argwhere(events > 0).tolist():
        count, with_number = int(events[row, column]), int(known[row, column])
        at = row, column
        killed = Sum(int(low[at]), int(best[at]), int(high[at]), with_number, count - with_number)
        yield Pairing(doers.names[row], targets.names[column], count, killed)


def _dyads(
    add: Weighed, roles: RoleRows, rows: tuple[Flags, Flags], asked: Flags, top: int
) -> tuple[Pairing, ...]:
    """Pairs of parties of which one did it to the other, those in most events first."""
    ranking = ranking_of(roles, rows[0] | rows[1], top)
    done, suffered = (matrix_of(roles, one, ranking, asked, has_nobody=False) for one in rows)
    both = done.multiply(suffered).tocsr()

    def product(weights: Matrix) -> Matrix:
        one_way = done.T @ weights @ suffered
        # An event in which each is named on both sides is one event, not two.
        either = one_way + one_way.T - both.T @ weights @ both
        own = sparse.diags_array((both.T @ weights @ both).diagonal(), dtype=np.int64)
        return sparse.triu(either, k=1) + own

    found = _pairings(add, ranking, ranking, product)
    return tuple(sorted(found, key=lambda one: -one.events))


def _counted(
    add: Weighed, matrix: Matrix, ranking: Ranking, standings: Mapping[str, Mapping[Standing, int]]
) -> Iterator[Party]:
    everybody = np.ones(matrix.shape[0], dtype=np.int64)
    events, low, best, high, known = add(lambda weights: (weights @ everybody) @ matrix)
    for at, name in enumerate(ranking.names):
        if events[at]:
            with_number, without = int(known[at]), int(events[at] - known[at])
            killed = Sum(int(low[at]), int(best[at]), int(high[at]), with_number, without)
            told = standings.get(name, {}) if at != ranking.nobody else {}
            yield Party(name, int(events[at]), killed, told)


def _notices(several: int, standing: Standing | None, *, is_directed: bool) -> Iterator[str]:
    if several:
        rows = "rows and columns" if is_directed else "dyads"
        yield (
            f"An event with several perpetrators or targets stands in several {rows} ({several:,} such): "
            "these add up to more than the total, in deaths too."
        )
    if standing is not Standing.CLAIMED:
        yield "An accusation is not a finding: perpetrators are those whom reports and speakers name."
    yield "Deaths are all that were killed in the events, whoever they were, not deaths of the target."
