"""Where an event took place: the most exact place that its sentences tell, in the words of the report.

A place named with an event comes first; then one that its words refer back to
(`referring`), one that a sentence beside it tells ("The place was La Joya, a hamlet"),
the place told last in its paragraph, and, for the report's first event, the title's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casus.model import Place
from casus.reading.drafts import EventDraft
from casus.reading.parsing import Sentence
from casus.reading.placing import scene_places
from casus.reading.referring import Antecedent, place_again, place_carried
from casus.reading.sentences import AnnotatedSentence, Annotation
from casus.reading.venues import Venue, lone_venue, named_fully
from casus.resolving.places import PlaceKind, PlaceMention, PlaceRelation
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.vocabulary import place_nouns, words_beside

Told = tuple[Sentence, PlaceMention]

# From exact to wide; what is told in a narrower one lies in a wider one.
_LEVELS = {
    PlaceKind.SETTLEMENT: 1,
    PlaceKind.UNKNOWN: 1,
    PlaceKind.ADM2: 2,
    PlaceKind.FEATURE: 3,
    PlaceKind.ADM1: 4,
    PlaceKind.REGION: 5,
    PlaceKind.COUNTRY: 6,
    PlaceKind.DEMONYM: 7,
}
_TOWNS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.UNKNOWN})
_SMALL, _EXACT, _LOCAL, _WIDE = 0, 1, 3, 4
_NEARBY_KM = 60.0
_BESIDE = 3  # sentences after an event's in which one that only says where counts for it
_HAPPENING = frozenset({"happen", "occur", "be", "lie", "stand", "take"})
_COUNTRY_PRECISION = 6


def where(draft: EventDraft, annotation: Annotation, *, is_first: bool) -> Place:
    """The event's place; `is_first` lets the report's other places give the units of its main event."""
    told = [(i.sentence, p) for i in draft.incidents for _, p in i.places]
    country = annotation.country.code if annotation.country is not None else None
    best = _narrowed(told)
    if best is None or _level(*best) >= _WIDE:
        again = _again(draft, annotation, best)
        if again is not None:
            return _finished(again.place(), told, annotation, country, is_first=is_first)
    best = _narrowed([*told, *_told_beside(draft, annotation, told, is_first=is_first)])
    venue = _venue(draft, best)
    if best is None:
        return _without_place(venue, country)
    sentence, mention = best
    place = _finished(mention.place, told, annotation, country, is_first=is_first)
    place = _capital_named(place, annotation)
    full = named_fully(place, mention, sentence)
    if venue is not None and full.name == place.name:
        return replace(place, name=venue.name, evidence=(*place.evidence, venue.evidence))
    return full


def _level(sentence: Sentence, mention: PlaceMention) -> int:
    level = _LEVELS[mention.kind]
    is_city_part = mention.kind is PlaceKind.ADM2 and mention.place.geonames_id is None
    if is_city_part or (mention.kind is PlaceKind.FEATURE and _is_built(mention)):
        return _EXACT
    if level != _EXACT:
        return level
    tokens = sentence.tokens_in(mention.phrase_start, mention.phrase_end)
    words = sentence.words[slice(*tokens)] if tokens is not None else ()
    return _SMALL if words_beside("small") & set(words) else level


def _is_built(mention: PlaceMention) -> bool:
    """True for a square, a market or a camp, not for a lake or a gorge."""
    noun = place_nouns().get((mention.place.name or "").split()[-1:][0].lower() if mention.place.name else "")
    return noun is not None and noun.role == "feature"


def _narrowed(told: Sequence[Told]) -> Told | None:
    """The first place told, narrowed by those after it that lie in it or say it more exactly."""
    best: Told | None = None
    for pair in told:
        if best is None or _narrows(pair, best):
            best = pair
    return best


def _narrows(new: Told, old: Told) -> bool:
    (sentence, place), (old_sentence, old_place) = new, old
    if _lies_in(old_place, place) and place.kind not in _TOWNS:
        return False  # "the forests of X in Y district"
    level, old_level = _level(*new), _level(*old)
    if not _may_be_one(place, old_place):
        return old_level >= _LEVELS[PlaceKind.COUNTRY] > level
    if sentence is old_sentence and _only_measures(place, old_place):
        return False
    if level != old_level:
        return level < old_level
    if level > _EXACT:
        return False
    if _lies_in(place, old_place):
        return True
    if old_place.relation is PlaceRelation.PART and place.relation is PlaceRelation.IN:
        return not _is_named_alike(
            place, old_place
        )  # "in the lower Gali sector houses were burnt at Otobaia"
    is_loose = old_place.relation in (PlaceRelation.NEAR, PlaceRelation.OFFSET)
    return is_loose and place.relation is PlaceRelation.IN and sentence is not old_sentence


def _only_measures(place: PlaceMention, described: PlaceMention) -> bool:
    """True where a place only says how far another is from it: "Liquica, 30 km west of Dili"."""
    gap = place.phrase_start - described.end_char
    if gap < 0 or described.kind in (PlaceKind.COUNTRY, PlaceKind.REGION):
        return False
    return place.relation is PlaceRelation.OFFSET or (place.relation is PlaceRelation.NEAR and gap <= _BESIDE)


def _lies_in(place: PlaceMention, other: PlaceMention) -> bool:
    """True where the text puts a place in another: "in Dang, at Ghorahi"."""
    containers = [e for e in place.place.evidence if e.rule == "place.container"]
    same_name = list(other.place.evidence[:1])
    return any(e.start_char == o.start_char for e in containers for o in same_name)


def _is_named_alike(place: PlaceMention, other: PlaceMention) -> bool:
    return (place.place.name or "").lower() == (other.place.name or "").lower()


def _may_be_one(place: PlaceMention, other: PlaceMention) -> bool:
    """True where no unit or distance sets two places apart."""
    one, two = place.place, other.place
    if one.country_code and two.country_code and one.country_code != two.country_code:
        return False
    if one.adm1 and two.adm1 and one.adm1 != two.adm1:
        return False
    if PlaceKind.SETTLEMENT is place.kind is other.kind:
        return _apart_km(one, two) <= _NEARBY_KM
    return True


def _apart_km(one: Place, two: Place) -> float:
    if one.latitude is None or one.longitude is None or two.latitude is None or two.longitude is None:
        return 0.0
    return distance_km(one.latitude, one.longitude, two.latitude, two.longitude)


# -- places that the event's own sentences do not name


def _again(draft: EventDraft, annotation: Annotation, best: Told | None) -> Antecedent | None:
    """The place that the event's words refer back to, else the one told last in its paragraph."""
    for find in (place_again, place_carried):
        for incident in draft.incidents:
            found = find(incident, annotation)
            if found is not None and (best is None or _may_be_one(found.mention, best[1])):
                return found
        if best is not None:
            return None
    return None


