"""Events, decisions and comparisons for people: tables and blocks for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.casebook.decision_wording import about_claim_words
from casus.casebook.records import Decision, Event, EventToll, Figure, Grade, Perpetrator, Told
from casus.model import DatePrecision, EventDate, Harm, Place
from casus.output.layout import DIM, INDENT, joined, labelled
from casus.output.wording import (
    claim_words,
    coordinate_words,
    figure_words,
    short_speaker_words,
    when_words,
    where_words,
    words_of,
)
from casus.resolving.countries import CountryTable

if TYPE_CHECKING:
    from casus.casebook.comparing import Aspect

_GRADE_STYLES = {
    Grade.CONFIRMED: "green",
    Grade.FAIR: "cyan",
    Grade.WEAK: "yellow",
    Grade.CONTESTED: "magenta",
    Grade.DISCOUNTED: "red",
}
_LONGEST_QUOTE = 110


def events_table(events: Iterable[Event]) -> Table:
    """Events, a line each."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM, expand=True)
    for heading in ("event", "when", "what"):
        table.add_column(heading, no_wrap=True)
    table.add_column("where", ratio=1)
    table.add_column("killed", justify="right", no_wrap=True)
    table.add_column("told", justify="right")
    table.add_column("grade")
    for event in events:
        low, best, high = killed_of(event)
        killed = "" if best is None else f"{best:,}" if low == high else f"{best:,} ({low:,}–{high:,})"
        mark = " ?" if event.needs_review else " ✓" if event.is_reviewed else ""
        table.add_row(
            event.id,
            when_short(event),
            words_of(event.event_type),
            where_short(event),
            killed,
            str(event.reports),
            Text(str(event.grade) + mark, _GRADE_STYLES[event.grade]),
        )
    return table


def killed_of(event: Event) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of the killed over all categories."""
    rows = [row for row in event.tolls if row.harm is Harm.KILLED]

    def total(figures: Iterable[int | None]) -> int | None:
        known = [figure for figure in figures if figure is not None]
        return sum(known) if known else None

    best = total(row.best for row in rows)
    return total(row.low for row in rows), best, total(row.high for row in rows) or best


def when_short(event: Event) -> str:
    """When, in ISO days, months or years."""
    start, end = event.when.start, event.when.end
    if start is None:
        return "not known"
    if event.when.precision is DatePrecision.MONTH:
        return f"{start:%Y-%m}"
    if event.when.precision is DatePrecision.YEAR:
        return f"{start:%Y}"
    return (
        f"{start}"
        if end in (None, start)
        else f"{start}/{end}"
        if end.month != start.month
        else f"{start}/{end:%d}"
    )


def where_short(event: Event) -> str:
    """Where, in a few words."""
    where = event.where
    names: list[str] = []
    for name in (where.name, where.adm1, where.country_code):
        if name and not any(name.casefold() in earlier.casefold() for earlier in names):
            names.append(name)
    return ", ".join(names) or "not known"


def event_block(event: Event, told: Sequence[Told], countries: CountryTable) -> RenderableType:
    """An event with all that it rests on."""
    heading = joined(event.id, words_of(event.event_type).capitalize(), *_marks(event))
    rows = labelled(_rows(event, told, countries), 11)
    return Group(heading, Padding(rows, (0, 0, 0, INDENT)))


def _marks(event: Event) -> Iterator[str]:
    if event.is_rejected:
        yield "rejected"
    elif event.needs_review:
        yield "to be reviewed again"
    elif event.is_reviewed:
        yield "reviewed"
    if event.assignee:
        yield f"for {event.assignee}"


def _rows(
    event: Event, told: Sequence[Told], countries: CountryTable
) -> Iterator[tuple[str, RenderableType]]:
    when = EventDate(event.when.start, event.when.end, event.when.precision)
    yield "when", Text(when_words(when))
    yield "where", _where(event, countries)
    yield "by", _by(event.perpetrators)
    yield "against", Text(", ".join(one.name for one in event.targets) or "not told")
    if event.weapons:
        yield "with", Text(", ".join(one.name for one in event.weapons))
    yield "harmed", tolls_table(event.tolls) if event.tolls else Text("no toll told", DIM)
    yield "grade", Text.assemble((str(event.grade), _GRADE_STYLES[event.grade]), f": {event.grade_reason}")
    if event.disputes:
        yield "disputed", Group(*(_dispute(dispute.field, dispute.says) for dispute in event.disputes))
    if event.needs_review:
        yield "to check", Group(*(Text(because) for because in event.needs_review))
    if event.corrections:
        yield "corrected", Group(*(Text(_correction(one)) for one in event.corrections))
    yield "told by", Group(*(_account(one) for one in told))


def _where(event: Event, countries: CountryTable) -> Text:
    where = event.where
    place = Place(
        where.name,
        where.country_code,
        where.adm1,
        where.adm2,
        where.geonames_id,
        where.latitude,
        where.longitude,
        where.precision_code,
    )
    line = Text(where_words(place, countries))
    point = coordinate_words(place)
    return line.append(f"\n{point}", DIM) if point else line


def _by(perpetrators: Sequence[Perpetrator]) -> Text:
    named = [f"{one.name} ({', '.join(words_of(s) for s in one.standings)})" for one in perpetrators]
    return Text(", ".join(named) or "not told")


def tolls_table(tolls: Iterable[EventToll]) -> Table:
    """The toll rows, each with what every source says."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=DIM, show_edge=False)
    table.add_column("")
    table.add_column("")
    for heading in ("low", "best", "high"):
        table.add_column(heading, justify="right")
    table.add_column("sources", style=DIM)
    for row in tolls:
        shown = ["?" if figure is None else f"{figure:,}" for figure in (row.low, row.best, row.high)]
        sources = "; ".join(f"{one.source}: {_figure(one)}" for one in row.figures)
        table.add_row(row.harm.value, words_of(row.category), *shown, sources)
    return table


