"""The cookies of sessions, and of sign-ins that are under way elsewhere."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from casus.casebook.people.sessions import LONGEST
from casus.web.workbench import Workbench

SESSION = "casus"
SIGN_IN = "casus-sign-in"
_SIGN_IN_S = 600


def is_secure(request: Request) -> bool:
    """Whether cookies go over TLS only: it is there, or a proxy that hides it from us has it."""
    bench: Workbench = request.app.state.workbench
    return bench.options.is_secure or request.url.scheme == "https"


def _name(request: Request, name: str) -> str:
    """A name that, over TLS, no other host and no plain connection can set (RFC 6265bis)."""
    return f"__Host-{name}" if is_secure(request) else name


def session_secret(request: Request) -> str | None:
    """The secret of the session that a request belongs to."""
    return request.cookies.get(_name(request, SESSION))


def set_session(request: Request, response: Response, secret: str) -> None:
    """Have the browser keep a session."""
    _set(request, response, SESSION, secret, int(LONGEST.total_seconds()))


def drop_session(request: Request, response: Response) -> None:
    """Have the browser forget its session."""
    _set(request, response, SESSION, "", 0)


def sign_in_state(request: Request) -> str | None:
    """What was kept of a sign-in that went elsewhere."""
    return request.cookies.get(_name(request, SIGN_IN))


def set_sign_in_state(request: Request, response: Response, state: str) -> None:
    """Keep what a sign-in that goes elsewhere needs when it comes back; empty forgets it."""
    _set(request, response, SIGN_IN, state, _SIGN_IN_S if state else 0)


def _set(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        _name(request, name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )
