"""`casus serve`: the workbench on a casebook."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import Annotated

import typer

from casus.cli.casebook_options import CasebookOption, open_casebook
from casus.errors import SettingsError
from casus.settings import Settings


def serve(
    address: Annotated[
        str | None, typer.Argument(metavar="[CASEBOOK]", help="The casebook, as for --casebook.")
    ] = None,
    *,
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on.")] = 8075,
    tiles: Annotated[
        str | None,
        typer.Option("--tiles", metavar="URL", help="A tile server for maps, with {z}, {x} and {y}."),
    ] = None,
    tiles_credit: Annotated[
        str, typer.Option("--tiles-credit", metavar="TEXT", help="What the map says of that server.")
    ] = "",
    local: Annotated[
        bool,
        typer.Option(
            "--local", help="Ask nobody to sign in, though there are accounts.", rich_help_panel="People"
        ),
    ] = False,
    host_names: Annotated[
        list[str] | None,
        typer.Option(
            "--host-name",
            metavar="NAME",
            help="A name that browsers call this server by; may be given several times.",
            rich_help_panel="People",
        ),
    ] = None,
    proxies: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy",
            metavar="ADDRESS",
            help="Believe the X-Forwarded headers of this proxy; may be given several times.",
            rich_help_panel="People",
        ),
    ] = None,
    secure_cookies: Annotated[
        bool,
        typer.Option(
            "--secure-cookies", help="Browsers come by https through a proxy.", rich_help_panel="People"
        ),
    ] = False,
    readers: Annotated[
        int, typer.Option("--readers", min=1, metavar="N", help="Processes that read single texts.")
    ] = 1,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from addresses within private networks, too."),
    ] = False,
    casebook: CasebookOption = None,
) -> None:
    """Open the workbench: pages to read, check and correct a casebook, and a REST API.

    It listens on this computer alone and needs no internet; Ctrl-C ends it. Nobody signs in
    until somebody has an account. To let others in, make accounts first ('casus people
    add'), and put a proxy with TLS before it (docs/security.md).

    [bold]Examples[/bold]

    casus serve

    casus serve sqlite:///violence.db --port 9000

    casus serve --host 0.0.0.0 --host-name casus.example --proxy 10.0.0.1 --secure-cookies
    """
    # Loaded here: the web takes longer to load than most commands to run.
    try:
        import uvicorn  # noqa: PLC0415

        from casus.web.app import create_app  # noqa: PLC0415
        from casus.web.options import ServeOptions  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            f"the workbench needs casus-events[web] ({error}): install it with pip"
        ) from error
    settings = Settings.from_environment(os.environ)
    is_loopback = _is_loopback(host)
    is_open = not is_loopback or bool(host_names or proxies or secure_cookies)
    if local and is_open:
        raise typer.BadParameter("others can reach this server: they must sign in", param_hint="--local")
    options = ServeOptions(
        local_name=None if is_open else settings.reviewer or "local",
        is_always_local=local,
        tiles=tiles,
        tiles_credit=tiles_credit,
        hosts=(*ServeOptions().hosts, host, *(host_names or ())),
        is_secure=secure_cookies,
        proxies=tuple(proxies or ()),
        readers=readers,
        allow_private=allow_private,
    )
    if tiles is not None and not all(part in tiles for part in ("{z}", "{x}", "{y}")):
        raise typer.BadParameter("the address needs {z}, {x} and {y}", param_hint="--tiles")
    with open_casebook(address or casebook, is_new_allowed=True) as book:
        if is_open and book.people.is_empty():
            raise SettingsError(
                "others could reach this server, and this casebook has no accounts: make one first with "
                "'casus people add NAME --role admin'"
            )
        with _listening(host, port) as listener:
            app = create_app(book, options, settings)
            shown = f"[{host}]" if ":" in host else host
            address = f"http://{shown}:{listener.getsockname()[1]}/"
            sys.stderr.write(f"Casus serves {book.store.shown_url} at {address} (Ctrl-C ends it)\n")
            # Browsers and proxies keep connections for a minute: who closes first must not be the server.
            config = uvicorn.Config(
                app, log_level="warning", server_header=False, proxy_headers=False, timeout_keep_alive=75
            )
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens; raises `SettingsError` where it can't."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        number = error.errno or 0
        reason = os.strerror(number) if number > 0 else error.strerror or error
        raise SettingsError(
            f"can't listen at {host}, port {port} ({reason}): name another with --port or --host"
        ) from error
    with listener:
        yield listener


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
