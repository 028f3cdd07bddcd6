"""People of a casebook for tests: one of each role, signed in or with tokens."""

from __future__ import annotations

from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.people.passwords import Passwords
from casus.casebook.people.people import People
from casus.casebook.people.records import By, Role, Scope
from casus.web.access import csrf_of
from casus.web.app import create_app
from casus.web.options import ServeOptions
from casus.web.workbench import Workbench

BY = By("tests")
PASSWORD = "seven grey herons"
HOST = "casus.example"


def quickly(book: Casebook) -> People:
    """The people of a casebook, with passwords that are hashed in no time."""
    book.people.passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=256, parallelism=1))
    return book.people


def with_accounts(book: Casebook) -> People:
    """The people of a casebook with an account of each role, which is its name."""
    people = quickly(book)
    for role in reversed(Role):
        people.add(role, role, by=BY, password=PASSWORD)
    return people


def app_of(book: Casebook, **options: object) -> FastAPI:
    """The workbench on a casebook, where everybody signs in."""
    return create_app(book, ServeOptions(**({"local_name": None, "hosts": (HOST,)} | options)))  # type: ignore[arg-type]


def visitor(app: FastAPI, address: str = "192.0.2.1", scheme: str = "http") -> TestClient:
    """A browser that is not signed in."""
    return TestClient(app, f"{scheme}://{HOST}", follow_redirects=False, client=(address, 50000))


def signed_in(app: FastAPI, name: str) -> TestClient:
    """A browser that is signed in, and sends its pages' mark with every request."""
    bench: Workbench = app.state.workbench
    secret, _ = bench.book.people.start_session(bench.book.people.account(name))
    client = visitor(app)
    client.cookies.set("casus", secret)
    client.headers["X-Casus-CSRF"] = csrf_of(secret)
    return client


def with_token(app: FastAPI, name: str, *scopes: Scope) -> TestClient:
    """A program with a token of somebody."""
    bench: Workbench = app.state.workbench
    secret, _ = bench.book.people.make_token(bench.book.people.account(name), "test", scopes, by=BY)
    client = visitor(app)
    client.headers["Authorization"] = f"Bearer {secret}"
    return client
