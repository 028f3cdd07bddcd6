"""Where a report says when it was written: datelines and the lines of a page's head."""

from __future__ import annotations

import re

from casus.resolving.dates.vocabulary import WEEKDAYS

_PLACE_WORDS = re.compile(
    r"""[\s"'“\[(]*
        (?: (?:[^\W\d_a-z][\w.'’-]*+|de|of|the|la|el|al|du|des|del|do|da)[.,]?\s*+
          | \([^()\n]{1,40}+\)[.,]?\s*+ | [/–—-]\s*+ )*+
        [(]?""",
    re.VERBOSE,
)
# "Srinagar, June 28:", not "On Monday, June 28:".
_TOWN = re.compile(rf"\s*(?!(?i:on|in|at|by|the|{'|'.join(WEEKDAYS)})\b)[^\W\d_a-z][\w.'’ -]*,\s+")
_ALL_CAPITALS = re.compile(r"[^\W\d_a-z]{3,}")
_AFTER = re.compile(
    r"""[.,]?\s* (?: \([^()\n]{1,40}\) | \[[^\[\]\n]{1,40}\] | /[^/\n]{1,30}/ | [A-Z][\w.]+ )?
        \s*[)]?\s* (?:-{1,3}|[–—:])(?=\s)""",
    re.VERBOSE,
)
_HEAD = re.compile(
    r"""\s*(?:this\sstory\sis\sfrom|(?:first\s|last\s)?(?:published|posted|updated|modified)|date|dated)
        (?:\son|\sat)?\s*:?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_REST_OF_LINE = re.compile(
    r"[\s,|-]{0,4}(?:[0-9]{1,2}[:.][0-9]{2}\s?(?:[ap]\.?m\.?)?\s?(?:[A-Z]{2,4})?)?[ \t]*\n\s*\S"
)
_LONGEST_LINE_START = 90
_LONGEST_HEAD = 400


def is_dateline(text: str, start_char: int, end_char: int) -> bool:
    """Whether the date at these characters is the report's own.

    That is "KABUL, April 11 -", "(Reuters) Nov 6 -" or "April 3 -" at the beginning of a
    line, "Published: 5 March 2007", or a line of the head with nothing but a date in it.
    """
    earliest = max(0, start_char - _LONGEST_LINE_START)
    line_start = text.rfind("\n", earliest, start_char) + 1
    if line_start == 0 and earliest > 0:
        return False
    before = text[line_start:start_char]
    if _HEAD.fullmatch(before):
        return True
    if not before.strip() and start_char < _LONGEST_HEAD and _REST_OF_LINE.match(text, end_char):
        return True
    if not _PLACE_WORDS.fullmatch(before) or not _AFTER.match(text, end_char):
        return False
    if not before.strip() or _ALL_CAPITALS.search(before) is not None or before.rstrip().endswith(")"):
        return True
    return start_char < _LONGEST_HEAD and _TOWN.fullmatch(before) is not None
