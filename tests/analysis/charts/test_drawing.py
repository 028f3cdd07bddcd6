"""Charts as files: what is in them, and that there is none of nothing."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import altair as alt
import pytest
from PIL import Image

from casus.analysis.charts import theme
from casus.analysis.charts.drawing import Cell, Chart, chart_of, shown, source_line
from casus.errors import ExportError, NotAnswerable

FIGURES: tuple[tuple[str, int | None], ...] = (("2020-01-01", 4), ("2020-01-02", None), ("2020-01-03", 9))
TITLE = "Events & “clashes” <a day>"


def made(rows: tuple[tuple[str, Cell], ...] = FIGURES) -> Chart:
    values = [{"day": day, "next": f"{day}T23:00:00Z", "events": events} for day, events in rows]
    drawing = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(orient="vertical")
        .encode(
            x=theme.time_axis("day"),
            x2="next:T",
            y=theme.number_axis("events", "events"),
            y2=alt.datum(0),
        )
        .properties(width=theme.WIDTH, height=100)
    )
    return chart_of(
        drawing,
        title=TITLE,
        caption=(source_line("all events", 12), "Counted </script> by hand."),
        alternative='Events a day: "4", unknown, 9.',
        columns=("day", "events"),
        rows=rows,
        subtitle="By the day",
    )


def heights(svg: str) -> list[float]:
    """How high the bars of a drawing are, in pixels."""
    return [
        float(found) for found in re.findall(r'd="M[\d.,]+h[\d.]+v([\d.]+)h-[\d.]+Z" fill="#0072b2"', svg)
    ]


def test_bars_begin_at_zero_and_unknown_is_a_gap() -> None:
    chart = made()
    assert re.findall(r">(\d)</text>", chart.svg(is_bare=True)) == ["0", "2", "4", "6", "8"]
    four, nine = heights(chart.svg())
    assert nine / four == pytest.approx(9 / 4)


def test_a_drawing_is_the_same_every_time() -> None:
    assert made().svg() == made().svg()
    assert made().html() == made().html()
    assert made().json() == made().json()


def test_title_caption_and_words_are_in_every_format_that_has_text() -> None:
    chart = made()
    svg = chart.svg()
    for words in (
        "Events &amp; “clashes” &lt;a day&gt;",
        "Source: casebook at revision 12; all events.",
        "By the day",
    ):
        assert words in svg
    assert svg.startswith('<svg role="img" aria-label="Events a day: &quot;4&quot;, unknown, 9."')
    bare = chart.svg(is_bare=True)
    assert "clashes" not in bare
    assert "Source" not in bare
    specification = json.loads(chart.json())
    assert specification["description"] == chart.alternative
    assert specification["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_a_page_holds_the_drawing_the_words_and_the_figures() -> None:
    page = made().html()
    assert "<h1>Events &amp; “clashes” &lt;a day&gt;</h1>" in page
    assert "Counted &lt;/script&gt; by hand." in page
    assert page.count("</script>") == 1
    assert '<th scope="row"><bdi>2020-01-02</bdi></th><td><bdi>unknown</bdi></td>' in page
    assert '<td class="number"><bdi>9</bdi></td>' in page
    assert "src=" not in re.sub(r"<script.*</script>", "", page, flags=re.DOTALL)


def test_a_png_has_ink_of_the_bars_on_it() -> None:
    image = Image.open(BytesIO(made().png(scale=1))).convert("RGB")
    colours = {colour: count for count, colour in image.getcolors(1 << 24) or ()}
    assert image.width > theme.WIDTH
    assert colours[(0, 0x72, 0xB2)] > 10_000
    assert colours[(255, 255, 255)] > 10_000


def test_a_chart_is_written_in_the_format_of_the_suffix(tmp_path: Path) -> None:
    chart = made()
    for suffix, beginning in (
        ("png", b"\x89PNG\r\n"),
        ("svg", b"<svg "),
        ("pdf", b"%PDF-"),
        ("html", b"<!DOCTYPE html>"),
        ("JSON", b"{"),
    ):
        chart.save(tmp_path / f"chart.{suffix}")
        assert (tmp_path / f"chart.{suffix}").read_bytes().startswith(beginning)
    assert len(list(tmp_path.iterdir())) == 5


def test_another_suffix_or_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(
        ExportError, match=r"chart\.gif: no chart can be written so: end the name in one of \.png"
    ):
        made().save(tmp_path / "chart.gif")
    with pytest.raises(ExportError, match="can't be written: No such file"):
        made().save(tmp_path / "nowhere" / "chart.svg")
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        made().save(tmp_path / "folder.svg")
    assert [one.name for one in tmp_path.iterdir()] == ["folder.svg"]


@pytest.mark.parametrize("rows", [(), (("2020-01-01", None), ("2020-01-02", None))])
def test_there_is_no_chart_of_nothing(rows: tuple[tuple[str, Cell], ...]) -> None:
    with pytest.raises(NotAnswerable, match="nothing to draw in the chart “Events"):
        made(rows)


def test_series_differ_in_dash_shape_and_lightness_and_not_in_colour_alone() -> None:
    assert len({one.dash for one in theme.SERIES}) == len(theme.SERIES)
    assert len({one.shape for one in theme.SERIES}) == len(theme.SERIES)
    first, second, third = (_lightness(one.colour) for one in theme.SERIES[:3])
    assert min(abs(first - second), abs(second - third), abs(first - third)) > 20


def _lightness(colour: str) -> float:
    """L* of CIE 1976 for a colour of sRGB (IEC 61966-2-1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16


def test_cells_are_shown_as_people_write_them() -> None:
    assert [shown(one) for one in (12345, None, 0.12345, 1234.5, "Rakha")] == [
        "12,345",
        "unknown",
        "0.1235",
        "1,234",
        "Rakha",
    ]
