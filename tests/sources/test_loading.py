"""Files, folders, pages, JSON and standard input become reports."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.test_language import SPANISH

from casus.errors import (
    BadRecord,
    NoArticle,
    NotText,
    SourceError,
    SourceMissing,
    TooLarge,
    WrongLanguage,
)
from casus.model import Reading, Report
from casus.output import reading_record
from casus.sources import Metadata, SourcedReport, SourceFailure, load

TITLE = "Two hurt as shell lands near clinic in Tel Rimon"
BODY = "A mortar shell landed near a clinic on Friday and wounded two people, the mayor said."
TEXT = f"{TITLE}\n\n{BODY}\n"


def reports(*paths: Path | str, **options: object) -> list[Report]:
    found = list(load(paths, **options))  # type: ignore[arg-type]
    failed = [item for item in found if isinstance(item, SourceFailure)]
    assert not failed
    return [item.report for item in found if isinstance(item, SourcedReport)]


def failure(path: Path | str, **options: object) -> SourceError:
    (found,) = load([path], **options)  # type: ignore[arg-type]
    assert isinstance(found, SourceFailure)
    message = str(found.error)
    assert "\n" not in message
    assert message.startswith(found.origin)
    return found.error


@pytest.fixture
def report_path(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


class TestText:
    def test_a_first_line_that_stands_apart_is_the_title(self, report_path: Path) -> None:
        (report,) = reports(report_path)
        assert (report.title, report.text) == (TITLE, f"{TITLE}\n\n{BODY}")
        assert report.text[report.body_start :] == BODY

    @pytest.mark.parametrize(
        "text",
        [
            f"{BODY}\n\n{BODY}",  # it ends with a full stop
            f"{TITLE}\n{BODY}",  # no blank line follows
            f"{'Long ' * 50}\n\n{BODY}",  # 200 characters and more
            TITLE,  # nothing follows
        ],
    )
    def test_other_first_lines_are_no_title(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        (report,) = reports(path)
        assert (report.title, report.body_start) == (None, 0)

    def test_nothing_is_known_of_a_bare_text(self, report_path: Path) -> None:
        (report,) = reports(report_path)
        assert (report.published_on, report.publisher, report.url) == (None, None, None)

    def test_the_same_content_has_the_same_id(self, report_path: Path, tmp_path: Path) -> None:
        (tmp_path / "copy.txt").write_bytes(report_path.read_bytes().replace(b"\n", b"\r\n"))
        one, other = reports(report_path, tmp_path / "copy.txt")
        assert one == other

    def test_options_go_before_what_the_file_says(self, report_path: Path) -> None:
        said = Metadata("Clinic shelled", "Harbour Post", date(2021, 5, 7), "https://example.org/1")
        (report,) = reports(report_path, overrides=said)
        assert (report.title, report.publisher) == ("Clinic shelled", "Harbour Post")
        assert (report.published_on, report.url) == (date(2021, 5, 7), "https://example.org/1")
        assert report.text == f"Clinic shelled\n\n{TITLE}\n\n{BODY}"

    def test_a_json_file_beside_the_text_describes_it(self, report_path: Path) -> None:
        described = {"report": {"publisher": "Harbour Post", "published": "2021-05-07", "source_url": "u"}}
        report_path.with_suffix(".json").write_text(json.dumps(described), encoding="utf-8")
        (report,) = reports(report_path)
        assert (report.publisher, report.published_on, report.url) == ("Harbour Post", date(2021, 5, 7), "u")
        assert reports(report_path.parent) == [report]

    def test_a_json_file_with_a_text_is_a_report_of_its_own(self, report_path: Path) -> None:
        report_path.with_suffix(".json").write_text(json.dumps({"text": "Another."}), encoding="utf-8")
        texts = [report.text for report in reports(report_path.parent)]
        assert sorted(texts) == sorted(["Another.", f"{TITLE}\n\n{BODY}"])


PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title} | Harbour Post</title>
<meta property="og:site_name" content="Harbour Post">
<meta property="og:title" content="{title}"><link rel="canonical" href="https://example.org/clinic">
{date}</head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>{title}</h1><p>{body}</p><p>The clinic serves the villages of the valley, and people from
three of them were waiting in its yard when the shell came down, a nurse said by telephone on Friday.</p>
<p>The mayor asked both sides to keep away from the clinic and from the school beside it.</p></article>
<footer>Copyright 2024 Harbour Post. All rights reserved.</footer></body></html>"""
DATED = '<meta property="article:published_time" content="2021-05-07T18:20:00+02:00">'


