"""Events over time, and before and after a day or an agreement, with charts and as a table."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from casus.analysis.trend_by import TrendBy
from casus.casebook.browsing.records import TimeUnit
from casus.web.access import Person, Reader
from casus.web.answering import require_parts
from casus.web.api.documented import errors
from casus.web.api.queries import EventQuery
from casus.web.trending import (
    MEDIA_TYPES,
    ChartFormat,
    ChartOf,
    TrendQuestion,
    chart_of_trend,
    trend_for,
    trend_table,
)
from casus.web.workbench import Bench

router = APIRouter(prefix="/trend", tags=["answers"], dependencies=[Depends(require_parts)])

MOST_DAYS = 36_525


class TrendQuery(EventQuery):
    """Which events over time, and around which day; what is left out is taken as suits."""

    every: Annotated[TimeUnit | None, Field(description="How long the periods are.")] = None
    by: Annotated[TrendBy | None, Field(description="Tell the largest of these too.")] = None
    around: Annotated[
        date | None, Field(description="Compare what came from this day on with what came before.")
    ] = None
    agreement: Annotated[
        int | None, Field(ge=1, le=2**63 - 1, description="The same around the day of an agreement.")
    ] = None
    window: Annotated[
        int | None,
        Field(ge=1, le=MOST_DAYS, description="So many days a side; else as many as are covered on both."),
    ] = None

    def question(self, person: Person) -> TrendQuestion:
        """The same as it is asked; 422 for values that make no sense together."""
        return TrendQuestion(
            self.wanted(person), self.every, self.by, self.around, self.agreement, self.window
        )


class ChartQuery(TrendQuery):
    """The same, and what the chart shows."""

    chart: Annotated[ChartOf, Field(description="The periods, or the ratios of after to before.")] = (
        ChartOf.PERIODS
    )
    narrow: Annotated[bool, Field(description="As wide as a telephone.")] = False


Asked = Annotated[TrendQuery, Query()]
AskedChart = Annotated[ChartQuery, Query()]


def sent(description: str, *media_types: str) -> dict[int | str, dict[str, Any]]:
    """Errors of an endpoint that sends a file, and what it sends, for OpenAPI."""
    content = {media_type: {"schema": {"type": "string"}} for media_type in media_types}
    return {**errors(404, 501), 200: {"description": description, "content": content}}


def attached(name: str) -> dict[str, str]:
    """The header that has browsers keep what is sent as a file."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


CHARTS = sent("The chart.", "image/svg+xml", "image/png", "text/html")


def chart_answer(content: bytes, kind: ChartFormat, name: str) -> Response:
    """A chart as an answer: SVG is shown where it stands, the others are files to keep."""
    headers = {} if kind is ChartFormat.SVG else attached(f"{name}.{kind}")
    return Response(content, media_type=MEDIA_TYPES[kind], headers=headers)


@router.get("", responses=errors(404, 501))
def over_time(bench: Bench, person: Reader, asked: Asked) -> dict[str, Any]:
    """Events and deaths in periods without gaps, with what was reported; before and after a day.

    The same as `casus trend --format json`; docs/commands.md tells of it.
    """
    from casus.analysis.plain import plain  # noqa: PLC0415

    told: dict[str, Any] = plain(trend_for(bench, person, asked.question(person)))
    return told


@router.get("/table", response_class=Response, responses=sent("The table.", "text/csv"))
def table(bench: Bench, person: Reader, asked: Asked) -> Any:
    """The periods as CSV, with a row for each group where events are told apart."""
    content = trend_table(trend_for(bench, person, asked.question(person).without_split()))
    return Response(content, media_type="text/csv", headers=attached("trend.csv"))


@router.get("/chart/{format}", response_class=Response, responses=CHARTS)
def chart(bench: Bench, person: Reader, format: ChartFormat, asked: AskedChart) -> Any:
    """The chart of the periods, or of the ratios; HTML answers to the pointer and needs no network."""
    content = chart_of_trend(
        bench, person, asked.question(person), asked.chart, kind=format, is_narrow=asked.narrow
    )
    return chart_answer(content, format, "trend" if asked.chart is ChartOf.PERIODS else "before-and-after")
