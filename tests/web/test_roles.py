"""Every route of the workbench by everybody who may ask for it: the table roles.tsv holds.

The table has `+` where a request gets through to the route (which may then find nothing), and
`-` where it does not.  A route that is not in it fails the test, which tells the row that
the route has now: look at it, and add it where it is what you meant.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.people.records import Role, Scope
from casus.casebook.records import DecisionKind, NewDecision
from casus.web.access import local_csrf
from web.accounts import app_of, signed_in, visitor, with_accounts, with_token

TABLE = Path(__file__).with_name("roles.tsv")
CALLERS = ("nobody", *Role, *(f"token:{scope}" for scope in Scope), "local")
PATHS = {"/static", "/static/natural-earth", "/leaflet"}  # files that everybody may have

Row = tuple[str, str]


def table() -> dict[Row, dict[str, str]]:
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {(row["method"], row["path"]): row for row in csv.DictReader(lines, delimiter="\t")}


def routes(app: FastAPI) -> Iterator[Row]:
    for route in iter_route_contexts(app.routes):
        path = str(route.path)
        if isinstance(route.original_route, Mount):
            assert path in PATHS
            continue
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, path


@pytest.fixture
def apps(book: Casebook) -> tuple[FastAPI, FastAPI]:
    """A workbench on which everybody signs in, and one in the local mode."""
    with_accounts(book)
    return app_of(book), app_of(book, local_name="rowan", is_always_local=True)


def caller(apps: tuple[FastAPI, FastAPI], who: str) -> TestClient:
    """A client as whom requests are made; new each time, since some requests sign out."""
    app, local = apps
    if who == "nobody":
        return visitor(app)
    if who == "local":
        client = visitor(local)
        client.headers["X-Casus-CSRF"] = local_csrf(local.state.workbench)
        return client
    kind, _, scope = who.partition(":")
    return with_token(app, Role.ADMIN, Scope(scope)) if scope else signed_in(app, kind)


def gets_through(client: TestClient, method: str, path: str) -> str:
    """Whether a request, with 1 for whatever the path names, gets to its route."""
    answer = client.request(method, re.sub(r"\{[^}]*\}", "1", path))
    assert answer.status_code < 500, f"{method} {path}: {answer.text}"
    is_sent_away = answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?") | (
        answer.headers["location"] == "/sign-in"
    )
    is_refused = answer.status_code == 403 or "www-authenticate" in answer.headers
    return "-" if is_sent_away or is_refused else "+"


def row_of(apps: tuple[FastAPI, FastAPI], method: str, path: str) -> dict[str, str]:
    return {who: gets_through(caller(apps, who), method, path) for who in CALLERS}


def test_every_route_lets_through_whom_the_table_says_and_nobody_else(
    apps: tuple[FastAPI, FastAPI], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    known, wrong = table(), []
    for method, path in routes(apps[0]):
        found = row_of(apps, method, path)
        row = known.get((method, path))
        told = None if row is None else {who: row[who] for who in CALLERS}
        if told != found:
            wrong.append("\t".join((method, path, *found.values())))
    assert not wrong, "rows that are missing in tests/web/roles.tsv, or others there:\n" + "\n".join(wrong)


def test_the_table_has_no_route_that_is_gone(apps: tuple[FastAPI, FastAPI]) -> None:
    assert set(table()) <= set(routes(apps[0]))


def test_the_table_keeps_what_roles_are_for() -> None:
    ranks = [str(role) for role in Role]
    for (method, path), row in table().items():
        signs = [row[who] for who in ranks]
        assert signs == sorted(signs, reverse=True), f"{path}: a higher role may less"
        if path not in {"/sign-in", "/sign-in/elsewhere", "/sign-in/back"} and (method, path) != (
            "POST", "/api/v1/session",
        ):  # fmt: skip
            assert row["nobody"] == "-", path


# Rights that depend on what is asked for


@pytest.mark.parametrize(
    ("wanted", "roles"),
    [
        ({"kind": "export", "format": "csv"}, set(Role)),
        ({"kind": "ingest"}, set(Role) - {Role.VIEWER}),
        ({"kind": "link"}, {Role.EDITOR, Role.ADMIN}),
        ({"kind": "rebuild"}, {Role.EDITOR, Role.ADMIN}),
    ],
)
def test_jobs_are_made_by_whom_their_kind_is_for(
    apps: tuple[FastAPI, FastAPI], wanted: dict[str, str], roles: set[Role]
) -> None:
    allowed = {
        role for role in Role if caller(apps, role).post("/api/v1/jobs", json=wanted).status_code != 403
    }
    assert allowed == roles


def test_what_others_decided_takes_an_editor_to_take_back(
    apps: tuple[FastAPI, FastAPI], book: Casebook
) -> None:
    event = next(book.events())
    for by, role, status in (
        ("viewer", Role.VIEWER, 403),
        ("admin", Role.REVIEWER, 403),
        ("reviewer", Role.REVIEWER, 200),
        ("reviewer", Role.EDITOR, 200),
    ):
        book.decide(event.id, NewDecision(kind=DecisionKind.COMMENT, by=by, reason="", value="seen"))
        number = book.decisions(event.id)[-1].number
        answer = caller(apps, role).post(f"/api/v1/decisions/{number}/withdraw", json={"reason": "a slip"})
        assert answer.status_code == status


def test_nobody_decides_in_the_name_of_another(apps: tuple[FastAPI, FastAPI], book: Casebook) -> None:
    event = next(book.events())
    wanted = {"kind": "comment", "value": "seen", "reason": "", "by": "admin"}
    for who, name in ((Role.REVIEWER, "reviewer"), ("token:write", "admin"), ("local", "rowan")):
        caller(apps, who).post(
            f"/api/v1/events/{event.id}/decisions", json={k: v for k, v in wanted.items() if k != "by"}
        )
        assert book.decisions(event.id)[-1].by == name
        caller(apps, who).post(f"/api/v1/events/{event.id}/decisions", json=wanted)
        assert book.decisions(event.id)[-1].by == name
