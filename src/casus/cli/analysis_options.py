"""Options that the commands with answers share: which events a question is about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from casus.casebook.records import Grade
from casus.errors import NotAnswerable
from casus.model import EventType
from casus.sources import parse_day

if TYPE_CHECKING:
    from casus.analysis.selecting import Selection
    from casus.casebook.book import Casebook

_PANEL = "Which events"


class AnswerFormat(StrEnum):
    """How answers are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


TypesOption = Annotated[
    list[EventType] | None,
    typer.Option("--type", help="Of this type; can be given several times.", rich_help_panel=_PANEL),
]
WhereOption = Annotated[
    str | None,
    typer.Option(
        "--country", metavar="NAME", help="In this country: its code or its name.", rich_help_panel=_PANEL
    ),
]
UnitOption = Annotated[
    str | None,
    typer.Option("--unit", metavar="NAME", help="In this first-order unit.", rich_help_panel=_PANEL),
]
EitherOption = Annotated[
    str | None,
    typer.Option("--actor", metavar="NAME", help="With this actor in either part.", rich_help_panel=_PANEL),
]
PerpetratorOption = Annotated[
    str | None,
    typer.Option("--perpetrator", metavar="NAME", help="By this actor.", rich_help_panel=_PANEL),
]
TargetOption = Annotated[
    str | None, typer.Option("--target", metavar="NAME", help="Against this actor.", rich_help_panel=_PANEL)
]
AnswerFormatOption = Annotated[
    AnswerFormat, typer.Option("--format", "-f", help="text for people; json, csv for programs.")
]


@contextmanager
def analysis_layer() -> Iterator[None]:
    """Load the layer of answers within; raises `NotAnswerable` where its parts are not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise NotAnswerable(
            f"answers need parts that are not installed ({error.name}): pip install 'casus-events[analysis]'"
        ) from error


def selected(
    book: Casebook,
    *,
    since: str | None = None,
    until: str | None = None,
    country: str | None = None,
    unit: str | None = None,
    types: list[EventType] | None = None,
    grade: Grade | None = None,
    actor: str | None = None,
    perpetrator: str | None = None,
    target: str | None = None,
    is_reviewed: bool | None = None,
) -> Selection:
    """The events that the options mean; raises `BadRecord` and `NotAnswerable`."""
    with analysis_layer():
        from casus.analysis.selecting import select  # noqa: PLC0415
    return select(
        book,
        since=parse_day(since, "--since") if since else None,
        until=parse_day(until, "--until") if until else None,
        country=country,
        unit=unit,
        types=types or (),
        grade=grade,
        actor=actor,
        perpetrator=perpetrator,
        target=target,
        is_reviewed=is_reviewed,
    )
