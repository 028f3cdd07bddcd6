"""A draft is checked and becomes a report."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casus.errors import NoArticle, SourceError, WrongLanguage
from casus.model import Report
from casus.sources.decoding import tidy
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.language import foreign_language
from casus.sources.metadata import Metadata
from casus.sources.streams import too_large

_LONGEST_TITLE_CHARS = 200
_FULL_STOP = re.compile(r"[.…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class SourcedReport:
    """A report and where it was found."""

    origin: str
    report: Report


def admitted(draft: Draft, overrides: Metadata | None, max_chars: int) -> SourcedReport | SourceFailure:
    """The report that a draft makes, or why it makes none; `overrides` go before what it says."""
    try:
        return SourcedReport(draft.origin, _report(draft, overrides or Metadata(), max_chars))
    except SourceError as error:
        return SourceFailure(draft.origin, error)


def _report(draft: Draft, overrides: Metadata, max_chars: int) -> Report:
    text = tidy(draft.text)
    if not text:
        raise NoArticle(f"{draft.origin}: it is empty: give it the report's text")
    if len(text) > max_chars:
        raise too_large(draft.origin, max_chars)
    if language := foreign_language(text):
        raise WrongLanguage(
            f"{draft.origin}: this seems to be {language}: Casus reads English, translate it first"
        )
    metadata = overrides.over(draft.metadata)
    return Report.of(
        text,
        title=_one_line(metadata.title) or heading(text),
        publisher=_one_line(metadata.publisher),
        published_on=metadata.published_on,
        url=_one_line(metadata.url),
        id=_one_line(draft.id),
    )


def _one_line(value: str | None) -> str | None:
    """A value without line ends, None where nothing is left of it."""
    return " ".join(tidy(value).split()) or None if value else None


def heading(text: str) -> str | None:
    """The first line where it reads like a title: short, a blank line after it, no full stop."""
    first, _, rest = text.partition("\n")
    line = first.strip()
    is_apart = rest.partition("\n")[0].strip() == "" and rest.strip() != ""
    is_short = 0 < len(line) < _LONGEST_TITLE_CHARS
    return line if is_apart and is_short and not _FULL_STOP.search(line) else None
