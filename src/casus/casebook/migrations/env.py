"""Runs the migrations on the connection that `Store` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from casus.casebook.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
