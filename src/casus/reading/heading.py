"""What only the title tells: "Raiders burn coastal village", over a lead that says it in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casus.reading.incidents import Incident
from casus.reading.sentences import AnnotatedSentence
from casus.reading.timing import scene_date


def title_incidents(sentences: Sequence[AnnotatedSentence]) -> list[Incident]:
    """The incidents of the title, dated and placed by the lead, where the lead tells none; else none."""
    if not sentences or not sentences[0].sentence.is_title:
        return []
    lead = next((s for s in sentences[1:] if _is_told(s)), None)  # past the byline
    if lead is None or lead.incidents:
        return []
    return [_with_lead(incident, lead) for incident in sentences[0].incidents]


def _is_told(annotated: AnnotatedSentence) -> bool:
    return any(token.pos_ in ("VERB", "AUX") for token in annotated.sentence.tokens)


def _with_lead(incident: Incident, lead: AnnotatedSentence) -> Incident:
    trigger = incident.triggers[0]
    day = scene_date(lead.sentence, lead.marks, lead.statements)
    dates = [(trigger, day)] if day is not None else []
    places = [(trigger, m) for _, _, m in lead.marks.places]
    return replace(incident, dates=incident.dates or dates, places=[*places, *incident.places])
