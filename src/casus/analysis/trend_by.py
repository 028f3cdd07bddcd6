"""What trends are grouped by; beside nothing that takes long to load, for the command line's help."""

from __future__ import annotations

from enum import StrEnum


class TrendBy(StrEnum):
    """What the events of a trend can be grouped by."""

    COUNTRY = "country"
    ADM1 = "adm1"
    EVENT_TYPE = "event_type"
    GRADE = "grade"
    PERPETRATOR = "perpetrator"
    TARGET = "target"
