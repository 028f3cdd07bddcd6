"""The real gazetteer, built once where a machine has none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casus.resolving.gazetteer import Gazetteer
from casus.resolving.gazetteer_build import ensure_gazetteer
from casus.resolving.places import PlaceResolver


@pytest.fixture(scope="session")
def gazetteer() -> Iterator[Gazetteer]:
    with ensure_gazetteer() as opened:
        yield opened


@pytest.fixture(scope="session")
def resolver(gazetteer: Gazetteer) -> PlaceResolver:
    return PlaceResolver(gazetteer)
