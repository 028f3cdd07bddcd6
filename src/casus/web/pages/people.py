"""Settings: one's own account, and for admins people, tokens and the audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casus.casebook.people.records import AuditFilter, Role, Scope
from casus.web.access import Anyone, Manager, Via
from casus.web.cookies import session_secret
from casus.web.rendering import page
from casus.web.workbench import Bench

router = APIRouter()
_ENTRIES = 100
_MOST_NUMBER = 2**63 - 1


@router.get("/settings")
def own(request: Request, bench: Bench, person: Anyone) -> HTMLResponse:
    """Who one is here: role and rights, password, sessions, tokens, and the way to the other settings."""
    people = bench.book.people
    account = people.account(person.name) if person.via == Via.SESSION else None
    here = people.session(session_secret(request) or "") if account else None
    return page(
        request,
        "settings.html",
        person,
        account=account,
        here=here[1].id if here else "",
        sessions=people.sessions(account) if account else (),
        tokens=people.tokens(account) if account else (),
        scopes=[scope for scope in Scope if account and account.role.includes(scope.needs)],
        now=bench.book.clock(),
        is_always_local=bench.options.is_always_local,
    )


@router.get("/settings/people")
def everybody(request: Request, bench: Bench, person: Manager) -> HTMLResponse:
    """All accounts, and a form for another."""
    return page(
        request,
        "people.html",
        person,
        accounts=bench.book.people.accounts(),
        roles=list(Role),
        is_elsewhere=bench.settings.oidc_issuer is not None,
    )


@router.get("/settings/tokens")
def tokens(request: Request, bench: Bench, person: Manager) -> HTMLResponse:
    """Everybody's tokens."""
    return page(request, "tokens.html", person, tokens=bench.book.people.tokens(), now=bench.book.clock())


@router.get("/settings/audit")
def audit(
    *,
    request: Request,
    bench: Bench,
    person: Manager,
    who: Annotated[str, Query(max_length=500)] = "",
    action: Annotated[str, Query(max_length=40)] = "",
    before: Annotated[int | None, Query(ge=1, le=_MOST_NUMBER)] = None,
) -> HTMLResponse:
    """The audit log, a page at a time, the newest first."""
    wanted = AuditFilter(who=who or None, action=action or None, before=before)
    entries = bench.book.people.log(wanted, _ENTRIES)
    return page(
        request,
        "audit.html",
        person,
        entries=entries,
        who=who,
        action=action,
        before=before,
        following=entries[-1].number if len(entries) == _ENTRIES else None,
    )
