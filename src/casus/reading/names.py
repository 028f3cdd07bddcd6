"""Names of persons: the run of capitalised words, and where its titles end."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from casus.reading.marks import Marks

_PARTICLES = {
    "al", "el", "bin", "ibn", "bint", "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von",
    "der", "den", "ul", "ur", "abu", "ben", "as", "ad", "ar", "y", "e", "ould", "ag",
}  # fmt: skip
TITLES = frozenset(
    [
        "president",
        "prime",
        "minister",
        "vice",
        "deputy",
        "interior",
        "foreign",
        "defence",
        "defense",
        "home",
        "justice",
        "finance",
        "information",
        "health",
        "education",
        "senator",
        "governor",
        "mayor",
        "general",
        "colonel",
        "major",
        "captain",
        "lieutenant",
        "sergeant",
        "corporal",
        "brigadier",
        "commander",
        "admiral",
        "commodore",
        "marshal",
        "inspector",
        "superintendent",
        "commissioner",
        "constable",
        "officer",
        "chief",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "police",
        "army",
        "navy",
        "military",
        "dr",
        "mr",
        "mrs",
        "ms",
        "sir",
        "lord",
        "judge",
        "father",
        "bishop",
        "archbishop",
        "pope",
        "pastor",
        "reverend",
        "rev",
        "imam",
        "sheikh",
        "mullah",
        "ayatollah",
        "king",
        "queen",
        "prince",
        "princess",
        "sultan",
        "emir",
        "ambassador",
        "envoy",
        "secretary",
        "director",
        "professor",
        "attorney",
        "prosecutor",
        "chancellor",
        "premier",
        "representative",
        "congressman",
        "congresswoman",
        "lawmaker",
        "leader",
        "chairman",
        "chairwoman",
        "rear",
        "air",
        "lt",
        "gen",
        "col",
        "maj",
        "capt",
        "sgt",
        "brig",
        "sen",
        "gov",
        "state",
        "provincial",
        "district",
        "regional",
        "federal",
        "national",
        "former",
        "acting",
        "assistant",
        "senior",
        "opposition",
        "warlord",
        "guerrilla",
        "cardinal",
        "sub-inspector",
        "sp",
        "dsp",
        "asp",
        "dig",
        "ig",
        "dgp",
        "inspector-general",
        "undersecretary",
        "secretary-general",
        "doctor",
        "ex-president",
        "lawyer",
        "activist",
        "witness",
        "resident",
        "journalist",
        "analyst",
        "researcher",
        "security",
        "government",
        "ministry",
        "department",
        "interim",
        "private",
        "nobel",
        "county",
        "city",
        "town",
        "local",
        "rebel",
        "militia",
        "junta",
        "law",
        "municipal",
        "monsignor",
        "sister",
        "brother",
        "rabbi",
        "swami",
        "maulana",
        "qari",
        "hajji",
        "haji",
        "ustad",
        "comrade",
        "special",
        "coordinator",
        "administrator",
        "councillor",
        "alderman",
        "speaker",
        "warden",
        "coroner",
        "monitor",
    ]
)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A person's name: titles from `start`, the name from `name_start`, to `end` (exclusive)."""

    start: int
    name_start: int
    end: int


def name_span(token: Token, marks: Marks | None) -> NameSpan:
    """The run of capitalised words around a proper noun, its titles set apart."""
    doc = token.doc
    start = token.i
    while start > 0 and _belongs(doc[start - 1], doc[start], marks):
        start -= 1
    end = token.i + 1
    while end < len(doc) and _follows(doc, end):
        end += 1
    while end - 1 > token.i and (doc[end - 1].lower_ in _PARTICLES or doc[end - 1].text == "-"):
        end -= 1
    while start < token.i and (
        doc[start].lower_ in _PARTICLES - {"al", "el", "abu", "ibn", "ben"} or doc[start].text == "-"
    ):
        start += 1
    name_start = start
    while name_start < end - 1 and (
        is_title(doc[name_start]) or (doc[name_start].text == "-" and name_start > start)
    ):
        name_start += 1
    if name_start == start and start < token.i:
        name_start = start = _after_inner_title(doc, start, token.i)
    return NameSpan(start, name_start, end)


def is_title(token: Token) -> bool:
    """True for a title, a rank or an office before a name."""
    return token.lower_.rstrip(".") in TITLES


def _after_inner_title(doc: object, start: int, last: int) -> int:
    """The name after a title that other capitalised words precede ("In Jakarta Major General X")."""
    for i in range(last - 1, start, -1):
        if is_title(doc[i]):  # type: ignore[index]
            return i + 1
    return start


def _belongs(before: Token, token: Token, marks: Marks | None) -> bool:
    if marks is not None and (before.i in marks.actors or any(s <= before.i < e for s, e, _ in marks.dates)):
        return False
    if before.text == "-":
        return before.i > 0 and (
            before.doc[before.i - 1].text[:1].isupper() or before.doc[before.i - 1].lower_ in _PARTICLES
        )
    if before.lower_ in _PARTICLES:
        return (
            before.i > 0
            and (before.doc[before.i - 1].text[:1].isupper() or before.lower_ in ("al", "el", "abu"))
        ) or before.text[:1].isupper()
    if is_title(before):
        return (
            before.dep_ in ("compound", "amod", "nmod", "ROOT", "appos", "nsubj", "poss")
            or before.pos_ == "PROPN"
        )
    return before.pos_ == "PROPN" and before.text[:1].isupper()


def _follows(doc: object, i: int) -> bool:
    token: Token = doc[i]  # type: ignore[index]
    if token.text == "-":
        return i + 1 < len(token.doc) and token.doc[i + 1].text[:1].isupper() and token.whitespace_ == ""
    if token.lower_ in _PARTICLES and token.text[:1].islower():
        return i + 1 < len(token.doc) and (
            token.doc[i + 1].text[:1].isupper() or token.doc[i + 1].text == "-"
        )
    return token.pos_ == "PROPN" and token.text[:1].isupper()
