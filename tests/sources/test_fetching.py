"""Addresses are fetched politely, within limits, and from the open internet only."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from casus.errors import AddressError, FetchError, SourceError, TooLarge
from casus.sources.connecting import is_public
from casus.sources.fetching import Fetched, Fetcher, Limits, Validators
from sources.serving import Answer, Site, content, drip, hang, in_turn, redirect, unless_known

NOT_PUBLIC = """
127.0.0.1 127.8.9.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fc00::1 ff02::1 2001:db8::1
192.0.0.8 64:ff9b:1::a00:1
::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1:: 2002:0a00:1::
2001:0:53aa:64c::1
"""
QUICK = Limits(page_bytes=100_000, connect_s=2, read_s=0.2, total_s=0.5, interval_s=0)


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(QUICK, is_private_allowed=True) as made:
        yield made


def got(fetcher: Fetcher, url: str) -> Fetched:
    fetched = fetcher.fetch(url)
    assert fetched is not None
    return fetched


def refused(fetcher: Fetcher, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetcher.fetch(url)
    message = str(caught.value)
    assert message.startswith(url)
    assert "\n" not in message
    return caught.value


def test_a_page_comes_with_what_the_server_says_of_it(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", content(b"<p>x", "Text/HTML; charset=ISO-8859-1", ETag='"v1"', Last_Modified="then"))
    fetched = got(fetcher, url)
    assert fetched == Fetched(url, b"<p>x", "text/html", "iso-8859-1", Validators('"v1"', "then"))
    [(_, headers)] = site.asked
    assert headers["User-Agent"].startswith("casus/")


def test_what_has_not_changed_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", unless_known(content(b"x", ETag='"v1"'), '"v1"'))
    assert fetcher.fetch(url, got(fetcher, url).validators) is None
    assert fetcher.fetch(url, Validators('"v0"')) is not None


def test_packed_pages_are_unpacked(site: Site, fetcher: Fetcher) -> None:
    url = site.put("/a", content(gzip.compress(b"word " * 1000), Content_Encoding="gzip"))
    assert got(fetcher, url).data == b"word " * 1000


def test_redirects_are_followed_so_far(site: Site, fetcher: Fetcher) -> None:
    site.put("/end", content(b"there"))
    site.put("/b", redirect("/end"))
    assert got(fetcher, site.put("/a", redirect("b", 301))).url == site.root + "/end"
    loop = site.put("/loop", redirect("/loop"))
    assert "leads on and on" in str(refused(fetcher, loop))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (hang, "too slow"),
        (drip(b""), "too slow"),  # not even a status line
        (drip(b"HTTP/1.1 200 OK\r\nX-Long: "), "too slow"),
        (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n"), "too slow"),
        (content(b"short", Content_Length="900"), "can't be fetched"),
        (content(b"x", status=404), "404 Not Found"),
        (content(b"x", status=500), "500 Internal Server Error"),
        (content(b"\x00\x01nonsense", Content_Encoding="gzip"), "damaged"),
        (content(gzip.compress(b"x" * 99)[:-9], Content_Encoding="gzip"), "broke off"),
        (content(b"x", Content_Encoding="gzip, gzip"), "not asked for"),
        (lambda handler: handler.wfile.write(b"\x00garbage\r\n\r\n"), "can't be fetched"),
        (redirect("http://[bad"), "can't be fetched"),
        (redirect("file:///etc/passwd"), "no web address"),
        (redirect("ftp://127.0.0.1/x"), "no web address"),
        (redirect("http://user:secret@127.0.0.1/x"), "password"),
    ],
)
def test_a_server_that_misbehaves_is_told_and_left_in_time(
    site: Site, fetcher: Fetcher, answer: Answer, told: str
) -> None:
    began = time.monotonic()
    assert told in str(refused(fetcher, site.put("/a", answer)))
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "answer",
    [
        content(b"x" * 200_000),
        content(gzip.compress(b"x" * 200_000), Content_Encoding="gzip"),
        content(gzip.compress(b"x" * 300_000_000, 1), Content_Encoding="gzip"),
    ],
    ids=["plain", "packed", "bomb"],
)
def test_too_large_pages_are_refused(site: Site, answer: Answer) -> None:
    with Fetcher(Limits(page_bytes=100_000, interval_s=0), is_private_allowed=True) as fetcher:
        assert isinstance(refused(fetcher, site.put("/a", answer)), TooLarge)


def test_nobody_answers(fetcher: Fetcher) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert isinstance(refused(fetcher, f"http://127.0.0.1:{port}/"), FetchError)
    assert isinstance(refused(fetcher, "http://no-such-host.invalid/"), FetchError)


class TestPoliteness:
    def test_a_host_is_asked_once_in_a_while(self, site: Site) -> None:
        waits: list[float] = []
        with Fetcher(Limits(interval_s=5), is_private_allowed=True, sleep=waits.append) as fetcher:
            for _ in range(3):
                got(fetcher, site.put("/a", content(b"x")))
        assert len(waits) == 2
        assert all(4 < wait <= 10 for wait in waits)

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_server_is_asked_again_after_what_it_says(self, site: Site, status: int) -> None:
        waits: list[float] = []
        busy = content(b"", status=status, Retry_After="7")
        url = site.put("/a", in_turn(busy, content(b"x")))
        with Fetcher(QUICK, is_private_allowed=True, sleep=waits.append) as fetcher:
            assert got(fetcher, url).data == b"x"
        assert [round(wait) for wait in waits] == [7]

    def test_one_that_asks_for_too_much_is_left_alone(self, site: Site, fetcher: Fetcher) -> None:
        later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
        url = site.put("/a", content(b"", status=429, Retry_After=later))
        assert "run again in 60 minutes" in str(refused(fetcher, url))
        assert site.paths() == ["/a"]


class TestPrivateAddresses:
    @pytest.mark.parametrize("address", NOT_PUBLIC.split())
    def test_addresses_that_are_not_public(self, address: str) -> None:
        assert not is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
    def test_addresses_that_are(self, address: str) -> None:
        assert is_public(ipaddress.ip_address(address))

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"]
    )
    def test_they_are_refused_however_they_are_written(self, site: Site, host: str) -> None:
        url = site.root.replace("127.0.0.1", host) + "/a"
        with Fetcher(QUICK) as fetcher:
            assert isinstance(refused(fetcher, url), AddressError)
        assert site.asked == []

    @pytest.mark.parametrize(
        "url", ["https://", "http:///x", "file:///etc/passwd", "gopher://x/", "http://a:b@example.org/"]
    )
    def test_other_addresses_are_refused(self, url: str) -> None:
        with Fetcher(QUICK) as fetcher:
            assert isinstance(refused(fetcher, url), AddressError)

    def test_no_redirect_leads_into_the_network(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        """A public host sends its visitors to a private one: that hop is checked like the first."""
        site.put("/inside", content(b"secret"))
        outside = site.put("/a", redirect(site.root + "/inside")).replace("127.0.0.1", "public.example")
        verdicts = iter([True, False])
        monkeypatch.setattr("casus.sources.connecting.is_public", lambda _: next(verdicts))
        monkeypatch.setattr(socket, "getaddrinfo", resolver({"public.example": ["127.0.0.1"]}))
        with Fetcher(QUICK) as fetcher:
            assert isinstance(refused(fetcher, outside), AddressError)
        assert site.paths() == ["/a"]

    def test_one_private_address_among_many_is_enough(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(socket, "getaddrinfo", resolver({"mixed.example": ["1.1.1.1", "127.0.0.1"]}))
        with Fetcher(QUICK) as fetcher:
            assert isinstance(refused(fetcher, site.root.replace("127.0.0.1", "mixed.example")), AddressError)
        assert site.asked == []

    def test_the_connection_goes_to_the_address_that_was_checked(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A name is looked up once: what it means afterwards makes no difference."""
        asked: list[str] = []
        look_up = resolver({"turning.example": ["127.0.0.1"]}, asked)
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        url = site.put("/a", content(b"x")).replace("127.0.0.1", "turning.example")
        with Fetcher(QUICK, is_private_allowed=True) as fetcher:
            got(fetcher, url)
        assert asked.count("turning.example") == 1
        [(_, headers)] = site.asked
        assert headers["Host"].startswith("turning.example:")


def resolver(names: dict[str, list[str]], asked: list[str] | None = None):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """`getaddrinfo` for names of the test's own; numbers go through."""
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *args: object, **options: object) -> list[object]:
        if asked is not None:
            asked.append(host)
        return [found for name in names.get(host, [host]) for found in real(name, port, *args, **options)]  # type: ignore[arg-type]

    return look_up
