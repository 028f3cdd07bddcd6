"""Accounts, sessions, tokens and entries of the audit log, as typed immutable records.

Secrets (passwords, cookies, tokens) are in none of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each role may do all that those before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Its place in the order, from 0."""
        return list(Role).index(self)

    def includes(self, other: Role) -> bool:
        """Whether it may do all that another role may."""
        return self.rank >= other.rank


class Scope(StrEnum):
    """What a token is good for, within the role of the account that it belongs to."""

    READ = "read"
    WRITE = "write"  # decide, and what else people do by hand
    INGEST = "ingest"  # add reports
    ADMIN = "admin"  # people, tokens of others, the audit log

    @property
    def needs(self) -> Role:
        """The least role that a token of this scope can be made for."""
        return _NEEDS[self]


_NEEDS = {
    Scope.READ: Role.VIEWER,
    Scope.WRITE: Role.REVIEWER,
    Scope.INGEST: Role.REVIEWER,
    Scope.ADMIN: Role.ADMIN,
}


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in.  `name` never changes, since decisions are noted under it."""

    number: int
    name: str
    full_name: str
    role: Role
    has_password: bool
    subject: str | None  # issuer and subject of OpenID Connect
    made_at: datetime
    made_by: str
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody can sign in to it."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in.  `id` begins the hash of its secret, to name it by."""

    id: str
    account: int
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that programs use in an account's name."""

    number: int
    account: int
    account_name: str
    name: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    ends_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and (self.ends_at is None or now < self.ends_at)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What came of a sign-in: the account, or how long to wait before the next try."""

    account: Account | None = None
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, to what, when, and from where."""

    number: int
    at: datetime
    who: str
    action: str
    about: str
    detail: Mapping[str, object] = field(default_factory=dict)
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are meant; None asks for nothing.  `before` is a number, for paging."""

    who: str | None = None
    action: str | None = None
    about: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a change, and from which address."""

    name: str
    address: str | None = None