class TestHtml:
    def test_a_page_gives_its_article_and_what_it_says_of_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_text(PAGE.format(title=TITLE, body=BODY, date=DATED), encoding="utf-8")
        (report,) = reports(path)
        assert (report.title, report.publisher) == (TITLE, "Harbour Post")
        assert (report.published_on, report.url) == (date(2021, 5, 7), "https://example.org/clinic")
        assert BODY in report.text
        assert "Sport" not in report.text
        assert "rights reserved" not in report.text

    def test_no_date_is_guessed_where_the_page_states_none(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_text(PAGE.format(title=TITLE, body=BODY, date=""), encoding="utf-8")
        (report,) = reports(path)
        assert report.published_on is None

    def test_a_page_is_known_by_its_first_bytes_on_standard_input(self) -> None:
        page = PAGE.format(title=TITLE, body=BODY, date=DATED).encode()
        (report,) = reports("-", stdin=io.BytesIO(page))
        assert report.publisher == "Harbour Post"

    @pytest.mark.parametrize("page", ["<html><body></body></html>", "<html><a href='/'>Home</a></html>"])
    def test_a_page_without_an_article_is_refused(self, tmp_path: Path, page: str) -> None:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        error = failure(path)
        assert isinstance(error, NoArticle)
        assert "paste its text" in str(error)


RECORD = {
    "id": 7,
    "title": TITLE,
    "text": BODY,
    "published": "2021-05-07",
    "publisher": "Harbour Post",
    "url": "u",
}


class TestJson:
    def test_an_object_is_one_report(self, tmp_path: Path) -> None:
        path = tmp_path / "report.json"
        path.write_text(json.dumps(RECORD, indent=2), encoding="utf-8")
        (report,) = reports(path)
        assert report == Report.of(
            BODY, title=TITLE, publisher="Harbour Post", published_on=date(2021, 5, 7), url="u", id="7"
        )

    def test_a_list_is_many_reports(self, tmp_path: Path) -> None:
        path = tmp_path / "reports.json"
        path.write_text(json.dumps([RECORD, RECORD | {"id": "b", "source_url": "v"}]), encoding="utf-8")
        assert [report.id for report in reports(path)] == ["7", "b"]

    @pytest.mark.parametrize("name", ["reports.jsonl", "reports.ndjson", "reports.json", "reports"])
    def test_json_lines_are_many_reports(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        lines = [json.dumps(RECORD | {"id": number}) for number in (1, 2)]
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        assert [report.id for report in reports(path)] == ["1", "2"]

    def test_bad_lines_do_not_keep_the_others_from_being_read(self, tmp_path: Path) -> None:
        path = tmp_path / "reports.jsonl"
        good = json.dumps(RECORD)
        bad = [
            "{not json",
            '"only a text"',
            '{"title": "no text"}',
            '{"text": 5}',
            '{"text": "x", "published": "2021-02-30"}',
            "[" * 100_000,
        ]
        path.write_text("\n".join([good, *bad, good]), encoding="utf-8")
        found = list(load([path]))
        messages = [str(item.error) for item in found if isinstance(item, SourceFailure)]
        assert len(found) - len(messages) == 2
        for number, message in enumerate(messages, 2):
            assert message.startswith(f"{path}, line {number}: ")
        told = [
            "line 1, column 2",
            "JSON object",
            "key text is missing",
            "key text has",
            "YYYY-MM-DD",
            "too deep",
        ]
        assert all(words in message for words, message in zip(told, messages, strict=True))

    def test_a_line_longer_than_a_report_may_be_is_skipped(self, tmp_path: Path) -> None:
        path = tmp_path / "reports.jsonl"
        lines = [json.dumps({"text": text, "id": text[:1]}) for text in ("a" * 50, "b" * 5000, "c" * 50)]
        path.write_text("\n".join(lines), encoding="utf-8")
        first, second, third = load([path], max_chars=100)
        assert isinstance(second, SourceFailure)
        assert isinstance(second.error, TooLarge)
        assert [item.report.id for item in (first, third) if isinstance(item, SourcedReport)] == ["a", "c"]

    @pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "[1]", "nonsense"])
    def test_other_json_is_refused(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "report.json"
        path.write_text(content, encoding="utf-8")
        assert isinstance(failure(path), BadRecord)


class TestBadInput:
    @pytest.mark.parametrize(
        ("content", "expected", "advice"),
        [
            (b"", NoArticle, "give it the report's text"),
            (b" \n\n", NoArticle, "give it the report's text"),
            (b"\x7fELF\x00\x01", NotText, "iconv"),
            (b"word " * 500, TooLarge, "CASUS_MAX_REPORT_CHARS"),
            (b"word " * 100_000, TooLarge, "CASUS_MAX_REPORT_CHARS"),
            (SPANISH.encode(), WrongLanguage, "translate it first"),
        ],
    )
    def test_a_bad_text_is_refused_with_advice(
        self, tmp_path: Path, content: bytes, expected: type[SourceError], advice: str
    ) -> None:
        path = tmp_path / "report.txt"
        path.write_bytes(content)
        error = failure(path, max_chars=2000)
        assert isinstance(error, expected)
        assert advice in str(error)

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        error = failure(tmp_path / "nowhere.txt")
        assert isinstance(error, SourceMissing)
        assert "no such file" in str(error)

    def test_a_path_through_a_file_is_told(self, report_path: Path) -> None:
        assert isinstance(failure(report_path / "inner.txt"), SourceMissing)

    def test_a_folder_without_reports_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")
        assert ".jsonl" in str(failure(tmp_path))

    def test_standard_input_that_is_not_there_is_told(self) -> None:
        assert isinstance(failure("-"), SourceMissing)

    def test_a_malformed_description_is_told_by_its_own_name(self, report_path: Path) -> None:
        beside = report_path.with_suffix(".json")
        beside.write_text('{"published": "soon"}', encoding="utf-8")
        (found,) = load([report_path])
        assert isinstance(found, SourceFailure)
        assert str(found.error).startswith(f"{beside}: published is 'soon'")


class TestFolder:
    def test_a_folder_is_read_whole_in_the_order_of_its_paths(self, tmp_path: Path) -> None:
        for name in ("b/2.txt", "a/3.txt", "a/1.txt", "c.txt", ".hidden/4.txt", "a/.5.txt", "a/notes.md"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"{name} {BODY}", encoding="utf-8")
        origins = [Path(item.origin).relative_to(tmp_path).as_posix() for item in load([tmp_path])]
        assert origins == ["c.txt", "a/1.txt", "a/3.txt", "b/2.txt"]

    def test_one_bad_file_does_not_keep_the_others_from_being_read(self, report_path: Path) -> None:
        (report_path.parent / "a.txt").write_bytes(b"\x00\x01")
        bad, good = load([report_path.parent])
        assert isinstance(bad, SourceFailure)
        assert isinstance(good, SourcedReport)

    @pytest.mark.usefixtures("as_nobody")
    def test_a_folder_that_may_not_be_opened_is_told(self, report_path: Path) -> None:
        closed = report_path.parent / "closed"
        found = list(load([report_path, closed]))
        assert isinstance(found[0], SourcedReport)
        assert isinstance(found[1], SourceFailure)
        assert "no right to read it" in str(found[1].error)


@pytest.fixture
def as_nobody(report_path: Path) -> Iterator[None]:
    """A folder `closed` that even root's tests can't open, for they run as another user here."""
    closed = report_path.parent / "closed"
    closed.mkdir(mode=0)
    if os.geteuid() != 0:
        yield
        closed.chmod(0o700)
        return
    for folder in (report_path.parent, *list(report_path.parent.parents)[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@given(
    start=st.sampled_from([b"", b"<html><p>", b"{", b'{"text": ', b"[", b"\xff\xfe"]),
    rest=st.binary(max_size=200),
)
def test_any_bytes_on_standard_input_are_reports_or_failures(start: bytes, rest: bytes) -> None:
    for found in load(["-"], stdin=io.BytesIO(start + rest)):
        if isinstance(found, SourceFailure):
            assert str(found.error).startswith("standard input")
        else:
            found.report.text.encode("utf-8")


# Lone surrogates, too: JSON can hold them, files and terminals can't.
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_in_json_is_a_report_that_can_be_written_or_a_failure(text: str, said: str) -> None:
    content = {"id": said, "text": text, "title": said, "publisher": said, "url": said}
    for found in load(["-"], stdin=io.BytesIO(json.dumps(content).encode())):
        if isinstance(found, SourcedReport):
            reading_record(Reading(found.report, "test 1")).model_dump_json()
            assert "\n" not in (found.report.title or "")
