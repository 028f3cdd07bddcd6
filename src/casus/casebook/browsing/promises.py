"""What parties of an agreement undertook, what bears on it, and who says that they broke their word.

Neither is a finding: an event that bears on a commitment is one to look at, and an allegation
is what somebody says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t
from casus.casebook.browsing.records import AgreementRow, Allegation, PartyAct, Promise
from casus.casebook.chunks import chunks
from casus.casebook.claims_by_hand import CLAIM_KINDS
from casus.casebook.coding import decoded_claim, json_text
from casus.casebook.features import folded_name
from casus.casebook.pacts.bearing import actors_of, bearing_of, has_acted, is_kind, is_past, is_there
from casus.casebook.pacts.naming import keys_of
from casus.casebook.pacts.records import Undertaking
from casus.casebook.tellings import accounts_of, head_of, report_columns
from casus.model import Claim, ClaimKind

_BREACH = re.compile(
    r"\b(?:violat|breach|flout|renege)\w*"
    r"|\b(?:break|breaks|breaking|broke|broken)\b.{0,40}?\b(?:accord|agreement|armistice|ceasefire|cease-fire|"
    r"deal|pact|promise|truce|word)\b",
    re.IGNORECASE | re.DOTALL,
)


def promises_of(
    row: AgreementRow,
    after: Sequence[PartyAct],
    aimed_at: Callable[[str], Collection[str]] = lambda _: frozenset(),
) -> tuple[Promise, ...]:
    """The commitments of an agreement, in the order in which they are told, with what bears on each.

    `aimed_at` gives the events of which somebody, by name, is a target.
    """
    return tuple(_promise(row, one, after, aimed_at) for one in row.commitments)


def _promise(
    row: AgreementRow,
    undertaking: Undertaking,
    after: Sequence[PartyAct],
    aimed_at: Callable[[str], Collection[str]],
) -> Promise:
    words = folded_name(undertaking.by), folded_name(undertaking.text)
    told = tuple(
        (one.report, said)
        for one in row.told
        for said in one.agreement.commitments
        if (folded_name(said.by), folded_name(said.text)) == words
    )
    bearing = bearing_of(undertaking, row.parties)
    own = [act for act in after if has_acted(bearing, act)]
    hits = aimed_at(bearing.target) if bearing.target else None
    meant = [act for act in own if is_kind(bearing, act) and (hits is None or act.event in hits)]
    there = [act for act in meant if is_there(bearing, act)]
    unplaced = sum(is_there(bearing, act) is None for act in meant)
    return Promise(
        undertaking.by,
        undertaking.text,
        undertaking.deadline,
        told,
        tuple(act for act in there if not is_past(act, undertaking.deadline)),
        tuple(act for act in there if is_past(act, undertaking.deadline)),
        bearing,
        len(own) - len(there) - unplaced,
        unplaced,
    )


def allegations_of(
    connection: Connection, row: AgreementRow, after: Sequence[PartyAct], day: date | None
) -> tuple[Allegation, ...]:
    """The claims that a party broke its word, the first published first.

    They are accusations of a party, or of nobody by name, in words of a breach, in the reports
    that tell of the agreement and in accounts of what its parties did and suffered after it.
    """
    keys = {key for name in actors_of(row.commitments, row.parties) for key in keys_of(name)}
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


def _in_accounts(connection: Connection, after: Sequence[PartyAct]) -> Iterator[tuple[int, Allegation]]:
    for some in chunks([act.event for act in after]):
        for event_id, accounts in accounts_of(connection, _with_accusations(connection, some)).items():
            for account in accounts:
                for number, claim in account.claims:
                    if claim.kind is ClaimKind.ACCUSATION:
                        yield number, Allegation(claim, account.report, event_id)


def _with_accusations(connection: Connection, events: Sequence[str]) -> list[str]:
    """Those of some events in whose accounts somebody accuses, or people changed claims."""
    link, told, decided = t.link.c, t.reported_event.c, t.decision.c
    is_linked = sa.and_(link.event.in_(events), link.until.is_(None))
    read = (
        sa.select(link.event)
        .join(t.reported_event, sa.and_(told.key == link.key, told.ended_at.is_(None)))
        .join(t.claim, sa.and_(t.claim.c.reading == told.reading, t.claim.c.key == told.key))
        .where(is_linked, t.claim.c.kind == ClaimKind.ACCUSATION)
    )
    by_hand = (
        sa.select(link.event)
        .join(t.decision_key, t.decision_key.c.key == link.key)
        .join(t.decision, decided.number == t.decision_key.c.decision)
        .where(is_linked, decided.kind.in_(sorted(CLAIM_KINDS)), decided.withdrawn_at.is_(None))
    )
    return sorted({*connection.scalars(read), *connection.scalars(by_hand)})


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
