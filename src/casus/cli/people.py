"""`casus people`: who may sign in to the workbench of a casebook."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from casus.casebook.people.records import Account, By, Role, Scope
from casus.cli.casebook_options import CasebookOption, open_casebook
from casus.cli.consoles import notice_console, result_console
from casus.settings import Settings

if TYPE_CHECKING:
    from casus.casebook.people.people import People

people_app = typer.Typer(name="people", help="Who may sign in to the workbench.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What they sign in as.")]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of the input.")
]


@people_app.command()
def add(
    name: NameArgument,
    *,
    role: Annotated[Role, typer.Option("--role", help="What they may do.")] = Role.VIEWER,
    full_name: Annotated[str, typer.Option("--full-name", metavar="TEXT", help="Their name as shown.")] = "",
    password_stdin: StdinOption = False,
    no_password: Annotated[
        bool,
        typer.Option(
            "--no-password", help="They sign in by OpenID Connect; NAME is their e-mail address there."
        ),
    ] = False,
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject", metavar="TEXT", help="With --no-password: 'ISSUER SUBJECT' of the provider."
        ),
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Make an account; the password is asked for, without showing it.

    The first account of a casebook is an admin's. With it, the workbench asks everybody to
    sign in.

    [bold]Examples[/bold]

    casus people add amina --role admin

    casus people add bruno --role reviewer --full-name "Bruno K."
    """
    with open_casebook(casebook, is_new_allowed=True) as book:
        password = None if no_password else _password(is_from_stdin=password_stdin)
        account = book.people.add(
            name, role, by=_by(), full_name=full_name, password=password, subject=subject
        )
        notice_console().print(f"{account.name} has an account: {account.role}", markup=False)


@people_app.command("list")
def list_people(*, casebook: CasebookOption = None) -> None:
    """List the accounts.

    [bold]Example[/bold]

    casus people list
    """
    with open_casebook(casebook) as book:
        accounts = book.people.accounts()
    if not accounts:
        notice_console().print("nobody has an account: 'casus people add NAME --role admin' makes the first")
        return
    table = Table("name", "full name", "role", "signs in with", "since", "closed", box=None, pad_edge=False)
    for one in accounts:
        closed = f"{one.closed_at:%Y-%m-%d}" if one.closed_at else ""
        table.add_row(one.name, one.full_name, one.role, _means(one), f"{one.made_at:%Y-%m-%d}", closed)
    result_console(sys.stdout).print(table)


@people_app.command()
def role(
    name: NameArgument,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="viewer, reviewer, editor or admin.")],
    *,
    casebook: CasebookOption = None,
) -> None:
    """Give somebody another role; the last admin stays one.

    [bold]Example[/bold]

    casus people role bruno editor
    """
    with open_casebook(casebook) as book:
        account = book.people.change(name, by=_by(), role=role)
        notice_console().print(f"{account.name} is {account.role} now", markup=False)


@people_app.command()
def close(
    name: NameArgument,
    *,
    reopen: Annotated[bool, typer.Option("--reopen", help="Open a closed account again.")] = False,
    casebook: CasebookOption = None,
) -> None:
    """Close an account: its sessions and tokens end at once, what was decided stays.

    [bold]Examples[/bold]

    casus people close bruno

    casus people close bruno --reopen
    """
    with open_casebook(casebook) as book:
        found = book.people
        account = found.reopen(name, by=_by()) if reopen else found.close(name, by=_by())
        notice_console().print(
            f"the account of {account.name} is {'open' if account.is_open else 'closed'}", markup=False
        )


@people_app.command()
def password(
    name: NameArgument, *, password_stdin: StdinOption = False, casebook: CasebookOption = None
) -> None:
    """Set somebody's password; all their sessions end.

    [bold]Example[/bold]

    casus people password bruno
    """
    with open_casebook(casebook) as book:
        book.people.account(name)
        book.people.set_password(name, _password(is_from_stdin=password_stdin), by=_by())
        notice_console().print(f"{name} has another password", markup=False)


@people_app.command()
def token(
    name: NameArgument,
    what_for: Annotated[
        str | None, typer.Argument(metavar="[FOR]", help="What it is for; without it, tokens are listed.")
    ] = None,
    *,
    scope: Annotated[
        list[Scope] | None, typer.Option("--scope", help="What it may do; may be given several times.")
    ] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=3650, help="How long it is valid.")] = 90,
    revoke: Annotated[
        int | None, typer.Option("--revoke", metavar="NO", help="Revoke the token of this number.")
    ] = None,
    casebook: CasebookOption = None,
) -> None:
    """Make a token for a program that uses the API in somebody's name, list tokens, or revoke one.

    The new token is the only line on standard output, and is shown this once.

    [bold]Examples[/bold]

    casus people token bruno "nightly import" --scope ingest --days 365

    casus people token bruno

    casus people token bruno --revoke 3
    """
    with open_casebook(casebook) as book:
        found = book.people
        account = found.account(name)
        if revoke is not None:
            found.revoke_token(revoke, by=_by(), of=account)
            notice_console().print(f"token {revoke} is revoked")
        elif what_for is None:
            _list_tokens(found, account)
        else:
            lasts = None if days is None else timedelta(days=days)
            secret, made = found.make_token(account, what_for, scope or [Scope.READ], by=_by(), lasts=lasts)
            notice_console().print(f"token {made.number} of {name}; it is shown this once:", markup=False)
            sys.stdout.write(f"{secret}\n")


def _list_tokens(people: People, account: Account) -> None:
    table = Table("no", "for", "may", "made", "last used", "ends", box=None, pad_edge=False)
    for one in people.tokens(account):
        ends = "revoked" if one.revoked_at else f"{one.ends_at:%Y-%m-%d}" if one.ends_at else "never"
        used = f"{one.used_at:%Y-%m-%d}" if one.used_at else "never"
        table.add_row(str(one.number), one.name, ", ".join(one.scopes), f"{one.made_at:%Y-%m-%d}", used, ends)
    result_console(sys.stdout).print(table)


def _means(account: Account) -> str:
    if account.has_password:
        return "password"
    return "OpenID Connect" if account.subject else "nothing yet"


def _by() -> By:
    return By(Settings.from_environment(os.environ).reviewer or "command line")


def _password(*, is_from_stdin: bool) -> str:
    """A password, asked for twice without showing it, or from the input."""
    if is_from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "give the password on the input with --password-stdin", param_hint="password"
        )
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return asked
