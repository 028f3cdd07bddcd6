"""Connections to servers out there: to public addresses only, and never for longer than was set.

A name is looked up once a connection, each address that it has is checked, and the
connection goes to an address that was checked: a name that means something else a moment
later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

import httpcore
import httpx

from casus.errors import AddressError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Networks of IPv6 whose addresses hold one of IPv4 that is reached through them (RFC 6052, 3056).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
# Networks of special purpose (IANA's registries) that `ipaddress` takes for open ones in some versions.
_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "64:ff9b:1::/48",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/23",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
NETWORK_ERRORS = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)
TIMEOUTS = (httpx.TimeoutException, httpcore.TimeoutException)


def is_public(address: _Address) -> bool:
    """Whether an address is one of the open internet, as far as its number tells."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if address.teredo is not None:
            return False
        if inner is not None:
            return is_public(inner)
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def addresses_of(host: str, port: int, *, is_private_allowed: bool) -> list[str]:
    """The addresses of a host.

    Raises `AddressError` where any of them is not public, unless those are allowed, and
    `httpcore.ConnectError` where the name is not known.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"no such host: {host}") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not is_private_allowed and not is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise AddressError(
                f"{host} is the address {address}, which is not on the public internet: "
                "allow it with --allow-private if you trust it"
            )
    return addresses


class TimedTransport(httpx.BaseTransport):
    """Carries requests, one connection each, until the moment that `stop_at` sets."""

    def __init__(self, *, is_private_allowed: bool) -> None:
        self._backend = _Backend(is_private_allowed=is_private_allowed)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_keepalive_connections=0,
            network_backend=self._backend,
        )

    def stop_at(self, moment: float) -> None:
        """Let nothing go on after this moment of the monotonic clock."""
        self._backend.ends_at = moment

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, whose body is yet to be read."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, *, is_private_allowed: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._is_private_allowed = is_private_allowed
        self.ends_at = float("inf")

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may take."""
        left = self.ends_at - monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception | None = None
        for address in addresses_of(host, port, is_private_allowed=self._is_private_allowed):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self)
        raise failed or httpcore.ConnectError(f"no address of {host}")


class _Stream(httpcore.NetworkStream):
    """A stream whose every step ends in time."""

    def __init__(self, inner: httpcore.NetworkStream, backend: _Backend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._backend.left(timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
