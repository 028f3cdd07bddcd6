"""Made-up but realistic readings, seeded: for measuring casebooks of any size.

Events fall over ten years and forty countries, as unevenly as wars do.  Three in ten are
told by several reports, up to a dozen, whose tolls, days and places differ as those of real
reports do; one report in five tells of two events, one in twelve is a copy of another.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casus.model import (
    Actor,
    Category,
    Claim,
    ClaimKind,
    DatePrecision,
    EventDate,
    EventType,
    Evidence,
    Harm,
    Place,
    Reading,
    Report,
    ReportedEvent,
    Speaker,
    Toll,
)

_SYLLABLES = (
    "ba", "dor", "ka", "lim", "mo", "nar", "pel", "qua", "ris", "sul", "tam", "ur", "vek", "wan", "yos",
)  # fmt: skip
_VOCABULARY = 4000
_TYPES = (
    EventType.ATTACK, EventType.KILLING, EventType.ARMED_CLASH, EventType.BOMBING, EventType.SHELLING,
    EventType.AIR_STRIKE, EventType.ABDUCTION, EventType.PROTEST, EventType.ARREST,
)  # fmt: skip
_LAST_DAY = date(2021, 12, 28)
_DAYS_A_YEAR = 365
_SPEAKERS = ("police", "army spokesman", "mayor", "hospital doctor", "witness", "governor")


@dataclass(frozen=True, slots=True)
class _Happening:
    """What truly happened, of which reports tell."""

    day: date
    place: Place
    event_type: EventType
    killed: int
    injured: int
    category: Category
    perpetrator: str
    target: str
    words: tuple[str, ...]


def made_up_readings(
    reports: int, seed: int = 7, told_once: float = 0.7, years: int = 10
) -> Iterator[Reading]:
    """So many readings, the same ones for the same seed; a larger number begins with the smaller's.

    `told_once` is the share of events that one report alone tells of.  They are spread over so
    many years up to the end of 2021: many events in few years lie so near each other that linking
    them takes long.
    """
    dice = random.Random(seed)
    places = _places(dice)
    weights = [1 / (1 + index) ** 0.8 for index in range(len(places))]
    words = [_name(dice).lower() for _ in range(_VOCABULARY)]
    groups = [[f"{_name(dice)} {_name(dice)}" for _ in range(5)] for _ in places]
    outlets = [f"{_name(dice)} {kind}" for kind in ("Post", "Times", "Herald", "Radio") for _ in range(30)]
    count = 0
    waiting: list[_Happening] = []
    while count < reports:
        country = dice.choices(range(len(places)), weights)[0]
        happening = _happening(dice, places[country], groups[country], words, years)
        tellings = 1 if dice.random() < told_once else dice.randint(2, 12)
        for outlet in dice.sample(outlets, tellings):
            other = waiting[-1] if waiting and dice.random() < 0.2 else None
            reading = _reading(dice, outlet, happening, other, vocabulary=words, number=count)
            yield reading
            count += 1
            if count < reports and dice.random() < 0.08:
                yield _copy(reading, dice.choice(outlets))
                count += 1
            if count >= reports:
                return
        waiting = [happening]


def _places(dice: random.Random) -> list[list[Place]]:
    """For each country its places, with a unit each."""
    countries = []
    for number in range(40):
        code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
        latitude, longitude = dice.uniform(-30, 45), dice.uniform(-90, 120)
        units = [_name(dice) for _ in range(8)]
        countries.append(
            [
                Place(
                    _name(dice), code, dice.choice(units), None, 1000 * number + index,
                    round(latitude + dice.uniform(-4, 4), 4), round(longitude + dice.uniform(-4, 4), 4),
                    1, 0.9,
                )
                for index in range(120)
            ]
        )  # fmt: skip
    return countries


def _name(dice: random.Random) -> str:
    return "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 3))).capitalize()


def _happening(
    dice: random.Random, places: list[Place], groups: list[str], words: list[str], years: int
) -> _Happening:
    return _Happening(
        _LAST_DAY - timedelta(days=years * _DAYS_A_YEAR - 1 - dice.randrange(years * _DAYS_A_YEAR)),
        dice.choice(places),
        dice.choice(_TYPES),
        min(400, int(dice.paretovariate(1.1))),
        min(400, int(dice.paretovariate(1.0))),
        dice.choice((Category.CIVILIANS, Category.SECURITY_FORCES, Category.MILITANTS)),
        dice.choice(groups),
        dice.choice(("villagers", "soldiers", "traders", "police officers")),
        tuple(dice.sample(words, 12)),
    )


def _reading(
    dice: random.Random,
    outlet: str,
    happening: _Happening,
    other: _Happening | None,
    *,
    vocabulary: list[str],
    number: int,
) -> Reading:
    told = [happening] if other is None else [happening, other]
    sentences = [_sentence(dice, one) for one in told]
    filler = " ".join(" ".join(dice.choices(vocabulary, k=12)).capitalize() + "." for _ in range(12))
    published = happening.day + timedelta(days=dice.choice((0, 1, 1, 1, 2, 3)))
    report = Report.of(
        f"{' '.join(sentences)} {filler}",
        title=f"{_name(dice)} report {number}",
        publisher=outlet,
        published_on=published,
    )
    events, claims = [], []
    for index, (one, sentence) in enumerate(zip(told, sentences, strict=True), start=1):
        start = report.text.index(sentence)
        evidence = (Evidence(start, start + len(sentence), "harm.verb"),)
        event = _event(dice, f"e{index}", one, evidence, is_main=index == 1)
        events.append(event)
        claims += [
            Claim(
                event.id, ClaimKind.TOLL, Speaker(None, dice.choice(_SPEAKERS), is_anonymous=True),
                evidence[0], None, toll.harm, toll.category, toll.low, toll.high,
            )
            for toll in event.tolls
        ]  # fmt: skip
    return Reading(report, "made-up/1", tuple(events), tuple(claims))


def _sentence(dice: random.Random, happening: _Happening) -> str:
    words = " ".join(dice.sample(happening.words, 8))
    return f"Men of the {happening.perpetrator} struck {happening.place.name}: {words}."


def _event(
    dice: random.Random,
    event_id: str,
    happening: _Happening,
    evidence: tuple[Evidence, ...],
    *,
    is_main: bool,
) -> ReportedEvent:
    day = happening.day + timedelta(days=dice.choice((0, 0, 0, 0, 0, 0, 0, 1, -1)))
    killed = max(1, happening.killed + dice.choice((0, 0, 0, 1, -1, happening.killed // 4)))
    is_vague = dice.random() < 0.1
    where = happening.place
    if is_vague:
        where = Place(
            where.adm1, where.country_code, where.adm1, None, None, where.latitude, where.longitude, 4, 0.8
        )
    tolls = (
        Toll(Harm.KILLED, happening.category, killed, killed, killed, evidence),
        Toll(Harm.INJURED, Category.UNKNOWN, happening.injured, None, None, evidence),
    )
    return ReportedEvent(
        event_id, is_main, happening.event_type, EventDate(day, day, DatePrecision.DAY, evidence), where,
        (Actor(happening.perpetrator, None, where.country_code, evidence),),
        (Actor(happening.target, None, None, evidence),), (), tolls, evidence,
    )  # fmt: skip


def _copy(reading: Reading, outlet: str) -> Reading:
    """The same text in another outlet."""
    report = reading.report
    body = report.text[report.body_start :]
    copied = Report.of(body, title=report.title, publisher=outlet, published_on=report.published_on)
    return Reading(copied, reading.reader, reading.events, reading.claims)
