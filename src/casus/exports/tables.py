"""The tables beside the events: tolls, claims, accounts and reports, as rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from casus.casebook.dossiers import Dossier
from casus.exports.cells import Value

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its type (as Frictionless names types), what is in it."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table: its columns, what makes a row unique, which columns point at which table."""

    name: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...]  # column, table, its column


TOLLS = TableForm(
    "tolls",
    "How many were harmed: one row an event, harm and category, over all sources.",
    (
        Field("event", "string", "Identifier of the event."),
        Field("harm", "string", "What was done to people."),
        Field("category", "string", "To whom: civilians, security_forces, militants or unknown."),
        Field("low", "integer", "Lowest figure; empty: no number."),
        Field("best", "integer", "Best figure; empty: no number."),
        Field("high", "integer", "Highest figure; empty: no number."),
    ),
    ("event", "harm", "category"),
    (("event", "events", "id"),),
)
CLAIMS = TableForm(
    "claims",
    "Who says what: one row a statement.",
    (
        Field("number", "integer", "Number of the claim in the casebook."),
        Field("event", "string", "Identifier of the event."),
        Field("account", "string", "The report's account of the event that the claim stands in."),
        Field(
            "kind", "string",
            "toll, responsibility, denial, accusation, circumstance, control or commitment.",
        ),
        Field("speaker", "string", "Who says so; empty: somebody who is not named."),
        Field("role", "string", "What the speaker is."),
        Field("affiliation", "string", "Whom the speaker speaks for."),
        Field("is_anonymous", "boolean", "The report does not name the speaker."),
        Field("actor", "string", "Whom the claim is about."),
        Field("harm", "string", "Of a toll: what was done to people."),
        Field("category", "string", "Of a toll: to whom."),
        Field("low", "integer", "Of a toll: lowest figure."),
        Field("high", "integer", "Of a toll: highest figure."),
        Field("tags", "string", "Marks of the claim, joined by '; '."),
        Field("quote", "string", "The words of the statement."),
    ),
    ("number",),
    (("event", "events", "id"), ("account", "accounts", "key")),
)  # fmt: skip
ACCOUNTS = TableForm(
    "accounts",
    "Which report tells of which event, and for which independent source.",
    (
        Field("key", "string", "Key of the account in the casebook."),
        Field("event", "string", "Identifier of the event."),
        Field("report", "integer", "Number of the report."),
        Field("source", "string", "The independent source that it counts for; copies share one."),
        Field("is_main", "boolean", "The event is what the report is about."),
        Field("event_type", "string", "Kind of event, as this report tells it."),
        Field("start", "date", "First day, as this report tells it."),
        Field("end", "date", "Last day, as this report tells it."),
        Field("place", "string", "Place, as this report tells it."),
    ),
    ("key",),
    (("event", "events", "id"), ("report", "reports", "number")),
)
REPORTS = TableForm(
    "reports",
    "The reports that tell of the events, without their texts.",
    (
        Field("number", "integer", "Number of the report in the casebook."),
        Field("hash", "string", "SHA-256 of text, publisher, date and address."),
        Field("title", "string", "Title."),
        Field("publisher", "string", "Publisher."),
        Field("published_on", "date", "Publication date."),
        Field("url", "string", "Address."),
        Field("credit", "string", "Agency that the text is from, as it says itself."),
    ),
    ("number",),
    (),
)


@dataclass(slots=True)
class Reported:
    """Gives each report once, however many events it tells of."""

    seen: set[int] = field(default_factory=set)
    publishers: dict[str, None] = field(default_factory=dict)

    def rows(self, dossier: Dossier) -> Iterator[Row]:
        """The rows of `REPORTS` that are new with an event."""
        for one in dossier.told:
            report = one.report
            if report.number in self.seen:
                continue
            self.seen.add(report.number)
            self.publishers.setdefault(report.publisher or report.source)
            yield (
                report.number,
                report.hash,
                report.title,
                report.publisher,
                report.published_on,
                report.url,
                report.credit,
            )


def toll_rows(dossier: Dossier) -> Iterator[Row]:
    """The rows of `TOLLS` of an event."""
    for row in dossier.event.tolls:
        yield (dossier.event.id, str(row.harm), str(row.category), row.low, row.best, row.high)


def claim_rows(dossier: Dossier) -> Iterator[Row]:
    """The rows of `CLAIMS` of an event."""
    for one in dossier.told:
        for number, claim in one.claims:
            speaker = claim.speaker
            yield (
                number,
                dossier.event.id,
                one.key,
                str(claim.kind),
                speaker.name,
                speaker.role,
                speaker.affiliation,
                speaker.is_anonymous,
                claim.actor.name if claim.actor else None,
                str(claim.harm) if claim.harm else None,
                str(claim.category) if claim.category else None,
                claim.low,
                claim.high,
                "; ".join(claim.tags) or None,
                dossier.quotes.get(number),
            )


def account_rows(dossier: Dossier) -> Iterator[Row]:
    """The rows of `ACCOUNTS` of an event."""
    for one in dossier.told:
        event = one.event
        yield (
            one.key,
            dossier.event.id,
            one.report.number,
            one.report.source,
            event.is_main,
            str(event.event_type),
            event.when.start,
            event.when.end,
            event.where.name,
        )


def side_tables() -> tuple[tuple[TableForm, Callable[[Dossier], Iterator[Row]]], ...]:
    """The tables beside the events, each with what gives its rows; `Reported` is new with each call."""
    return (
        (TOLLS, toll_rows),
        (ACCOUNTS, account_rows),
        (CLAIMS, claim_rows),
        (REPORTS, Reported().rows),
    )
