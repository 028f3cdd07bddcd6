"""Signing in with an OpenID Connect provider, a real one that runs in the tests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from joserfc.jwk import OctKey, RSAKey
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.people.records import Role
from casus.settings import Settings
from casus.web.app import create_app
from casus.web.options import ServeOptions
from web.accounts import BY, HOST, visitor, with_accounts
from web.provider import CLIENT, SECRET, Provider, running


@pytest.fixture(scope="module")
def anywhere() -> Iterator[Provider]:
    with running() as found:
        yield found


@pytest.fixture
def provider(anywhere: Provider) -> Provider:
    """A provider that knows Odile, by an address that it has verified."""
    anywhere.person = {
        "sub": "u-17",
        "email": "odile@example.org",
        "email_verified": True,
        "name": "Odile M.",
    }
    anywhere.lies, anywhere.signs_with, anywhere.algorithm = {}, None, "RS256"
    return anywhere


def bench(book: Casebook, provider: Provider, **more: Any) -> FastAPI:
    settings = Settings(oidc_issuer=provider.issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET, **more)
    return create_app(book, ServeOptions(local_name=None, hosts=(HOST,)), settings)


@pytest.fixture
def app(book: Casebook, provider: Provider) -> FastAPI:
    """A workbench where Odile may sign in as a reviewer."""
    people = with_accounts(book)
    people.add("odile@example.org", Role.REVIEWER, by=BY)
    return bench(book, provider)


def go(client: TestClient, going_to: str = "/") -> str:
    """Leave for the provider; gives the address that it sends the browser back to."""
    left = client.get("/sign-in/elsewhere", params={"next": going_to})
    assert left.status_code == 303
    back = httpx.get(left.headers["location"])
    assert back.status_code == 303
    return back.headers["location"]


def who(client: TestClient) -> str | None:
    answer = client.get("/api/v1/session")
    return answer.json()["name"] if answer.status_code == 200 else None


def test_somebody_with_an_account_signs_in_and_goes_on(app: FastAPI) -> None:
    client = visitor(app)
    assert "Sign in with 127.0.0.1" in client.get("/sign-in").text
    answer = client.get(go(client, "/events?country=YE"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?country=YE")
    assert who(client) == "odile@example.org"
    assert client.get("/api/v1/people").status_code == 403


def test_what_is_kept_of_a_sign_in_is_gone_after_it(app: FastAPI) -> None:
    client = visitor(app)
    back = go(client)
    client.get(back)
    assert "casus-sign-in" not in client.cookies
    client.cookies.clear()
    assert client.get(back).status_code == 400
    assert who(client) is None


def test_the_provider_cannot_be_left_for_another_site(app: FastAPI) -> None:
    client = visitor(app)
    assert client.get(go(client, "//evil.example/x")).headers["location"] == "/"


def refused(client: TestClient, back: str) -> bool:
    answer = client.get(back)
    return answer.status_code == 400 and 'role="alert"' in answer.text and who(client) is None


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 600},
        {"exp": None},
        {"sub": None},
        {"iat": int(time.time()) + 6000},
    ],
    ids="-".join,
)
def test_an_id_token_for_another_place_or_time_is_not_believed(
    app: FastAPI, provider: Provider, lies: dict[str, Any]
) -> None:
    provider.lies = lies
    client = visitor(app)
    assert refused(client, go(client))


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("RS256", RSAKey.generate_key(2048, {"kid": "k1"})),
        ("HS256", OctKey.import_key(SECRET)),
        ("none", None),
    ],
    ids=["another key", "the secret of both", "unsigned"],
)
def test_an_id_token_that_the_provider_did_not_sign_is_not_believed(
    app: FastAPI, provider: Provider, algorithm: str, key: RSAKey | OctKey | None
) -> None:
    provider.algorithm, provider.signs_with = algorithm, key
    client = visitor(app)
    assert refused(client, go(client))


def test_a_sign_in_that_another_browser_began_is_not_believed(app: FastAPI) -> None:
    mine, theirs = visitor(app), visitor(app)
    back = go(mine)
    assert refused(theirs, back)
    go(theirs)
    assert refused(theirs, back)


def test_a_cookie_that_was_altered_is_not_believed(app: FastAPI) -> None:
    client = visitor(app)
    back = go(client)
    value = client.cookies["casus-sign-in"]
    for altered in (value[:-1] + ("0" if value[-1] != "0" else "1"), "x" + value, "", ".", "é.x"):
        client.cookies.clear()
        answer = client.get(back, headers={b"cookie": f"casus-sign-in={altered}".encode()})
        assert answer.status_code == 400
        assert "casus=" not in answer.headers.get("set-cookie", "")


def test_a_code_is_good_for_one_sign_in(app: FastAPI) -> None:
    client = visitor(app)
    back = go(client)
    kept = client.cookies["casus-sign-in"]
    assert client.get(back).status_code == 303
    client.cookies.clear()
    client.cookies.set("casus-sign-in", kept)
    assert refused(client, back)


def test_the_provider_may_refuse(app: FastAPI) -> None:
    client = visitor(app)
    go(client)
    assert refused(client, "/sign-in/back?error=access_denied")


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_provider_has_not_verified_opens_nothing(
    app: FastAPI, provider: Provider, verified: Any
) -> None:
    provider.person["email_verified"] = verified
    client = visitor(app)
    assert refused(client, go(client))


def test_an_account_with_a_password_is_not_opened_by_an_address(
    app: FastAPI, book: Casebook, provider: Provider
) -> None:
    book.people.add("mila@example.org", Role.ADMIN, by=BY, password="nine pale lanterns")
    provider.person |= {"sub": "u-18", "email": "mila@example.org"}
    client = visitor(app)
    assert refused(client, go(client))


def test_newcomers_come_in_only_where_a_role_is_set_for_them(book: Casebook, provider: Provider) -> None:
    with_accounts(book)
    client = visitor(bench(book, provider))
    assert refused(client, go(client))
    client = visitor(bench(book, provider, oidc_role="viewer"))
    assert client.get(go(client)).status_code == 303
    assert who(client) == "odile@example.org"
    account = book.people.account("odile@example.org")
    assert (account.role, account.full_name) == (Role.VIEWER, "Odile M.")


def test_a_provider_that_is_down_or_no_provider_is_told_of(book: Casebook, provider: Provider) -> None:
    with_accounts(book)
    for issuer in ("http://127.0.0.1:9", f"{provider.issuer}/elsewhere", "http://id.example"):
        settings = Settings(oidc_issuer=issuer, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
        client = visitor(create_app(book, ServeOptions(local_name=None, hosts=(HOST,)), settings))
        answer = client.get("/sign-in/elsewhere")
        assert answer.status_code == 502
        assert SECRET not in answer.text


def test_the_secret_of_the_provider_is_in_no_repr() -> None:
    assert SECRET not in repr(Settings(oidc_client_secret=SECRET))
