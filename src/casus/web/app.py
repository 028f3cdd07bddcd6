"""The workbench as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from casus import __version__
from casus.casebook.book import Casebook
from casus.settings import Settings
from casus.web import routes
from casus.web.assets import mount_assets
from casus.web.guard import Guard
from casus.web.headers import SafeHeaders
from casus.web.options import ServeOptions
from casus.web.problems import answer_errors
from casus.web.workbench import Workbench

_COMPRESSION = 6  # 9 takes twice as long to make what is sent smaller by a thirtieth
_ABOUT = """
Reads and writes one casebook: the record of reports of political violence, with every figure
pointing at the words it came from.  Errors are problem+json (RFC 9457).  See docs/api.md.
"""


def create_app(
    book: Casebook, options: ServeOptions | None = None, settings: Settings | None = None
) -> FastAPI:
    """The workbench on an open casebook, which stays open when the app ends."""
    bench = Workbench(book, options or ServeOptions(), settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        bench.start()
        try:
            yield
        finally:
            bench.stop()

    app = FastAPI(
        title="Casus",
        version=__version__,
        description=_ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.workbench = bench
    # A request goes through these from the last to the first.
    app.add_middleware(Guard, bench=bench)
    app.add_middleware(SafeHeaders, tiles=bench.options.tiles, is_secure=bench.options.is_secure)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=_COMPRESSION)
    if bench.options.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(bench.options.proxies))
    answer_errors(app)
    mount_assets(app)
    for router in routes.API:
        app.include_router(router, prefix="/api/v1")
    for router in routes.PAGES:
        app.include_router(router, include_in_schema=False)
    return app
