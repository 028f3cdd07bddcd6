"""Every page: whole, without a network, for everybody, on any screen, in both themes.

The pages are those that are routed, so that none is forgotten; where a path has a parameter,
links of other pages say what it can be.
"""

from __future__ import annotations

import html
import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.routing import APIRoute
from playwright.sync_api import Page

from casus.web import routes
from chromium import Opening
from served import Served
from showcase import Showcase

_GRAVE = ("serious", "critical")
_OF_EACH = 1  # how many pages of a route are looked at
_HREF = re.compile(r"""<a\s[^>]*?href="([^"]*)\"""")


def routed() -> dict[str, re.Pattern[str]]:
    """The paths of all pages as they are routed, and what addresses match each."""
    pages = (route for router in routes.PAGES for route in router.routes)
    return {
        route.path: route.path_regex
        for route in pages
        if isinstance(route, APIRoute) and "GET" in route.methods
    }


PATHS = sorted(routed())


# Pages that only those see who are not signed in, or that lead elsewhere: test_people.py looks at them.
APART = {"/sign-in", "/sign-in/elsewhere", "/sign-in/back", "/queue/next"}
BROKEN = "broken"


@pytest.fixture(scope="module")
def addresses(gallery: Served, shown: Showcase) -> dict[str, list[str]]:
    """For each routed page the addresses to look at; where its path has parameters, links lead there.

    Under BROKEN are those that are answered with an error.
    """
    found: dict[str, list[str]] = {path: [] for path in PATHS}
    strange = (shown.loud, shown.many, shown.placeless, shown.long_named, shown.right_to_left)
    named = [f"/events/{event}" for event in strange]
    named += [f"/checks/{shown.measured}", "/trends?around=2017-01-01&by=event_type"]
    waiting = deque([*(path for path in PATHS if "{" not in path and path not in APART), *named])
    seen, broken = set(waiting), found.setdefault(BROKEN, [])
    with httpx.Client(base_url=gallery.address, timeout=60) as client:
        make_job(client)
        while waiting:
            address = waiting.popleft()
            path = _route_of(address)
            if path is None or path in APART or (address not in named and len(found[path]) >= _OF_EACH):
                continue
            answer = client.get(address)
            if answer.status_code != 200:
                broken.append(f"{address}: {answer.status_code}")
                continue
            found[path].append(address)
            for link in _HREF.findall(answer.text):
                whole = urldefrag(urljoin(f"{gallery.address}{address}", html.unescape(link)))[0]
                short = whole.removeprefix(gallery.address)
                if whole.startswith(gallery.address) and short not in seen:
                    seen.add(short)
                    waiting.append(short)
    return found


def make_job(client: httpx.Client) -> None:
    """Have a data set made, so that there is a job to look at."""
    mark = re.search(r'name="csrf" content="([^"]*)"', client.get("/help").text)
    assert mark is not None
    wanted = {"kind": "export", "format": "csv"}
    client.post("/api/v1/jobs", json=wanted, headers={"X-Casus-CSRF": mark[1]}).raise_for_status()


def _route_of(address: str) -> str | None:
    where = urlsplit(address).path
    return next((path for path, pattern in routed().items() if pattern.fullmatch(where)), None)


def test_no_page_is_broken(addresses: dict[str, list[str]]) -> None:
    assert addresses[BROKEN] == []


@pytest.mark.parametrize("path", sorted(set(PATHS) - APART))
def test_some_link_leads_to_the_page(path: str, addresses: dict[str, list[str]]) -> None:
    assert addresses[path]


@pytest.mark.parametrize("path", sorted(set(PATHS) - APART))
def test_the_page_is_whole_and_for_everybody(
    path: str, addresses: dict[str, list[str]], gallery: Served, opener: Opening
) -> None:
    open_page, _ = opener(gallery)
    for address in addresses[path]:
        page = open_page(address)
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").count() == 1, address
        assert grave_findings(page) == [], f"{address} in the light theme"
        page.emulate_media(color_scheme="dark")
        assert grave_findings(page) == [], f"{address} in the dark theme"
        page.context.close()


@pytest.mark.parametrize("path", sorted(set(PATHS) - APART))
def test_the_page_fits_a_phone(
    path: str, addresses: dict[str, list[str]], gallery: Served, opener: Opening
) -> None:
    open_page, _ = opener(gallery)
    for address in addresses[path]:
        page = open_page(address, viewport={"width": 360, "height": 740})
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"{address} is {width} wide: {widest(page)}"
        page.context.close()


def grave_findings(page: Page) -> list[str]:
    """What axe-core finds that keeps somebody from using the page."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found
        if one["impact"] in _GRAVE
        for node in one["nodes"][:3]
    ]


def widest(page: Page) -> str:
    """What reaches out of the screen."""
    out: str = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, footer *")]
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
                && !one.parentElement.closest(".table-box, [data-scrolls], .leaflet-container, svg"))
            .slice(0, 4).map((one) => one.outerHTML.slice(0, 120)).join(" | ")"""
    )
    return out
