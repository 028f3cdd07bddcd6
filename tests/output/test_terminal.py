"""The view of a reading on a terminal, and in a file."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from casus.model import Reading
from casus.output.highlighting import STYLES, Mark, marked_text
from casus.output.terminal import ReadingView
from casus.resolving.countries import CountryTable
from factories import evidence, sample_reading, sample_report

COUNTRIES = CountryTable.load()


def page(reading: Reading, *, width: int = 90, colours: bool = False, explains: bool = False) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colours,
        color_system="standard" if colours else None,
        highlight=False,
    )
    console.print(ReadingView(reading, COUNTRIES, explains=explains))
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


@pytest.mark.parametrize(
    "line",
    [
        "Shells hit Tel Rimon market; toll disputed",
        "Harbour Post · Saturday 8 May 2021",
        "1  Shelling",
        "2  Destruction · background",
        "   when       Friday 7 May 2021",
        "   where      the market of Tel Rimon, Northern, Israel",
        "              32.50, 35.25: the middle of the first-order unit",
        "   by         army",
        "   against    traders",
        "   with       shells",
        "              killed  civilians    9     9    12  9, up to 12",
        "   harmed     no toll told",
        "   who says   Ila Doran, mayor",
        "                toll           killed (civilians): at least 9",
        "              local doctor, not named",
        "                               “spoke of 12 dead”",
        "   disputed   killed (civilians): at least 9 (Ila Doran), 12 (local doctor, not named)",
        "                Ila Doran accuses army",
        "                Avi Strand denies it",
        "Said, and tied to no event",
        "   Lake Truce · May 2020 · army, town council",
        "      army: leave, by June 2021",
        "   attacks: down 40 percent since May 2020 · monitors",
        "   no place of this name is known  “Tel Rimon”",
    ],
)
def test_the_view_tells_what_was_read(line: str) -> None:
    assert line in page(sample_reading()).split("\n")


@pytest.mark.parametrize("width", [30, 60, 100, 200])
def test_no_line_is_wider_than_the_terminal_or_than_is_good_to_read(width: int) -> None:
    lines = page(sample_reading(), width=width, explains=True).split("\n")
    assert max(map(len, lines)) <= min(width, 100)


def test_without_colours_there_is_no_legend_and_no_escape_code() -> None:
    text = page(sample_reading())
    assert "\x1b" not in text
    assert Mark.PASSAGE.value not in text


def test_with_colours_the_legend_names_the_kinds_that_occur() -> None:
    text = page(sample_reading(), colours=True)
    assert all(mark.value in text for mark in Mark)
    bare = page(Reading(sample_report(), "test 1"), colours=True)
    assert not any(f" {mark.value} " in bare for mark in Mark)


def test_the_shorter_of_two_overlapping_spans_shows() -> None:
    reading = sample_reading()
    text = marked_text(reading)
    toll = evidence(reading.report, "at least nine traders")
    traders = evidence(reading.report, "traders")
    console = Console()
    inside = text.get_style_at_offset(console, toll.start_char)
    over = text.get_style_at_offset(console, traders.start_char)
    assert inside.color is not None
    assert inside.color.name == "red"
    assert over.color is not None
    assert STYLES[Mark.TARGET] == f"not bold {over.color.name}"
    assert not over.bold


def test_the_marked_text_is_the_text() -> None:
    reading = sample_reading()
    assert marked_text(reading).plain == reading.report.text


def test_a_report_without_events_says_so() -> None:
    assert "No event of political violence is told here." in page(Reading(sample_report(), "test 1"))


def test_a_missing_publication_date_is_told() -> None:
    reading = replace(sample_reading(), report=sample_report(None))
    assert "publication date not known" in page(reading)


@pytest.mark.parametrize(
    ("value", "words", "rule"),
    [
        ("shelling", "“hit the market”", "act.shelling"),
        ("Friday 7 May 2021", "“on Friday”", "date.weekday"),
        ("killed 9, up to 12, civilians", "“at least nine traders”", "toll.verb"),
        ("says Ila Doran", "“Mayor Ila Doran”", "test.words"),
        ("Lake Truce", "“the Lake Truce was signed in May 2020”", "test.words"),
    ],
)
def test_explaining_shows_words_and_rule_of_each_value(value: str, words: str, rule: str) -> None:
    rows = page(sample_reading(), width=100, explains=True).split("\n")
    assert any(value in row and words in row and rule in row for row in rows)


def test_markup_in_a_report_is_shown_as_it_is() -> None:
    report = replace(sample_report(), text="[bold]A [red]raid[/red] :smile: [/]", title=None, body_start=0)
    assert "[bold]A [red]raid[/red] :smile: [/]" in page(Reading(report, "test 1"))
