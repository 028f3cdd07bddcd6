"""Whether the words around a date look ahead or back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

# How far a verb may stand from its date, in characters.
_REACH_BACK = 160
_REACH_ON = 90

_SENTENCE_END = re.compile(r"[!?;:]|[.](?=\s|$)|\n\s*\n")
_AHEAD = re.compile(
    r"""(?<!had\s) (?<!had\sbeen\s) (?<!have\sbeen\s) \b(?:
        will | 'll | shall | won't | must | would(?!\shave) | (?:has|have)\s(?:until|to) | going\sto
      | (?:is|are)\s(?:now\s|also\s|still\s)?(?:to|due|set|slated|scheduled|expected|likely|planned)
      | (?P<had>(?:was|were)\s(?:also\s|still\s)?(?:to|due|set|slated|scheduled|expected|planned))
      | expected\s*\Z | run-?up\sto
      | expires? | runs\sout | ends | begins | starts | opens | closes | resumes | polls\sopen | takes\seffect
      | comes\sinto\s(?:force|effect) | takes\soffice
      | due | slated | scheduled | (?:set|planned|called|slated|billed|fixed)\sfor
      | (?:plan|plans|planning|planned|intends?|agreed|agrees?|vow(?:s|ed)?|promis(?:es|ed?)|pledge[sd]?
          |threaten(?:s|ed)?|decided|hop(?:es|ed?)|want(?:s|ed)?|order(?:s|ed)|expect(?:s|ed)?|prepar(?:es|ed|ing)
      | expired|ended|passed|lapsed
          |ready|obliged|obligation|ultimatum|deadline|undertook|undertaken|committed)\sto
      | plans?\s(?:a|an|the|its|their|new)
      | (?:call|calls|called|calling|appeal|appealed)\sfor | deadline | ultimatum
    )(?!\w)""",
    re.VERBOSE,
)
# Between a verb that looks ahead and a date, these make the date another clause's.
_OTHER_CLAUSE = re.compile(
    r"""\b(?: said|says|told|tells|announced|reported|added|confirmed|stated|declared|wrote|warned|according
      | who|whom|whose|which|after|since|when|where|while|because|following|until\snow
      | was|were|did|had|expired|ended|passed|lapsed|killed|died|wounded|seized|attacked|kidnapped
      | arrested|captured|began )\b
      | ,\s(?:but|and)\s(?!will|must|to\b)""",
    re.VERBOSE,
)
_AHEAD_AFTER = re.compile(
    r"""^,?\s?(?:[^\s.;:!?"]+\s){0,7}?
      (?:will|shall|must|(?:is|are)\s(?:to|due|set|scheduled|expected)|(?:has|have)\sto)\b""",
    re.VERBOSE,
)
_PAST_AFTER = re.compile(
    r"\b(?:had|was|were|said|told|announced|reported|stood|rose|reached|killed|died|began|ha(?:s|ve) been)\b"
)
_LASTING = re.compile(
    r"""\b(?: extend\w*|prolong\w*|renew\w*|postpone\w*|suspend\w*|delay\w*|adjourn\w*|remand\w*|valid|curfew
      | ultimatum|deadline|in\sforce|bann?(?:ed|ing)?|give|gives|gave|given|close[sd]?|impose[sd]? )\b""",
    re.VERBOSE,
)
_LASTED = re.compile(
    r"\b(?:lasted|continued|remained|ran|raged|held|stayed|served|lived|went on|had|was|were)\b"
)
_STATED = re.compile(r"\b(?:is|are)\s\Z")
_TO_DO = re.compile(r"\bto\s(?!the\b|a\b|an\b|its\b|his\b|her\b|their\b|[0-9])[a-z]+\b")
_HAD = re.compile(r"\b(?:had|stood|rose|risen|reached)\b")


class Direction(Enum):
    """Where a date without a year or a week is to be looked for."""

    PAST = auto()  # on or before publication
    FUTURE = auto()  # on or after it
    OPEN = auto()  # whichever is nearer


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words of a sentence before and after an expression, in small letters."""

    before: str
    after: str


def find_surroundings(plain: str, start_char: int, end_char: int) -> Surroundings:
    """What stands around an expression in its sentence."""
    before = plain[max(0, start_char - _REACH_BACK) : start_char]
    ends = list(_SENTENCE_END.finditer(before))
    after = plain[end_char : end_char + _REACH_ON]
    stop = _SENTENCE_END.search(after)
    return Surroundings(
        before[ends[-1].end() :] if ends else before, after[: stop.start()] if stop else after
    )


def direction_on(around: Surroundings) -> Direction:
    """Where "on Friday", "on March 3" or "in May" lies."""
    return _looks_ahead(around) or Direction.PAST


def direction_of_stated(around: Surroundings) -> Direction:
    """Where "on Friday" lies if it may be what is stated: "the vote is on Friday"."""
    return Direction.FUTURE if _STATED.search(around.before) else direction_on(around)


def direction_for(around: Surroundings) -> Direction:
    """Where "for Friday" lies: what is called or set for a day is ahead, unless it had been."""
    return Direction.PAST if _HAD.search(around.before) else Direction.FUTURE


def direction_until(around: Surroundings, *, is_weekday: bool) -> Direction:
    """Where "until Friday" or "until May 5" lies."""
    ahead = _looks_ahead(around)
    if ahead or _LASTING.search(around.before):
        return ahead or Direction.FUTURE
    return Direction.PAST if is_weekday or _LASTED.search(around.before) else Direction.OPEN


def direction_by(around: Surroundings, *, is_weekday: bool) -> Direction:
    """Where "by Friday", "by May 5" or "before May" lies: a deadline, or how things stood."""
    ahead = _looks_ahead(around)
    if ahead:
        return ahead
    if _HAD.search(around.before) or _PAST_AFTER.search(around.after):
        return Direction.PAST
    if _TO_DO.search(around.before):
        return Direction.FUTURE
    return Direction.PAST if is_weekday else Direction.OPEN


def _looks_ahead(around: Surroundings) -> Direction | None:
    """Ahead of publication, or, with "was to", perhaps only ahead of what is told; None where neither."""
    verbs = list(_AHEAD.finditer(around.before))
    verb = verbs[-1] if verbs else None
    if verb is not None and not _OTHER_CLAUSE.search(around.before, verb.end()):
        return Direction.OPEN if verb.group("had") else Direction.FUTURE
    return Direction.FUTURE if _ahead_after(around) else None


def _ahead_after(around: Surroundings) -> bool:
    """Whether the date opens its clause and the verb that follows looks ahead."""
    if around.before.strip(" \n\"'(") and not re.search(r"(?:,|\band|\bthat|\bbut)\s*$", around.before):
        return False
    ahead = _AHEAD_AFTER.match(around.after)
    return ahead is not None and not _PAST_AFTER.search(ahead.group())
