"""`casus agreements`: the register of agreements, looked up, entered by hand, decided about."""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casus.casebook.browsing.records import AgreementRow, TimeUnit
from casus.cli.agreement_fields import (
    CommitmentOption,
    FileArgument,
    FileOption,
    NameOption,
    OnOption,
    PartyOption,
    SourceOption,
    corrections,
    new_agreement,
)
from casus.cli.analysis_options import AnswerFormat, AnswerFormatOption, analysis_layer
from casus.cli.casebook_options import ByOption, CasebookOption, ReasonOption, open_casebook, reviewer
from casus.cli.consoles import notice_console, result_console, result_stream

if TYPE_CHECKING:
    import pandas as pd

    from casus.analysis.pact_results import PactTimeline

agreements_app = typer.Typer(
    help="The register of agreements: what reports tell and people enter, and what happened around each.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)


class TableOf(StrEnum):
    """Which figures of an agreement are written as CSV."""

    PERIODS = "periods"
    COUNTS = "counts"
    COMMITMENTS = "commitments"
    ALLEGATIONS = "allegations"
    RATES = "rates"


NumberArgument = Annotated[
    int, typer.Argument(metavar="N", help="The agreement's number ('casus agreements list').")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to the terminal.")
]


@agreements_app.command("list")
def list_agreements(
    *,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="A part of a name, or of a party's.")
    ] = None,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Those that somebody rejected, instead.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 for all.")] = 100,
    output_format: AnswerFormatOption = AnswerFormat.TEXT,
    casebook: CasebookOption = None,
) -> None:
    """List the agreements that reports tell of and people entered, the latest first.

    [bold]Examples[/bold]

    casus agreements list

    casus agreements list --text ceasefire --format csv
    """
    from casus.cli.agreement_views import agreements_table, listed_rows  # noqa: PLC0415

    with open_casebook(casebook) as book:
        found = book.browse.agreements(text, limit=limit or sys.maxsize, is_rejected=rejected)
    match output_format:
        case AnswerFormat.TEXT:
            result_console(sys.stdout).print(agreements_table(found.agreements))
            more = f", {len(found.agreements)} shown (--limit 0 for all)"
            cut = more if found.total > len(found.agreements) else ""
            notice_console().print(f"{found.total} {'agreement' if found.total == 1 else 'agreements'}{cut}")
        case AnswerFormat.JSON:
            sys.stdout.write(json.dumps(listed_rows(found.agreements), ensure_ascii=False, indent=2) + "\n")
        case AnswerFormat.CSV:
            rows = listed_rows(found.agreements)
            writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["number"], lineterminator="\n")
            writer.writeheader()
            for row in rows:
                writer.writerow({key: "; ".join(v) if isinstance(v, list) else v for key, v in row.items()})


