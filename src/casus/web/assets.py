"""The files that pages are made of: our own, and Leaflet's from the package that carries it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from casus.errors import SettingsError
from casus.knowledge import natural_earth

_OWN = Path(__file__).parent / "static"
_LEAFLET = "XStatic-Leaflet"
_YEAR_S = 365 * 24 * 3600


class _Kept(StaticFiles):
    """Files that browsers may keep: their addresses change when they do."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path`."""
        response = await super().get_response(path, scope)
        is_stamped = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = (
            f"public, max-age={_YEAR_S}, immutable"
            if is_stamped
            else "no-cache"  # asked for again, and mostly not sent again
        )
        return response


def leaflet_folder() -> Path:
    """Where Leaflet's files are; raises `SettingsError` where the web extra is not installed."""
    try:
        package = distribution(_LEAFLET)
    except PackageNotFoundError as error:
        raise SettingsError("the workbench needs casus-events[web]: install it with pip") from error
    return Path(str(package.locate_file("xstatic/pkg/leaflet/data")))


def mount_assets(app: FastAPI) -> None:
    """Serve the files under /static and /leaflet."""
    app.mount("/static/natural-earth", _Kept(directory=natural_earth.FOLDER), name="natural-earth")
    app.mount("/static", _Kept(directory=_OWN), name="static")
    app.mount("/leaflet", _Kept(directory=leaflet_folder()), name="leaflet")
