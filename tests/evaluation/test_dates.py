"""Dates are scored against tables of cases and TimeML corpora as people marked them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from casus.cli import main
from casus.errors import BadRecord, SourceMissing
from casus.evaluation.dates import (
    AnnotatedText,
    DateScores,
    GoldKind,
    error_lines,
    read_corpus,
    read_table_file,
    score_text,
    table_lines,
)
from casus.evaluation.dates.annotated import GoldValue
from casus.evaluation.dates.timeml import read_timeml, span_of

OWN = Path(__file__).parents[1] / "resolving" / "dates.tsv"
HELD_OUT = OWN.with_name("dates_heldout.tsv")
HEAD = "published\ttext\tstart\tend\tprecision\n"
TIMEML = """<?xml version="1.0" ?>
<TimeML>
<DOCID>example</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2011-03-16"
functionInDocument="CREATION_TIME">March 16</TIMEX3></DCT>
<TITLE>Post attacked</TITLE>
<TEXT>
Gunmen <EVENT eid="e1" class="OCCURRENCE">attacked</EVENT> a post on <TIMEX3 tid="t1" type="DATE"
value="2011-03-15">Tuesday</TIMEX3>, police said. They held it for <TIMEX3 tid="t2" type="DURATION"
value="PT6H">six hours</TIMEX3> and fled <TIMEX3 tid="t3" type="DATE" value="2011-03-16">the next
day</TIMEX3>. The post is <TIMEX3 tid="t4" type="DATE" value="PRESENT_REF">now</TIMEX3> empty, as it was
<TIMEX3 tid="t5" type="DATE" value="2011-W09">two weeks ago</TIMEX3>. A raid in <TIMEX3 tid="t6"
type="DATE" value="2011-02">January</TIMEX3> failed at <TIMEX3 tid="t7" type="TIME"
value="2011-03-16TNI">midnight</TIMEX3>.
</TEXT>
</TimeML>
"""


def table(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "cases.tsv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def scored(*texts: AnnotatedText) -> DateScores:
    scores = DateScores()
    for text in texts:
        score_text(text, scores)
    return scores


def test_a_table_is_read_with_its_spans_and_days(tmp_path: Path) -> None:
    row = (
        "2011-03-16\tTwo died {on Monday} and one {in May}.\t2011-03-14; 2010-05-01\t; 2010-05-31\tday; month"
    )
    (case,) = read_table_file(table(tmp_path, "# a comment", row))
    assert case.published_on == date(2011, 3, 16)
    assert [case.text[s.start_char : s.end_char] for s in case.spans] == ["on Monday", "in May"]
    assert [(s.start, s.end) for s in case.spans] == [
        (date(2011, 3, 14), date(2011, 3, 14)),
        (date(2010, 5, 1), date(2010, 5, 31)),
    ]
    assert scored(case).right_texts == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("2011-3-16\tTwo died {today}.\t2011-03-16\t\tday", "no day"),
        ("2011-03-16\tTwo died {today}.\t2011-03-16\t2011-03-15\trange", "is before"),
        ("2011-03-16\tTwo died {today}.\t2011-03-16\t\tweek", "none of"),
        ("2011-03-16\tTwo died {today}.\t2011-03-16; 2011-03-17\t\tday", "2 values for 1 expression"),
        ("2011-03-16\tTwo died.\t\t\t\t\t", "fields under 5 columns"),
    ],
)
def test_a_fault_in_a_table_is_told_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(BadRecord, match=rf"cases\.tsv:2.*{message}"):
        read_table_file(table(tmp_path, row))


def test_a_table_needs_its_columns_and_cases(tmp_path: Path) -> None:
    path = tmp_path / "cases.tsv"
    path.write_text("text\tstart\n", encoding="utf-8")
    with pytest.raises(BadRecord, match="no column 'published'"):
        read_table_file(path)
    with pytest.raises(BadRecord, match="no cases"):
        read_table_file(table(tmp_path))


def test_misses_wrong_days_and_inventions_are_counted_and_listed(tmp_path: Path) -> None:
    rows = [
        "2011-03-16\tTwo died {on Monday}.\t2011-03-07\t\tday",
        "2011-03-16\tTwo died {on the feast of Mithras}.\t2010-12-25\t\tday",
        "2011-03-16\tTwo died yesterday.\t\t\t",
        "2011-03-16\tTwo died {last Monday night}, they said.\t2011-03-14\t\tday",
        "2011-03-16\tTwo died {the whole of Monday}.\t2011-03-14\t\tday",
    ]
    scores = scored(*read_table_file(table(tmp_path, *rows)))
    assert [error.kind for error in scores.errors] == ["wrong", "missed", "spurious", "extent"]
    assert scores.right_texts == 1
    assert (scores.values["DATE"], scores.right_values["DATE"]) == (4, 2)
    lines = "\n".join([*table_lines(scores), *error_lines(scores, 9)])
    assert "5 texts, 1 of them without an error" in lines
    assert "gold 2011-03-07 day  found 2011-03-14 day" in lines


def test_prepositions_and_articles_do_not_make_another_expression(tmp_path: Path) -> None:
    scores = scored(*read_table_file(table(tmp_path, "2011-03-16\tIt fell on {Monday}.\t2011-03-14\t\tday")))
    assert not scores.errors


def test_timeml_is_read_with_its_creation_time() -> None:
    text = read_timeml(TIMEML.encode(), "example.tml")
    assert text.published_on == date(2011, 3, 16)
    assert [s.kind for s in text.spans] == [
        *(GoldKind.DATE, GoldKind.DURATION, GoldKind.DATE, GoldKind.DATE, GoldKind.DATE, GoldKind.DATE),
        GoldKind.TIME,
    ]
    assert [text.text[s.start_char : s.end_char].split()[0] for s in text.spans] == [
        *("Tuesday", "six", "the", "now", "two", "January", "midnight")
    ]
    assert "Post attacked" not in text.text


def test_timeml_values_are_compared_and_references_set_apart() -> None:
    scores = scored(read_timeml(TIMEML.encode(), "example.tml"))
    assert scores.references == 1
    assert scores.others == 1
    wrong = [error.words for error in scores.errors if error.kind == "wrong"]
    assert wrong == ["January"]
    assert [error.words for error in scores.errors if error.kind == "missed"] == ["now"]
    assert scores.right_values[GoldKind.TIME] == 1


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2011-03-16", date(2011, 3, 16), date(2011, 3, 16)),
        ("2011-03-16T10:00", date(2011, 3, 16), date(2011, 3, 16)),
        ("20110316", date(2011, 3, 16), date(2011, 3, 16)),
        ("2011-W11", date(2011, 3, 14), date(2011, 3, 20)),
        ("2011-W11-WE", date(2011, 3, 19), date(2011, 3, 20)),
        ("2011-02", date(2011, 2, 1), date(2011, 2, 28)),
        ("2010-WI", date(2010, 12, 1), date(2011, 2, 28)),
        ("2011-Q2", date(2011, 4, 1), date(2011, 6, 30)),
        ("2011-H2", date(2011, 7, 1), date(2011, 12, 31)),
        ("2011", date(2011, 1, 1), date(2011, 12, 31)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
    ],
)
def test_timex_values_are_stretches_of_days(value: str, first: date, last: date) -> None:
    found = span_of(value)
    assert found is not None
    assert (found.start, found.end) == (first, last)


@pytest.mark.parametrize("value", ["PRESENT_REF", "P3D", "XXXX-12-25", "2011-02-30", "2011-W60", "", "0000"])
def test_other_values_are_no_days(value: str) -> None:
    assert span_of(value) is None


def test_files_that_are_no_timeml_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match="no XML"):
        read_timeml(b"<TimeML><TEXT>", "broken.tml")
    with pytest.raises(BadRecord, match="no TIMEX3"):
        read_timeml(b"<page>Nothing.</page>", "page.xml")
    with pytest.raises(SourceMissing, match=r"no \.tml or \.xml"):
        list(read_corpus(tmp_path))


def test_a_folder_is_read_in_order_and_entities_are_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "b.tml").write_text(TIMEML, encoding="utf-8")
    (tmp_path / "a.xml").write_text(TIMEML, encoding="utf-8")
    assert [text.name for text in read_corpus(tmp_path)] == ["a.xml", "b.tml"]
    entity = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    hostile = f'{entity}<TEXT>&f;<TIMEX3 type="DATE">May</TIMEX3></TEXT>'.encode()
    assert read_timeml(hostile, "hostile.xml").text == "May"


def test_our_own_table_is_right_and_large_enough() -> None:
    cases = read_table_file(OWN)
    assert len(cases) >= 400
    assert not scored(*cases).errors


def test_the_held_out_table_stays_as_good_as_it_is_said_to_be() -> None:
    cases = read_table_file(HELD_OUT)
    scores = scored(*cases)
    assert len(cases) >= 150
    assert scores.right_texts >= 171
    assert all(span.value in {GoldValue.DAYS, GoldValue.NONE} for case in cases for span in case.spans)


def test_the_command_prints_a_table_or_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TIMEML, encoding="utf-8")
    with pytest.raises(SystemExit) as ending:
        main(["evaluate", "dates", str(OWN), str(tmp_path), "--errors", "3"])
    out, _ = capsys.readouterr()
    assert not ending.value.code
    assert "expressions, strict" in out
    assert "1 references to past, present and future" in out
    assert len([line for line in out.splitlines() if line.startswith(("wrong", "missed", "extent"))]) == 2
    with pytest.raises(SystemExit):
        main(["evaluate", "dates", str(tmp_path), "--format", "json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["texts"] == 1
    assert [error["kind"] for error in figures["errors"]] == ["missed", "wrong"]


def test_the_command_says_what_is_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["evaluate", "dates", str(tmp_path / "none.tsv")])
    assert ending.value.code == SourceMissing.exit_code
    assert "no such file or folder" in capsys.readouterr().err
