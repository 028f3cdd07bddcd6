"""Feeds and pages on the web become reports, and a later run takes only what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from casus.errors import BadRecord, FetchError, NoArticle, NotText, SourceError, TooLarge
from casus.model import Report
from casus.sources import Form, Loading, Mark, Past, SourcedReport, SourceFailure, gather
from casus.sources.feeds import parse_feed
from casus.sources.fetching import Fetched, Fetcher, Limits, Validators
from sources.serving import Site, content, hang, not_found, redirect, unless_known

BODY = (
    "A mortar shell landed near a clinic on Friday and wounded two people, the mayor said. The clinic serves "
    "the villages of the valley, and people were waiting in its yard when the shell came down."
)
PAGE = """<html lang="en"><head><title>{title} | Post</title>
<meta property="og:site_name" content="Page Post">
<meta property="article:published_time" content="2021-05-05T18:20:00+02:00"></head>
<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"""
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0">
<channel><title>Harbour Post</title><link>/</link>{items}</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><id>x</id>
<entry><id>tag:1</id><title>Clinic &amp; school shelled</title><link href="/1"/>
<updated>2021-05-07T23:30:00-05:00</updated>
<content type="html">&lt;p&gt;{body}&lt;/p&gt;
&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;It is closed.&lt;/p&gt;</content>
</entry></feed>"""


def item(number: int, text: str = "") -> str:
    return (
        f"<item><title>Clinic {number} shelled</title><link>/{number}</link>"
        f'<guid isPermaLink="false">tag:{number}</guid>'
        f"<pubDate>Fri, 07 May 2021 23:30:00 -0500</pubDate><description>{text}</description></item>"
    )


def rss(*items: str) -> bytes:
    return RSS.format(items="".join(items)).encode()


@dataclass
class Run:
    """Runs over one source, each with what the one before kept."""

    fetcher: Fetcher
    kept: dict[str, Any] = field(default_factory=dict)

    def __call__(self, url: str) -> tuple[list[Report], list[SourceError]]:
        loading = Loading(Form(), past=Past(self.kept.get), fetcher=self.fetcher)
        found = list(gather([url], loading))
        self.kept |= {mark.source: mark.value for mark in found if isinstance(mark, Mark)}
        return (
            [item.report for item in found if isinstance(item, SourcedReport)],
            [item.error for item in found if isinstance(item, SourceFailure)],
        )


@pytest.fixture
def run() -> Iterator[Run]:
    limits = Limits(page_bytes=200_000, read_s=0.2, total_s=0.5, interval_s=0)
    with Fetcher(limits, is_private_allowed=True) as fetcher:
        yield Run(fetcher)


def put_pages(site: Site, *numbers: int) -> None:
    for number in numbers:
        site.put(f"/{number}", content(PAGE.format(title=f"T{number}", body=f"{number}: {BODY}").encode()))


class TestPages:
    def test_a_page_is_a_report(self, site: Site, run: Run) -> None:
        put_pages(site, 1)
        url = site.put("/old", redirect("/1"))
        [report], [] = run(url)
        assert (report.title, report.publisher, report.published_on) == ("T1", "Page Post", date(2021, 5, 5))
        assert report.url == site.root + "/1"

    def test_the_encoding_is_the_one_that_the_server_states(self, site: Site, run: Run) -> None:
        page = PAGE.format(title="Café", body=BODY.replace("Friday", "Friday in Münster"))
        [report], [] = run(site.put("/a", content(page.encode("cp1252"), "text/html; charset=windows-1252")))
        assert "Münster" in report.text

    def test_a_text_is_a_report(self, site: Site, run: Run) -> None:
        [report], [] = run(site.put("/a.txt", content(BODY.encode(), "text/plain")))
        assert (report.text, report.publisher) == (BODY, "127.0.0.1")

    def test_json_is_reports(self, site: Site, run: Run) -> None:
        lines = b'{"text": "One."}\n{"text": "Two."}\n'
        reports, [] = run(site.put("/a", content(lines, "application/x-ndjson")))
        assert [report.text for report in reports] == ["One.", "Two."]

    @pytest.mark.parametrize(
        ("data", "content_type", "expected"),
        [
            (b"%PDF-1.7", "application/pdf", NotText),
            (b"<html><body></body></html>", "text/html", NoArticle),
            (b"<html><body>" + b"<div>" * 30_000, "text/html", NoArticle),
            (b"<html>" + b"<p>word</p>" * 30_000, "text/html", TooLarge),
        ],
    )
    def test_other_pages_are_refused(
        self, site: Site, run: Run, data: bytes, content_type: str, expected: type[SourceError]
    ) -> None:
        [], [error] = run(site.put("/a", content(data, content_type)))
        assert type(error) is expected


