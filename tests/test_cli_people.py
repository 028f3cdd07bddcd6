"""`casus people` and `casus serve`: who may sign in, and where it is served."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from casus.casebook.book import Casebook
from casus.cli import main
from casus.errors import AccountError, NotInCasebook, SettingsError

Run = Callable[..., tuple[int, str, str]]
PASSWORD = "seven grey herons"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a casebook that is not there yet, as the one that commands mean."""
    address = f"sqlite:///{tmp_path}/book.db"
    monkeypatch.setenv("CASUS_CASEBOOK", address)
    monkeypatch.setenv("CASUS_REVIEWER", "rowan")
    return address


@pytest.fixture
def run(url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command, with a password on its input; gives exit code, output and errors."""
    assert url

    def call(*words: str, given: str = f"{PASSWORD}\n") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        try:
            main(words)
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def add(run: Run, name: str, role: str, *more: str) -> tuple[int, str, str]:
    return run("people", "add", name, "--role", role, "--password-stdin", *more)


def test_the_first_account_is_an_admins(run: Run, url: str) -> None:
    code, _, told = add(run, "odile", "reviewer")
    assert code == AccountError.exit_code
    assert "casus people add NAME --role admin" in told
    assert add(run, "Amina", "admin", "--full-name", "Amina T.")[0] == 0
    assert add(run, "odile", "reviewer")[0] == 0
    _, out, _ = run("people", "list")
    assert [line.split()[0] for line in out.splitlines()] == ["name", "amina", "odile"]
    with Casebook.open(url) as book:
        assert book.people.sign_in("amina", PASSWORD, address="-").account is not None
        assert book.people.log()[-1].who == "rowan"


def test_a_password_is_asked_for_or_read_but_never_an_argument(run: Run) -> None:
    code, _, told = run("people", "add", "amina", "--role", "admin")
    assert (code, "--password-stdin" in told) == (2, True)
    assert run("people", "add", "amina", "--role", "admin", "--password", "x")[0] == 2
    code, _, told = run("people", "add", "amina", "--role", "admin", "--password-stdin", given="short\n")
    assert code == AccountError.exit_code
    assert "12 characters" in told


def test_roles_passwords_and_closing(run: Run, url: str) -> None:
    add(run, "amina", "admin")
    add(run, "odile", "viewer")
    assert run("people", "role", "odile", "editor")[0] == 0
    assert run("people", "password", "odile", "--password-stdin", given="nine pale lanterns\n")[0] == 0
    assert run("people", "role", "amina", "viewer")[0] == AccountError.exit_code
    assert run("people", "close", "amina")[0] == AccountError.exit_code
    assert run("people", "close", "odile")[0] == 0
    assert run("people", "close", "nobody")[0] == NotInCasebook.exit_code
    with Casebook.open(url) as book:
        assert not book.people.account("odile").is_open
        run("people", "close", "odile", "--reopen")
        found = book.people.sign_in("odile", "nine pale lanterns", address="-").account
        assert found is not None
        assert found.role == "editor"


def test_a_token_is_the_only_line_of_the_output(run: Run, url: str) -> None:
    add(run, "amina", "admin")
    code, out, told = run("people", "token", "amina", "import", "--scope", "ingest", "--scope", "read")
    assert code == 0
    assert out.startswith("casus_")
    assert out.strip() not in told
    with Casebook.open(url) as book:
        found = book.people.token(out.strip())
        assert found is not None
        assert [str(scope) for scope in found[1].scopes] == ["read", "ingest"]
        assert "import" in run("people", "token", "amina")[1]
        run("people", "token", "amina", "--revoke", str(found[1].number))
        assert book.people.token(out.strip()) is None
    assert "revoked" in run("people", "token", "amina")[1]


def test_somebody_who_signs_in_elsewhere_needs_no_password(run: Run, url: str) -> None:
    add(run, "amina", "admin")
    subject = ("--no-password", "--subject", "https://id.example s1")
    assert run("people", "add", "odile", *subject)[0] == 0
    with Casebook.open(url) as book:
        found = book.people.sign_in_elsewhere("https://id.example s1", address="-")
        assert found is not None
        assert found.name == "odile"


# casus serve


def test_an_address_that_others_reach_is_refused_without_accounts(run: Run) -> None:
    for more in (
        ("--host", "0.0.0.0"), ("--host", "::"), ("--host", "192.0.2.1"), ("--host", "casus.example"),
        ("--host-name", "casus.example"), ("--proxy", "127.0.0.1"), ("--secure-cookies",),
    ):  # fmt: skip
        code, _, told = run("serve", *more)
        assert code == SettingsError.exit_code
        assert "casus people add NAME --role admin" in told


def test_the_local_mode_is_for_this_computer_alone(run: Run) -> None:
    add(run, "amina", "admin")
    assert run("serve", "--host", "0.0.0.0", "--local")[0] == 2
    assert run("serve", "--proxy", "127.0.0.1", "--local")[0] == 2


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@pytest.mark.parametrize(("options", "status"), [((), 401), (("--local",), 200)])
def test_a_casebook_with_accounts_asks_to_sign_in_unless_it_is_told_not_to(
    run: Run, url: str, options: tuple[str, ...], status: int
) -> None:
    add(run, "amina", "admin")
    port = free_port()
    command = [sys.executable, "-m", "casus", "serve", url, "--port", str(port), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as server:
        try:
            assert server.stderr is not None
            assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
            for _ in range(200):
                try:
                    answer = httpx.get(f"http://127.0.0.1:{port}/api/v1/session")
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            assert answer.status_code == status
            assert "server" not in answer.headers
        finally:
            server.terminate()
            rest = server.stderr.read() if server.stderr else ""
    assert PASSWORD not in rest
