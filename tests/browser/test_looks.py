"""How pages look: writing from right to left, on paper, in the theme that one chose, without scripts."""

from __future__ import annotations

from playwright.sync_api import expect

from chromium import Opening
from served import Served
from showcase import ARABIC_PLACE, Showcase


def test_names_from_right_to_left_stand_so_within_a_page_from_left_to_right(
    gallery: Served, shown: Showcase, opener: Opening
) -> None:
    open_page, _ = opener(gallery)
    page = open_page(f"/events/{shown.right_to_left}")
    name = page.locator("h1 bdi", has_text=ARABIC_PLACE)
    assert name.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    assert page.locator("h1").evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    page.locator("a[href^='/reports/']").first.click()
    page.wait_for_url("**/reports/**")
    text = page.locator("main [dir=auto]", has_text="قتل مسلحون").last
    assert text.evaluate("(one) => getComputedStyle(one).direction") == "rtl"


def test_an_event_is_printed_without_what_one_presses(
    gallery: Served, shown: Showcase, opener: Opening
) -> None:
    open_page, _ = opener(gallery)
    page = open_page(f"/events/{shown.many}")
    page.wait_for_load_state("networkidle")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print")
    pressed = page.locator("button, input, select, nav, .top, .foot")
    seen = [one.evaluate("(one) => one.outerHTML.slice(0, 90)") for one in pressed.all() if one.is_visible()]
    # A comparison's rows are folded by their headings, which stay.
    assert [one for one in seen if 'class="fold"' not in one and "leaflet" not in one] == []
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".tolls")).to_be_visible()


def test_the_theme_is_kept(gallery: Served, opener: Opening) -> None:
    open_page, _ = opener(gallery)
    page = open_page("/help", color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Change between light and dark").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/events")
    assert page.evaluate(paper) == dark


def test_events_are_read_without_scripts(gallery: Served, shown: Showcase, opener: Opening) -> None:
    open_page, _ = opener(gallery)
    page = open_page(f"/events/{shown.many}", java_script_enabled=False)
    expect(page.locator("main")).to_contain_text("governor's office")
    expect(page.locator(".comparison")).to_contain_text("at least 15")
    page.goto("/events?country=NE")
    expect(page.locator("tbody tr[data-id]").first).to_be_visible()


def test_an_empty_casebook_says_what_to_do_first(empty_desk: Served, opener: Opening) -> None:
    open_page, _ = opener(empty_desk)
    for path in ("/", "/events", "/queue"):
        page = open_page(path)
        expect(page.locator("main a", has_text="Add").or_(page.locator("main .empty")).first).to_be_visible()
        page.context.close()
