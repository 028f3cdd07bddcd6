"""Who asks, and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from casus.web.workbench import workbench_of


class Right(StrEnum):
    """What somebody may do."""

    READ = "read"  # events and reports, without withheld names
    EXPORT = "export"  # the same as a data set
    SEE_WITHHELD = "see_withheld"
    REVIEW = "review"  # confirm, correct, reject, withhold, assign, comment, claims
    LINK = "link"  # merge and split
    ADD = "add"  # reports
    JOBS = "jobs"  # link anew, rebuild
    FEEDS = "feeds"
    SHARE = "share"  # views that all see
    UNDO_OTHERS = "undo_others"  # take back what somebody else decided
    MANAGE = "manage"  # people, their tokens, the audit log


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who asks; `name` is what decisions are noted under."""

    name: str
    full_name: str
    role: str
    rights: frozenset[Right]
    via: str = "local"  # local, session or token
    account: int | None = None

    def may(self, right: Right | str) -> bool:
        """Whether they have a right."""
        return Right(right) in self.rights


def person_of(request: Request) -> Person:
    """Who makes a request; 401 where nobody is signed in."""
    name = workbench_of(request).options.local_name
    if name is None:
        raise HTTPException(401, "sign in first")
    return Person(name, name, "admin", frozenset(Right))


def person_with(right: Right) -> Callable[[Request], Person]:
    """A dependency: who makes a request, 403 where they may not do what it asks for."""

    def allowed(request: Request) -> Person:
        person = person_of(request)
        if not person.may(right):
            raise HTTPException(
                403, f"your role ({person.role}) may not do this: it takes the right '{right}'"
            )
        request.state.person = person
        return person

    return allowed


Reader = Annotated[Person, Depends(person_with(Right.READ))]
Reviewer = Annotated[Person, Depends(person_with(Right.REVIEW))]
