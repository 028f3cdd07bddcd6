"""Who may sign in: accounts, passwords, sessions, tokens, failed sign-ins and the audit log."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from casus.casebook import schema as t
from casus.casebook.book import Casebook
from casus.casebook.people.passwords import Passwords, check_password
from casus.casebook.people.people import People
from casus.casebook.people.records import AuditFilter, By, Role, Scope
from casus.errors import AccountError, NotInCasebook

BY = By("amina", "192.0.2.7")
PASSWORD = "seven grey herons"
QUICK = {"time_cost": 1, "memory_cost": 256, "parallelism": 1}


@dataclass
class Clock:
    """A clock that tests set."""

    now: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(book: Casebook, clock: Clock) -> People:
    """The people of a casebook, with amina as admin."""
    found = People(book.store, clock, Passwords(PasswordHasher(**QUICK)))
    found.add("amina", Role.ADMIN, by=BY, password=PASSWORD)
    return found


def test_a_new_casebook_has_nobody(book: Casebook) -> None:
    assert book.people.is_empty()
    assert book.people.accounts() == ()


def test_an_account_is_kept_in_small_letters_and_found_in_any(people: People) -> None:
    made = people.add(" Bruno.K ", Role.VIEWER, by=BY, full_name="Bruno  K.")
    assert (made.name, made.full_name, made.role, made.made_by) == (
        "bruno.k", "Bruno K.", Role.VIEWER, "amina",
    )  # fmt: skip
    assert people.account("BRUNO.K") == made
    assert not made.has_password


@pytest.mark.parametrize("name", ["", "a b", "-x", "x" * 65, "ann\n", "анна", "<b>"])
def test_a_name_of_a_wrong_form_is_refused(people: People, name: str) -> None:
    if name == "ann\n":
        assert people.add(name, Role.VIEWER, by=BY).name == "ann"
        return
    with pytest.raises(AccountError, match="no name to sign in with"):
        people.add(name, Role.VIEWER, by=BY)


def test_a_name_is_given_once_even_where_its_account_is_closed(people: People) -> None:
    people.add("bruno", Role.VIEWER, by=BY)
    people.close("bruno", by=BY)
    with pytest.raises(AccountError, match="reopen it"):
        people.add("Bruno", Role.ADMIN, by=BY)


def test_the_last_admin_stays(people: People) -> None:
    for change in (
        lambda: people.close("amina", by=BY),
        lambda: people.change("amina", by=BY, role=Role.EDITOR),
    ):
        with pytest.raises(AccountError, match="last admin"):
            change()
    people.add("bruno", Role.ADMIN, by=BY)
    assert people.change("amina", by=BY, role=Role.EDITOR).role is Role.EDITOR
    with pytest.raises(AccountError, match="last admin"):
        people.close("bruno", by=BY)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short words", "12 characters or more"),
        ("x" * 257, "256 characters at most"),
        ("abababababab", "fewer than 5"),
        ("wilhelmina.k", "name of its account"),
        ("Wilhelmina K", "name of its account"),
    ],
)
def test_a_weak_password_is_refused_and_told_why(password: str, why: str) -> None:
    with pytest.raises(AccountError, match=why):
        check_password(password, "wilhelmina.k", "Wilhelmina K.")


def test_a_password_is_the_same_however_its_letters_are_typed(people: People) -> None:
    people.add("bruno", Role.VIEWER, by=BY, password="caf\u00e9 au lait cr\u00e8me")
    assert people.sign_in("bruno", "cafe\u0301 au lait cre\u0300me", address="192.0.2.1").account is not None


def test_nothing_that_is_kept_has_a_secret(people: People, book: Casebook) -> None:
    account = people.account("amina")
    session, _ = people.start_session(account)
    token, _ = people.make_token(account, "laptop", [Scope.READ], by=BY)
    people.sign_in("amina", "not the right one", address="192.0.2.1")
    people.sign_in("another good password", "x", address="192.0.2.1")
    rows = []
    with book.store.reads() as connection:
        for table in (t.account, t.session, t.token, t.failed_sign_in, t.audit):
            rows += [tuple(row) for row in connection.execute(sa.select(table))]
    kept = repr(rows)
    for secret in (PASSWORD, session, token, "not the right one", "another good password"):
        assert secret not in kept


def test_the_right_password_signs_in_and_others_do_not(people: People) -> None:
    found = people.sign_in("Amina ", PASSWORD, address="192.0.2.1").account
    assert found is not None
    assert found.name == "amina"
    for name, password in (("amina", "seven grey heronz"), ("nobody", PASSWORD), ("amina", PASSWORD * 40)):
        assert people.sign_in(name, password, address="192.0.2.1").account is None


def test_a_closed_account_opens_nothing_until_it_is_reopened(people: People) -> None:
    bruno = people.add("bruno", Role.REVIEWER, by=BY, password=PASSWORD)
    session, _ = people.start_session(bruno)
    token, _ = people.make_token(bruno, "laptop", [Scope.READ], by=BY)
    people.close("bruno", by=BY)
    assert people.session(session) is None
    assert people.token(token) is None
    assert people.sign_in("bruno", PASSWORD, address="192.0.2.1").account is None
    people.reopen("bruno", by=BY)
    assert people.session(session) is None
    assert people.token(token) is None
    assert people.sign_in("bruno", PASSWORD, address="192.0.2.1").account is not None


def test_an_account_without_password_signs_in_with_none(people: People) -> None:
    people.add("bruno", Role.VIEWER, by=BY)
    for password in ("", "None", PASSWORD, "nobody has this password"):
        assert people.sign_in("bruno", password, address="192.0.2.1").account is None


def test_a_password_is_kept_anew_where_the_parameters_changed(people: People, clock: Clock) -> None:
    later = People(people.store, clock, Passwords(PasswordHasher(**(QUICK | {"time_cost": 2}))))
    assert later.sign_in("amina", PASSWORD, address="192.0.2.1").account is not None
    with people.store.reads() as connection:
        kept = connection.scalar(sa.select(t.account.c.password_hash))
    assert kept is not None
    assert "t=2" in kept
    assert later.sign_in("amina", PASSWORD, address="192.0.2.1").account is not None


def test_the_time_that_a_sign_in_takes_does_not_tell_which_names_exist(new_url: Callable[[], str]) -> None:
    with Casebook.open(new_url()) as book:
        passwords = book.people.passwords
        kept = passwords.hash(PASSWORD)
        passwords.is_right(None, "x")

        def seconds(given: str | None) -> float:
            start = time.perf_counter()
            assert not passwords.is_right(given, "a wrong password")
            return time.perf_counter() - start

        pairs = [(seconds(kept), seconds(None)) for _ in range(7)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert 0.5 < known / unknown < 2
    assert unknown > 0.005


# Waiting after failures


def fail(people: People, name: str, times: int, address: str = "192.0.2.1") -> list[float]:
    """How long one has to wait after each of some failures."""
    return [people.sign_in(name, "wrong", address=address).wait.total_seconds() for _ in range(times)]


@pytest.mark.parametrize("name", ["amina", "nobody"])
def test_five_failures_are_free_then_the_wait_doubles(people: People, clock: Clock, name: str) -> None:
    assert fail(people, name, 4) == [0] * 4
    waits = []
    for _ in range(14):
        [wait] = fail(people, name, 1)
        waits.append(wait)
        clock.pass_by(seconds=wait)
    assert waits[:9] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert max(waits) == 900


def test_who_must_wait_is_not_let_in_with_the_right_password_and_does_not_wait_longer(
    people: People, clock: Clock
) -> None:
    fail(people, "amina", 5)
    found = people.sign_in("amina", PASSWORD, address="192.0.2.1")
    assert found.account is None
    assert found.wait == timedelta(seconds=1)
    clock.pass_by(seconds=1)
    assert people.sign_in("amina", PASSWORD, address="192.0.2.1").account is not None
    assert fail(people, "amina", 4) == [0] * 4


def test_an_address_that_tries_many_names_waits_too(people: People, clock: Clock) -> None:
    for number in range(20):
        fail(people, f"name{number}", 1, "2001:db8::1")
    assert people.sign_in("amina", PASSWORD, address="2001:db8::ffff").wait > timedelta(0)
    assert people.sign_in("amina", PASSWORD, address="2001:db8:0:1::1").account is not None
    clock.pass_by(hours=1)
    assert people.sign_in("amina", PASSWORD, address="2001:db8::1").account is not None


# Sessions


def test_a_session_opens_its_account_until_it_is_ended(people: People) -> None:
    secret, session = people.start_session(people.account("amina"))
    assert len(secret) >= 43
    assert people.session(secret) == (people.account("amina"), session)
    people.sign_out(secret, by=BY)
    assert people.session(secret) is None


@pytest.mark.parametrize("name", ["\0", "amina\0", "\ud800", "x" * 100_000, "' OR 1=1 --", "%"])
def test_a_name_that_nobody_can_have_is_refused_like_any_other(people: People, name: str) -> None:
    assert people.sign_in(name, PASSWORD, address="192.0.2.1").account is None
    with pytest.raises(NotInCasebook):
        people.account(name)
    people.note(By(name), "test", name)
    assert people.log(AuditFilter(who=name, about=name, action="te"))[0].action == "test"


@pytest.mark.parametrize("secret", ["", "x", "é" * 40, "\ud800", "' OR 1=1 --", "a" * 100_000])
def test_no_other_secret_opens_anything(people: People, secret: str) -> None:
    people.start_session(people.account("amina"))
    assert people.session(secret) is None
    assert people.token(secret) is None
    assert people.token("casus_" + secret) is None


def test_a_session_ends_when_it_is_not_used_for_twelve_hours(people: People, clock: Clock) -> None:
    secret, _ = people.start_session(people.account("amina"))
    clock.pass_by(hours=11)
    people.touch_session(secret)
    clock.pass_by(hours=11)
    assert people.session(secret) is not None
    clock.pass_by(hours=1)
    assert people.session(secret) is None


def test_a_session_ends_after_seven_days_even_where_it_is_used(people: People, clock: Clock) -> None:
    secret, _ = people.start_session(people.account("amina"))
    for _ in range(16):
        assert people.session(secret) is not None
        clock.pass_by(hours=10)
        people.touch_session(secret)
    assert people.session(secret) is not None
    clock.pass_by(hours=9)
    assert people.session(secret) is None


def test_another_password_ends_the_other_sessions(people: People) -> None:
    account = people.account("amina")
    here, _ = people.start_session(account)
    there, _ = people.start_session(account)
    people.set_password("amina", "eight blue herons", by=BY, keeps=here)
    assert people.session(here) is not None
    assert people.session(there) is None
    assert people.sign_in("amina", PASSWORD, address="192.0.2.1").account is None


def test_one_session_of_ones_own_can_be_ended(people: People) -> None:
    bruno = people.add("bruno", Role.VIEWER, by=BY)
    secret, session = people.start_session(people.account("amina"))
    for session_id in ("", session.id[:4], "%", "f" * 16):
        with pytest.raises(NotInCasebook):
            people.end_session(people.account("amina"), session_id, by=BY)
    with pytest.raises(NotInCasebook):
        people.end_session(bruno, session.id, by=BY)
    assert people.session(secret) is not None
    people.end_session(people.account("amina"), session.id, by=BY)
    assert people.session(secret) is None
    assert people.sessions(people.account("amina")) == ()


def test_noting_that_a_session_is_used_waits_for_nobody(people: People) -> None:
    secret, _ = people.start_session(people.account("amina"))
    with people.store.writes_people():
        start = time.perf_counter()
        people.touch_session(secret)
        assert time.perf_counter() - start < 5
    people.touch_session(secret)


# Tokens


def test_a_token_opens_its_account_within_its_time(people: People, clock: Clock) -> None:
    account = people.account("amina")
    secret, token = people.make_token(
        account, "laptop", [Scope.INGEST, Scope.READ], by=BY, lasts=timedelta(days=2)
    )
    assert secret.startswith("casus_")
    assert token.scopes == (Scope.READ, Scope.INGEST)
    assert people.token(secret) == (account, token)
    clock.pass_by(days=2)
    assert people.token(secret) is None


def test_a_token_can_be_revoked_by_its_person_and_by_an_admin(people: People) -> None:
    bruno = people.add("bruno", Role.VIEWER, by=BY)
    secret, token = people.make_token(people.account("amina"), "laptop", [Scope.READ], by=BY)
    with pytest.raises(NotInCasebook):
        people.revoke_token(token.number, by=By("bruno"), of=bruno)
    assert people.token(secret) is not None
    people.revoke_token(token.number, by=BY)
    assert people.token(secret) is None
    assert [one.revoked_at is None for one in people.tokens()] == [False]


@pytest.mark.parametrize(
    ("role", "scopes", "allowed"),
    [
        (Role.VIEWER, [Scope.READ], True),
        (Role.VIEWER, [Scope.READ, Scope.WRITE], False),
        (Role.VIEWER, [Scope.INGEST], False),
        (Role.REVIEWER, [Scope.WRITE, Scope.INGEST], True),
        (Role.EDITOR, [Scope.ADMIN], False),
        (Role.ADMIN, [Scope.ADMIN], True),
        (Role.ADMIN, [], False),
    ],
)
def test_a_token_may_no_more_than_the_role_of_its_account(
    people: People, role: Role, scopes: list[Scope], allowed: bool
) -> None:
    account = people.add("bruno", role, by=BY)
    if allowed:
        assert people.make_token(account, "laptop", scopes, by=BY)[1].account_name == "bruno"
    else:
        with pytest.raises(AccountError):
            people.make_token(account, "laptop", scopes, by=BY)


# OpenID Connect


def elsewhere(people: People, subject: str, **told: Any) -> str | None:
    found = people.sign_in_elsewhere(subject, address="192.0.2.1", **told)
    return None if found is None else found.name


def test_somebody_unknown_to_the_casebook_is_not_let_in_by_a_provider(people: People) -> None:
    assert elsewhere(people, "https://id.example s1", email="amina", name="amina") is None
    assert elsewhere(people, "https://id.example s1", email="bruno@example.org") is None
    assert [account.name for account in people.accounts()] == ["amina"]


def test_a_verified_address_opens_an_account_without_password_once(people: People) -> None:
    people.add("bruno@example.org", Role.REVIEWER, by=BY)
    assert elsewhere(people, "https://id.example s1", email="Bruno@example.org") == "bruno@example.org"
    assert elsewhere(people, "https://id.example s1") == "bruno@example.org"
    assert elsewhere(people, "https://id.example s2", email="bruno@example.org") is None


def test_newcomers_get_a_role_and_a_name_of_their_own_where_that_is_wanted(people: People) -> None:
    assert elsewhere(people, "https://id.example s1", name="amina", newcomers=Role.VIEWER) == "amina-2"
    assert people.account("amina-2").role is Role.VIEWER
    assert elsewhere(people, "https://id.example s1", name="amina") == "amina-2"
    people.close("amina-2", by=BY)
    assert elsewhere(people, "https://id.example s1", newcomers=Role.ADMIN) is None


# The audit log


def test_every_change_and_sign_in_is_in_the_audit_log(people: People, clock: Clock) -> None:
    people.add("bruno", Role.VIEWER, by=BY, password=PASSWORD)
    people.change("bruno", by=BY, role=Role.REVIEWER, full_name="Bruno K.")
    people.sign_in("bruno", "wrong", address="192.0.2.9")
    clock.pass_by(hours=1)
    account = people.sign_in("bruno", PASSWORD, address="192.0.2.9").account
    assert account is not None
    people.close("bruno", by=BY)
    log = people.log()
    assert [(entry.who, entry.action, entry.about) for entry in log] == [
        ("amina", "people.close", "bruno"),
        ("bruno", "sign-in", "bruno"),
        ("bruno", "sign-in.refused", "bruno"),
        ("amina", "people.change", "bruno"),
        ("amina", "people.add", "bruno"),
        ("amina", "people.add", "amina"),
    ]
    assert log[3].detail == {"role": "reviewer", "full_name": "Bruno K."}
    assert log[1].address == "192.0.2.9"
    assert people.log(AuditFilter(before=log[3].number), 1) == (log[4],)
    assert people.log(AuditFilter(who="bruno", action="sign-in")) == log[1:3]
    assert people.log(AuditFilter(since=clock.now)) == log[:2]


def test_what_is_refused_is_not_noted_as_done(people: People) -> None:
    before = people.log()
    with pytest.raises(AccountError):
        people.close("amina", by=BY)
    assert people.log() == before
