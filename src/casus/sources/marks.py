"""How far a source was taken in, so that the next run goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """What to keep of a source once everything that came before this mark is safe.

    `value` is for the source alone to understand; it can be written as JSON.
    """

    source: str
    value: Mapping[str, Any]


Recall = Callable[[str], Mapping[str, Any] | None]
"""Gives what was last kept of a source, None where nothing was."""


def _nothing(_source: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Past:
    """What earlier runs kept.  `reader` tells apart what another reader has yet to read."""

    recall: Recall = field(default=_nothing)
    reader: str = ""
