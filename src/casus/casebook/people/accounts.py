"""Accounts, as rows that are added and closed, never deleted."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import chain, count

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from casus.casebook import schema as t
from casus.casebook.people.records import Account, Role
from casus.errors import AccountError, NotInCasebook

_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")
_MOST_CHARS = 200
_MOST_WANTED = 56


def is_empty(connection: Connection) -> bool:
    """Whether nobody has an account."""
    return connection.scalar(sa.select(t.account.c.number).limit(1)) is None


def all_accounts(connection: Connection) -> tuple[Account, ...]:
    """All accounts by name, closed ones among them."""
    return tuple(
        account_of(row) for row in connection.execute(sa.select(t.account).order_by(t.account.c.name))
    )


def row_named(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    """The row of an account, None where there is none."""
    if not _NAME.fullmatch(folded(name)):
        return None  # nobody can have it, and a database may not even take it
    return connection.execute(sa.select(t.account).where(t.account.c.name == folded(name))).first()


def named(connection: Connection, name: str) -> Account:
    """The account of a name; raises `NotInCasebook`."""
    row = row_named(connection, name)
    if row is None:
        raise NotInCasebook(f"no account {name!r} in this casebook: 'casus people list' lists them")
    return account_of(row)


def numbered(connection: Connection, number: int) -> Account | None:
    """The account of a number, None where there is none."""
    row = connection.execute(sa.select(t.account).where(t.account.c.number == number)).first()
    return None if row is None else account_of(row)


def free_name(connection: Connection, wanted: str) -> str:
    """A name like the one wanted that nobody has, for somebody who was not asked for one."""
    plain = re.sub(r"[^a-z0-9._@+-]+", "-", folded(wanted)).lstrip("._@+-")[:_MOST_WANTED] or "somebody"
    others = (f"{plain}-{number}" for number in count(2))
    return next(name for name in chain([plain], others) if row_named(connection, name) is None)


def with_subject(connection: Connection, subject: str) -> Account | None:
    """The account that a subject of OpenID Connect belongs to, None where there is none."""
    row = connection.execute(sa.select(t.account).where(t.account.c.subject == subject)).first()
    return None if row is None else account_of(row)


def add(
    connection: Connection,
    name: str,
    role: Role,
    *,
    full_name: str,
    password_hash: str | None,
    subject: str | None,
    by: str,
    now: datetime,
) -> Account:
    """A new account; raises `AccountError` where the name is taken or of a wrong form."""
    checked = checked_name(name)
    if is_empty(connection) and (role is not Role.ADMIN or password_hash is None):
        raise AccountError(
            "the first account is an admin's, with a password: 'casus people add NAME --role admin'"
        )
    taken = row_named(connection, checked)
    if taken is not None:
        closed = " (it is closed: reopen it)" if taken.closed_at is not None else ""
        raise AccountError(f"there is an account {checked!r}{closed}: take another name")
    if subject is not None and with_subject(connection, subject) is not None:
        raise AccountError(f"{subject} belongs to another account")
    row = {
        "name": checked,
        "full_name": checked_full_name(full_name or checked),
        "role": role,
        "password_hash": password_hash,
        "subject": subject,
        "made_at": now,
        "made_by": by,
    }
    return account_of(connection.execute(sa.insert(t.account).returning(t.account), row).one())


def change(connection: Connection, account: Account, **values: object) -> Account:
    """The account with other values in some columns; raises `AccountError` where no admin were left."""
    is_admin = account.is_open and account.role is Role.ADMIN
    stays = values.get("role", account.role) is Role.ADMIN and values.get("closed_at") is None
    if is_admin and not stays and not _other_admins(connection, account):
        raise AccountError(f"{account.name} is the last admin: make somebody else admin first")
    changed = sa.update(t.account).where(t.account.c.number == account.number).values(**values)
    return account_of(connection.execute(changed.returning(t.account)).one())


def _other_admins(connection: Connection, account: Account) -> bool:
    query = sa.select(t.account.c.number).where(
        t.account.c.role == Role.ADMIN,
        t.account.c.closed_at.is_(None),
        t.account.c.number != account.number,
    )
    return connection.scalar(query.limit(1)) is not None


def folded(name: str) -> str:
    """A name as it is kept: in small letters, without spaces around it."""
    return name.strip().lower()


def checked_name(name: str) -> str:
    """A name to sign in with; raises `AccountError` where it is of a wrong form."""
    found = folded(name)
    if not _NAME.fullmatch(found):
        raise AccountError(
            f"{name[:80]!r} is no name to sign in with: use 1 to 64 of a-z 0-9 . _ - @ + "
            "and begin with a letter or a digit"
        )
    return found


def checked_full_name(full_name: str) -> str:
    """A person's name as shown; raises `AccountError` where it is too long or has control characters."""
    found = " ".join(full_name.split())
    if not found or len(found) > _MOST_CHARS or not found.isprintable():
        raise AccountError(f"a full name has 1 to {_MOST_CHARS} letters, and no control characters")
    return found


def account_of(row: Row[tuple[object, ...]]) -> Account:
    """The account that a row keeps."""
    return Account(
        row.number,
        row.name,
        row.full_name,
        Role(row.role),
        row.password_hash is not None,
        row.subject,
        row.made_at,
        row.made_by,
        row.closed_at,
    )
