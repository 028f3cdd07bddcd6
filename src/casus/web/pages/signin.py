"""The page to sign in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from casus.web import oidc
from casus.web.access import Via
from casus.web.cookies import set_session, set_sign_in_state, sign_in_state
from casus.web.rendering import page
from casus.web.signing_in import local_path, sign_in, started
from casus.web.workbench import Bench, Workbench

router = APIRouter()


@router.get("/sign-in")
def show(request: Request, bench: Bench, next: str | None = None) -> Response:
    """The form; who is signed in goes on."""
    person = getattr(request.state, "person", None)
    if person is not None and person.via != Via.TOKEN:
        return RedirectResponse(local_path(next), 303)
    return _form(request, bench, next)


@router.post("/sign-in")
def enter(
    request: Request,
    bench: Bench,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str | None, Form()] = None,
) -> Response:
    """Sign in and go on to where one wanted to, or tell why not."""
    outcome = sign_in(bench, request, name, password)
    if outcome.secret is None:
        answer = _form(request, bench, next, status=outcome.status, reason=outcome.reason, name=name)
        if outcome.wait_s:
            answer.headers["Retry-After"] = str(outcome.wait_s)
        return answer
    going_on = RedirectResponse(local_path(next), 303)
    set_session(request, going_on, outcome.secret)
    return going_on


def _form(
    request: Request,
    bench: Workbench,
    going_to: str | None,
    *,
    status: int = 200,
    reason: str = "",
    name: str = "",
) -> Response:
    return page(
        request,
        "sign-in.html",
        None,
        status=status,
        reason=reason,
        name=name,
        next=local_path(going_to),
        elsewhere=oidc.name_of(bench),
    )


@router.get("/sign-in/elsewhere")
def leave(request: Request, bench: Bench, next: str | None = None) -> Response:
    """Go to the OpenID Connect provider."""
    if oidc.name_of(bench) is None:
        raise HTTPException(404, "nobody signs in elsewhere here: no provider is set")
    address, cookie = oidc.begin(bench, request, local_path(next))
    going = RedirectResponse(address, 303)
    set_sign_in_state(request, going, cookie)
    return going


@router.get("/sign-in/back")
def come_back(request: Request, bench: Bench) -> Response:
    """Come back from there, signed in or told why not."""
    try:
        account, going_to = oidc.finish(bench, request, sign_in_state(request))
    except oidc.SignInRefused as refusal:
        answer = _form(request, bench, None, status=400, reason=str(refusal))
        set_sign_in_state(request, answer, "")
        return answer
    outcome = started(bench, request, account)
    going_on = RedirectResponse(going_to, 303)
    set_sign_in_state(request, going_on, "")
    set_session(request, going_on, outcome.secret or "")
    return going_on
