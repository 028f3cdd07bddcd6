"""`casus events`, `show`, `history` and `link`: what is in a casebook, and why."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated

import typer

from casus.casebook.records import Event
from casus.cli.casebook_options import (
    ActorOption,
    CasebookOption,
    CountryOption,
    GradeOption,
    PlaceOption,
    ReviewedOption,
    SinceOption,
    TableFormat,
    TypeOption,
    UntilOption,
    open_casebook,
    wanted_events,
)
from casus.cli.casebook_views import (
    aspects_table,
    decisions_table,
    event_block,
    events_table,
    killed_of,
)
from casus.cli.consoles import notice_console, result_console
from casus.resolving.countries import CountryTable

_COLUMNS = (
    "event", "start", "end", "type", "country", "adm1", "adm2", "place", "latitude", "longitude",
    "precision", "perpetrators", "targets", "killed_low", "killed_best", "killed_high", "reports",
    "sources", "grade", "reviewed",
)  # fmt: skip


def events(
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    country: CountryOption = None,
    place: PlaceOption = None,
    actor: ActorOption = None,
    event_type: TypeOption = None,
    grade: GradeOption = None,
    reviewed: ReviewedOption = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 for all.")] = 50,
    output_format: Annotated[
        TableFormat, typer.Option("--format", "-f", help="text for people; json, jsonl, csv for programs.")
    ] = TableFormat.TEXT,
    casebook: CasebookOption = None,
) -> None:
    """List events by day: what, where, how many, how well corroborated.

    In the table ✓ marks what somebody reviewed, ? what is to be reviewed again.

    [bold]Examples[/bold]

    casus events --country ML --since 2019-01-01 --grade contested

    casus events --place "Cox's Bazar" --format csv --limit 0
    """
    wanted = wanted_events(
        since=since,
        until=until,
        country=country,
        place=place,
        actor=actor,
        event_type=event_type,
        grade=grade,
        is_reviewed=reviewed,
    )
    with open_casebook(casebook) as book:
        found = book.events(wanted)
        shown = islice(found, limit) if limit else found
        if output_format is not TableFormat.TEXT:
            _write(shown, output_format)
            return
        listed = list(shown)
        result_console(sys.stdout).print(events_table(listed))
        total = book.count(wanted)
    more = f", {len(listed)} shown (--limit 0 for all)" if total > len(listed) else ""
    notice_console().print(f"{total} events{more}")


def show(
    event_id: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or its beginning.")],
    *,
    output_format: Annotated[
        TableFormat, typer.Option("--format", "-f", help="text for people, json for programs.")
    ] = TableFormat.TEXT,
    casebook: CasebookOption = None,
) -> None:
    """Show an event: every source's account, the figures, what is disputed, and the grade.

    [bold]Example[/bold]

    casus show 3f9a1c
    """
    with open_casebook(casebook) as book:
        event = book.event(event_id)
        if output_format is not TableFormat.TEXT:
            _write([event], output_format)
            return
        result_console(sys.stdout).print(event_block(event, book.told(event.id), CountryTable.load()))


def history(
    event_id: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or its beginning.")],
    *,
    casebook: CasebookOption = None,
) -> None:
    """Show all that was decided about an event: who, when, why, and what was taken back.

    [bold]Example[/bold]

    casus history 3f9a1c
    """
    with open_casebook(casebook) as book:
        decisions = book.decisions(event_id)
    if not decisions:
        notice_console().print("nothing was decided about this event")
        return
    result_console(sys.stdout).print(decisions_table(decisions))


def link(
    *,
    explain: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--explain", metavar="A B", help="Show what speaks for and against A and B being one event."
        ),
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Link what was ingested with --no-link, or explain the evidence on two reported events.

    A and B are events or, as 'casus show' lists them, reported events. Evidence is in powers
    of two: +3 makes it eight times as likely that the two are one event.

    [bold]Examples[/bold]

    casus link

    casus link --explain 3f9a1c22b0d4.1 77ab01f3c9e2.1
    """
    with open_casebook(casebook) as book:
        if explain is None:
            count = book.link()
            notice_console().print(f"{count} reported events linked, {book.count()} events")
            return
        aspects = book.explain(*explain)
    from casus.casebook.comparing import load_weights  # noqa: PLC0415

    result_console(sys.stdout).print(aspects_table(aspects, load_weights()["all", "prior"]))


def _write(found: Iterable[Event], output_format: TableFormat) -> None:
    from casus.casebook.coding import encoded  # noqa: PLC0415 - builds what checks the records
    from casus.exports.cells import harmless  # noqa: PLC0415 - the exports take long to load

    if output_format is TableFormat.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(
            [harmless(cell) if isinstance(cell, str) else cell for cell in _cells(event)] for event in found
        )
    elif output_format is TableFormat.JSONL:
        for event in found:
            sys.stdout.write(json.dumps(encoded(event), ensure_ascii=False) + "\n")
    else:
        rows = [encoded(event) for event in found]
        shown = rows[0] if len(rows) == 1 else rows
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")


def _cells(event: Event) -> Iterator[object]:
    where, (low, best, high) = event.where, killed_of(event)
    yield from (
        event.id,
        event.when.start,
        event.when.end or event.when.start,
        event.event_type,
        where.country_code,
        where.adm1,
        where.adm2,
    )
    yield from (where.name, where.latitude, where.longitude, where.precision_code)
    yield "; ".join(one.name for one in event.perpetrators)
    yield "; ".join(one.name for one in event.targets)
    yield from (low, best, high, event.reports, len(event.sources), event.grade, event.is_reviewed)
