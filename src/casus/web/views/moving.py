"""Records whose evidence is pointed at a text from which names were taken out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from casus.exports.redacting import RedactedText
from casus.model import Evidence, Issue

Record = TypeVar("Record")


def moved(record: Record, text: RedactedText) -> Record:
    """A record with its spans where they stand in the text that is shown."""
    if not text.cuts:
        return record
    changed: Record = _moved(record, text)
    return changed


def _moved(value: Any, text: RedactedText) -> Any:
    if isinstance(value, Evidence):
        return Evidence(*text.span(value.start_char, value.end_char), value.rule)
    if isinstance(value, Issue):
        if value.start_char is None or value.end_char is None:
            return value
        start_char, end_char = text.span(value.start_char, value.end_char)
        return replace(value, start_char=start_char, end_char=end_char)
    if isinstance(value, tuple):
        return tuple(_moved(one, text) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {one.name: _moved(getattr(value, one.name), text) for one in fields(value)}
        return replace(value, **changes)
    return value
