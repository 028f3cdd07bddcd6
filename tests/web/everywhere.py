"""Every address of the workbench that can be looked at, filled with what a casebook has."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from casus.casebook import schema as t
from casus.casebook.book import Casebook
from casus.casebook.records import EventFilter
from casus.exports import ExportFormat
from casus.web.trending import ChartFormat

_LEFT_OUT = frozenset({"/sign-in", "/sign-in/elsewhere", "/sign-in/back", "/api/v1/openapi.json"})


def paths(app: FastAPI) -> Iterator[str]:
    """The paths that GET answers, with their parameters in braces."""
    for route in iter_route_contexts(app.routes):
        is_file = isinstance(route.original_route, Mount)
        if not is_file and "GET" in (route.methods or ()) and route.path not in _LEFT_OUT:
            yield str(route.path)


def addresses(app: FastAPI, book: Casebook) -> list[str]:
    """Each of them, for every event, report and actor of a small casebook."""
    return sorted({address for path in paths(app) for address in _filled(path, book)})


def _filled(path: str, book: Casebook) -> Iterator[str]:
    name = re.search(r"\{([^}:]*)[^}]*\}", path)
    if name is None:
        yield path
        return
    for value in _values(path, name[1], book):
        yield from _filled(path.replace(name[0], value, 1), book)


def _values(path: str, name: str, book: Casebook) -> list[str]:
    if "event" in name:
        return [event.id for event in book.events(EventFilter(includes_rejected=True))]
    if path.startswith(("/api/v1/people", "/settings/people")):
        return [account.name for account in book.people.accounts()] or ["1"]
    if name == "format":
        return list(ChartFormat) if "/chart/" in path else list(ExportFormat)
    numbered = {"jobs": t.job.c.number, "feeds": t.feed.c.number, "views": t.saved_view.c.number}
    with book.store.reads() as connection:
        for word, column in numbered.items():
            if f"/{word}/" in path:
                return [str(number) for number in connection.scalars(sa.select(column))] or ["1"]
        if "report" in path or "report" in name:
            column = t.report.c.hash if "hash" in name else t.report.c.number
            return [str(value) for value in connection.scalars(sa.select(column))]
        if "actor" in path:
            return [*connection.scalars(sa.select(t.event_actor.c.folded).distinct().limit(5))]
    if "place" in path:
        return [str(row.geonames_id or row.name) for row in book.browse.places().places]
    return ["1"]
