"""All routers of the workbench: one line each."""

from __future__ import annotations

from fastapi import APIRouter

from casus.web.api import (
    decisions,
    events,
    exports,
    feeds,
    jobs,
    people,
    pulse,
    readings,
    reports,
    session,
)
from casus.web.pages import add as add_page
from casus.web.pages import event as event_page
from casus.web.api import decisions, events, people, pulse, session, views
from casus.web.pages import events as events_page
from casus.web.pages import feeds as feeds_page
from casus.web.pages import help as help_page
from casus.web.pages import jobs as jobs_page
from casus.web.pages import overview, queue, signin
from casus.web.pages import overview, queue, reports, signin
from casus.web.pages import people as people_pages

API: tuple[APIRouter, ...] = (
    pulse.router,
    session.router,
    people.router,
    events.router,
    decisions.router,
    readings.router,
    reports.router,
    jobs.router,
    exports.router,
    feeds.router,
    views.router,
)
PAGES: tuple[APIRouter, ...] = (
    overview.router,
    events_page.router,
    queue.router,
    help_page.router,
    signin.router,
    people_pages.router,
    add_page.router,
    jobs_page.router,
    feeds_page.router,
    event_page.router,
    reports.router,
)
