"""The database under a casebook: opened, brought up to date, and written by one at a time.

SQLite is opened in WAL mode, so that readers never wait; a transaction that writes takes
the write lock at its beginning (`BEGIN IMMEDIATE`, on PostgreSQL an advisory lock), so that
two writers take turns and neither reads what the other is about to change.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from casus.errors import CasebookError

_WAIT_S = 60.0
_STATES_SINCE = "0002"  # the version whose states of events are those of today
_WRITER_LOCK = 0x0CA5_0CA5
_PEOPLE_LOCK = 0x0CA5_0CA6
_SCRIPTS = "casus.casebook:migrations"
_MAKE_ROOM = ": make room on the disk and run again; what was complete is kept"
_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


@dataclass(frozen=True, slots=True)
class Store:
    """An open database of the current version; `folder` holds one that is not kept."""

    engine: Engine
    folder: tempfile.TemporaryDirectory[str] | None = None
    was_upgraded: bool = False  # from a version whose states of events are to be computed anew

    @classmethod
    def open(cls, url: str, *, is_new_allowed: bool = True) -> Store:
        """The database at `url`, made or brought up to date where needed; `sqlite://` is a passing one.

        Raises `CasebookError` where it can't be reached, is no casebook, was written by a
        newer version, or does not exist and may not be made.
        """
        address = _address(url)
        if address.get_backend_name() == "sqlite" and not is_new_allowed:
            _require_file(address)
        folder = None
        if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
            folder = tempfile.TemporaryDirectory(prefix="casus-")
            address = address.set(database=str(Path(folder.name, "casebook.db")))
        try:
            store = cls(_engine(address), folder)
        except (ImportError, NoSuchModuleError) as error:
            raise CasebookError(
                f"{_shown(address)}: no driver for this kind of database ({error}): "
                "install casus-events[postgres], or use sqlite:///FILE"
            ) from error
        try:
            with _explained(address):
                was_upgraded = store._bring_up_to_date(address)
        except CasebookError:
            store.close()
            raise
        return replace(store, was_upgraded=was_upgraded)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite; the other kind is PostgreSQL."""
        return self.engine.dialect.name == "sqlite"

    @property
    def shown_url(self) -> str:
        """The address without its password."""
        return _shown(self.engine.url)

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with (
            _explained(self.engine.url),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writes(self) -> Iterator[Connection]:
        """A transaction that writes, alone; nothing of it stays where an error ends it."""
        with self._writes(_WRITER_LOCK, waits=True) as connection:
            yield connection

    @contextmanager
    def writes_people(self, *, waits: bool = True) -> Iterator[Connection]:
        """The same for accounts, sessions and the audit log.

        On PostgreSQL it does not wait for who writes the record, so that people can sign in
        while everything is linked anew.  Raises `CasebookError` where another writes and it
        is not to wait.
        """
        with self._writes(_PEOPLE_LOCK, waits=waits) as connection:
            yield connection

    @contextmanager
    def _writes(self, lock: int, *, waits: bool) -> Iterator[Connection]:
        options = {"casus_writes": True, "casus_waits": waits}
        with (
            _explained(self.engine.url),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            if not self.is_sqlite and waits:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock)))
            elif not self.is_sqlite and not connection.scalar(
                sa.select(sa.func.pg_try_advisory_xact_lock(lock))
            ):
                raise CasebookError(f"{self.shown_url}: another program is writing: try again")
            yield connection

    def close(self) -> None:
        """Give back what the database holds open; one without a file of its own is gone then."""
        self.engine.dispose()
        if self.folder is not None:
            self.folder.cleanup()

    def _bring_up_to_date(self, address: URL) -> bool:
        """Run the migrations that are missing; gives whether states are those of an earlier version."""
        scripts = _config()
        head = ScriptDirectory.from_config(scripts).get_current_head()
        with self.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            tables = set(sa.inspect(connection).get_table_names())
        if current == head:
            return False
        if current is None and tables:
            raise CasebookError(
                f"{_shown(address)} is a database, but no casebook: name another file or database"
            )
        with self.writes() as connection:
            scripts.attributes["connection"] = connection
            try:
                command.upgrade(scripts, "head")
            except CommandError as error:
                raise CasebookError(
                    f"{_shown(address)} was written by a newer version of Casus ({current}): "
                    "install that version, or open a copy that this one made"
                ) from error
            except Exception as error:  # a migration may fail in any way
                reason = " ".join(str(getattr(error, "orig", error)).split())
                raise CasebookError(
                    f"{_shown(address)} can't be brought up to the version of this Casus ({reason}): it was "
                    "left as it was; go on with the version before, and report this"
                ) from error
        return current is not None and current < _STATES_SINCE


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise CasebookError(
            f"{url!r} is no address of a casebook: use sqlite:///FILE or postgresql://HOST/DATABASE"
        ) from error
    driver = _DRIVERS.get(address.drivername, address.drivername)
    if driver.partition("+")[0] not in ("sqlite", "postgresql"):
        raise CasebookError(
            f"{_shown(address)}: a casebook is kept in SQLite or PostgreSQL: "
            "use sqlite:///FILE or postgresql://HOST/DATABASE"
        )
    return address.set(drivername=driver)


def _require_file(address: URL) -> None:
    path = address.database
    if path and path != ":memory:" and not Path(path).is_file():
        raise CasebookError(
            f"no casebook at {path}: make one with 'casus ingest', or name it with --casebook"
        )


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True)
    engine = sa.create_engine(address, connect_args={"timeout": _WAIT_S})
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # `_begin_sqlite` begins the transactions
    cursor = connection.cursor()
    _use_wal(cursor)
    for setting in ("synchronous = NORMAL", "foreign_keys = ON", "cache_size = -65536"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Put a new file into WAL mode, which SQLite does not wait for where another process does the same."""
    ends_at = time.monotonic() + _WAIT_S
    while cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > ends_at:
                raise
            time.sleep(0.05)
        else:
            return  # as far as this file system has it


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("casus_writes", False):
        connection.exec_driver_sql("BEGIN")
    elif options.get("casus_waits", True):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(_WAIT_S * 1000)}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    return config


@contextmanager
def _explained(address: URL) -> Iterator[None]:
    """Errors of the database as one line that says what to do."""
    try:
        yield
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        raise CasebookError(f"{_shown(address)}: {reason}{_remedy(reason)}") from error
    except SQLAlchemyError as error:
        raise CasebookError(f"{_shown(address)}: {' '.join(str(error).split())}") from error


def _remedy(reason: str) -> str:
    remedies = {
        "unable to open": ": check that the folder exists and may be written",
        "readonly": ": the file may not be written; copy it, or change its rights",
        "is full": _MAKE_ROOM,
        "disk I/O error": _MAKE_ROOM,
        "No space left": _MAKE_ROOM,
        "not a database": ": this file is no casebook; name another",
        "malformed": ": the file is damaged; go back to a copy of it",
        "locked": ": another program has been writing for a minute; try again when it is done",
        "onnection refused": ": check that the server runs and the address is right",
    }
    return next((remedy for sign, remedy in remedies.items() if sign in reason), "")


def _shown(address: URL) -> str:
    return address.render_as_string(hide_password=True)
