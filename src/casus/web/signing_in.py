"""Signing in with a name and a password: the same for the page and for the API."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from casus.casebook.people.records import Account, By
from casus.web.cookies import session_secret
from casus.web.guard import address_of
from casus.web.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a sign-in: the secret of a session, or why not and after how many seconds again."""

    secret: str | None = None
    account: Account | None = None
    status: int = 200
    reason: str = ""
    wait_s: int = 0


def sign_in(bench: Workbench, request: Request, name: str, password: str) -> Outcome:
    """Check a name and a password, and start a session."""
    people = bench.book.people
    found = people.sign_in(name, password, address=address_of(request))
    if found.account is not None:
        return started(bench, request, found.account)
    wait_s = math.ceil(found.wait.total_seconds())
    if wait_s:
        return Outcome(
            status=429, reason=f"too many tries failed: try again in {in_words(wait_s)}", wait_s=wait_s
        )
    return Outcome(status=401, reason="there is no open account with this name and password")


def started(bench: Workbench, request: Request, account: Account) -> Outcome:
    """A new session; the one that the browser had before ends."""
    people = bench.book.people
    before = session_secret(request)
    if before and people.session(before) is not None:
        people.sign_out(before, by=By(account.name, address_of(request)))
    secret, _ = people.start_session(account)
    return Outcome(secret, account)


def in_words(seconds: int) -> str:
    """A short time in words."""
    if seconds < 120:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{math.ceil(seconds / 60)} minutes"


def local_path(asked: str | None) -> str:
    """Where to go after signing in: a path of this workbench, the overview for anything else.

    A browser takes //host and a backslash for another site, and drops tabs and line ends.
    """
    path = asked or "/"
    is_odd = not path.isprintable() or "\\" in path or not path.startswith("/") or path.startswith("//")
    if is_odd:
        return "/"
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    leads_back = parts.path.startswith("/sign-in") or parts.path.startswith("/api/")
    return "/" if parts.scheme or parts.netloc or leads_back else path
