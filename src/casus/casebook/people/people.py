"""The people of a casebook, as the rest of Casus uses them (`book.people`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casus.casebook.people import accounts, auditing, sessions, throttling
from casus.casebook.people.passwords import Passwords, check_password
from casus.casebook.people.records import (
    Account,
    AuditEntry,
    AuditFilter,
    By,
    Role,
    Scope,
    Session,
    SignIn,
    Token,
)
from casus.casebook.store import Store
from casus.errors import CasebookError, NotInCasebook

_MOST_ENTRIES = 100


@dataclass(slots=True)
class People:
    """Accounts, sessions, tokens, sign-ins and the audit log.

    Each change is noted in the audit log in the same transaction.  What is refused raises
    `AccountError`, unknown names and numbers `NotInCasebook`.
    """

    store: Store
    clock: Callable[[], datetime]
    passwords: Passwords = field(default_factory=Passwords)

    # Accounts

    def is_empty(self) -> bool:
        """Whether nobody has an account."""
        with self.store.reads() as connection:
            return accounts.is_empty(connection)

    def accounts(self) -> tuple[Account, ...]:
        """All accounts by name, closed ones among them."""
        with self.store.reads() as connection:
            return accounts.all_accounts(connection)

    def account(self, name: str) -> Account:
        """An account by its name."""
        with self.store.reads() as connection:
            return accounts.named(connection, name)

    def add(
        self,
        name: str,
        role: Role,
        *,
        by: By,
        full_name: str = "",
        password: str | None = None,
        subject: str | None = None,
    ) -> Account:
        """A new account; without a password its person signs in elsewhere (OpenID Connect)."""
        name = accounts.checked_name(name)
        kept = None
        if password is not None:
            check_password(password, name, full_name)
            kept = self.passwords.hash(password)
        now = self.clock()
        with self.store.writes_people() as connection:
            account = accounts.add(
                connection,
                name,
                role,
                full_name=full_name,
                password_hash=kept,
                subject=subject,
                by=by.name,
                now=now,
            )
            auditing.note(connection, by, "people.add", account.name, now=now, detail={"role": role})
        return account

    def change(self, name: str, *, by: By, role: Role | None = None, full_name: str | None = None) -> Account:
        """The account with another role or full name; the last admin stays admin."""
        values: dict[str, object] = {}
        if role is not None:
            values["role"] = role
        if full_name is not None:
            values["full_name"] = accounts.checked_full_name(full_name)
        now = self.clock()
        with self.store.writes_people() as connection:
            account = accounts.named(connection, name)
            if not values:
                return account
            changed = accounts.change(connection, account, **values)
            auditing.note(connection, by, "people.change", changed.name, now=now, detail=values)
        return changed

    def close(self, name: str, *, by: By) -> Account:
        """Close an account: its sessions and tokens end, what was decided stays; not the last admin's."""
        now = self.clock()
        with self.store.writes_people() as connection:
            account = accounts.named(connection, name)
            if not account.is_open:
                return account
            closed = accounts.change(connection, account, closed_at=now)
            sessions.end_all(connection, account)
            sessions.revoke(connection, now, account=account.number)
            auditing.note(connection, by, "people.close", account.name, now=now)
        return closed

    def reopen(self, name: str, *, by: By) -> Account:
        """Open a closed account again; its tokens stay revoked."""
        now = self.clock()
        with self.store.writes_people() as connection:
            account = accounts.named(connection, name)
            if account.is_open:
                return account
            opened = accounts.change(connection, account, closed_at=None)
            auditing.note(connection, by, "people.reopen", account.name, now=now)
        return opened

    def set_password(self, name: str, password: str, *, by: By, keeps: str | None = None) -> None:
        """Give an account another password; its sessions end, but the one whose secret `keeps` is."""
        account = self.account(name)
        check_password(password, account.name, account.full_name)
        kept = self.passwords.hash(password)
        now = self.clock()
        with self.store.writes_people() as connection:
            accounts.change(connection, accounts.named(connection, name), password_hash=kept)
            sessions.end_all(connection, account, but=keeps)
            auditing.note(connection, by, "people.password", account.name, now=now)

    # Signing in

    def sign_in(self, name: str, password: str, *, address: str, action: str = "sign-in") -> SignIn:
        """The account whose name and password these are; else how long to wait, where one has to.

        `action` is what the audit log calls it.
        """
        folded, now = accounts.folded(name), self.clock()
        with self.store.writes_people() as connection:
            wait = throttling.wait_of(connection, folded, address, now)
            if wait:
                return SignIn(wait=wait)
            throttling.note(connection, folded, address, now)
            row = accounts.row_named(connection, folded)
        kept = row.password_hash if row is not None and row.closed_at is None else None
        if not self.passwords.is_right(kept, password):
            return self._refused(folded, address, action, is_known=row is not None)
        with self.store.writes_people() as connection:
            account = accounts.named(connection, folded)
            if not account.is_open:
                return SignIn()
            throttling.forgive(connection, folded)
            if kept is not None and self.passwords.is_dated(kept):
                accounts.change(connection, account, password_hash=self.passwords.hash(password))
            by = By(account.name, address)
            auditing.note(connection, by, action, account.name, now=now, detail={"with": "password"})
        return SignIn(account)

    def _refused(self, name: str, address: str, action: str, *, is_known: bool) -> SignIn:
        now = self.clock()
        # What is no name of an account may be a password in the wrong field.
        by = By(name if is_known else "(unknown)", address)
        with self.store.writes_people() as connection:
            auditing.note(connection, by, f"{action}.refused", by.name, now=now)
            return SignIn(wait=throttling.wait_of(connection, name, address, now))

    def sign_in_elsewhere(
        self,
        subject: str,
        *,
        address: str,
        email: str | None = None,
        name: str | None = None,
        full_name: str = "",
        newcomers: Role | None = None,
    ) -> Account | None:
        """The account of somebody whom an OpenID Connect provider vouches for; None where none may be.

        It is the one with this subject; else one without password or subject whose name is
        the e-mail address that the provider has verified; else, where newcomers get a role, a
        new one.
        """
        now = self.clock()
        with self.store.writes_people() as connection:
            account = accounts.with_subject(connection, subject)
            if account is None and email is not None:
                row = accounts.row_named(connection, email)
                if row is not None and row.password_hash is None and row.subject is None:
                    account = accounts.change(connection, accounts.account_of(row), subject=subject)
            if account is None and newcomers is not None:
                account = accounts.add(
                    connection,
                    accounts.free_name(connection, email or name or "somebody"),
                    newcomers,
                    full_name=full_name,
                    password_hash=None,
                    subject=subject,
                    by="sign-in",
                    now=now,
                )
                auditing.note(
                    connection,
                    By("sign-in", address),
                    "people.add",
                    account.name,
                    now=now,
                    detail={"role": newcomers},
                )
            if account is None or not account.is_open:
                auditing.note(connection, By(subject, address), "sign-in.refused", subject, now=now)
                return None
            auditing.note(
                connection,
                By(account.name, address),
                "sign-in",
                account.name,
                now=now,
                detail={"with": subject},
            )
        return account

    # Sessions

    def start_session(self, account: Account) -> tuple[str, Session]:
        """A new session of an account: its secret, which is given once, and what is kept of it."""
        with self.store.writes_people() as connection:
            return sessions.start(connection, account, self.clock())

    def session(self, secret: str) -> tuple[Account, Session] | None:
        """The account and the session that a secret opens, None where it opens none."""
        with self.store.reads() as connection:
            found = sessions.find(connection, secret, self.clock())
            account = None if found is None else accounts.numbered(connection, found.account)
        return None if found is None or account is None or not account.is_open else (account, found)

    def touch_session(self, secret: str) -> None:
        """Note that a session was used, unless another program is writing."""
        with suppress(CasebookError), self.store.writes_people(waits=False) as connection:
            sessions.touch(connection, secret, self.clock())

    def is_touch_due(self, seen_at: datetime | None) -> bool:
        """Whether it is time to note again that a session or token was used."""
        return seen_at is None or self.clock() - seen_at >= sessions.TOUCHED_EVERY

    def sessions(self, account: Account) -> tuple[Session, ...]:
        """The sessions of an account that are not over, the newest first."""
        with self.store.reads() as connection:
            return sessions.sessions_of(connection, account, self.clock())

    def sign_out(self, secret: str, *, by: By) -> None:
        """End the session of a secret."""
        with self.store.writes_people() as connection:
            sessions.end(connection, secret)
            auditing.note(connection, by, "sign-out", by.name, now=self.clock())

    def end_session(self, account: Account, session_id: str, *, by: By) -> None:
        """End one session of an account."""
        with self.store.writes_people() as connection:
            sessions.end_one(connection, account, session_id)
            auditing.note(
                connection, by, "session.end", account.name, now=self.clock(), detail={"session": session_id}
            )

    # Tokens

    def make_token(
        self, account: Account, name: str, scopes: Iterable[Scope], *, by: By, lasts: timedelta | None = None
    ) -> tuple[str, Token]:
        """A new token of an account: its secret, which is given once, and what is kept of it."""
        now = self.clock()
        with self.store.writes_people() as connection:
            ends_at = None if lasts is None else now + lasts
            secret, token = sessions.make_token(connection, account, name, scopes, ends_at=ends_at, now=now)
            detail = {"token": token.number, "name": token.name, "scopes": list(token.scopes)}
            auditing.note(connection, by, "token.make", account.name, now=now, detail=detail)
        return secret, token

    def token(self, secret: str) -> tuple[Account, Token] | None:
        """The account and the token that a secret opens, None where it opens none."""
        with self.store.reads() as connection:
            found = sessions.find_token(connection, secret)
            account = None if found is None else accounts.numbered(connection, found.account)
        if found is None or account is None or not account.is_open or not found.is_valid(self.clock()):
            return None
        return account, found

    def touch_token(self, token: Token) -> None:
        """Note that a token was used, unless another program is writing."""
        with suppress(CasebookError), self.store.writes_people(waits=False) as connection:
            sessions.touch_token(connection, token.number, self.clock())

    def tokens(self, account: Account | None = None) -> tuple[Token, ...]:
        """The tokens of an account, or of all, the newest first; revoked ones among them."""
        with self.store.reads() as connection:
            return sessions.tokens_of(connection, account)

    def revoke_token(self, number: int, *, by: By, of: Account | None = None) -> None:
        """Revoke a token; where `of` is given, only one of that account."""
        now = self.clock()
        with self.store.writes_people() as connection:
            token = sessions.token_numbered(connection, number)
            if of is not None and token.account != of.number:
                raise NotInCasebook(f"no token {number} of {of.name}")
            sessions.revoke(connection, now, number=number)
            auditing.note(
                connection, by, "token.revoke", token.account_name, now=now, detail={"token": number}
            )

    # The audit log

    def note(self, by: By, action: str, about: str, detail: Mapping[str, object] | None = None) -> None:
        """Add an entry to the audit log."""
        with self.store.writes_people() as connection:
            auditing.note(connection, by, action, about, now=self.clock(), detail=detail)

    def log(self, wanted: AuditFilter | None = None, most: int = _MOST_ENTRIES) -> tuple[AuditEntry, ...]:
        """The newest entries of the audit log that a filter means, at most so many."""
        with self.store.reads() as connection:
            return auditing.entries(connection, wanted or AuditFilter(), most)
