"""A workbench on a real casebook: the example reports, read once a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.intake.ingestion import Ingestion
from casus.intake.readers import ReaderPool, reader_name
from casus.settings import Settings
from casus.sources import Loading, gather
from casus.web.access import local_csrf
from casus.web.app import create_app
from casus.web.options import ServeOptions
from web.rising import make_rising

EXAMPLES = Path(__file__).parents[2] / "examples" / "casebook"


@pytest.fixture(scope="session")
def example_casebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The casebook of the example reports: two events, one of them told by four outlets."""
    path = tmp_path_factory.mktemp("casebook") / "example.db"
    settings = Settings()
    with Casebook.open(f"sqlite:///{path}") as book, ReaderPool(settings) as pool:
        ingestion = Ingestion(book, pool.read, reader_name(settings))
        ingestion.take(gather([EXAMPLES], Loading()))
        assert ingestion.account.ingested.new == 6
    return path


@pytest.fixture
def book(example_casebook: Path, tmp_path: Path) -> Iterator[Casebook]:
    """A copy of the example casebook that a test may change."""
    path = tmp_path / "book.db"
    shutil.copy(example_casebook, path)
    with Casebook.open(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture(scope="session")
def rising_casebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The casebook of a rise whose days are known."""
    path = tmp_path_factory.mktemp("rising") / "book.db"
    make_rising(path)
    return path


@pytest.fixture(scope="session")
def rising(rising_casebook: Path) -> Iterator[Casebook]:
    """The casebook of a rise, which no test changes."""
    with Casebook.open(f"sqlite:///{rising_casebook}") as opened:
        yield opened


@pytest.fixture
def changing(rising_casebook: Path, tmp_path: Path) -> Iterator[Casebook]:
    """A copy of the casebook of a rise that a test may change."""
    path = tmp_path / "rising.db"
    shutil.copy(rising_casebook, path)
    with Casebook.open(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture
def client(book: Casebook) -> Iterator[TestClient]:
    """Somebody at the workbench in the local mode, with all rights."""
    options = ServeOptions(local_name="rowan", hosts=("testserver",))
    app = create_app(book, options)
    headers = {"X-Casus-CSRF": local_csrf(app.state.workbench)}
    with TestClient(app, follow_redirects=False, headers=headers) as opened:
        yield opened
