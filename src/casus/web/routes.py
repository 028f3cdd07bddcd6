"""All routers of the workbench: one line each, the more telling of two like addresses first."""

from __future__ import annotations

from importlib import import_module

from fastapi import APIRouter

_API = (
    "pulse",
    "session",
    "people",
    "events",
    "decisions",
    "readings",
    "reports",
    "claims",
    "jobs",
    "exports",
    "feeds",
    "views",
    "lists",
    "agreements",
    "trend",
    "checks",
    "period_report",
)
_PAGES = (
    "overview",
    "events",
    "event",
    "queue",
    "reports",
    "actors",
    "places",
    "agreements",
    "trends",
    "checks",
    "sources",
    "add",
    "jobs",
    "feeds",
    "people",
    "signin",
    "help",
)


def _routers(package: str, names: tuple[str, ...]) -> tuple[APIRouter, ...]:
    return tuple(import_module(f"casus.web.{package}.{name}").router for name in names)


API: tuple[APIRouter, ...] = _routers("api", _API)
PAGES: tuple[APIRouter, ...] = _routers("pages", _PAGES)
