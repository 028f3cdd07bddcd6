"""An input that could not be read, kept so that the rest can be."""

from __future__ import annotations

from dataclasses import dataclass

from casus.errors import SourceError


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """Which input failed, and why.  The error's message names the origin, too."""

    origin: str
    error: SourceError
