"""All routers of the workbench: one line each."""

from __future__ import annotations

from fastapi import APIRouter

from casus.web.api import pulse
from casus.web.pages import help as help_page

API: tuple[APIRouter, ...] = (pulse.router,)
PAGES: tuple[APIRouter, ...] = (help_page.router,)
