"""Where an event took place: the most exact place that its sentences tell, in the words of the report.

Rules, by name: those of the places themselves (`place.…`), and

`place.venue`   a hotel, a market, a quarter: "the K5 crossroads in Mogadishu"
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from casus.model import Evidence, Place
from casus.reading.drafts import EventDraft
from casus.reading.incidents import Incident
from casus.reading.parsing import Sentence, child
from casus.reading.sentences import AnnotatedSentence, Annotation
from casus.resolving.places import PlaceKind, PlaceMention, PlaceRelation

_RANK = {
    PlaceKind.SETTLEMENT: 0,
    PlaceKind.UNKNOWN: 1,
    PlaceKind.ADM2: 2,
    PlaceKind.FEATURE: 3,
    PlaceKind.ADM1: 4,
    PlaceKind.REGION: 5,
    PlaceKind.COUNTRY: 6,
}
_VENUES = frozenset(
    "hotel market marketplace bazaar mosque church temple shrine school university college hospital clinic headquarters station square checkpoint base "
    "barracks prison jail camp airport port harbour park stadium restaurant cafe bar club shop mall centre center street road avenue highway bridge "
    "crossroads intersection junction quarter neighbourhood neighborhood district area suburb outskirts edge village hamlet farm field forest mine "
    "building house embassy palace parliament courthouse court office factory plant cinema theatre hall cemetery shelter ground pitch plaza gate "
    "checkpost outpost post compound monastery convent library museum mountain valley gorge river coast shore waters town city part parts centre".split()
)
_GENERIC = {"town", "city", "village", "part", "parts", "area", "district", "post", "house", "building", "place", "office"}


def where(draft: EventDraft, annotation: Annotation, *, is_first: bool) -> Place:
    """The event's place; `is_first` lets the report's other places give the units of its main event."""
    told = [(i.sentence, p) for i in draft.incidents for _, p in i.places if not p.is_metonym and not p.is_dateline]
    told += _told_beside(draft, annotation, told, is_first=is_first)
    best = _most_exact(told)
    country = annotation.country.code if annotation.country is not None else None
    if best is None:
        venue = _lone_venue(draft.first)
        if venue is not None:
            name, evidence = venue
            return Place(name, country, precision_code=6 if country else None, evidence=(evidence,))
        return Place(None, country, precision_code=6 if country else None)
    sentence, mention = best
    found = _within_units(mention.place, [p for _, p in told])
    if found.adm1 is None and is_first:
        found = _within_units(found, [p for s in annotation.sentences for _, _, p in s.marks.places if not p.is_metonym])
    found = replace(found, country_code=found.country_code or country)
    return _named_fully(found, mention, sentence, annotation)


def _told_beside(
    draft: EventDraft, annotation: Annotation, told: Sequence[tuple[Sentence, PlaceMention]], *, is_first: bool
) -> list[tuple[Sentence, PlaceMention]]:
    """Places of sentences that only say where: "The place was La Paz, a hamlet", "It stands in the town of X".

    They count where the event's own sentences tell no settlement, and where they lie in
    what those tell.  The title's place is the last to be asked.
    """
    if any(_RANK.get(mention.kind, 8) <= _RANK[PlaceKind.ADM2] for _, mention in told):
        return []
    found = [pair for annotated in annotation.sentences for pair in _where_sentences(annotated, draft)]
    if not found and is_first:
        title = [a for a in annotation.sentences if a.sentence.is_title]
        found = [(a.sentence, p) for a in title for _, _, p in a.marks.places]
    return [(s, p) for s, p in found if not p.is_metonym and not p.is_dateline and all(_may_lie_in(p, q) for _, q in told)]


def _where_sentences(annotated: AnnotatedSentence, draft: EventDraft) -> list[tuple[Sentence, PlaceMention]]:
    """The local places of a sentence without an event of its own, up to three sentences after one of the event's."""
    sentence = annotated.sentence
    near = any(0 < sentence.index - i.sentence.index <= 3 for i in draft.incidents)
    if annotated.incidents or annotated.statistics or sentence.is_title or not near:
        return []
    spoken = {t for s in annotated.statements for t in range(s.speaker_start, s.speaker_end)}
    return [(sentence, p) for first, _, p in annotated.marks.places if _RANK.get(p.kind, 8) <= 3 and first not in spoken]


def _may_lie_in(place: PlaceMention, other: PlaceMention) -> bool:
    one, two = place.place, other.place
    if one.country_code and two.country_code and one.country_code != two.country_code:
        return False
    return not (one.adm1 and two.adm1 and one.adm1 != two.adm1)


