"""Folded keys, consonant skeletons and English forms of place names.

Two spellings with one *key* are the same name to every reader ("Tirin Kot",
"Tirinkot", "Tīrīn Kōt").  Two with one *skeleton* may be transliterations of one
name ("Uruzgan", "Oruzgan", "Urozgan"); a string comparison decides between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SPECIAL = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
        "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "İ": "i", "ħ": "h",
        "Ħ": "h", "ŋ": "n", "Ŋ": "n", "ə": "e", "Ə": "e", "ɓ": "b", "Ɓ": "b", "ɗ": "d", "Ɗ": "d",
        "ƙ": "k", "Ƙ": "k", "ƴ": "y", "Ƴ": "y",
    }
)  # fmt: skip
_SHORT = re.compile(r"\b(st|ste|mt|ft)\b\.?")
_LONG = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_MAY_BE_SHORT = re.compile(r"\b(?:ste?|mt|ft)\b")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_NO_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}
_ARTICLE = re.compile(
    r"(?:al|el|ar|as|ash|at|ad|adh|an|az|ez|er|es|esh|et|ed|en)[-\s’'](?=\w{3})", re.IGNORECASE
)

_SOUNDS = (
    (re.compile(r"(?<=[aou])w(?![aeiou])"), ""),
    (re.compile(r"dj"), "j"),
    (re.compile(r"sch|sh|tch|ch|sz|cz"), "s"),
    (re.compile(r"kh|gh|q|ck|c(?=[aoukrl])|c$"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"([dtb])h"), r"\1"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[cz]h?"), "s"),
    (re.compile(r"g"), "k"),
)
_VOWEL_CLASSES = str.maketrans("eoywv", "auiuu")
_FINAL_H = re.compile(r"(?<=[aiu])h$")
_INITIAL_VOWEL = re.compile(r"^[aeiouy]+")
_VOWELS = re.compile(r"[aeiouy]|h(?![aeiou])")
_DOUBLED = re.compile(r"(.)\1+")

_LATIN_LIMIT = 0x250
_TRANSLITERATION = re.compile("[\u0304\u0331\u0323ʻ‘ʼʿʾ]|[DHTZdhtz]\u0327")
_NO_NAME = re.compile(r"\d|^(?:the|governor\w+ of|first) ", re.IGNORECASE)
_DIRECTIONS = re.compile(
    r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Upper|Lower|Middle|Far|New)\b"
)


def plain(name: str) -> str:
    """`name` in ASCII letters as far as it is Latin script; case and punctuation stay."""
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 15)
def fold_key(name: str) -> str:
    """The key under which the gazetteer files a name; empty where no Latin letter is in it.

    Accents, case, spaces, hyphens and apostrophes don't count, "St." is "Saint",
    and "Mt." is "Mount".
    """
    if name.isascii() and "&" not in name:
        folded = name.lower()
        if not _MAY_BE_SHORT.search(folded):
            return folded if folded.isalpha() else folded.translate(_NO_MARKS)
    folded = plain(name).lower().replace("&", " and ")
    if "t" in folded:
        folded = _SHORT.sub(lambda found: _LONG[found.group(1)], folded)
    return _NOT_KEY.sub("", folded)


def without_article(name: str) -> str | None:
    """`name` without a leading Arabic article ("al-Rashad" gives "Rashad"), None where it has none."""
    found = _ARTICLE.match(name)
    return name[found.end() :] if found else None


@lru_cache(maxsize=1 << 14)
def skeleton(key: str) -> str:
    """The consonants of a folded key, with letters that transliterations confuse made one.

    Vowels, doubled letters and a silent h go; kh, gh, q, c, g and k are one letter, so
    are w and v, s, z, sh and ch, dj and j.  An initial vowel stays as "a".
    """
    text = key
    for pattern, letter in _SOUNDS:
        text = pattern.sub(letter, text)
    head = "a" if _INITIAL_VOWEL.match(text) else ""
    text = _VOWELS.sub("", _INITIAL_VOWEL.sub("", text))
    return _DOUBLED.sub(r"\1", head + text)


@lru_cache(maxsize=1 << 14)
def broad_sound(key: str) -> str:
    """A folded key with its vowels made three, and letters that transliterations confuse made one.

    a and e are one, so are i and y, and o, u and w; doubled letters and a final h go.
    """
    text = key.translate(_VOWEL_CLASSES)
    for pattern, letter in _SOUNDS[1:]:
        text = pattern.sub(letter, text)
    return _FINAL_H.sub("", _DOUBLED.sub(r"\1", text))


def is_latin(name: str) -> bool:
    """True where every letter is of the Latin script."""
    return all(
        ord(char) < _LATIN_LIMIT
        or not char.isalpha()
        or 0x1E00 <= ord(char) < 0x1F00
        or 0x2B0 <= ord(char) < 0x370
        for char in name
    )


def shown(name: str) -> str:
    """`name` as English-language news would print it.

    Scholarly transliterations ("Ḩimş", "Şāʻdah") lose their marks; the letters of
    languages that are written in Latin script ("Chocó", "Şırnak") stay.
    """
    name = " ".join(name.split())
    if name.isascii() or not _TRANSLITERATION.search(unicodedata.normalize("NFD", name)):
        return name
    return re.sub("[ʻ‘’ʼʿʾ]", "", plain(name)).strip()


class UnitWords:
    """Strips the word for the kind of unit ("Province", "Oblast", "Departamento de") off a unit's name."""

    __slots__ = ("_after", "_before")

    def __init__(self, english: Iterable[str], foreign: Iterable[str]) -> None:
        """`english` words may stand on either side of a name, `foreign` ones too."""
        words = sorted({*english, *foreign}, key=lambda word: (-len(word), word))
        either = "|".join(re.escape(word) for word in words)
        self._after = re.compile(rf"[\s,-]+(?:{either})[’']?$", re.IGNORECASE)
        self._before = re.compile(
            rf"^(?:the\s+)?(?:{either})(?:\s+(?:of|de\s+la|de\s+los|de|del|du|des|da|do)\s+|\s+d[’']|-[ei]\s+|\s+)",
            re.IGNORECASE,
        )

    def bare(self, name: str) -> str:
        """`name` without the word for its kind; unchanged where nothing else would be left."""
        text = name
        while True:
            stripped = self._before.sub("", self._after.sub("", text)).strip()
            if stripped in ("", text):
                return text
            text = stripped

    def english_form(self, name: str, aliases: Iterable[str], english: Iterable[str]) -> str:
        """The form of a unit's name that English uses, without the word for its kind.

        First choice is an alias that English marks as its own: with an English word for
        the kind ("Homs Governorate") or a compass word in front ("North Kivu").
        """
        kinds = tuple(english)
        latin = [alias for alias in aliases if is_latin(alias) and not _NO_NAME.search(alias)]
        for alias in sorted(latin):
            if _DIRECTIONS.match(alias) and not _DIRECTIONS.match(name):
                return shown(self.bare(alias))
        own = self.bare(name.partition(",")[0])
        for alias in sorted(latin):
            if alias.endswith(kinds) and alias not in kinds and not _same_spelling(self.bare(alias), own):
                return shown(self.bare(alias))
        return shown(own)


def _same_spelling(one: str, other: str) -> bool:
    return skeleton(fold_key(one)) == skeleton(fold_key(other)) and "‘" not in other and "ʻ" not in other
