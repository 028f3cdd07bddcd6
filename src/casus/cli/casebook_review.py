"""`casus review`, `merge`, `split` and `rebuild`: what people decide, kept with who, when and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from casus.casebook.correcting import checked_value
from casus.casebook.records import DecisionKind, Event, EventFilter, NewDecision
from casus.cli.casebook_options import (
    ByOption,
    CasebookOption,
    CountryOption,
    ReasonOption,
    open_casebook,
    reviewer,
)
from casus.cli.casebook_views import events_table
from casus.cli.consoles import notice_console, result_console

if TYPE_CHECKING:
    from casus.casebook.book import Casebook

_MOST_LISTED = 50


def review(
    event_id: Annotated[
        str | None, typer.Argument(metavar="EVENT", help="The event; without one, the queue is listed.")
    ] = None,
    *,
    confirm: Annotated[bool, typer.Option("--confirm", help="It is right as it stands.")] = False,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="Correct a field, such as place=Rakha or killed.civilians.best=9.",
        ),
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="It is no such event.")] = False,
    withhold: Annotated[
        str | None, typer.Option("--withhold", metavar="NAME", help="Keep this name out of every export.")
    ] = None,
    assign: Annotated[
        str | None, typer.Option("--assign", metavar="WHO", help="Give the event to somebody.")
    ] = None,
    comment: Annotated[str | None, typer.Option("--comment", metavar="TEXT", help="Note something.")] = None,
    add_claim: Annotated[
        str | None,
        typer.Option(
            "--add-claim",
            metavar="KEY:FIELD=VALUE,...",
            help="Add a claim to a report's account, such as 3f9a1c22b0d4.1:kind=toll,harm=injured,low=4,"
            "start_char=120,end_char=180.",
        ),
    ] = None,
    correct_claim: Annotated[
        str | None,
        typer.Option(
            "--correct-claim",
            metavar="NO:FIELD=VALUE,...",
            help="Correct fields of a claim, such as 12:low=9,high=11.",
        ),
    ] = None,
    retract_claim: Annotated[
        int | None,
        typer.Option("--retract-claim", metavar="NO", help="Take a claim out: the report does not say so."),
    ] = None,
    undo: Annotated[
        int | None, typer.Option("--undo", metavar="NO", help="Take back the decision of this number.")
    ] = None,
    reason: ReasonOption = "",
    by: ByOption = None,
    country: CountryOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Review events: confirm, correct, reject, withhold a name, assign, comment, undo; claims by hand.

    Without EVENT the queue is listed: what changed since somebody decided first, then what
    nobody has reviewed. Corrections and rejections need a --reason. Everything that is
    decided stays in 'casus history', and what is taken back stays there too.

    [bold]Examples[/bold]

    casus review --country SS

    casus review 3f9a1c --confirm

    casus review 3f9a1c --set killed.civilians.best=11 --reason "the list of the hospital"

    casus review 3f9a1c --retract-claim 31 --reason "said of another raid"

    casus review --undo 12 --reason "mixed up two villages"
    """
    with open_casebook(casebook) as book:
        if undo is not None:
            decision = book.withdraw(undo, by=reviewer(by), reason=_required(reason))
            notice_console().print(f"decision {decision.number} ({decision.kind}) is taken back")
            return
        if event_id is None:
            _list_queue(book, country)
            return
        who = reviewer(by)
        wished = list(_corrections(settings or [], reason, who))
        if confirm:
            wished.append(NewDecision(kind=DecisionKind.CONFIRM, by=who, reason=reason))
        if reject:
            wished.append(NewDecision(kind=DecisionKind.REJECT, by=who, reason=_required(reason)))
        valued = (
            (DecisionKind.WITHHOLD, withhold), (DecisionKind.ASSIGN, assign), (DecisionKind.COMMENT, comment)
        )  # fmt: skip
        wished += [
            NewDecision(kind=kind, by=who, reason=reason, value=value)
            for kind, value in valued
            if value is not None
        ]
        wished += _about_claims(add_claim, correct_claim, retract_claim, reason, who)
        if not wished:
            raise typer.BadParameter(
                "say what to do: --confirm, --set, --reject, --withhold, --assign, --comment, "
                "--add-claim, --correct-claim or --retract-claim"
            )
        for new in wished:
            event = book.decide(event_id, new)
        _report(event)


