"""Made-up events with all that is told of them: one by hand, and any number by chance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from casus.casebook.dossiers import Dossier
from casus.casebook.records import (
    Deaths,
    Event,
    EventToll,
    EventWhen,
    EventWhere,
    Figure,
    Grade,
    Named,
    Perpetrator,
    ReportHead,
    Standing,
    Told,
)
from casus.exports import About
from casus.model import (
    Category,
    Claim,
    ClaimKind,
    DatePrecision,
    EventDate,
    EventType,
    Evidence,
    Harm,
    Place,
    ReportedEvent,
    Speaker,
    Toll,
)

ABOUT = About(datetime(2021, 6, 1, 12, 0, tzinfo=UTC), ("rules/1 hand",))
RAKHA = EventWhere("Rakha", "YE", "Hajjah", "Rakha", 11, 15.5, 43.5, 1, ("0123456789ab.1",))
DAY = date(2020, 3, 4)
TWELVE = Deaths(0, 0, 12, 0, 9, 12, 28)


def made_up_event(
    number: int = 1,
    *,
    event_type: EventType = EventType.ATTACK,
    perpetrators: tuple[Perpetrator, ...] = (
        Perpetrator("Houthis", "houthis", "YE", (Standing.ACCUSED,), ("0123456789ab.1",), (7,)),
    ),
    targets: tuple[Named, ...] = (Named("villagers", None, None, ("0123456789ab.1",)),),
    weapons: tuple[Named, ...] = (),
    tolls: tuple[EventToll, ...] | None = None,
    deaths: Deaths | None = TWELVE,
    start: date | None = DAY,
    end: date | None = DAY,
    precision: DatePrecision = DatePrecision.DAY,
    where: EventWhere = RAKHA,
    withheld: tuple[str, ...] = (),
    is_reviewed: bool = False,
) -> Event:
    """An event that two sources tell of."""
    if tolls is None:
        figures = (Figure("Daily Post", 9, 9, 9, date(2020, 3, 5), ("0123456789ab.1",), (7,)),)
        tolls = (EventToll(Harm.KILLED, Category.CIVILIANS, 9, 12, 28, figures),)
    return Event(
        id=f"ev-{number}",
        event_type=event_type,
        when=EventWhen(start, end, precision, ("0123456789ab.1",)),
        where=where,
        perpetrators=perpetrators,
        targets=targets,
        weapons=weapons,
        tolls=tolls,
        deaths=deaths,
        grade=Grade.FAIR,
        grade_reason="2 independent sources, none against",
        grade_claims=(),
        grade_keys=("0123456789ab.1",),
        keys=("0123456789ab.1",),
        reports=2,
        sources=("Daily Post", "Reuters"),
        withheld=withheld,
        is_reviewed=is_reviewed,
    )


def made_up_dossier(event: Event, number: int = 1, quote: str = "Nine died, the mayor said") -> Dossier:
    """An event with one account of it and one claim."""
    claim = Claim(
        "e1",
        ClaimKind.TOLL,
        Speaker("Ila Doran", "mayor", is_anonymous=False),
        Evidence(0, len(quote), "claim.said"),
        None,
        Harm.KILLED,
        Category.CIVILIANS,
        9,
        9,
    )
    day = event.when.start or DAY
    head = ReportHead(
        number,
        f"{number:064x}",
        f"report {number}",
        "/inbox/report.txt",
        "Nine dead in Rakha; army silent",
        "Daily Post",
        day + timedelta(days=1),
        f"https://post.example/{number}",
        None,
        "Daily Post",
    )
    account = ReportedEvent(
        "e1",
        True,
        event.event_type,
        EventDate(day, day, DatePrecision.DAY),
        Place("Rakha", "YE"),
        tolls=(Toll(Harm.KILLED, Category.CIVILIANS, 9, 9, 9),),
    )
    told = Told(f"{number:012x}.1", head, account, ((number, claim),))
    return Dossier(event, (told,), {number: quote})


def dossiers_by_chance(count: int, seed: int = 1) -> Iterator[Dossier]:
    """Events of all kinds, as many as wanted, the same for a seed."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        start = date(2015, 1, 1) + timedelta(days=chance.randrange(3000))
        killed = chance.randrange(40)
        where = EventWhere(
            f"Place {chance.randrange(500)}",
            chance.choice(["YE", "SY", "NG", "SO", "ML"]),
            f"Unit {chance.randrange(20)}",
            None,
            chance.randrange(10**6),
            round(chance.uniform(-30, 40), 4),
            round(chance.uniform(-20, 60), 4),
            chance.randrange(1, 7),
            ("0123456789ab.1",),
        )
        event = made_up_event(
            number,
            event_type=chance.choice(list(EventType)),
            perpetrators=chance.choice(
                [
                    (),
                    (Perpetrator("Houthis", "houthis", "YE", (Standing.REPORTED,), ("0123456789ab.1",)),),
                    (Perpetrator("gunmen", None, None, (Standing.REPORTED,), ("0123456789ab.1",)),),
                    (Perpetrator("army", None, None, (Standing.ACCUSED,), ("0123456789ab.1",)),),
                ]
            ),
            start=start,
            end=start,
            where=where,
            tolls=(EventToll(Harm.KILLED, Category.CIVILIANS, killed, killed, killed + 3, ()),),
            deaths=Deaths(0, 0, killed, 0, killed, killed, killed + 3),
        )
        yield made_up_dossier(event, number)
