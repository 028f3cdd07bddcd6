"""One event for people: what, when, where, by whom, to whom, how many, and who says so."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.model import ClaimKind, Reading, ReportedEvent, Toll
from casus.output.disagreement import (
    BlameDisagreement,
    TollDisagreement,
    blame_disagreement,
    toll_disagreements,
)
from casus.output.explaining import claim_reasons, event_reasons
from casus.output.highlighting import STYLES, Mark
from casus.output.layout import DIM, INDENT, claims_by_speaker, joined, labelled, reasons_table
from casus.output.wording import (
    coordinate_words,
    figure_words,
    harm_words,
    short_speaker_words,
    span_words,
    when_words,
    where_words,
    words_of,
)
from casus.resolving.countries import CountryTable

_UNKNOWN = "?"
_BLAME_WORDS = {
    ClaimKind.ACCUSATION: "accuses",
    ClaimKind.RESPONSIBILITY: "claims it for",
    ClaimKind.DENIAL: "denies it",
}


def event_view(
    number: int, event: ReportedEvent, reading: Reading, countries: CountryTable, *, explains: bool
) -> RenderableType:
    """The block of an event, headed by its number and kind."""
    kind = words_of(event.event_type).capitalize()
    heading = joined(f"{number}  {kind}", None if event.is_main else "background")
    claims = [claim for claim in reading.claims if claim.event_id == event.id]
    parts: list[RenderableType] = [labelled(_rows(event, reading, countries))]
    if explains:
        reasons = [*event_reasons(reading, event, countries), *claim_reasons(reading, claims)]
        parts.append(reasons_table(reasons))
    return Group(Padding(heading, (1, 0, 0, 0)), Padding(Group(*parts), (0, 0, 0, INDENT)))


def _rows(
    event: ReportedEvent, reading: Reading, countries: CountryTable
) -> Iterator[tuple[str, RenderableType]]:
    yield "when", Text(when_words(event.when), STYLES[Mark.DATE])
    yield "where", _where(event, countries)
    yield "by", _names([actor.name for actor in event.perpetrators], Mark.PERPETRATOR)
    yield "against", _names([actor.name for actor in event.targets], Mark.TARGET)
    if event.weapons:
        yield "with", _names([weapon.name for weapon in event.weapons], Mark.WEAPON)
    yield "harmed", _tolls(event.tolls) if event.tolls else Text("no toll told", DIM)
    claims = [claim for claim in reading.claims if claim.event_id == event.id]
    if claims:
        yield "who says", claims_by_speaker(reading, claims)
    disputes = list(_disputes(reading, event))
    if disputes:
        yield "disputed", Group(*disputes)


def _where(event: ReportedEvent, countries: CountryTable) -> Text:
    line = Text(where_words(event.where, countries), STYLES[Mark.PLACE])
    point = coordinate_words(event.where)
    return line.append(f"\n{point}", f"{DIM} default") if point else line


def _names(names: list[str], mark: Mark) -> Text:
    return Text(", ".join(names), STYLES[mark]) if names else Text("not told", DIM)


def _tolls(tolls: tuple[Toll, ...]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=DIM, show_edge=False)
    table.add_column("")
    table.add_column("")
    for heading in ("low", "best", "high"):
        table.add_column(heading, justify="right", style=STYLES[Mark.TOLL] if heading == "best" else "")
    table.add_column("", style=DIM)
    for toll in tolls:
        figures = (toll.low, toll.best, toll.high)
        shown = [_UNKNOWN if figure is None else f"{figure:,}" for figure in figures]
        words = figure_words(*figures) if len(set(figures)) > 1 or toll.best is None else ""
        table.add_row(toll.harm.value, words_of(toll.category), *shown, words)
    return table


def _disputes(reading: Reading, event: ReportedEvent) -> Iterator[Text]:
    for toll in toll_disagreements(reading, event.id):
        yield _toll_dispute(toll)
    blame = blame_disagreement(reading, event.id)
    if blame:
        yield _blame_dispute(blame)


def _toll_dispute(dispute: TollDisagreement) -> Text:
    sides = [
        f"{span_words(claim.low, claim.high)} ({short_speaker_words(claim.speaker)})"
        for claim in dispute.claims
    ]
    return Text(f"{harm_words(dispute.harm, dispute.category)}: {', '.join(sides)}")


def _blame_dispute(dispute: BlameDisagreement) -> Text:
    sides: list[str] = []
    for claim in dispute.claims:
        actor = claim.actor.name if claim.actor and claim.kind is not ClaimKind.DENIAL else ""
        sides.append(f"  {short_speaker_words(claim.speaker)} {_BLAME_WORDS[claim.kind]} {actor}".rstrip())
    return Text("\n".join(["who did it:", *dict.fromkeys(sides)]))
