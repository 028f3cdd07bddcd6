"""What a statistic asserts, in one form for those that readings found and those that are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casus.casebook.browsing.agreements import bounds_of
from casus.casebook.browsing.records import StatisticRow
from casus.errors import NotAnswerable
from casus.model import Change, Statistic

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_PERCENT = re.compile(rf"(?P<figure>{_NUMBER}(?:\.\d+)?)\s*(?:%|percent\b|per cent\b)", re.IGNORECASE)
_TIMES = re.compile(r"\b(?P<times>\d+(?:\.\d+)?)\s+times\s+as\s+many\b", re.IGNORECASE)
_SINCE = re.compile(rf"\bsince\s+(?P<day>{_DAY})\b", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:until|to|till|by)\s+(?P<day>{_DAY})\b", re.IGNORECASE)
_COUNT = re.compile(
    rf"^\s*(?:(?:more than|over|at least|about|some|nearly|almost|around)\s+)?(?P<figure>{_NUMBER})\b",
    re.IGNORECASE,
)
_WAYS = {
    Change.UP: r"up|rise|rises|rose|risen|increased?|increases|surged?|grown?|grew|climbed|jumped|doubled"
    r"|tripled|quadrupled|more",
    Change.DOWN: r"down|falls?|fell|fallen|decreased?|declined?|dropped|halved|fewer|less",
    Change.LEVEL: r"level|unchanged|flat|steady|stable",
}
_WAY = {change: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for change, words in _WAYS.items()}
_MULTIPLES = {"doubled": 100.0, "tripled": 200.0, "quadrupled": 300.0, "halved": 50.0}
_LEFT_OVER = re.compile(r"\b(?:by|has|have|had|been|than before|in)\s*$|^\s*(?:in|of|for)\b", re.IGNORECASE)
_EXAMPLES = (
    "'attacks up 70 percent since 2020-02-29', '500 people killed since 2019', 'bombings down since 2021-03'"
)


class Kind(StrEnum):
    """What a statistic says of what it counts."""

    CHANGE = "change"  # it went up or down, by a percentage or by none in particular
    COUNT = "count"  # so many over a period
    SHARE = "share"  # so many of a hundred
    RANK = "rank"  # the fourth, the worst


@dataclass(frozen=True, slots=True)
class Asserted:
    """What is asserted: `ratio` is after to before (1.7 for 70 percent more), None where no size is told.

    `since` are the first and last day that the told beginning can mean; `until` the last day that
    the statistic can know of.
    """

    kind: Kind
    measure: str
    change: Change | None
    percent: float | None
    ratio: float | None
    count: int | None
    since: tuple[date, date] | None
    until: date | None
    words: str  # as told
    speaker: str | None = None
    row: StatisticRow | None = None


def asserted_by(row: StatisticRow, words: str) -> Asserted:
    """What a statistic that a report gives asserts; `words` are the report's."""
    told = row.statistic
    return Asserted(
        _kind(told),
        told.measure,
        told.change,
        told.percent,
        _ratio(told.change, told.percent),
        told.value if told.percent is None else None,
        _since(told.since),
        row.report.published_on,
        words,
        told.speaker,
        row,
    )


def asserted_in(text: str, until: date | None = None) -> Asserted:
    """What a typed statistic asserts ("attacks up 70 percent since 2020-02-29").

    Raises `NotAnswerable` where it says neither how many nor which way, or not since when.
    """
    text = " ".join(text.split())
    since, last = _SINCE.search(text), _UNTIL.search(text)
    rest = _SINCE.sub(" ", _UNTIL.sub(" ", text))
    if last is not None:
        until = _bounds(last["day"])[1]
    change, rest = _change(rest)
    percent, rest = _percent(rest)
    if percent is None and change is not None:
        percent = next((size for word, size in _MULTIPLES.items() if word in text.lower()), None)
    count, rest = _count(rest) if percent is None and change is None else (None, rest)
    if change is None and count is None and percent is None:
        raise NotAnswerable(f"{text!r} says neither how many nor which way: write for example {_EXAMPLES}")
    if since is None:
        raise NotAnswerable(f"{text!r} doesn't say since when: add 'since YYYY-MM-DD'")
    bounds = _bounds(since["day"])
    if until is not None and until < bounds[0]:
        raise NotAnswerable(f"the period ends before it begins: {bounds[0]} to {until}")
    if change is Change.DOWN and percent is not None and percent > 100:
        raise NotAnswerable(f"nothing falls by more than 100 percent: {text!r}")
    kind = Kind.CHANGE if change is not None else Kind.COUNT if count is not None else Kind.SHARE
    return Asserted(kind, _tidied(rest), change, percent, _ratio(change, percent), count, bounds, until, text)


def _kind(told: Statistic) -> Kind:
    if told.quote.rule == "statistic.rank":
        return Kind.RANK
    if told.change is not None:
        return Kind.CHANGE
    return Kind.SHARE if told.percent is not None else Kind.COUNT


def _ratio(change: Change | None, percent: float | None) -> float | None:
    if change is Change.LEVEL:
        return 1.0
    if change is None or percent is None:
        return None
    return 1 + percent / 100 if change is Change.UP else 1 - percent / 100


def _since(told: str | None) -> tuple[date, date] | None:
    first, last = bounds_of(told)
    return None if first is None or last is None else (first, last)


def _bounds(told: str) -> tuple[date, date]:
    found = _since(told)
    if found is None:
        raise NotAnswerable(f"{told} is no day, month or year: write YYYY-MM-DD, YYYY-MM or YYYY")
    return found


def _change(text: str) -> tuple[Change | None, str]:
    times = _TIMES.search(text)
    if times is not None:
        more = (float(times["times"]) - 1) * 100
        return Change.UP, f"{text[: times.start()]} {more:g} percent {text[times.end() :]}"
    for change, pattern in _WAY.items():
        found = pattern.search(text)
        # "more than 300 people" and "less than" are of figures, not of changes.
        if found is not None and not text[found.end() :].lower().startswith(" than"):
            return change, pattern.sub(" ", text)
    return None, text


def _percent(text: str) -> tuple[float | None, str]:
    found = _PERCENT.search(text)
    if found is None:
        return None, text
    return float(found["figure"].replace(",", "")), f"{text[: found.start()]} {text[found.end() :]}"


def _count(text: str) -> tuple[int | None, str]:
    found = _COUNT.search(text)
    if found is None:
        return None, text
    return int(found["figure"].replace(",", "")), text[found.end() :]


def _tidied(text: str) -> str:
    """What is left of a text: what it counts."""
    before = None
    text = " ".join(text.split())
    while text != before:
        before, text = text, _LEFT_OVER.sub("", text).strip(" ,;:.")
    return text
