"""The manual of the API has every path, and its example works against a real server."""

from __future__ import annotations

import doctest
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from casus.casebook.book import Casebook
from casus.casebook.people.records import By, Role, Scope
from casus.web.app import create_app
from casus.web.options import ServeOptions

MANUAL = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.fixture
def address(book: Casebook) -> Iterator[str]:
    """Where a server listens on a port of its own."""
    server = uvicorn.Server(uvicorn.Config(create_app(book, ServeOptions()), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    [socket] = server.servers[0].sockets
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_the_example_works(
    address: str, book: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    by = By("rowan", None)
    account = book.people.add(
        "rowan", role=Role.ADMIN, full_name="Rowan", password="tall grass by the river", by=by
    )
    token, _ = book.people.make_token(account, "example", [Scope.READ, Scope.INGEST], by=by)
    outcome = doctest.testfile(
        str(MANUAL), module_relative=False, encoding="utf-8", globs={"url": address, "token": token}
    )
    assert outcome.attempted > 10
    assert outcome.failed == 0


def test_every_path_is_in_the_manual(book: Casebook) -> None:
    told = set(re.findall(r"`(/[^`]+)`", MANUAL.read_text("utf-8")))
    paths = {path.removeprefix("/api/v1") for path in create_app(book).openapi()["paths"]}
    assert sorted(paths - told) == []