def _figure(figure: Figure) -> str:
    return figure_words(figure.low, figure.best, figure.high)


def _dispute(field: str, says: Sequence[tuple[str, str]]) -> Text:
    return Text(f"{field}: " + ", ".join(f"{what} ({source})" for source, what in says))


def _correction(one: object) -> str:
    field, value, computed = (getattr(one, name) for name in ("field", "value", "computed"))
    by, reason, number = (getattr(one, name) for name in ("by", "reason", "decision"))
    return f"{field}: {value} (computed {computed}) by {by}: {reason} [{number}]"


def _account(told: Told) -> RenderableType:
    report = told.report
    heading = Text.assemble(
        (report.publisher or report.name, "bold"),
        f", {report.published_on or 'without a date'}",
        "" if report.source in (report.publisher, report.name) else f", source {report.source}",
        (f"  {told.key}", DIM),
    )
    lines: list[RenderableType] = [heading]
    if report.title:
        lines.append(Padding(Text(f"“{_shortened(report.title)}”", f"italic {DIM}"), (0, 0, 0, 2)))
    lines += [
        Padding(
            Text.assemble(
                f"{short_speaker_words(claim.speaker)} · {words_of(claim.kind)} {claim_words(claim)}".strip(),
                (f"  claim {number}", DIM),
            ),
            (0, 0, 0, 2),
        )
        for number, claim in told.claims
    ]
    return Group(*lines)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"


def decisions_table(decisions: Iterable[Decision]) -> Table:
    """Decisions in their order, a line each."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    for heading in ("no.", "when", "who", "what", "why"):
        table.add_column(heading)
    for one in decisions:
        table.add_row(str(one.number), f"{one.at:%Y-%m-%d %H:%M}", one.by, decision_words(one), one.reason)
        if one.withdrawn_at is not None:
            table.add_row(
                "",
                f"{one.withdrawn_at:%Y-%m-%d %H:%M}",
                one.withdrawn_by or "",
                "taken back",
                one.withdrawn_reason or "",
            )
    return table


def decision_words(decision: Decision) -> str:
    """What was decided, in a few words."""
    about_claim = about_claim_words(decision)
    if about_claim is not None:
        return about_claim
    if decision.field is not None:
        return f"{decision.kind} {decision.field}: {_shown(decision.seen)} → {_shown(decision.value)}"
    return f"{decision.kind} {_shown(decision.value)}" if decision.value else str(decision.kind)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "unknown"
    return "unknown" if value is None else str(value)


def aspects_table(aspects: Sequence[Aspect], prior: float) -> Table:
    """What speaks for and against two accounts' being one event."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    table.add_column("aspect")
    table.add_column("how they compare")
    table.add_column("evidence", justify="right")
    for aspect in sorted(aspects, key=lambda aspect: -abs(aspect.weight)):
        table.add_row(aspect.name, aspect.level, f"{aspect.weight:+.1f}")
    table.add_row("before anything is compared", "", f"{prior:+.1f}")
    table.add_row("sum", "", f"{prior + sum(aspect.weight for aspect in aspects):+.1f}", style="bold")
    return table
