"""Workbenches of a test's own."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.web.access import local_csrf
from casus.web.app import create_app
from casus.web.options import ServeOptions
from casus.web.workbench import Workbench


def opened(book: Casebook, **options: Any) -> TestClient:
    """Somebody at a workbench in the local mode, with all rights."""
    app = create_app(book, ServeOptions(local_name="rowan", hosts=("testserver",), **options))
    return TestClient(app, follow_redirects=False, headers={"X-Casus-CSRF": local_csrf(app.state.workbench)})


def bench_of(client: TestClient) -> Workbench:
    """The workbench that somebody is at."""
    bench: Workbench = client.app.state.workbench  # type: ignore[attr-defined]
    return bench
