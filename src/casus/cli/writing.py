"""Readings written as they come: for people, as JSON, as JSON Lines."""

from __future__ import annotations

import io
from collections.abc import Iterable
from enum import StrEnum
from typing import TextIO

from rich.console import Console

from casus.cli.consoles import result_console
from casus.model import Reading
from casus.output import reading_record
from casus.output.terminal import ReadingView
from casus.resolving.countries import CountryTable

Sourced = tuple[str, Reading]
"""Where a report was found, and its reading."""


class OutputFormat(StrEnum):
    """How readings are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def write_readings(
    sourced: Iterable[Sourced], output_format: OutputFormat, stream: TextIO, *, explains: bool
) -> None:
    """Write each reading as soon as it is there."""
    match output_format:
        case OutputFormat.TEXT:
            _write_text(sourced, stream, explains=explains)
        case OutputFormat.JSON:
            _write_json(sourced, stream)
        case OutputFormat.JSONL:
            for origin, reading in sourced:
                stream.write(reading_record(reading, origin).model_dump_json() + "\n")
                stream.flush()


def _write_text(sourced: Iterable[Sourced], stream: TextIO, *, explains: bool) -> None:
    countries = CountryTable.load()
    console = result_console(stream)
    for number, (_, reading) in enumerate(sourced):
        if number:
            console.rule(style="dim")
        view = ReadingView(reading, countries, explains=explains)
        if console.is_terminal:
            console.print(view)
        else:
            stream.write(_plain(view, console.width))
            stream.flush()


def _plain(view: ReadingView, width: int) -> str:
    """The view without colours and without blanks at the ends of lines."""
    page = io.StringIO()
    Console(file=page, width=width, highlight=False, color_system=None).print(view)
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))


def _write_json(sourced: Iterable[Sourced], stream: TextIO) -> None:
    """One report is an object, several are a list, none is nothing; one is held back to tell which."""
    held: str | None = None
    count = 0
    for origin, reading in sourced:
        if held is not None:
            stream.write(f"{'[' if count == 1 else ','}\n{held}")
        held = reading_record(reading, origin).model_dump_json(indent=2)
        count += 1
    if count > 1:
        stream.write(f",\n{held}\n]\n")
    elif held is not None:
        stream.write(f"{held}\n")