def _most_exact(told: Sequence[tuple[Sentence, PlaceMention]]) -> tuple[Sentence, PlaceMention] | None:
    """The most exact place, the first of equals; one that only gives a distance comes after the place it describes."""
    if not told:
        return None

    def rank(pair: tuple[int, tuple[Sentence, PlaceMention]]) -> tuple[int, int]:
        order, (sentence, mention) = pair
        described = any(_is_described_by(p, mention) for s, p in told if s is sentence)
        return _RANK.get(mention.kind, 8) + (4 if described else 0), order

    return min(enumerate(told), key=rank)[1]


def _is_described_by(place: PlaceMention, mention: PlaceMention) -> bool:
    """True where a mention only says how far another place is from it: "Liquica, 30 km west of Dili"."""
    gap = mention.phrase_start - place.end_char
    if gap < 0 or place.kind in (PlaceKind.COUNTRY, PlaceKind.REGION):
        return False
    return mention.relation is PlaceRelation.OFFSET or (mention.relation is PlaceRelation.NEAR and gap <= 3)


def _within_units(place: Place, places: Sequence[PlaceMention]) -> Place:
    """The place with the units that other places tell, where it has none of its own."""
    if place.adm1 is not None:
        return place
    for other in places:
        unit = other.place
        if unit.adm1 is None or other.kind is PlaceKind.SETTLEMENT or unit.country_code not in (place.country_code, None):
            continue
        return replace(
            place,
            adm1=unit.adm1,
            adm2=place.adm2 or (unit.adm2 if other.kind is PlaceKind.ADM2 else None),
            country_code=place.country_code or unit.country_code,
        )
    return place


# -- the words of the place


def _named_fully(place: Place, mention: PlaceMention, sentence: Sentence, annotation: Annotation) -> Place:
    """The place under the fullest words of its sentence: venue, distance and name."""
    tokens = sentence.tokens_in(mention.start_char, mention.end_char)
    if "capital" in (place.name or "").lower():
        place = _capital_named(place, annotation)
    if tokens is None:
        return place
    start, end = _with_venue(sentence, tokens)
    if mention.relation is not PlaceRelation.IN and mention.phrase_start < mention.start_char:
        phrase = sentence.tokens_in(mention.phrase_start, mention.phrase_end)
        if phrase is not None:
            start, end = min(start, phrase[0]), max(end, phrase[1])
    if start >= tokens[0] and end <= tokens[1]:
        return place
    words = sentence.text(start, end)
    evidence = Evidence(*sentence.chars(start, end), "place.venue")
    return replace(place, name=words, evidence=(*place.evidence, evidence))


def _with_venue(sentence: Sentence, tokens: tuple[int, int]) -> tuple[int, int]:
    """The tokens from a venue before the place to the place: "market near the port of X", "Gasenyi quarter of Y"."""
    doc = sentence.doc
    head = doc[tokens[1] - 1]
    start = tokens[0]
    for _ in range(3):
        link = head.head
        if head.dep_ != "pobj" or link.dep_ != "prep" or link.lower_ not in ("of", "in", "near", "at", "outside", "on"):
            break
        noun = link.head
        if noun.pos_ not in ("NOUN", "PROPN") or noun.lemma_.lower() not in _VENUES or noun.i >= tokens[0] or tokens[0] - noun.i > 9:
            break
        start, head = _phrase_start(noun), noun
    return start, tokens[1]


def _phrase_start(noun: Token) -> int:
    start = noun.i
    for t in noun.lefts:
        if t.dep_ in ("compound", "amod", "nmod", "poss", "nummod", "punct", "case") and t.i < noun.i and t.lower_ not in ("a", "an", "the"):
            start = min(start, t.left_edge.i)
    while noun.doc[start].dep_ == "det" or noun.doc[start].lower_ in ("a", "an", "the"):
        start += 1
    return min(start, noun.i)


def _capital_named(place: Place, annotation: Annotation) -> Place:
    """"The Guinean capital" by its name, where the report names it too."""
    if place.geonames_id is None:
        return place
    for annotated in annotation.sentences:
        for _, _, other in annotated.marks.places:
            name = other.place.name or ""
            if other.place.geonames_id == place.geonames_id and "capital" not in name.lower():
                return replace(place, name=name, evidence=(*place.evidence, *other.place.evidence))
    return place


def _lone_venue(incident: Incident) -> tuple[str, Evidence] | None:
    """A venue that stands alone: "a bomb placed in a noodle shop"."""
    sentence = incident.sentence
    triggers = set(incident.triggers)
    for token in sentence.doc:
        if token.dep_ != "prep" or token.lower_ not in ("at", "in", "on", "outside", "inside", "near"):
            continue
        noun = child(token, "pobj")
        if noun is None or noun.lemma_.lower() not in _VENUES - _GENERIC:
            continue
        if token.head.i in triggers or any(a.i in triggers for a in token.ancestors):
            start = _phrase_start(noun)
            return sentence.text(start, noun.i + 1), Evidence(*sentence.chars(start, noun.i + 1), "place.venue")
    return None
