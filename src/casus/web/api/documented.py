"""What endpoints have in common in the OpenAPI document: errors, and values within bounds."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import AfterValidator

from casus.sources import tidy
from casus.web.api.answers import PROBLEMS

_MORE = {
    501: "The server has not what this needs: the extra [analysis].",
    502: "The address gave nothing.",
    503: "Not possible now: try again.",
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of an endpoint, for OpenAPI: some, and those that all have."""
    told: dict[int | str, dict[str, Any]] = {
        status: {**PROBLEMS[422], "description": why} for status, why in _MORE.items()
    }
    known: dict[int | str, dict[str, Any]] = {**PROBLEMS, **told}
    return {status: known[status] for status in sorted({400, 401, 403, 413, 422, *statuses})}


Number = Annotated[int, Path(ge=1, le=2**63 - 1, description="The number.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000_000, description="How many to pass over.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many to give at most.")]
Plain = Annotated[str, AfterValidator(tidy)]
"""A text that every database keeps: without NUL, and with sound Unicode."""
