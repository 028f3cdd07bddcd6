"""A timeline of an agreement as JSON."""

from __future__ import annotations

from pydantic import TypeAdapter

from casus.analysis.pact_results import PactTimeline


def json_of(told: PactTimeline) -> str:
    """All that a timeline has, as JSON."""
    return TypeAdapter(PactTimeline).dump_json(told, indent=2).decode()
