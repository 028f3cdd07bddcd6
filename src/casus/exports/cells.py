"""Values as cells of a CSV file or a sheet, and back.

A spreadsheet runs a text that begins with = + - @ (or their wide forms, a tab or a line end)
as a formula, some of them also after spaces and signs that nobody sees.  Such a text gets an
apostrophe before it.  So that this can be undone, a text
that begins with an apostrophe gets another, and an empty text becomes one apostrophe; a cell
without anything is an unknown value.  Numbers, days and yes or no need none of this.
"""

from __future__ import annotations

import re
from datetime import date

MARK = "'"
_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
_UNSEEN = re.compile(r"^[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")

Value = str | int | float | bool | date | None


def cell(value: Value) -> str:
    """A value as the text of a cell, so that `text_of` gives it back."""
    if value is None:
        return ""
    if isinstance(value, str):
        return marked(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def marked(text: str) -> str:
    """A text that no spreadsheet takes for a formula, and that `text_of` gives back."""
    return MARK + text if not text or text.startswith(MARK) else harmless(text)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, for the formats of others."""
    is_formula = text.startswith(_DANGEROUS) or _UNSEEN.sub("", text, count=1).startswith(_DANGEROUS)
    return MARK + text if is_formula else text


def text_of(shown: str) -> str | None:
    """The text that `cell` was given, None for an unknown one."""
    if not shown:
        return None
    return shown[1:] if shown.startswith(MARK) else shown
