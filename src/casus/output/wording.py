"""Values in plain words, the same on every machine whatever its language."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from casus.model import (
    Category,
    Change,
    Claim,
    ClaimKind,
    DatePrecision,
    EventDate,
    Harm,
    Place,
    Speaker,
    Statistic,
)
from casus.resolving.countries import CountryTable

_YEAR = """
January February March April May June July August September October November December
"""
_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = tuple(_YEAR.split())
_WEEKDAYS = tuple(_WEEK.split())
_ACTOR_PREPOSITIONS = {
    ClaimKind.ACCUSATION: "against",
    ClaimKind.CONTROL: "held by",
    ClaimKind.RESPONSIBILITY: "by",
    ClaimKind.DENIAL: "by",
    ClaimKind.COMMITMENT: "by",
}
_PRECISION_WORDS = {
    1: "the exact place",
    2: "near the place",
    3: "the middle of the second-order unit",
    4: "the middle of the first-order unit",
    5: "a line or an area",
    6: "the country only",
    7: "international waters or airspace",
}


def words_of(value: StrEnum) -> str:
    """A member of a closed list as words: `armed_clash` is "armed clash"."""
    return str(value).replace("_", " ")


def figure_words(low: int | None, best: int | None, high: int | None) -> str:
    """A toll in words, such as "28, up to 30", "at least 28", or "number not given"."""
    figures = [figure for figure in (low, best, high) if figure is not None]
    if not figures:
        return "number not given"
    if high is None:
        at_least = f"at least {low:,}" if low is not None else ""
        is_open = best is None or best == low
        return at_least if at_least and is_open else ", ".join(filter(None, [_best(best), at_least]))
    if low is None and best is None:
        return f"up to {high:,}"
    if min(figures) == max(figures):
        return f"{high:,}"
    if best is None:
        return f"{low:,} to {high:,}"
    if best == low or low is None:
        return f"{best:,}, up to {high:,}"
    return f"{best:,}, at least {low:,}" if best == high else f"{low:,} to {high:,}, best {best:,}"


def _best(best: int | None) -> str:
    return "" if best is None else f"{best:,}"


def day_words(day: date) -> str:
    """A day with its weekday: "Tuesday 22 September 2020"."""
    return f"{_WEEKDAYS[day.weekday()]} {_day(day)}"


def when_words(when: EventDate) -> str:
    """When, as exactly as it is known."""
    if when.start is None:
        return f"until {_day(when.end)}" if when.end else "not known"
    if when.end is None:
        return f"since {_day(when.start)}"
    if when.precision is DatePrecision.MONTH and _is_month(when.start, when.end):
        return f"{_MONTHS[when.start.month - 1]} {when.start.year}"
    if when.precision is DatePrecision.YEAR and when.start.year == when.end.year:
        return str(when.start.year)
    return day_words(when.start) if when.start == when.end else _range(when.start, when.end)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _is_month(start: date, end: date) -> bool:
    is_whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    return is_whole and (start.year, start.month) == (end.year, end.month)


def _range(start: date, end: date) -> str:
    if start.year != end.year:
        return f"{_day(start)} to {_day(end)}"
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month - 1]} to {_day(end)}"
    return f"{start.day} to {_day(end)}"


def partial_date_words(value: str | None) -> str | None:
    """An ISO date, month or year in words; None stays None."""
    if value is None:
        return None
    parts = value.split("-")
    month = f"{_MONTHS[int(parts[1]) - 1]} " if len(parts) > 1 else ""
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{month}{parts[0]}"


def where_words(place: Place, countries: CountryTable) -> str:
    """Where, from the place to the country; each name once."""
    country = countries.by_code(place.country_code) if place.country_code else None
    country_name = country.name if country else place.country_code
    names: list[str] = []
    for name in (place.name, place.adm2, place.adm1, country_name):
        if name and not any(name.casefold() in earlier.casefold() for earlier in names):
            names.append(name)
    return ", ".join(names) or "not known"


def coordinate_words(place: Place) -> str | None:
    """The point and what it stands for: "32.90, 65.50: the exact place"; None without a point."""
    if place.latitude is None or place.longitude is None:
        return None
    stands_for = _PRECISION_WORDS.get(place.precision_code or 0)
    point = f"{place.latitude:.2f}, {place.longitude:.2f}"
    return f"{point}: {stands_for}" if stands_for else point


def speaker_words(speaker: Speaker) -> str:
    """Who speaks: name and role, or the role of somebody without a name."""
    role = speaker.role or speaker.affiliation
    if speaker.is_anonymous or speaker.name is None:
        return f"{role}, not named" if role else "somebody who is not named"
    return f"{speaker.name}, {role}" if role and role != speaker.name else speaker.name


def short_speaker_words(speaker: Speaker) -> str:
    """Who speaks, in the fewest words that tell."""
    return speaker.name or speaker_words(speaker)


def claim_words(claim: Claim) -> str:
    """What a claim says, without its quote: "killed: 28 to 30", "against the army"."""
    actor = claim.actor.name if claim.actor else None
    if claim.kind is ClaimKind.TOLL and claim.harm:
        return f"{harm_words(claim.harm, claim.category)}: {span_words(claim.low, claim.high)}"
    if actor is None:
        return ""
    return f"{_ACTOR_PREPOSITIONS.get(claim.kind, 'about')} {actor}"


def harm_words(harm: Harm, category: Category | None) -> str:
    """A harm and whom it befell, where that is known: "killed (security forces)"."""
    if category is None or category is Category.UNKNOWN:
        return harm.value
    return f"{harm} ({words_of(category)})"


def span_words(low: int | None, high: int | None) -> str:
    """A claimed figure in words: a claim has no best one."""
    return figure_words(low, low if low == high else None, high)


def statistic_words(statistic: Statistic) -> str:
    """A statistic in words: "up 70 percent since February 2020"."""
    direction = {Change.UP: "up", Change.DOWN: "down", Change.LEVEL: "unchanged"}
    percent = f"{statistic.percent:g} percent" if statistic.percent is not None else None
    value = f"{statistic.value:,}" if statistic.value is not None else None
    since = f"since {partial_date_words(statistic.since)}" if statistic.since else None
    change = direction[statistic.change] if statistic.change else None
    figure = [percent, f"to {value}"] if percent and value else [percent or value]
    return " ".join(part for part in [change, *figure, since] if part) or "no figure given"
