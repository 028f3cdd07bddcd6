"""How the figures of a report come about, and what they can't tell, in words for its readers."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


def method() -> tuple[tuple[str, str], ...]:
    """Headings and paragraphs about the method."""
    return tuple((one["heading"], _one_line(one["says"])) for one in _told()["method"])


def limits() -> tuple[str, ...]:
    """What holds for every report."""
    return tuple(_one_line(one) for one in _told()["limits"])


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    return tomllib.loads((files("casus.analysis.report") / "method.toml").read_text("utf-8"))


def _one_line(text: str) -> str:
    return " ".join(text.split())