def merge(
    event_ids: Annotated[list[str], typer.Argument(metavar="EVENT EVENT...", help="Two events or more.")],
    *,
    reason: ReasonOption,
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Make one event of several: they tell of the same thing.

    [bold]Example[/bold]

    casus merge 3f9a1c 77ab01 --reason "one convoy, two villages"
    """
    new = NewDecision(
        kind=DecisionKind.MERGE, by=reviewer(by), reason=_required(reason), others=tuple(event_ids[1:])
    )
    with open_casebook(casebook) as book:
        _report(book.decide(event_ids[0], new))


def split(
    event_id: Annotated[str, typer.Argument(metavar="EVENT", help="The event.")],
    keys: Annotated[
        list[str],
        typer.Argument(metavar="KEY...", help="The reported events to part from it ('casus show')."),
    ],
    *,
    reason: ReasonOption,
    by: ByOption = None,
    casebook: CasebookOption = None,
) -> None:
    """Part some reported events from an event: they tell of another.

    [bold]Example[/bold]

    casus split 3f9a1c 77ab01f3c9e2.1 --reason "another raid, a day later"
    """
    new = NewDecision(kind=DecisionKind.SPLIT, by=reviewer(by), reason=_required(reason), keys=tuple(keys))
    with open_casebook(casebook) as book:
        _report(book.decide(event_id, new))


def rebuild(*, casebook: CasebookOption = None) -> None:
    """Link and reconcile everything anew from what was read and decided; nothing is lost by it.

    [bold]Example[/bold]

    casus rebuild
    """
    with open_casebook(casebook) as book:
        accounts = book.rebuild()
        notice_console().print(f"{accounts} reported events linked anew, {book.count()} events")


def _corrections(settings: list[str], reason: str, by: str) -> Iterator[NewDecision]:
    for setting in settings:
        field, equals, text = setting.partition("=")
        if not equals:
            raise typer.BadParameter(f"{setting!r}: write FIELD=VALUE", param_hint="--set")
        value = checked_value(field.strip(), text)
        yield NewDecision(
            kind=DecisionKind.CORRECT, by=by, reason=_required(reason), field=field.strip(), value=value
        )


def _about_claims(
    added: str | None, corrected: str | None, retracted: int | None, reason: str, by: str
) -> Iterator[NewDecision]:
    if added is not None:
        key, fields = _claim_fields(added, "--add-claim")
        yield NewDecision(kind=DecisionKind.ADD_CLAIM, by=by, reason=reason, keys=(key,), value=fields)
    if corrected is not None:
        number, fields = _claim_fields(corrected, "--correct-claim")
        value = {"claim": number, **fields}
        yield NewDecision(kind=DecisionKind.CORRECT_CLAIM, by=by, reason=_required(reason), value=value)
    if retracted is not None:
        yield NewDecision(kind=DecisionKind.RETRACT_CLAIM, by=by, reason=_required(reason), value=retracted)


def _claim_fields(text: str, option: str) -> tuple[str, dict[str, str]]:
    """What a claim's option names, and the fields that it gives; empty ones are unknown."""
    about, _, rest = text.partition(":")
    pairs = [part.partition("=") for part in rest.split(",")]
    if not all(name.strip() and equals for name, equals, _ in pairs):
        raise typer.BadParameter(
            f"{text!r}: write {about or 'NO'}:FIELD=VALUE,FIELD=VALUE", param_hint=option
        )
    return about.strip(), {name.strip(): value.strip() for name, _, value in pairs}


def _required(reason: str) -> str:
    if not reason.strip():
        raise typer.BadParameter("say why, it stays in the history", param_hint="--reason")
    return reason.strip()


def _list_queue(book: Casebook, country: str | None) -> None:
    again = list(book.events(EventFilter(country=country, needs_review=True)))
    fresh = book.events(EventFilter(country=country, is_reviewed=False))
    listed = [*again, *(event for _, event in zip(range(_MOST_LISTED - len(again)), fresh, strict=False))]
    result_console(sys.stdout).print(events_table(listed))
    total = len(again) + book.count(EventFilter(country=country, is_reviewed=False))
    notice_console().print(f"{len(again)} to review again, {total - len(again)} not reviewed")


def _report(event: Event) -> None:
    result_console(sys.stdout).print(events_table([event]))
    for because in event.needs_review:
        notice_console().print(f"to check: {because}", markup=False)
