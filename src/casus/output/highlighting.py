"""The report's text with the evidence marked, a colour a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from rich.text import Text

from casus.model import Evidence, Reading


class Mark(StrEnum):
    """What a marked span is evidence of; its value is its name in the legend."""

    EVENT = "what happened"
    PASSAGE = "agreement, statistic"
    DATE = "when"
    PLACE = "where"
    TARGET = "to whom"
    PERPETRATOR = "by whom"
    WEAPON = "weapon"
    TOLL = "how many"
    SPEAKER = "who says so"


# The sixteen colours of the terminal's own theme, so that they are readable on any.
STYLES = {
    Mark.EVENT: "bold",
    Mark.PASSAGE: "underline",
    Mark.DATE: "not bold cyan",
    Mark.PLACE: "not bold green",
    Mark.TARGET: "not bold yellow",
    Mark.PERPETRATOR: "not bold magenta",
    Mark.WEAPON: "not bold bright_magenta",
    Mark.TOLL: "bold red",
    Mark.SPEAKER: "not bold blue",
}


def marked_text(reading: Reading) -> Text:
    """The whole text of the report, styled; where spans overlap, the shorter one shows."""
    text = Text(reading.report.text)
    spans = sorted(marks_of(reading), key=lambda mark: _length(mark[1]), reverse=True)
    for mark, evidence in spans:
        text.stylize(STYLES[mark], evidence.start_char, evidence.end_char)
    return text


def legend(reading: Reading) -> Text:
    """The kinds of evidence that this reading has, each in its colour."""
    present = {mark for mark, _ in marks_of(reading)}
    items = [Text(mark.value, STYLES[mark]) for mark in Mark if mark in present]
    return Text("  ").join(items)


def marks_of(reading: Reading) -> Iterator[tuple[Mark, Evidence]]:
    """Each piece of evidence with its kind; claims are marked by their speakers alone."""
    for event in reading.events:
        yield from _each(Mark.EVENT, event.evidence)
        yield from _each(Mark.DATE, event.when.evidence)
        yield from _each(Mark.PLACE, event.where.evidence)
        for actor in event.perpetrators:
            yield from _each(Mark.PERPETRATOR, actor.evidence)
        for actor in event.targets:
            yield from _each(Mark.TARGET, actor.evidence)
        for weapon in event.weapons:
            yield from _each(Mark.WEAPON, weapon.evidence)
        for toll in event.tolls:
            yield from _each(Mark.TOLL, toll.evidence)
    for claim in reading.claims:
        yield from _each(Mark.SPEAKER, claim.speaker.evidence)
    for agreement in reading.agreements:
        yield Mark.PASSAGE, agreement.quote
    for statistic in reading.statistics:
        yield Mark.PASSAGE, statistic.quote


def _each(mark: Mark, pieces: Iterable[Evidence]) -> Iterator[tuple[Mark, Evidence]]:
    for piece in pieces:
        yield mark, piece


def _length(evidence: Evidence) -> int:
    return evidence.end_char - evidence.start_char
