"""How many people live in units, from a file that the user brings: none are built in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from casus.analysis.selecting import country_code
from casus.casebook.features import folded_name
from casus.errors import NotAnswerable

Populations = Mapping[tuple[str, ...], int]
"""People by the country's code and the folded names of the units, from the widest."""


def key_of(names: Sequence[str | None]) -> tuple[str, ...]:
    """What a unit is found by: its country's code, and names without regard to case and accents."""
    country, *units = names
    return ((country or "").upper(), *(folded_name(name) or "" for name in units))


def populations_of(path: Path, fields: Sequence[str]) -> Populations:
    """The populations in a CSV or TSV file with the columns of a level, and `population`.

    `fields` are country (a code or a name), and then adm1, adm2 and place as far as the level
    goes.  Raises `NotAnswerable` with the line where a row has no whole number above 0, or
    stands twice.
    """
    found: dict[tuple[str, ...], int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, delimiter="\t" if path.suffix == ".tsv" else ",")
            missing = [name for name in (*fields, "population") if name not in (reader.fieldnames or ())]
            if missing:
                raise NotAnswerable(f"{path}: there is no column {missing[0]!r} in its first line")
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                names = [row[name] for name in fields]
                key = key_of((country_code(names[0] or ""), *names[1:]))
                if key in found:
                    raise NotAnswerable(f"{where}: {', '.join(filter(None, names))} stands twice")
                found[key] = _people(row["population"], where)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NotAnswerable(f"can't read populations from {path}: {error}") from error
    return found


def _people(told: str | None, where: str) -> int:
    digits = (told or "").strip()
    if not (digits.isascii() and digits.isdecimal() and int(digits)):
        raise NotAnswerable(f"{where}: {told!r} is no number of people: write digits alone, such as 120500")
    return int(digits)
