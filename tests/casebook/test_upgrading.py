"""A casebook of an earlier version is brought up to date when it is opened."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from casebook.telling import Story, reading_of
from casus.casebook.book import Casebook
from casus.casebook.schema import metadata
from casus.casebook.store import _config

DERIVED = {"event_state", "event_record", "event_actor"}


def test_events_of_the_first_version_are_as_they_were(tmp_path: Path) -> None:
    """Its tables are made by its own migration and filled from a casebook of today."""
    with Casebook.open(f"sqlite:///{tmp_path}/today.db") as today:
        today.ingest((story.publisher, reading_of(story)) for story in (Story(), Story("Hill Radio")))
        events = list(today.events())
        rows = _rows(today)
    before = sa.create_engine(f"sqlite:///{tmp_path}/before.db")
    with before.begin() as connection:
        scripts = _config()
        scripts.attributes["connection"] = connection
        command.upgrade(scripts, "0001")
        known = set(sa.inspect(connection).get_table_names())
        for table in metadata.sorted_tables:
            if table.name in known - DERIVED and rows[table.name]:
                connection.execute(sa.insert(table), rows[table.name])
    before.dispose()
    with Casebook.open(f"sqlite:///{tmp_path}/before.db") as opened:
        assert list(opened.events()) == events
        assert opened.browse.totals().events == len(events)
    with Casebook.open(f"sqlite:///{tmp_path}/before.db") as again:
        assert not again.store.was_upgraded


def _rows(book: Casebook) -> dict[str, list[dict[str, object]]]:
    with book.store.reads() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
        }
