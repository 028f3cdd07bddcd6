"""A web server of the test run's own, which serves what a test asks for, and misbehaves on request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Answers with what the site has at a path."""

    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, dict(self.headers.items())))
        self.site.answers.get(self.path, not_found)(self)

    def log_message(self, *_: object) -> None:
        pass


Answer = Callable[[Handler], None]


@dataclass
class Site:
    """What is served: an answer by path, and what was asked for."""

    root: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ends: threading.Event = field(default_factory=threading.Event)

    def put(self, path: str, answer: Answer) -> str:
        """Serve an answer; gives its address."""
        self.answers[path] = answer
        return self.root + path

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.asked]


def not_found(handler: Handler) -> None:
    content(b"nothing here", "text/plain", status=404)(handler)


def content(data: bytes, content_type: str = "text/html", status: int = 200, **headers: str) -> Answer:
    """Answers with some bytes; `_` in the name of a header stands for `-`."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        if content_type:
            handler.send_header("Content-Type", content_type)
        for name, value in ({"Content_Length": str(len(data))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(target: str, status: int = 302) -> Answer:
    """Sends the client elsewhere."""
    return content(b"", "text/html", status, Location=target)


def unless_known(answer: Answer, etag: str) -> Answer:
    """Answers 304 to those who have this version."""

    def conditional(handler: Handler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            answer(handler)

    return conditional


def in_turn(*answers: Answer) -> Answer:
    """The first answer, then the second, and so on; the last again and again."""
    waiting = list(answers)

    def answer(handler: Handler) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler)

    return answer


def hang(handler: Handler) -> None:
    """Says nothing until the test ends."""
    handler.site.ends.wait(20)


def drip(start: bytes) -> Answer:
    """Sends some bytes, then one now and then for ever."""

    def answer(handler: Handler) -> None:
        try:
            handler.wfile.write(start)
            while not handler.site.ends.wait(0.05):
                handler.wfile.write(b"a")
        except OSError:
            pass

    return answer


@contextmanager
def serve() -> Iterator[Site]:
    """A site on a free port of this machine."""
    site = Site()
    handler = type("SiteHandler", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.root = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.ends.set()
        server.shutdown()
        server.server_close()
        thread.join()
