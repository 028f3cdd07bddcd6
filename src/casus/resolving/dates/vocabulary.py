"""The words that dates are made of, and their values."""

from __future__ import annotations

from casus.resolving.dates.mention import DateUnit, PartOfDay


def _numbered(names: str, first: int = 1) -> dict[str, int]:
    """Values from `first` for names in order; `a|b` are two names for one value."""
    groups = enumerate(names.split(), first)
    return {name: value for value, group in groups for name in group.split("|")}


WEEKDAYS = _numbered("monday tuesday wednesday thursday friday saturday sunday", 0)
WEEKDAY_ABBREVIATIONS = _numbered("mon tue|tues wed|weds thu|thur|thurs fri sat sun", 0)
WEEKDAY_PLURALS = _numbered("mondays tuesdays wednesdays thursdays fridays saturdays sundays", 0)
MONTHS = _numbered("january february march april may june july august september october november december")
MONTH_ABBREVIATIONS = _numbered("jan feb mar apr may_ jun jul aug sep|sept oct nov dec")

CARDINALS = _numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
) | {
    word: 10 * value
    for word, value in _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
ORDINALS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
) | {"thirtieth": 30}

SEASONS = {word: word for word in ("spring", "summer", "autumn", "winter")} | {"fall": "autumn"}

# Parts of a year that business names by number: first and last month.
QUARTERS = {
    "q1": (1, 3),
    "q2": (4, 6),
    "q3": (7, 9),
    "q4": (10, 12),
    "h1": (1, 6),
    "h2": (7, 12),
}

# Calendars by the words before "calendar".
CALENDAR_WORDS = "ethiopian islamic hijri lunar persian iranian afghan solar nepali"

UNITS = {
    "minute": DateUnit.MINUTE,
    "minutes": DateUnit.MINUTE,
    "hour": DateUnit.HOUR,
    "hours": DateUnit.HOUR,
    "day": DateUnit.DAY,
    "days": DateUnit.DAY,
    "night": DateUnit.DAY,
    "nights": DateUnit.DAY,
    "week": DateUnit.WEEK,
    "weeks": DateUnit.WEEK,
    "fortnight": DateUnit.WEEK,
    "fortnights": DateUnit.WEEK,
    "month": DateUnit.MONTH,
    "months": DateUnit.MONTH,
    "year": DateUnit.YEAR,
    "years": DateUnit.YEAR,
    "decade": DateUnit.DECADE,
    "decades": DateUnit.DECADE,
}

PARTS = {
    "dawn": PartOfDay.DAWN,
    "daybreak": PartOfDay.DAWN,
    "predawn": PartOfDay.DAWN,
    "sunrise": PartOfDay.DAWN,
    "morning": PartOfDay.MORNING,
    "noon": PartOfDay.NOON,
    "midday": PartOfDay.NOON,
    "lunchtime": PartOfDay.NOON,
    "afternoon": PartOfDay.AFTERNOON,
    "evening": PartOfDay.EVENING,
    "dusk": PartOfDay.EVENING,
    "nightfall": PartOfDay.EVENING,
    "sunset": PartOfDay.EVENING,
    "midnight": PartOfDay.NIGHT,
    "night": PartOfDay.NIGHT,
}
# Names of hours rather than of stretches of the day; a newspaper may be called after one.
MOMENTS = "dawn daybreak sunrise noon midday midnight dusk sunset nightfall lunchtime"

# What happens on a date and may stand right after it: "the 2008 attacks", "a May truce".
EVENT_NOUNS = (
    "accord accords agreement ambush ambushes assassination assault assaults atrocities atrocity attack "
    "attacks blast blasts bombing bombings campaign ceasefire clash clashes clampdown conflict coup "
    "crackdown crisis deadline deal death deaths earthquake election elections explosion explosions "
    "fighting genocide incident incidents insurgency invasion kidnapping kidnappings killing killings "
    "massacre massacres mutiny murder murders offensive operation pact peace polls pogrom protest "
    "protests putsch raid raids rebellion referendum report revolt revolution riot riots shooting "
    "shootings siege strike strikes survey treaty truce uprising uprisings violence vote war wars"
)
# What a number right before counts, so that it is no year and no day.
COUNTED_NOUNS = (
    "people persons men women children families houses homes others troops soldiers civilians villagers "
    "refugees militants rebels policemen inmates prisoners students protesters demonstrators workers "
    "dollars euros pounds rupees km kilometers kilometres miles metres meters percent per tons tonnes "
    "rounds weapons rifles votes deaths members fighters hectares acres villages buildings cases"
)
# Those in which something is, so that a number after "in" is no year.
HOLDERS = "houses homes families cases villages buildings percent per km kilometers kilometres miles metres"
# A date that is part of a name, such as that of an armed group, is no date.
NAME_NOUNS = (
    "brigade brigades organization organisation front group groups bloc army "
    "commandos command battalion column committee committees party council square bridge street avenue "
    "university hospital stadium park airport"
)
NEWSPAPERS = (
    "times mirror telegraph herald tribune mail express star nation observer independent standard vision"
)
# Those that are hardly anything else, even in small letters.
SURE_NEWSPAPERS = "times mirror telegraph herald tribune"
SPEECH_VERBS = (
    "said says told announced reported confirmed added declared stated claimed warned denied accused"
)
