"""A real `casus serve` process, and Chromium to look at it: for browser tests, pictures and timings."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_START_S = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    """A workbench that answers at `address`; `url` is its casebook's."""

    address: str
    url: str
    pid: int

    @property
    def host(self) -> str:
        """Its host and port."""
        return self.address.removeprefix("http://")


def chromium_path() -> str | None:
    """Where Chromium is, None where it is not installed; CASUS_CHROMIUM names another."""
    named = os.environ.get("CASUS_CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


def launched(playwright: Playwright) -> Browser:
    """Chromium, without a window."""
    path = chromium_path()
    if path is None:
        raise SystemExit("no Chromium is installed: install it, or name one in CASUS_CHROMIUM")
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=arguments)


@contextmanager
def served(
    url: str, log: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Serve a casebook in a process of its own until the block ends; what it says goes to `log`."""
    port = _free_port()
    command = [sys.executable, "-m", "casus", "serve", url, "--port", str(port), *arguments]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, stdout=written, stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, log)
        yield Served(address, url, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers, be it with an error."""
    ends = time.monotonic() + _START_S
    while time.monotonic() < ends:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/static/icon.svg", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"casus serve did not answer at {address}: {log.read_text('utf-8')[-2000:]}")
