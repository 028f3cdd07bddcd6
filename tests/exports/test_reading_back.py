"""What is exported and read back is the same."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casus.casebook.dossiers import Dossier
from casus.casebook.records import (
    Correction,
    Deaths,
    Dispute,
    Event,
    EventToll,
    EventWhen,
    EventWhere,
    Figure,
    Grade,
    Named,
    Perpetrator,
    Standing,
)
from casus.errors import ExportError
from casus.exports import ExportFormat, export_events, read_events
from casus.exports.cells import cell, harmless, text_of
from casus.model import Category, DatePrecision, EventType, Harm
from exports.made_up import ABOUT, dossiers_by_chance, made_up_dossier, made_up_event

# Texts that files and spreadsheets stumble over, beside any others.
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["=1+1", "+49", "-2", "@cmd", "'=x", "'", "", "a;b; c", 'say "no"', "two\nlines", "a\r\nb", "\t=x",
         "none", "true", "مدينة", "Ñandú", "1.0", "＝1", "\u2028"]
    ),
)  # fmt: skip
OPTIONAL = st.none() | TEXTS
COUNTS = st.none() | st.integers(0, 10**6)
DAYS = st.none() | st.dates()
KEYS = st.lists(TEXTS, max_size=2).map(tuple)
NUMBERS = st.lists(st.integers(1, 10**9), max_size=2).map(tuple)
NAMED = st.builds(Named, TEXTS, OPTIONAL, OPTIONAL, KEYS)
EVENTS = st.builds(
    Event,
    id=TEXTS.filter(bool),
    event_type=st.sampled_from(EventType),
    when=st.builds(EventWhen, DAYS, DAYS, st.sampled_from(DatePrecision), KEYS),
    where=st.builds(
        EventWhere, OPTIONAL, OPTIONAL, OPTIONAL, OPTIONAL, COUNTS, st.none() | st.floats(-90, 90),
        st.none() | st.floats(-180, 180), st.none() | st.integers(1, 7), KEYS,
    ),
    perpetrators=st.lists(
        st.builds(
            Perpetrator, TEXTS, OPTIONAL, OPTIONAL,
            st.lists(st.sampled_from(Standing), max_size=2).map(tuple), KEYS, NUMBERS,
        ),
        max_size=2,
    ).map(tuple),
    targets=st.lists(NAMED, max_size=2).map(tuple),
    weapons=st.lists(NAMED, max_size=1).map(tuple),
    tolls=st.lists(
        st.builds(
            EventToll, st.sampled_from(Harm), st.sampled_from(Category), COUNTS, COUNTS, COUNTS,
            st.lists(st.builds(Figure, TEXTS, COUNTS, COUNTS, COUNTS, DAYS, KEYS, NUMBERS), max_size=1).map(
                tuple
            ),
        ),
        max_size=2,
    ).map(tuple),
    deaths=st.none() | st.builds(Deaths, *[st.integers(0, 999)] * 7),
    grade=st.sampled_from(Grade),
    grade_reason=TEXTS,
    grade_claims=NUMBERS,
    grade_keys=KEYS,
    keys=KEYS,
    reports=st.integers(0, 99),
    sources=KEYS,
    disputes=st.lists(
        st.builds(Dispute, TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)), max_size=1
    ).map(tuple),
    corrections=st.lists(
        st.builds(Correction, TEXTS, COUNTS | TEXTS, OPTIONAL, TEXTS, TEXTS, st.integers(1, 9)), max_size=1
    ).map(tuple),
    is_reviewed=st.booleans(),
    is_rejected=st.booleans(),
    needs_review=KEYS,
    assignee=OPTIONAL,
)  # fmt: skip

FORMATS = [ExportFormat.CSV, ExportFormat.JSONL, ExportFormat.DATAPACKAGE]


@pytest.mark.parametrize("export_format", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=st.lists(EVENTS, max_size=3))
def test_events_come_back_the_same(export_format: ExportFormat, events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        exported = export_events(export_format, map(Dossier, events), target, ABOUT)
        assert exported.events == exported.written == len(events)
        assert list(read_events(target)) == events


HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "'=1",
)


@pytest.mark.parametrize(
    "export_format", [ExportFormat.CSV, ExportFormat.UCDP_GED, ExportFormat.ACLED, ExportFormat.DATAPACKAGE]
)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula_and_numbers_stay_numbers(
    tmp_path: Path, export_format: ExportFormat, text: str
) -> None:
    where = EventWhere(text, "YE", text, text, 11, -15.5, -43.5, 1, ())
    named = (Named(text, None, None, ()),)
    event = replace(
        made_up_event(targets=named, weapons=named, where=where), sources=(text,), grade_reason=text
    )
    dossier = made_up_dossier(event, quote=text)
    told = dossier.told[0]
    head = replace(told.report, title=text, publisher=text, name=text, url=text, credit=text)
    target = tmp_path / "out"
    export_events(export_format, [replace(dossier, told=(replace(told, report=head),))], target, ABOUT)
    numbers, texts = [], 0
    for path in [target] if target.is_file() else sorted(target.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            for cell_text in chain.from_iterable(csv.reader(handle)):
                texts += cell_text.endswith(text)
                try:
                    numbers.append(float(cell_text))
                except ValueError:
                    plain = cell_text.lstrip("\u200b\ufeff\u00a0 ")
                    assert not plain.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")), cell_text
    assert {-15.5, -43.5} <= set(numbers)
    assert texts


@given(TEXTS)
def test_no_cell_is_a_formula_and_each_can_be_undone(text: str) -> None:
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert text_of(cell(text)) == text


def test_unknown_and_empty_are_told_apart() -> None:
    assert text_of(cell(None)) is None
    assert text_of(cell("")) == ""
    assert cell(-3) == "-3"


def test_details_longer_than_a_csv_field_usually_is_come_back(tmp_path: Path) -> None:
    long = replace(made_up_event(), disputes=(Dispute("place", (("Daily Post", "x" * 400_000),)),))
    export_events(ExportFormat.CSV, [Dossier(long)], tmp_path / "long.csv", ABOUT)
    assert list(read_events(tmp_path / "long.csv")) == [long]


def test_what_casus_did_not_write_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("id,name\n1,a\n")
    with pytest.raises(ExportError, match="no column event_type"):
        list(read_events(other))
    with pytest.raises(ExportError, match="no data package of Casus"):
        list(read_events(tmp_path))
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"about": {"format": "casus-events/9"}}\n')
    with pytest.raises(ExportError, match="not casus-events/1"):
        list(read_events(lines))
    with pytest.raises(ExportError, match="can't be read"):
        list(read_events(tmp_path / "nothing"))


def test_a_damaged_row_is_named(tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    export_events(ExportFormat.CSV, dossiers_by_chance(1), target, ABOUT)
    target.write_text(target.read_text().replace("ev-1,", "ev-1,x", 1))
    with pytest.raises(ExportError, match="ev-1"):
        list(read_events(target))
