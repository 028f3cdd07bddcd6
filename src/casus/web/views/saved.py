"""Saved views as pages list them."""

from __future__ import annotations

from dataclasses import dataclass

from casus.casebook.book import Casebook
from casus.casebook.views import SavedView
from casus.web.access import Person, Right
from casus.web.privacy import visible_views

PAGES = ("/", "/events", "/queue")
"""The pages that views can be saved of."""


@dataclass(frozen=True, slots=True)
class SavedLink:
    """A saved view, where it leads, and whether somebody may delete it."""

    view: SavedView
    href: str
    is_own: bool
    is_deletable: bool


def saved_links(book: Casebook, person: Person) -> tuple[SavedLink, ...]:
    """The views that somebody sees, their own first."""
    links = [
        SavedLink(
            view,
            f"{view.page}{view.query}",
            view.by == person.name,
            view.by == person.name or person.may(Right.SHARE),
        )
        for view in visible_views(person, book.views.list(person.name), book.withheld())
        if view.page in PAGES
    ]
    return tuple(sorted(links, key=lambda one: not one.is_own))
