"""A report's text cut into paragraphs and sentences, by character.

Cutting before parsing lets the reader parse only the sentences that can matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casus.model import Report

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st gen lt col maj capt sgt cpl cmdr brig rev fr hon gov sen rep pres supt insp cpt adm pvt "
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun no nos vs etc inc ltd co "
    "corp dept est approx al jr sr a.m p.m u.s u.n e.g i.e d.c ft mt km kg mi sq art sec vol fig cf ca dist messrs smt "
    "shri dy asst addl asp dsp ips ias pvt".split()
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
MAX_SENTENCE_CHARS = 1_500
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
# "KABUL, April 11 -", "NAZRAN, Ingushetia (Reuters) -", "April 3 -", "MOGADISHU:"
_DATELINE = re.compile(
    rf"\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.\- ]{{2,40}}(?:[,/] ?[A-Z][\w.'’\- ]{{1,30}})?(?:,? {_DAY})?|{_DAY})\s*(?:\([^)\n]{{1,40}}\))?\s*(?:-{{1,2}}|–|—|:|\. ?[-–—])\s+"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence of the report: characters `start` to `end`, its paragraph's number, and whether it is the title."""

    start: int
    end: int
    paragraph: int
    is_title: bool


def stretches(report: Report) -> tuple[Stretch, ...]:
    """Title and sentences of a report, in order; empty for a text of white space."""
    text = report.text
    found: list[Stretch] = []
    if report.body_start:
        title = text[: report.body_start]
        lead = len(title) - len(title.lstrip())
        found.append(Stretch(lead, len(title.rstrip()), 0, is_title=True))
    for number, (start, end) in enumerate(_lines(text, report.body_start), 1):
        start = dateline_end(text, start) if number <= 2 else start
        found.extend(Stretch(s, e, number, is_title=False) for s, e in _sentences(text, start, end))
    return tuple(stretch for stretch in found if stretch.end > stretch.start)


def dateline_end(text: str, start: int = 0) -> int:
    """Where the dateline at the head of a body ends ("KABUL, April 11 - "); `start` where there is none."""
    match = _DATELINE.match(text, start)
    return match.end() if match is not None else start


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Paragraphs: lines, or runs of lines where the text is wrapped with blank lines between paragraphs."""
    body = text[start:]
    wrapped = "\n\n" in body and body.count("\n") > 3 * body.count("\n\n")
    pattern = _PARAGRAPH if wrapped else re.compile(r"[^\n]+")
    for match in pattern.finditer(text, start):
        yield match.start(), match.end()


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = _skip_space(text, start, end)
    for match in _END.finditer(text, start, end):
        if match.end() < begin or not _ends_sentence(text, match, end):
            continue
        yield from _cut(text, begin, match.end())
        begin = _skip_space(text, match.end(), end)
    if begin < end:
        last = len(text[:end].rstrip())
        yield from _cut(text, begin, max(begin, last))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or pieces of one that is too long to parse whole (a text without full stops)."""
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start, start + MAX_SENTENCE_CHARS)
        cut = cut if cut > start else start + MAX_SENTENCE_CHARS
        yield start, cut
        start = _skip_space(text, cut, end)
    if start < end:
        yield start, end


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : end].lstrip()
    if not following:
        return True
    if "." not in match.group() or match.group().startswith((".”", '."', ".’")):
        return not following[0].islower()
    if match.group().startswith((".", "…")) and len(match.group().rstrip("\"'”’»)]")) > 1:
        return not following[0].islower()
    word = re.search(r"[\w.]*$", text[max(0, match.start() - 20) : match.start()])
    last = word.group().lower() if word else ""
    first = following.lstrip("\"'“‘«([")[:1]
    lower_text = not any(c.isupper() for c in text[match.end() : match.end() + 200])
    if first.islower() and not lower_text:
        return False
    if last in _ABBREVIATIONS or re.fullmatch(r"[a-z](\.[a-z])*", last):
        # "U.S. The army": an abbreviation may end a sentence; it does before a capitalised function word
        return (
            last in ("p.m", "a.m", "etc", "inc", "ltd", "jr", "sr")
            and first.isupper()
            or bool(
                re.match(
                    r"(The|A|An|In|On|It|He|She|They|But|And|At|Two|Three|This|That|Police)\s", following
                )
            )
            and last not in ("mr", "mrs", "ms", "dr", "st", "gen", "lt", "col", "maj", "capt", "sgt", "rev")
        )
    return True
