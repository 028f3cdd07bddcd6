"""Pages of WARC archives become reports, as far as the archive is whole."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from casus.errors import BadRecord, SourceError, TooLarge
from casus.model import Report
from casus.sources import Form, Loading, Mark, Past, SourcedReport, SourceFailure, gather

BODY = (
    "A mortar shell landed near a clinic on Friday and wounded two people, the mayor said. The clinic serves "
    "the villages of the valley, and people were waiting in its yard when the shell came down."
)
PAGE = """<html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="Harbour Post">{more}</head>
<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"""


def page(number: int, more: str = "") -> bytes:
    return PAGE.format(title=f"Clinic {number} shelled", body=f"{number}: {BODY}", more=more).encode()


def record(
    number: int,
    body: bytes,
    *,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    headers: bytes = b"",
    record_type: WarcRecordType = WarcRecordType.response,
) -> bytes:
    """One record of an archive."""
    made = WarcRecord()
    made.init_headers()
    made.record_type = record_type
    made.record_date = datetime(2021, 5, 7, 12, tzinfo=UTC)
    made.headers["WARC-Target-URI"] = f"https://post.example/{number}"
    if record_type is WarcRecordType.conversion:
        made.headers["Content-Type"] = content_type
        made.set_bytes_content(body)
    else:
        made.headers["Content-Type"] = "application/http; msgtype=response"
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n".encode()
        )
        made.set_bytes_content(head + headers + b"\r\n" + body)
        made.is_http = True
    stream = io.BytesIO()
    made.write(stream)
    return stream.getvalue()


def archive(folder: Path, records: list[bytes], *, is_packed: bool) -> Path:
    path = folder / ("crawl.warc.gz" if is_packed else "crawl.warc")
    path.write_bytes(b"".join(gzip.compress(one) if is_packed else one for one in records))
    return path


def taken(
    path: Path, kept: dict[str, Any] | None = None, reader: str = "r"
) -> tuple[list[Report], list[SourceError], dict[str, Any]]:
    """Reports, failures, and what is kept for the next run."""
    kept = kept or {}
    found = list(gather([path], Loading(Form(), past=Past(kept.get, reader))))
    return (
        [item.report for item in found if isinstance(item, SourcedReport)],
        [item.error for item in found if isinstance(item, SourceFailure)],
        kept | {item.source: item.value for item in found if isinstance(item, Mark)},
    )


@pytest.fixture(params=[False, True], ids=["plain", "packed"])
def is_packed(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_pages_and_texts_are_reports(tmp_path: Path, *, is_packed: bool) -> None:
    dated = '<meta property="article:published_time" content="2021-05-05T18:20:00+02:00">'
    late = '<meta property="article:published_time" content="2031-05-05T18:20:00+02:00">'
    zipped = gzip.compress(page(3))
    records = [
        record(0, b"software: test", record_type=WarcRecordType.warcinfo),
        record(1, page(1)),
        record(2, page(2, dated)),
        record(3, zipped, headers=b"Content-Encoding: gzip\r\n"),
        record(4, page(4, late)),
        record(5, BODY.encode(), record_type=WarcRecordType.conversion, content_type="text/plain"),
        record(6, page(6), status="404 Not Found"),
        record(7, b"\x89PNG", content_type="image/png"),
        record(8, b"<html><body>Home</body></html>"),
        record(9, page(9), record_type=WarcRecordType.request),
    ]
    reports, failures, _ = taken(archive(tmp_path, records, is_packed=is_packed))
    assert failures == []
    assert [report.url for report in reports] == [f"https://post.example/{number}" for number in range(1, 6)]
    crawled, stated = date(2021, 5, 7), date(2021, 5, 5)
    assert [report.published_on for report in reports] == [crawled, stated, crawled, crawled, crawled]
    assert [report.publisher for report in reports] == ["Harbour Post"] * 4 + ["post.example"]
    assert reports[0].title == "Clinic 1 shelled"
    assert BODY in reports[2].text


def test_of_a_cut_archive_what_is_whole_is_taken(tmp_path: Path, *, is_packed: bool) -> None:
    records = [record(number, page(number)) for number in range(4)]
    path = archive(tmp_path, records, is_packed=is_packed)
    whole = path.read_bytes()
    last = len(b"".join(gzip.compress(one) if is_packed else one for one in records[:3]))
    cuts = [last + 30, (last + len(whole)) // 2, len(whole) - 7 - 20 * (not is_packed)]
    for cut in cuts:
        path.write_bytes(whole[:cut])
        reports, [failure], kept = taken(path)
        assert len(reports) in (3, 4), cut  # the last page may be whole where only its packing is cut
        assert isinstance(failure, BadRecord)
        assert "cut off at byte" in str(failure)
        # The same archive again: only where it was cut is looked at.
        again, [same], _ = taken(path, kept)
        assert str(same) == str(failure)
        assert len(again) <= 1
        # Got anew, it is read from the beginning.
        path.write_bytes(whole)
        reports, failures, _ = taken(path, kept)
        assert (len(reports), failures) == (4, [])


def test_damage_in_the_middle_is_told(tmp_path: Path, *, is_packed: bool) -> None:
    path = archive(tmp_path, [record(number, page(number)) for number in range(4)], is_packed=is_packed)
    data = bytearray(path.read_bytes())
    data[len(data) // 4 + 2 : len(data) // 4 + 60] = b"\xff" * 58
    path.write_bytes(bytes(data))
    reports, failures, _ = taken(path)
    assert len(reports) < 4
    assert failures


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    for name, data in (("a.warc", b"nonsense " * 100), ("b.warc.gz", b"nonsense " * 100)):
        (tmp_path / name).write_bytes(data)
        reports, [failure], _ = taken(tmp_path / name)
        assert reports == []
        assert "damaged" in str(failure)


def test_a_run_goes_on_from_where_the_last_had_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_packed: bool
) -> None:
    monkeypatch.setattr("casus.sources.archives._MARKED_RECORDS", 10)
    path = archive(tmp_path, [record(number, page(number)) for number in range(25)], is_packed=is_packed)
    marks = [
        item for item in gather([path], Loading(Form(), past=Past(reader="r"))) if isinstance(item, Mark)
    ]
    assert len(marks) == 3
    reports, _, kept = taken(path, {marks[1].source: marks[1].value})
    assert [report.url for report in reports] == [
        f"https://post.example/{number}" for number in range(20, 25)
    ]
    assert taken(path, kept)[0] == []
    assert len(taken(path, kept, reader="another")[0]) == 25


def test_pages_beyond_the_limit_are_passed_over(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" * 3_000_000)
    records = [
        record(1, b"<p>" * 2_000_000),
        record(2, bomb, headers=b"Content-Encoding: gzip\r\n"),
        record(3, page(3)),
    ]
    reports, failures, _ = taken(archive(tmp_path, records, is_packed=True))
    assert [type(failure) for failure in failures] == [TooLarge, TooLarge]
    assert len(reports) == 1
