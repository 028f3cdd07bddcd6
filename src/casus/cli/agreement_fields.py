"""The fields of an agreement as options and files give them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated

import typer

_UNTIL = re.compile(r"\s+until\s+(?P<day>\d{4}(?:-\d{2}(?:-\d{2})?)?)\s*$", re.IGNORECASE)

FileArgument = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="The agreement as JSON; - for standard input.")
]
FileOption = Annotated[
    Path | None,
    typer.Option("--file", metavar="FILE", help="The fields that change as JSON, or a list of commitments."),
]
NameOption = Annotated[str | None, typer.Option("--name", metavar="NAME", help="What it is called.")]
PartyOption = Annotated[
    list[str] | None, typer.Option("--party", metavar="NAME", help="A party; can be given several times.")
]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="When: 2020-06-10, 2020-06 or 2020.")
]
CommitmentOption = Annotated[
    list[str] | None,
    typer.Option(
        "--commitment",
        metavar="BY: TEXT [until DATE]",
        help="What a party undertook; can be given several times.",
    ),
]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="TEXT", help="Where it stands: an address, or a report."),
]


def new_agreement(
    file: Path | None,
    *,
    name: str | None,
    party: list[str] | None,
    on: str | None,
    commitment: list[str] | None,
    source: str | None,
) -> dict[str, object]:
    """The fields of an agreement to enter; those of options take the place of the file's."""
    given = {} if file is None else _object_in(file)
    return given | _from_options(name, party, on, commitment) | ({"source": source} if source else {})


def corrections(
    file: Path | None,
    *,
    name: str | None,
    party: list[str] | None,
    on: str | None,
    commitment: list[str] | None,
) -> dict[str, object]:
    """The fields that change, by name; an error of usage where none does."""
    given: dict[str, object] = {}
    if file is not None:
        told = _read(file)
        given = {"commitments": told} if isinstance(told, list) else _object_in(file, told)
    changes = given | _from_options(name, party, on, commitment)
    if not changes:
        raise typer.BadParameter("say what changes: --name, --party, --on, --commitment or --file")
    return changes


def _from_options(
    name: str | None, party: list[str] | None, on: str | None, commitment: list[str] | None
) -> dict[str, object]:
    fields: dict[str, object | None] = {
        "name": name,
        "parties": party or None,
        "agreed_on": on,
        "commitments": [_commitment(one) for one in commitment] if commitment else None,
    }
    return {field: value for field, value in fields.items() if value is not None}


def _commitment(told: str) -> dict[str, str]:
    """A commitment as an option has it: "BY: TEXT until DATE"."""
    until = _UNTIL.search(told)
    by, colon, text = (told[: until.start()] if until else told).partition(":")
    if not colon or not by.strip() or not text.strip():
        raise typer.BadParameter(
            f"{told!r}: write BY: TEXT, such as 'Amal Duur: stop the raids until 2020-08-01'",
            param_hint="--commitment",
        )
    deadline = {"deadline": until["day"]} if until else {}
    return {"by": by.strip(), "text": text.strip(), **deadline}


def _object_in(file: Path, told: object = None) -> dict[str, object]:
    told = _read(file) if told is None else told
    if not isinstance(told, dict):
        raise typer.BadParameter(f"{file} holds no JSON object with the fields of an agreement")
    return told


def _read(file: Path) -> object:
    try:
        text = typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text("utf-8")
        return json.loads(text)
    except OSError as error:
        raise typer.BadParameter(f"can't read {file}: {error.strerror}") from error
    except ValueError as error:
        raise typer.BadParameter(f"{file} is no JSON: {error}") from error
