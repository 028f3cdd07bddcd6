"""What all pages and endpoints of one workbench share."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Annotated

from fastapi import Depends, Request

from casus.casebook.book import Casebook
from casus.settings import Settings
from casus.web.options import ServeOptions


@dataclass(slots=True)
class Workbench:
    """An open casebook, and how it is served; `secret` is new with each start."""

    book: Casebook
    options: ServeOptions = field(default_factory=ServeOptions)
    settings: Settings = field(default_factory=Settings)
    secret: str = field(default_factory=lambda: token_urlsafe(32), repr=False)


def workbench_of(request: Request) -> Workbench:
    """The workbench that a request is made to."""
    bench: Workbench = request.app.state.workbench
    return bench


Bench = Annotated[Workbench, Depends(workbench_of)]
