"""A Frictionless data package: a folder with CSV tables, their codebook, and what they are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from casus.casebook.dossiers import Dossier
from casus.exports.about import ATTRIBUTION, FORMAT, LICENCES, About
from casus.exports.cells import cell
from casus.exports.event_columns import EVENT_COLUMNS
from casus.exports.tables import (
    ACCOUNTS,
    CLAIMS,
    REPORTS,
    TOLLS,
    Field,
    Reported,
    TableForm,
    account_rows,
    claim_rows,
    toll_rows,
)
from casus.model import Category, EventType, Harm

DESCRIPTOR = "datapackage.json"
CODEBOOK = "codebook.md"
EVENTS = TableForm(
    "events",
    "What happened, one row an event.",
    tuple(Field(column.name, column.kind, column.description) for column in EVENT_COLUMNS),
    ("id",),
    (),
)
TABLES = (EVENTS, TOLLS, ACCOUNTS, CLAIMS, REPORTS)
_CHOICES = {
    ("events", "event_type"): tuple(EventType),
    ("accounts", "event_type"): tuple(EventType),
    ("tolls", "harm"): tuple(Harm),
    ("tolls", "category"): tuple(Category),
}
_REQUIRED = frozenset({"event_type", "harm", "category", "event", "account", "report", "is_main"})


def write_datapackage(folder: Path, dossiers: Iterable[Dossier], about: About) -> int:
    """Write the package into a folder that is there; gives the number of events left out, which is 0."""
    reported = Reported()
    rows_of = {"tolls": toll_rows, "accounts": account_rows, "claims": claim_rows, "reports": reported.rows}
    with ExitStack() as files:
        writers = {}
        for form in TABLES:
            handle = files.enter_context(
                (folder / f"{form.name}.csv").open("w", encoding="utf-8", newline="")
            )
            writers[form.name] = csv.writer(handle)
            writers[form.name].writerow([one.name for one in form.fields])
        for dossier in dossiers:
            writers["events"].writerow([cell(column.value(dossier.event)) for column in EVENT_COLUMNS])
            for name, rows in rows_of.items():
                writers[name].writerows([cell(value) for value in row] for row in rows(dossier))
    descriptor = _descriptor(about, tuple(reported.publishers))
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / CODEBOOK).write_text(codebook(about), "utf-8")
    return 0


def codebook(about: About) -> str:
    """What each table and column is, for people."""
    lines = [
        f"# {about.title}: codebook",
        "",
        about.description,
        "",
        f"Made {about.made} by {about.software}; readings by {', '.join(about.readers) or 'no reader'}.",
        f"Licence of the data set: {about.licence}. {ATTRIBUTION}",
        "",
        "An empty cell is an unknown value; it is never zero. A text that begins with = + - @, a tab or a",
        "line end has an apostrophe before it, so that no spreadsheet runs it as a formula; a text that",
        "begins with an apostrophe has another, and one apostrophe alone is an empty text.",
        "Names that people asked to withhold stand as [name withheld].",
    ]
    for form in TABLES:
        lines += ["", f"## {form.name}.csv", "", form.description, "", "| column | type | what it is |"]
        lines += ["| --- | --- | --- |"]
        lines += [f"| `{one.name}` | {one.kind} | {one.description} |" for one in form.fields]
    return "\n".join(lines) + "\n"


def _descriptor(about: About, publishers: tuple[str, ...]) -> dict[str, Any]:
    title, path = LICENCES.get(about.licence, (about.licence, None))
    licence = {"name": about.licence, "title": title} | ({"path": path} if path else {})
    return {
        "profile": "tabular-data-package",
        "name": "casus-events",
        "title": about.title,
        "description": f"{about.description} {ATTRIBUTION} Codebook: {CODEBOOK}.",
        "created": about.made,
        "licenses": [licence],
        "sources": [
            {"title": "GeoNames (CC BY 4.0)", "path": "https://www.geonames.org"},
            *({"title": publisher} for publisher in publishers),
        ],
        "contributors": [{"title": about.software, "role": "wrangler"}],
        "casus": about.record() | {"format": FORMAT},
        "resources": [_resource(form) for form in TABLES],
    }


def _resource(form: TableForm) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(form, one) for one in form.fields],
        "missingValues": [""],
        "primaryKey": list(form.key),
    }
    if form.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": table, "fields": [there]}}
            for column, table, there in form.references
        ]
    return {
        "name": form.name,
        "profile": "tabular-data-resource",
        "path": f"{form.name}.csv",
        "title": form.name.capitalize(),
        "description": form.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(form: TableForm, one: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if one.name in form.key or (form is not EVENTS and one.name in _REQUIRED and form is not CLAIMS):
        constraints["required"] = True
    choices = _CHOICES.get((form.name, one.name))
    if choices is not None:
        constraints["enum"] = [str(choice) for choice in choices]
    described = {"name": one.name, "type": one.kind, "description": one.description}
    if one.kind == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}  # type: ignore[dict-item]
    return described | ({"constraints": constraints} if constraints else {})
