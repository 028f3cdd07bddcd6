"""Sessions and tokens: of each secret only the SHA-256 is kept.

The secrets have 256 random bits, so that a plain hash is enough: there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from casus.casebook import schema as t
from casus.casebook.people.records import Account, Scope, Session, Token
from casus.errors import AccountError, NotInCasebook

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
TOUCHED_EVERY = timedelta(minutes=5)
TOKEN_PREFIX = "casus_"  # noqa: S105 - what tokens begin with, so that they are found where they leaked
_BYTES = 32
_ID_CHARS = 16
_MOST_CHARS = 80


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def start(connection: Connection, account: Account, now: datetime) -> tuple[str, Session]:
    """A new session and its secret; sessions that are over are forgotten."""
    connection.execute(sa.delete(t.session).where(_is_over(now)))
    secret = secrets.token_urlsafe(_BYTES)
    row = {
        "hash": hash_of(secret),
        "account": account.number,
        "made_at": now,
        "seen_at": now,
        "ends_at": now + LONGEST,
    }
    return secret, _session_of(connection.execute(sa.insert(t.session).returning(t.session), row).one())


def find(connection: Connection, secret: str, now: datetime) -> Session | None:
    """The session that a secret opens; None where it opens none, or one that is over."""
    which = t.session.c.hash == hash_of(secret)
    row = connection.execute(sa.select(t.session).where(which, ~_is_over(now))).first()
    return None if row is None else _session_of(row)


def sessions_of(connection: Connection, account: Account, now: datetime) -> tuple[Session, ...]:
    """The sessions of an account that are not over, the newest first."""
    query = sa.select(t.session).where(t.session.c.account == account.number, ~_is_over(now))
    return tuple(_session_of(row) for row in connection.execute(query.order_by(t.session.c.seen_at.desc())))


def touch(connection: Connection, secret: str, now: datetime) -> None:
    """Note that a session was used."""
    connection.execute(sa.update(t.session).where(t.session.c.hash == hash_of(secret)).values(seen_at=now))


def end(connection: Connection, secret: str) -> None:
    """End the session of a secret."""
    connection.execute(sa.delete(t.session).where(t.session.c.hash == hash_of(secret)))


def end_one(connection: Connection, account: Account, session_id: str) -> None:
    """End one session of an account by its id; raises `NotInCasebook`."""
    begins = t.session.c.hash.startswith(session_id, autoescape=True)
    ended = connection.execute(
        sa.delete(t.session).where(t.session.c.account == account.number, begins)
    ).rowcount
    if len(session_id) != _ID_CHARS or not ended:
        raise NotInCasebook("no such session: it may be over")


def end_all(connection: Connection, account: Account, *, but: str | None = None) -> None:
    """End all sessions of an account, but the one of a secret."""
    mine = sa.delete(t.session).where(t.session.c.account == account.number)
    connection.execute(mine if but is None else mine.where(t.session.c.hash != hash_of(but)))


def _is_over(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(t.session.c.ends_at <= now, t.session.c.seen_at <= now - IDLE)


def _session_of(row: Row[tuple[object, ...]]) -> Session:
    return Session(row.hash[:_ID_CHARS], row.account, row.made_at, row.seen_at, row.ends_at)


def make_token(
    connection: Connection,
    account: Account,
    name: str,
    scopes: Iterable[Scope],
    *,
    ends_at: datetime | None,
    now: datetime,
) -> tuple[str, Token]:
    """A new token and its secret; raises `AccountError` where the role of its account is too low."""
    wanted = tuple(scope for scope in Scope if scope in set(scopes))
    if not wanted:
        raise AccountError(f"say what the token is good for: {', '.join(Scope)}")
    for scope in wanted:
        if not account.role.includes(scope.needs):
            raise AccountError(
                f"a {account.role} can't have a token of scope {scope}: it takes the role {scope.needs}"
            )
    shown = " ".join(name.split())
    if not shown or len(shown) > _MOST_CHARS or not shown.isprintable():
        raise AccountError(f"a token needs a name of 1 to {_MOST_CHARS} letters, to know it by")
    if ends_at is not None and ends_at <= now:
        raise AccountError("a token can't have ended before it is made")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)
    row = {
        "hash": hash_of(secret),
        "account": account.number,
        "name": shown,
        "scopes": [str(scope) for scope in wanted],
        "made_at": now,
        "ends_at": ends_at,
    }
    number = connection.scalar(sa.insert(t.token).returning(t.token.c.number), row)
    return secret, token_numbered(connection, int(number or 0))


def find_token(connection: Connection, secret: str) -> Token | None:
    """The token of a secret, valid or not; None where there is none."""
    if not secret.startswith(TOKEN_PREFIX):
        return None
    row = connection.execute(_tokens().where(t.token.c.hash == hash_of(secret))).first()
    return None if row is None else _token_of(row)


def token_numbered(connection: Connection, number: int) -> Token:
    """A token by its number; raises `NotInCasebook`."""
    row = connection.execute(_tokens().where(t.token.c.number == number)).first()
    if row is None:
        raise NotInCasebook(f"no token {number} in this casebook")
    return _token_of(row)


def tokens_of(connection: Connection, account: Account | None) -> tuple[Token, ...]:
    """The tokens of an account, or of all, the newest first; revoked ones among them."""
    query = _tokens().order_by(t.token.c.number.desc())
    if account is not None:
        query = query.where(t.token.c.account == account.number)
    return tuple(_token_of(row) for row in connection.execute(query))


def touch_token(connection: Connection, number: int, now: datetime) -> None:
    """Note that a token was used."""
    connection.execute(sa.update(t.token).where(t.token.c.number == number).values(used_at=now))


def revoke(
    connection: Connection, now: datetime, *, number: int | None = None, account: int | None = None
) -> None:
    """Revoke one token, or all of an account."""
    which = t.token.c.number == number if account is None else t.token.c.account == account
    valid = t.token.c.revoked_at.is_(None)
    connection.execute(sa.update(t.token).where(which, valid).values(revoked_at=now))


def _tokens() -> sa.Select[tuple[object, ...]]:
    return sa.select(t.token, t.account.c.name.label("account_name")).join(
        t.account, t.account.c.number == t.token.c.account
    )


def _token_of(row: Row[tuple[object, ...]]) -> Token:
    return Token(
        row.number,
        row.account,
        row.account_name,
        row.name,
        tuple(Scope(scope) for scope in row.scopes),
        row.made_at,
        row.ends_at,
        row.used_at,
        row.revoked_at,
    )
