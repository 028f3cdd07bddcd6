"""Who asks, and what they may do.

`Guard` (guard.py) finds out who makes a request before anything of it is read; what is here
says what a role or a token may do, and is what routers depend on.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from casus.casebook.people.records import Account, By, Role, Scope, Token
from casus.web.workbench import Workbench


class Right(StrEnum):
    """What somebody may do."""

    READ = "read"  # events and reports, without withheld names
    EXPORT = "export"  # the same as a data set
    SEE_WITHHELD = "see_withheld"
    REVIEW = "review"  # confirm, correct, reject, withhold, assign, comment, claims
    LINK = "link"  # merge and split
    ADD = "add"  # reports
    JOBS = "jobs"  # link anew, rebuild
    FEEDS = "feeds"
    SHARE = "share"  # views that all see
    UNDO_OTHERS = "undo_others"  # take back what somebody else decided
    MANAGE = "manage"  # people, their tokens, the audit log


_VIEWER = frozenset({Right.READ, Right.EXPORT})
_REVIEWER = _VIEWER | {Right.SEE_WITHHELD, Right.REVIEW, Right.LINK, Right.ADD}
_EDITOR = _REVIEWER | {Right.JOBS, Right.FEEDS, Right.SHARE, Right.UNDO_OTHERS}
ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VIEWER: _VIEWER,
    Role.REVIEWER: _REVIEWER,
    Role.EDITOR: _EDITOR,
    Role.ADMIN: frozenset(Right),
}
SCOPE_RIGHTS: dict[Scope, frozenset[Right]] = {
    Scope.READ: frozenset({Right.READ, Right.EXPORT, Right.SEE_WITHHELD}),
    Scope.WRITE: frozenset(
        {Right.REVIEW, Right.LINK, Right.JOBS, Right.FEEDS, Right.SHARE, Right.UNDO_OTHERS}
    ),
    Scope.INGEST: frozenset({Right.ADD}),
    Scope.ADMIN: frozenset({Right.MANAGE}),
}


class Via(StrEnum):
    """How somebody is known."""

    LOCAL = "local"
    SESSION = "session"
    TOKEN = "token"  # noqa: S105 - a way, no secret


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks; `name` is what decisions are noted under, `account` its number."""

    name: str
    full_name: str
    role: str
    rights: frozenset[Right]
    via: str = Via.LOCAL
    account: int | None = None

    def may(self, right: Right | str) -> bool:
        """Whether they have a right."""
        return Right(right) in self.rights


def local_person(name: str) -> Person:
    """Who works alone, on a casebook without accounts."""
    return Person(name, name, Role.ADMIN, frozenset(Right))


def person_of_account(account: Account) -> Person:
    """Who is signed in with an account."""
    return Person(
        account.name,
        account.full_name,
        account.role,
        ROLE_RIGHTS[account.role],
        Via.SESSION,
        account.number,
    )


def person_of_token(account: Account, token: Token) -> Person:
    """A program that acts for an account: what the token is for, and the account's role allows."""
    rights = rights_of(token.scopes) & ROLE_RIGHTS[account.role]
    return Person(account.name, account.full_name, account.role, rights, Via.TOKEN, account.number)


def rights_of(scopes: Iterable[Scope]) -> frozenset[Right]:
    """What tokens of some scopes are good for."""
    return frozenset().union(*(SCOPE_RIGHTS[scope] for scope in scopes))


def csrf_of(secret: str, nonce: str | None = None) -> str:
    """What pages send back with each change, bound to a session: other sites can't know it.

    It is another each time, so that the length of compressed pages does not give it away.
    """
    chosen = nonce or token_hex(8)
    return f"{chosen}.{hmac.new(secret.encode(), f'casus csrf {chosen}'.encode(), 'sha256').hexdigest()}"


def is_csrf_of(secret: str, given: str) -> bool:
    """Whether somebody sends back what a page of the session had."""
    expected = csrf_of(secret, given.partition(".")[0] or "none")
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def local_csrf(bench: Workbench) -> str:
    """The same in the local mode; new with each start of the server."""
    return csrf_of(bench.secret)


def person_of(request: Request) -> Person:
    """Who makes a request; 401 where nobody is signed in."""
    person: Person | None = getattr(request.state, "person", None)
    if person is None:
        raise HTTPException(401, "sign in first", {"WWW-Authenticate": 'Bearer realm="casus"'})
    return person


def person_with(right: Right) -> Callable[[Request], Person]:
    """A dependency: who makes a request, 403 where they may not do what it asks for."""

    def allowed(request: Request) -> Person:
        person = person_of(request)
        if not person.may(right):
            what = "this token" if person.via == Via.TOKEN else f"your role ({person.role})"
            raise HTTPException(403, f"{what} may not do this: it takes the right '{right}'")
        return person

    return allowed


def person_with_account(request: Request) -> Person:
    """A dependency: somebody who is signed in themselves; 403 for tokens and in the local mode."""
    person = person_of(request)
    if person.via != Via.SESSION:
        raise HTTPException(403, "this is for people who are signed in, not for tokens or the local mode")
    return person


def by(request: Request) -> By:
    """Who makes a request, for the audit log."""
    address = request.client.host if request.client else None
    return By(person_of(request).name, address)


Anyone = Annotated[Person, Depends(person_of)]
Reader = Annotated[Person, Depends(person_with(Right.READ))]
Reviewer = Annotated[Person, Depends(person_with(Right.REVIEW))]
Manager = Annotated[Person, Depends(person_with(Right.MANAGE))]
Owner = Annotated[Person, Depends(person_with_account)]
Asker = Annotated[By, Depends(by)]
