"""What many endpoints answer with: entity tags, and the errors that they document."""

from __future__ import annotations

import re
from typing import Any

from fastapi import HTTPException, Request

from casus.web.access import Person, Right
from casus.web.api.wire import ProblemOut


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}
    return {
        "model": ProblemOut,
        "description": description,
        "content": {"application/problem+json": {"schema": schema}},
    }


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: _problem("A request that can't be read."),
    401: _problem("Nobody is signed in."),
    403: _problem("The role may not do this."),
    404: _problem("The casebook has no such thing."),
    409: _problem("It can't be done as things stand."),
    412: _problem("It has changed since it was seen: `current` is what it is now."),
    413: _problem("Too large."),
    422: _problem("A value of a wrong form, or a decision that can't be made."),
    429: _problem("Too many tries."),
}


def etag_of(person: Person, revision: int) -> str:
    """The tag of what somebody sees of a casebook as it is at a revision."""
    return f'W/"{revision}{"" if person.may(Right.SEE_WITHHELD) else "-open"}"'


def is_known(request: Request, etag: str) -> bool:
    """Whether who asks has what the tag stands for."""
    known = request.headers.get("if-none-match", "")
    return etag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in known.split(",")]


def revision_in(if_match: str | None) -> int | None:
    """The revision that an If-Match header names, None where it asks for nothing; 400 for a wrong one."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = re.fullmatch(r'\s*(?:W/)?"?(\d{1,18})"?\s*', if_match, re.ASCII)
    if found is None:
        raise HTTPException(400, 'If-Match: give the revision that you saw, such as "17"')
    return int(found[1])
