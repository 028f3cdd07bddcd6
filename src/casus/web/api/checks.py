"""Statistics against the record: those that reports give, and any that somebody types."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from casus.casebook.records import Grade
from casus.model import EventType
from casus.web.access import Reader
from casus.web.answering import require_parts
from casus.web.api.documented import Number, Offset, Plain, errors
from casus.web.api.trend import CHARTS, chart_answer
from casus.web.checking import CheckQuestion, chart_of_check, check_for, checks_for
from casus.web.trending import ChartFormat
from casus.web.workbench import Bench

router = APIRouter(tags=["answers"], dependencies=[Depends(require_parts)])

MOST_CHECKS = 50
LONGEST_STATISTIC = 300
_Name = Annotated[Plain, Field(max_length=200)]
_Statistic = Annotated[
    Plain,
    Field(
        min_length=1,
        max_length=LONGEST_STATISTIC,
        description="In words, with since when.",
        examples=["attacks up 70 percent since 2020-02-29"],
    ),
]


class OptionsQuery(BaseModel):
    """Which events are counted, in place of a statistic's words, and against which days."""

    model_config = ConfigDict(frozen=True)

    first: Annotated[date | None, Field(description="The first day of those to measure against.")] = None
    last: Annotated[date | None, Field(description="The last of them.")] = None
    country: Annotated[_Name | None, Field(description="In this country: its code or its name.")] = None
    unit: Annotated[_Name | None, Field(description="In this first-order unit.")] = None
    type: Annotated[EventType | None, Field(description="Of this type.")] = None
    grade: Annotated[Grade | None, Field(description="Of this grade.")] = None
    actor: Annotated[_Name | None, Field(description="With this actor in either part.")] = None
    perpetrator: Annotated[_Name | None, Field(description="By this actor.")] = None
    target: Annotated[_Name | None, Field(description="Against this actor.")] = None


class ByNumberQuery(OptionsQuery):
    """The same, and how a chart is drawn."""

    narrow: Annotated[bool, Field(description="A chart as wide as a telephone.")] = False


class TypedQuery(OptionsQuery):
    """A typed statistic."""

    statistic: _Statistic
    until: Annotated[date | None, Field(description="The last day that it is about.")] = None


class TypedChartQuery(TypedQuery):
    """A typed statistic, and how its chart is drawn."""

    narrow: Annotated[bool, Field(description="As wide as a telephone.")] = False


class ChecksOut(BaseModel):
    """The statistics that reports give, each with its check, and how many there are."""

    checks: list[dict[str, Any]]
    total: int
    offset: int
    limit: int


def _question(asked: OptionsQuery, number: int | None = None) -> CheckQuestion:
    return CheckQuestion(number, **asked.model_dump(exclude={"narrow"}))


@router.get("/checks", responses=errors(501))
def checks(
    bench: Bench,
    person: Reader,
    offset: Offset = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_CHECKS, description="How many to give at most.")] = 20,
) -> ChecksOut:
    """The statistics that reports give, the latest published first, each against the record.

    A verdict says what the record of reports says, which is not what happened.
    """
    from casus.analysis.checks.output import check_record  # noqa: PLC0415

    found = [check_record(one) for one in checks_for(bench, person, offset, limit)]
    total = bench.book.browse.statistics(limit=1).total
    return ChecksOut(checks=found, total=total, offset=offset, limit=limit)


@router.get("/checks/{number}", responses=errors(404, 501))
def one(
    bench: Bench, person: Reader, number: Number, asked: Annotated[OptionsQuery, Query()]
) -> dict[str, Any]:
    """One of them: what is counted, the definitions tried, the figures on both sides, and notes."""
    from casus.analysis.checks.output import check_record  # noqa: PLC0415

    return check_record(check_for(bench, person, _question(asked, number)))


@router.get("/checks/{number}/chart/{format}", response_class=Response, responses=CHARTS)
def chart(
    bench: Bench,
    person: Reader,
    number: Number,
    format: ChartFormat,
    asked: Annotated[ByNumberQuery, Query()],
) -> Any:
    """The chart of one of them."""
    content = chart_of_check(bench, person, _question(asked, number), format, is_narrow=asked.narrow)
    return chart_answer(content, format, f"check-{number}")


@router.get("/check", responses=errors(404, 501))
def typed(bench: Bench, person: Reader, asked: Annotated[TypedQuery, Query()]) -> dict[str, Any]:
    """A statistic in words ("attacks up 70 percent since 2020-02-29") against the record.

    The same as `casus check "…" --format json`.
    """
    from casus.analysis.checks.output import check_record  # noqa: PLC0415

    return check_record(check_for(bench, person, _question(asked)))


@router.get("/check/chart/{format}", response_class=Response, responses=CHARTS)
def typed_chart(
    bench: Bench, person: Reader, format: ChartFormat, asked: Annotated[TypedChartQuery, Query()]
) -> Any:
    """The chart of a typed statistic."""
    content = chart_of_check(bench, person, _question(asked), format, is_narrow=asked.narrow)
    return chart_answer(content, format, "check")
