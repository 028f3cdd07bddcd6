"""The files that `casus report` and `--chart` write, in a browser without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from casus.analysis.charts.maps import map_chart
from casus.analysis.mapping import map_of
from casus.analysis.report import period_report, save_report
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from showcase import Showcase


@pytest.fixture(scope="module")
def file(showcase: tuple[Path, Showcase], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on a country of the casebook that shows whatever a page can be asked to show."""
    target = tmp_path_factory.mktemp("reports") / "report.html"
    with Casebook.open(f"sqlite:///{showcase[0]}") as book:
        save_report(period_report(book, select(book, country="NE", sees_withheld=False)), target)
    return target


@pytest.fixture(params=[(1280, "light"), (360, "dark")], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Page]:
    """The file in a browser that is cut off; the test fails where it asks for anything, or errs."""
    width, theme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, offline=True, accept_downloads=True
    )
    wrong: list[str] = []
    opened = context.new_page()
    opened.on("request", lambda asked: asked.url == file.as_uri() or wrong.append(asked.url))
    opened.on("console", lambda told: wrong.append(told.text))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    context.close()
    assert wrong == []


def test_a_report_opens_offline_fits_the_screen_and_can_be_used_by_everybody(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    is_narrow = page.viewport_size is not None and page.viewport_size["width"] < 600
    assert page.locator(".drawing .narrow svg").first.is_visible() is is_narrow
    assert page.locator(".drawing .wide svg").first.is_visible() is not is_narrow
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"][:90] for node in fault["nodes"]][:3]) for fault in faults] == []


def test_drawings_follow_the_page_into_the_dark(page: Page) -> None:
    colours = page.evaluate(
        "[getComputedStyle(document.body).color, "
        "getComputedStyle([...document.querySelectorAll('.drawing svg text')].find(one => "
        "one.getAttribute('fill')?.includes('--c-ink'))).fill]"
    )
    assert colours[0] == colours[1]


def test_what_a_report_carries_can_be_saved(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as saved:
        page.locator("a[download='events.csv']").click()
    saved.value.save_as(tmp_path / "events.csv")
    assert (tmp_path / "events.csv").read_text("utf-8").startswith("event,start,end,event_type,")


def test_a_chart_of_its_own_is_drawn_by_its_script_without_a_network(
    browser: Browser, showcase: tuple[Path, Showcase], tmp_path: Path
) -> None:
    target = tmp_path / "map.html"
    with Casebook.open(f"sqlite:///{showcase[0]}") as book:
        map_chart(map_of(book.browse.table(select(book, country="NE").wanted)), "Niger").save(target)
    context = browser.new_context(offline=True)
    wrong: list[str] = []
    page = context.new_page()
    page.on("request", lambda asked: asked.url == target.as_uri() or wrong.append(asked.url))
    page.on("console", lambda told: wrong.append(told.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(target.as_uri())
    page.locator("#drawing.vega-embed svg").first.wait_for()  # the still drawing has given way
    mark = page.locator("#drawing .mark-symbol path").first
    mark.hover(force=True)
    expect(page.locator("#vg-tooltip-element.visible")).to_contain_text("killed")
    context.close()
    assert wrong == []
