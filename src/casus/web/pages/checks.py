"""Checks: the statistics that reports give against the record, one explained, and any that is typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus.casebook.book import Casebook
from casus.casebook.records import Grade
from casus.errors import NotAnswerable, NotInCasebook
from casus.exports.redacting import RedactedText
from casus.model import EventType
from casus.web.access import Person, Reader
from casus.web.answering import missing_parts
from casus.web.checking import CheckQuestion, check_for, checks_for
from casus.web.privacy import visible_text
from casus.web.rendering import page, shown_for, words
from casus.web.views.check import READERS, CheckShown, chart_query, check_shown, question_of
from casus.web.views.filter_bar import Option
from casus.web.views.listing import offset_of
from casus.web.views.typed import Typed
from casus.web.workbench import Bench

if TYPE_CHECKING:
    from casus.analysis.checks import Check

router = APIRouter()
_AT_ONCE = 20
_TYPES = [Option(one, words(one)) for one in EventType]
_GRADES = [Option(one, words(one)) for one in Grade]


@router.get("/checks")
def listed(request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """The statistics of the casebook; and above them the check of one that was typed."""
    shown = shown_for(request.headers.get("accept-language", ""))
    typed = Typed.of(request.query_params, READERS)
    offset = offset_of(request.query_params.get("offset"))
    problem, answer = missing_parts(), None
    found: tuple[CheckShown, ...] = ()
    asked = question_of(typed)
    if problem is None:
        checks = checks_for(bench, person, offset, _AT_ONCE)
        texts = _texts(bench.book, person, checks)
        found = tuple(check_shown(one, CheckQuestion(), texts, shown) for one in checks)
        if asked.statistic:
            try:
                answer = check_shown(check_for(bench, person, asked), asked, {}, shown)
            except NotAnswerable as error:
                problem = str(error)

    def part_href(offset: int) -> str:
        return f"/checks?offset={offset}" if offset else "/checks"

    return page(
        request,
        "checks.html",
        person,
        typed=typed,
        types=_TYPES,
        grades=_GRADES,
        is_missing=missing_parts() is not None,
        problem=problem,
        answer=answer,
        chart_query=chart_query(asked),
        narrow_query=chart_query(asked, is_narrow=True),
        checks=found,
        total=bench.book.browse.statistics(limit=1).total,
        offset=offset,
        limit=_AT_ONCE,
        part_href=part_href,
    )


@router.get("/checks/{number}")
def one(number: str, request: Request, bench: Bench, person: Reader) -> HTMLResponse:
    """A statistic that a report gives, and all that its check rests on."""
    shown = shown_for(request.headers.get("accept-language", ""))
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    row = bench.book.browse.statistic(int(number)) if is_number else None
    if row is None:
        raise NotInCasebook(f"no statistic {number!r} in this casebook")
    typed = Typed.of({**request.query_params, "statistic": "", "until": ""}, READERS)
    asked = question_of(typed, row.number)
    problem, answer = missing_parts(), None
    if problem is None:
        try:
            check = check_for(bench, person, asked)
            answer = check_shown(check, asked, _texts(bench.book, person, [check]), shown)
        except NotAnswerable as error:
            problem = str(error)
    return page(
        request,
        "check.html",
        person,
        number=row.number,
        typed=typed,
        types=_TYPES,
        grades=_GRADES,
        problem=problem,
        check=answer,
        chart_query=chart_query(asked),
        narrow_query=chart_query(asked, is_narrow=True),
    )


def _texts(book: Casebook, person: Person, checks: Iterable[Check]) -> dict[int, RedactedText]:
    """The texts of the reports that give some statistics, as somebody may see them."""
    heads = [one.asserted.row.report for one in checks if one.asserted.row is not None]
    hashes = {head.number: head.hash for head in heads}
    withheld = book.withheld()
    return {
        number: visible_text(person, text, hashes[number], withheld)
        for number, text in book.texts(hashes).items()
    }
