"""Pages and feeds from the web: politely, within limits, and from the open internet only."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Self

import httpx

from casus.errors import AddressError, FetchError, TooLarge
from casus.sources.connecting import NETWORK_ERRORS, TIMEOUTS, TimedTransport

USER_AGENT = f"casus/{version('casus-events')} (records political violence from news; one request a second)"
_WANTED = "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_UNPACKED = frozenset({"", "identity"})
_DEFLATE_OR_GZIP = 47


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may cost.  Sizes are after decompression; `interval_s` is a host's due."""

    page_bytes: int = 5 * 1024 * 1024
    connect_s: float = 10
    read_s: float = 20
    total_s: float = 60
    redirects: int = 5
    interval_s: float = 1
    patience_s: float = 30  # the longest wait that a server may ask for


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether anything changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave; `url` is where it was found in the end."""

    url: str
    data: bytes
    content_type: str  # without parameters, in small letters; empty where the server gives none
    charset: str | None
    validators: Validators


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses, one at a time, each host's at most once in `Limits.interval_s`."""

    limits: Limits = field(default_factory=Limits)
    is_private_allowed: bool = False
    sleep: Callable[[float], None] = time.sleep
    _client: httpx.Client = field(init=False)
    _transport: TimedTransport = field(init=False)
    _free_at: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._transport = TimedTransport(is_private_allowed=self.is_private_allowed)
        self._client = httpx.Client(
            transport=self._transport,
            trust_env=False,
            timeout=httpx.Timeout(self.limits.read_s, connect=self.limits.connect_s),
            headers={
                "User-Agent": USER_AGENT,
                "Accept": _WANTED,
                "Accept-Encoding": "gzip, deflate",
            },
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch(self, url: str, known: Validators | None = None) -> Fetched | None:
        """What is at `url`; None where nothing has changed since `known` was given.

        Raises `AddressError`, `FetchError` and `TooLarge`.
        """
        try:
            return self._follow(url, httpx.URL(url), _conditions(known))
        except TIMEOUTS as error:
            raise FetchError(f"{url}: the server is too slow ({_reason(error)}): run again later") from error
        except NETWORK_ERRORS as error:
            raise FetchError(
                f"{url}: it can't be fetched ({_reason(error)}): check the address, or run again later"
            ) from error
        except AddressError as error:
            raise AddressError(str(error) if str(error).startswith(url) else f"{url}: {error}") from error

    def _follow(self, named: str, url: httpx.URL, conditions: Mapping[str, str]) -> Fetched | None:
        ends_at = time.monotonic() + self.limits.total_s
        is_patient = True
        for _ in range(self.limits.redirects + 2):
            _require_web(named, url)
            waited = self._wait_for(url.host)
            ends_at += waited
            self._transport.stop_at(ends_at)
            with self._client.stream("GET", url, headers=dict(conditions)) as response:
                if response.has_redirect_location:
                    url = response.url.join(response.headers["Location"])
                    continue
                if response.status_code == 304:
                    return None
                asked_s = _asked_wait(response)
                if asked_s is not None and is_patient and asked_s <= self.limits.patience_s:
                    is_patient = False
                    self._free_at[url.host] = time.monotonic() + asked_s
                    continue
                _require_success(named, response, asked_s)
                return self._received(named, response)
        raise FetchError(f"{named}: it leads on and on ({self.limits.redirects} times): check the address")

    def _wait_for(self, host: str) -> float:
        """Wait until a host is due again; gives the seconds."""
        now = time.monotonic()
        wait_s = max(0.0, self._free_at.get(host, now) - now)
        if wait_s:
            self.sleep(wait_s)
        self._free_at[host] = now + wait_s + self.limits.interval_s
        return wait_s

    def _received(self, named: str, response: httpx.Response) -> Fetched:
        headers = response.headers
        return Fetched(
            str(response.url),
            self._body(named, response),
            headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            response.charset_encoding,
            Validators(headers.get("ETag"), headers.get("Last-Modified")),
        )

    def _body(self, named: str, response: httpx.Response) -> bytes:
        coding = response.headers.get("Content-Encoding", "").strip().lower()
        most = self.limits.page_bytes
        if coding in _UNPACKED:
            unpack = None
        elif coding in ("gzip", "x-gzip", "deflate"):
            unpack = zlib.decompressobj(_DEFLATE_OR_GZIP)
        else:
            raise FetchError(f"{named}: it comes packed as {coding[:40]!r}, which was not asked for")
        data = bytearray()
        try:
            for piece in response.iter_raw():
                data += piece if unpack is None else unpack.decompress(piece, most + 1 - len(data))
                if len(data) > most:
                    raise TooLarge(
                        f"{named}: larger than {most // 1024 // 1024} MiB: save its article in a file instead"
                    )
        except zlib.error as error:
            raise FetchError(f"{named}: its packing is damaged ({error}): run again later") from error
        if unpack is not None and not unpack.eof:
            raise FetchError(f"{named}: it broke off: run again later")
        return bytes(data)


def _conditions(known: Validators | None) -> dict[str, str]:
    if known is None:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in conditions.items() if value}


def _require_web(named: str, url: httpx.URL) -> None:
    if url.scheme not in ("http", "https") or not url.host:
        raise AddressError(
            f"{named}: {str(url)[:80]!r} is no web address: it must begin with https:// or http://"
        )
    if url.userinfo:
        raise AddressError(f"{named}: an address with a password in it: Casus fetches open pages only")


def _asked_wait(response: httpx.Response) -> float | None:
    """The seconds that a busy server asks to wait; None where it is not busy."""
    if response.status_code not in (429, 503):
        return None
    value = response.headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 5.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _require_success(named: str, response: httpx.Response, asked_s: float | None) -> None:
    if response.status_code == 200:
        return
    told = f"the server answers {response.status_code} {response.reason_phrase}".strip()
    if asked_s is not None:
        raise FetchError(f"{named}: {told}: run again in {max(1, round(asked_s / 60))} minutes")
    raise FetchError(f"{named}: {told}: check the address")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
