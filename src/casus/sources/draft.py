"""What a source gives before it is checked and becomes a report."""

from __future__ import annotations

from dataclasses import dataclass, field

from casus.sources.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as it was found, with what the source says about it.

    `origin` names the source in messages: a path, with line or item where it holds many.
    """

    origin: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    id: str | None = None
