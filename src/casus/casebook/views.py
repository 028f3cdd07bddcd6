"""Views that people saved: a page with its filters, for themselves or for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from casus.casebook import schema as t
from casus.casebook.store import Store
from casus.errors import CasebookError, NotInCasebook

_LONGEST_NAME = 80
_LONGEST_QUERY = 4000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A page and what its address asks, under a name; `is_shared` shows it to all."""

    number: int
    name: str
    page: str
    query: str
    by: str
    is_shared: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Views:
    """Saves views and gives them."""

    store: Store
    clock: Callable[[], datetime]

    def list(self, person: str) -> tuple[SavedView, ...]:
        """A person's own views and those that others share, by name."""
        view = t.saved_view.c
        query = sa.select(t.saved_view).where(sa.or_(view.by == person, view.is_shared))
        with self.store.reads() as connection:
            return tuple(_view(row) for row in connection.execute(query.order_by(view.name, view.number)))

    def save(self, person: str, name: str, page: str, query: str, *, is_shared: bool = False) -> SavedView:
        """Save a view, in place of the person's own view of the same name; raises `CasebookError`."""
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME:
            raise CasebookError(f"a view needs a name of at most {_LONGEST_NAME} characters")
        if len(query) > _LONGEST_QUERY:
            raise CasebookError(f"a view asks for too much: at most {_LONGEST_QUERY} characters")
        view = t.saved_view.c
        row = {
            "name": name, "page": page, "query": query, "by": person, "is_shared": is_shared,
            "made_at": self.clock(),
        }  # fmt: skip
        with self.store.writes() as connection:
            connection.execute(sa.delete(t.saved_view).where(view.by == person, view.name == name))
            return _view(connection.execute(sa.insert(t.saved_view).returning(t.saved_view), row).one())

    def delete(self, person: str, number: int, *, is_any: bool = False) -> None:
        """Delete a person's own view, or with `is_any` anybody's; raises `NotInCasebook`."""
        view = t.saved_view.c
        query = sa.delete(t.saved_view).where(view.number == number)
        with self.store.writes() as connection:
            done = connection.execute(query if is_any else query.where(view.by == person))
            if not done.rowcount:
                raise NotInCasebook(f"no view {number} of {person}")


def _view(row: Any) -> SavedView:
    return SavedView(row.number, row.name, row.page, row.query, row.by, row.is_shared, row.made_at)
