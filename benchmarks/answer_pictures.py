"""Makes the pictures of charts and of a report that the manual shows, into docs/pictures.

    python benchmarks/answer_pictures.py [--folder docs/pictures]

The casebook is that of `showcase.py`.  Pictures are PNGs of few colours, so that they stay small.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from casus.analysis.before_after import Turn
from casus.analysis.charts.comparisons import comparison_chart, rows_of
from casus.analysis.charts.maps import map_chart
from casus.analysis.charts.trends import trend_chart
from casus.analysis.mapping import map_of
from casus.analysis.report import period_report, save_report
from casus.analysis.selecting import select
from casus.analysis.trends import trend
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import TimeUnit
from served import launched
from showcase import make_showcase

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
_COLOURS = 48
_WIDE, _HIGH = 860, 1700
_DAY = date(2018, 1, 1)


def main() -> None:
    """Make all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        address = f"sqlite:///{name}/showcase.db"
        make_showcase(address)
        with Casebook.open(address) as book:
            book.clock = lambda: datetime(2026, 1, 15, tzinfo=UTC)
            for picture, png in (*_charts(book), ("report", _report(book, Path(name)))):
                path = folder / f"{picture}.png"
                path.write_bytes(_small(png))
                print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def _charts(book: Casebook) -> Iterator[tuple[str, bytes]]:
    niger = select(book, country="NE")
    yield "map", map_chart(map_of(book.browse.table(niger.wanted)), niger.words).png(scale=1.25)
    found = trend(book, select(book), around=Turn(_DAY, _DAY, "an accord"), unit=TimeUnit.YEAR)
    yield "trend", trend_chart(found).png(scale=1.25)
    split = found.around
    if split is not None:
        before, after = (f"{side.first} to {side.last}" for side in (split.before, split.after))
        chart = comparison_chart(
            rows_of(split), before=before, after=after, events_in_words=found.words, revision=found.revision
        )
        yield "comparison", chart.png(scale=1.25)


def _report(book: Casebook, folder: Path) -> bytes:
    """The first pages of a report as a browser shows them."""
    target = folder / "report.html"
    wanted = select(book, since=date(2016, 1, 1), until=date(2022, 12, 31), country="NE", sees_withheld=False)
    save_report(period_report(book, wanted), target)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_context(offline=True, viewport={"width": _WIDE, "height": _HIGH}).new_page()
        page.goto(target.as_uri())
        picture = page.screenshot()
        browser.close()
    return picture


def _small(png: bytes) -> bytes:
    image = Image.open(BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    packed = BytesIO()
    image.save(packed, "PNG", optimize=True)
    return packed.getvalue()


if __name__ == "__main__":
    main()
