"""Reviewing in a browser: a whole day by keyboard alone, undo, and two people at once."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind
from chromium import Opening
from served import Served
from showcase import LOUD_PLACE, Showcase

_MOST_TABS = 120
REVIEWER = "rowan"
TOLL = "killed.civilians.best"


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other, once the page's scripts listen."""
    page.wait_for_load_state("load")
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Go to an element by the Tab key."""
    for _ in range(_MOST_TABS):
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted) ?? false", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the Tab key does not lead to {selector}")


def toast(page: Page) -> Locator:
    """The messages at the foot of the page."""
    return page.locator("#toasts .toast")


def event_of(page: Page) -> str:
    """The id of the event that a page shows."""
    shown = page.locator("#event").get_attribute("data-id")
    assert shown is not None
    return shown


def test_a_day_is_reviewed_by_keyboard_alone(desk: Served, shown: Showcase, opener: Opening) -> None:
    open_page, _ = opener(desk)
    page = open_page("/")
    press(page, "g", "q")
    page.wait_for_url("**/queue")
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("confirm the event")
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_have_count(0)
    filter_by_keys(page, "Niger")
    press(page, "Enter")
    page.wait_for_url("**/events/**")
    assert event_of(page) == shown.many  # which four outlets tell differently

    look_at_evidence_by_keys(page)
    correct_by_keys(page, "17", "the list of the hospital")
    press(page, "c")
    expect(toast(page)).to_contain_text("Confirmed.")
    skipped = event_of(page)
    assert skipped != shown.many
    press(page, "j")
    expect(page.locator(f'#event[data-id="{skipped}"]')).to_have_count(0)
    expect(page.locator("#event")).to_be_attached()
    merged = event_of(page)
    merge_by_keys(page, shown.loud, "one raid on two landings")
    with Casebook.open(desk.url) as book:
        assert book.event(merged).id == book.event(shown.loud).id
    press(page, "u")
    expect(toast(page)).to_contain_text("Taken back.")
    press(page, "q")
    page.wait_for_url("**/queue**")
    expect(page.locator(f'[data-id="{merged}"]')).to_be_visible()

    with Casebook.open(desk.url) as book:
        assert book.event(merged).id != book.event(shown.loud).id
        kinds = [one.kind for one in book.decisions(shown.many) if one.withdrawn_at is None]
        assert kinds[-2:] == [DecisionKind.CORRECT, DecisionKind.CONFIRM]
        assert best_of(book, shown.many) == 17


def filter_by_keys(page: Page, country: str) -> None:
    """Narrow the queue down; the first event that waits is in focus then."""
    tab_to(page, "#queue-filters > summary", "Shift+Tab")
    press(page, "Enter")
    tab_to(page, "#queue-filters select[name=country]")
    page.keyboard.type(country)
    tab_to(page, "#queue-filters button[type=submit]")
    press(page, "Enter")
    page.wait_for_url("**country=**")
    expect(page.locator(".queue-list .row-link").first).to_be_focused()


def look_at_evidence_by_keys(page: Page) -> None:
    """A value opens the sentence that it was read from."""
    tab_to(page, "[data-row*=killed] a.cite")
    press(page, "Enter")
    sentence = page.locator("#sentence")
    expect(sentence).to_be_visible()
    expect(sentence.locator("[data-part=words]")).not_to_be_empty()
    press(page, "Escape")
    expect(sentence).to_be_hidden()


def correct_by_keys(page: Page, value: str, reason: str) -> None:
    """Set the toll; what the accounts say stays beside it."""
    tab_to(page, f'[data-edit="{TOLL}"]', "Shift+Tab")
    press(page, "Enter")
    expect(page.locator("#correct fieldset:not([hidden]) [name=value]")).to_be_focused()
    press(page, "Control+a")
    page.keyboard.type(value)
    tab_to(page, "#correct [name=reason]")
    page.keyboard.type(reason)
    press(page, "Enter")
    expect(toast(page)).to_contain_text("Corrected.")
    expect(page.locator(".tolls")).to_contain_text("set by hand")
    expect(page.locator("#history-head + ol")).to_contain_text(reason)


def merge_by_keys(page: Page, other: str, reason: str) -> None:
    """Look for another event, and make the two one."""
    press(page, "m")
    tab_to(page, "#merge-search")
    page.keyboard.type(other)
    expect(page.locator("#merge [data-choices]")).to_contain_text(LOUD_PLACE)
    tab_to(page, "#merge [name=other]")
    press(page, " ")
    tab_to(page, "#merge [name=reason]")
    page.keyboard.type(reason)
    press(page, "Enter")
    expect(toast(page)).to_contain_text("Merged.")


def best_of(book: Casebook, event_id: str) -> int | None:
    """The best figure of killed civilians."""
    tolls = book.event(event_id).tolls
    return next(toll.best for toll in tolls if f"{toll.harm}.{toll.category}.best" == TOLL)


def correct(page: Page, value: str, reason: str) -> None:
    """Fill in and send the form that corrects the toll."""
    page.locator(f'[data-edit="{TOLL}"]').click()
    page.locator("#correct fieldset:not([hidden]) [name=value]").fill(value)
    page.locator("#correct [name=reason]").fill(reason)
    page.locator("#correct [type=submit]").click()


def test_of_two_who_correct_one_event_the_second_is_asked(
    desk: Served, shown: Showcase, opener: Opening
) -> None:
    open_page, watch = opener(desk)
    watch.expected.add(412)
    path = f"/events/{shown.many}"
    first, second = open_page(path), open_page(path)
    second.locator(f'[data-edit="{TOLL}"]').click()  # and thinks about it while the first is quicker
    correct(first, "17", "the list of the hospital")
    expect(toast(first)).to_contain_text("Corrected.")
    second.locator("#correct fieldset:not([hidden]) [name=value]").fill("21")
    second.locator("#correct [name=reason]").fill("the mayor, by telephone")
    second.locator("#correct [type=submit]").click()
    stale = second.locator("#stale")
    expect(stale).to_be_visible()
    expect(stale).to_contain_text("17")
    expect(stale).to_contain_text("21")
    expect(stale).to_contain_text(REVIEWER)
    with Casebook.open(desk.url) as book:
        assert best_of(book, shown.many) == 17

    # They may still mean it: then it is made on what is there now, and the first stays in the history.
    stale.get_by_role("button", name="Apply mine anyway").click()
    expect(toast(second)).to_contain_text("Corrected.")
    with Casebook.open(desk.url) as book:
        assert best_of(book, shown.many) == 21
        assert [one.value for one in book.decisions(shown.many) if one.field == TOLL] == [17, 21]


def test_what_one_changes_the_other_sees_within_seconds(
    desk: Served, shown: Showcase, opener: Opening
) -> None:
    open_page, _ = opener(desk)
    at_event, at_queue = open_page(f"/events/{shown.many}"), open_page("/queue?country=NE")
    row = at_queue.locator(f'[data-id="{shown.many}"]')
    expect(row).to_be_visible()
    at_queue.wait_for_timeout(2500)  # both have asked for the pulse once
    other = open_page(f"/events/{shown.many}")
    other.locator('[data-act="confirm"]').click()
    expect(toast(other)).to_contain_text("Confirmed.")
    expect(at_event.locator("#changed")).to_be_visible(timeout=5000)
    expect(at_event.locator("#changed")).to_contain_text(REVIEWER)
    expect(row).to_have_count(0, timeout=5000)


def test_pages_can_be_gone_back_to_with_their_filter(gallery: Served, opener: Opening) -> None:
    open_page, _ = opener(gallery)
    page = open_page("/events")
    every = page.locator("#found").inner_text()
    page.locator("#filter-country").select_option("NE")
    page.locator("form[data-filters] button[type=submit]").click()
    page.wait_for_url(re.compile(r"\?country=NE$"))
    some = page.locator("#found").inner_text()
    assert some != every
    page.locator(".row-link").first.click()
    page.wait_for_url("**/events/*")
    page.go_back()
    page.wait_for_url(re.compile(r"\?country=NE$"))
    expect(page.locator("#filter-country")).to_have_value("NE")
    expect(page.locator("#found")).to_have_text(some)
    page.reload()
    expect(page.locator("#found")).to_have_text(some)
    page.go_back()
    expect(page.locator("#found")).to_have_text(every)
