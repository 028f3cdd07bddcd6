"""People at the workbench: signing in, what each role may see and press, names that are withheld."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casus.casebook.book import Casebook
from casus.casebook.people.records import By, Role
from chromium import Opening
from served import Served, served
from showcase import WITHHELD, Showcase

PASSWORD = "seven grey herons by the lake"


@pytest.fixture(scope="module")
def office(showcase: tuple[Path, Showcase], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server where everybody signs in: one of each role, who is called like it."""
    folder = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{shutil.copy(showcase[0], folder / 'book.db')}"
    with Casebook.open(url) as book:
        for role in (Role.ADMIN, Role.REVIEWER, Role.VIEWER):
            book.people.add(role, role, by=By("tests"), password=PASSWORD)
    with served(url, folder / "serve.log") as server:
        yield server


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the form and send it."""
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_one_signs_in_comes_where_one_wanted_to_and_signs_out(office: Served, opener: Opening) -> None:
    open_page, watch = opener(office)
    watch.expected.add(401)
    page = open_page("/queue")
    assert "/sign-in" in page.url
    expect(page.locator("nav.menu")).to_have_count(0)
    sign_in(page, "reviewer", "something else")
    expect(page.get_by_role("alert")).to_be_visible()
    sign_in(page, "reviewer")
    page.wait_for_url("**/queue")
    cookie = next(one for one in page.context.cookies() if one["name"].endswith("casus"))
    assert cookie["httpOnly"]
    assert cookie["sameSite"] in ("Lax", "Strict")
    page.goto("/settings")
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/sign-in**")
    page.goto("/queue")
    assert "/sign-in" in page.url


def test_who_may_only_read_sees_nothing_to_press(office: Served, shown: Showcase, opener: Opening) -> None:
    open_page, watch = opener(office)
    watch.expected.add(403)
    page = open_page(f"/events/{shown.many}")
    sign_in(page, "viewer")
    page.wait_for_url(f"**/events/{shown.many}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-act], [data-edit], [data-undo], dialog form")).to_have_count(0)
    page.goto("/events")
    expect(page.locator("[data-bulk], [name=chosen]")).to_have_count(0)
    page.goto("/queue")
    expect(page.locator("main [data-do]")).to_have_count(0)
    refused = page.evaluate(
        """async (event) => {
            const answer = await fetch(`/api/v1/events/${event}/decisions`, {
                method: "POST",
                headers: {
                    "Content-Type": "application/json", "If-Match": '"1"',
                    "X-Casus-CSRF": document.querySelector("meta[name=csrf]").content,
                },
                body: JSON.stringify({kind: "confirm", reason: ""}),
            });
            return answer.status;
        }""",
        shown.many,
    )
    assert refused == 403
    for path in ("/add", "/settings/people", "/settings/audit"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 403, path


def test_a_withheld_name_is_nowhere_for_who_may_not_see_it(
    office: Served, shown: Showcase, opener: Opening
) -> None:
    open_page, _ = opener(office)
    path = f"/events/{shown.withheld}"
    may, may_not = open_page(path), open_page(path)
    sign_in(may, "reviewer")
    sign_in(may_not, "viewer")
    for page in (may, may_not):
        page.wait_for_url(f"**{path}")
    assert WITHHELD in may.content()
    report = may_not.locator("a[href^='/reports/']").first.get_attribute("href")
    for address in (path, report, "/events?country=ML", "/", "/queue", f"/api/v1{path}"):
        answer = may_not.request.get(str(address))
        assert answer.ok, address
        for part in WITHHELD.split():
            assert part not in answer.text(), f"{part} at {address}"
    for page, count in ((may, 1), (may_not, 0)):
        page.goto(f"/events?text={WITHHELD.split()[0]}")
        expect(page.locator("tbody tr[data-id]")).to_have_count(count)


def test_an_admin_makes_an_account_that_can_sign_in(office: Served, opener: Opening) -> None:
    open_page, _ = opener(office)
    page = open_page("/settings/people")
    sign_in(page, "admin")
    page.wait_for_url("**/settings/people")
    expect(page.locator("main")).to_contain_text("reviewer")
    page.goto("/settings/audit")
    expect(page.locator("main table")).to_contain_text("admin")
