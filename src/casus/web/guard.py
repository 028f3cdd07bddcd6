"""What every request goes through before a route sees it.

In this order: the host it names, where a change comes from, who makes it, whether a change
bears the session's mark against forgery, and how much it sends.  A request that nobody is
known for gets no further than the pages to sign in; changes are noted in the audit log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casus.casebook.people.records import By
from casus.errors import CasusError
from casus.web.access import (
    Person,
    Via,
    csrf_of,
    is_csrf_of,
    local_person,
    person_of_account,
    person_of_token,
)
from casus.web.cookies import session_secret
from casus.web.problems import answer
from casus.web.workbench import Workbench

_LOG = logging.getLogger(__name__)
CSRF_HEADER = "x-casus-csrf"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = frozenset({"/sign-in", "/sign-in/elsewhere", "/sign-in/back"})
_OPEN_POST = frozenset({"/sign-in", "/api/v1/session"})
_SMALL_BYTES = 64 * 1024
_RECORD_BYTES = 12 * 1024 * 1024
_UPLOADS = "/api/v1/uploads"
_FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"})
_ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True, slots=True)
class Known:
    """Who makes a request, and the secret that proves it; None for programs, who need no more."""

    person: Person
    secret: str | None = None


class Guard:
    """Lets through what may go on."""

    def __init__(self, app: ASGIApp, bench: Workbench) -> None:
        self.app = app
        self.bench = bench
        self._accounts = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        refused = self._refused(request)
        known = None
        if refused is None and not request.url.path.startswith(("/static/", "/leaflet/")):
            known, refused = await run_in_threadpool(self._known, request)
        if refused is not None:
            await refused(scope, receive, send)
            return
        if known is not None:
            request.state.person = known.person
            request.state.csrf = csrf_of(known.secret) if known.secret else ""
        await self._pass_on(request, known, receive, send)

    def _refused(self, request: Request) -> Response | None:
        """The answer to what is refused whoever asks."""
        if not self._is_own_host(request.headers.get("host", "")):
            return answer(request, 400, "this server does not answer to that name: see --host-name")
        if request.method not in SAFE and not _is_same_origin(request):
            return answer(request, 403, "changes are made from the pages of this workbench only")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most_bytes(request):
            return answer(request, 413, "this is more than may be sent at once")
        return None

    def _is_own_host(self, header: str) -> bool:
        try:
            name = (urlsplit(f"//{header}").hostname or "").rstrip(".")
        except ValueError:
            return False
        if set(header) & set("@/?#\\ "):
            return False
        hosts = {host.lower() for host in self.bench.options.hosts}
        return name in hosts or (bool(hosts & _ANY) and _is_address(name))

    def _most_bytes(self, request: Request) -> int:
        path, most = request.url.path, self.bench.options.upload_bytes
        if path in _OPEN_POST:
            return _SMALL_BYTES
        return most + _SMALL_BYTES if path == _UPLOADS else min(most, _RECORD_BYTES)

    def _known(self, request: Request) -> tuple[Known | None, Response | None]:
        """Who makes a request, or the answer where that is nobody or forged."""
        try:
            known = self._identity(request)
        except CasusError as error:
            return None, answer(request, 503, str(error))
        path = request.url.path
        is_open = path in OPEN or (request.method == "POST" and path in _OPEN_POST)
        if known is not None and known.person.via == Via.LOCAL and _FORWARDED & set(request.headers.keys()):
            return None, answer(
                request, 403, "this came through a proxy, and nobody signs in here: 'casus people add' first"
            )
        if known is None:
            if is_open:
                return None, None
            return None, answer(request, 401, "sign in first")
        is_change = request.method not in SAFE and known.person.via != Via.TOKEN and not is_open
        mark = request.headers.get(CSRF_HEADER, "")
        if is_change and not (known.secret and is_csrf_of(known.secret, mark)):
            return None, answer(
                request, 403, "this change does not bear the mark of your session: load the page anew"
            )
        return known, None

    def _identity(self, request: Request) -> Known | None:
        people = self.bench.book.people
        kind, _, bearer = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            token = people.token(bearer.strip())
            if token is None:
                return None
            if people.is_touch_due(token[1].used_at):
                people.touch_token(token[1])
            return Known(person_of_token(*token))
        options = self.bench.options
        if options.local_name is not None and (options.is_always_local or not self._has_accounts()):
            return Known(local_person(options.local_name), self.bench.secret)
        secret = session_secret(request)
        session = people.session(secret) if secret else None
        if session is None or secret is None:
            return None
        if people.is_touch_due(session[1].seen_at):
            people.touch_session(secret)
        return Known(person_of_account(session[0]), secret)

    def _has_accounts(self) -> bool:
        """Whether somebody has an account; accounts are closed, but never go."""
        self._accounts = self._accounts or not self.bench.book.people.is_empty()
        return self._accounts

    async def _pass_on(self, request: Request, known: Known | None, receive: Receive, send: Send) -> None:
        most, seen, status = self._most_bytes(request), 0, 0

        async def receive_some() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooMuch
            return message

        async def send_on(message: Message) -> None:
            nonlocal status
            if seen > most and not status:
                raise TooMuch  # whatever the route made of it
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(request.scope, receive_some, send_on)
        except TooMuch:
            if not status:
                refusal = answer(request, 413, "this is more than may be sent at once")
                await refusal(request.scope, receive, send)
        if known is not None and request.method not in SAFE and 200 <= status < 400:
            await run_in_threadpool(self._note, request, known.person, status)

    def _note(self, request: Request, person: Person, status: int) -> None:
        """Note a change in the audit log, but where its route did so itself."""
        if getattr(request.state, "is_noted", False):
            return
        endpoint = request.scope.get("endpoint")
        module, name = getattr(endpoint, "__module__", ""), getattr(endpoint, "__name__", "")
        action = f"{module.rpartition('.')[2]}.{name}"
        detail = {"method": request.method, "status": status, "via": str(person.via)}
        try:
            self.bench.book.people.note(
                By(person.name, address_of(request)), action, request.url.path, detail
            )
        except CasusError as error:
            _LOG.warning("a change is missing in the audit log: %s", error)


class TooMuch(Exception):
    """A request sends more than it may; raised within reading it."""


def address_of(request: Request) -> str:
    """Where a request comes from; of proxies that are trusted, what they say."""
    return request.client.host if request.client else "unknown"


def _is_same_origin(request: Request) -> bool:
    """Whether a change comes from our own pages, as far as the browser says.

    Programs say nothing of where they come from; they need a token, or the session's mark.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    return (
        parts.scheme in ("http", "https") and parts.netloc.lower() == request.headers.get("host", "").lower()
    )


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
