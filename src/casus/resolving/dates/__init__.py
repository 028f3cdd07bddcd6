"""Dates in the language of news."""

from __future__ import annotations

from casus.resolving.dates.find import find_dates
from casus.resolving.dates.mention import (
    DateKind,
    DateMention,
    DateUnit,
    PartOfDay,
    Relation,
    Unresolved,
    month_or_day_iso,
)

__all__ = [
    "DateKind",
    "DateMention",
    "DateUnit",
    "PartOfDay",
    "Relation",
    "Unresolved",
    "find_dates",
    "month_or_day_iso",
]
