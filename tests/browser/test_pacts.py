"""The register of agreements in a browser: entered, corrected, joined and taken back by its forms."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from chromium import Opening
from served import Served


def enter(page: Page, name: str) -> None:
    """Enter an agreement of two parties with one commitment."""
    page.keyboard.press("a")
    form = page.get_by_role("dialog", name="Add an agreement")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Parties").fill("Amal Duur\nCoast Council")
    form.get_by_label("When it was agreed").fill("2020-06-10")
    form.get_by_role("button", name="Add a commitment").click()
    form.get_by_label("Who undertakes it").fill("Amal Duur")
    form.get_by_label("What", exact=True).fill("keep out of Hajjah")
    form.get_by_text("Which events bear on it").click()
    form.get_by_label("shelling").check()
    form.get_by_label("Country").fill("ye")
    form.get_by_label("Where it stands").fill("a leaflet")
    form.get_by_label("Why").fill("seen by rowan")
    form.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.wait_for_load_state()  # keys work once its scripts are there


def test_an_agreement_is_entered_corrected_joined_and_taken_back(empty_desk: Served, opener: Opening) -> None:
    open_page, _ = opener(empty_desk)
    page = open_page("/agreements")
    enter(page, "Harbour Pact")
    expect(page.get_by_text("of the kind shelling, in YE, after the agreement")).to_be_visible()
    page.keyboard.press("e")
    form = page.get_by_role("dialog", name="Correct")
    expect(form.get_by_label("shelling")).to_be_checked()
    form.get_by_label("Name").fill("Harbour Accord")
    form.get_by_role("button", name="Leave this commitment out").click()
    form.get_by_label("Why").fill("the text")
    form.get_by_role("button", name="Correct").click()
    expect(page.get_by_role("heading", name="Harbour Accord", level=1)).to_be_visible()
    expect(page.get_by_text("Nobody says what was undertaken.")).to_be_visible()
    page.goto("/agreements")
    enter(page, "Quay Truce")
    page.keyboard.press("m")
    form = page.get_by_role("dialog", name="Join with another entry")
    form.get_by_label("Find an agreement").fill("harbour acc")
    form.get_by_label("Harbour Accord").check()
    form.get_by_label("Why").fill("one deal")
    form.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_role("button", name="Part …")).to_be_visible()
    page.get_by_role("button", name="Take back decision 5").click()
    expect(page.get_by_text("Taken back by rowan")).to_be_visible()
    page.goto("/agreements")
    expect(page.get_by_role("heading", name="2 agreements")).to_be_visible()
