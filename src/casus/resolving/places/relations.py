"""How what is told lies to a place, by the words before its name: "40 km south of", "off the coast of"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casus.resolving.places import vocabulary
from casus.resolving.places.records import PlaceRelation

_KM_BY_UNIT = {"k": 1.0, "m": 1.609344, "n": 1.852}
_NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen",
)  # fmt: skip
_NUMBERS = {word: float(number) for number, word in enumerate(_NUMBER_WORDS)} | {
    "sixteen": 16.0,
    "eighteen": 18.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "seventy": 70.0,
    "eighty": 80.0,
    "ninety": 90.0,
    "a dozen": 12.0,
    "a hundred": 100.0,
    "hundred": 100.0,
    "half a": 0.5,
    "a": 1.0,
}
_INDEFINITE = r"(?:just\s+)?(?:a\s+few|several|some|a\s+couple\s+of|many|tens\s+of|dozens\s+of)"
_POINT = r"(?P<point>(?:north|south)(?:[ -]?(?:east|west))?|east|west)(?:ern|wards?)?"
_UNIT = r"(?P<unit>k(?:m|ms|ilomet(?:er|re)s?)\b|(?:nautical[ -])?m(?:iles?|i)\b|nm\b)\.?"
_COUNTED = rf"(?P<number>\d[\d,]*(?:\.\d+)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[ -]*"
_DISTANCE = rf"(?<![\w.,])(?:{_COUNTED}|{_INDEFINITE}\s+){_UNIT}\s*(?:\([^)]{{0,40}}\)\s*)?"
_TIME = (
    r"(?:an?|one|two|three|four|five|six|several|half\s+an|a\s+few|\d+)[ -](?:and\s+a\s+half[ -])?"
    r"(?P<time>hours?|days?|minutes?)(?:['’]s?)?[ -](?:drive|walk|ride|journey|trek|march)\s+"
)
_THE = r"(?:the\s+)?(?:(?:town|city|village|port|capital)\s+(?:city\s+)?of\s+)?$"
_OFFSET = re.compile(
    rf"(?:{_DISTANCE}|{_TIME})"
    rf"(?:(?:to|in)\s+the\s+|due\s+|away\s+)?(?:{_POINT}\s+(?:of|from)|(?:away\s+)?(?:from|outside))\s+{_THE}"
    rf"|(?<!the\s)\b(?:just\s+|due\s+)?{_POINT.replace('point', 'point2')}\s+(?:of|from)\s+{_THE}",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"\bwithin\s+(?:about\s+|just\s+)?{_DISTANCE}(?:of|from)\s+{_THE}", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:close\s+to|not\s+far\s+from|adjacent\s+to|next\s+to|in\s+the\s+vicinity\s+of|up(?:stream|river)\s+(?:of|from)"
    r"|down(?:stream|river)\s+(?:of|from)|(?:entrances?|approach(?:es)?|gateway|exits?)\s+(?:to|of)"
    rf"|on\s+the\s+(?:main\s+)?(?:road|way|route|highway|path)\s+(?:in)?to)\s+{_THE}",
    re.IGNORECASE,
)
_LAND = "hills?|mountains?|heights|forests?|woods|bush|jungle|fields?|farmland|desert|ravines?|gorge|valley"
_BESIDE_LAND = "above|below|behind|beyond|around|near|outside|overlooking|over"
_ABOVE = re.compile(rf"\b(?:{_LAND})\s+(?:{_BESIDE_LAND})\s+{_THE}", re.IGNORECASE)  # "in the hills above X"
_OFF = re.compile(
    rf"(?:{_DISTANCE})?\boff(?:shore)?\s+(?:(?:(?:the\s+)?(?:\w+\s+){{0,2}}?coasts?|shores?)\s+of\s+|from\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BORDER = re.compile(r"\b(?:border|borders|frontier)\s+(?:with|of|between)\s+(?:the\s+)?$", re.IGNORECASE)
_FRINGE = re.compile(
    rf"\b(?:the\s+)?(?:\w+\s+)?(?:{'|'.join(sorted(vocabulary.FRINGE_NOUNS))})\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PARTS = "|".join(sorted(vocabulary.PART_NOUNS, key=lambda word: (-len(word), word)))
_PART = re.compile(rf"\b(?:the\s+)?(?:\w+\s+)?(?:{_PARTS})\s+of\s+(?:the\s+)?$", re.IGNORECASE)

_PATTERNS: dict[str, tuple[tuple[re.Pattern[str], PlaceRelation], ...]] = {
    "of": (
        (_WITHIN, PlaceRelation.NEAR),
        (_OFFSET, PlaceRelation.OFFSET),
        (_OFF, PlaceRelation.OFF),
        (_FRINGE, PlaceRelation.NEAR),
        (_NEAR, PlaceRelation.NEAR),
        (_PART, PlaceRelation.PART),
        (_BORDER, PlaceRelation.BORDER),
    ),
    "from": (
        (_WITHIN, PlaceRelation.NEAR),
        (_NEAR, PlaceRelation.NEAR),
        (_OFFSET, PlaceRelation.OFFSET),
        (_OFF, PlaceRelation.OFF),
    ),
    "outside": ((_OFFSET, PlaceRelation.OFFSET),),
    "to": ((_NEAR, PlaceRelation.NEAR),),
    "into": ((_NEAR, PlaceRelation.NEAR),),
    "with": ((_BORDER, PlaceRelation.BORDER),),
    "between": ((_BORDER, PlaceRelation.BORDER),),
    "off": ((_OFF, PlaceRelation.OFF),),
}
_PATTERNS |= {
    word: (*_PATTERNS.get(word, ()), (_ABOVE, PlaceRelation.NEAR)) for word in _BESIDE_LAND.split("|")
}
_PATTERNS["the"] = tuple(dict.fromkeys(pair for pairs in _PATTERNS.values() for pair in pairs))


@dataclass(frozen=True, slots=True)
class Told:
    """A relation that words give, where they begin, and what they measure.

    `bearing` is in degrees clockwise from north; `is_vague` says that the distance is told
    in hours or days.
    """

    relation: PlaceRelation
    start: int
    distance_km: float | None = None
    bearing: float | None = None
    is_vague: bool = False


def told_by(before: str) -> Told | None:
    """The relation that the words before a name end with."""
    words = before.split()
    last = words[-1].lower() if words else ""
    for pattern, relation in _PATTERNS.get(last, ()):
        found = pattern.search(before)
        if found is not None:
            return _told(found, relation)
    return None


def _told(found: re.Match[str], relation: PlaceRelation) -> Told:
    groups = found.groupdict()
    point = groups.get("point") or groups.get("point2")
    bearing = vocabulary.BEARINGS[re.sub(r"[ -]", "", point.lower())] if point else None
    is_vague = (groups.get("time") or "").lower().startswith(("hour", "day"))
    return Told(relation, found.start(), _distance_km(groups), bearing, is_vague)


def _distance_km(groups: dict[str, str | None]) -> float | None:
    number, unit = groups.get("number"), groups.get("unit")
    if not number or not unit:
        return None
    number = re.sub(r"\s+", " ", number.lower()).strip(".,")
    value = _NUMBERS[number] if number in _NUMBERS else float(number.replace(",", ""))
    return round(value * _KM_BY_UNIT[unit[0].lower()], 1)
