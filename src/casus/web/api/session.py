"""Who is signed in: their session, their password, their own tokens."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response
from pydantic import BaseModel, Field

from casus.casebook.people.passwords import MOST
from casus.casebook.people.records import Account, Scope, Session, Token
from casus.errors import AccountError
from casus.web.access import Anyone, Asker, Owner, Person, Right, Via, person_of_account
from casus.web.cookies import drop_session, session_secret, set_session
from casus.web.guard import address_of
from casus.web.signing_in import sign_in
from casus.web.workbench import Bench, Workbench

router = APIRouter(tags=["people"])
_MOST_DAYS = 3650
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]


class WhoOut(BaseModel):
    """Who makes a request, and what they may do."""

    name: str
    full_name: str
    role: str
    rights: list[Right]
    via: Via


class SignInIn(BaseModel):
    """A name and a password."""

    name: str = Field(max_length=64, examples=["amina"])
    password: str = Field(max_length=1024, examples=["four words of mine"])


class PasswordIn(BaseModel):
    """The password as it is, and as it is to be."""

    current: str = Field(max_length=1024)
    new: str = Field(max_length=1024)


class SessionOut(BaseModel):
    """A browser that is signed in; `is_this` marks the one that asks."""

    id: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime
    is_this: bool


class TokenIn(BaseModel):
    """A token that is wanted; without `days` it stays valid until it is revoked."""

    name: str = Field(min_length=1, max_length=80, examples=["nightly import"])
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope), examples=[["ingest"]])
    days: int | None = Field(90, ge=1, le=_MOST_DAYS)


class TokenOut(BaseModel):
    """A token without its secret."""

    number: int
    account: str
    name: str
    scopes: list[Scope]
    made_at: datetime
    ends_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None
    is_valid: bool


class NewTokenOut(TokenOut):
    """A new token with its secret, which is shown this once."""

    secret: str


@router.get("/session")
def who(person: Anyone) -> WhoOut:
    """Who makes the request, and what they may do."""
    return _who_out(person)


@router.post("/session", responses={401: {}, 429: {}})
def start(request: Request, response: Response, bench: Bench, wanted: SignInIn) -> WhoOut:
    """Sign in; the session is a cookie.  Programs use tokens instead."""
    outcome = sign_in(bench, request, wanted.name, wanted.password)
    if outcome.secret is None or outcome.account is None:
        headers = {"Retry-After": str(outcome.wait_s)} if outcome.wait_s else None
        raise HTTPException(outcome.status, outcome.reason, headers)
    set_session(request, response, outcome.secret)
    request.state.is_noted = True
    return _who_out(person_of_account(outcome.account))


@router.delete("/session", status_code=204)
def end(request: Request, response: Response, bench: Bench, person: Owner, asker: Asker) -> None:  # noqa: ARG001
    """Sign out."""
    request.state.is_noted = True
    bench.book.people.sign_out(session_secret(request) or "", by=asker)
    drop_session(request, response)


@router.put("/session/password", status_code=204)
def change_password(request: Request, bench: Bench, person: Owner, asker: Asker, wanted: PasswordIn) -> None:
    """Change one's own password; all other sessions end."""
    request.state.is_noted = True
    people = bench.book.people
    if len(wanted.new) > MOST:
        raise AccountError(f"a password has {MOST} characters at most")
    found = people.sign_in(person.name, wanted.current, address=address_of(request), action="password.check")
    if found.account is None:
        wait = f": try again in {int(found.wait.total_seconds()) + 1} seconds" if found.wait else ""
        raise HTTPException(429 if found.wait else 403, f"that is not your password as it is{wait}")
    people.set_password(person.name, wanted.new, by=asker, keeps=session_secret(request))


@router.get("/session/sessions")
def sessions(request: Request, bench: Bench, person: Owner) -> list[SessionOut]:
    """The browsers that one is signed in with."""
    account = _own(bench, person)
    here = bench.book.people.session(session_secret(request) or "")
    return [session_out(one, here[1].id if here else "") for one in bench.book.people.sessions(account)]


@router.delete("/session/sessions/{session_id}", status_code=204)
def end_session(request: Request, bench: Bench, person: Owner, asker: Asker, session_id: str) -> None:
    """Sign one of them out."""
    request.state.is_noted = True
    bench.book.people.end_session(_own(bench, person), session_id, by=asker)


@router.get("/tokens")
def tokens(bench: Bench, person: Owner) -> list[TokenOut]:
    """One's own tokens, the newest first."""
    return [token_out(bench, one) for one in bench.book.people.tokens(_own(bench, person))]


@router.post("/tokens", status_code=201)
def make_token(request: Request, bench: Bench, person: Owner, asker: Asker, wanted: TokenIn) -> NewTokenOut:
    """Make a token for programs; its secret is in this answer and nowhere else."""
    request.state.is_noted = True
    lasts = None if wanted.days is None else timedelta(days=wanted.days)
    secret, token = bench.book.people.make_token(
        _own(bench, person), wanted.name, wanted.scopes, by=asker, lasts=lasts
    )
    return NewTokenOut(**token_out(bench, token).model_dump(), secret=secret)


@router.delete("/tokens/{number}", status_code=204)
def revoke_token(request: Request, bench: Bench, person: Owner, asker: Asker, number: Number) -> None:
    """Revoke one of one's own tokens."""
    request.state.is_noted = True
    bench.book.people.revoke_token(number, by=asker, of=_own(bench, person))


def _own(bench: Workbench, person: Person) -> Account:
    return bench.book.people.account(person.name)


def _who_out(person: Person) -> WhoOut:
    return WhoOut(
        name=person.name,
        full_name=person.full_name,
        role=person.role,
        rights=sorted(person.rights),
        via=Via(person.via),
    )


def session_out(session: Session, here: str) -> SessionOut:
    """A session as the API gives it."""
    return SessionOut(
        id=session.id,
        made_at=session.made_at,
        seen_at=session.seen_at,
        ends_at=session.ends_at,
        is_this=session.id == here,
    )


def token_out(bench: Workbench, token: Token) -> TokenOut:
    """A token as the API gives it."""
    return TokenOut(
        number=token.number,
        account=token.account_name,
        name=token.name,
        scopes=list(token.scopes),
        made_at=token.made_at,
        ends_at=token.ends_at,
        used_at=token.used_at,
        revoked_at=token.revoked_at,
        is_valid=token.is_valid(bench.book.clock()),
    )
