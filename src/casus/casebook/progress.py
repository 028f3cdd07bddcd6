"""How far sources were taken in, kept beside what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from casus.casebook import schema as t


def kept(connection: Connection, source: str) -> Mapping[str, Any] | None:
    """What was last kept of a source, None where nothing was."""
    value: Mapping[str, Any] | None = connection.scalar(
        sa.select(t.progress.c.value).where(t.progress.c.source == source)
    )
    return value


def keep(connection: Connection, values: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
    """Keep a value of each source, in place of what was kept before."""
    for source, value in values.items():
        connection.execute(sa.delete(t.progress).where(t.progress.c.source == source))
        connection.execute(sa.insert(t.progress).values(source=source, value=dict(value), at=now))
