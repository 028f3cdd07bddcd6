"""All routers of the workbench: one line each."""

from __future__ import annotations

from fastapi import APIRouter

from casus.web.api import pulse
from casus.web.pages import help as help_page
from casus.web.pages import overview

API: tuple[APIRouter, ...] = (pulse.router,)
PAGES: tuple[APIRouter, ...] = (
    overview.router,
    help_page.router,
)
