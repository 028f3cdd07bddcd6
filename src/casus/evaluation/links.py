"""How well reports of the same events are linked, beside links that people made.

A folder has `reports.jsonl` (id, title, publisher, published, text, source_url) and
`links.json` (events with the reports that tell of them, groups of copies).  An event is
here the set of reports that tell of it.  The measures are those of the links' own scorer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from casus.casebook.book import Casebook
from casus.errors import BadRecord, CasusError, SourceMissing
from casus.model import Reading, Report
from casus.sources.records import parse_json

CONFUSABLE_DAYS = 31
Names = frozenset[str]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Mention(_Form):
    """A report that tells of an event; `main` where the report is about it."""

    report: str
    main: bool = True


class LinkedEvent(_Form):
    """An event and the reports that tell of it; `date` is an ISO day, month, or start/end."""

    event: str
    date: str | None = None
    country: str | None = None
    mentions: tuple[Mention, ...]


class Links(_Form):
    """What `links.json` holds."""

    events: tuple[LinkedEvent, ...]
    copies: tuple[tuple[str, ...], ...] = ()


class PredictedEvent(_Form):
    """An event as linked: any id, and its reports."""

    event: str
    reports: tuple[str, ...]


class Prediction(_Form):
    """What is compared with the links."""

    events: tuple[PredictedEvent, ...]
    copies: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and F1, 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class LinkScores:
    """The measures of one prediction."""

    gold_events: int
    predicted_events: int
    pairs: Rates
    main_pairs: Rates
    ceaf: Rates
    copies: Rates
    confusable: int
    confused: int


def read_links(folder: Path) -> Links:
    """The links of a folder; raises `SourceMissing` or `BadRecord`."""
    found: Links = _json(folder / "links.json", Links)
    return found


def read_reports(folder: Path) -> Iterator[Report]:
    """The reports of a folder; raises `SourceMissing` or `BadRecord`."""
    path = folder / "reports.jsonl"
    for number, line in enumerate(_bytes(path).decode("utf-8").splitlines(), start=1):
        if line.strip():
            yield _report(parse_json(line.encode(), f"{path.name}, line {number}"), number)


def scores_of(links: Links, prediction: Prediction) -> LinkScores:
    """The measures of a prediction."""
    gold = [frozenset(mention.report for mention in event.mentions) for event in links.events]
    about = [frozenset(m.report for m in event.mentions if m.main) for event in links.events]
    found = [frozenset(event.reports) for event in prediction.events if event.reports]
    together, linked = _pairs(gold), _pairs(found)
    both_about = _pairs(about)
    # A pair that tells of one event in passing is neither asked for nor wrong here.
    linked_about = (linked & _pairs([frozenset[str]().union(*about)])) - (together - both_about)
    confusable = _confusable(links.events, about) - together
    return LinkScores(
        len(gold),
        len(found),
        _rates(together, linked),
        _rates(both_about, linked_about),
        _ceaf(gold, found),
        _rates(_pairs(map(frozenset, links.copies)), _pairs(map(frozenset, prediction.copies))),
        len(confusable),
        len(confusable & linked),
    )


def read_prediction(path: Path) -> Prediction:
    """A prediction from a file; raises `SourceMissing` or `BadRecord`."""
    found: Prediction = _json(path, Prediction)
    return found


def linked(readings: Iterable[Reading]) -> Prediction:
    """What a passing casebook makes of some readings."""
    with Casebook.open("sqlite://") as book:
        book.ingest((reading.report.id, reading) for reading in readings)
        return predicted(book)


def predicted(book: Casebook) -> Prediction:
    """What a casebook has linked, by the names of its reports."""
    heads = list(book.heads())
    by_key = {head.hash[:12]: head.name for head in heads}
    by_number = {head.number: head.name for head in heads}
    events = tuple(
        PredictedEvent(
            event=event.id, reports=tuple(sorted({by_key[key.partition(".")[0]] for key in event.keys}))
        )
        for event in book.events()
    )
    copies = tuple(tuple(by_number[number] for number in group) for group in book.copies())
    return Prediction(events=events, copies=copies)


def score_lines(scores: LinkScores) -> Iterator[str]:
    """The measures, a line each."""
    yield f"{scores.gold_events} events, {scores.predicted_events} found"
    yield f"{'':36}{'P':>8}{'R':>8}{'F1':>8}"
    rows = (
        ("reports that share an event", scores.pairs),
        ("  both about it", scores.main_pairs),
        ("events as sets of reports (CEAF-e)", scores.ceaf),
        ("pairs of copies", scores.copies),
    )
    for name, rates in rows:
        yield f"{name:36}{rates.precision:>8.3f}{rates.recall:>8.3f}{rates.f1:>8.3f}"
    yield f"confusable pairs joined             {scores.confused} of {scores.confusable}"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceMissing(
            f"{path}: {error.strerror}: name a folder with reports.jsonl and links.json"
        ) from error


def _json(path: Path, form: type[_Form]) -> Any:
    try:
        return form.model_validate(parse_json(_bytes(path), path.name))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in fault["loc"])
        raise BadRecord(f"{path.name}: {field}: {fault['msg']}") from error


def _report(row: object, number: int) -> Report:
    if not isinstance(row, dict):
        raise BadRecord(f"reports.jsonl, line {number}: one JSON object a line is wanted")
    try:
        return Report.of(
            row["text"],
            title=row.get("title"),
            publisher=row.get("publisher"),
            published_on=date.fromisoformat(row["published"]) if row.get("published") else None,
            url=row.get("source_url"),
            id=row["id"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadRecord(
            f"reports.jsonl, line {number}: {error}: it needs id, text and an ISO date"
        ) from error


def _pairs(groups: Iterable[Names]) -> set[tuple[str, str]]:
    return {(one, other) for group in groups for one, other in combinations(sorted(group), 2)}


def _rates(gold: set[tuple[str, str]], found: set[tuple[str, str]]) -> Rates:
    hits = len(gold & found)
    return Rates(hits / len(found) if found else 1.0, hits / len(gold) if gold else 1.0)


def _ceaf(gold: Sequence[Names], found: Sequence[Names]) -> Rates:
    """CEAF-e (Luo 2005): the best one-to-one assignment of events by how much their reports overlap."""
    if not gold or not found:
        return Rates(0.0, 0.0)
    try:
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - only this measure needs it
    except ImportError as error:
        raise CasusError("CEAF-e needs SciPy: install casus-events[analysis]") from error
    overlap = [[2 * len(one & other) / (len(one) + len(other)) for other in found] for one in gold]
    rows, columns = linear_sum_assignment(overlap, maximize=True)
    total = sum(overlap[row][column] for row, column in zip(rows, columns, strict=True))
    return Rates(total / len(found), total / len(gold))


def _confusable(events: Sequence[LinkedEvent], about: Sequence[Names]) -> set[tuple[str, str]]:
    """Pairs of reports about different events of one country within a month."""
    pairs: set[tuple[str, str]] = set()
    for (event, names), (other, other_names) in combinations(zip(events, about, strict=True), 2):
        days = _day(event.date), _day(other.date)
        if event.country == other.country and None not in days:
            first, second = (day.toordinal() for day in days if day is not None)
            if abs(first - second) <= CONFUSABLE_DAYS:
                pairs |= {(min(a, b), max(a, b)) for a in names for b in other_names if a != b}
    return pairs


def _day(text: str | None) -> date | None:
    parts = [int(part) for part in (text or "").split("/")[0].split("-") if part]
    return date(*(*parts, 1, 1)[:3]) if parts else None
