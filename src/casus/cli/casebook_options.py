"""Options that the commands on a casebook share: which casebook, which events, who decides."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from casus.casebook.records import EventFilter, Grade
from casus.model import EventType
from casus.settings import Settings
from casus.sources import parse_day

if TYPE_CHECKING:
    from casus.casebook.book import Casebook


class TableFormat(StrEnum):
    """How events are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


CasebookOption = Annotated[
    str | None,
    typer.Option(
        "--casebook",
        metavar="URL",
        help="sqlite:///FILE or postgresql://HOST/DATABASE; else CASUS_CASEBOOK, else casebook.db here.",
        rich_help_panel="Casebook",
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="YYYY-MM-DD", help="On this day or later.", rich_help_panel="Which events"
    ),
]
UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="YYYY-MM-DD", help="On this day or before.", rich_help_panel="Which events"
    ),
]
CountryOption = Annotated[
    str | None,
    typer.Option(
        "--country", metavar="CC", help="In this country (ISO 3166-1).", rich_help_panel="Which events"
    ),
]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place", metavar="NAME", help="At or in a place of this name.", rich_help_panel="Which events"
    ),
]
ActorOption = Annotated[
    str | None,
    typer.Option(
        "--actor", metavar="NAME", help="With this perpetrator or target.", rich_help_panel="Which events"
    ),
]
TypeOption = Annotated[
    EventType | None, typer.Option("--type", help="Of this type.", rich_help_panel="Which events")
]
GradeOption = Annotated[
    Grade | None, typer.Option("--grade", help="Of this grade.", rich_help_panel="Which events")
]
ReviewedOption = Annotated[
    bool | None,
    typer.Option(
        "--reviewed/--unreviewed", help="Reviewed by somebody, or not.", rich_help_panel="Which events"
    ),
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="WHO", help="Who decides; else CASUS_REVIEWER, else the user's name."),
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stays in the history.")]


def open_casebook(url: str | None, *, is_new_allowed: bool = False) -> Casebook:
    """The casebook that the option or the settings name; raises `CasebookError`."""
    # Loaded here: the database layer takes longer to load than most commands to run.
    from casus.casebook import book  # noqa: PLC0415

    address = url or Settings.from_environment(os.environ).casebook
    return book.Casebook.open(address, is_new_allowed=is_new_allowed)


def reviewer(given: str | None) -> str:
    """Who decides; an error of usage where nobody is named."""
    name = given or Settings.from_environment(os.environ).reviewer
    if not name:
        raise typer.BadParameter("say who decides, by this option or by CASUS_REVIEWER", param_hint="--by")
    return name


def wanted_events(
    *,
    since: str | None = None,
    until: str | None = None,
    country: str | None = None,
    place: str | None = None,
    actor: str | None = None,
    event_type: EventType | None = None,
    grade: Grade | None = None,
    is_reviewed: bool | None = None,
) -> EventFilter:
    """The filter that the options make; raises `BadRecord` for a day that is none."""
    return EventFilter(
        since=parse_day(since, "--since") if since else None,
        until=parse_day(until, "--until") if until else None,
        country=country,
        place=place,
        actor=actor,
        event_type=event_type,
        grade=grade,
        is_reviewed=is_reviewed,
    )
