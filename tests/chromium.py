"""What watches pages in a browser, and what opens them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route

from served import Served


@dataclass  # without slots: Playwright notes something on whom it calls back
class Watch:
    """What must not happen in a browser: errors, and requests of any other host than the server.

    `expected` are the statuses of refusals that a test asks for.
    """

    host: str
    expected: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a context; the network is cut but for the server."""
        context.route(lambda address: f"//{self.host}/" not in address, self._refuse)
        context.on("page", self._page)

    def _refuse(self, route: Route) -> None:
        self.wrong.append(f"asked another host: {route.request.url}")
        route.abort()

    def _page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"error at {page.url}: {error}"))
        page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        is_expected = any(f"status of {status} " in message.text for status in self.expected)
        if message.type in ("error", "warning") and not is_expected:
            self.wrong.append(f"{message.type} in the console: {message.text} ({message.location['url']})")

    def _failed(self, request: Request) -> None:
        # Leaving a page ends what it still asks for.
        if request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"failed: {request.url} ({request.failure})")


Opener = Callable[..., Page]

Opening = Callable[[Served], tuple[Opener, Watch]]
