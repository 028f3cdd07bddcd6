"""Where a report as a whole puts a place of which the text says nothing."""

from __future__ import annotations

from dataclasses import replace

from casus.resolving.gazetteer import Entry, EntryKind
from casus.resolving.places.chains import Chain
from casus.resolving.places.draft import Draft
from casus.resolving.places.records import PlaceRelation
from casus.resolving.places.senses import is_firm
from casus.resolving.places.vocabulary import word_set

_SURE_SHARE = 0.5
_CLOSE_KM = 30.0
_CITY_PARTS = word_set("district quarter neighbourhood neighborhood suburb ward")


def surroundings(draft: Draft, at: int) -> Chain:
    """The chain that an unknown place of a report most likely has.

    A place that is told to be near another lies in its country, and in its first-order
    unit where the distance is small.  Else the country is that of the last place before
    it that something is said to be in or near, else the report's main one.  The
    first-order unit is then the last that the paragraph has named, the only one of that
    country in the report, or the only one of title and lead; what is called a district
    or quarter takes it from a city too.
    """
    anchor = next((outer for inner, outer in draft.links.nearby if inner == at), None)
    if anchor is not None and (entry := draft.entry(anchor)) is not None:
        is_close = (draft.cues[anchor].distance_km or 0.0) <= _CLOSE_KM
        return (
            replace(draft.named.chain(entry), adm2=None, adm2_id=None)
            if is_close
            else Chain(entry.country_code)
        )
    before = [other for other in range(at) if _tells(draft, other)]
    nearest = next((draft.entry(other) for other in reversed(before)), None)
    code = nearest.country_code if nearest is not None else None
    if code is None and draft.main_country and draft.context.firm_share(draft.main_country) >= _SURE_SHARE:
        code = draft.main_country
    if code is None and draft.spots[at].is_given:
        code = draft.main_country  # a place for sure, so it lies somewhere
    if code is None:
        return Chain()
    noun = draft.cues[at].noun
    is_city_part = noun is not None and noun.word in _CITY_PARTS
    unit = (
        _unit_of_paragraph(draft, at, code)
        or _only_unit(draft, code, is_city_part=is_city_part)
        or _unit_of_lead(draft, code)
    )
    return Chain(code) if unit is None else draft.named.chain(unit)


def _tells(draft: Draft, at: int) -> bool:
    """Whether a spot says where the report is: not the dateline, not a country that only acts."""
    cue, entry = draft.cues[at], draft.entry(at)
    if entry is None or entry.country_code is None or not draft.is_place(at):
        return False
    chosen = draft.chosen(at)
    is_sure = (
        draft.spots[at].is_given
        or not draft.likely
        or entry.country_code in draft.likely
        or (chosen is not None and is_firm(draft.sense(at), draft.sense(at).candidates[chosen]))
    )
    is_state = entry.kind is EntryKind.COUNTRY
    is_beside = cue.relation is PlaceRelation.BORDER or (is_state and cue.relation is PlaceRelation.NEAR)
    is_foreign_seat = draft.is_capital(entry) and entry.country_code != draft.main_country
    is_aside = cue.is_dateline or is_beside or is_foreign_seat or draft.spots[at].is_demonym
    return is_sure and cue.is_strong and not is_aside


def _unit_of_paragraph(draft: Draft, at: int, code: str) -> Entry | None:
    text = draft.passage.text
    start = text.rfind("\n", 0, draft.spots[at].start_char)
    for other in range(at - 1, -1, -1):
        if draft.spots[other].start_char < start:
            break
        entry = draft.entry(other)
        if entry is None or entry.country_code != code or not draft.is_place(other):
            continue
        if entry.kind is EntryKind.ADM1:
            return entry
        if _tells(draft, other) and not draft.is_capital(entry):
            return draft.named.gazetteer.entry(entry.adm1_id)
    return None


def _only_unit(draft: Draft, code: str, *, is_city_part: bool) -> Entry | None:
    """The one first-order unit of a country that the report has, if there is just one.

    A capital does not count: reports name it for the government.
    """
    units: dict[int, Entry] = {}
    for at in range(len(draft.spots)):
        entry = draft.entry(at)
        if entry is None or entry.country_code != code or entry.adm1_id is None or not draft.is_place(at):
            continue
        if is_city_part or not (draft.cues[at].is_dateline or draft.is_capital(entry)):
            unit = draft.named.gazetteer.entry(entry.adm1_id)
            if unit is not None:
                units[unit.id] = unit
    return next(iter(units.values())) if len(units) == 1 else None


def _unit_of_lead(draft: Draft, code: str) -> Entry | None:
    """The one first-order unit of a country that the title and the first paragraph name."""
    text = draft.passage.text
    end = text.find("\n", text.find("\n\n") + 2) if "\n\n" in text else text.find("\n")
    entries = (draft.entry(at) for at in range(len(draft.spots)) if draft.spots[at].start_char < end)
    units = {
        entry.id: entry
        for entry in entries
        if entry is not None and entry.kind is EntryKind.ADM1 and entry.country_code == code
    }
    return next(iter(units.values())) if len(units) == 1 else None
