"""The table of events and the map, worked with in a browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from chromium import Opening
from served import Served

WIDE = {"width": 1280, "height": 900}


def chosen_by_keys(page: Page, count: int) -> None:
    """Choose the first rows with the keyboard."""
    for _ in range(count):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text(f"{count} chosen")


def test_events_are_merged_from_the_table_and_parted_again(desk: Served, opener: Opening) -> None:
    page = opener(desk)[0]("/events", viewport=WIDE)
    heading = page.locator("h2#found")
    before = heading.inner_text()
    chosen_by_keys(page, 3)
    page.get_by_role("button", name="Merge…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio")).to_have_count(3)
    dialog.get_by_label("Why they are one event").fill("one convoy")
    page.keyboard.press("Enter")
    expect(heading).not_to_have_text(before)
    page.get_by_role("button", name="Undo").click()
    expect(heading).to_have_text(before)


def test_several_are_confirmed_at_once_and_taken_back_at_once(desk: Served, opener: Opening) -> None:
    page = opener(desk)[0]("/events", viewport=WIDE)
    confirmed = page.locator(".event-table .badge", has_text="reviewed")
    before = confirmed.count()
    chosen_by_keys(page, 4)
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator(".toast").last).to_contain_text("4 events confirmed")
    assert confirmed.count() > before
    assert page.evaluate("document.activeElement.closest('tr') !== null")
    page.keyboard.press("u")
    expect(confirmed).to_have_count(before)


def test_a_reason_is_asked_for_before_events_are_rejected(desk: Served, opener: Opening) -> None:
    page = opener(desk)[0]("/events", viewport=WIDE)
    before = page.locator("h2#found").inner_text()
    chosen_by_keys(page, 1)
    page.get_by_role("button", name="Reject…").click()
    page.get_by_role("button", name="Reject", exact=True).click()
    assert page.get_by_label("Why").evaluate("one => one.validity.valueMissing")
    page.keyboard.press("Escape")
    expect(page.locator("h2#found")).to_have_text(before)


def test_what_is_chosen_stays_so_while_others_work(desk: Served, opener: Opening) -> None:
    open_page, _ = opener(desk)
    page, other = open_page("/events", viewport=WIDE), open_page("/queue")
    chosen_by_keys(page, 2)
    focused = page.evaluate("document.activeElement.closest('tr').dataset.id")
    page.wait_for_timeout(2500)  # one beat of the pulse, to know what was before
    revisions = "() => [...document.querySelectorAll('[data-id]')].map((row) => row.dataset.revision).join()"
    before = page.evaluate(revisions)
    other.keyboard.press("a")
    page.wait_for_function(f"(before) => ({revisions})() !== before", arg=before)
    expect(page.locator("[data-chosen]")).to_have_text("2 chosen")
    assert page.evaluate("document.activeElement.closest('tr').dataset.id") == focused


def test_the_map_is_worked_by_keys_and_draws_areas(gallery: Served, opener: Opening) -> None:
    page = opener(gallery)[0]("/", viewport=WIDE)
    cluster = page.locator(".map button.map-cluster").first
    cluster.wait_for()
    labels = page.locator(".map-point").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert all("event" in label for label in labels)
    before = page.locator(".map-point").count()
    cluster.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("(was) => document.querySelectorAll('.map-point').length !== was", arg=before)
    page.wait_for_timeout(600)
    assert page.evaluate("document.activeElement.matches('.map-point')")


def test_the_map_changes_with_the_theme(gallery: Served, opener: Opening) -> None:
    page = opener(gallery)[0]("/", viewport=WIDE)
    page.locator(".map-point").first.wait_for()
    sea = "getComputedStyle(document.querySelector('.map')).backgroundColor"
    light = page.evaluate(sea)
    page.locator("[data-theme-switch]").click()
    assert page.evaluate(sea) != light
