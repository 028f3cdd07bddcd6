"""Answers as plain values, for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np


def plain(value: Any) -> Any:
    """An answer as dictionaries, lists, numbers and texts: its fields, and what it works out of them.

    Days are ISO 8601, unknown is None.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        worked_out = [name for name, one in vars(type(value)).items() if isinstance(one, property)]
        names = [*(one.name for one in fields(value)), *worked_out]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value
