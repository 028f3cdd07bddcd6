"""What can be used is in the manual, and what the manual shows works."""

from __future__ import annotations

import dataclasses
import doctest
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from casus.cli import app
from casus.model import ClaimKind
from casus.output import reading_record
from casus.output.gold import GoldRecord
from casus.reading import read_reports
from casus.reading.joining import WEIGHTS
from casus.resolving.dates.grammar import load_grammar
from casus.settings import Settings
from casus.sources import SourcedReport, load
from casus.sources.kinds import KIND_OF_SUFFIX

ROOT = Path(__file__).parents[1]
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands(group: object, path: str = "casus") -> Iterator[tuple[str, TyperCommand]]:
    """Each command that does something, with the words that call it."""
    assert isinstance(group, TyperGroup)
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{path} {name}")
        else:
            assert isinstance(command, TyperCommand)
            yield f"{path} {name}", command


ALL_COMMANDS = dict(commands(typer.main.get_command(app)))


def test_there_are_the_commands_that_are_promised() -> None:
    promised = (
        "read, schema, evaluate gold, evaluate dates, evaluate actors, evaluate toponyms, evaluate links, "
        "gazetteer build, gazetteer info, gazetteer find, "
        "actors check, actors find, actors info, actors import ucdp, actors import acled, "
        "agreements list, agreements show, agreements add, agreements correct, agreements join, "
        "agreements part, agreements reject, agreements undo, agreements history, "
        "ingest, events, show, link, review, merge, split, history, export, compare, rebuild, serve, "
        "trend, check, estimate, map, report, archive read, archive show, archive link, archive load, "
        "patterns units, patterns repeats, patterns parties, patterns harms, "
        "people add, people list, people role, people close, people password, people token"
    )
    assert set(ALL_COMMANDS) == {f"casus {command}" for command in promised.split(", ")}


@pytest.mark.parametrize("words", ALL_COMMANDS)
def test_each_command_is_in_the_manual_with_its_options(words: str) -> None:
    assert words in COMMANDS
    for parameter in ALL_COMMANDS[words].params:
        for option in parameter.opts:
            if option.startswith("-"):
                assert f"`{option}`" in COMMANDS, f"{words} {option}"


@pytest.mark.parametrize("words", ALL_COMMANDS)
def test_the_help_of_each_command_has_an_example_of_it(words: str) -> None:
    told = ALL_COMMANDS[words].help
    assert told is not None
    assert re.search(rf"Examples?\[/bold\].*{words}", told, re.DOTALL)


@pytest.mark.parametrize("words", ALL_COMMANDS)
def test_each_option_has_help(words: str) -> None:
    for parameter in ALL_COMMANDS[words].params:
        assert getattr(parameter, "help", None), f"{words} {parameter.name}"


def test_each_setting_is_in_the_manual_with_its_default() -> None:
    for setting in dataclasses.fields(Settings):
        variable = f"CASUS_{setting.name.upper().removesuffix('_PATH')}"
        row = next(line for line in COMMANDS.split("\n") if f"`{variable}`" in line)
        assert setting.default is None or f"{setting.default}" in row


def test_each_kind_of_file_is_in_the_manual() -> None:
    manual = (ROOT / "docs" / "input.md").read_text("utf-8")
    assert all(f"`{suffix}`" in manual for suffix in KIND_OF_SUFFIX)


def test_each_key_of_a_coded_record_is_in_the_coding_rules() -> None:
    manual = (ROOT / "docs" / "coding-rules.md").read_text("utf-8")
    keys = set(_keys(GoldRecord.model_json_schema()))
    values = set(_values(GoldRecord.model_json_schema()))
    told = set(re.findall(r"`(\w+)`|\"(\w+)\":", manual))
    names = {name for pair in told for name in pair}
    harms = set(re.findall(r"\w+", (ROOT / "docs" / "words.md").read_text("utf-8")))
    assert keys <= names
    assert values <= names | harms | {"security_forces"}


def _keys(schema: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    yield from schema["properties"]
    for part in schema["$defs"].values():
        yield from part.get("properties", ())


def _values(schema: dict[str, dict[str, dict[str, list[str]]]]) -> Iterator[str]:
    for part in schema["$defs"].values():
        yield from part.get("enum", ())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_manual_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_examples_of_the_readme_work() -> None:
    outcome = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_the_readme_names_both_commands_that_set_casus_up() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in readme
    assert "make test" in readme
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"install", "demo", "test", "bench", "clean"} <= set(
        re.findall(r"^(\w+):", makefile, re.MULTILINE)
    )


def test_each_rule_that_reads_the_examples_is_in_the_manual() -> None:
    manual = (ROOT / "docs" / "rules.md").read_text("utf-8")
    found = load([ROOT / "examples" / "reports"])
    reports = [item.report for item in found if isinstance(item, SourcedReport)]
    records = [reading_record(reading).model_dump_json() for reading in read_reports(reports)]
    rules = set(re.findall(r'"rule":"([^"]+)"', "\n".join(records)))
    assert len(rules) > 10
    assert not {rule for rule in rules if f"`{rule}`" not in manual}


def test_the_rules_of_the_manual_are_those_of_the_source() -> None:
    manual = (ROOT / "docs" / "rules.md").read_text("utf-8")
    names = "|".join(line for line in manual.split("\n") if line.startswith("| `")).split("`")[1::2]
    told = [name for name in names if re.fullmatch(r"[a-z]+\.[a-z_]+", name)]
    assert len(told) == len(set(told))
    assert set(told) == set(_rules_of_the_source())


_RULE_KINDS = "act|actor|agreement|event|harm|place|said|statistic|target|toll|weapon"


def _rules_of_the_source() -> Iterator[str]:
    """The names of rules in the source; those of dates and claims are put together there."""
    for package in ("reading", "resolving"):
        for path in (ROOT / "src" / "casus" / package).rglob("*.py"):
            source = path.read_text("utf-8")
            yield from set(re.findall(rf'"((?:{_RULE_KINDS})\.[a-z_]+)"', source)) - set(WEIGHTS)
            yield from (f"date.{name}" for name in re.findall(r'make_mention\(sheet, "(\w+)"', source))
    expressions = load_grammar().expressions.groupindex
    yield from (f"date.{name}" for name in expressions if not name.startswith("mask_"))
    yield from (f"claim.{kind}" for kind in ClaimKind)


def test_each_example_report_is_described() -> None:
    described = (ROOT / "examples" / "README.md").read_text("utf-8")
    texts = sorted((ROOT / "examples" / "reports").glob("*.txt"))
    assert len(texts) >= 5
    for path in texts:
        assert f"`{path.stem}`" in described
        assert json.loads(path.with_suffix(".json").read_text("utf-8"))["published"]
