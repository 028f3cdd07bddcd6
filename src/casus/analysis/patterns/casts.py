"""Who is in which part of events, as numbers: the first parties told apart, all others as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from casus.casebook.browsing.columns import Flags, Numbers
from casus.casebook.browsing.tables import RoleRows, StandingRows, Words
from casus.casebook.records import Role, Standing

NOBODY = "nobody named"
WITHHELD = "[name withheld]"
OTHERS = "others"
_ROLES = tuple(Role)

Matrix = Any
"""A sparse matrix of events by parties, 1 where the event names the party."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The parties that are told apart, those in most events first.

    `number` holds the number of each actor's party; the last two of `names` are all others, and
    nobody, whether there are any or not.
    """

    names: tuple[str, ...]
    number: Numbers

    @property
    def others(self) -> int:
        """The number of all others."""
        return len(self.names) - 2

    @property
    def nobody(self) -> int:
        """The number of nobody."""
        return len(self.names) - 1


def without_withheld(roles: RoleRows) -> RoleRows:
    """The same rows; all whose names are withheld are one actor, whose name says so."""
    actors, names = (*roles.actor.words, WITHHELD), (*roles.name.words, WITHHELD)
    return RoleRows(
        roles.event,
        roles.role,
        Words(np.where(roles.is_withheld, len(actors) - 1, roles.actor.codes), actors),
        Words(np.where(roles.is_withheld, len(names) - 1, roles.name.codes), names),
        roles.is_withheld,
    )


def in_role(roles: RoleRows, role: Role) -> Flags:
    """Which rows are of a part."""
    flags: Flags = roles.role == _ROLES.index(role)
    return flags


def ranking_of(roles: RoleRows, rows: Flags, top: int) -> Ranking:
    """The parties of some rows; an actor under two names in an event counts there once."""
    _, actor = _once(roles.event[rows], roles.actor.codes[rows])
    counts = np.bincount(actor, minlength=len(roles.actor.words)).tolist()
    names, keys = _usual_names(roles), roles.actor.words
    present = [one for one, count in enumerate(counts) if count]
    first = sorted(present, key=lambda one: (-counts[one], names[one], keys[one]))[:top]
    number = np.full(len(keys), len(first), dtype=np.int64)
    number[first] = np.arange(len(first))
    told = tuple(_distinct([names[one] for one in first], [keys[one] for one in first]))
    return Ranking((*told, OTHERS, NOBODY), number)


def matrix_of(roles: RoleRows, rows: Flags, ranking: Ranking, asked: Flags, *, has_nobody: bool) -> Matrix:
    """The parties of events in some rows; the events asked for that have none have nobody."""
    event, party = _once(roles.event[rows], ranking.number[roles.actor.codes[rows]])
    if has_nobody:
        is_named = np.zeros(len(asked), dtype=np.bool_)
        is_named[event] = True
        alone = np.flatnonzero(asked & ~is_named)
        event = np.concatenate((event, alone))
        party = np.concatenate((party, np.full(len(alone), ranking.nobody, dtype=np.int64)))
    shape = (len(asked), len(ranking.names))
    return sparse.csr_array((np.ones(len(event), dtype=np.int64), (event, party)), shape=shape)


def names_several(roles: RoleRows, rows: Flags, size: int) -> Flags:
    """Which of so many events name several actors in one part, in some rows."""
    flags = np.zeros(size, dtype=np.bool_)
    for role in Role:
        here = rows & in_role(roles, role)
        event, _ = _once(roles.event[here], roles.actor.codes[here])
        flags |= np.bincount(event, minlength=size) > 1
    return flags


def rows_named(roles: RoleRows, named: StandingRows) -> Numbers:
    """The row of the perpetrator that each way of being named is about; -1 where there is none."""
    doers = np.flatnonzero(in_role(roles, Role.PERPETRATOR))
    number_of = {word: number for number, word in enumerate(roles.actor.words)}
    size = len(number_of)
    actor = np.array([number_of.get(word, size) for word in named.actor.words], dtype=np.int64)
    keys = roles.event[doers] * (size + 1) + roles.actor.codes[doers]
    wanted = named.event * (size + 1) + actor[named.actor.codes]
    order = np.argsort(keys, kind="stable")
    at = np.minimum(np.searchsorted(keys[order], wanted), max(0, len(keys) - 1))
    found: Numbers = np.full(len(wanted), -1, dtype=np.int64)
    if len(keys):
        row = order[at]
        is_there = keys[row] == wanted
        found[is_there] = doers[row[is_there]]
    return found


def of_standing(roles: RoleRows, named: StandingRows, rows: Numbers, standing: Standing) -> Flags:
    """Which rows are of perpetrators who are named in a way; `rows` are those of `rows_named`."""
    flags = np.zeros(len(roles.event), dtype=np.bool_)
    flags[rows[(rows >= 0) & _is_so(named, standing)]] = True
    return flags


def standings_by(
    roles: RoleRows, named: StandingRows, rows: Numbers, ranking: Ranking, doing: Flags
) -> Mapping[str, Mapping[Standing, int]]:
    """In how many events each party of some rows of perpetrators is named in which way."""
    is_there = (rows >= 0) & doing[rows]
    found: dict[str, dict[Standing, int]] = {name: {} for name in ranking.names}
    for way in Standing:
        so = is_there & _is_so(named, way)
        _, party = _once(named.event[so], ranking.number[roles.actor.codes[rows[so]]])
        counts = np.bincount(party, minlength=len(ranking.names)).tolist()
        for name, count in zip(ranking.names, counts, strict=True):
            found[name][way] = count
    return found


def _is_so(named: StandingRows, standing: Standing) -> Flags:
    flags: Flags = named.standing.codes == named.standing.words.index(standing)
    return flags


def _once(event: Numbers, party: Numbers) -> tuple[Numbers, Numbers]:
    """Each party once an event."""
    size = int(party.max(initial=0)) + 1
    pairs = np.unique(event * size + party)
    return pairs // size, pairs % size


def _usual_names(roles: RoleRows) -> dict[int, str]:
    """The name that each actor is most used with; of equal ones the first in the alphabet."""
    size = len(roles.name.words)
    pairs, counts = np.unique(roles.actor.codes * size + roles.name.codes, return_counts=True)
    found: dict[int, tuple[int, str]] = {}
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        actor, name = divmod(pair, size)
        rank = (-count, roles.name.words[name])
        found[actor] = min(found.get(actor, rank), rank)
    return {actor: name for actor, (_, name) in found.items()}


def _distinct(names: list[str], keys: list[str]) -> Iterator[str]:
    """Names, with their keys where several actors have one, or a name means something else here."""
    for name, key in zip(names, keys, strict=True):
        yield f"{name} ({key})" if names.count(name) > 1 or name in (OTHERS, NOBODY) else name
