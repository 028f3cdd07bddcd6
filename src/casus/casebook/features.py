"""What of a reported event is compared with others.

All of it is a pure function of one report's account, so that it can be kept with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from casus.knowledge import read_roles
from casus.model import Category, DatePrecision, EventType, Harm, Report, ReportedEvent, Toll
from casus.resolving.countries import CountryTable
from casus.resolving.name_index import fold

RECENT_DAYS = 30
"""How long before its publication a report's event without a date may have been."""

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z\"“‘'(])|\n")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_MOST_WORDS = 120
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True)
class Features:
    """A reported event as far as it is compared.

    `first` and `last` are the days on which it may have been; `is_day` says that they
    come from a told day.  Names are folded.  `killed` and `injured` are lowest and
    highest figures over all categories.  `names` are the capitalised words in the
    sentences that tell of it, `words` the other telling ones.
    """

    key: str
    report: int
    published: date | None
    first: date | None
    last: date | None
    is_day: bool
    is_dated: bool
    country: str | None
    adm1: str | None
    adm2: str | None
    place: str | None
    geonames_id: int | None
    point: tuple[float, float] | None
    precision_code: int | None
    event_type: EventType
    perpetrators: frozenset[str]
    targets: frozenset[str]
    harmed: frozenset[Category]
    killed: tuple[int, int] | None
    injured: tuple[int, int] | None
    weapons: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    is_main: bool


def possible_days(event: ReportedEvent, published_on: date | None) -> tuple[date | None, date | None]:
    """The days on which an event may have been.

    Told days where there are any; an open end reaches to publication.  Without a date it
    is the time of `RECENT_DAYS` up to publication.
    """
    start, end = event.when.start, event.when.end
    if start is not None:
        return start, end or max(start, published_on or start)
    if published_on is not None:
        return published_on - timedelta(days=RECENT_DAYS), published_on
    return None, None


def telling_words(report: Report, event: ReportedEvent) -> str:
    """The words of the sentences in which a report tells of an event, names with their capitals."""
    spans = sorted({_sentence(report.text, piece.start_char) for piece in event.evidence})
    if event.is_main and report.title:
        spans.insert(0, (0, len(report.title)))
    told: list[str] = []
    for start, end in dict.fromkeys(spans):
        told += [word for word in _WORD.findall(report.text[start:end]) if _tells(word)]
    return " ".join(dict.fromkeys(told[:_MOST_WORDS]))


def features_of(key: str, report: int, published: date | None, event: ReportedEvent, words: str) -> Features:
    """The features of a reported event; `words` are its `telling_words`."""
    first, last = possible_days(event, published)
    where = event.where
    names, others = _names_and_words(words, event)
    has_point = where.latitude is not None and where.longitude is not None
    return Features(
        key=key,
        report=report,
        published=published,
        first=first,
        last=last,
        is_day=event.when.precision in (DatePrecision.DAY, DatePrecision.RANGE),
        is_dated=event.when.start is not None,
        country=where.country_code,
        adm1=folded_name(where.adm1),
        adm2=folded_name(where.adm2),
        place=folded_name(where.name),
        geonames_id=where.geonames_id,
        point=(where.latitude or 0.0, where.longitude or 0.0) if has_point else None,
        precision_code=where.precision_code,
        event_type=event.event_type,
        perpetrators=frozenset(_identity(actor.name, actor.registry_id) for actor in event.perpetrators),
        targets=frozenset(_identity(actor.name, actor.registry_id) for actor in event.targets),
        harmed=frozenset(toll.category for toll in event.tolls if toll.category is not Category.UNKNOWN),
        killed=figures_of(event.tolls, Harm.KILLED),
        injured=figures_of(event.tolls, Harm.INJURED),
        weapons=frozenset(word for weapon in event.weapons for word in fold(weapon.name).lower().split()),
        names=names,
        words=others,
        is_main=event.is_main,
    )


def figures_of(tolls: tuple[Toll, ...], harm: Harm) -> tuple[int, int] | None:
    """Lowest and highest figure of a harm, summed over the categories; None where there is none."""
    lows, highs = [], []
    for toll in tolls:
        if toll.harm is harm:
            figures = [figure for figure in (toll.low, toll.best, toll.high) if figure is not None]
            if figures:
                lows.append(min(figures))
                highs.append(max(figures))
    return (sum(lows), sum(highs)) if lows else None


def _identity(name: str, registry_id: str | None) -> str:
    return f"#{registry_id}" if registry_id else (folded_name(name) or "")


def folded_name(name: str | None) -> str | None:
    """A name in small letters without accents and hyphens, None for none."""
    return " ".join(fold(name).lower().replace("-", " ").split()) or None if name else None


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = 0
    for found in _SENTENCE_END.finditer(text):
        if found.end() > at:
            return start, found.start() + 1
        start = found.end()
    return start, len(text)


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word.lower() not in _small_words()


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return frozenset().union(*read_roles("small_words.tsv").values())


def _names_and_words(words: str, event: ReportedEvent) -> tuple[frozenset[str], frozenset[str]]:
    """Capitalised words that name neither the event's country or unit nor an actor in it, and the rest.

    Those are compared by themselves; a group that is named in every report of a war would
    else make all its deeds one.
    """
    own = _words_of_names(event)
    names, others = set(), set()
    for word in words.split():
        folded = fold(word.removesuffix("'s").removesuffix("’s")).lower()
        if word[0].isupper() and folded not in own:
            names.add(folded)
        elif not word[0].isupper():
            others.add(folded)
    return frozenset(names), frozenset(others)


def _words_of_names(event: ReportedEvent) -> set[str]:
    country = CountryTable.load().by_code(event.where.country_code) if event.where.country_code else None
    named = (
        event.where.adm1,
        country.name if country is not None else None,
        *(actor.name for actor in (*event.perpetrators, *event.targets)),
    )
    return {part for name in named for part in (folded_name(name) or "").split()}
