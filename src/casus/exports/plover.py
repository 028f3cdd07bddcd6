"""Events as PLOVER records, one JSON object a line.

Event types and modes: PLOVER's manual and its table of CAMEO codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from casus.casebook.dossiers import Dossier
from casus.casebook.records import Event
from casus.exports.country_codes import codes_of, country_name
from casus.exports.parties import Party, PartyKind, perpetrators_of, targets_of
from casus.model import EventType

_TYPES: dict[EventType, tuple[str, str | None]] = {
    EventType.ARMED_CLASH: ("ASSAULT", None),
    EventType.ATTACK: ("ASSAULT", None),
    EventType.KILLING: ("ASSAULT", None),
    EventType.BOMBING: ("ASSAULT", "explosives"),
    EventType.SHELLING: ("ASSAULT", "heavy-weapons"),
    EventType.AIR_STRIKE: ("ASSAULT", "aerial"),
    EventType.ABDUCTION: ("ASSAULT", "abduct"),
    EventType.DESTRUCTION: ("ASSAULT", "destroy"),
    EventType.ARREST: ("COERCE", "arrest"),
    EventType.PROTEST: ("PROTEST", "demo"),
    EventType.RIOT: ("PROTEST", "riot"),
}
# Of the weapons of an assault without a mode of its own; the first that fits counts.
_MODES = (
    ("suicide-attack", re.compile(r"\bsuicide\b", re.IGNORECASE)),
    ("explosives", re.compile(r"\b(?:bombs?|mines?|explosives?|grenades?|IEDs?)\b", re.IGNORECASE)),
    ("heavy-weapons", re.compile(r"\b(?:mortars?|artillery|rockets?|missiles?|tanks?)\b", re.IGNORECASE)),
    ("firearms", re.compile(r"\b(?:firearms?|guns?|rifles?|pistols?|machine[- ]guns?)\b", re.IGNORECASE)),
    ("primitive", re.compile(r"\b(?:machetes?|knife|knives|axes?|clubs?|spears?|swords?)\b", re.IGNORECASE)),
)
_SECTORS = {
    PartyKind.STATE: "GOV",
    PartyKind.PEACEKEEPERS: "MIL",
    PartyKind.ARMED_GROUP: "REB",
    PartyKind.MILITIA: "UAF",
    PartyKind.COMMUNAL_GROUP: "UAF",
    PartyKind.UNNAMED_FIGHTERS: "UAF",
    PartyKind.CIVILIANS: "CVL",
}


def plover_record(dossier: Dossier) -> dict[str, Any] | None:
    """An event as PLOVER has it, None for what PLOVER has no event type for."""
    event = dossier.event
    if event.event_type not in _TYPES:
        return None
    name, mode = _TYPES[event.event_type]
    where, start = event.where, event.when.start
    reports = {one.report.number: one.report for one in dossier.told}
    return {
        "id": event.id,
        "date": start.isoformat() if start else None,
        "date_end": event.when.end.isoformat() if event.when.end else None,
        "date_precision": str(event.when.precision),
        "actor": _parties(perpetrators_of(event)),
        "recipient": _parties(targets_of(event)),
        "location": {
            "name": where.name,
            "country": codes_of(where.country_code).iso3,
            "country_name": country_name(where.country_code),
            "adm1": where.adm1,
            "adm2": where.adm2,
            "latitude": where.latitude,
            "longitude": where.longitude,
            "geonames_id": where.geonames_id,
            "precision": where.precision_code,
        },
        "event": name,
        "mode": _mode(event, mode) if name == "ASSAULT" else mode,
        "context": [],
        "text": " … ".join(dict.fromkeys(dossier.quotes.values())) or None,
        "publication": [
            {
                "publisher": one.publisher,
                "date": one.published_on.isoformat() if one.published_on else None,
                "title": one.title,
                "url": one.url,
            }
            for one in reports.values()
        ],
    }


def _mode(event: Event, mode: str | None) -> str | None:
    names = " / ".join(one.name for one in event.weapons)
    if mode == "explosives":
        return "suicide-attack" if _MODES[0][1].search(names) else mode
    return mode or next((found for found, pattern in _MODES if pattern.search(names)), None)


def _parties(parties: Sequence[Party]) -> list[dict[str, str | None]]:
    return [
        {
            "name": one.name,
            "country": codes_of(one.country_code).iso3,
            "sector": _SECTORS.get(one.kind),
        }
        for one in parties
    ]
