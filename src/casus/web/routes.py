"""All routers of the workbench: one line each."""

from __future__ import annotations

from fastapi import APIRouter

from casus.web.api import decisions, events, people, pulse, session
from casus.web.pages import event as event_page
from casus.web.pages import help as help_page
from casus.web.pages import overview, reports, signin
from casus.web.pages import people as people_pages

API: tuple[APIRouter, ...] = (
    pulse.router,
    session.router,
    people.router,
    events.router,
    decisions.router,
)
PAGES: tuple[APIRouter, ...] = (
    overview.router,
    help_page.router,
    signin.router,
    people_pages.router,
    event_page.router,
    reports.router,
)
