"""Casebooks on both kinds of database: SQLite in a file, PostgreSQL in a server of the test run's own."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from casus.casebook.book import Casebook

_NUMBERS = itertools.count(1)

# A terminal's size, which the shell's line editor leaves to processes that know of no terminal.
for _name in ("COLUMNS", "LINES"):
    os.environ.pop(_name, None)


# Files that take long go first, so that no process works on the last of them alone.
_LONG = (
    "test_spark_reading",
    "test_spark_link",
    "test_surviving",
    "test_cli_archive",
    "test_faults",
    "test_notebook",
    "test_pages",
    "test_reviewing",
    "test_adding",
    "test_jobs",
    "test_openapi",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files first that take long; the order within a file stays."""

    def rank(item: pytest.Item) -> int:
        name = item.path.stem
        if name in _LONG:
            return _LONG.index(name)
        return len(_LONG) if item.path.parent.name in ("browser", "web") else len(_LONG) + 1

    items.sort(key=rank)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the test run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        import pgserver  # noqa: PLC0415 - importing it looks for the folder that was just set

        folder = tmp_path_factory.mktemp("postgres")
        try:
            server = pgserver.get_server(folder, cleanup_mode="delete")
        except subprocess.TimeoutExpired:  # it waits ten seconds, and a busy machine may take longer
            server = pgserver.get_server(folder, cleanup_mode="delete")
    # Its files need not outlive the machine's next power cut, and so need not be waited for.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _new_database(server: str) -> str:
    name = f"casus_{next(_NUMBERS)}"
    engine = sa.create_engine(
        sa.make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the address of a new, empty database at each call."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/book{next(_NUMBERS)}.db"
    server: str = request.getfixturevalue("postgres")
    return lambda: _new_database(server)


@pytest.fixture
def book(new_url: Callable[[], str]) -> Iterator[Casebook]:
    """An empty casebook."""
    with Casebook.open(new_url()) as casebook:
        yield casebook
