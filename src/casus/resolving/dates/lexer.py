"""From a text to the tokens that the grammar of dates reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from casus.resolving.dates import vocabulary
from casus.resolving.dates.calendars import ERAS, load_months
from casus.resolving.dates.feast_days import load_feast_names
from casus.resolving.dates.grammar_parts import KINDS
from casus.resolving.dates.named_days import load_named_days
from casus.resolving.dates.notation import Alphabet

# Capital letters become small ones and typographic signs plain ones, one for one, so that offsets hold.
_PLAIN = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ’‘ʼ‐‑‒–—−\u00a0\u2009\u202f\t\r",
    "abcdefghijklmnopqrstuvwxyz'''------     ",
)
# A text whose capital or small letters are a smaller share than this has lost its case.
_LEAST_SHARE = 0.008

_SMALL_ONLY = frozenset(vocabulary.MOMENTS.split())
_CAPITAL_ONLY = frozenset(
    [*vocabulary.WEEKDAY_ABBREVIATIONS, *vocabulary.NAME_NOUNS.split(), *vocabulary.NEWSPAPERS.split()]
)
_NOT_WITHOUT_CASE = _CAPITAL_ONLY - frozenset(vocabulary.SURE_NEWSPAPERS.split())
_SHAKY = frozenset({"may", "march"})
_CAPITAL_IN_MIXED_TEXT = _CAPITAL_ONLY | frozenset(vocabulary.MONTH_ABBREVIATIONS) | _SHAKY
_DATE_NAMES = "|".join(
    [*vocabulary.WEEKDAYS, *(name for name in vocabulary.MONTHS if name not in (*_SHAKY, "august"))]
)
_SMALL_DATE = re.compile(rf"\b(?:{_DATE_NAMES})\b")
_CAPITAL_DATE = re.compile(rf"\b(?:{_DATE_NAMES.title()}|{_DATE_NAMES.upper()})\b")
_ADJECTIVES = {"holy", "orthodox", "coptic"}  # of feasts
_ISO_TIME = r"t[0-9]{2}:?[0-9]{2}[0-9:.]*(?:z\b|[+-][0-9]{2}:?[0-9]{2})?"
_PUNCTUATION = {
    ",": "COMMA",
    ".": "DOT",
    "(": "OPEN",
    "[": "OPEN",
    ")": "CLOSE",
    "]": "CLOSE",
    "/": "SLASH",
    "%": "PERCENT",
}


@cache
def _capital_words() -> frozenset[str]:
    """Words that are part of a date only with a capital, in a text that has both."""
    firsts = {re.split(r"[ '-]", name)[0] for name in (*load_months(), *load_feast_names())}
    return _CAPITAL_IN_MIXED_TEXT | firsts - _ADJECTIVES | frozenset(ERAS)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: a letter of the alphabet and the words of each, and where they stand.

    `plain` is the text in small letters and plain signs, with the same offsets.
    """

    plain: str
    letters: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@cache
def _token_pattern() -> re.Pattern[str]:
    names = sorted(load_named_days(), key=len, reverse=True)
    named = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    forms = {
        "BREAK": r"\n[ ]*\n\s*",
        "NAMED": rf"(?={'|'.join(sorted({re.escape(name[0]) for name in names}))})(?:{named})(?!\w)",
        "AM_PM": r"[ap]\.\s?m\b\.?|[ap]m\b",
        "ERA_MARK": r"(?:a\.\s?h|s\.\s?h|e\.\s?c|b\.\s?[se])\b\.?",
        "WORD": r"o'clock|[^\W\d_]\w*",
        "ISO": rf"[0-9]{{4}}(?P<line>[-/])[0-9]{{2}}(?P=line)[0-9]{{2}}(?![0-9/-])(?:{_ISO_TIME})?",
        "SLASHED": r"[0-9]{1,2}(?P<sign>[/.-])[0-9]{1,2}(?P=sign)(?:[0-9]{4}|[0-9]{2})(?![\w/])",
        "CLOCK_PM": r"[0-9]{1,2}(?:[:.][0-9]{2})?(?:[ap]\.m\b\.?|[ap]m\b)",
        "CLOCK": r"[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?(?!\w)|\.[0-9]{2}(?=\s?[ap]\.?m\b)|h[0-9]{2}\b)",
        "NTH": r"[0-9]{1,2}(?:st|nd|rd|th)\b",
        "DECADE": r"(?:[0-9]{3}0|'?[0-9]0)'?s\b",
        "SHORT_YEAR": r"'[0-9]{2}(?![\w'])",
        "NUMBER": r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?!\w)",
        "POSSESSIVE": r"'s\b",
        "DASH": r"-+",
        "SIGN": r"[^\w\s]",
        "GLUED": r"\w+",
    }
    return re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))


