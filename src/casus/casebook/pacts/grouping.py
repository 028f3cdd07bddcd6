"""Which tellings and agreements by hand are of one agreement.

Tellings with the same name and the same parties are of one, in any order of the parties.  What
people joined and parted is laid over that in the order in which they did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_agreement, json_text
from casus.casebook.features import folded_name
from casus.casebook.pacts.records import PactDecision, PactDecisionKind
from casus.model import Agreement

Label = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a report tells of an agreement, now or in an earlier reading, by its number."""

    number: int
    report: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Group:
    """The numbers of tellings and agreements by hand of one agreement; `rejected` is by which decision."""

    numbers: tuple[int, ...]
    rejected: int | None


def groups_of(
    tellings: Iterable[Telling],
    by_hand: Iterable[int],
    decisions: Sequence[PactDecision],
    now_of: Mapping[int, int],
) -> list[Group]:
    """The groups; `now_of` gives for a number of an earlier reading the one that it has now."""
    labels: dict[int, Label] = {one.number: _told_alike(one.agreement) for one in tellings}
    labels |= {number: ("by hand", number) for number in by_hand}
    for decision in decisions:
        if decision.withdrawn_at is not None:
            continue
        about = [now for number in decision.about if (now := now_of.get(number, number)) in labels]
        match decision.kind:
            case PactDecisionKind.JOIN:
                _join(labels, about)
            case PactDecisionKind.PART:
                labels |= dict.fromkeys(about, ("parted", decision.number))
            case PactDecisionKind.REJECT:
                labels |= dict.fromkeys(about, ("rejected", decision.number))
            case PactDecisionKind.ADD | PactDecisionKind.CORRECT:
                pass
    grouped: defaultdict[Label, list[int]] = defaultdict(list)
    for number in sorted(labels):
        grouped[labels[number]].append(number)
    return [
        Group(tuple(numbers), int(str(label[1])) if label[0] == "rejected" else None)
        for label, numbers in grouped.items()
    ]


def _told_alike(agreement: Agreement) -> Label:
    parties = frozenset(folded_name(party) for party in agreement.parties)
    return "told", folded_name(agreement.name), parties


def _join(labels: dict[int, Label], about: Sequence[int]) -> None:
    """Put all that is labelled as some tellings are together."""
    joined = {labels[number] for number in about}
    if len(joined) > 1:
        first = labels[about[0]]
        labels |= {number: first for number, label in labels.items() if label in joined}


def numbers_now(
    connection: Connection, asked: Collection[int], tellings: Sequence[Telling]
) -> dict[int, int]:
    """For numbers of tellings of earlier readings: the telling in the reading of now that is the same.

    It is the one in the same report with the same name, else the only one whose words overlap.
    """
    known = {one.number for one in tellings}
    by_report: defaultdict[int, list[Telling]] = defaultdict(list)
    for one in tellings:
        by_report[one.report].append(one)
    found: dict[int, int] = {}
    for some in chunks(sorted(set(asked) - known)):
        query = (
            sa.select(t.agreement.c.number, t.reading.c.report, json_text(t.agreement.c.record))
            .join(t.reading, t.reading.c.number == t.agreement.c.reading)
            .where(t.agreement.c.number.in_(some))
        )
        for row in connection.execute(query):
            now = _same(decoded_agreement(row.record), by_report[row.report])
            if now is not None:
                found[row.number] = now
    return found


def _same(before: Agreement, here: Sequence[Telling]) -> int | None:
    named = [one for one in here if folded_name(one.agreement.name) == folded_name(before.name)]
    overlapping = [one for one in named or here if _overlap(before, one.agreement)]
    if overlapping and (named or len(overlapping) == 1):
        return overlapping[0].number
    return named[0].number if named else None


def _overlap(one: Agreement, other: Agreement) -> bool:
    return one.quote.start_char < other.quote.end_char and other.quote.start_char < one.quote.end_char
