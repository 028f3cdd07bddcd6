"""When the events of a report took place: a specification by example.

Reports are of Wednesday 15 June 2016.  After each stand the days of its events in order, as
first day..last day where they differ; "-" is unknown.
"""

from __future__ import annotations

from datetime import date

import pytest

import casus

PUBLISHED = date(2016, 6, 15)

CASES = [
    # -- a day beside the event
    ("a weekday", "Gunmen killed four traders in Maiduguri, Nigeria, on Monday.", "2016-06-13"),
    ("a weekday without preposition", "Gunmen killed four traders in Jos, Nigeria, Monday.", "2016-06-13"),
    ("the day of publication", "Militants killed four soldiers in Kandahar on Wednesday.", "2016-06-15"),
    ("a date without a year", "Militants killed four soldiers in Kandahar on June 3.", "2016-06-03"),
    ("a date of last year", "Militants killed four soldiers in Kandahar on August 29.", "2015-08-29"),
    ("a night", "Rebels killed four soldiers in Mali on Sunday night.", "2016-06-12"),
    ("late in a night", "Militants shot dead a policeman in Quetta late night on Sunday.", "2016-06-12"),
    (
        "the night of a date",
        "Militants shot dead a man in Gumla, India, on the night of June 10.",
        "2016-06-10",
    ),
    ("the small hours", "In the early hours of Tuesday, rebels killed a woman in Goma.", "2016-06-14"),
    ("last night", "Rebels killed three policemen in Peshawar at around 10pm last night.", "2016-06-14"),
    ("a day's time and name apart", "At dawn on Friday soldiers shot dead two rebels in Goma.", "2016-06-10"),
    ("a weekend", "Militants shot dead three soldiers in Juba at the weekend.", "2016-06-11..2016-06-12"),
    ("a month", "Soldiers shot dead protesters in Oromia, Ethiopia, last month.", "2016-05-01..2016-05-31"),
    ("two days", "Rebels killed five soldiers in Bria on Saturday and Sunday.", "2016-06-11..2016-06-12"),
    (
        "a night between two dates",
        "Rebels burnt a school in Bria on the night of 3 to 4 June.",
        "2016-06-03..2016-06-04",
    ),
    ("a list of days", "Rebels killed 80 people in Bria on May 21, 22 and 23.", "2016-05-21..2016-05-23"),
    (
        "a list of days before its month",
        "On 21, 22 and 23 May rebels killed 80 people in Bria.",
        "2016-05-21..2016-05-23",
    ),
    (
        "a stretch",
        "The army said it killed 15 militants in Sinai between June 10 and 13.",
        "2016-06-10..2016-06-13",
    ),
    (
        "hours before publication",
        "Troops killed 15 suspected rebels in North Sinai over the past 48 hours, the army said Tuesday.",
        "2016-06-13..2016-06-15",
    ),
    (
        "a day of a thing",
        "Monday's attack on a police post in Quetta by militants killed nine.",
        "2016-06-13",
    ),
    # -- days that are not the event's
    ("when it was said", "Police said on Tuesday that gunmen had killed four farmers in Jos.", "-"),
    (
        "when it was said and when it was done",
        "Police said on Tuesday that gunmen killed four farmers in Jos on Sunday.",
        "2016-06-12",
    ),
    (
        "a day behind what is said belongs to it",
        (
            'The minister said in a statement that he was "suspected of having murdered" two '
            "guards on May 1, 2014."
        ),
        "2014-05-01",
    ),
    (
        "when it was condemned",
        "The minister on Tuesday condemned the killing of three aid workers in Juba on Sunday.",
        "2016-06-12",
    ),
    (
        "when a dateline is of",
        "Raid in Tral\n\nSrinagar, June 14: Militants shot dead a policeman at Tral late on Sunday evening.",
        "2016-06-12",
    ),
    (
        "a day that only names a kind of thing",
        "Militants killed six worshippers during the Friday prayer in Khost on May 17.",
        "2016-05-17",
    ),
    (
        "a day of things, where no other is told",
        "Militants killed six worshippers during Friday prayers in Khost.",
        "2016-06-10",
    ),
    (
        "when victims died of wounds",
        "Rebels shot a soldier in Bria on Friday. He died of his wounds in hospital on Sunday.",
        "2016-06-10",
    ),
    (
        "when captives were freed",
        "A hostage whom rebels seized in Niger on March 2 was freed on Monday.",
        "2016-03-02",
    ),
    (
        "when an arrest followed",
        "Rebels killed five farmers in Bria on Friday and were still at large on Monday.",
        "2016-06-10",
    ),
    # -- days that are counted
    (
        "the previous day",
        (
            "Rebels killed ten soldiers in Bria on Monday. They had killed five policemen in Bambari the "
            "previous day."
        ),
        "2016-06-13 2016-06-12",
    ),
    (
        "so many days before",
        "Police in Lagos, Nigeria, said on Tuesday that gunmen had killed four farmers two days before.",
        "2016-06-12",
    ),
    (
        "so many days after, from a day before",
        "On Wednesday the army sent troops, two days after rebels killed nine villagers near Bria.",
        "2016-06-13",
    ),
    (
        "so many days after, from a day behind",
        "Two days after rebels killed nine villagers near Bria, the army sent troops on Wednesday.",
        "2016-06-13",
    ),
    (
        "a day after a harm that the sentence is about",
        "Parliament voted today for military operations, a day after rebels killed five farmers in Bria.",
        "2016-06-14",
    ),
    (
        "captives with a day of their own",
        (
            "Five envoys whom rebels abducted in Tripoli, Libya, on Saturday were freed on "
            "Monday, hours after a deal."
        ),
        "2016-06-11",
    ),
    ("days ago", "Rebels killed nine villagers near Bria three days ago.", "2016-06-12"),
    # -- days told beside
    (
        "a sentence that only says when",
        "Rebels killed nine villagers near Bria. It happened at dawn on Monday.",
        "2016-06-13",
    ),
    (
        "a day holds within its paragraph",
        (
            "The revenge began on Tuesday. Mobs burnt houses, police said. At Dheku the police "
            "fired at a crowd "
            "and killed three rebels."
        ),
        "2016-06-14 2016-06-14",
    ),
    (
        "what is told soon after the main event",
        (
            "Rebels killed nine villagers near Bria on Monday.\n\nAt Bambari militiamen burned "
            "forty houses and "
            "shot dead a priest."
        ),
        "2016-06-13 2016-06-13",
    ),
    (
        "but not what came before it",
        (
            "Rebels killed nine villagers near Bria on Monday.\n\nMilitiamen had earlier burned "
            "forty houses at "
            "Bambari and shot dead a priest."
        ),
        "2016-06-13 -",
    ),
    (
        "fresh news is of the day on which it is told",
        "Rebels killed nine villagers near Bria, the army said on Wednesday.",
        "2016-06-15",
    ),
    (
        "a day too long ago to be when something was said",
        "Police see the hand of ETA behind the bomb at Burgos airport on May 30, 2014, in which two died.",
        "2014-05-30",
    ),
    (
        "a list of events says of which day it is",
        (
            "BAGHDAD, June 15 - Following are security developments in Iraq reported up to 1800 GMT on "
            "Tuesday.\n\n"
            "BAQUBA - Gunmen shot dead three brothers on Monday, police said.\n\n"
            "MOSUL - A roadside bomb killed two soldiers, police said."
        ),
        "2016-06-13 2016-06-14",
    ),
    (
        "days before something that is no event of violence",
        (
            "Chiefs of both sides signed an accord in Bor, South Sudan, on Tuesday. Two days before "
            "the ceremony, "
            "gunmen shot dead eight herders at Anyidi."
        ),
        "2016-06-12",
    ),
    (
        "what happened later on the same day",
        (
            "Police shot dead twelve demonstrators in Gaza City on Friday. Rioters later burnt a cinema in "
            "Rafah."
        ),
        "2016-06-10 2016-06-10",
    ),
    (
        "a day of a year that was told before",
        (
            "Talks were broken off in 2012 after rebels killed 22 cadets with a car bomb in Arauca, "
            "Colombia, on "
            "January 17 of that year."
        ),
        "2012-01-17",
    ),
    (
        "a day that an act of no event tells",
        (
            "Former rebels and activists clashed in Gaur, Nepal, leaving 27 people dead. Both sides "
            "had chosen the "
            "field for rallies on Monday."
        ),
        "2016-06-13",
    ),
    (
        "a date of another calendar",
        "Militants killed four soldiers in Kandahar on 14 Jawza 1395.",
        "2016-06-03",
    ),
    ("no day at all", "Rebels killed nine villagers near Bria.", "-"),
]


@pytest.mark.parametrize(
    ("report", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_events_took_place_when_their_report_says(report: str, expected: str) -> None:
    title, _, body = report.partition("\n\n") if report.startswith("Raid") else ("", "", report)
    reading = casus.read(body, title=title or None, published=PUBLISHED)
    found = [
        f"{e.when.start}" if e.when.start == e.when.end else f"{e.when.start}..{e.when.end}"
        for e in reading.events
    ]
    assert " ".join(found).replace("None", "-") == expected
