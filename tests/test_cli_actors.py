"""`casus actors` and `--actors` as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import casus
from casus.cli import main
from casus.errors import KnowledgeError

OWN = "name\taliases\tkind\tcountries\tidentifiers\nRed Hill Front\tRHF\tmilitia\tML\tmine:7\n"
REPORT = "RHF men, armed by Iran, shot dead two farmers near Gao in Mali on Tuesday, police said.\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "mine.tsv"
    path.write_text(OWN, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """The exit code, what went to standard output and what to standard error."""
    with pytest.raises(SystemExit) as ending:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(ending.value.code or 0), out, err


def test_find_shows_who_a_name_means_and_who_else(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "actors", "find", "PDF", "--country", "mm")
    assert code == 0
    assert "peoples-defence-force-mm" in out
    assert "could also be" in out
    code, out, _ = run(capsys, "actors", "find", "PDF")
    assert code == 0
    assert "PDF alone means nobody" in out


def test_find_takes_an_id_and_shows_the_parent(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "actors", "find", "al-qassam-brigades")
    assert "part of" in out
    assert "Hamas" in out


def test_find_tells_of_nobody_and_of_a_wrong_country(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "actors", "find", "Nobody At All")[0] == 1
    assert run(capsys, "actors", "find", "PDF", "--country", "XX")[0] == 2


def test_info_counts_by_kind_and_country(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "actors", "info")
    assert code == 0
    assert "rebel_group" in out
    assert "India" in out


def test_check_praises_a_good_list_and_lists_the_faults_of_a_bad_one(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    code, out, _ = run(capsys, "actors", "check", own)
    assert (code, out) == (0, f"{own}: 1 actors, 0 of them in the place of built-in ones\n")
    own.write_text(OWN.replace("militia", "army").replace("ML", "Mali"), encoding="utf-8")
    code, _, err = run(capsys, "actors", "check", own)
    assert code == 10
    assert "line 2: kind is 'army'" in err
    assert "line 2: countries has 'Mali'" in err
    assert "2 faults in 1 lines" in err


def test_read_takes_a_list_and_writes_what_is_known_of_an_actor(
    capsys: pytest.CaptureFixture[str], own: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    main_arguments = ("read", report, "--published", "2021-03-03", "--format", "json", "--actors", own)
    code, out, _ = run(capsys, *main_arguments)
    assert code == 0
    [doer] = json.loads(out)["events"][0]["perpetrator_details"]
    assert (doer["registry_id"], doer["kind"], doer["country"]) == ("red-hill-front", "militia", "ML")
    assert doer["identifiers"] == ["mine:7"]


def test_the_setting_names_a_list_too(
    capsys: pytest.CaptureFixture[str], own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASUS_ACTORS", str(own))
    assert "mine:7" in run(capsys, "actors", "find", "RHF")[1]


def test_python_takes_a_list_and_refuses_a_bad_one(own: Path) -> None:
    reading = casus.read(REPORT, published="2021-03-03", actors=own)
    assert reading.events[0].perpetrators[0].identifiers == ("mine:7",)
    own.write_text(OWN.replace("militia", "army"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 2: kind is 'army'"):
        casus.read(REPORT, actors=own.with_name("mine.tsv").rename(own.with_name("bad.tsv")))


def test_imports_make_a_list_that_passes_the_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    published = tmp_path / "actors.csv"
    published.write_text(
        'ActorId,NameData,NameOrigFullEng,Org,Location\n7,LTTE,n/a,1,Sri Lanka\nx,,,1,"Mali, Niger"\n',
        encoding="utf-8",
    )
    made = tmp_path / "made.tsv"
    code, _, err = run(capsys, "actors", "import", "ucdp", published, "--output", made)
    assert code == 0
    assert "2 rows: 1 known actors extended, 0 new, 0 unclear, 1 left out" in err
    assert "line 3: left out: ActorId is 'x'" in err
    assert run(capsys, "actors", "check", made)[0] == 0
    published.write_text("actor_name,inter\nAl Shabaab,2\n", encoding="utf-8")
    code, out, err = run(capsys, "actors", "import", "acled", published, "--quiet")
    assert (code, err) == (0, "")
    assert "acled:Al Shabaab" in out


def test_evaluate_actors_prints_a_table_and_the_misses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    table = tmp_path / "cases.tsv"
    table.write_text("text\tkind\n{Gunmen} fled.\tarmed_group\n{Bandits} fled.\tmilitia\n", encoding="utf-8")
    code, out, _ = run(capsys, "evaluate", "actors", table, "--each")
    assert code == 0
    assert "all       kind             2      1   0.500" in out
    assert "line 3: Bandits: kind is gang, expected militia" in out
