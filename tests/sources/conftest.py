"""A site to fetch from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sources.serving import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of the test's own."""
    with serve() as served:
        yield served
