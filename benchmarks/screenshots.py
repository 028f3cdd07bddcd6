"""Takes pictures of every page of the workbench: wide, on a phone, and in the dark.

    python benchmarks/screenshots.py [--folder docs/screenshots] [--only WORD ...]

The casebook is that of `showcase.py`.  A page whose path has parameters is shown by the first link that leads
to it.  Pictures are PNGs of few colours, so that they stay small.
"""

from __future__ import annotations

import argparse
import html
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from served import Served, launched, served
from showcase import Showcase, make_showcase

FOLDER = Path(__file__).parents[1] / "docs" / "screenshots"
_COLOURS = 64
_WIDE = {"width": 1280, "height": 900}
_PHONE = {"width": 360, "height": 740}
_TALLEST = 1500
_MOST_MIB = 3.0


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a page; `suffix` is added to the name of its picture."""

    suffix: str
    viewport: Mapping[str, int]
    scheme: str
    is_whole: bool


VIEWS = (
    View("", _WIDE, "light", is_whole=True),
    View("-phone", _PHONE, "light", is_whole=False),
    View("-dark", _WIDE, "dark", is_whole=False),
)


def pages(shown: Showcase) -> dict[str, str]:
    """The pages of which there are pictures, by name."""
    return {
        "overview": "/",
        "events": "/events",
        "event": f"/events/{shown.many}",
        "event-many-claims": f"/events/{shown.loud}",
        "event-no-place": f"/events/{shown.placeless}",
        "event-long-names": f"/events/{shown.long_named}",
        "event-right-to-left": f"/events/{shown.right_to_left}",
        "queue": "/queue",
        "reports": "/reports",
        "add": "/add",
        "jobs": "/jobs",
        "feeds": "/settings/feeds",
        "actors": "/actors",
        "places": "/places",
        "agreements": "/agreements",
        "trends": "/trends?since=2013-01-01&until=2021-12-31&around=2017-01-01&every=year",
        "checks": "/checks",
        "check": f"/checks/{shown.measured}",
        "sources": "/sources",
        "settings": "/settings",
        "people": "/settings/people",
        "help": "/help",
    }


# Pages of one thing: the first that the page of another leads to.
LINKED = {
    "report": ("event", "/reports/"),
    "actor": ("actors", "/actors/"),
    "place": ("places", "/places/"),
    "agreement": ("agreements", "/agreements/"),
}


def pictures(browser: Browser, server: Served, wanted: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The name and the PNG of each picture."""
    for view in VIEWS:
        context = browser.new_context(
            base_url=server.address,
            viewport=view.viewport,  # type: ignore[arg-type]
            color_scheme=view.scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        for name, path in wanted.items():
            answer = page.goto(path)
            if answer is None or not answer.ok:
                raise SystemExit(f"{path} is broken: {answer and answer.status}")
            page.wait_for_load_state("networkidle")
            yield f"{name}{view.suffix}.png", reduced(picture(page, view))
        context.close()


def linked(server: Served, paths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The names and paths of the pages that others lead to."""
    with httpx.Client(base_url=server.address, timeout=60) as client:
        for name, (origin, start) in LINKED.items():
            found = re.search(rf'<a [^>]*href="({start}[^"?#]+)', client.get(paths[origin]).text)
            if found is None:
                raise SystemExit(f"no link of {paths[origin]} leads to {start}")
            yield name, html.unescape(found[1])


def picture(page: Page, view: View) -> bytes:
    """A page as it is seen, down to its end where the whole of it is wanted."""
    if not view.is_whole:
        return page.screenshot()
    height = min(_TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    return page.screenshot(
        full_page=True, clip={"x": 0, "y": 0, "width": view.viewport["width"], "height": height}
    )


def reduced(png: bytes) -> bytes:
    """The same picture with fewer colours."""
    image = Image.open(BytesIO(png)).convert("RGB")
    out = BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Take them all, and say how much they weigh."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument(
        "--only", nargs="*", metavar="WORD", help="pages with one of these words in their names"
    )
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as playwright:
        url = f"sqlite:///{kept}/showcase.db"
        shown = make_showcase(url)
        with served(url, Path(kept, "serve.log"), environment={"CASUS_REVIEWER": "rowan"}) as server:
            every = pages(shown) | dict(linked(server, pages(shown)))
            only = options.only or [""]
            wanted = {name: path for name, path in every.items() if any(word in name for word in only)}
            for name, png in pictures(launched(playwright), server, wanted):
                Path(options.folder, name).write_bytes(png)
                print(f"{name:40}{len(png) / 1024:8.0f} KiB", flush=True)
    weight = sum(path.stat().st_size for path in options.folder.glob("*.png")) / 2**20
    print(f"{weight:.1f} MiB in all, of {_MOST_MIB:.0f} that they may weigh")


if __name__ == "__main__":
    main()
