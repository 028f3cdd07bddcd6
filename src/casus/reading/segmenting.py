"""A report's text cut into paragraphs and sentences, by character.

Cutting before parsing lets the reader parse only the sentences that can matter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from casus.knowledge import read_table
from casus.model import Report

# A text without full stops is parsed in pieces of this length.
MAX_SENTENCE_CHARS = 1_500
# Of the breaks between lines, the share that must stand within a sentence for a text to be wrapped.
_WRAPPED_SHARE = 0.2
# How far after a full stop a capital shows that the text uses them.
_CASE_WINDOW = 200
# The first paragraphs, which may begin with a dateline.
_DATELINE_PARAGRAPHS = 2

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_CLOSING = "\"'”’»)]"
_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_BREAK = re.compile(r"[^\n\s][^\S\n]*\n[^\S\n]*(?=\S)")
_SPACE = re.compile(r"\s*")
_OPENING = re.compile(r"[\"'“‘«(\[]*")
_LAST_WORD = re.compile(r"[\w.]*\Z")
_INITIALS = re.compile(r"[a-z](\.[a-z])*")
_FUNCTION_WORD = re.compile(r"(The|A|An|In|On|It|He|She|They|But|And|At|Two|Three|This|That|Police)\s")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\- ]{2,40}(?:[,/] ?[A-Z][\w.'’\- ]{1,30})?"
# "KABUL, April 11 -", "NAZRAN, Ingushetia (Reuters) -", "April 3 -", "MOGADISHU:", "(Beirut) -"
_DATELINE = re.compile(
    rf"\s*\([A-Z][\w.'’, -]{{1,40}}\)\s*(?:-{{1,2}}|–|—)\s+|"
    rf"\s*(?:{_CAPITALS}(?:,? {_DAY})?|{_DAY})\s*(?:\([^)\n]{{1,40}}\))?\s*(?:-{{1,2}}|–|—|:|\. ?[-–—])\s+"
)
# What an item of a list begins with: "- ", "3. ", "MOSUL - ", "Centre-Nord: ".
_ITEM = re.compile(
    rf"\s*(?:[-–—•*●▪]\s|\d{{1,2}}[.)]\s|{_CAPITALS}\s*(?:-{{1,2}}|–|—|:)\s"
    r"|[A-Z][\w'’ /-]{2,30}:\s+(?=[A-Z]))"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence or the title of a report: characters `start` to `end`, and its paragraph's number.

    `item` counts the items of lists that have begun; 0 stands before the first.
    """

    start: int
    end: int
    paragraph: int
    is_title: bool
    item: int = 0


def stretches(report: Report) -> tuple[Stretch, ...]:
    """Title and sentences of a report, in order; empty for a text of white space."""
    text = report.text
    found: list[Stretch] = []
    if report.body_start:
        title = text[: report.body_start]
        lead = len(title) - len(title.lstrip())
        found.append(Stretch(lead, len(title.rstrip()), 0, is_title=True))
    item = 0
    for number, (first, end) in enumerate(_paragraphs(text, report.body_start), 1):
        start = dateline_end(text, first) if number <= _DATELINE_PARAGRAPHS else first
        item += number > 1 and (start > first or _ITEM.match(text, first, end) is not None)
        sentences = _sentences(text, start, end)
        found.extend(Stretch(s, e, number, is_title=False, item=item) for s, e in sentences)
    return tuple(stretch for stretch in found if stretch.end > stretch.start)


def dateline_end(text: str, start: int = 0) -> int:
    """Where the dateline at the head of a body ends ("KABUL, April 11 - "); `start` where there is none."""
    match = _DATELINE.match(text, start)
    return match.end() if match is not None else start


def _paragraphs(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Lines, or the blocks between blank lines where lines are broken within sentences."""
    pattern = _PARAGRAPH if _is_wrapped(text[start:]) else _LINE
    for match in pattern.finditer(text, start):
        yield match.start(), match.end()


def _is_wrapped(body: str) -> bool:
    """True where lines are broken at a width: many go on in lower case, or blocks have several lines."""
    if "\n\n" in body and body.count("\n") > 3 * body.count("\n\n"):
        return True
    breaks = [match.end() for match in _BREAK.finditer(body)]
    inner = sum(body[end].islower() for end in breaks)
    return bool(breaks) and inner >= _WRAPPED_SHARE * len(breaks)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = _skip_space(text, start, end)
    for match in _END.finditer(text, start, end):
        if match.end() > begin and _ends_sentence(text, match, end):
            yield from _cut(text, begin, match.end())
            begin = _skip_space(text, match.end(), end)
    last = end
    while last > begin and text[last - 1].isspace():
        last -= 1
    yield from _cut(text, begin, last)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or pieces of one that is too long to parse whole; nothing of an empty one."""
    while end - start > MAX_SENTENCE_CHARS:
        space = text.rfind(" ", start, start + MAX_SENTENCE_CHARS)
        cut = space if space > start else start + MAX_SENTENCE_CHARS
        yield start, cut
        start = _skip_space(text, cut, end)
    if start < end:
        yield start, end


def _skip_space(text: str, start: int, end: int) -> int:
    match = _SPACE.match(text, start, end)
    return match.end() if match is not None else start


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    """True where the stop (with the quotation marks after it) is the end of a sentence."""
    following = _skip_space(text, match.end(), end)
    if following == end:
        return True
    stop = match.group()
    is_plain_stop = stop.rstrip(_CLOSING) == "."
    if not is_plain_stop or stop.startswith((".”", '."', ".’")):
        return not text[following].islower()
    opening = _OPENING.match(text, following, end)
    first = text[opening.end() if opening is not None and opening.end() < end else following]
    if first.islower() and _has_capitals(text, match.end()):
        return False
    return _ends_after(_word_before(text, match.start()), text, following, is_capital=first.isupper())


def _has_capitals(text: str, start: int) -> bool:
    return any(char.isupper() for char in text[start : start + _CASE_WINDOW])


def _word_before(text: str, stop: int) -> str:
    match = _LAST_WORD.search(text[max(0, stop - 20) : stop])
    return match.group().lower() if match is not None else ""


def _ends_after(word: str, text: str, following: int, *, is_capital: bool) -> bool:
    """True unless the word before the stop is an abbreviation that the sentence goes on after."""
    role = _abbreviations().get(word)
    if role is None and not _INITIALS.fullmatch(word):
        return True
    if role == "title":
        return False
    return (role == "closing" and is_capital) or _FUNCTION_WORD.match(text, following) is not None


@functools.cache
def _abbreviations() -> dict[str, str]:
    return {row.text("word"): row.text("role") for row in read_table("abbreviations.tsv", ("word", "role"))}
