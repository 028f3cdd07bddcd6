"""`casus evaluate links`: how well reports of the same events are linked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from casus.cli.consoles import Counter
from casus.intake.readers import read_with
from casus.model import Reading
from casus.settings import Settings


def links(
    directory: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with reports.jsonl and links.json.")
    ],
    predictions: Annotated[
        Path | None,
        typer.Option(
            "--predictions",
            metavar="FILE",
            help="Score this prediction; where there is none, write one there.",
        ),
    ] = None,
    processes: Annotated[
        int | None, typer.Option("--processes", "-p", min=1, metavar="N", help="Read on N processor cores.")
    ] = None,
) -> None:
    """Read and link a folder of reports, and print how well that was done beside links made by hand.

    [bold]Examples[/bold]

    casus evaluate links my-links/

    casus evaluate links my-links/ --predictions predicted.json
    """
    from casus.evaluation import links as measures  # noqa: PLC0415 - loads the database layer

    gold = measures.read_links(directory)
    if predictions is not None and predictions.exists():
        found = measures.read_prediction(predictions)
    else:
        settings = Settings.from_environment(os.environ)
        settings = replace(settings, processes=processes or settings.processes)
        found = measures.linked(_counted(read_with(settings, measures.read_reports(directory))))
        if predictions is not None:
            _write(predictions, found.model_dump_json(indent=1) + "\n")
    sys.stdout.write("\n".join(measures.score_lines(measures.scores_of(gold, found))) + "\n")


def _counted(readings: Iterator[Reading]) -> Iterator[Reading]:
    with Counter(is_shown=True) as counter:
        for reading in readings:
            counter.advance()
            yield reading


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(
            f"can't write {path}: {error.strerror}", param_hint="--predictions"
        ) from error
