"""The rules of the grammar, in the order in which they are tried at each word.

The first that fits wins, so the longer and the stricter stand first.  Rules called `mask_…`
are things that only look like dates.
"""

from __future__ import annotations

RULES = {
    "mask_age": """
          (COUNT | NUM) DASH? UNIT DASH? old | NUM UNIT of age
        | in (his | her | their | my) ((early | late | mid) DASH?)? DECADE""",
    "mask_name": """
          (NTH | ORDINAL) century fox
        |
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
    "feast": """
          BEFORE_SPAN? the? (ORDINAL | NTH) (day of | of) (the holy month of | the)? FEAST (weekend |
              (holiday | holidays)
            | festival)? (in? NEW_YEAR | (COMMA | of)? (last | this | next) year)? (?! COMMA? YEAR)
        | (BEFORE_SPAN (the | this | last | next)? (holy month of | festival of | feast of)? | last | next)
            FEAST (weekend | (holiday | holidays) | festival)? (in? NEW_YEAR | (COMMA | of)? (last | this
                | next) year)? (?! YEAR | CAPITAL | island)
        | the (holy month of | feast of | festival of) FEAST (?! YEAR)""",
    "foreign": """
          BEFORE_DAY? FOREIGN_DATE ((OPEN | SLASH) DAY_CORE CLOSE?)?
        | BEFORE_DAY? DAY_CORE (OPEN | SLASH) FOREIGN_DATE CLOSE?
        | (on | since | until | from | by | before | after) the? (DAY | NTH) of? CALENDAR_MONTH (?! CAPITAL |
            OTHER)
        | (on | since | until | from | by | before | after) CALENDAR_MONTH (DAY | NTH) (?! CAPITAL | OTHER |
            COUNTED)""",
    "anniversary": """
          BEFORE_DAY? (the | its | their | this)? (ORDINAL | NTH | COUNT DASH year)? anniversary of ((the |
            their | its)? (OTHER | CAPITAL){0,2} (on | in)? (DAY_OF_MONTH YEAR_AFTER? | NAMED | ISO))?""",
    "eve": "BEFORE_DAY? the? eve of (DAY_CORE)?",
    "weekday_week": "on? WEEKDAY week (?! DASH | OTHER)",
    "quarter": """
          BEFORE_SPAN? the? QUARTER_NAME (of YEAR_REFERENCE | YEAR | SHORT_YEAR)
        | (in | during | since | by | until) QUARTER_NAME (?! OPEN)""",
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
    "span": "between on? POINT (and | to) on? POINT | from POINT TO on? POINT",
    "pair": """
          BEFORE_DAY? DATE (TO | and | SLASH) DATE
        | (in | during | for) MONTH_POINT (and | or | TO) MONTH_POINT
        | MONTH_POINT (and | TO) M YEAR_AFTER
        | (in | during | for)? NEW_YEAR (TIGHT_DASH | to) NEW_YEAR (?! COUNTED)
        | (?<= OPEN) NEW_YEAR DASH NEW_YEAR (?= CLOSE)
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
          ((earlier | later | early | late)? in | (since | until | till) (at least)? | during | throughout)
            (the month of)? EDGE? M YEAR_AFTER?
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
    "century": "BEFORE_SPAN? the? ((early | late | mid) DASH?)? (NTH | ORDINAL | TWO) DASH? century",
    "year": """
          (in | (since | until | till) (at least)? | during) (the year)? ((early | late | mid) DASH?)?
            NEW_YEAR (?! HELD | PERCENT | TIGHT_DASH (DAY | TWO))
        | (by | before | after | from | through | throughout | as of | up to | prior to | no later than)
            (the year)? ((early | late | mid) DASH?)? NEW_YEAR (?! COUNTED | PERCENT | TIGHT_DASH (DAY |
            TWO))
        | ((early | late | mid) DASH?) NEW_YEAR
        | the year NEW_YEAR
        | (in | (since | until) (at least)? | by | from | during | before | after) SHORT_YEAR
        | (?<= of) NEW_YEAR (?= had | was | were | has | have | which | who | did | is | are)
        | (?<= of) NEW_YEAR (?! OTHER | CAPITAL | COUNTED | PERCENT | UNIT_NAME)
        | (?<= OPEN) NEW_YEAR (?= CLOSE)
        | (BEFORE_SPAN)? fiscal year? NEW_YEAR
        | (?<= to | with | than | and) NEW_YEAR (?= COMMA | DOT | CLOSE)
        | (?<= the | this | a | its | their | his | POSSESSIVE) NEW_YEAR (?= (OTHER | CAPITAL)
            (?! COUNTED))
        | (?<= the | a | an | its | their | his | POSSESSIVE | OTHER | CAPITAL) NEW_YEAR (?= (OTHER |
            CAPITAL){0,2} EVENT)""",
    "ago": """
          BEFORE_SPAN? ABOUT{0,3} (COUNT | PLURAL)? UNIT ago (today | this (week | month) | on? WEEKDAY)?
        | BEFORE_SPAN? ABOUT{0,3} COUNT UNIT back (?! to | in | on | at | from | home)
        | BEFORE_SPAN? the (day | night | week | weekend | month | year) before last""",
    "weekdays_ago": "BEFORE_DAY? COUNT (WEEKDAYS | WEEKDAY) ago",
    "ahead": """
          in ABOUT{0,2} COUNT UNIT (POSSESSIVE | MARK) time
        | ABOUT{0,2} COUNT UNIT from (now | today)""",
    "length_to": """
          BEFORE_SPAN? the (COUNT UNIT | fortnight | week | month | year) (to | ending | ended | until |
            starting | beginning | from) (with | on)? the? (DAY_CORE | MONTH_POINT | YEAR_POINT)
        | BEFORE_SPAN? the week of DAY_CORE""",
    "past": """
          BEFORE_SPAN? (the | these | this) past ABOUT? COUNT? UNIT
        | BEFORE_SPAN (the | these) (last | latest) (PLURAL | fortnight | week | month | year | decade)
            (?! of)
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
          BEFORE_SPAN? (early | late)? (the (previous | preceding | prior | next | following | subsequent
              | ensuing) (day | night
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
CORE = """
    WEEKDAY WEEKDAY_SHORT WEEKDAYS MONTH MONTH_SHORT SHAKY SEASON_NAME UNIT_NAME PART_NAME NEW_YEAR
    OLD_YEAR ISO SLASHED CLOCK CLOCK_PM AM_PM DECADE NAMED SHORT_YEAR QUARTER_NAME NTH oclock gmt utc hrs
    light FEAST CALENDAR_MONTH weekend ah sh ap hs ec bs be ERA_MARK calendar century eve anniversary then
    moments yesterday today tomorrow tonight overnight movement alliance coalition"""
CORE_REACH = 10

# Rules that are tried only where one of these words (FEAST and CALENDAR_MONTH: their first words)
# stands within the next few tokens.
GUARDS = {
    "feast": "FEAST",
    "foreign": "CALENDAR_MONTH CALENDAR_WORD ah sh ap hs ec bs be ERA_MARK",
    "anniversary": "anniversary",
    "eve": "eve",
    "weekday_week": "WEEKDAY",
    "quarter": "QUARTER_NAME",
    "century": "century",
    "weekdays_ago": "ago",
    "ago": "ago back last",
    "ahead": "time now today",
    "decade": "DECADE",
}
