"""The charts of a report, each as it is drawn for a wide page and for a narrow one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casus.analysis.charts import theme
from casus.analysis.charts.comparisons import comparison_chart, rows_of
from casus.analysis.charts.drawing import Chart
from casus.analysis.charts.maps import map_chart
from casus.analysis.charts.trends import trend_chart
from casus.analysis.report.records import PeriodReport
from casus.errors import NotAnswerable


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A chart in two widths; None where `missing` says why there is none."""

    name: str
    wide: Chart | None
    narrow: Chart | None
    missing: str = ""


def drawings_of(report: PeriodReport, *, has_narrow: bool = True) -> dict[str, Drawn]:
    """The charts of a report by their names: map, trend, comparison."""
    return {one.name: one for one in _drawings(report, has_narrow=has_narrow)}


def _drawings(report: PeriodReport, *, has_narrow: bool) -> Iterator[Drawn]:
    for name, absent in (
        ("map", report.no_map),
        ("trend", report.no_trend),
        ("comparison", report.no_comparison),
    ):
        try:
            wide = _drawn(report, name, theme.WIDTH)
            narrow = _drawn(report, name, theme.NARROW) if has_narrow else None
        except NotAnswerable as error:
            yield Drawn(name, None, None, str(error))
        else:
            yield Drawn(name, wide, narrow, "" if wide else absent)


def _drawn(report: PeriodReport, name: str, width: int) -> Chart | None:
    if name == "map" and report.place_map is not None:
        return map_chart(report.place_map, report.words, width=width)
    if name == "trend" and report.trend is not None:
        return trend_chart(report.trend, width=width)
    if name == "comparison" and report.comparison is not None:
        sides = (report.comparison.before, report.comparison.after)
        before, after = (f"{side.first} to {side.last}, {side.days:,} days" for side in sides)
        return comparison_chart(
            rows_of(report.comparison),
            before=before,
            after=after,
            events_in_words=report.words,
            revision=report.revision,
            width=width,
        )
    return None
