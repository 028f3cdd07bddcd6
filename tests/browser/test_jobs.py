"""Reports are added by hand: pasted, read, kept; dropped as files; and taken out as a data set."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from chromium import Opening
from served import Served

TEXT = (
    "Gunmen on motorbikes killed at least 14 farmers near Anzourou on Monday, the governor of Tillaberi "
    "said. No group has claimed the attack."
)
_PATIENCE_MS = 120_000  # the reader loads for some seconds, longer where tests run side by side


def test_a_text_is_read_then_corrected_then_kept(desk: Served, opener: Opening) -> None:
    open_page, _ = opener(desk)
    page = open_page("/add")
    page.set_default_timeout(_PATIENCE_MS)
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    reading = page.locator("#reading")
    expect(reading.get_by_role("heading", name="How it is read")).to_be_visible(timeout=_PATIENCE_MS)
    expect(reading.get_by_text("Without its day of publication")).to_be_visible()
    page.get_by_label("Published on").fill("2024-03-06")
    reading.get_by_role("button", name="Read it again").click()
    expect(reading.get_by_text("Without its day of publication")).to_have_count(0, timeout=_PATIENCE_MS)
    expect(
        reading.locator("mark", has_text="14 farmers").or_(reading.locator("mark", has_text="at least 14"))
    ).not_to_have_count(0)
    reading.get_by_role("button", name="Keep it").click()
    expect(reading.get_by_text("Kept.")).to_be_visible(timeout=_PATIENCE_MS)
    reading.get_by_role("link", name="The report").click()
    expect(page.locator("#text")).to_contain_text("killed at least 14 farmers")


def test_files_become_a_job_that_a_reload_does_not_lose(
    desk: Served, opener: Opening, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "two.png"
    one.write_text("Two men were shot dead in Baga on Sunday, police said.", "utf-8")
    other.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    open_page, _ = opener(desk)
    page = open_page("/add")
    page.set_default_timeout(_PATIENCE_MS)
    page.get_by_label("Choose files, or drop them here").set_input_files([one, other])
    jobs = page.get_by_role("region", name="Jobs")
    expect(jobs.get_by_role("link", name="Reports: 1 file")).to_be_visible(timeout=_PATIENCE_MS)
    expect(page.get_by_text("two.png: this is a picture")).to_be_visible()
    page.reload()
    expect(jobs.locator(".badge", has_text="done")).to_be_visible(timeout=_PATIENCE_MS)
    expect(jobs.get_by_role("link", name="one.txt")).to_be_visible()


def test_a_data_set_is_made_and_downloaded(desk: Served, opener: Opening) -> None:
    open_page, _ = opener(desk)
    page = open_page("/jobs", accept_downloads=True)
    page.set_default_timeout(_PATIENCE_MS)
    expect(page.get_by_text("No job yet")).to_be_visible()
    page.get_by_label("Format").select_option("datapackage")
    page.get_by_role("button", name="Make it").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download casus-datapackage").click()
    assert coming.value.suggested_filename.endswith(".zip")
    assert Path(coming.value.path()).read_bytes().startswith(b"PK")
