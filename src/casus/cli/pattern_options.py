"""Options of `casus patterns`: what is counted by, how many are told, bands, charts."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

Number = TypeVar("Number", int, float)


class LevelChoice(StrEnum):
    """What events are counted by; the values are those of `casus.analysis.patterns.unit_results.Level`."""

    COUNTRY = "country"
    ADM1 = "adm1"
    ADM2 = "adm2"
    PLACE = "place"


class MeasureChoice(StrEnum):
    """What units are sorted by; the values are those of `casus.analysis.patterns.counting.Measure`."""

    EVENTS = "events"
    DEATHS = "deaths"


LevelOption = Annotated[
    LevelChoice, typer.Option("--by", help="Country, first- or second-order unit, or place.")
]
CountedOption = Annotated[MeasureChoice, typer.Option("--order", help="Those with most of these come first.")]
MostRowsOption = Annotated[
    int, typer.Option("--most", min=1, help="Tell at most so many rows; csv and json have all.")
]
TopOption = Annotated[
    int, typer.Option("--top", min=1, help="How many parties of each kind to tell apart from others.")
]
DayBandsOption = Annotated[
    str, typer.Option("--days", metavar="ENDS", help="Last days of the bands; 0 is one day.")
]
DrawsOption = Annotated[int, typer.Option("--draws", min=99, help="How often the dates are permuted.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="For what is drawn by chance.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]
ChartOption = Annotated[
    Path | None,
    typer.Option(
        "--chart", metavar="FILE", help="Draw it too: .png, .svg, .pdf, .html or .json by the name."
    ),
]


def ends_of(told: str, kind: Callable[[str], Number], option: str) -> tuple[Number, ...]:
    """The ends of bands from a list with commas; an error of usage where one is no such number."""
    try:
        return tuple(kind(part.strip()) for part in told.split(","))
    except ValueError:
        raise typer.BadParameter(
            f"{told!r} is no list of numbers such as 0,7,14", param_hint=option
        ) from None
