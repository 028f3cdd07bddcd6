"""Signs of one event in when and where an incident took place (weighed by `joining`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from casus.model import EventDate, EventType, Harm
from casus.reading.clusters import places_differ
from casus.reading.dating import days, overlap
from casus.reading.drafts import (
    EventDraft,
)
from casus.reading.incidents import Incident
from casus.resolving.places import PlaceKind, PlaceMention

_OLD = timedelta(days=21)
ENDS = frozenset((Harm.RELEASED, Harm.ESCAPED))
_SEIZED = frozenset((Harm.ABDUCTED, Harm.ARRESTED, Harm.CAPTURED))
_OPENING = 4  # tokens; how far in a place may stand to open a sentence
_QUARTERS = frozenset(
    ("quarter", "neighbourhood", "neighborhood", "suburb", "ward", "slum", "sector", "street")
)
_WIDE = (PlaceKind.COUNTRY, PlaceKind.DEMONYM)


def date_signs(
    draft: EventDraft,
    incident: Incident,
    when: EventDate | None,
    published_on: date | None,
    *,
    is_first: bool,
) -> Iterator[str]:
    """Whether the days agree, where both are told; no sign for a release of captives told before."""
    if is_release_of(draft, incident):
        yield "freed"
        return
    if when is None:
        return
    if draft.when is None:
        is_rival = incident.has_toll() and draft.has_toll() and not is_title_alone(draft)
        is_old = published_on is not None and when.end is not None and published_on - when.end > _OLD
        if is_rival:
            yield "date.first" if is_first and published_on is not None and not is_old else "date.rival"
        else:
            yield "date.new_only"
        if is_old:
            yield "date.old"
    elif when.start == draft.when.start and when.end == draft.when.end:
        yield "date.same"
    elif not overlap(when, draft.when):
        yield "date.conflict"
    else:
        yield "date.inside" if days(draft.when) >= 3 and days(when) < 3 else "date.near"


def is_release_of(draft: EventDraft, incident: Incident) -> bool:
    """True where one tells of a seizure and the other only of how it ended, whatever the day."""
    mine, theirs = {h.harm for h in incident.harms}, draft.harms()
    ends, begins = mine <= ENDS and bool(mine), theirs <= ENDS and bool(theirs)
    if ends and not begins:
        return bool(theirs & _SEIZED) or EventType.ABDUCTION in draft.types()
    return begins and not ends and (bool(mine & _SEIZED) or EventType.ABDUCTION in incident.types())


def is_title_alone(draft: EventDraft) -> bool:
    """True for an event that so far only the title has told."""
    return all(i.sentence.is_title for i in draft.incidents)


def local_places(incident: Incident) -> list[PlaceMention]:
    """An incident's places smaller than a country."""
    return [p for _, p in incident.places if p.kind not in _WIDE]


def place_signs(draft: EventDraft, incident: Incident) -> Iterator[str]:
    """Whether the places agree, where both are told."""
    mine = local_places(incident)
    theirs = [p for p in draft.places() if p.kind not in _WIDE]
    countries = {p.place.country_code for _, p in incident.places if p.place.country_code}
    their_countries = {p.place.country_code for p in draft.places() if p.place.country_code}
    if is_release_of(draft, incident):
        return
    if any(_same_place(a, b) for a in mine for b in theirs):
        yield "place.same"
    elif countries and their_countries and not countries & their_countries:
        yield "place.conflict"
    elif not mine:
        return
    elif not theirs:
        yield "place.new_only"
    elif all(places_differ(a, b) and not _is_quarter(incident, a) for a in mine for b in theirs):
        yield "place.conflict"
    else:
        yield "place.within"


def _is_quarter(incident: Incident, mention: PlaceMention) -> bool:
    """True for "the Boriki quarter": a part of a town that may have been named before."""
    tokens = incident.sentence.tokens_in(mention.start_char, mention.end_char)
    return tokens is not None and bool(_QUARTERS & set(incident.sentence.words[tokens[1] : tokens[1] + 1]))


def _same_place(a: PlaceMention, b: PlaceMention) -> bool:
    pa, pb = a.place, b.place
    if pa.geonames_id is not None and pa.geonames_id == pb.geonames_id and a.kind == b.kind:
        return True
    return bool(pa.name and pb.name and pa.name.lower() == pb.name.lower())


def opens_elsewhere(draft: EventDraft, incident: Incident) -> bool:
    """True where a sentence opens with a place that the event told before does not have."""
    words = incident.sentence.words
    if not words or words[0] not in ("in", "at", "near", "outside", "around"):
        return False
    known = [p for p in draft.places() if p.kind not in _WIDE]
    for mention in local_places(incident):
        tokens = incident.sentence.tokens_in(mention.start_char, mention.end_char)
        if tokens is not None and tokens[0] <= _OPENING:
            return not any(_same_place(mention, other) for other in known)
    return False
