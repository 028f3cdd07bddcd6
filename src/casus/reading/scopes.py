"""Which words of a sentence a word of saying covers.

What is told stands before it ("X, police said"), after it ("police said X") or around it
("X, police said, and Y").  Two words of saying share a sentence between them: the first
reaches to where the clause of the second begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from casus.reading.clauses import is_passive
from casus.reading.cues import Cue
from casus.reading.word_classes import WordClass, is_a

Range = tuple[int, int]  # tokens, the end exclusive

_OPENS_CLAUSE = frozenset(("where", "which", "when", "that", "who", "and", "but", "while"))
_BEFORE_CUE = frozenset((",", '"', "'", "-", "--", ":", ";"))
_JOINS = frozenset(("and", "but", "or", "nor", "then"))
_RIGHT_RULES = frozenset(("said.count",))
_ADJUNCTS = frozenset(("said.according", "said.account"))
# Clauses within a clause: what they tell ends with them.
_EMBEDDED = frozenset(("relcl", "acl", "csubj", "pcomp"))


@dataclass(frozen=True, slots=True)
class _Room:
    """The tokens that a word of saying may cover: from the one before it to the next."""

    lower: int
    upper: int


def scopes_of(doc: Doc, cues: Sequence[Cue]) -> list[tuple[Range, ...]]:
    """The ranges that each word of saying covers, in the order of `cues`; none overlap."""
    found: list[tuple[Range, ...]] = []
    for number, cue in enumerate(cues):
        following = cues[number + 1] if number + 1 < len(cues) else None
        upper = _begin(following, cue) if following is not None else len(doc)
        lower = _lower(doc, cues[number - 1], found[-1], cue) if found else 0
        ranges = _ranges(doc, cue, _Room(min(lower, cue.start), max(upper, cue.end)))
        if found and ranges and ranges[0][0] < cue.start:
            found[-1] = _cut(found[-1], ranges[0][0], cues[number - 1])
        if found and cue.rule in _ADJUNCTS and not _says_anything(doc, ranges):
            ranges = found[-1]
        found.append(ranges)
        rest = (ranges[-1][1], len(doc)) if ranges else (0, 0)
        if following is None and number and cue.token.dep_ in _EMBEDDED and _says_anything(doc, [rest]):
            found[-2] = (*found[-2], rest)
    return found


def _says_anything(doc: Doc, ranges: Sequence[Range]) -> bool:
    """True where ranges hold words, not only signs."""
    return any(t.is_alpha for start, end in ranges for t in doc[start:end])


def _begin(cue: Cue, before: Cue) -> int:
    """Where the room of a word of saying begins for the one before: its speaker, or its verb if shared."""
    shared = cue.start <= before.token.i or cue.is_inverted
    return cue.token.i if shared else min(cue.start, cue.token.i)


def _lower(doc: Doc, previous: Cue, covered: tuple[Range, ...], cue: Cue) -> int:
    """How far left a word of saying may reach: past what the one before covers, to the clause's break."""
    after = [r for r in covered if r[1] > previous.end]
    if not after:
        return previous.end
    for i in range(cue.start - 1, previous.end, -1):
        if is_a(doc[i].lower_, WordClass.BREAK) or (doc[i].text == "," and doc[i + 1].lower_ in _JOINS):
            return i + 1
    return cue.start


def _cut(ranges: tuple[Range, ...], end: int, cue: Cue) -> tuple[Range, ...]:
    """The ranges without what the next word of saying covers to its left."""
    return tuple((s, min(e, end)) for s, e in ranges if s < end or s < cue.start)


def _ranges(doc: Doc, cue: Cue, room: _Room) -> tuple[Range, ...]:
    if cue.rule in _ADJUNCTS:
        ranges = _around_adjunct(doc, cue, room)
    elif cue.rule in _RIGHT_RULES or (cue.rule == "said.cited" and cue.token.tag_ != "VBG"):
        after = (cue.end, room.upper)
        ranges = [after if _says_anything(doc, [after]) else (room.lower, cue.start)]
    elif cue.rule == "said.reported":
        ranges = _around_reported(cue, room)
    else:
        ranges = _around_verb(doc, cue, room)
    return tuple(r for r in ranges if r[1] > r[0])


def _around_reported(cue: Cue, room: _Room) -> list[Range]:
    """What is told in "it was reported that X", "X, it was reported", "two are reported killed"."""
    ends = cue.token.i + 2 >= len(cue.token.doc)
    return (
        [(room.lower, cue.start)]
        if ends
        else [(min(cue.start, room.lower), cue.token.i), (cue.end, room.upper)]
    )


def _around_adjunct(doc: Doc, cue: Cue, room: _Room) -> list[Range]:
    """What "according to" covers: the clause before; the one after where it goes on or none is before."""
    begin = _clause_start(doc, cue.start, room.lower)
    left = _has_clause(doc, begin, cue.start) or cue.start > begin + 3
    ranges: list[Range] = [(begin, cue.start)] if left else []
    if not left or _goes_on(doc, cue.end, room.upper):
        ranges.append((cue.end, room.upper))
    return ranges


def _clause_start(doc: Doc, end: int, lower: int) -> int:
    """Where the clause before an adjunct begins; its own place if it opens one: "where, by X's account,"."""
    last = end - 1
    while last >= lower and doc[last].text in (",", '"'):
        last -= 1
    opens = last >= lower and doc[last].lower_ in _OPENS_CLAUSE
    return end if opens else lower


