"""A reading for people: the report with its evidence marked, and under it what it tells.

Built of Rich's renderables, so that one description is right for a terminal of any
width, for one without colours, and for a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from casus.model import Agreement, Claim, Issue, Reading, Report, Statistic
from casus.output.event_view import event_view
from casus.output.explaining import agreement_reasons, claim_reasons, statistic_reasons
from casus.output.highlighting import legend, marked_text
from casus.output.layout import DIM, INDENT, QUOTE, claims_by_speaker, joined, quoted, reasons_table
from casus.output.wording import day_words, partial_date_words, statistic_words
from casus.resolving.countries import CountryTable

# Long lines tire; a wide terminal keeps a margin.
WIDEST_COLUMNS = 100


class ReadingView:
    """A reading as Rich prints it; with `explains`, the words and the rule of each value, too."""

    def __init__(self, reading: Reading, countries: CountryTable, *, explains: bool = False) -> None:
        self.reading = reading
        self.countries = countries
        self.explains = explains

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The view, no wider than is good to read."""
        narrow = options.update(width=min(options.max_width, WIDEST_COLUMNS))
        yield from console.render(Group(*self._parts(has_colours=console.color_system is not None)), narrow)

    def _parts(self, *, has_colours: bool) -> Iterator[RenderableType]:
        reading = self.reading
        yield from _report_parts(reading)
        if has_colours and (key := legend(reading)):
            yield Padding(key, (1, 0, 0, INDENT))
        if not reading.events:
            yield _heading("No event of political violence is told here.")
        for number, event in enumerate(reading.events, 1):
            yield event_view(number, event, reading, self.countries, explains=self.explains)
        loose = [claim for claim in reading.claims if claim.event_id is None]
        yield from _section("Said, and tied to no event", self._claims(loose))
        yield from _section("Agreements", self._agreements(reading.agreements))
        yield from _section("Statistics", self._statistics(reading.statistics))
        yield from _section("Left open", (_issue(issue, reading) for issue in reading.issues))
        yield Text()

    def _claims(self, claims: list[Claim]) -> Iterator[RenderableType]:
        if claims:
            yield claims_by_speaker(self.reading, claims)
            if self.explains:
                yield reasons_table(claim_reasons(self.reading, claims))

    def _agreements(self, agreements: Iterable[Agreement]) -> Iterator[RenderableType]:
        for agreement in agreements:
            yield _agreement(agreement, self.reading)
            if self.explains:
                yield reasons_table(agreement_reasons(self.reading, agreement))

    def _statistics(self, statistics: Iterable[Statistic]) -> Iterator[RenderableType]:
        for statistic in statistics:
            yield _statistic(statistic, self.reading)
            if self.explains:
                yield reasons_table(statistic_reasons(self.reading, statistic))


def _report_parts(reading: Reading) -> Iterator[RenderableType]:
    report, text = reading.report, marked_text(reading)
    yield Text()
    if report.body_start:
        title = text[: report.body_start]
        title.rstrip()
        title.stylize("bold")
        yield title
    yield Text(_source_lines(report), DIM)
    for start, end in _paragraphs(report):
        yield Padding(text[start:end], (1, 0, 0, INDENT))


def _source_lines(report: Report) -> str:
    published = day_words(report.published_on) if report.published_on else "publication date not known"
    lines = ((report.publisher, published), (f"report {report.id}", report.url))
    return "\n".join(" · ".join(part for part in line if part) for line in lines)


def _paragraphs(report: Report) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the body's lines that hold something."""
    start = report.body_start
    for line in report.text[report.body_start :].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _heading(title: str) -> RenderableType:
    return Padding(Text(title, "bold"), (1, 0, 0, 0))


def _section(title: str, parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for number, part in enumerate(parts):
        if number == 0:
            yield _heading(title)
        yield Padding(part, (0, 0, 0, INDENT))


def _agreement(agreement: Agreement, reading: Reading) -> RenderableType:
    parties = ", ".join(agreement.parties) or None
    head = joined(agreement.name, partial_date_words(agreement.agreed_on) or "date not known", parties)
    lines = [head]
    for commitment in agreement.commitments:
        deadline = partial_date_words(commitment.deadline)
        until = f", by {deadline}" if deadline else ""
        lines.append(Text(f"   {commitment.by}: {commitment.text}{until}"))
    return Group(*lines, Padding(quoted(reading, agreement.quote), (0, 0, 0, INDENT)))


def _statistic(statistic: Statistic, reading: Reading) -> RenderableType:
    head = joined(f"{statistic.measure}: {statistic_words(statistic)}", statistic.speaker)
    return Group(head, Padding(quoted(reading, statistic.quote), (0, 0, 0, INDENT)))


def _issue(issue: Issue, reading: Reading) -> RenderableType:
    line = Text(issue.message)
    if issue.start_char is not None and issue.end_char is not None:
        words = reading.report.text[issue.start_char : issue.end_char]
        if words not in issue.message:
            line.append(f"  “{words}”", QUOTE)
    return line
