"""Which column of a table, or key of a JSON object, holds what of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casus.errors import BadRecord

FIELDS = ("text", "title", "published", "publisher", "url", "id")
_FORM = "write it as FIELD=COLUMN, separated by commas, such as text=body,published=date"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns by the fields that they hold; a field without one is looked for by its own name."""

    of_field: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, value: str) -> Columns:
        """The columns that `text=body,published=date` means.  Raises `BadRecord` for another form."""
        of_field: dict[str, str] = {}
        for part in value.split(","):
            name, equals, column = (piece.strip() for piece in part.partition("="))
            if not equals or not column:
                raise BadRecord(f"--columns: {part.strip()!r} maps nothing: {_FORM}")
            if name not in FIELDS:
                raise BadRecord(f"--columns: {name!r} is no field of a report: use {', '.join(FIELDS)}")
            if name in of_field:
                raise BadRecord(f"--columns: {name} is mapped twice: name one column for it")
            of_field[name] = column
        return cls(of_field)

    def renamed(self, content: object) -> object:
        """A JSON object with the fields' names in place of the columns'; anything else as it is."""
        if not self.of_field or not isinstance(content, dict):
            return content
        taken = set(self.of_field.values())
        rest = {key: value for key, value in content.items() if key not in self.of_field and key not in taken}
        return rest | {name: content[column] for name, column in self.of_field.items() if column in content}

    def select(self, there: list[str], origin: str) -> dict[str, str]:
        """The column of each field, of those that are `there`.

        Raises `BadRecord` where a mapped one is missing, or none holds the text.
        """
        known = ", ".join(there) or "none"
        for name, column in self.of_field.items():
            if column not in there:
                raise BadRecord(f"{origin}: no column {column!r} for {name}: its columns are {known}")
        selected = {name: name for name in FIELDS if name in there} | dict(self.of_field)
        if "url" not in selected and "source_url" in there:
            selected["url"] = "source_url"
        if "text" not in selected:
            raise BadRecord(
                f"{origin}: no column text: its columns are {known}; "
                "say which one holds the text with --columns text=COLUMN"
            )
        return selected


def row_of(selected: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row's values by the fields of a report; an empty one is left out."""
    return {name: row[column] for name, column in selected.items() if row.get(column) not in (None, "")}
