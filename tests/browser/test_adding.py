"""Adding reports in a browser, and taking events out again exactly as they are shown."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casus.casebook.book import Casebook
from casus.exports.redacting import WITHHELD as NO_NAME
from chromium import Opening
from served import Served
from showcase import WITHHELD, Showcase

JOB_MS = 90_000
TITLE = "Gunmen kill eight at well near Gotheye"
TEXT = (
    "NIAMEY, Niger - Gunmen on motorcycles killed eight herders at a well near Gotheye in the Tillabéri "
    "region on Saturday, the mayor, Salou Hamani, said on Monday.\n\n"
    "Three people were wounded. Nobody has claimed responsibility for the attack."
)


def fill_in(page: Page) -> None:
    """Paste the report."""
    page.locator("#text").fill(TEXT)
    page.locator("#title").fill(TITLE)
    page.locator("#publisher").fill("Radio Dosso")
    page.locator("#published").fill("2022-05-09")


def test_a_pasted_report_is_read_first_and_kept_then(desk: Served, opener: Opening) -> None:
    open_page, _ = opener(desk)
    page = open_page("/add")
    with Casebook.open(desk.url) as book:
        before = sum(1 for _ in book.heads())
    fill_in(page)
    page.get_by_role("button", name="Read it").click()
    reading = page.locator("#reading [data-reading]")
    expect(reading).to_contain_text("Gotheye", timeout=JOB_MS)
    expect(reading.locator("mark").first).to_be_visible()
    with Casebook.open(desk.url) as book:
        assert sum(1 for _ in book.heads()) == before
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Its event").click()
    page.wait_for_url("**/events/**")
    expect(page.locator("h1")).to_contain_text("Gotheye")
    expect(page.locator(".tolls")).to_contain_text("8")

    page.goto("/events?text=gotheye")
    expect(page.locator("tbody tr[data-id]")).to_have_count(1)
    page.goto("/add")
    fill_in(page)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#reading")).to_contain_text("has this report already", timeout=JOB_MS)


def test_files_that_are_dropped_are_taken_in_by_a_job(desk: Served, opener: Opening) -> None:
    open_page, _ = opener(desk)
    page = open_page("/add")
    dropped = page.evaluate_handle(
        """([text, name]) => {
            const data = new DataTransfer();
            data.items.add(new File([text], name, {type: "text/plain"}));
            return data;
        }""",
        [f"{TITLE}\n\n{TEXT}", "gotheye.txt"],
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    job = page.locator("#live-jobs [data-job], #live-jobs .job").first
    expect(job).to_contain_text("done", timeout=JOB_MS)
    page.reload()  # the job outlives the page
    expect(page.locator("#live-jobs")).to_contain_text("done")
    page.goto("/events?text=gotheye")
    expect(page.locator("tbody tr[data-id]")).to_have_count(1)


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text)))


def test_what_is_exported_is_what_is_shown(gallery: Served, opener: Opening, tmp_path: Path) -> None:
    open_page, _ = opener(gallery)
    page = open_page("/events?country=ML&type=attack&limit=100")
    shown = [row.get_attribute("data-id") for row in page.locator("tbody tr[data-id]").all()]
    page.locator("#exports > summary").click()
    with page.expect_download() as waited:
        page.locator("#exports a", has_text="CSV").first.click()
    downloaded = Path(waited.value.path()).read_text("utf-8")
    options = ["--country", "ML", "--type", "attack", "--format", "csv", "--casebook", gallery.url]
    written = tmp_path / "events.csv"
    subprocess.run([sys.executable, "-m", "casus", "export", *options, str(written)], check=True)
    assert rows_of(downloaded) == rows_of(written.read_text("utf-8"))
    assert {row["id"] for row in rows_of(downloaded)} == set(shown)
    assert NO_NAME in downloaded
    assert WITHHELD not in downloaded


@pytest.mark.parametrize("query", ["text=tam", "status=contested&harm=injured", "grade=fair&country=NE"])
def test_any_filter_of_the_page_can_be_exported(query: str, gallery: Served, opener: Opening) -> None:
    open_page, _ = opener(gallery)
    page = open_page(f"/events?{query}&limit=100")
    shown = [row.get_attribute("data-id") for row in page.locator("tbody tr[data-id]").all()]
    assert shown
    address = page.locator("#exports a", has_text="CSV").first.get_attribute("href")
    assert address is not None
    answer = page.request.get(address)
    assert answer.ok
    assert {row["id"] for row in rows_of(answer.text())} == set(shown)


def test_a_script_in_a_report_stays_text(gallery: Served, shown: Showcase, opener: Opening) -> None:
    open_page, _ = opener(gallery)
    for path in ("/", "/events", f"/events/{shown.scripted}", f"/events/{shown.corrected}", "/queue"):
        page = open_page(path)
        page.wait_for_load_state("networkidle")
        assert page.title() != "run"
        assert page.locator("img[src=x]").count() == 0
        page.context.close()
