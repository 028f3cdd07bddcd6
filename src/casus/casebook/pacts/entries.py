"""The entries of the register: what reports tell of each agreement, what people entered and decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import AgreementRow, AgreementTold
from casus.casebook.coding import decoded_agreement, json_text
from casus.casebook.features import folded_name
from casus.casebook.pacts.checking import decoded_pact, decoded_undertakings, encoded_undertaking
from casus.casebook.pacts.decision_rows import all_decisions
from casus.casebook.pacts.grouping import Group, Telling, groups_of, numbers_now
from casus.casebook.pacts.naming import keys_of
from casus.casebook.pacts.records import (
    PactByHand,
    PactCorrection,
    PactDecision,
    PactDecisionKind,
    PactEntered,
    PactField,
    Undertaking,
)
from casus.casebook.tellings import head_of, report_columns
from casus.model import Agreement


@dataclass(frozen=True, slots=True)
class Register:
    """All entries, the latest agreed first, and all decisions about them.

    `now_of` gives for the number of a telling of an earlier reading the one that it has now.
    """

    rows: tuple[AgreementRow, ...] = ()
    rejected: tuple[AgreementRow, ...] = ()
    decisions: tuple[PactDecision, ...] = ()
    now_of: Mapping[int, int] = field(default_factory=dict)

    def row_with(self, number: int) -> AgreementRow | None:
        """The entry that a telling or an agreement by hand is of, rejected ones among them."""
        now = self.now_of.get(number, number)
        return next((row for row in (*self.rows, *self.rejected) if now in numbers_of(row)), None)

    def about(self, numbers: Collection[int]) -> tuple[PactDecision, ...]:
        """The decisions about some tellings, those taken back among them, in their order."""
        meant = {self.now_of.get(number, number) for number in numbers}
        return tuple(one for one in self.decisions if not meant.isdisjoint(self.about_now(one)))

    def about_now(self, decision: PactDecision) -> tuple[int, ...]:
        """What a decision is about, by the numbers of now."""
        return tuple(self.now_of.get(number, number) for number in decision.about)


def numbers_of(row: AgreementRow) -> tuple[int, ...]:
    """The numbers of all that an entry is made of."""
    return tuple(sorted((*(one.number for one in row.told), *(one.number for one in row.by_hand))))


def register_of(connection: Connection) -> Register:
    """The register as it is now."""
    decisions = all_decisions(connection)
    told = {one.number: one for one in _told(connection)}
    entered = {one.number: one for one in _entered(connection, decisions)}
    tellings = [Telling(one.number, one.report.number, one.agreement) for one in told.values()]
    asked = {number for decision in decisions for number in decision.about} - entered.keys()
    now_of = numbers_now(connection, asked, tellings)
    bare = Register(decisions=decisions, now_of=now_of)
    about: defaultdict[int, list[PactDecision]] = defaultdict(list)
    leads: defaultdict[int, list[PactDecision]] = defaultdict(list)
    for decision in decisions:
        there = [number for number in bare.about_now(decision) if number in told or number in entered]
        for number in there:
            about[number].append(decision)
        if decision.kind is PactDecisionKind.CORRECT and decision.withdrawn_at is None and there:
            leads[there[0]].append(decision)  # where its tellings were parted: of the part with the first
    rows = []
    for group in groups_of(tellings, entered, decisions, now_of):
        corrections = {one.number: one for number in group.numbers for one in leads[number]}
        row = _row(
            group,
            [told[number] for number in group.numbers if number in told],
            tuple(entered[number] for number in group.numbers if number in entered),
            {one.number: one for number in group.numbers for one in about[number]}.values(),
        )
        rows.append(_corrected(row, [corrections[number] for number in sorted(corrections)]))
    ordered = sorted(rows, key=lambda row: (row.agreed_on or "", row.number), reverse=True)
    return replace(
        bare,
        rows=tuple(row for row in ordered if not row.is_rejected),
        rejected=tuple(row for row in ordered if row.is_rejected),
    )


def _told(connection: Connection) -> Iterator[AgreementTold]:
    query = (
        sa.select(*report_columns(), t.agreement.c.number.label("told_as"), json_text(t.agreement.c.record))
        .select_from(t.agreement)
        .join(t.reading, sa.and_(t.reading.c.number == t.agreement.c.reading, t.reading.c.ended_at.is_(None)))
        .join(t.report, t.report.c.number == t.reading.c.report)
    )
    for row in connection.execute(query):
        yield AgreementTold(row.told_as, decoded_agreement(row.record), head_of(row))


def _entered(connection: Connection, decisions: Iterable[PactDecision]) -> Iterator[PactEntered]:
    query = sa.select(t.agreement.c.number, json_text(t.agreement.c.record))
    found = connection.execute(query.where(t.agreement.c.reading.is_(None))).all()
    records = {row.number: row.record for row in found}
    for one in decisions:
        if one.kind is PactDecisionKind.ADD and one.withdrawn_at is None:
            [number] = one.about
            yield PactEntered(number, decoded_pact(records[number]), one.by, one.at, one.reason, one.number)


def _row(
    group: Group,
    told: Sequence[AgreementTold],
    by_hand: tuple[PactEntered, ...],
    about: Iterable[PactDecision],
) -> AgreementRow:
    tellings = sorted(told, key=lambda one: (one.report.published_on or date.max, one.number))
    name, parties, agreed_on = _computed([one.agreement for one in tellings], by_hand)
    return AgreementRow(
        name,
        parties,
        agreed_on,
        tuple(tellings),
        group.numbers[0],
        by_hand,
        _undertakings(tellings, by_hand),
        is_rejected=group.rejected is not None,
        revision=sum(1 + (one.withdrawn_at is not None) for one in about),
    )


def _computed(
    told: Sequence[Agreement], by_hand: Sequence[PactEntered]
) -> tuple[str, tuple[str, ...], str | None]:
    """Name, parties and day, as reports and people give them.

    Most say the day, some only the month: the longest is the most exact, the first told of equals.
    """
    all_of_it: list[Agreement | PactByHand] = [*told, *(one.agreement for one in by_hand)]
    days = [one.agreed_on for one in all_of_it if one.agreed_on]
    return all_of_it[0].name, _parties(all_of_it), max(days, key=len, default=None)


def _parties(some: Sequence[Agreement | PactByHand]) -> tuple[str, ...]:
    """The parties of all, each once, those that the registry knows as one among them."""
    lists = [one.parties for one in some]
    if len({frozenset(map(folded_name, names)) for names in lists}) == 1:
        return lists[0]
    named: dict[str, set[str]] = {}
    for name in (name for names in lists for name in names):
        keys = keys_of(name)
        if not any(keys & others for others in named.values()):
            named[name] = keys
    return tuple(named)


def _undertakings(told: Iterable[AgreementTold], by_hand: Iterable[PactEntered]) -> tuple[Undertaking, ...]:
    """What parties undertook, each once, in the order in which it is told; with the first deadline told.

    What somebody entered stands in the place of the same words in a report: it says more.
    """
    found: dict[tuple[str | None, str | None], Undertaking] = {}
    for one in told:
        for said in one.agreement.commitments:
            key = folded_name(said.by), folded_name(said.text)
            known = found.get(key)
            if known is None:
                found[key] = Undertaking(said.by, said.text, said.deadline)
            elif known.deadline is None and said.deadline is not None:
                found[key] = replace(known, deadline=said.deadline)
    for entry in by_hand:
        for wanted in entry.agreement.commitments:
            found[folded_name(wanted.by), folded_name(wanted.text)] = wanted
    return tuple(found.values())


def field_of(row: AgreementRow, asked: PactField) -> object:
    """What an entry says in a field, as JSON has it."""
    match asked:
        case PactField.NAME:
            return row.name
        case PactField.PARTIES:
            return list(row.parties)
        case PactField.AGREED_ON:
            return row.agreed_on
        case PactField.COMMITMENTS:
            return [encoded_undertaking(one) for one in row.commitments]


def _corrected(row: AgreementRow, corrections: Sequence[PactDecision]) -> AgreementRow:
    """An entry with corrections laid over it; of several of one field the last counts.

    Where reports now say something else than when it was corrected, that is for a person to see.
    """
    computed = row
    for one in {decision.field: decision for decision in corrections}.values():
        if one.field is None:
            continue
        now = field_of(computed, one.field)
        because: tuple[str, ...] = ()
        if now not in (one.seen, one.value):
            because = (f"{one.field}: {one.by} set it (decision {one.number}); reports now say otherwise",)
        correction = PactCorrection(one.field, one.value, now, one.by, one.reason, one.number)
        row = replace(
            _with(row, one.field, one.value),
            corrections=(*row.corrections, correction),
            needs_review=(*row.needs_review, *because),
        )
    return row


def _with(row: AgreementRow, changed: PactField, value: object) -> AgreementRow:
    match changed:
        case PactField.NAME:
            return replace(row, name=str(value))
        case PactField.PARTIES:
            return replace(row, parties=tuple(map(str, value)) if isinstance(value, list | tuple) else ())
        case PactField.AGREED_ON:
            return replace(row, agreed_on=None if value is None else str(value))
        case PactField.COMMITMENTS:
            return replace(row, commitments=decoded_undertakings(value))
