"""What endpoints have in common in the OpenAPI document: errors, and numbers within bounds."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator, BaseModel, Field

from casus.sources import tidy

_TOLD = {
    400: "The request has a wrong form.",
    401: "Nobody is signed in.",
    403: "The role does not allow it.",
    404: "It is not in the casebook.",
    409: "It changed meanwhile.",
    413: "More than may be sent or fetched at once.",
    415: "A kind of file that holds no reports.",
    422: "A value is not valid.",
    429: "Too many at once.",
    502: "The address gave nothing.",
    503: "Not possible now: try again.",
}


class WrongValue(BaseModel):
    """A value that is not valid."""

    where: str
    message: str


class ProblemOut(BaseModel):
    """An error (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[WrongValue] | None = Field(default=None, description="The values that are not valid.")


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an endpoint, for OpenAPI; 401, 403 and 422 among them."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    return {
        status: {"description": _TOLD[status], "content": content}
        for status in sorted({401, 403, 422, *statuses})
    }


def _without_nul(text: str) -> str:
    return tidy(text)


Number = Annotated[int, Path(ge=1, le=2**63 - 1, description="The number.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000, description="How many to pass over.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many to give at most.")]
Plain = Annotated[str, AfterValidator(_without_nul)]
"""A text that every database keeps: without NUL, and with sound Unicode."""
