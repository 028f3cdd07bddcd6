"""The deadliest events of a report with who says what of them, and where sources disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from casus.analysis.report.records import Account, Cited, Said, Saying, TollLine
from casus.casebook.book import Casebook
from casus.casebook.browsing.columns import MISSING
from casus.casebook.browsing.tables import EventTable
from casus.casebook.dossiers import Dossier
from casus.casebook.records import EventFilter, EventWhere, ReportHead
from casus.exports.redacting import redacted
from casus.model import ClaimKind, EventDate, Harm, Place
from casus.output.wording import (
    claim_words,
    figure_words,
    harm_words,
    speaker_words,
    when_words,
    where_words,
    words_of,
)
from casus.resolving.countries import CountryTable

MOST_ACCOUNTS = 10
MOST_SAYINGS = 12
_ORDER = tuple(
    map(
        str,
        (
            ClaimKind.TOLL,
            ClaimKind.RESPONSIBILITY,
            ClaimKind.DENIAL,
            ClaimKind.ACCUSATION,
            ClaimKind.CONTROL,
            ClaimKind.COMMITMENT,
            ClaimKind.CIRCUMSTANCE,
        ),
    )
)


def deadliest(book: Casebook, table: EventTable) -> tuple[Account, ...]:
    """The events in which most people were killed, by the best figures, the deadliest first."""
    best = table.numbers["killed_best"]
    found = [
        row for row in np.lexsort((np.array(table.ids), -best)).tolist() if best[row] not in (MISSING, 0)
    ]
    ids = [table.ids[row] for row in found[:MOST_ACCOUNTS]]
    if not ids:
        return ()
    killed = {
        table.ids[row]: figure_words(
            *(int(table.numbers[f"killed_{part}"][row]) for part in ("low", "best", "high"))
        )
        for row in found[:MOST_ACCOUNTS]
    }
    countries = CountryTable.load()
    dossiers = {one.event.id: redacted(one) for one in book.dossiers(EventFilter(ids=tuple(ids)))}
    return tuple(account_of(dossiers[one], killed[one], countries) for one in ids if one in dossiers)


def account_of(dossier: Dossier, killed: str, countries: CountryTable) -> Account:
    """What is told of an event; names that are withheld are to be out of the dossier."""
    event = dossier.event
    sayings = sorted(_sayings(dossier), key=lambda one: _ORDER.index(one.kind))
    return Account(
        event.id,
        words_of(event.event_type),
        when_words(EventDate(event.when.start, event.when.end, event.when.precision)),
        _capital(where_words(_place(event.where), countries)),
        killed,
        event.grade,
        event.grade_reason,
        event.is_reviewed,
        tuple((one.name, ", ".join(words_of(way) for way in one.standings)) for one in event.perpetrators),
        tuple(one.name for one in event.targets),
        tuple(_tolls(dossier)),
        tuple(
            (one.field.replace("_", " "), _alike((what, source, None) for source, what in one.says))
            for one in event.disputes
        ),
        tuple(sayings[:MOST_SAYINGS]),
        max(0, len(sayings) - MOST_SAYINGS),
        tuple(cited(told.report) for told in dossier.told),
    )


def cited(report: ReportHead) -> Cited:
    """A report as a reader can find it; only an address of the web is told as one."""
    url = report.url if report.url and report.url.startswith(("http://", "https://")) else None
    return Cited(report.publisher or report.name, report.published_on, report.title, url)


def _tolls(dossier: Dossier) -> Iterator[TollLine]:
    for row in sorted(dossier.event.tolls, key=lambda one: list(Harm).index(one.harm)):
        yield TollLine(
            harm_words(row.harm, row.category),
            figure_words(row.low, row.best, row.high),
            _alike(
                (figure_words(one.low, one.best, one.high), one.source, one.published_on)
                for one in row.figures
            ),
        )


def _alike(said: Iterable[tuple[str, str, date | None]]) -> tuple[Said, ...]:
    """What is said with who says so and when, those who say the same together."""
    sources: defaultdict[str, list[tuple[str, date | None]]] = defaultdict(list)
    for what, source, day in said:
        sources[what].append((source, day))
    return tuple(Said(what, tuple(some)) for what, some in sources.items())


def _sayings(dossier: Dossier) -> Iterator[Saying]:
    """What is claimed, each in the words of a report; the same words of the same report once."""
    seen: set[tuple[str, str, str]] = set()
    for told in dossier.told:
        for number, claim in told.claims:
            quote = " ".join(dossier.quotes.get(number, "").split())
            kind, says = str(claim.kind), claim_words(claim)
            if (kind, says, quote) not in seen:
                seen.add((kind, says, quote))
                yield Saying(kind, speaker_words(claim.speaker), says, quote, cited(told.report))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _place(where: EventWhere) -> Place:
    return Place(where.name, where.country_code, where.adm1, where.adm2)
