"""An invented report and a reading of it, for the tests of all that stands around the reader."""

from __future__ import annotations

from datetime import date

from casus.model import (
    Actor,
    Agreement,
    Category,
    Change,
    Claim,
    ClaimKind,
    Commitment,
    DatePrecision,
    EventDate,
    EventType,
    Evidence,
    Harm,
    Issue,
    Place,
    PlaceCandidate,
    Reading,
    Report,
    ReportedEvent,
    Speaker,
    Statistic,
    Toll,
    Weapon,
)

TITLE = "Shells hit Tel Rimon market; toll disputed"
BODY = (
    "Army shells hit the market of Tel Rimon on Friday and killed at least nine traders, "
    "Mayor Ila Doran said. "
    "A local doctor, who asked not to be named, spoke of 12 dead.\n"
    "Colonel Avi Strand, an army spokesman, denied that the army had fired.\n"
    "The town has been quiet since the Lake Truce was signed in May 2020, under which the army is to leave "
    "by June 2021. Attacks fell by 40 percent since then, monitors said. Last year gunmen burned "
    "the town hall."
)


def sample_report(published_on: date | None = date(2021, 5, 8)) -> Report:
    """The report, published on the Saturday after."""
    return Report.of(BODY, title=TITLE, publisher="Harbour Post", published_on=published_on)


def evidence(report: Report, words: str, rule: str = "test.words") -> Evidence:
    """The first place at which words stand in a report."""
    start = report.text.index(words)
    return Evidence(start, start + len(words), rule)


def sample_reading() -> Reading:
    """A reading of the report with something of every kind."""
    report = sample_report()
    return Reading(
        report=report,
        reader="test 1",
        events=_events(report),
        claims=_claims(report),
        agreements=(_agreement(report),),
        statistics=(
            Statistic(
                measure="attacks",
                change=Change.DOWN,
                percent=40.0,
                value=None,
                since="2020-05",
                speaker="monitors",
                quote=evidence(report, "Attacks fell by 40 percent since then"),
            ),
        ),
        issues=(Issue("place.unknown", "no place of this name is known", 11, 20),),
    )


def _events(report: Report) -> tuple[ReportedEvent, ...]:
    friday = EventDate(
        date(2021, 5, 7),
        date(2021, 5, 7),
        DatePrecision.DAY,
        (evidence(report, "on Friday", "date.weekday"),),
    )
    market = Place(
        name="the market of Tel Rimon",
        country_code="IL",
        adm1="Northern",
        latitude=32.5,
        longitude=35.25,
        precision_code=4,
        score=0.75,
        alternatives=(PlaceCandidate("Rimon", "SY", None, None, 42, 33.0, 36.0, 0.25),),
        evidence=(evidence(report, "Tel Rimon on", "place.in"),),
    )
    shelling = ReportedEvent(
        id="e1",
        is_main=True,
        event_type=EventType.SHELLING,
        when=friday,
        where=market,
        perpetrators=(Actor("army", "israel-army", "IL", (evidence(report, "Army shells"),)),),
        targets=(Actor("traders", evidence=(evidence(report, "traders"),)),),
        weapons=(Weapon("shells", (evidence(report, "shells hit the"),)),),
        tolls=(
            Toll(
                Harm.KILLED,
                Category.CIVILIANS,
                9,
                9,
                12,
                (evidence(report, "at least nine traders", "toll.verb"),),
            ),
        ),
        evidence=(evidence(report, "hit the market", "act.shelling"),),
    )
    fire = ReportedEvent(
        id="e2",
        is_main=False,
        event_type=EventType.DESTRUCTION,
        when=EventDate(date(2020, 1, 1), date(2020, 12, 31), DatePrecision.YEAR),
        where=Place(None, None),
        perpetrators=(Actor("gunmen", evidence=(evidence(report, "gunmen"),)),),
    )
    return shelling, fire


def _claims(report: Report) -> tuple[Claim, ...]:
    mayor = Speaker("Ila Doran", "mayor", is_anonymous=False, evidence=(evidence(report, "Mayor Ila Doran"),))
    doctor = Speaker(None, "local doctor", is_anonymous=True, evidence=(evidence(report, "local doctor"),))
    colonel = Speaker("Avi Strand", "army spokesman", is_anonymous=False, affiliation="army")
    said = evidence(
        report, "Army shells hit the market of Tel Rimon on Friday and killed at least nine traders"
    )
    army = Actor("army", "israel-army", "IL")
    return (
        Claim("e1", ClaimKind.TOLL, mayor, said, harm=Harm.KILLED, category=Category.CIVILIANS, low=9),
        Claim("e1", ClaimKind.ACCUSATION, mayor, said, actor=army),
        Claim(
            "e1",
            ClaimKind.TOLL,
            doctor,
            evidence(report, "spoke of 12 dead"),
            harm=Harm.KILLED,
            low=12,
            high=12,
        ),
        Claim(
            "e1", ClaimKind.DENIAL, colonel, evidence(report, "denied that the army had fired"), actor=army
        ),
        Claim(
            None, ClaimKind.CIRCUMSTANCE, mayor, evidence(report, "The town has been quiet"), tags=("lull",)
        ),
    )


def _agreement(report: Report) -> Agreement:
    leave = Commitment("army", "leave", "2021-06", (evidence(report, "the army is to leave by June 2021"),))
    return Agreement(
        name="Lake Truce",
        parties=("army", "town council"),
        agreed_on="2020-05",
        precision=DatePrecision.MONTH,
        commitments=(leave,),
        quote=evidence(report, "the Lake Truce was signed in May 2020"),
    )
