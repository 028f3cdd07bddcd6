"""Trends: events over time with what was reported, and before and after a day or an agreement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.analysis.trend_by import TrendBy
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import TimeUnit
from casus.errors import NotAnswerable
from casus.web.access import Person, Reader
from casus.web.answering import missing_parts
from casus.web.filters import Asked, Filters
from casus.web.privacy import visible_anywhere
from casus.web.rendering import Shown, page, shown_for
from casus.web.trending import ChartOf, TrendQuestion, trend_for
from casus.web.views.filter_bar import Option, filter_bar
from casus.web.views.trend import (
    BY_WORDS,
    READERS,
    address_of,
    groups_shown,
    periods_shown,
    question_of,
    sides_shown,
)
from casus.web.views.typed import Typed
from casus.web.workbench import Bench, Workbench

router = APIRouter()
_MOST_AGREEMENTS = 100
_MOST_PERIODS = 400  # rows; the table as CSV has all


@router.get("/trends")
def show(request: Request, bench: Bench, person: Reader, filters: Asked) -> HTMLResponse:
    """The trend of the events that a filter means."""
    wanted = filters.wanted(person)
    shown = shown_for(request.headers.get("accept-language", ""))
    typed = Typed.of(request.query_params, READERS)
    bar = filter_bar(
        "/trends",
        filters,
        bench.book.browse.facets(wanted),
        person=person,
        shown=shown,
        keep=typed.kept(),
    )
    missing = missing_parts()
    told: dict[str, Any] = {"trend": None, "problem": missing}
    if missing is None:
        try:
            told = {"problem": None, **_answer(bench, person, filters, typed, shown)}
        except NotAnswerable as error:
            told["problem"] = str(error)
    return page(
        request,
        "trends.html",
        person,
        filters=filters,
        bar=replace(bar, keep=()),
        typed=typed,
        units=[Option(one, str(one)) for one in TimeUnit],
        kinds=[Option(one, BY_WORDS.get(one, str(one))) for one in TrendBy],
        agreements=_agreements(bench.book, person, typed),
        is_missing=missing is not None,
        **told,
    )


def _answer(bench: Workbench, person: Person, filters: Filters, typed: Typed, shown: Shown) -> dict[str, Any]:
    """What the page says of a trend."""
    from casus.analysis.charts.comparisons import alternative_of as ratios_in_words  # noqa: PLC0415
    from casus.analysis.charts.comparisons import rows_of  # noqa: PLC0415
    from casus.analysis.charts.trends import alternative_of  # noqa: PLC0415
    from casus.analysis.trend_words import compared_words, split_notes, trend_notes  # noqa: PLC0415

    asked = question_of(typed, TrendQuestion(filters.wanted(person)))
    trend = trend_for(bench, person, asked)
    split = trend.around

    def api(path: str, **more: object) -> str:
        return address_of(f"/api/v1/{path}", filters, typed, **more)

    return {
        "trend": trend,
        "split": split,
        "periods": list(periods_shown(trend, filters, shown, most=_MOST_PERIODS)),
        "cut": max(0, len(trend.periods) - _MOST_PERIODS),
        "groups": list(groups_shown(trend, filters, shown)),
        "by_words": "" if trend.by is None else BY_WORDS.get(trend.by, str(trend.by)),
        "notes": list(trend_notes(trend)),
        "alternative": alternative_of(trend),
        "sides": () if split is None else sides_shown(split, filters, shown),
        "compared": () if split is None else list(compared_words(split)),
        "split_notes": () if split is None else list(split_notes(split)),
        "ratios_in_words": "" if split is None else ratios_in_words(rows_of(split)),
        "api": api,
        "report_href": f"/api/v1/report{filters.query()}",
        "ratios": ChartOf.RATIOS,
    }


def _agreements(book: Casebook, person: Person, typed: Typed) -> list[Option]:
    """The agreements of which a day is known; that which is asked for is among them."""
    rows = visible_anywhere(
        person, book.browse.agreements(limit=_MOST_AGREEMENTS).agreements, book.withheld()
    )
    options = [Option(str(row.number), f"{row.name}, {row.agreed_on}") for row in rows if row.agreed_on]
    chosen = typed.shown("agreement")
    if chosen and all(one.value != chosen for one in options):
        options.append(Option(chosen, f"no. {chosen}"))
    return options