def read_tokens(text: str, alphabet: Alphabet) -> Tokens:
    """The tokens of `text`."""
    plain = text.translate(_PLAIN)
    letter_of = _LetterOf(text, plain, alphabet)
    found = list(_token_pattern().finditer(plain))
    return Tokens(
        plain,
        "".join([letter_of.token(match) for match in found]),
        tuple([_spelled(match.group()) for match in found]),
        tuple([match.start() for match in found]),
        tuple([match.end() for match in found]),
    )


def _spelled(word: str) -> str:
    return "oclock" if word == "o'clock" else word


class _LetterOf:
    """The letter of a token of one text."""

    def __init__(self, text: str, plain: str, alphabet: Alphabet) -> None:
        self._text = text
        self._plain = plain
        self._words = alphabet.words
        self._kinds = {kind: alphabet.classes[kind] for kind in KINDS}
        self._capital_words = _capital_words()
        self._is_mixed = _has_mixed_case(text)

    def token(self, match: re.Match[str]) -> str:
        form = match.lastgroup
        if form == "WORD":
            return self._word(_spelled(match.group()), match.start())
        if form == "NUMBER":
            return self._kinds[_kind_of_number(match.group())]
        if form == "SIGN":
            return self._kinds[_PUNCTUATION.get(match.group(), "MARK")]
        if form == "DASH":
            return self._kinds["TIGHT_DASH" if self._is_tight(match) else "WIDE_DASH"]
        return self._kinds["OTHER" if form == "GLUED" else form or "MARK"]

    def _word(self, word: str, start: int) -> str:
        letter = self._words.get(word)
        if not self._is_mixed:
            if word in _SHAKY:
                return self._kinds["SHAKY"]
            return self._kinds["OTHER"] if letter is None or word in _NOT_WITHOUT_CASE else letter
        is_capital = self._text[start].isupper()
        if letter is None or word in (_SMALL_ONLY if is_capital else self._capital_words):
            return self._kinds["CAPITAL" if is_capital else "OTHER"]
        return letter

    def _is_tight(self, match: re.Match[str]) -> bool:
        around = self._plain[match.start() - 1 : match.start()] + self._plain[match.end() : match.end() + 1]
        return len(match.group()) == 1 and len(around) == 2 and not any(map(str.isspace, around))


def _has_mixed_case(text: str) -> bool:
    """Whether capitals mean something.

    A text without any or in nothing else has lost its case, and so has one that writes all days
    of the week and months small.
    """
    if _SMALL_DATE.search(text) and not _CAPITAL_DATE.search(text):
        return False
    capitals = len(re.findall("[A-Z]", text))
    smalls = len(re.findall("[a-z]", text))
    return min(capitals, smalls) >= _LEAST_SHARE * (capitals + smalls)


def _kind_of_number(number: str) -> str:
    if not number.isdecimal():
        return "NUMBER"
    value = int(number[:5])
    if len(number) == 4 and 1000 <= value <= 2099:
        return "NEW_YEAR" if value >= 1900 else "OLD_YEAR"
    if len(number) <= 2:
        return "DAY" if 1 <= value <= 31 else "TWO"
    return "NUMBER"