def _told_beside(
    draft: EventDraft, annotation: Annotation, told: Sequence[Told], *, is_first: bool
) -> list[Told]:
    """Places of sentences that only say where, of those beside the event's own; the title's is asked last."""
    is_local = any(_level(s, p) <= _LOCAL for s, p in told)
    beside = [s for s in annotation.sentences if _is_beside(s, draft)]
    if is_local:
        beside = [s for s in beside if _says_where(s.sentence)]
    found = [(s.sentence, p) for s in beside for p in _local_scene(s)]
    found = [(s, p) for s, p in found if all(_may_be_one(p, other) for _, other in told)]
    if not found and not is_local and is_first:
        titles = [s for s in annotation.sentences if s.sentence.is_title]
        found = [(s.sentence, p) for s in titles for _, p in scene_places(s.sentence, s.marks, (), ())]
    return found


def _is_beside(annotated: AnnotatedSentence, draft: EventDraft) -> bool:
    sentence = annotated.sentence
    if annotated.incidents or annotated.statistics or sentence.is_title:
        return False
    if not any(token.pos_ in ("VERB", "AUX") for token in sentence.tokens):
        return False  # "From Musa Danladi, Jos"
    return any(0 < sentence.index - i.sentence.index <= _BESIDE for i in draft.incidents)


def _says_where(sentence: Sentence) -> bool:
    """True for "It happened at X", "The village lies in Y"."""
    root = next((t for t in sentence.tokens if t.dep_ == "ROOT"), None)
    return root is not None and root.lemma_ in _HAPPENING


def _local_scene(annotated: AnnotatedSentence) -> Iterator[PlaceMention]:
    for _, mention in scene_places(annotated.sentence, annotated.marks, (), annotated.statements):
        if _level(annotated.sentence, mention) <= _LOCAL:
            yield mention


# -- finishing


def _venue(draft: EventDraft, best: Told | None) -> Venue | None:
    """A venue to name the place by: any where a unit or less is told, one with its own name within a town."""
    if best is None or _level(*best) >= _WIDE:
        return lone_venue(draft.first)
    if _level(*best) <= _SMALL:
        return None
    venues = (lone_venue(incident) for incident in draft.incidents)
    return next((venue for venue in venues if venue is not None and venue.is_named), None)


def _without_place(venue: Venue | None, country: str | None) -> Place:
    precision = _COUNTRY_PRECISION if country else None
    if venue is None:
        return Place(None, country, precision_code=precision)
    return Place(venue.name, country, precision_code=precision, evidence=(venue.evidence,))


def _finished(
    place: Place,
    told: Sequence[Told],
    annotation: Annotation,
    country: str | None,
    *,
    is_first: bool,
) -> Place:
    """The place with the units that other places tell, where it has none of its own."""
    place = _within_units(place, [p for _, p in told])
    if place.adm1 is None and is_first:
        place = _within_units(
            place, [p for s in annotation.sentences for _, _, p in s.marks.places if not p.is_metonym]
        )
    return replace(place, country_code=place.country_code or country)


def _within_units(place: Place, places: Sequence[PlaceMention]) -> Place:
    if place.adm1 is not None:
        return place
    for other in places:
        unit = other.place
        is_here = unit.country_code in (place.country_code, None)
        if unit.adm1 is None or other.kind is PlaceKind.SETTLEMENT or not is_here:
            continue
        adm2 = place.adm2 or (unit.adm2 if other.kind is PlaceKind.ADM2 else None)
        return replace(place, adm1=unit.adm1, adm2=adm2, country_code=place.country_code or unit.country_code)
    return place


def _capital_named(place: Place, annotation: Annotation) -> Place:
    """What "the Guinean capital" is called, where the report names it too."""
    if place.geonames_id is None or "capital" not in (place.name or "").lower():
        return place
    for annotated in annotation.sentences:
        for _, _, other in annotated.marks.places:
            name = other.place.name or ""
            if other.place.geonames_id == place.geonames_id and "capital" not in name.lower():
                return replace(place, name=name, evidence=(*place.evidence, *other.place.evidence))
    return place
