"""`casus evaluate dates`: how well the dates of texts are found and resolved."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casus.cli.consoles import Counter
from casus.errors import SourceMissing
from casus.evaluation.dates import (
    AnnotatedText,
    DateScores,
    as_json,
    error_lines,
    read_corpus,
    read_table_file,
    score_text,
    table_lines,
)


class FigureFormat(StrEnum):
    """How figures are printed."""

    TABLE = "table"
    JSON = "json"


def dates(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Tables of cases (.tsv), or TimeML files (.tml, .xml) or folders of them."
        ),
    ],
    errors: Annotated[int, typer.Option("--errors", "-e", min=0, metavar="N", help="List N errors.")] = 0,
    form: Annotated[
        FigureFormat, typer.Option("--format", "-f", help="A table, or JSON with every error.")
    ] = FigureFormat.TABLE,
) -> None:
    """Find the dates of marked texts and print how many are found and right.

    A table has the columns published, text, start, end and precision; docs/dates.md explains it.
    TimeML texts have TIMEX3 tags; dates count from the document's creation time.

    [bold]Examples[/bold]

    casus evaluate dates tests/resolving/dates.tsv

    casus evaluate dates TimeBank/ --errors 20
    """
    scores = DateScores()
    with Counter(is_shown=form is FigureFormat.TABLE) as counter:
        for text in _texts(sources):
            score_text(text, scores)
            counter.advance()
    if form is FigureFormat.JSON:
        sys.stdout.write(as_json(scores) + "\n")
        return
    sys.stdout.write("\n".join([*table_lines(scores), *error_lines(scores, errors)]) + "\n")


def _texts(sources: list[Path]) -> Iterator[AnnotatedText]:
    for source in sources:
        if not source.exists():
            raise SourceMissing(f"{source}: no such file or folder")
        if source.suffix.lower() == ".tsv" and source.is_file():
            yield from read_table_file(source)
        else:
            yield from read_corpus(source)
