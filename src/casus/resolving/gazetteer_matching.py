"""Which of the entries with a name come first, and how alike two names are."""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import JaroWinkler

from casus.resolving.gazetteer_records import EntryKind, Match
from casus.resolving.place_names import broad_sound

_MOST_NAMESAKES = 100
_ORDER = (0, 0, 0, 0, 1, 4, 4, 2, 3)
_SAME_LETTERS, _FEW_LETTERS, _SAME_SOUND = 0.84, 0.75, 0.95


def in_order(matches: list[Match]) -> tuple[Match, ...]:
    """Units first, then by population.

    Left out are features of a country where something else has the name, and more
    namesakes in one country than a report can tell apart.
    """
    if len(matches) < 2:
        return tuple(matches)
    matches.sort(key=_by_weight)
    if any(match.entry.kind is EntryKind.FEATURE for match in matches):
        named = {match.entry.country_code for match in matches if match.entry.kind is not EntryKind.FEATURE}
        matches = [
            match
            for match in matches
            if match.entry.kind is not EntryKind.FEATURE or match.entry.country_code not in named
        ]
    if len(matches) > _MOST_NAMESAKES:
        counts: Counter[str | None] = Counter()
        kept = []
        for match in matches:
            counts[match.entry.country_code] += 1
            if counts[match.entry.country_code] <= _MOST_NAMESAKES:
                kept.append(match)
        matches = kept
    return tuple(matches)


def _by_weight(match: Match) -> tuple[int, int, int]:
    """Countries and units first, then settlements by population, features, and regions."""
    entry = match.entry
    return _ORDER[entry.kind], -entry.population, entry.id


def spelling_likeness(one: str, other: str) -> float:
    """How alike two folded keys are, 0 to 1, by Jaro-Winkler.

    Keys whose letters differ somewhat more, but that sound the same, get the mean of both.
    """
    letters = JaroWinkler.similarity(one, other)
    if letters >= _SAME_LETTERS or letters < _FEW_LETTERS:
        return letters
    sounds = JaroWinkler.similarity(broad_sound(one), broad_sound(other))
    return (letters + sounds) / 2 if sounds >= _SAME_SOUND else letters