def _around_verb(doc: Doc, cue: Cue, room: _Room) -> list[Range]:
    token = cue.token
    if is_passive(token) and token.dep_ != "acl":
        return [(room.lower, cue.start), (cue.end, room.upper)]
    before = cue.start - 1
    while before >= 0 and doc[before].is_space:
        before -= 1
    ranges: list[Range] = []
    right = _has_right(cue, room)
    shared = not cue.is_inverted and any(
        t.pos_ == "VERB" and t.dep_ != "relcl" for t in doc[_last(cue) : token.i]
    )
    told_before = _has_clause(doc, room.lower, cue.start) and before >= 0 and doc[before].text in _BEFORE_CUE
    if told_before and _ends_quotation(doc, before, room.lower) and not _reopens(doc, cue, room.upper):
        right = False
    as_clause = any(c.lower_ in ("as", "so") and c.dep_ in ("mark", "advmod") for c in token.lefts)
    if as_clause and cue.start > room.lower + 2 and token.dep_ == "advcl":
        return [(room.lower, cue.start)]
    if (
        told_before
        and not shared
        and doc[before].text not in (";", ":")
        and (not right or _inserted(token, cue.start))
    ):
        ranges.append((room.lower, cue.start))
    elif not told_before and before > 0 and doc[before].text == "," and _interrupts(doc, cue, room):
        ranges.append((room.lower, cue.start))
        right = True
    if ranges and not right:
        right = _goes_on(doc, _after_listeners(cue, room.upper), room.upper)
    if right or not ranges:
        ranges.append((token.i, _right_end(cue, room.upper)))
    return ranges


def _ends_quotation(doc: Doc, before: int, lower: int) -> bool:
    """True where the word before a speaker closes a quotation: '"They came at dawn," the mayor said'."""
    return doc[before].text == '"' and any(
        t.text in (",", ".", "?", "!") for t in doc[max(lower, before - 1) : before]
    )


def _reopens(doc: Doc, cue: Cue, upper: int) -> bool:
    """True where a quotation or a clause of its own follows: 'he said, "and they shot"'."""
    return any(t.text == '"' or (t.lower_ == "that" and t.dep_ == "mark") for t in doc[cue.end : upper])


def _last(cue: Cue) -> int:
    """The token after the speakers of a cue."""
    return cue.speakers[-1].i + 1 if cue.speakers else cue.token.i


def _interrupts(doc: Doc, cue: Cue, room: _Room) -> bool:
    """True for "the track, he said, had been full of mines": a subject before, its verb after."""
    return (
        cue.start - room.lower > 1
        and cue.end < room.upper
        and doc[cue.end].text == ","
        and cue.start > 1
        and any(t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for t in doc[room.lower : cue.start])
    )


def _right_end(cue: Cue, upper: int) -> int:
    """Where what is told after a verb ends: a relative clause leaves the rest of its sentence to others."""
    if cue.token.dep_ not in _EMBEDDED:
        return upper
    return min(upper, max(cue.token.right_edge.i + 1, cue.end))


def _has_clause(doc: Doc, start: int, end: int) -> bool:
    """True where a stretch has a verb or a quotation: something that can be told."""
    return any(t.pos_ in ("VERB", "AUX") or t.text == '"' for t in doc[start:end])


def _inserted(token: Token, start: int) -> bool:
    """True where the clause told stands before a verb of saying that words follow: "X, he said on Monday"."""
    return (
        any(c.dep_ in ("ccomp", "parataxis") and c.i < start for c in token.children)
        or token.dep_ in ("parataxis", "ccomp")
        or (token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == ",")
    )


def _has_right(cue: Cue, room: _Room) -> bool:
    """True where what is told stands after the verb."""
    token = cue.token
    rights = [c for c in token.rights if c.i < room.upper and c not in cue.speakers]
    if any(c.dep_ in ("ccomp", "xcomp") for c in rights):
        return True
    if any(c.dep_ in ("dobj", "obj") and not _is_listener(token, c) for c in rights):
        return True
    following = list(token.doc[cue.end : room.upper])
    if any(t.lower_ == "that" and t.dep_ == "mark" for t in following[:10]):
        return True
    if (
        following
        and following[0].text in (",", ":")
        and any(t.pos_ in ("VERB", "AUX") for t in following[1:])
    ):
        return not _told_before(cue, room)
    return any(c.dep_ == "prep" and c.lower_ in ("of", "at") for c in rights)


def _told_before(cue: Cue, room: _Room) -> bool:
    doc = cue.token.doc
    return (
        cue.start > room.lower + 2
        and doc[cue.start - 1].text in _BEFORE_CUE
        and _has_clause(doc, room.lower, cue.start)
    )


def _is_listener(token: Token, noun: Token) -> bool:
    """True for the object of "told reporters": who was told, not what."""
    return (
        is_a(token.lemma_.lower(), WordClass.TELLS)
        or is_a(noun.lemma_.lower(), WordClass.LISTENER)
        or noun.pos_ == "PRON"
    )


def _after_listeners(cue: Cue, upper: int) -> int:
    """The first comma or semicolon after "he told reporters on Monday"."""
    i = cue.end
    while i < upper and cue.token.doc[i].text not in (",", ";", '"'):
        i += 1
    return i


def _goes_on(doc: Doc, start: int, upper: int) -> bool:
    """True for ", and Y" and "; Y" after the words of saying: the speaker goes on."""
    rest = [t for t in doc[start:upper] if t.text != '"']
    if len(rest) < 3 or not any(t.pos_ in ("VERB", "AUX") for t in rest):
        return False
    return rest[0].text in (";", ":") or (rest[0].text == "," and rest[1].lower_ in _JOINS)