@agreements_app.command("show")
def show(
    number: NumberArgument,
    *,
    days: Annotated[int, typer.Option("--days", help="So many days before and after.")] = 90,
    unit: Annotated[
        TimeUnit | None, typer.Option("--unit", help="How long periods are; as suits where not given.")
    ] = None,
    table: Annotated[
        TableOf, typer.Option("--table", help="Which figures to write as CSV.")
    ] = TableOf.PERIODS,
    output_format: AnswerFormatOption = AnswerFormat.TEXT,
    output: OutputOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Show an agreement: its commitments and what bears on each, before and after, alleged violations.

    That an event bears on a commitment does not say that anybody broke it. A violation is what
    somebody alleges.

    [bold]Examples[/bold]

    casus agreements show 3

    casus agreements show 3 --days 180 --format csv --table commitments --output bearing.csv
    """
    with analysis_layer():
        from casus.analysis.pacts import pact_timeline  # noqa: PLC0415

    with open_casebook(casebook) as book:
        told = pact_timeline(book, number, days, unit)
    with result_stream(output) as stream:
        match output_format:
            case AnswerFormat.TEXT:
                from casus.cli.agreement_views import timeline_view  # noqa: PLC0415

                result_console(stream).print(timeline_view(told))
            case AnswerFormat.JSON:
                from casus.analysis.pact_json import json_of  # noqa: PLC0415

                stream.write(json_of(told) + "\n")
            case AnswerFormat.CSV:
                _frame_of(told, table).to_csv(stream, index=False, lineterminator="\n")


def _frame_of(told: PactTimeline, table: TableOf) -> pd.DataFrame:
    match table:
        case TableOf.PERIODS:
            return told.frame()
        case TableOf.COUNTS:
            return told.counts_frame()
        case TableOf.COMMITMENTS:
            return told.promises_frame()
        case TableOf.ALLEGATIONS:
            return told.allegations_frame()
        case TableOf.RATES:
            return told.rates_frame()


@agreements_app.command("add")
def add(
    file: FileArgument = None,
    *,
    name: NameOption = None,
    party: PartyOption = None,
    on: OnOption = None,
    commitment: CommitmentOption = None,
    source: SourceOption = None,
    reason: ReasonOption = "",
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Enter an agreement by hand: from a JSON file, or by options.

    FILE holds name, parties, agreed_on, source and commitments, each with by, text and where
    known deadline, event_types, country, adm1 and target (docs/agreements.md).

    [bold]Examples[/bold]

    casus agreements add accord.json --reason "the signed text"

    casus agreements add --name "Salt Road Accord" --party "Amal Duur" --party "Coast Council" --on 2020-06-10
    --commitment "Amal Duur: stop the raids until 2020-08-01" --source https://example.org/accord
    --reason "the signed text"
    """
    from casus.casebook.pacts.records import NewPactDecision, PactDecisionKind  # noqa: PLC0415

    given = new_agreement(file, name=name, party=party, on=on, commitment=commitment, source=source)
    new = NewPactDecision(kind=PactDecisionKind.ADD, by=reviewer(by), reason=_required(reason), value=given)
    with open_casebook(casebook, is_new_allowed=True) as book:
        decision, row = book.agreements.decide(new)
    _report(row, decision)


@agreements_app.command("correct")
def correct(
    number: NumberArgument,
    *,
    name: NameOption = None,
    party: PartyOption = None,
    on: OnOption = None,
    commitment: CommitmentOption = None,
    file: FileOption = None,
    reason: ReasonOption = "",
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Correct an agreement's name, parties, day or commitments; what reports say stays beside it.

    Parties and commitments that are given take the place of all that there were.

    [bold]Examples[/bold]

    casus agreements correct 3 --on 2020-06-10 --reason "the signed text"

    casus agreements correct 3 --file commitments.json --reason "kinds and areas, from the annex"
    """
    from casus.casebook.pacts.records import NewPactDecision, PactDecisionKind  # noqa: PLC0415

    changes = corrections(file, name=name, party=party, on=on, commitment=commitment)
    who, why = reviewer(by), _required(reason)
    news = [
        NewPactDecision(
            kind=PactDecisionKind.CORRECT, by=who, reason=why, about=(number,), field=field, value=value
        )
        for field, value in changes.items()
    ]
    with open_casebook(casebook) as book:
        decision, row = book.agreements.decide_all(news)
    _report(row, decision)


@agreements_app.command("join")
def join(
    numbers: Annotated[list[int], typer.Argument(metavar="N N...", help="Two agreements or more.")],
    *,
    reason: ReasonOption = "",
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Make one entry of several: reports name one agreement in different words.

    [bold]Example[/bold]

    casus agreements join 3 8 --reason "the accord is called by its town as well"
    """
    _decide("join", tuple(numbers), reason, by, casebook)


@agreements_app.command("part")
def part(
    numbers: Annotated[
        list[int],
        typer.Argument(
            metavar="N...", help="Tellings of one entry, by their numbers ('casus agreements show')."
        ),
    ],
    *,
    reason: ReasonOption = "",
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Part tellings from an entry: they tell of another agreement, which they become.

    [bold]Example[/bold]

    casus agreements part 8 --reason "the truce of the year before"
    """
    _decide("part", tuple(numbers), reason, by, casebook)


@agreements_app.command("reject")
def reject(
    number: NumberArgument,
    *,
    reason: ReasonOption = "",
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Reject an entry: no such agreement. What was told so far leaves the list; new reports do not.

    [bold]Example[/bold]

    casus agreements reject 8 --reason "a song of that name"
    """
    _decide("reject", (number,), reason, by, casebook)


@agreements_app.command("undo")
def undo(
    decision: Annotated[
        int, typer.Argument(metavar="DECISION", help="A decision's number ('casus agreements history').")
    ],
    *,
    reason: ReasonOption = "",
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Take a decision about an agreement back; it stays in the history.

    [bold]Example[/bold]

    casus agreements undo 4 --reason "mixed up two truces"
    """
    who, why = reviewer(by), _required(reason)
    with open_casebook(casebook) as book:
        taken = book.agreements.withdraw(decision, by=who, reason=why)
    notice_console().print(f"decision {taken.number} ({taken.kind}) is taken back")


@agreements_app.command("history")
def history(number: NumberArgument, *, casebook: CasebookOption = None) -> None:
    """Show all that was decided about an agreement: who, when, why, and what was taken back.

    [bold]Example[/bold]

    casus agreements history 3
    """
    from casus.cli.agreement_views import history_table  # noqa: PLC0415

    with open_casebook(casebook) as book:
        decisions = book.agreements.history(number)
    if not decisions:
        notice_console().print("nothing was decided about this agreement")
        return
    result_console(sys.stdout).print(history_table(decisions))


def _decide(kind: str, about: tuple[int, ...], reason: str, by: str | None, casebook: str | None) -> None:
    from casus.casebook.pacts.records import NewPactDecision, PactDecisionKind  # noqa: PLC0415

    new = NewPactDecision(kind=PactDecisionKind(kind), by=reviewer(by), reason=_required(reason), about=about)
    with open_casebook(casebook) as book:
        decision, row = book.agreements.decide(new)
    _report(row, decision)


def _required(reason: str) -> str:
    if not reason.strip():
        raise typer.BadParameter("say why, it stays in the history", param_hint="--reason")
    return reason.strip()


def _report(row: AgreementRow, decision: int) -> None:
    from casus.cli.agreement_views import agreements_table  # noqa: PLC0415

    result_console(sys.stdout).print(agreements_table([row]))
    notice_console().print(f"decision {decision}: 'casus agreements undo {decision}' takes it back")
