"""A casebook that shows whatever a page can be asked to show: for browser tests and pictures.

It holds the example reports, read for real; some hundred made-up events, moved to countries
that a map knows; and what strains a page: an event of 300 claims, one without a place, names
that are too long, writing from right to left, a script in a title, withheld names, and
decisions of every kind.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, Event, EventFilter, NewDecision
from casus.intake.ingestion import Ingestion
from casus.intake.readers import ReaderPool, reader_name
from casus.model import (
    Actor,
    Category,
    Change,
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
    Statistic,
    Toll,
)
from casus.settings import Settings
from casus.sources import Loading, gather
from made_up import made_up_readings

EXAMPLES = Path(__file__).parents[1] / "examples"
MADE_UP = 300
LOUD_PLACE = "Tamsulbador"
LONG_GROUP = (
    "Coordinating Committee of the United Front for the Liberation and Reconstruction of the "
    "Upper, Middle and Lower Valleys of the Tamsulbador River and Adjoining Islands (Provisional Wing)"
)
LONG_WORD = "Llanfair" * 9
SCRIPT = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
ARABIC_PLACE = "وادي النخيل"
WITHHELD = "Sana Idrees"
_REVIEWER = "rowan"
_SYLLABLES = (
    "an",
    "bel",
    "cor",
    "dun",
    "es",
    "fir",
    "gol",
    "ham",
    "il",
    "jor",
    "kes",
    "lum",
    "mer",
    "nol",
    "os",
)
# Countries for the made-up events, each with a box that lies inland: south, west, height and width.
_LAND = (
    ("NE", 14.2, 3.5, 2.5, 8.0), ("ML", 14.5, -7.0, 3.0, 5.0), ("SD", 12.5, 25.0, 4.0, 7.0),
    ("CF", 5.5, 17.0, 2.0, 7.0), ("YE", 14.8, 44.3, 1.5, 3.5), ("KE", -0.5, 36.5, 3.0, 3.0),
    ("CD", -4.0, 19.0, 5.0, 8.0), ("ET", 6.5, 37.0, 5.0, 4.0), ("AF", 32.0, 63.5, 2.5, 4.5),
    ("CO", 3.0, -74.5, 3.5, 3.5), ("MM", 20.5, 95.0, 3.0, 2.5), ("IQ", 32.5, 42.5, 2.5, 2.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Showcase:
    """What is in it to look at: ids of events, and the number of a statistic."""

    loud: str  # 300 claims
    many: str  # told by four outlets, contested
    placeless: str
    long_named: str
    right_to_left: str
    scripted: str
    withheld: str
    corrected: str
    rejected: str
    measured: int


def make_showcase(url: str, *, made_up: int = MADE_UP) -> Showcase:
    """Make the casebook at `url`, which must be new."""
    settings = Settings()
    with Casebook.open(url) as book, ReaderPool(settings) as pool:
        ingestion = Ingestion(book, pool.read, reader_name(settings))
        ingestion.take(gather([EXAMPLES / "casebook", EXAMPLES / "reports"], Loading()))
        book.ingest((reading.report.id, reading) for reading in settled(made_up))
        book.ingest((reading.report.id, reading) for reading in straining())
        return _decided(book)


def settled(count: int) -> Iterator[Reading]:
    """Made-up readings whose places lie in countries that there are."""
    for reading in made_up_readings(count):
        events = tuple(_moved_event(event) for event in reading.events)
        yield replace(reading, events=events)


def _moved_event(event: ReportedEvent) -> ReportedEvent:
    where = _moved(event.where)
    perpetrators = tuple(replace(one, country_code=where.country_code) for one in event.perpetrators)
    return replace(event, where=where, perpetrators=perpetrators)


def _moved(where: Place) -> Place:
    assert where.country_code is not None
    assert where.latitude is not None
    assert where.longitude is not None
    number = (ord(where.country_code[0]) - 65) * 26 + ord(where.country_code[1]) - 65
    code, south, west, height, width = _LAND[number % len(_LAND)]
    return replace(
        where,
        country_code=code,
        latitude=round(south + where.latitude * 7919 % 1 * height, 4),
        longitude=round(west + where.longitude * 104729 % 1 * width, 4),
    )


def straining() -> Iterator[Reading]:
    """Readings of reports that strain a page."""
    for outlet in range(30):
        yield _loud(outlet)
    yield _measured()
    day = date(2024, 4, 12)  # after all others, with which they might be linked
    yield _single("Shots were heard and two men died, a trader said.", "Two die", Place(None, None), day)
    yield _single(
        f"Fighters of the {LONG_GROUP} burned the mill of {LONG_WORD} and killed two men, the miller said.",
        f"Fighters of the {LONG_GROUP} burn the mill of {LONG_WORD}, and nobody knows why they came",
        Place(LONG_WORD, "KE", "Tana River", None, None, -1.5, 39.9, 2, 0.4),
        day + timedelta(days=190),
        LONG_GROUP,
    )
    yield _single(
        f"قتل مسلحون اثنين من المزارعين قرب {ARABIC_PLACE} يوم الاثنين، كما قال مسؤول محلي.",
        f"مقتل مزارعين اثنين قرب {ARABIC_PLACE}",
        Place(ARABIC_PLACE, "YE", "مأرب", None, None, 15.5, 45.3, 1, 0.9),
        day + timedelta(days=290),
        "كتائب النخيل",
        outlet="صحيفة الوادي",
    )
    yield _single(
        f"Men of the {SCRIPT} front shot two drivers at Pelmor, a clerk said.",
        f"{SCRIPT} at Pelmor",
        Place("Pelmor", "SD", "Quasul", None, None, 13.4, 30.1, 1, 0.8),
        day + timedelta(days=390),
        f"{SCRIPT} front",
        outlet=f"Pelmor {SCRIPT}",
    )
    yield _single(
        f"Soldiers shot the teacher {WITHHELD} and her brother at Dorlim, a neighbour said.",
        f"Teacher {WITHHELD} shot at Dorlim",
        Place("Dorlim", "ML", "Ribawan", None, None, 15.8, -4.2, 1, 0.8),
        day + timedelta(days=490),
        "Dorlim garrison",
        target=WITHHELD,
    )


def _measured() -> Reading:
    """A report that gives a statistic, and tells of no event."""
    said = "Attacks on villages have doubled since 2016, the river ministry said."
    report = Report.of(
        f"Rain closed the ferry on Tuesday. {said}",
        title="Ministry counts twice as many attacks",
        publisher="River Paper 1",
        published_on=date(2020, 2, 4),
    )
    told = Statistic(
        "attacks", Change.UP, 100.0, None, "2016", "river ministry",
        replace(_spot(report, said), rule="statistic.change"),
    )  # fmt: skip
    return Reading(report, "made-up/1", (), (), statistics=(told,))


def _loud(outlet: int) -> Reading:
    """One of 30 reports of one event, in which ten people speak."""
    lead = f"Gunmen of the Tamsul Column raided the ferry of {LOUD_PLACE} on Monday and killed traders."
    counts = [9 + (outlet + one) % 14 for one in range(10)]
    lines = [
        f"Witness number {10 * outlet + one + 1} at landing {chr(65 + one)} counted {count} dead."
        for one, count in enumerate(counts)
    ]
    dice = random.Random(outlet)
    # Words of its own, so that it is no copy of the others.
    own = " ".join("".join(dice.choices(_SYLLABLES, k=3)).capitalize() + "." for _ in range(150))
    report = Report.of(
        f"{lead} {' '.join(lines)} {own}",
        title=f"Ferry raid at {LOUD_PLACE}: what outlet {outlet + 1} heard",
        publisher=f"River Paper {outlet + 1}",
        published_on=date(2021, 4, 6) + timedelta(days=outlet % 3),
    )
    where = Place(LOUD_PLACE, "CD", "Upper Tamsul", None, 990001, -1.2, 22.4, 1, 0.95)
    head = _spot(report, lead)
    toll = Toll(Harm.KILLED, Category.CIVILIANS, min(counts), counts[0], max(counts), (head,))
    claims = tuple(
        Claim(
            "e1", ClaimKind.TOLL, Speaker(None, f"witness {10 * outlet + one + 1}", is_anonymous=True),
            _spot(report, line), None, Harm.KILLED, Category.CIVILIANS, counts[one], counts[one],
        )
        for one, line in enumerate(lines)
    )  # fmt: skip
    event = _event(
        report,
        lead,
        where=where,
        day=date(2021, 4, 5),
        group="Tamsul Column",
        target="traders",
        tolls=(toll,),
    )
    return Reading(report, "made-up/1", (event,), claims)


def _single(
    text: str,
    title: str,
    where: Place,
    day: date,
    group: str | None = None,
    *,
    target: str = "villagers",
    outlet: str = "Valley Post",
) -> Reading:
    report = Report.of(text, title=title, publisher=outlet, published_on=day + timedelta(days=1))
    head = _spot(report, text)
    toll = Toll(Harm.KILLED, Category.CIVILIANS, 2, 2, 2, (head,))
    claim = Claim(
        "e1", ClaimKind.TOLL, Speaker(None, "resident", is_anonymous=True), head, None,
        Harm.KILLED, Category.CIVILIANS, 2, 2,
    )  # fmt: skip
    event = _event(report, text, where=where, day=day, group=group, target=target, tolls=(toll,))
    return Reading(report, "made-up/1", (event,), (claim,))


def _event(
    report: Report,
    words: str,
    *,
    where: Place,
    day: date,
    group: str | None,
    target: str,
    tolls: tuple[Toll, ...],
) -> ReportedEvent:
    spot = (_spot(report, words),)
    return ReportedEvent(
        "e1", True, EventType.ATTACK, EventDate(day, day, DatePrecision.DAY, spot),
        replace(where, evidence=spot if where.name else ()),
        (Actor(group, None, where.country_code, spot),) if group else (),
        (Actor(target, None, None, spot),), (), tolls, spot,
    )  # fmt: skip


def _spot(report: Report, words: str) -> Evidence:
    start = report.text.index(words, report.body_start)
    return Evidence(start, start + len(words), "harm.verb")


def _decided(book: Casebook) -> Showcase:
    """Decide something of every kind."""

    def the(place: str) -> Event:
        return next(event for event in book.events() if place in (event.where.name or ""))

    def decide(event: Event, kind: DecisionKind, reason: str, **more: object) -> Event:
        return book.decide(event.id, NewDecision(kind=kind, by=_REVIEWER, reason=reason, **more))  # type: ignore[arg-type]

    loud = [event for event in book.events() if event.where.name == LOUD_PLACE]
    if len(loud) > 1:
        others = tuple(event.id for event in loud[1:])
        decide(loud[0], DecisionKind.MERGE, "One raid, told thirty times", others=others)
    placeless = next(event for event in book.events() if not (event.where.name or event.where.country_code))
    told = [event for event in book.events(EventFilter(country="KE")) if event.where.name != LONG_WORD]
    corrected, rejected, assigned = told[0], told[1], the("Ayorou")
    withheld = the("Dorlim")
    decide(withheld, DecisionKind.WITHHOLD, "A victim's name", value=WITHHELD)
    decide(corrected, DecisionKind.CORRECT, "The mayor named the town", field="place", value="Pelmor")
    decide(corrected, DecisionKind.COMMENT, "", value=f"Called the outlet: {SCRIPT}")
    decide(corrected, DecisionKind.CONFIRM, "Both reports read")
    decide(rejected, DecisionKind.REJECT, "An exercise, as the army said a day later")
    decide(assigned, DecisionKind.ASSIGN, "", value=_REVIEWER)
    return Showcase(
        loud=the(LOUD_PLACE).id,
        many=assigned.id,
        placeless=placeless.id,
        long_named=the(LONG_WORD).id,
        right_to_left=the(ARABIC_PLACE).id,
        scripted=next(
            event for event in book.events() if event.perpetrators and SCRIPT in event.perpetrators[0].name
        ).id,
        withheld=withheld.id,
        corrected=corrected.id,
        rejected=rejected.id,
        measured=next(
            row.number for row in book.browse.statistics().statistics if row.statistic.percent == 100
        ),
    )
