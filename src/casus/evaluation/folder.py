"""A folder of hand-coded reports: `NAME.json` is the record of the report `NAME.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from casus.errors import BadRecord, SourceError, SourceMissing
from casus.evaluation.faults import semantic_faults
from casus.model import Report
from casus.output.gold import GoldRecord
from casus.sources.decoding import decode, tidy
from casus.sources.records import parse_json


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report, and the record that a person made of it in the file `name`."""

    name: str
    report: Report
    record: GoldRecord


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a record: its file, the field as a dotted path, and what to correct."""

    file: str
    field: str
    message: str


def read_folder(directory: Path) -> Iterator[CodedReport | Fault]:
    """The coded reports of a folder by name, and the faults of those that can't be used.

    Raises `SourceMissing` where there is no such folder, or no record in it.
    """
    if not directory.is_dir():
        raise SourceMissing(f"{directory}: no such folder: name one that holds NAME.txt and NAME.json files")
    paths = sorted(directory.glob("*.json"))
    if not paths:
        raise SourceMissing(f"{directory}: no records in this folder: put a NAME.json beside each NAME.txt")
    for path in paths:
        yield from _read_one(path)


def _read_one(path: Path) -> Iterator[CodedReport | Fault]:
    try:
        record = GoldRecord.model_validate(parse_json(path.read_bytes(), path.name))
        report = _report(path, record)
    except ValidationError as error:
        yield from _form_faults(path.name, error)
    except SourceError as error:
        yield Fault(path.name, "(file)", str(error).removeprefix(f"{path.name}: "))
    except OSError as error:
        yield Fault(path.name, "(file)", f"it can't be opened: {error.strerror}")
    else:
        faults = [Fault(path.name, field, message) for field, message in semantic_faults(record, report.text)]
        yield from faults
        if not faults:
            yield CodedReport(path.name, report, record)


def _form_faults(name: str, error: ValidationError) -> Iterator[Fault]:
    for fault in error.errors(include_url=False, include_context=False):
        field = ".".join(str(part) for part in fault["loc"]) or "(record)"
        given = "" if fault["type"] == "missing" else f", not {_shortened(repr(fault['input']))}"
        yield Fault(name, field, fault["msg"].removeprefix("Value error, ") + given)


def _report(path: Path, record: GoldRecord) -> Report:
    text_path = (
        path.with_name(Path(record.report.file).name) if record.report.file else path.with_suffix(".txt")
    )
    if not text_path.is_file():
        raise BadRecord(f"{path.name}: there is no {text_path.name} beside it: add the report's text")
    text = tidy(decode(text_path.read_bytes(), text_path.name))
    return Report.of(
        text,
        title=record.report.title,
        publisher=record.report.publisher,
        published_on=record.report.published,
        url=record.report.source_url,
        id=path.stem,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
