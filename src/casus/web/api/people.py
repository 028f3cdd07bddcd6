"""Accounts, everybody's tokens, and the audit log, for admins."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from casus.casebook.people.records import Account, AuditEntry, AuditFilter, Role
from casus.web.access import Asker, Manager, Reviewer
from casus.web.api.session import Number, TokenOut, token_out
from casus.web.workbench import Bench

router = APIRouter(tags=["people"])
_MOST_NUMBER = 2**63 - 1


class PersonOut(BaseModel):
    """An account, without its password."""

    name: str
    full_name: str
    role: Role
    is_open: bool
    has_password: bool
    subject: str | None
    made_at: datetime
    made_by: str
    closed_at: datetime | None


class NameOut(BaseModel):
    """Whom an event can be given to."""

    name: str
    full_name: str


class PersonIn(BaseModel):
    """An account that is wanted; without a password its person signs in by OpenID Connect."""

    name: str = Field(min_length=1, max_length=64, examples=["bruno"])
    full_name: str = Field("", max_length=200, examples=["Bruno K."])
    role: Role = Role.VIEWER
    password: str | None = Field(None, max_length=1024)


class PersonChange(BaseModel):
    """What is to be another; what is left out stays."""

    role: Role | None = None
    full_name: str | None = Field(None, min_length=1, max_length=200)
    is_open: bool | None = None


class NewPassword(BaseModel):
    """Another password for somebody."""

    password: str = Field(max_length=1024)


class EntryOut(BaseModel):
    """Who did what, to what, when, and from which address."""

    number: int
    at: datetime
    who: str
    action: str
    about: str
    detail: dict[str, object]
    address: str | None


class LogOut(BaseModel):
    """A page of the audit log, the newest first; `next` is what to ask `before` for the next one."""

    entries: list[EntryOut]
    next: int | None


@router.get("/people")
def people(bench: Bench, person: Manager) -> list[PersonOut]:  # noqa: ARG001
    """All accounts by name, closed ones among them."""
    return [person_out(account) for account in bench.book.people.accounts()]


@router.get("/people/names")
def names(bench: Bench, person: Reviewer) -> list[NameOut]:  # noqa: ARG001
    """Whom events can be given to: the reviewers and those above them."""
    return [
        NameOut(name=account.name, full_name=account.full_name)
        for account in bench.book.people.accounts()
        if account.is_open and account.role.includes(Role.REVIEWER)
    ]


@router.post("/people", status_code=201)
def add(request: Request, bench: Bench, person: Manager, asker: Asker, wanted: PersonIn) -> PersonOut:  # noqa: ARG001
    """Make an account.  The first one is an admin's; with it the local mode ends."""
    request.state.is_noted = True
    return person_out(
        bench.book.people.add(
            wanted.name, wanted.role, by=asker, full_name=wanted.full_name, password=wanted.password
        )
    )


@router.get("/people/{name}")
def one(bench: Bench, person: Manager, name: str) -> PersonOut:  # noqa: ARG001
    """An account."""
    return person_out(bench.book.people.account(name))


@router.patch("/people/{name}")
def change(
    *,
    request: Request,
    bench: Bench,
    person: Manager,  # noqa: ARG001
    asker: Asker,
    name: str,
    wanted: PersonChange,
) -> PersonOut:
    """Give an account another role or full name, close or reopen it; the last admin stays."""
    request.state.is_noted = True
    found = bench.book.people
    account = found.change(name, by=asker, role=wanted.role, full_name=wanted.full_name)
    if wanted.is_open is not None:
        account = found.reopen(name, by=asker) if wanted.is_open else found.close(name, by=asker)
    return person_out(account)


@router.put("/people/{name}/password", status_code=204)
def set_password(
    *,
    request: Request,
    bench: Bench,
    person: Manager,  # noqa: ARG001
    asker: Asker,
    name: str,
    wanted: NewPassword,
) -> None:
    """Give somebody another password; all their sessions end."""
    request.state.is_noted = True
    bench.book.people.set_password(name, wanted.password, by=asker)


@router.get("/people/{name}/tokens")
def tokens(bench: Bench, person: Manager, name: str) -> list[TokenOut]:  # noqa: ARG001
    """Somebody's tokens."""
    found = bench.book.people
    return [token_out(bench, token) for token in found.tokens(found.account(name))]


@router.delete("/people/{name}/tokens/{number}", status_code=204)
def revoke_token(
    *,
    request: Request,
    bench: Bench,
    person: Manager,  # noqa: ARG001
    asker: Asker,
    name: str,
    number: Number,
) -> None:
    """Revoke a token of somebody."""
    request.state.is_noted = True
    found = bench.book.people
    found.revoke_token(number, by=asker, of=found.account(name))


@router.get("/audit")
def audit(
    *,
    bench: Bench,
    person: Manager,  # noqa: ARG001
    who: Annotated[str | None, Query(max_length=500)] = None,
    action: Annotated[str | None, Query(max_length=40, description="or what it begins with")] = None,
    about: Annotated[str | None, Query(max_length=500)] = None,
    before: Annotated[int | None, Query(ge=1, le=_MOST_NUMBER)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> LogOut:
    """The audit log, the newest entries first."""
    wanted = AuditFilter(who=who, action=action, about=about, before=before)
    entries = bench.book.people.log(wanted, limit)
    following = entries[-1].number if len(entries) == limit else None
    return LogOut(entries=[entry_out(entry) for entry in entries], next=following)


def person_out(account: Account) -> PersonOut:
    """An account as the API gives it."""
    return PersonOut(
        name=account.name,
        full_name=account.full_name,
        role=account.role,
        is_open=account.is_open,
        has_password=account.has_password,
        subject=account.subject,
        made_at=account.made_at,
        made_by=account.made_by,
        closed_at=account.closed_at,
    )


def entry_out(entry: AuditEntry) -> EntryOut:
    """An entry of the audit log as the API gives it."""
    return EntryOut(
        number=entry.number,
        at=entry.at,
        who=entry.who,
        action=entry.action,
        about=entry.about,
        detail=dict(entry.detail),
        address=entry.address,
    )
