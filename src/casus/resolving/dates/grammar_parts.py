"""The building blocks of the grammar: kinds of tokens, classes of words, and the parts of dates."""

from __future__ import annotations

from collections.abc import Iterable

from casus.resolving.dates import vocabulary

# Tokens that are known by their form or case.  DAY is a number up to 31, TWO another one of two
# digits, NEW_YEAR one from 1900 to 2099, OLD_YEAR one from 1000 to 1899; CAPITAL and OTHER are
# words that the grammar does not know; SHAKY is "may" or "march" in a text without capitals.
_NAMES = (
    "DAY TWO NUMBER NEW_YEAR OLD_YEAR NTH ERA_MARK ISO SLASHED CLOCK CLOCK_PM AM_PM DECADE NAMED "
    "SHORT_YEAR SHAKY CAPITAL OTHER COMMA DOT OPEN CLOSE POSSESSIVE TIGHT_DASH WIDE_DASH SLASH PERCENT "
    "MARK BREAK"
)
KINDS = tuple(_NAMES.split())

WORD_CLASSES: dict[str, Iterable[str]] = {
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
    "QUARTER_NAME": vocabulary.QUARTERS,
    "CALENDAR_WORD": vocabulary.CALENDAR_WORDS.split(),
}

PARTS = {
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
    "YEAR_AFTER": "COMMA YEAR (?! COUNTED | PERCENT) | of? YEAR (?! PERCENT) | COMMA? SHORT_YEAR"
    " | (COMMA | of)? (last | this | next) year",
    # --- days of a month.  "In May 30 soldiers died" and "in early May 12 rebels" have none.
    "DAY_OF_MONTH": """
          (?<! in) (?<! early) (?<! late) (?<! mid) M the? (DAY | NTH) (?! PERCENT)
        | the? (DAY | NTH) of? SURE_M
        | (?<= on | since | until | till | by | from | before | after | WEEKDAY) the? (DAY | NTH) of?
            SHAKY
        | (DAY | NTH) SHAKY YEAR
        | (DAY | NTH) SHAKY (?= COMMA | CLOSE | POSSESSIVE | (OTHER | CAPITAL)? EVENT)
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
        | (last | this | next) (M (DAY | NTH) | (DAY | NTH) SURE_M) (?! PERCENT)
        | WEEKDAY the NTH | WEEKDAY DAY (?= COMMA | DOT | CLOSE | BREAK)
        | DAY_OF_MONTH YEAR_AFTER? (OPEN (WEEKDAY | WEEKDAY_SHORT) CLOSE | COMMA WEEKDAY (?! POSSESSIVE))?
        | ISO | SLASHED
        | DAY TIGHT_DASH M TIGHT_DASH (YEAR | DAY | TWO)
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
            UNIT_NAME | century | anniversary | quarter | half | weekend | EVENT | NAME_NOUN)""",
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
    # --- other calendars
    "ERA": """
          ah | sh | ap | hs | ec | bs | be | ERA_MARK
        | (OPEN | in the | of the | COMMA)? CALENDAR_WORD{1,2} calendar CLOSE?""",
    "CALENDAR_YEAR": "YEAR | NUMBER",
    "FOREIGN_DATE": """
          the? (DAY | NTH | TWO) of? CALENDAR_MONTH COMMA? YEAR ERA?
        | CALENDAR_MONTH (DAY | NTH | TWO) COMMA? YEAR ERA?
        | the ORDINAL (day of | of)? CALENDAR_MONTH COMMA? YEAR ERA?
        | CALENDAR_MONTH COMMA? YEAR ERA?
        | (DAY_OF_MONTH COMMA? | SURE_M COMMA?)? CALENDAR_YEAR ERA""",
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