class TestFeeds:
    @pytest.mark.parametrize("content_type", ["application/rss+xml", "text/html", ""])
    def test_each_entry_is_read_from_its_page(self, site: Site, run: Run, content_type: str) -> None:
        put_pages(site, 1, 2)
        reports, [] = run(site.put("/feed", content(rss(item(1), item(2)), content_type)))
        assert [report.id for report in reports] == ["tag:1", "tag:2"]
        first = reports[0]
        assert (first.title, first.publisher) == ("Clinic 1 shelled", "Harbour Post")
        assert (first.published_on, first.url) == (date(2021, 5, 7), site.root + "/1")
        assert BODY in first.text

    def test_without_its_page_an_entry_is_read_from_the_feed(self, site: Site, run: Run) -> None:
        [report], [] = run(
            site.put("/feed", content(ATOM.format(body=BODY).encode(), "application/atom+xml"))
        )
        assert report.text == f"Clinic & school shelled\n\n{BODY}\n\nIt is closed."
        assert (report.published_on, report.publisher) == (date(2021, 5, 7), "Harbour Post")

    def test_an_entry_that_gives_too_little_is_a_failure(self, site: Site, run: Run) -> None:
        put_pages(site, 2)
        site.put("/1", hang)
        reports, [error] = run(site.put("/feed", content(rss(item(1, "Short."), item(2)))))
        assert len(reports) == 1
        assert isinstance(error, FetchError)

    def test_an_entry_that_could_not_be_fetched_is_tried_again(self, site: Site, run: Run) -> None:
        put_pages(site, 2)
        site.put("/1", content(b"", status=500))
        url = site.put("/feed", unless_known(content(rss(item(1), item(2)), ETag='"v1"'), '"v1"'))
        assert [report.id for report in run(url)[0]] == ["tag:2"]
        put_pages(site, 1)
        assert [report.id for report in run(url)[0]] == ["tag:1"]
        assert run(url) == ([], [])
        assert site.asked[-1][1]["If-None-Match"] == '"v1"'

    def test_a_later_run_takes_what_is_new(self, site: Site, run: Run) -> None:
        put_pages(site, 1, 2, 3)
        url = site.put("/feed", content(rss(item(2), item(1))))
        assert len(run(url)[0]) == 2
        assert run(url) == ([], [])
        site.put("/feed", content(rss(item(3), item(2))))
        assert [report.id for report in run(url)[0]] == ["tag:3"]
        assert site.paths().count("/2") == 1

    def test_a_feed_that_has_not_changed_is_not_sent(self, site: Site, run: Run) -> None:
        put_pages(site, 1)
        url = site.put("/feed", unless_known(content(rss(item(1)), ETag='"v1"'), '"v1"'))
        assert len(run(url)[0]) == 1
        assert run(url) == ([], [])
        assert site.asked[-1][1]["If-None-Match"] == '"v1"'

    def test_a_run_that_was_stopped_goes_on(self, site: Site, run: Run) -> None:
        put_pages(site, 1, 2, 3)
        url = site.put("/feed", unless_known(content(rss(item(1), item(2), item(3)), ETag='"v1"'), '"v1"'))
        for found in gather([url], Loading(Form(), past=Past(run.kept.get), fetcher=run.fetcher)):
            if isinstance(found, Mark):
                run.kept[found.source] = found.value
                break
        assert [report.id for report in run(url)[0]] == ["tag:2", "tag:3"]

    @pytest.mark.parametrize(
        "data", [b"<?xml version='1.0'?><rss", b"<rss>", b"<feed>nonsense", b"<rss>\x00\xff" * 9]
    )
    def test_a_malformed_feed_is_told(self, site: Site, run: Run, data: bytes) -> None:
        [], [error] = run(site.put("/feed", content(data, "application/rss+xml")))
        assert isinstance(error, BadRecord)
        assert "no feed that can be read" in str(error)
        assert run.kept == {}

    def test_of_a_feed_that_is_cut_off_what_can_be_made_out_is_taken(self, site: Site, run: Run) -> None:
        put_pages(site, 1, 2)
        whole = rss(item(1), item(2))
        url = site.put("/feed", content(whole[: whole.index(b"tag:2")], ETag='"v1"'))
        reports, [error] = run(url)
        assert reports
        assert "cut off" in str(error)
        site.put("/feed", content(whole))
        _, errors = run(url)
        assert errors == []

    def test_a_feed_that_goes_away_is_told(self, site: Site, run: Run) -> None:
        put_pages(site, 1)
        url = site.put("/feed", content(rss(item(1))))
        run(url)
        kept = dict(run.kept)
        for answer in (content(PAGE.format(title="Gone", body=BODY).encode()), not_found, hang):
            site.put("/feed", answer)
            [], [error] = run(url)
            assert str(error).startswith(url)
        assert run.kept == kept

    def test_an_entity_bomb_does_no_harm(self, site: Site, run: Run) -> None:
        entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
        data = (
            f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "x">{entities}]>'
            + RSS.format(items=item(1, "&a11;"))[39:]
        )
        reports, _ = run(site.put("/feed", content(data.encode())))
        assert sum(len(report.text) for report in reports) < 10_000

    def test_dates_that_cannot_be_read_are_unknown(self) -> None:
        data = rss(item(1).replace("Fri, 07 May 2021 23:30:00 -0500", "soon"))
        feed = parse_feed(Fetched("http://x/", data, "", None, Validators()), "x")
        assert feed.entries[0].metadata.published_on is None
