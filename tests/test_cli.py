"""The commands as a user calls them, with the reader and the gazetteer in place."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import casus
import dumps
from casus.cli import main
from casus.evaluation import CodedReport, read_folder
from casus.output import json_schema
from casus.output.gold import gold_record
from casus.resolving import gazetteer_build, gazetteer_sources
from factories import sample_reading, sample_report

EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
REPORT = "Gunmen shot dead two guards near Bol on Tuesday, police said.\n"


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and the code that it ended with."""

    code: int
    out: str
    err: str


class Casus:
    """Runs a command in this process, as the entry point does."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as ending:
            main([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        code = ending.value.code
        assert isinstance(code, int) or code is None
        return Outcome(code or 0, out, err)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Casus:
    return Casus(capsys)


@pytest.fixture
def report_path(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


class TestRead:
    def test_a_report_is_shown_with_its_event(self, run: Casus, report_path: Path) -> None:
        outcome = run("read", report_path, "--published", "2022-05-12")
        assert (outcome.code, outcome.err) == (0, "")
        assert "Tuesday 10 May 2022" in outcome.out
        assert "\x1b" not in outcome.out
        assert all(line == line.rstrip() for line in outcome.out.split("\n"))

    def test_without_a_date_the_weekday_stays_open_and_that_is_said(
        self, run: Casus, report_path: Path
    ) -> None:
        outcome = run("read", report_path, "--format", "json")
        record = json.loads(outcome.out)
        assert record["report"]["published"] is None
        assert [event["start"] for event in record["events"]] == [None] * len(record["events"])
        assert record["issues"]
        assert "publication date not known" in run("read", report_path).out

    def test_the_options_describe_the_report(self, run: Casus, report_path: Path) -> None:
        described = (
            "--title",
            "Guards shot",
            "--publisher",
            "Lake Courier",
            "--url",
            "https://example.org/1",
        )
        outcome = run("read", report_path, *described, "--published", "2022-05-12", "-f", "json")
        report = json.loads(outcome.out)["report"]
        assert (report["title"], report["publisher"]) == ("Guards shot", "Lake Courier")
        assert (report["source_url"], report["published"]) == ("https://example.org/1", "2022-05-12")

    def test_explaining_names_rules(self, run: Casus, report_path: Path) -> None:
        plain = run("read", report_path, "--published", "2022-05-12").out
        explained = run("read", report_path, "--published", "2022-05-12", "--explain").out
        assert "by the rule" not in plain
        assert "by the rule" in explained

    def test_examples_follow_the_schema(self, run: Casus) -> None:
        outcome = run("read", EXAMPLES, "--format", "json", "--quiet")
        assert (outcome.code, outcome.err) == (0, "")
        records = json.loads(outcome.out)
        assert len(records) == len(list(EXAMPLES.glob("*.txt")))
        for record in records:
            Draft202012Validator(json.loads(json_schema())).validate(record)

    def test_json_lines_hold_one_record_a_line(self, run: Casus, report_path: Path) -> None:
        outcome = run("read", report_path, report_path, "--format", "jsonl")
        first, second = map(json.loads, outcome.out.splitlines())
        assert first == second
        assert first["report"]["file"] == str(report_path)
        assert outcome.err == "2 reports: 2 read, 0 failed\n"

    def test_several_processes_read_the_same_in_the_same_order(self, run: Casus) -> None:
        one = run("read", EXAMPLES, "--format", "jsonl")
        two = run("read", EXAMPLES, "--format", "jsonl", "--processes", "2")
        assert two == one

    def test_standard_input_is_read(
        self, run: Casus, report_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
        from_stdin = json.loads(run("read", "-", "--format", "json").out)
        from_file = json.loads(run("read", report_path, "--format", "json").out)
        assert from_stdin["report"].pop("file") == "standard input"
        assert from_file["report"].pop("file") == str(report_path)
        assert from_stdin == from_file

    def test_an_output_file_holds_what_would_be_printed(self, run: Casus, report_path: Path) -> None:
        written = report_path.with_name("out.json")
        outcome = run("read", report_path, "-f", "json", "-o", written)
        assert (outcome.out, outcome.err) == ("", "")
        assert written.read_text("utf-8") == run("read", report_path, "-f", "json").out

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("empty.txt", b"", 6),
            ("binary.txt", b"\x7fELF\x00", 5),
            ("page.html", b"<html></html>", 6),
            ("bad.jsonl", b"{", 9),
            ("large.txt", b"word " * 4_100_000, 7),
            ("missing.txt", None, 4),
        ],
    )
    def test_a_bad_input_ends_with_its_own_code_and_one_line(
        self, run: Casus, tmp_path: Path, name: str, content: bytes | None, code: int
    ) -> None:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        written = tmp_path / "out.json"
        outcome = run("read", path, "--format", "json", "--output", written)
        assert (outcome.code, outcome.out) == (code, "")
        assert outcome.err.startswith(f"casus: {path}")
        assert outcome.err.count("\n") == 1
        assert not written.exists()

    def test_an_impossible_date_is_refused(self, run: Casus, report_path: Path) -> None:
        outcome = run("read", report_path, "--published", "2022-02-30")
        assert (outcome.code, outcome.out) == (9, "")
        assert "YYYY-MM-DD" in outcome.err

    def test_in_a_batch_the_others_are_read_and_the_failed_ones_listed(
        self, run: Casus, report_path: Path
    ) -> None:
        empty = report_path.with_name("empty.txt")
        empty.touch()
        outcome = run("read", report_path.parent, report_path.with_name("missing.txt"), "--format", "jsonl")
        assert outcome.code == 20
        assert len(outcome.out.splitlines()) == 1
        heading, first, second, account = outcome.err.splitlines()
        assert heading == "casus: 2 of 3 reports could not be read:"
        assert first.startswith(f"  {empty}: ")
        assert "missing.txt" in second
        assert account == "3 reports: 1 read, 2 failed"

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("report.txt", "--format", "xml"),
            ("report.txt", "--processes", "0"),
            ("report.txt", "other.txt", "--title", "One"),
            ("report.txt", "--output", "/nowhere/out.txt"),
        ],
    )
    def test_wrong_use_ends_with_2(self, run: Casus, arguments: tuple[str, ...]) -> None:
        outcome = run("read", *arguments)
        assert (outcome.code, outcome.out) == (2, "")

    def test_a_wrong_setting_ends_with_13(
        self, run: Casus, report_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CASUS_BATCH_SIZE", "many")
        outcome = run("read", report_path)
        assert (outcome.code, outcome.err.count("\n")) == (13, 1)


class TestEvaluate:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "coded"
        folder.mkdir()
        (folder / "one.txt").write_text(sample_report().text, encoding="utf-8")
        (folder / "one.json").write_text(gold_record(sample_reading(), "one.txt").to_json(), encoding="utf-8")
        return folder

    def test_the_table_has_the_measures_and_their_mean(self, run: Casus, folder: Path) -> None:
        outcome = run("evaluate", "gold", folder, "--each")
        assert outcome.code == 0
        each, account, *table = outcome.out.splitlines()
        assert each.startswith("one ")
        assert account.startswith("1 reports, 0 without a prediction")
        assert table[-1].startswith("mean F1 of 11 measures")

    def test_predictions_are_records_of_the_same_form(self, run: Casus, folder: Path, tmp_path: Path) -> None:
        predictions = tmp_path / "predictions"
        assert run("evaluate", "gold", folder, "--predictions", predictions).code == 0
        (predictions / "one.txt").write_text(sample_report().text, encoding="utf-8")
        (coded,) = read_folder(predictions)
        assert isinstance(coded, CodedReport)
        assert coded.record.report == gold_record(sample_reading(), "one.txt").report
        # What was predicted agrees with itself wherever it has something.
        table = run("evaluate", "gold", predictions).out
        assert table.splitlines()[-1].split()[-1] == "1.000"

    def test_faults_are_listed_by_file_and_field(self, run: Casus, folder: Path) -> None:
        path = folder / "one.json"
        path.write_text(path.read_text("utf-8").replace('"shelling"', '"raid"'), encoding="utf-8")
        outcome = run("evaluate", "gold", folder)
        assert (outcome.code, outcome.out) == (9, "")
        assert f"{path}: events.0.event_type: " in outcome.err

    def test_a_missing_folder_ends_with_4(self, run: Casus, tmp_path: Path) -> None:
        assert run("evaluate", "gold", tmp_path / "nowhere").code == 4


TOPONYMS = """<articles><article><text>A bomb exploded in Nakuru, Kenya, on Sunday.</text><toponyms>
<toponym><start>19</start><end>25</end><phrase>Nakuru</phrase><gaztag geonameid="184622">
<lat>-0.30719</lat><lon>36.07225</lon><country>Kenya</country></gaztag></toponym>
<toponym><start>27</start><end>32</end><phrase>Kenya</phrase><gaztag geonameid="192950">
<lat>60</lat><lon>38</lon><country>Kenya</country></gaztag></toponym>
</toponyms></article></articles>"""


class TestEvaluateToponyms:
    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Path:
        path = tmp_path / "marked.xml"
        path.write_text(TOPONYMS, encoding="utf-8")
        return path

    def test_the_table_has_finding_and_resolving(self, run: Casus, corpus: Path) -> None:
        outcome = run("evaluate", "toponyms", corpus, "--errors", "3", "--calibration", "--each")
        assert outcome.code == 0
        rows = {
            line.strip().rpartition("  ")[0].strip(): line.split()[-1] for line in outcome.out.splitlines()
        }
        assert "marked.xml: 1 articles" in outcome.out
        assert rows["within 161 km"] == "0.500"
        assert rows["right country"] == "1.000"
        assert "exact span" in outcome.out
        assert "Kenya [KE" in outcome.out

    def test_json_has_the_same_figures(self, run: Casus, corpus: Path) -> None:
        outcome = run("evaluate", "toponyms", corpus, "--format", "json", "--only-resolution")
        (record,) = json.loads(outcome.out)
        assert record["resolution"]["spans"] == 2
        assert record["resolution"]["near"] == 0.5
        assert "recognition" not in record

    def test_half_of_the_articles_can_be_chosen(self, run: Casus, corpus: Path) -> None:
        outcome = run("evaluate", "toponyms", corpus, "--half", "even", "--only-resolution")
        assert "marked.xml: 0 articles" in outcome.out

    def test_marks_that_cannot_be_placed_are_told(self, run: Casus, corpus: Path) -> None:
        corpus.write_text(TOPONYMS.replace(">Kenya</phrase>", ">Gilgil</phrase>"), encoding="utf-8")
        outcome = run("evaluate", "toponyms", corpus, "--only-resolution")
        assert "1 could not be placed" in outcome.err

    def test_bad_xml_ends_with_9_and_tells_the_line(self, run: Casus, corpus: Path) -> None:
        corpus.write_text("<articles>\n<article>", encoding="utf-8")
        outcome = run("evaluate", "toponyms", corpus)
        assert (outcome.code, outcome.out) == (9, "")
        assert f"{corpus}: line 2" in outcome.err

    def test_a_missing_file_ends_with_4(self, run: Casus, tmp_path: Path) -> None:
        assert run("evaluate", "toponyms", tmp_path / "none.xml").code == 4


class TestGazetteer:
    def test_it_is_not_built_twice(self, run: Casus) -> None:
        assert run("gazetteer", "build", "--if-missing", "--quiet") == Outcome(0, "", "")

    def test_its_content_and_licence_are_told(self, run: Casus) -> None:
        outcome = run("gazetteer", "info")
        assert outcome.code == 0
        assert "CC BY 4.0" in outcome.out

    def test_a_place_is_found_by_its_name(self, run: Casus) -> None:
        outcome = run("gazetteer", "find", "Reykjavik")
        assert outcome.code == 0
        assert "Iceland" in outcome.out

    def test_a_name_that_no_place_has_ends_with_1(self, run: Casus) -> None:
        outcome = run("gazetteer", "find", "Xqzzvvkjw")
        assert (outcome.code, outcome.out) == (1, "")

    def test_a_missing_gazetteer_ends_with_11(
        self, run: Casus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CASUS_GAZETTEER", str(tmp_path / "none.sqlite"))
        outcome = run("gazetteer", "info")
        assert outcome.code == 11
        assert "casus gazetteer build" in outcome.err


class TestGazetteerOfDumps:
    """One dump of a village, laid over the packages' data."""

    @pytest.fixture
    def dump(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("CASUS_GAZETTEER", str(tmp_path / "gazetteer.sqlite"))
        for name in ("units", "settlements", "alternate_names"):
            monkeypatch.setattr(gazetteer_sources, name, lambda *_: iter(()))
        monkeypatch.setattr(gazetteer_sources, "regions", lambda: ())
        village = dumps.place(dumps.FIRST_FREE, "Bayt al Qarniyah", population=300)
        town = dumps.place(dumps.FIRST_FREE + 1, "Qarniyah", codes=("OM", "", ""), population=9000)
        other = dumps.place(dumps.FIRST_FREE + 2, "Qarniyah")
        return dumps.write_zip(tmp_path / "YE.zip", dumps.UNITS + village + "broken\n" + town + other)

    def test_it_is_built_with_an_account_and_described(self, run: Casus, dump: Path) -> None:
        outcome = run("gazetteer", "build", "--geonames", dump)
        assert (outcome.code, outcome.out) == (0, "")
        assert "6 lines, 5 filed, 0 left out for their kind, 1 skipped as malformed" in outcome.err
        assert "line 4: 1 fields where 19 belong" in outcome.err
        told = run("gazetteer", "info").out
        assert "YE.zip" in told
        assert "".join(f"--geonames {dump}".split()) in "".join(told.split())  # lines break anywhere
        assert "line 4" in told

    def test_it_is_not_built_again_from_the_same_files(self, run: Casus, dump: Path) -> None:
        run("gazetteer", "build", "--geonames", dump, "--quiet")
        assert run("gazetteer", "build", "--geonames", dump, "--if-missing") == Outcome(0, "", "")

    def test_the_packages_data_replace_it_only_when_told_so(self, run: Casus, dump: Path) -> None:
        run("gazetteer", "build", "--geonames", dump, "--quiet")
        outcome = run("gazetteer", "build")
        assert outcome.code == 11
        assert "--replace" in outcome.err
        assert len(outcome.err.splitlines()) == 1
        assert run("gazetteer", "build", "--if-missing", "--quiet") == Outcome(0, "", "")
        assert "YE.zip" in run("gazetteer", "info").out
        assert run("gazetteer", "build", "--replace", "--quiet").code == 0
        assert "YE.zip" not in run("gazetteer", "info").out

    def test_a_stopped_build_says_that_it_goes_on(
        self, run: Casus, dump: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(gazetteer_build, "pack", stop)
        outcome = run("gazetteer", "build", "--geonames", dump)
        assert (outcome.code, outcome.out) == (130, "")
        assert "the same command goes on from here" in outcome.err

    def test_a_truncated_archive_ends_with_11_and_one_line(self, run: Casus, dump: Path) -> None:
        dump.write_bytes(dump.read_bytes()[:200])
        outcome = run("gazetteer", "build", "--geonames", dump)
        assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (11, "", 1)

    def test_names_without_places_are_wrong_use(self, run: Casus, dump: Path) -> None:
        assert run("gazetteer", "build", "--alternate", dump).code == 2

    @pytest.mark.parametrize(
        ("options", "first"),
        [((), "Oman"), (("--country", "ye"), "Yemen"), (("--in", "Zarqaban"), "Yemen")],
    )
    @pytest.mark.parametrize("columns", ["80", "120"])
    def test_what_speaks_for_a_place_is_told(
        self,
        run: Casus,
        dump: Path,
        monkeypatch: pytest.MonkeyPatch,
        *,
        options: tuple[str, ...],
        first: str,
        columns: str,
    ) -> None:
        monkeypatch.setenv("COLUMNS", columns)
        run("gazetteer", "build", "--geonames", dump, "--quiet")
        lines = run("gazetteer", "find", "Qarniyah", *options).out.splitlines()
        assert first in lines[0]
        assert "its own name" in lines[1]
        assert all(len(line) <= int(columns) for line in lines)
        near = run("gazetteer", "find", "Qarniyah", "--near", "Bayt al Qarniyah", "--most", "1")
        assert "0 km from Bayt al Qarniyah" in " ".join(near.out.split())
        assert "and 1 more" in near.err


def test_the_schema_is_printed(run: Casus) -> None:
    assert run("schema").out == json_schema()


def test_the_version_is_that_of_the_package(run: Casus) -> None:
    assert run("--version").out == f"casus {casus.__version__}\n"


def test_importing_casus_loads_nothing_heavy() -> None:
    code = "import casus, sys; print(sorted({'spacy', 'trafilatura', 'pydantic', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_module_runs_as_the_command_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "casus", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"casus {casus.__version__}\n"
