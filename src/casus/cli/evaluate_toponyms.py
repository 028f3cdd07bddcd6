"""`casus evaluate toponyms`: how well place names are found and resolved."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casus.cli.consoles import Counter, notice_console
from casus.settings import Settings

if TYPE_CHECKING:
    from casus.evaluation.toponym_corpora import GoldArticle, ToponymCorpus
    from casus.evaluation.toponyms import ToponymScores
    from casus.resolving.places import PlaceMention


class Half(StrEnum):
    """Every other article, counted from one."""

    ODD = "odd"
    EVEN = "even"


class TableFormat(StrEnum):
    """How the figures are printed."""

    TABLE = "table"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class _Part:
    """What was measured of one corpus."""

    corpus: ToponymCorpus
    scores: ToponymScores
    has_demonyms: bool


def toponyms(  # noqa: PLR0917 - one parameter an option
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="XML in the form of LGL, TR-News or GeoVirus."),
    ],
    errors: Annotated[
        int,
        typer.Option("--errors", min=0, metavar="N", help="List the N commonest names resolved wrongly."),
    ] = 0,
    each: Annotated[
        bool, typer.Option("--each", help="A line for each marked name, before the table.")
    ] = False,
    half: Annotated[
        Half | None, typer.Option("--half", help="Only the odd- or even-numbered articles.")
    ] = None,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Show how often answers of each score are right.")
    ] = False,
    only_resolution: Annotated[
        bool,
        typer.Option("--only-resolution", help="Leave out how well names are found, which takes longer."),
    ] = False,
    table_format: Annotated[
        TableFormat, typer.Option("--format", "-f", help="table for people, json for programs.")
    ] = TableFormat.TABLE,
) -> None:
    """Measure how well place names are found and resolved, on corpora of marked names.

    Resolution is measured over the marked names that have a point: the share with the right
    GeoNames id, country and first-order unit, the share within 161 km, and the errors in km.

    [bold]Examples[/bold]

    casus evaluate toponyms lgl.xml GeoVirus.xml

    casus evaluate toponyms TR-News.xml --errors 20 --only-resolution
    """
    from casus.evaluation.toponym_corpora import read_corpus  # noqa: PLC0415 - only this command needs it
    from casus.evaluation.toponym_tables import score_record  # noqa: PLC0415

    settings = Settings.from_environment(os.environ)
    records = []
    for corpus in [read_corpus(path) for path in files]:
        part = _measured(corpus, half, settings, only_resolution=only_resolution)
        if corpus.moved or corpus.lost:
            notice_console().print(
                f"{corpus.name}: {corpus.moved} marks stood beside their names and were moved, "
                f"{corpus.lost} could not be placed and are left out",
                markup=False,
            )
        if table_format is TableFormat.JSON:
            records.append(
                score_record(
                    corpus, part.scores, demonyms=part.has_demonyms, errors=errors, calibration=calibration
                )
            )
            continue
        for line in _lines(part, errors=errors, each=each, calibration=calibration):
            sys.stdout.write(f"{line}\n")
    if table_format is TableFormat.JSON:
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=2) + "\n")


def _lines(part: _Part, *, errors: int, each: bool, calibration: bool) -> Iterator[str]:
    from casus.evaluation import toponym_tables as tables  # noqa: PLC0415

    if each:
        yield from tables.verdict_lines(part.scores)
    yield from tables.score_lines(part.corpus, part.scores, demonyms=part.has_demonyms)
    if calibration:
        yield from tables.calibration_lines(part.scores)
    if errors:
        yield from tables.error_lines(part.scores, errors)


def _measured(
    corpus: ToponymCorpus, half: Half | None, settings: Settings, *, only_resolution: bool
) -> _Part:
    """Resolve and, unless left out, find the names of a corpus."""
    from casus.evaluation.toponym_corpora import half_of  # noqa: PLC0415
    from casus.evaluation.toponyms import ToponymJudge, ToponymScores, marks_demonyms  # noqa: PLC0415
    from casus.resolving.gazetteer import Gazetteer  # noqa: PLC0415

    articles = half_of(corpus.articles, half)
    scores, has_demonyms = ToponymScores(), marks_demonyms(corpus.articles)
    steps = len(articles) * (1 if only_resolution else 2)
    with Gazetteer.open(settings.gazetteer_path) as gazetteer, Counter(is_shown=True, total=steps) as counter:
        judge = ToponymJudge(gazetteer)
        for article in articles:
            judge.add_resolution(scores, article)
            counter.advance()
        if not only_resolution:
            for article, mentions in zip(articles, _found(articles, settings), strict=True):
                judge.add_recognition(scores, article, mentions, demonyms=has_demonyms)
                counter.advance()
    return _Part(corpus, scores, has_demonyms)


def _found(articles: Sequence[GoldArticle], settings: Settings) -> Iterator[tuple[PlaceMention, ...]]:
    from casus.model import Report  # noqa: PLC0415
    from casus.reading.place_reading import read_places  # noqa: PLC0415 - spaCy takes a second to import

    reports = (Report.of(article.text, publisher=article.publisher) for article in articles)
    yield from read_places(reports, pipeline=settings.pipeline, batch_size=settings.batch_size)
