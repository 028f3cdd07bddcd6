"""Checks of statistics as somebody may see them, with their charts, for pages and the API."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from casus.casebook.records import EventFilter, Grade
from casus.errors import NotAnswerable
from casus.model import EventType
from casus.web.access import Person, Right
from casus.web.privacy import visible_anywhere, visible_in_report, visible_reasons
from casus.web.trending import ChartFormat, drawn, width_of
from casus.web.workbench import Workbench

if TYPE_CHECKING:
    from casus.analysis.checks import Check, Days
    from casus.analysis.selecting import Selection


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """A statistic, by its number or in words, and what of it the asker sets.

    `country`, `unit`, `type` … name the events that are counted, in place of the statistic's words;
    `first` and `last` are the days that a change is measured against, `until` is the last day that a
    typed statistic is about.
    """

    number: int | None = None
    statistic: str | None = None
    until: date | None = None
    first: date | None = None
    last: date | None = None
    country: str | None = None
    unit: str | None = None
    type: EventType | None = None
    grade: Grade | None = None
    actor: str | None = None
    perpetrator: str | None = None
    target: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """What is set, as addresses write it."""
        known = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "number"}
        return {name: str(value) for name, value in known.items() if value is not None}


def check_for(bench: Workbench, person: Person, asked: CheckQuestion) -> Check:
    """The check, without names that somebody may not see; raises `NotAnswerable` and `NotInCasebook`."""
    found = _check(bench, person, asked)
    return _visible(bench, person, found)


def checks_for(bench: Workbench, person: Person, offset: int, limit: int) -> tuple[Check, ...]:
    """The checks of some of the statistics that reports give, the latest published first."""
    from casus.analysis.checks import check_all  # noqa: PLC0415

    sees = person.may(Right.SEE_WITHHELD)

    def work() -> tuple[Check, ...]:
        return check_all(bench.book, offset=offset, limit=limit, sees_withheld=sees)

    found = bench.answers.of(bench.book, ("checks", offset, limit, sees), work)
    return tuple(_visible(bench, person, one) for one in found)


def chart_of_check(
    bench: Workbench, person: Person, asked: CheckQuestion, kind: ChartFormat, *, is_narrow: bool = False
) -> bytes:
    """The chart of a check; raises `NotAnswerable` where there is nothing to draw."""
    from casus.analysis.charts.checks import check_chart, is_drawable  # noqa: PLC0415

    found = _check(bench, person, asked)
    if not is_drawable(found):
        raise NotAnswerable(f"there is nothing to draw: {_visible(bench, person, found).why}")

    def work() -> bytes:
        chart = check_chart(bench.book, found, width=width_of(is_narrow=is_narrow))
        if found.asserted.row is not None:
            report = found.asserted.row.report.hash
            chart = visible_in_report(person, chart, report, bench.book.withheld())
        return drawn(visible_anywhere(person, chart, bench.book.withheld()), kind)

    sees = person.may(Right.SEE_WITHHELD)
    return bench.answers.of(bench.book, ("check chart", asked, kind, is_narrow, sees), work)


def _check(bench: Workbench, person: Person, asked: CheckQuestion) -> Check:
    from casus.analysis.checks import check_statistic, check_text  # noqa: PLC0415

    book, sees = bench.book, person.may(Right.SEE_WITHHELD)
    baseline = _baseline(asked)

    def work() -> Check:
        selection = _selection(bench, asked, sees_withheld=sees)
        if asked.number is not None:
            return check_statistic(book, asked.number, selection, baseline=baseline)
        if not asked.statistic:
            raise NotAnswerable("give a statistic, such as “attacks up 70 percent since 2020-02-29”")
        return check_text(book, asked.statistic, selection, until=asked.until, baseline=baseline)

    with visible_reasons(person, book.withheld()):
        return bench.answers.of(book, ("check", asked, sees), work)


def _selection(bench: Workbench, asked: CheckQuestion, *, sees_withheld: bool) -> Selection:
    """The events that the asker names; of none in particular, one that only says what may be seen."""
    from casus.analysis.selecting import Selection, select  # noqa: PLC0415

    named = (asked.country, asked.unit, asked.type, asked.grade, asked.actor, asked.perpetrator, asked.target)
    if not any(named):
        return Selection(EventFilter(sees_withheld=sees_withheld))
    return select(
        bench.book,
        country=asked.country,
        unit=asked.unit,
        types=(asked.type,) if asked.type else (),
        grade=asked.grade,
        actor=asked.actor,
        perpetrator=asked.perpetrator,
        target=asked.target,
        sees_withheld=sees_withheld,
    )


def _baseline(asked: CheckQuestion) -> Days | None:
    from casus.analysis.checks import Days  # noqa: PLC0415

    if asked.first is None and asked.last is None:
        return None
    if asked.first is None or asked.last is None:
        raise NotAnswerable("days to measure a change against have a first and a last day: give both")
    if asked.last < asked.first:
        raise NotAnswerable(
            f"the days to measure against end before they begin: {asked.first} to {asked.last}"
        )
    return Days(asked.first, asked.last)


def _visible(bench: Workbench, person: Person, found: Check) -> Check:
    withheld = bench.book.withheld()
    if found.asserted.row is not None:
        found = visible_in_report(person, found, found.asserted.row.report.hash, withheld)
    return visible_anywhere(person, found, withheld)
