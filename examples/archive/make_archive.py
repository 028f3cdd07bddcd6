"""Writes a small archive of invented news in the three forms that archives have.

    python examples/archive/make_archive.py --output FOLDER

A year of reports, those of `examples/accord` and of `examples/casebook`: a file a month, by
turns JSON Lines, Parquet and WARC (a page each), and a packed JSON Lines file of reprints.  Among
them are what archives hold: near-copies by other outlets, a toll that rises, a line that is broken
off, and a front page that is no article.  The same bytes are written each time.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[1]
sys.path += [str(EXAMPLES / "accord"), str(EXAMPLES.parent / "benchmarks")]

from make_reports import SEED, reports  # noqa: E402

from archive_files import warc_record, write_file  # noqa: E402

FIRST, LAST = "2021-04", "2022-03"
FORMS = ("jsonl", "parquet", "warc")
REPRINTED_EVERY = 12
"""One in so many reports is printed by another outlet, too."""
BROKEN = '{"id": "accord-broken", "title": "Two die near Ayorou", "text": "Gunmen on motor\n'
FRONT_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Niger River Post</title></head>
<body><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>
<li><a href="/weather">Weather</a></li></ul></nav><p>36 degrees</p></body></html>
"""

Record = dict[str, str]


def records() -> Iterator[Record]:
    """The reports, in the keys of a report in JSON."""
    yield from (report for report in reports(SEED) if FIRST <= report["published"][:7] <= LAST)
    for path in sorted((EXAMPLES / "casebook").glob("*.txt")):
        yield _example(path)


def reprints(of: list[Record]) -> Iterator[Record]:
    """Near-copies of some reports: a day later, by another outlet, with a last line of its own."""
    for number, report in enumerate(of):
        if number % REPRINTED_EVERY:
            continue
        published = date.fromisoformat(report["published"]) + timedelta(days=1)
        yield {
            "id": f"{report['id']}-reprint",
            "title": report["title"],
            "text": f"{report['text']}\n\nFirst printed by the {report['publisher']}.",
            "publisher": "Kandadji Courier",
            "published": published.isoformat(),
            "url": f"https://example.org/reprints/{report['id']}",
        }


def make(output: Path) -> list[str]:
    """Write the archive; gives a line on each file."""
    output.mkdir(parents=True, exist_ok=True)
    made = list(records())
    of_month: defaultdict[str, list[Record]] = defaultdict(list)
    for record in made:
        of_month[record["published"][:7]].append(record)
    told = []
    for number, month in enumerate(sorted(of_month)):
        form = FORMS[number % len(FORMS)]
        path = output / f"{month}.{'warc.gz' if form == 'warc' else form}"
        write_file(path, form, of_month[month])
        told.append(f"{path.name}: {len(of_month[month])} reports")
    copies = list(reprints(made))
    write_file(output / "reprints.jsonl.gz", "jsonl.gz", copies)
    told.append(f"reprints.jsonl.gz: {len(copies)} near-copies")
    _spoil(output)
    return told


def _spoil(output: Path) -> None:
    """Put a broken line into one file and a page without an article into another."""
    with (output / "2021-10.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(BROKEN)
    front = {"id": "front-page", "published": "2022-03-01", "url": "https://example.org/"}
    with (output / "2022-03.warc.gz").open("ab") as stream:
        stream.write(warc_record(front, FRONT_PAGE.encode()))


def _example(path: Path) -> Record:
    title, _, text = path.read_text("utf-8").strip().partition("\n\n")
    known = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return {"id": path.stem, "title": title, "text": text, **known}


def main() -> None:
    """Write the archive and say what is in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, required=True, help="a folder; its files are written anew")
    for line in make(parser.parse_args().output):
        sys.stdout.write(f"  {line}\n")
    sys.stdout.write(
        "  2021-10.jsonl ends with a broken line, 2022-03.warc.gz with a page without an article\n"
    )


if __name__ == "__main__":
    main()
