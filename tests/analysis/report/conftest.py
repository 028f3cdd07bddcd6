"""A casebook with an event that is told in several ways, one that is silent, and one somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casebook.telling import Account, Story, claim, reading_of
from casus.analysis.report import PeriodReport, period_report
from casus.analysis.selecting import select
from casus.casebook.book import Casebook
from casus.casebook.records import DecisionKind, NewDecision
from casus.model import ClaimKind

NAME = "Tamsin Orlok"
RAKHA = Account(
    date(2020, 3, 4), "Rakha", 9, by="Azawagh Front", told=f"Raiders led by {NAME} burned a mill",
    claims=(
        claim(ClaimKind.ACCUSATION, "the governor", actor="Azawagh Front"),
        claim(ClaimKind.TOLL, NAME, low=9),
    ),
)  # fmt: skip
STORIES = (
    Story("Daily Post", date(2020, 3, 5), (RAKHA,)),
    Story(
        "Radio One",
        date(2020, 3, 6),
        (
            Account(
                date(2020, 3, 4), "Rakha", 12, by="Azawagh Front", told="The mill of Rakha was burned",
                claims=(claim(ClaimKind.DENIAL, "a spokesman", actor="Azawagh Front"),),
            ),
        ),
    ),
    Story("Daily Post", date(2020, 3, 21), (Account(date(2020, 3, 20), "Dirbat", 4, told="Shells fell"),)),
    Story("Sea News", date(2020, 4, 11), (Account(date(2020, 4, 10), "Mabar", None, told="Boys threw mud"),)),
    Story("Sea News", date(2020, 1, 11), (Account(date(2020, 1, 10), "Hajjah", 2, told="A mine went off"),)),
    Story("Sea News", date(2020, 3, 9), (Account(date(2020, 3, 8), "Tolo", 3, told="Pirates sank a dhow"),)),
)  # fmt: skip
SINCE, UNTIL = date(2020, 3, 1), date(2020, 4, 30)


def clock() -> datetime:
    return datetime(2021, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    path: Path = tmp_path_factory.mktemp("report") / "book.db"
    with Casebook.open(f"sqlite:///{path}") as opened:
        opened.clock = clock
        opened.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(STORIES))
        yield opened


@pytest.fixture(scope="module")
def report(book: Casebook) -> PeriodReport:
    """What it tells of Yemen in two months."""
    return period_report(book, select(book, since=SINCE, until=UNTIL, country="YE", sees_withheld=False))


@pytest.fixture
def withholding(tmp_path: Path) -> Iterator[Casebook]:
    """The same casebook, but a name is withheld, and so is the name of a place."""
    with Casebook.open(f"sqlite:///{tmp_path / 'shut.db'}") as opened:
        opened.clock = clock
        opened.ingest((f"{number}.txt", reading_of(story)) for number, story in enumerate(STORIES))
        for place, name in (("Rakha", NAME), ("Dirbat", "Dirbat")):
            event = next(one for one in opened.events() if one.where.name == place)
            opened.decide(
                event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="rowan", reason="asked", value=name)
            )
        yield opened
