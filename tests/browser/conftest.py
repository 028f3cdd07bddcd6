"""Chromium before a real `casus serve`, which serves a real casebook.

Where no Chromium is installed these tests are skipped; with CASUS_BROWSER=required they fail.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from chromium import Opener, Opening, Watch
from served import Served, chromium_path, launched, served
from showcase import Showcase, make_showcase

REVIEWER = "rowan"
_IS_REQUIRED = os.environ.get("CASUS_BROWSER") == "required"
_PATIENCE_MS = 20_000


@pytest.fixture(scope="session", autouse=True)
def chromium() -> str:
    """Where Chromium is."""
    path = chromium_path()
    if path is None:
        reason = "no Chromium is installed (CASUS_CHROMIUM names one): pages are not tested in a browser"
        pytest.fail(reason) if _IS_REQUIRED else pytest.skip(reason)
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:  # noqa: ARG001 - asked for to skip
    """One Chromium for a module: Playwright's loop must not run while other modules do."""
    with sync_playwright() as playwright:
        opened = launched(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def showcase(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Showcase]:  # noqa: ARG001
    """A casebook with whatever a page can be asked to show, and what is in it."""
    path = tmp_path_factory.mktemp("showcase") / "showcase.db"
    return path, make_showcase(f"sqlite:///{path}", made_up=120)


@pytest.fixture(scope="session")
def shown(showcase: tuple[Path, Showcase]) -> Showcase:
    """What is in the casebook."""
    return showcase[1]


def _copied(path: Path, folder: Path) -> str:
    copy = folder / "book.db"
    shutil.copy(path, copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="module")
def gallery(showcase: tuple[Path, Showcase], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a copy of the casebook that the tests of a module only look at."""
    folder = tmp_path_factory.mktemp("gallery")
    with served(_copied(showcase[0], folder), folder / "serve.log", environment=_named()) as server:
        yield server


@pytest.fixture
def desk(showcase: tuple[Path, Showcase], tmp_path: Path) -> Iterator[Served]:
    """A server of a copy of the casebook that a test may change."""
    with served(_copied(showcase[0], tmp_path), tmp_path / "serve.log", environment=_named()) as server:
        yield server


@pytest.fixture
def empty_desk(chromium: str, tmp_path: Path) -> Iterator[Served]:  # noqa: ARG001 - asked for to skip
    """A server of a new casebook."""
    with served(f"sqlite:///{tmp_path}/new.db", tmp_path / "serve.log", environment=_named()) as server:
        yield server


def _named() -> dict[str, str]:
    return {"CASUS_REVIEWER": REVIEWER, "PYTHONWARNINGS": "default"}


@pytest.fixture
def opener(browser: Browser) -> Iterator[Opening]:
    """Gives, for a server, what opens pages in a context of its own, and what watches it.

    The test fails where something that must not happen has happened.
    """
    watches: list[Watch] = []
    with ExitStack() as stack:

        def for_server(server: Served) -> tuple[Opener, Watch]:
            watch = Watch(server.host)
            watches.append(watch)

            def open_page(path: str = "/", **options: object) -> Page:
                context = browser.new_context(base_url=server.address, **options)  # type: ignore[arg-type]
                context.set_default_timeout(_PATIENCE_MS)
                stack.callback(context.close)
                watch.over(context)
                page = context.new_page()
                page.goto(path)
                return page

            return open_page, watch

        yield for_server
    wrong = list(itertools.chain.from_iterable(watch.wrong for watch in watches))
    assert wrong == []
