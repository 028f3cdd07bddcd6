"""What parties of an agreement undertook, what bears on it, and who says that they broke their word.

Neither is a finding: an event that bears on a commitment is one to look at, and an allegation
is what somebody says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import AgreementRow, Allegation, PartyEvent, Promise
from casus.casebook.chunks import chunks
from casus.casebook.coding import decoded_claim, json_text
from casus.casebook.features import folded_name
from casus.casebook.records import ReportHead, Role
from casus.casebook.tellings import accounts_of, head_of, report_columns
from casus.model import Claim, ClaimKind, Commitment
from casus.resolving.actors import ActorRegistry

_MOST_EVENTS = 500
_BREACH = re.compile(
    r"\b(?:violat|breach|flout|renege)\w*"
    r"|\b(?:break|breaks|breaking|broke|broken)\b.{0,40}?\b(?:accord|agreement|armistice|ceasefire|cease-fire|"
    r"deal|pact|promise|truce|word)\b",
    re.IGNORECASE | re.DOTALL,
)


def keys_of(party: str) -> set[str]:
    """What a party may be found by: its folded name, and its key in the registry."""
    keys = {folded_name(party) or party}
    mentions = ActorRegistry.load().find(party)
    if mentions and mentions[0].entry.id is not None:
        keys.add(mentions[0].entry.id)
    return keys


def promises_of(row: AgreementRow, after: Sequence[PartyEvent]) -> tuple[Promise, ...]:
    """The commitments of an agreement, each once, in the order in which they are told."""
    told: defaultdict[tuple[str | None, str | None], list[tuple[ReportHead, Commitment]]] = defaultdict(list)
    for one in row.told:
        for commitment in one.agreement.commitments:
            told[folded_name(commitment.by), folded_name(commitment.text)].append((one.report, commitment))
    return tuple(_promise(row, some, after) for some in told.values())


def _promise(
    row: AgreementRow, told: Sequence[tuple[ReportHead, Commitment]], after: Sequence[PartyEvent]
) -> Promise:
    first = told[0][1]
    deadline = next((one.deadline for _, one in told if one.deadline), None)
    keys = keys_of(first.by)
    own = {party for party in row.parties if keys & keys_of(party)} or set(row.parties)
    return Promise(
        first.by,
        first.text,
        deadline,
        tuple(told),
        tuple(
            one
            for one in after
            if any(party in own and role is Role.PERPETRATOR for party, role in one.parties)
            and not _is_past(one, deadline)
        ),
    )


def _is_past(one: PartyEvent, deadline: str | None) -> bool:
    """Whether an event was after a deadline; one of a month or a year goes on to its end."""
    start = one.row.event.when.start
    return bool(start and deadline and start.isoformat()[: len(deadline)] > deadline)


def allegations_of(
    connection: Connection, row: AgreementRow, after: Sequence[PartyEvent], day: date | None
) -> tuple[Allegation, ...]:
    """The claims that a party broke its word, the first published first.

    They are accusations of a party, or of nobody by name, in words of a breach, in the reports
    that tell of the agreement and in accounts of what its parties did and suffered after it.
    """
    keys = {key for party in row.parties for key in keys_of(party)}
    of_agreement = {one.report.number for one in row.told}
    found: dict[int, Allegation] = {}
    for number, one in (*_in_accounts(connection, after), *_in_reports(connection, sorted(of_agreement))):
        actor = one.claim.actor
        names = {actor.registry_id, folded_name(actor.name)} if actor is not None else set()
        is_meant = not keys.isdisjoint(names) if names else one.report.number in of_agreement
        published = one.report.published_on
        if is_meant and (day is None or published is None or published >= day):
            found[number] = one
    worded = _in_words_of_a_breach(connection, found)
    return tuple(
        sorted(worded, key=lambda one: (one.report.published_on or date.max, one.claim.quote.start_char))
    )


def _in_accounts(connection: Connection, after: Sequence[PartyEvent]) -> Iterator[tuple[int, Allegation]]:
    ids = [one.row.id for one in after[:_MOST_EVENTS]]
    for event_id, accounts in accounts_of(connection, ids).items():
        for account in accounts:
            for number, claim in account.claims:
                if claim.kind is ClaimKind.ACCUSATION:
                    yield number, Allegation(claim, account.report, event_id)


def _in_reports(connection: Connection, reports: Sequence[int]) -> Iterator[tuple[int, Allegation]]:
    """The accusations in some reports that are of no one event."""
    claim = t.claim.c
    for some in chunks(reports):
        query = (
            sa.select(*report_columns(), claim.number.label("told_as"), json_text(claim.record))
            .select_from(t.claim)
            .join(t.reading, sa.and_(t.reading.c.number == claim.reading, t.reading.c.ended_at.is_(None)))
            .join(t.report, t.report.c.number == t.reading.c.report)
            .where(t.report.c.number.in_(some), claim.key.is_(None), claim.kind == ClaimKind.ACCUSATION)
        )
        for row in connection.execute(query):
            yield row.told_as, Allegation(decoded_claim(row.record), head_of(row), None)


def _in_words_of_a_breach(connection: Connection, found: dict[int, Allegation]) -> Iterable[Allegation]:
    texts: dict[int, str] = {}
    for some in chunks(sorted({one.report.number for one in found.values()})):
        query = sa.select(t.report.c.number, t.report.c.text).where(t.report.c.number.in_(some))
        texts |= {row.number: row.text for row in connection.execute(query)}
    return [one for one in found.values() if _BREACH.search(_words(texts[one.report.number], one.claim))]


def _words(text: str, claim: Claim) -> str:
    return text[claim.quote.start_char : claim.quote.end_char]
