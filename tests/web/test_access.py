"""Signing in and out, sessions, tokens, and what they may do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.people.records import By, Role, Scope
from casus.web.access import ROLE_RIGHTS, Right
from casus.web.signing_in import local_path
from web.accounts import BY, HOST, PASSWORD, app_of, quickly, signed_in, visitor, with_accounts, with_token


@dataclass
class Clock:
    """A clock that tests set."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@pytest.fixture
def clock(book: Casebook) -> Clock:
    """The clock of the casebook."""
    book.clock = Clock()
    return book.clock


@pytest.fixture
def app(book: Casebook) -> FastAPI:
    """A workbench with an account of each role."""
    with_accounts(book)
    return app_of(book)


def enter(client: TestClient, name: str = "reviewer", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in", data={"name": name, "password": password, **more})


def who(client: TestClient) -> str | None:
    answer = client.get("/api/v1/session")
    return answer.json()["name"] if answer.status_code == 200 else None


# The page to sign in


def test_a_person_signs_in_and_out(app: FastAPI) -> None:
    client = visitor(app)
    assert client.get("/help").headers["location"] == "/sign-in?next=/help"
    assert 'action="/sign-in"' in client.get("/sign-in").text
    assert enter(client, "Reviewer", next="/help").headers["location"] == "/help"
    page = client.get("/help")
    assert page.status_code == 200
    csrf = re.search(r'name="csrf" content="([^"]+)"', page.text)
    assert csrf
    answer = client.delete("/api/v1/session", headers={"X-Casus-CSRF": csrf[1]})
    assert answer.status_code == 204
    assert "casus" not in client.cookies
    assert who(client) is None


def test_what_was_asked_for_comes_after_signing_in(app: FastAPI) -> None:
    client = visitor(app)
    sent = client.get("/events", params={"country": "YE", "text": "a&b"})
    form = client.get(sent.headers["location"]).text
    found = re.search(r'name="next" value="([^"]*)"', form)
    assert found
    going_to = found[1].replace("&amp;", "&")
    assert enter(client, next=going_to).headers["location"] == "/events?country=YE&text=a%26b"


def test_who_is_signed_in_is_not_asked_again(app: FastAPI) -> None:
    assert signed_in(app, "viewer").get("/sign-in?next=/help").headers["location"] == "/help"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(app: FastAPI) -> None:
    answers = [
        enter(visitor(app, f"192.0.2.{number}"), name, "wrong")
        for number, name in enumerate(("viewer", "nobody"))
    ]
    assert {answer.status_code for answer in answers} == {401}
    texts = {answer.text.replace('value="viewer"', 'value="nobody"') for answer in answers}
    assert len(texts) == 1
    assert "no open account with this name and password" in texts.pop()


def test_who_fails_too_often_is_told_when_to_try_again(app: FastAPI, clock: Clock) -> None:
    client = visitor(app)
    for _ in range(7):
        answer = enter(client, password="wrong")
        clock.pass_by(seconds=int(answer.headers.get("retry-after", 0)) // 2)
    assert answer.status_code == 429
    wait = int(answer.headers["retry-after"])
    assert f"try again in {wait} second" in answer.text
    assert enter(client).status_code == 429
    by_api = client.post("/api/v1/session", json={"name": "reviewer", "password": PASSWORD})
    assert (by_api.status_code, by_api.headers["content-type"]) == (429, "application/problem+json")
    clock.pass_by(seconds=wait + 1)
    assert enter(client).status_code == 303


def test_an_address_is_that_of_the_browser_only_behind_a_proxy_that_is_trusted(book: Casebook) -> None:
    with_accounts(book)
    for proxies, noted in (
        ((), "192.0.2.1"),
        (("192.0.2.1",), "198.51.100.7"),
        (("192.0.2.9",), "192.0.2.1"),
    ):
        client = visitor(app_of(book, proxies=proxies))
        client.headers["X-Forwarded-For"] = "203.0.113.66, 198.51.100.7"
        enter(client)
        assert book.people.log()[0].address == noted


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "\t//evil.example", "javascript:alert(1)", "evil.example", "/\n/evil.example", "///evil.example",
        "https:/evil.example", " //evil.example", "/sign-in?next=/sign-in", "/api/v1/session", "", None,
        "/\u2028/evil.example", "http://[",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_but_to_a_page_of_the_workbench(app: FastAPI, asked: str | None) -> None:
    assert local_path(asked) == "/"
    if asked is not None:
        assert enter(visitor(app), next=asked).headers["location"] == "/"


@pytest.mark.parametrize(
    "asked", ["/", "/events?country=YE&next=https://x.example", "/events/e1#claims", "/a//b"]
)
def test_it_leads_to_where_one_wanted_to(asked: str) -> None:
    assert local_path(asked) == asked


# Cookies and sessions


def test_a_session_is_in_a_cookie_that_no_script_and_no_other_site_can_use(book: Casebook) -> None:
    with_accounts(book)
    for options, scheme, name, is_secure in (
        ({}, "http", "casus", False),
        ({}, "https", "__Host-casus", True),
        ({"is_secure": True}, "http", "__Host-casus", True),
    ):
        answer = enter(visitor(app_of(book, **options), scheme=scheme))
        cookie = answer.headers["set-cookie"]
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert cookie.startswith(f"{name}=")
        assert {"httponly", "samesite=lax", "path=/"} <= parts
        assert ("secure" in parts) is is_secure
        assert ("strict-transport-security" in answer.headers) is is_secure
        assert not any(part.startswith("domain") for part in parts)


def test_a_session_over_tls_works_and_is_not_the_one_without(book: Casebook) -> None:
    with_accounts(book)
    app = app_of(book)
    client = visitor(app, scheme="https")
    enter(client)
    assert who(client) == "reviewer"
    secret = client.cookies["__Host-casus"]
    client.cookies.clear()
    client.cookies.set("casus", secret)
    assert who(client) is None


def test_forged_altered_and_ended_sessions_open_nothing(app: FastAPI, book: Casebook) -> None:
    client = signed_in(app, "admin")
    secret = client.cookies["casus"]
    assert who(client) == "admin"
    forged = [secret[:-1], secret + "A", secret.swapcase(), "A" * 43, "", "1", "admin", "' OR '1'='1"]
    with book.store.reads() as connection:
        forged += [str(row) for row in connection.exec_driver_sql("SELECT hash FROM session").scalars()]
    for other in forged:
        assert visitor(app).get("/api/v1/session", headers={"Cookie": f"casus={other}"}).status_code == 401
    book.people.sign_out(secret, by=BY)
    assert who(client) is None


def test_a_session_ends_by_itself(app: FastAPI, clock: Clock) -> None:
    idle, busy = signed_in(app, "viewer"), signed_in(app, "viewer")
    clock.pass_by(hours=9)
    assert who(busy) == "viewer"
    clock.pass_by(hours=3)
    assert who(idle) is None
    for _ in range(17):
        assert who(busy) == "viewer"
        clock.pass_by(hours=9)
    clock.pass_by(hours=3)
    assert who(busy) is None


def test_signing_in_gives_a_new_session_and_ends_the_one_before(app: FastAPI, book: Casebook) -> None:
    client = visitor(app)
    client.cookies.set("casus", "a-secret-that-somebody-else-chose")
    enter(client)
    first = client.cookies.get("casus", domain=HOST) or dict(client.cookies)["casus"]
    assert first != "a-secret-that-somebody-else-chose"
    client.cookies.clear()
    client.cookies.set("casus", first)
    enter(client)
    assert book.people.session(first) is None


def test_closing_an_account_and_another_role_count_at_once(app: FastAPI, book: Casebook) -> None:
    client = signed_in(app, "editor")
    book.people.change("editor", by=BY, role=Role.VIEWER)
    assert client.get("/api/v1/session").json()["role"] == "viewer"
    book.people.close("editor", by=BY)
    assert who(client) is None


def test_ones_own_password_is_changed_with_the_one_before(app: FastAPI) -> None:
    here, there = signed_in(app, "editor"), signed_in(app, "editor")
    put = "/api/v1/session/password"
    assert here.put(put, json={"current": "wrong", "new": "eight blue herons"}).status_code == 403
    weak = here.put(put, json={"current": PASSWORD, "new": "short"})
    assert (weak.status_code, "12 characters" in weak.json()["detail"]) == (422, True)
    assert here.put(put, json={"current": PASSWORD, "new": "eight blue herons"}).status_code == 204
    assert who(here) == "editor"
    assert who(there) is None
    assert enter(visitor(app), "editor").status_code == 401
    assert enter(visitor(app), "editor", "eight blue herons").status_code == 303


def test_guessing_the_password_in_a_session_is_slowed_down_too(app: FastAPI) -> None:
    client = signed_in(app, "editor")
    put = {"current": "wrong", "new": "eight blue herons"}
    statuses = [client.put("/api/v1/session/password", json=put).status_code for _ in range(6)]
    assert statuses[0] == 403
    assert statuses[-1] == 429


def test_one_sees_and_ends_ones_own_sessions(app: FastAPI) -> None:
    here, there = signed_in(app, "viewer"), signed_in(app, "viewer")
    other = signed_in(app, "editor")
    listed = here.get("/api/v1/session/sessions").json()
    assert sorted(one["is_this"] for one in listed) == [False, True]
    [elsewhere] = [one["id"] for one in listed if not one["is_this"]]
    assert other.delete(f"/api/v1/session/sessions/{elsewhere}").status_code == 404
    assert here.delete(f"/api/v1/session/sessions/{elsewhere}").status_code == 204
    assert (who(here), who(there)) == ("viewer", None)


# Tokens


def test_a_token_is_shown_once_and_works_without_a_cookie(app: FastAPI) -> None:
    client = signed_in(app, "reviewer")
    made = client.post("/api/v1/tokens", json={"name": "import", "scopes": ["read", "ingest"], "days": 7})
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert secret not in client.get("/api/v1/tokens").text + client.get("/settings").text
    program = visitor(app)
    program.headers["Authorization"] = f"bearer {secret}"
    told = program.get("/api/v1/session").json()
    assert (told["via"], told["name"]) == ("token", "reviewer")
    assert set(told["rights"]) == {"read", "export", "see_withheld", "add"}


@pytest.mark.parametrize("role", Role)
def test_a_token_may_no_more_than_its_account_may_now(app: FastAPI, book: Casebook, role: Role) -> None:
    program = with_token(app, "admin", *Scope)
    book.people.add("another", Role.ADMIN, by=BY)
    book.people.change("admin", by=BY, role=role)
    assert set(program.get("/api/v1/session").json()["rights"]) == ROLE_RIGHTS[role]


def test_nobody_makes_a_token_beyond_their_role(app: FastAPI) -> None:
    for role, scope in (("viewer", "write"), ("reviewer", "admin"), ("viewer", "ingest")):
        answer = signed_in(app, role).post("/api/v1/tokens", json={"name": "x", "scopes": ["read", scope]})
        assert answer.status_code == 422


def test_wrong_ended_and_revoked_tokens_open_nothing(app: FastAPI, book: Casebook, clock: Clock) -> None:
    people = book.people
    secret, token = people.make_token(
        people.account("admin"), "x", [Scope.READ], by=BY, lasts=timedelta(days=1)
    )

    def status(value: str) -> int:
        return visitor(app).get("/api/v1/session", headers={"Authorization": value}).status_code

    assert status(f"Bearer {secret}") == 200
    for wrong in (secret[:-1], secret + "x", secret.removeprefix("casus_"), "casus_", "", f"{secret} x"):
        assert status(f"Bearer {wrong}") == 401
    clock.pass_by(days=1)
    assert status(f"Bearer {secret}") == 401
    secret, token = people.make_token(people.account("admin"), "x", [Scope.READ], by=BY)
    people.revoke_token(token.number, by=BY)
    assert status(f"Bearer {secret}") == 401


def test_a_wrong_token_is_refused_even_with_a_good_session_and_in_the_local_mode(
    app: FastAPI, book: Casebook
) -> None:
    wrong = {"Authorization": "Bearer casus_wrong"}
    assert signed_in(app, "admin").get("/api/v1/session", headers=wrong).status_code == 401
    local = visitor(app_of(book, local_name="rowan", is_always_local=True))
    assert local.get("/api/v1/session").status_code == 200
    assert local.get("/api/v1/session", headers=wrong).status_code == 401


def test_a_session_is_no_token_and_a_token_no_session(app: FastAPI, book: Casebook) -> None:
    session = signed_in(app, "admin").cookies["casus"]
    assert (
        visitor(app).get("/api/v1/session", headers={"Authorization": f"Bearer {session}"}).status_code == 401
    )
    secret, _ = book.people.make_token(book.people.account("admin"), "x", [Scope.READ], by=BY)
    assert visitor(app).get("/api/v1/session", headers={"Cookie": f"casus={secret}"}).status_code == 401


def test_a_token_makes_no_token_and_changes_no_password_of_its_own(app: FastAPI) -> None:
    program = with_token(app, "admin", *Scope)
    assert program.post("/api/v1/tokens", json={"name": "x", "scopes": ["read"]}).status_code == 403
    assert (
        program.put("/api/v1/session/password", json={"current": PASSWORD, "new": "x" * 20}).status_code
        == 403
    )


# The local mode


def test_the_local_mode_ends_with_the_first_account(book: Casebook) -> None:
    people = quickly(book)
    app = app_of(book, local_name="rowan")
    client = visitor(app)
    assert who(client) == "rowan"
    assert client.get("/sign-in").headers["location"] == "/"
    page = client.get("/settings/people").text
    csrf = re.search(r'name="csrf" content="([^"]+)"', page)
    assert csrf
    client.headers["X-Casus-CSRF"] = csrf[1]
    second = {"name": "odile", "role": "reviewer", "password": PASSWORD}
    assert client.post("/api/v1/people", json=second).status_code == 422
    first = {"name": "amina", "role": "admin", "password": PASSWORD}
    assert client.post("/api/v1/people", json=first).status_code == 201
    assert who(client) is None
    assert client.get("/settings").headers["location"].startswith("/sign-in")
    assert enter(client, "amina").status_code == 303
    assert who(client) == "amina"
    people.add("odile", Role.REVIEWER, by=By("amina"))


def test_the_local_mode_stays_where_it_is_asked_for(book: Casebook) -> None:
    with_accounts(book)
    assert who(visitor(app_of(book, local_name="rowan", is_always_local=True))) == "rowan"
    assert who(visitor(app_of(book, local_name="rowan"))) is None


def test_the_local_mode_serves_nobody_who_comes_through_a_proxy(book: Casebook) -> None:
    client = visitor(app_of(book, local_name="rowan"))
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        assert client.get("/api/v1/session", headers={name: "198.51.100.7"}).status_code == 403


# The audit log


def test_sign_ins_and_changes_are_noted_with_who_and_from_where(app: FastAPI, book: Casebook) -> None:
    client = visitor(app, "192.0.2.77")
    enter(client, password="wrong")
    enter(client)
    signed = signed_in(app, "admin")
    signed.patch("/api/v1/people/viewer", json={"role": "editor"})
    signed.patch("/api/v1/people/nobody", json={"role": "editor"})
    found = [(one.who, one.action, one.about, one.address) for one in book.people.log()[:3]]
    assert found == [
        ("admin", "people.change", "viewer", "192.0.2.1"),
        ("reviewer", "sign-in", "reviewer", "192.0.2.77"),
        ("reviewer", "sign-in.refused", "reviewer", "192.0.2.77"),
    ]
    page = signed.get("/settings/audit?action=sign-in").text
    assert "192.0.2.77" in page
    assert "people.change" not in page.split("<tbody>")[1]


def test_the_log_is_read_a_page_at_a_time(app: FastAPI, book: Casebook) -> None:
    for number in range(5):
        book.people.note(BY, "test", f"thing {number}")
    client = signed_in(app, "admin")
    first = client.get("/api/v1/audit?limit=3&action=test").json()
    rest = client.get(f"/api/v1/audit?limit=3&action=test&before={first['next']}").json()
    assert [one["about"] for one in first["entries"] + rest["entries"]] == [
        f"thing {number}" for number in reversed(range(5))
    ]
    assert rest["next"] is None


# Admins


def test_an_admin_keeps_people(app: FastAPI) -> None:
    admin = signed_in(app, "admin")
    new = {"name": "Odile", "full_name": "Odile <M>", "role": "reviewer", "password": "nine pale lanterns"}
    assert admin.post("/api/v1/people", json=new).json()["name"] == "odile"
    assert "Odile &lt;M&gt;" in admin.get("/settings/people").text
    person = visitor(app)
    assert enter(person, "odile", "nine pale lanterns").status_code == 303
    assert admin.put("/api/v1/people/odile/password", json={"password": "ten tall towers"}).status_code == 204
    assert who(person) is None
    enter(person, "odile", "ten tall towers")
    assert admin.patch("/api/v1/people/odile", json={"is_open": False}).json()["is_open"] is False
    assert who(person) is None
    assert admin.patch("/api/v1/people/admin", json={"role": "viewer"}).status_code == 422
    assert admin.patch("/api/v1/people/admin", json={"is_open": False}).status_code == 422
    assert [one["name"] for one in admin.get("/api/v1/people/names").json()] == [
        "admin",
        "editor",
        "reviewer",
    ]


def test_an_admin_sees_and_revokes_the_tokens_of_others(app: FastAPI) -> None:
    program, admin = with_token(app, "viewer", Scope.READ), signed_in(app, "admin")
    assert "viewer" in admin.get("/settings/tokens").text
    [token] = admin.get("/api/v1/people/viewer/tokens").json()
    assert admin.delete(f"/api/v1/people/editor/tokens/{token['number']}").status_code == 404
    assert admin.delete(f"/api/v1/people/viewer/tokens/{token['number']}").status_code == 204
    assert program.get("/api/v1/session").status_code == 401


def test_each_right_belongs_to_some_role_and_the_higher_has_those_of_the_lower() -> None:
    for lower, higher in zip(list(Role), list(Role)[1:], strict=False):
        assert ROLE_RIGHTS[lower] < ROLE_RIGHTS[higher]
    assert ROLE_RIGHTS[Role.ADMIN] == set(Right)
    assert Right.SEE_WITHHELD not in ROLE_RIGHTS[Role.VIEWER]
