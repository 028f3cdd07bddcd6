"""Templates, and how dates, numbers and words are shown in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from casus import __version__
from casus.casebook.decision_wording import value_words
from casus.web.access import Person
from casus.web.workbench import workbench_of

UNKNOWN = "unknown"
NAVIGATION = (
    ("/", "Overview"),
    ("/events", "Events"),
    ("/queue", "Queue"),
    ("/reports", "Reports"),
    ("/add", "Add"),
    ("/actors", "Actors"),
    ("/places", "Places"),
    ("/agreements", "Agreements"),
    ("/trends", "Trends"),
    ("/checks", "Checks"),
    ("/sources", "Sources"),
)
_FOLDER = Path(str(files("casus.web")))


@dataclass(frozen=True, slots=True)
class Shown:
    """How one reader's locale writes days, times and numbers."""

    locale: Locale

    def day(self, day: date | None, length: str = "medium") -> str:
        """A day such as 3 Mar 2024."""
        return UNKNOWN if day is None else format_date(day, length, self.locale)

    def days(self, first: date | None, last: date | None) -> str:
        """A day, or the first and the last of several."""
        if first is None or last is None or first == last:
            return self.day(first)
        return f"{self.day(first)} – {self.day(last)}"

    def time(self, moment: datetime | None) -> str:
        """A moment, in UTC."""
        if moment is None:
            return UNKNOWN
        return f"{format_datetime(moment.astimezone(UTC), 'medium', UTC, self.locale)} UTC"

    def number(self, number: float | None) -> str:
        """A number with the locale's separators; unknown is not zero."""
        return UNKNOWN if number is None else format_decimal(number, locale=self.locale)

    def places(self, number: float, places: int = 2) -> str:
        """A number with so many places, as ratios and rates have them in a column."""
        return format_decimal(number, f"#,##0.{'0' * places}", locale=self.locale)

    def percent(self, share: float) -> str:
        """A share of one in percent."""
        return format_percent(share, locale=self.locale)

    def spread(self, low: int | None, best: int | None, high: int | None) -> str:
        """Low, best and high as one: 12, or 12 (9–14), or at least 9."""
        if best is None and low is None and high is None:
            return UNKNOWN
        if low == high or (low is None and high is None):
            return self.number(best if best is not None else low)
        bounds = f"{self.number(low)}–{self.number(high)}"
        if high is None:
            bounds = f"at least {self.number(low)}"
        elif low is None:
            bounds = f"at most {self.number(high)}"
        if best is None or (None in (low, high) and best in (low, high)):
            return bounds
        return f"{self.number(best)} ({bounds})"

    def country(self, code: str | None) -> str:
        """A country's name by its ISO 3166-1 code."""
        return UNKNOWN if code is None else self.locale.territories.get(code, code)

    def listed(self, items: list[str]) -> str:
        """Words in a row: a, b and c."""
        return format_list(items, locale=self.locale)


@lru_cache(maxsize=64)
def shown_for(accepted: str) -> Shown:
    """How to write for somebody whose browser accepts some languages."""
    for part in accepted.split(","):
        tag = part.partition(";")[0].strip()
        try:
            return Shown(Locale.parse(tag, sep="-"))
        except (ValueError, UnknownLocaleError):
            continue
    return Shown(Locale("en", "GB"))


def words(name: object) -> str:
    """A name of a closed list in words: air_strike is air strike."""
    return str(name).replace("_", " ")


def as_it_is(text: str) -> Markup:
    """A text whose carriage returns browsers keep, so that characters can be counted in it."""
    return Markup(str(escape(text)).replace("\r", "&#13;"))  # noqa: S704 - it is escaped


@lru_cache(maxsize=256)
def _stamp(name: str) -> str:
    """What changes when a file does, so that browsers may keep it."""
    return sha256((_FOLDER / "static" / name).read_bytes()).hexdigest()[:10]


def static(name: str) -> str:
    """The address of one of our own files."""
    return f"/static/{name}?v={_stamp(name)}"


def query(**values: object) -> str:
    """A query string of the values that say something."""
    known = {name: value for name, value in values.items() if value not in (None, "", (), False)}
    return f"?{urlencode(known, doseq=True)}" if known else ""


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("casus.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(navigation=NAVIGATION, static=static, query=query, version=__version__)
    environment.filters.update(words=words, told_value=value_words, as_it_is=as_it_is)
    return environment


ENVIRONMENT = _environment()


def page(
    request: Request, template: str, person: Person | None, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page: a template filled with what it asks for, and with who asks and how they write."""
    options = workbench_of(request).options
    common: Mapping[str, Any] = {
        "request": request,
        "person": person,
        "shown": shown_for(request.headers.get("accept-language", "")),
        "path": request.url.path,
        "tiles": options.tiles,
        "tiles_credit": options.tiles_credit,
        "csrf": getattr(request.state, "csrf", ""),
    }
    html = ENVIRONMENT.get_template(template).render({**common, **context})
    return HTMLResponse(html, status_code=status)
