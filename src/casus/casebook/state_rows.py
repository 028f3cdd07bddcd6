"""What is kept of an event beside its record, to search, sort and count by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from casus.casebook.features import folded_name
from casus.casebook.records import Event, Grade, Role, Told, Waiting
from casus.casebook.tolls import total_of
from casus.casebook.withholding import Hidden
from casus.model import Harm

_LOW_SCORE = 0.5
_RANKS = tuple(Waiting)


def waiting_of(event: Event, score: float | None) -> Waiting | None:
    """Why an event waits for a person, None where it does not."""
    if event.needs_review:
        return Waiting.CHANGED
    if event.is_reviewed or event.is_rejected:
        return None
    if event.disputes or event.grade is Grade.CONTESTED:
        return Waiting.CONTESTED
    return Waiting.LOW_SCORE if score is not None and score < _LOW_SCORE else Waiting.NEW


def state_row(event: Event, told: Sequence[Told], hidden: Hidden) -> dict[str, Any]:
    """What is searched of an event; its revision is left to add."""
    where = event.where
    killed, injured = total_of(event.tolls, Harm.KILLED), total_of(event.tolls, Harm.INJURED)
    score = _score(event, told)
    waiting = waiting_of(event, score)
    named = list(_names(event))
    names = dict.fromkeys(folded for folded, _ in named)
    shut = {folded for folded, is_known in named if hidden.covers(folded, is_known=is_known)}
    place = folded_name(where.name)
    return {
        "event": event.id,
        "event_type": event.event_type,
        "day": event.when.start or date.max,
        "start": event.when.start,
        "end": event.when.end,
        "country": where.country_code,
        "adm1": where.adm1,
        "place": where.name,
        "latitude": where.latitude,
        "longitude": where.longitude,
        "grade": event.grade,
        "adm2": where.adm2,
        "geonames_id": where.geonames_id,
        "precision_code": where.precision_code,
        "killed_low": killed[0],
        "killed_best": killed[1],
        "killed_high": killed[2],
        "injured_low": injured[0],
        "injured_best": injured[1],
        "injured_high": injured[2],
        "harms": f" {' '.join(dict.fromkeys(str(row.harm) for row in event.tolls))} ",
        "disputes": len(event.disputes),
        "score": score,
        "waits_for": None if waiting is None else str(waiting),
        "reports": event.reports,
        "sources": len(event.sources),
        "is_reviewed": event.is_reviewed,
        "is_rejected": event.is_rejected,
        "needs_review": bool(event.needs_review),
        "assignee": event.assignee,
        "names": "\n".join(names),
        "open_names": "\n".join(name for name in names if name not in shut),
        "is_place_withheld": place in shut,
        "pressing": _RANKS.index(waiting) if waiting else len(_RANKS),
        "newest": -event.when.start.toordinal() if event.when.start else 0,
    }


def _score(event: Event, told: Sequence[Told]) -> float | None:
    """How sure the place is, by the surest account that gives it; None where there is none."""
    scores = [one.event.where.score for one in told if one.key in event.where.keys]
    return max((score for score in scores if score is not None), default=None)


def _names(event: Event) -> Iterator[tuple[str, bool]]:
    """The folded names of places and actors, each with whether it is a place's or in the registry."""
    where = event.where
    for name in (where.name, where.adm1, where.adm2):
        if folded := folded_name(name):
            yield folded, True
    for actors in (event.perpetrators, event.targets):
        for actor in actors:
            if folded := folded_name(actor.name):
                yield folded, actor.registry_id is not None


def actor_rows(event: Event, hidden: Hidden) -> list[dict[str, Any]]:
    """Whom an event names, each once a role."""
    rows: dict[tuple[Role, str], dict[str, Any]] = {}
    for role, actors in ((Role.PERPETRATOR, event.perpetrators), (Role.TARGET, event.targets)):
        for actor in actors:
            folded = folded_name(actor.name)
            if folded:
                rows[role, folded] = {
                    "event": event.id,
                    "role": str(role),
                    "folded": folded,
                    "name": actor.name,
                    "registry_id": actor.registry_id,
                    "country": actor.country_code,
                    "is_withheld": hidden.covers(folded, is_known=actor.registry_id is not None),
                }
    return list(rows.values())
