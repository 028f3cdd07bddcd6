"""The grammar of time expressions in news, in the notation of `casus.resolving.dates.notation`.

`_PARTS` are the building blocks, `_RULES` the expressions, in the order in which they are
tried at each word: the first that fits wins, so the longer and the stricter stand first.
Rules called `mask_…` are things that only look like dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from casus.resolving.dates import vocabulary
from casus.resolving.dates.notation import Alphabet, expand, expand_all, make_alphabet

# Tokens that are known by their form or case.  DAY is a number up to 31, TWO another one of two
# digits, NEW_YEAR one from 1900 to 2099, OLD_YEAR one from 1000 to 1899; CAPITAL and OTHER are
# words that the grammar does not know; SHAKY is "may" or "march" in a text without capitals.
_KIND_NAMES = (
    "DAY TWO NUMBER NEW_YEAR OLD_YEAR NTH ISO SLASHED CLOCK CLOCK_PM AM_PM DECADE NAMED SHAKY CAPITAL OTHER "
    "COMMA DOT OPEN CLOSE POSSESSIVE TIGHT_DASH WIDE_DASH SLASH PERCENT MARK BREAK"
)
KINDS = tuple(_KIND_NAMES.split())

_WORD_CLASSES: dict[str, Iterable[str]] = {
    "WEEKDAY": vocabulary.WEEKDAYS,
    "WEEKDAY_SHORT": vocabulary.WEEKDAY_ABBREVIATIONS,
    "WEEKDAYS": vocabulary.WEEKDAY_PLURALS,
    "MONTH": vocabulary.MONTHS,
    "MONTH_SHORT": vocabulary.MONTH_ABBREVIATIONS,
    "CARDINAL": vocabulary.CARDINALS,
    "ORDINAL": vocabulary.ORDINALS,
    "SEASON_NAME": vocabulary.SEASONS,
    "UNIT_NAME": vocabulary.UNITS,
    "PLURAL": [word for word in vocabulary.UNITS if word.endswith("s")],
    "PART_NAME": vocabulary.PARTS,
    "MOMENT": vocabulary.MOMENTS.split(),
    "EVENT": vocabulary.EVENT_NOUNS.split(),
    "COUNTED": vocabulary.COUNTED_NOUNS.split(),
    "HELD": vocabulary.HOLDERS.split(),
    "NAME_NOUN": vocabulary.NAME_NOUNS.split(),
    "PAPER": vocabulary.NEWSPAPERS.split(),
    "SPEECH": vocabulary.SPEECH_VERBS.split(),
}

_PARTS = {
    "DASH": "TIGHT_DASH | WIDE_DASH",
    "YEAR": "NEW_YEAR | OLD_YEAR",
    "M": "MONTH | SHAKY | MONTH_SHORT DOT?",
    "SURE_M": "MONTH | MONTH_SHORT DOT?",
    "NUM": "DAY | TWO | NUMBER | YEAR | CARDINAL (TIGHT_DASH CARDINAL)?",
    "ABOUT": """
        about | around | approximately | roughly | some | nearly | almost | over | under | exactly | just
        | only | barely | another | further | additional | more than | less than | fewer than | at least |
        at most | up to | well over | just over | close to | as many as | little more than | precisely""",
    "COUNT": """
          (a | an | NUM) and a half
        | NUM ((or | to | DASH) NUM)?
        | a? couple of | a few | a dozen
        | half (a | an)
        | a quarter of an
        | a (number | matter) of
        | a | an | several | some | many | few""",
    "UNIT": "UNIT_NAME",
    # A year after a month or a day: "2004", ", 2004", "of 2004", "last year".
    "YEAR_AFTER": "COMMA YEAR (?! COUNTED | PERCENT) | of? YEAR (?! PERCENT)"
    " | (COMMA | of)? (last | this | next) year",
    # --- days of a month.  "In May 30 soldiers died" and "in early May 12 rebels" have none.
    "DAY_OF_MONTH": """
          (?<! in) (?<! early) (?<! late) (?<! mid) M the? (DAY | NTH) (?! PERCENT)
        | the? (DAY | NTH) of? SURE_M
        | (?<= on | since | until | till | by | from | before | after | WEEKDAY) the? (DAY | NTH) of?
            SHAKY
        | (DAY | NTH) SHAKY YEAR
        | the ORDINAL (day of | of)? SURE_M""",
    # --- times of day
    "ZONE": "OPEN? (local time | gmt | utc | est | edt | et | cet | bst | ist | pkt) CLOSE?",
    "CLOCK_TIME": """
          (CLOCK AM_PM? | DAY AM_PM | CLOCK_PM | (DAY | CARDINAL) oclock | (NUMBER | YEAR) (gmt | utc |
            hrs)) ZONE? (OPEN (CLOCK | NUMBER | YEAR) ZONE)? (in the PART_NAME | at night)?""",
    "TIME_CUE": """
        at | by | from | since | until | till | towards | toward | near | before | after | past | about |
        around | approximately | roughly | just | shortly | soon | nearly | almost | exactly | minutes |
        hours | half an hour | an hour""",
    "MOMENT_TIME": "TIME_CUE{1,4} (CLOCK_TIME | MOMENT | first light | (NUMBER | YEAR) hours) | CLOCK_TIME",
    "PART": "((early | late | mid | pre) DASH?)? PART_NAME",
    # --- one day, as precisely as told
    "LEAD": """
          (early | late | earlier | later) (in the PART)? (on | of)?
        | (early | late)? PART (of | on)
        | (in | during | on)? (the | that)? (early | late)? PART (of | on | from | between)
        | (in | during | on)? the night to
        | (in | during)? the (early | late | small | wee | predawn | PART | first | last) hours (of | on)
        | (early | late) at night (on | of)?
        | at night on
        | overnight (on | from | into | between | to)?
        | MOMENT_TIME COMMA? (on | of)? (early | late)?""",
    "BARE_WEEKDAY": """
          (?<! good | black | bloody | ash | palm | holy | maundy | super | cyber | easter) ((?<= on |
            since | until | till | by | before | after | from | to | and | of | late | early | between |
            through | for | COMMA | SPEECH) WEEKDAY (?! PAPER) | WEEKDAY (?! CAPITAL | PAPER))""",
    "DAY_CORE": """
          (WEEKDAY | WEEKDAY_SHORT DOT?) PART? COMMA? (OPEN DAY_OF_MONTH YEAR_AFTER? CLOSE | DAY_OF_MONTH
            YEAR_AFTER?)
        | DAY (MONTH | SHAKY | MONTH_SHORT DOT?) (TWO | DAY) (?= OPEN | WIDE_DASH)
        | DAY_OF_MONTH YEAR_AFTER? (OPEN (WEEKDAY | WEEKDAY_SHORT) CLOSE | COMMA WEEKDAY (?! POSSESSIVE))?
        | ISO | SLASHED
        | NAMED YEAR_AFTER? (?! agreement | accord | accords)
        | (last | this | next) week POSSESSIVE? on? WEEKDAY
        | (last | this past | this coming | this | next | past | coming) WEEKDAY (?! PAPER)
        | the? WEEKDAY before last
        | BARE_WEEKDAY (COMMA? (of | in)? (last | this | next) week)?
        | (?<= on) (WEEKDAY_SHORT DOT?)
        | the day before yesterday | the day after tomorrow | yesterday | today | tomorrow | tonight
        | last (night | evening)
        | this PART
        | (?<= on | since | until | till | by | from | before | of) the NTH (?! OTHER | CAPITAL |
            UNIT_NAME | EVENT | NAME_NOUN)""",
    "TRAIL": """
          (POSSESSIVE? DASH? PART)? (COMMA? (in the PART | at night))? (COMMA? OPEN? MOMENT_TIME CLOSE?)?""",
    "DATE": "LEAD? DAY_CORE TRAIL",
    # --- longer stretches
    "EDGE": "(early | late | mid) DASH? | the? (end | start | beginning | middle | close) of",
    "MONTH_POINT": "EDGE? M YEAR_AFTER? | (last | next | this) M",
    "YEAR_POINT": "EDGE? NEW_YEAR (?! COUNTED | PERCENT)",
    "NIGHT_OF": "the? intervening? PART (of | between | from)",
    "RELATIVE_POINT": "(earlier | later | EDGE)? (last | this | next) (week | month | year | weekend)",
    "DECADE_POINT": "the? ((early | late | mid) DASH?)? DECADE",
    "POINT": "DATE | MONTH_POINT | YEAR_POINT | DECADE_POINT | RELATIVE_POINT",
    "TO": "to | until | till | through | into | DASH",
    "YEAR_REFERENCE": "YEAR | the year | (last | this | next) year",
    "MONTH_REFERENCE": "M YEAR_AFTER? | the month | (last | this | next) month",
    "WEEK_REFERENCE": "the week | (last | this | next) week",
    # --- what may stand before
    "BEFORE_DAY": """
          on
        | (since | until | till) (at least)?
        | by | before | after | from | through | for | as of | up to | prior to | ahead of
        | no later than | not later than | starting | beginning | in | at | during | around | over""",
    "BEFORE_SPAN": """
          in
        | (since | until | till) (at least)?
        | by | from | during | before | after | through | throughout | over | for | as of | up to
        | prior to | ahead of | no later than | not later than | at | on | within""",
    "SINGLE": "day | week | month | year | decade | PART | weekend | hour",
}

_RULES = {
    "mask_age": "(COUNT | NUM) DASH? UNIT DASH? old | NUM UNIT of age",
    "mask_name": """
          the? DAY_OF_MONTH (NAME_NOUN | movement | alliance | coalition)
        | (movement | alliance) of? DAY_OF_MONTH
        | (black | bloody | good | ash | palm | holy | maundy | super | cyber) (WEEKDAY | september | june
            | july)
        | WEEKDAY PAPER | mail on sunday | MONTH NAME_NOUN
        | overnight (stay | bag | bus | train | flight | curfew | curfews)
        | day (to | by | after | and) (day | night)
        | night and day | PART_NAME to PART_NAME | the other day
        | one day (?! (earlier | later | after | before))
        | some day | to this day | these days | those days""",
    "days_of_month": """
          (from | between | on | in | during)? NIGHT_OF? M (DAY | NTH) (TIGHT_DASH | SLASH) (DAY | NTH)
            YEAR_AFTER?
        | (on | in | during)? M (DAY | NTH) (COMMA (DAY | NTH)){1,5} COMMA? and (DAY | NTH) (YEAR_AFTER | (?!
            COUNTED | PERCENT | DASH | UNIT_NAME))
        | (from | between | on | in | during)? NIGHT_OF? M (DAY | NTH) (to | and | or | until | through)
            (DAY | NTH) (YEAR_AFTER | (?! OTHER | CAPITAL | COUNTED | PERCENT | DASH | UNIT_NAME | on (M |
            WEEKDAY)))""",
    "days_then_month": """
          (from | between | on | in | during)? NIGHT_OF? the? (DAY | NTH) (COMMA (DAY | NTH)){0,5} (DASH | to
            | COMMA? and | or | until | through | SLASH) the? (DAY | NTH) of? SURE_M YEAR_AFTER?
        | (from | between) (DAY | NTH) (to | and | until) (DAY | NTH) of? M YEAR_AFTER?""",
    "span": "between on? POINT and on? POINT | from POINT TO on? POINT",
    "pair": """
          BEFORE_DAY? DATE (TO | and | SLASH) DATE
        | (in | during | for) MONTH_POINT (and | or | TO) MONTH_POINT
        | MONTH_POINT (and | TO) M YEAR_AFTER
        | (in | during | of | for)? NEW_YEAR (TIGHT_DASH | to) NEW_YEAR (?! COUNTED)
        | (in | during) NEW_YEAR (and | or) NEW_YEAR (?! COUNTED)""",
    "season_years": "(in | during | of | since | from | for) NEW_YEAR (TIGHT_DASH | SLASH) (DAY | TWO)",
    "day": "BEFORE_DAY? DATE",
    "half": """
          BEFORE_SPAN? the (first | second | latter | last) half of (YEAR_REFERENCE | MONTH_REFERENCE)
        | BEFORE_SPAN? the ORDINAL quarter of YEAR_REFERENCE
        | BEFORE_SPAN? the (first | last) (COUNT (day | days | weeks | months) | day | PLURAL) of
            (YEAR_REFERENCE | MONTH_REFERENCE)
        | BEFORE_SPAN? the (ORDINAL | last) (week | month) of (YEAR_REFERENCE | MONTH_REFERENCE)""",
    "edge": """
          BEFORE_SPAN? the? (end | start | beginning | middle | close) of (YEAR_REFERENCE |
            MONTH_REFERENCE | WEEK_REFERENCE)
        | BEFORE_SPAN? the? year (POSSESSIVE | DASH) end
        | BEFORE_SPAN? the? month POSSESSIVE end""",
    "season": """
          BEFORE_SPAN? the? ((early | late | mid) DASH?)? SEASON_NAME YEAR_AFTER
        | BEFORE_SPAN? (last | this past | this | next) SEASON_NAME
        | (in | during | over | since) the SEASON_NAME (?! of)""",
    "month": """
          (in | (since | until | till) (at least)? | during | throughout) (the month of)? EDGE? M
            YEAR_AFTER?
        | (by | before | after | from | through | for | as of | up to | prior to | ahead of | no later
            than) EDGE SURE_M YEAR_AFTER?
        | (by | before | after | from | through | for | as of | up to | prior to | ahead of | no later
            than) (last | next)? SURE_M (YEAR_AFTER | (?! CAPITAL | COUNTED))
        | BEFORE_SPAN? (last | next) M (?! DAY)
        | BEFORE_SPAN? this (past | coming)? SURE_M
        | (the (end | start | beginning | middle) of | (early | late | mid) DASH?) M YEAR_AFTER?
        | M YEAR_AFTER
        | (?<= of) MONTH (?! CAPITAL | COUNTED | DAY)
        | (?<= the | a | an | its | their | his | POSSESSIVE) SURE_M (?= EVENT)
        | the month of M
        | MONTH (?= POSSESSIVE)""",
    "decade": "BEFORE_SPAN? DECADE_POINT",
    "year": """
          (in | (since | until | till) (at least)? | during) (the year)? ((early | late | mid) DASH?)?
            NEW_YEAR (?! HELD | PERCENT | TIGHT_DASH (DAY | TWO))
        | (by | before | after | from | through | throughout | as of | up to | prior to | no later than)
            (the year)? ((early | late | mid) DASH?)? NEW_YEAR (?! COUNTED | PERCENT | TIGHT_DASH (DAY |
            TWO))
        | ((early | late | mid) DASH?) NEW_YEAR
        | the year NEW_YEAR
        | (?<= of) NEW_YEAR (?! OTHER | CAPITAL | COUNTED | PERCENT | UNIT_NAME)
        | (?<= OPEN) NEW_YEAR (?= CLOSE)
        | (?<= the | a | an | its | their | his | POSSESSIVE | OTHER | CAPITAL) NEW_YEAR (?= (OTHER |
            CAPITAL){0,2} EVENT)""",
    "ago": """
          BEFORE_SPAN? ABOUT{0,3} (COUNT | PLURAL)? UNIT ago (today | this (week | month))?
        | BEFORE_SPAN? ABOUT{0,3} COUNT UNIT back (?! to | in | on | at | from | home)
        | BEFORE_SPAN? the (day | night | week | weekend | month | year) before last""",
    "past": """
          BEFORE_SPAN? (the | these | this) past ABOUT? COUNT? UNIT
        | BEFORE_SPAN (the | these) (last | latest) (PLURAL | week | month | year | decade) (?! of)
        | BEFORE_SPAN? (the | these) (last | latest) ABOUT? COUNT UNIT (?! of)""",
    "coming": """
          BEFORE_SPAN? the (next | coming) (ABOUT? COUNT UNIT | PLURAL)
        | (in | over | during | for | within) the (next | coming) (week | month | year | decade)""",
    "relative": """
          BEFORE_SPAN? (so far | earlier | later | early | late | mid DASH?)? (?<! the) (last | this past
            | this coming | this | next) (week | weekend | month | year)
        | (earlier | early | later | late) in the (week | month | year)""",
    "weekend": """
          (at | over | during | on | by | since | for | until | before | after | in)? (the | a) (past |
            long)? weekend
        | weekend (?= EVENT)""",
    "overnight": "overnight | (during | through | throughout) the night",
    "within": "within ABOUT{0,3} COUNT UNIT | within PLURAL",
    "same": """
          BEFORE_SPAN? (earlier | later | early | late)? (on | in)? (?<! SPEECH) (the | that) (same |
            very) SINGLE
        | BEFORE_SPAN (earlier | later | early | late)? that SINGLE (and the next day?)?
        | (earlier | later | early | late)? (?<! SPEECH) that (day | night | morning | afternoon | evening
            | week | weekend | month | year) (and the next day?)?
        | (earlier | later | early | late) in the day
        | (since | by | until | till | before | from) then""",
    "neighbour": """
          BEFORE_SPAN? (early | late)? (the (previous | preceding | prior | next | following) (day | night
            | week | month | year | decade | weekend | PART | WEEKDAY | MONTH))
        | (?<! the) (next | following) day
        | BEFORE_SPAN? that SURE_M
        | BEFORE_SPAN? the (day | night | week | month | year | decade | weekend | PART) (before | after |
            earlier)""",
    "counted": """
          (since | until | till | by)? ABOUT{0,3} COUNT (UNIT | fortnight) (earlier | later | afterwards |
            afterward | previously | beforehand | before | after | prior to | following)
        | (only | just)? PLURAL (earlier | later | afterwards | before | after)
        | (moments | minutes) (later | after | before)""",
    "nth_day": "on the (ORDINAL | NTH) (day | night)",
    "period": """
          (every | each) other? (COUNT? UNIT | WEEKDAY | PART | weekend | MONTH)
        | on WEEKDAYS
        | (for | in | over | during | after | through | throughout | lasting | spanning | within) (ABOUT |
            the | those | these | a total of){0,3} COUNT (more | further | full | straight | consecutive |
            long | successive){0,2} UNIT (and a half)?
        | (for | in | over | during | after) (many | several | some | recent | the)? PLURAL
        | in recent UNIT
        | (all | the whole | the entire | the whole of the) (day | night | week | weekend | month | year)
        | COUNT DASH UNIT""",
    "time": """
          MOMENT_TIME
        | (by | towards | toward | until | since | before | after) (mid DASH | early | late)? PART_NAME
            hours? (?! OTHER)
        | (in | during) (mid DASH | early | late) PART_NAME
        | (in | during | by | towards | toward | until | since) the (early | late)? PART_NAME hours?
        | (earlier | later | early | late) in the PART_NAME
        | in the (early | small | wee | predawn) hours (of the PART_NAME)?
        | (late | early)? at night
        | by night | mid DASH PART_NAME
        | (pre DASH)? PART_NAME (?= EVENT)""",
}

# One of these stands within the first few tokens of every expression, so that elsewhere no rule is tried.
_CORE = """
    WEEKDAY WEEKDAY_SHORT WEEKDAYS MONTH MONTH_SHORT SHAKY SEASON_NAME UNIT_NAME PART_NAME NEW_YEAR
    OLD_YEAR ISO SLASHED CLOCK CLOCK_PM AM_PM DECADE NAMED NTH oclock gmt utc hrs light fortnight
    weekend then moments yesterday today tomorrow tonight overnight movement alliance coalition"""
_CORE_REACH = 10


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules over letters: one that finds any expression, and one that knows a date by itself."""

    alphabet: Alphabet
    kinds: Mapping[str, str]
    expressions: re.Pattern[str]
    point: re.Pattern[str]


@cache
def load_grammar() -> Grammar:
    """The grammar, compiled once."""
    rules = [*_PARTS.values(), *_RULES.values()]
    alphabet = make_alphabet(rules, word_classes=_WORD_CLASSES, kinds=KINDS)
    parts = expand_all(_PARTS, alphabet)
    expressions = "|".join(f"(?P<{name}>{expand(rule, alphabet, parts)})" for name, rule in _RULES.items())
    core = "".join(alphabet.classes[name] for name in _CORE.split())
    guarded = f"(?=[^{core}]{{0,{_CORE_REACH}}}[{core}])(?:{expressions})"
    kinds = {alphabet.classes[kind]: kind for kind in KINDS}
    return Grammar(alphabet, kinds, re.compile(guarded), re.compile(parts["POINT"]))
