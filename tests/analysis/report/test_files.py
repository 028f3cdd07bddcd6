"""A report as files: whole, the same each time, with its data, and without names that are withheld."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as markup

from analysis.report.conftest import NAME, SINCE, UNTIL
from casus.analysis.report import PeriodReport, period_report, save_report
from casus.analysis.report.attachments import attachments_of
from casus.analysis.report.page import report_html
from casus.analysis.report.paper import _told, report_pdf
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.cli import main
from casus.errors import ExportError


@pytest.fixture(scope="module")
def page(report: PeriodReport) -> str:
    return report_html(report)


@pytest.fixture(scope="module")
def pdf(report: PeriodReport) -> bytes:
    return report_pdf(report)


def streams(pdf: bytes) -> bytes:
    """All that is packed in a PDF, unpacked."""
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return b"\n".join(found)


def data_of(page: str) -> dict[str, bytes]:
    """The files that a page carries."""
    links = markup.fromstring(page).xpath("//a[@download]")
    return {one.get("download"): base64.b64decode(one.get("href").partition(",")[2]) for one in links}


def test_the_page_asks_nobody_and_runs_nothing(page: str) -> None:
    tree = markup.fromstring(page)
    assert tree.xpath("//script | //link | //iframe | //img | //object | //@onclick") == []
    assert "@import" not in page
    assert "url(http" not in page
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_the_page_tells_figures_claims_and_disagreement(page: str) -> None:
    tree = markup.fromstring(page)
    figures = {dt.text: " ".join(dt.getnext().text_content().split()) for dt in tree.xpath("//dl[1]//dt")}
    assert figures["Events"] == "3"
    assert figures["Killed, best figure"] == "13lowest 13, highest 16"
    assert figures["Injured, best figure"] == "unknown"
    article = " ".join(tree.xpath("//article")[0].text_content().split())
    assert "1. Rakha, Hajjah, Yemen: attack, Wednesday 4 March 2020" in article
    assert "Azawagh Front (accused, denied)" in article
    assert "9 (Daily Post); 12 (Radio One)" in article
    assert "a spokesman: denial, by Azawagh Front. Radio One, 2020-03-06" in article


def test_the_page_has_each_drawing_wide_and_narrow_with_names_of_their_own(page: str) -> None:
    tree = markup.fromstring(page)
    assert len(tree.xpath("//div[@class='wide']/svg")) == 3
    assert len(tree.xpath("//div[@class='narrow']/svg")) == 3
    assert all(len(label) > 40 for label in tree.xpath("//svg/@aria-label"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    used = set(re.findall(r"url\(#([\w-]+)\)", page))
    assert used <= set(ids)
    assert 'fill="#1d1c1a"' not in page  # it follows the page into the dark


def test_headings_are_in_order_and_tables_have_heads(page: str) -> None:
    tree = markup.fromstring(page)
    levels = [int(one.tag[1]) for one in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(following <= one + 1 for one, following in pairwise(levels))
    for table in tree.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath(".//th[@scope='col']")


def test_the_same_report_gives_the_same_page(book: Casebook, page: str) -> None:
    again = period_report(book, select(book, since=SINCE, until=UNTIL, country="YE", sees_withheld=False))
    assert report_html(again) == page


def test_page_and_pdf_carry_the_events_and_the_answers(report: PeriodReport, page: str, pdf: bytes) -> None:
    carried = data_of(page)
    assert carried["events.csv"].decode() == report.data.csv
    told = json.loads(carried["report.json"])
    assert told["summary"]["killed"] == {"low": 13, "best": 13, "high": 16, "told": 2}
    assert pdf.startswith(b"%PDF-")
    unpacked = streams(pdf)
    assert report.data.csv.encode() in unpacked
    assert b"/EmbeddedFile" in pdf + unpacked


def test_many_events_are_packed_the_same_way_each_time(report: PeriodReport) -> None:
    one, other = (list(attachments_of(report, is_packed=True)) for _ in range(2))
    assert one == other
    assert [file.name for file in one] == ["events.csv.gz", "report.json.gz"]


def test_withheld_names_and_places_are_in_no_byte(withholding: Casebook) -> None:
    report = period_report(
        withholding, select(withholding, since=SINCE, until=UNTIL, country="YE", sees_withheld=False)
    )
    page, paper = report_html(report), report_pdf(report)
    told = json.dumps(_told(report, {}), default=str)
    files = b"".join(data_of(page).values())
    for bytes_ in (page.encode(), files, told.encode(), paper, streams(paper)):
        for part in (*NAME.split(), "Dirbat", "44.9"):
            assert part.encode() not in bytes_, part
    assert report.summary.events == 3  # it counts all the same
    assert "[name withheld] burned a mill" in page
    assert "1 event whose place is withheld (4 killed)" in page


@pytest.fixture
def undrawn(report: PeriodReport) -> PeriodReport:
    """The report without its drawings, which is quickly written."""
    return replace(report, place_map=None, trend=None, no_trend="no day is known", comparison=None)


def test_what_can_not_be_drawn_is_told(undrawn: PeriodReport) -> None:
    page = report_html(undrawn)
    assert "<svg" not in page
    assert "None can be drawn: none of the events has a place" in page
    assert "None can be drawn: no day is known." in page
    assert _told(undrawn, dict.fromkeys(("map", "trend"), None))["drawings"]["trend"] == {
        "missing": "no day is known"
    }


def test_words_of_reports_are_words_and_no_markup(undrawn: PeriodReport) -> None:
    title = '<script>alert(1)</script> #panic("x") $ * _ `'
    report = replace(undrawn, title=title)
    page = report_html(report)
    assert "<script" not in page
    assert markup.fromstring(page).xpath("//h1")[0].text_content() == title
    assert report_pdf(report).startswith(b"%PDF-")


def test_the_command_writes_both_and_says_so(
    book: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = book.store.engine.url.render_as_string(hide_password=False)
    targets = [tmp_path / "yemen.html", tmp_path / "yemen.pdf"]
    wanted = ["--from", "2020-03-01", "--to", "2020-04-30", "--country", "Yemen", "--title", "Two months"]
    outputs = [part for target in targets for part in ("--output", str(target))]
    with pytest.raises(SystemExit) as ended:
        main(["report", *wanted, *outputs, "--casebook", address])
    assert ended.value.code == 0
    assert "3 events, 2020-03-01 to 2020-04-30" in capsys.readouterr().err
    assert '<h1 dir="auto">Two months</h1>' in targets[0].read_text("utf-8")
    assert targets[1].read_bytes().startswith(b"%PDF-")
    assert sorted(tmp_path.iterdir()) == targets


def test_other_formats_and_empty_periods_end_the_command_in_a_sentence(
    book: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = book.store.engine.url.render_as_string(hide_password=False)
    for wanted, code, says in (
        (["--output", str(tmp_path / "x.doc")], 18, "end the name in .html or .pdf"),
        (["--to", "1999-01-01"], 23, "the casebook begins on 2020-01-10"),
        (["--from", "soon"], 9, "soon"),
    ):
        with pytest.raises(SystemExit) as ended:
            main(["report", *wanted, "--casebook", address])
        assert ended.value.code == code
        assert says in capsys.readouterr().err


def test_a_report_that_can_not_be_written_leaves_the_earlier_one(
    undrawn: PeriodReport, tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text("before")
    with pytest.raises(ExportError):
        save_report(undrawn, tmp_path / "gone" / "report.html")
    assert (tmp_path / "report.html").read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]
