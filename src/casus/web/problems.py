"""Errors as answers: problem+json (RFC 9457) for programs, a page for people."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from casus.casebook.correcting import summary_of
from casus.casebook.records import Event
from casus.errors import (
    AddressError,
    CasebookError,
    CasusError,
    ExportError,
    FetchError,
    NotAnswerable,
    NotInCasebook,
    NotRead,
    SourceError,
    StaleRecord,
    TooLarge,
)
from casus.web.rendering import page
from casus.web.workbench import workbench_of

_STATUS: dict[type[CasusError], int] = {
    NotInCasebook: 404,
    TooLarge: 413,
    AddressError: 422,
    FetchError: 502,
    SourceError: 422,
    ExportError: 422,
    StaleRecord: 412,
    NotRead: 503,
    NotAnswerable: 422,
    CasebookError: 422,
}
_TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Changed meanwhile",
    412: "Changed meanwhile",
    413: "Too large",
    422: "Not valid",
    429: "Too many tries",
    501: "Not installed",
    502: "Not fetched",
    503: "Not available now",
}


def status_of(error: CasusError) -> int:
    """The HTTP status that an error has."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def problem(status: int, detail: str, **more: Any) -> JSONResponse:
    """An error for programs."""
    title = _TITLES.get(status, "Error")
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    headers = {"WWW-Authenticate": 'Bearer realm="casus"'} if status == 401 else None
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def answer_errors(app: FastAPI) -> None:
    """Have an app answer all errors so."""

    @app.exception_handler(CasusError)
    def _casus(request: Request, error: CasusError) -> Response:
        return answer(request, status_of(error), str(error))

    @app.exception_handler(StaleRecord)
    def _stale(request: Request, error: StaleRecord) -> Response:
        return answer(request, 412, str(error), **_as_it_is_now(request, error))

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        response = answer(request, error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    def _validation(request: Request, error: RequestValidationError) -> Response:
        wrong = [
            {"where": ".".join(str(part) for part in one["loc"]), "message": str(one["msg"])}
            for one in error.errors()
        ]
        told = "; ".join(f"{one['where']}: {one['message']}" for one in wrong)
        return answer(request, 422, told, errors=wrong)


def _as_it_is_now(request: Request, error: StaleRecord) -> dict[str, Any]:
    """What an event that changed says now, field by field, and who changed it last."""
    if not isinstance(error.current, Event):
        return {}
    book = workbench_of(request).book
    decisions = [one for one in book.decisions(error.current.id) if one.withdrawn_at is None]
    row = book.browse.row(error.current.id)
    return {
        "current": summary_of(error.current),
        "revision": None if row is None else row.revision,
        "changed_by": decisions[-1].by if decisions else None,
    }


def is_for_programs(request: Request) -> bool:
    """Whether a request is made by a program or a script, and not by a person's browser for a page."""
    return request.url.path.startswith("/api/")


def answer(request: Request, status: int, detail: str, **more: Any) -> Response:
    """An error as the answer to a request: a problem, or a page; who is not signed in is led there."""
    if is_for_programs(request):
        return problem(status, detail, **more)
    if status == 401:
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        is_page = request.method == "GET" and asked != "/"
        return RedirectResponse(f"/sign-in?next={quote(asked)}" if is_page else "/sign-in", 303)
    title = _TITLES.get(status, "Error")
    person = getattr(request.state, "person", None)
    return page(request, "error.html", person, status=status, title=title, detail=detail)
