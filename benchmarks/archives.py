"""Made-up archives of any size, grown from real and example texts: seeded.

    python benchmarks/archives.py --documents 100000 --output FOLDER [--format jsonl|jsonl.gz|parquet|warc]
        [--seed 1] [--files-of 5000] [--jobs 2] [--truth FILE] [--shared DIR]

Of the documents 10 percent tell of political violence and 30 percent are near-copies: the text of
an earlier document with light edits, by another publisher within two days; one in ten of them gives
another toll.  One in three of the distinct violent documents tells of an event that another one
tells of in other words.  Each document is drawn by its own number, so that a larger archive begins
with a smaller one's documents, whatever the number of processes.  The texts are those of `../shared`;
without them sentences of this repository serve, which are few: enough to try commands, not to
measure.  `--truth` writes what each document is, as JSON Lines.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from zlib import crc32

from archive_files import FORMATS, write_file
from archive_sources import Sources, sources
from corpora import SHARED
from growing import Kind, grown, reworded
from happenings import DAYS, FIRST_DAY, NUMBERS, Happening, drawn_towns, happening, outlet, surname, told

VIOLENT, COPIES, UPDATES, RETOLD = 0.1, 0.3, 0.1, 0.33
FILES_OF = 5000
_COPIED_WITHIN = 20_000
_WIRE_EVERY = 20
_MOST_DROPPED = 0.15
_RUBRICS = ("World", "Region", "News in brief", "In other news")
_SPREAD = 1_000_003
_FIGURE = re.compile(rf"\b(?:\d{{1,3}}|{'|'.join(NUMBERS[2:])})\b")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a document is: the number of the one that it copies, and of the event that it tells of."""

    number: int
    kind: str
    is_violent: bool
    copy_of: int | None
    is_update: bool
    event: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document, its text as paragraphs of sentences."""

    truth: Truth
    title: str
    sentences: tuple[str, ...]
    publisher: str
    published: date

    def record(self) -> dict[str, str]:
        """Its keys as `casus ingest` reads them."""
        number = self.truth.number
        host = "".join(letter for letter in self.publisher.lower() if letter.isalnum())
        slug = "-".join(re.findall(r"[a-z0-9]+", self.title.lower())[:6])
        return {
            "id": f"made-up-{number:08}",
            "title": self.title,
            "text": "\n\n".join(
                " ".join(self.sentences[at : at + 2]) for at in range(0, len(self.sentences), 2)
            ),
            "publisher": self.publisher,
            "published": self.published.isoformat(),
            "url": f"https://{host}.example/{self.published:%Y/%m/%d}/{slug}-{number}",
        }


@dataclass(frozen=True, slots=True)
class Archive:
    """The documents by their numbers, from 0 on."""

    sources: Sources
    seed: int = 1

    def document(self, number: int) -> Document:
        """The document of a number."""
        return self._copy(number) if self.is_copy(number) else self._original(number)

    def is_copy(self, number: int) -> bool:
        """Whether a document is a near-copy: three in ten are."""
        return number % 10 in (3, 6, 9)

    def is_violent(self, number: int) -> bool:
        """Whether a document that is no copy tells of violence: one in ten does."""
        return crc32(f"{self.seed} {number}".encode()) % 1000 < VIOLENT * 1000

    def _dice(self, number: int, what: int = 0) -> random.Random:
        return random.Random((self.seed * _SPREAD + number) * 4 + what)

    def _original(self, number: int, more_killed: int = 0) -> Document:
        dice = self._dice(number)
        if not self.is_violent(number):
            return self._general(number, dice)
        event = self._event_of(number, dice)
        one = happening(self._dice(event, 1))
        one = replace(one, killed=one.killed + more_killed)
        kind = self.sources.drawn(dice, is_violent=True)
        published = min(
            one.day + timedelta(days=dice.choice((0, 1, 1, 2))), FIRST_DAY + timedelta(days=DAYS - 1)
        )
        title, opening = told(dice, one)
        length = int(dice.choice(kind.lengths) * (0.85 + 0.3 * dice.random()))
        rest = self._rest(dice, kind, one, published, length - sum(map(len, opening)))
        truth = Truth(number, kind.name, True, None, False, event)
        return Document(truth, title, (*opening, *rest), outlet(dice), published)

    def _rest(self, dice: random.Random, kind: Kind, one: Happening, published: date, room: int) -> list[str]:
        around = (one.town, one.other, one.town)
        return grown(dice, kind, around, published, room) if room > 0 else []

    def _event_of(self, number: int, dice: random.Random) -> int:
        """The number of the document that first told of the event: this one, or an earlier one."""
        other = number - 1 - dice.randrange(_COPIED_WITHIN)
        if dice.random() > RETOLD or other < 0:
            return number
        while other > 0 and (self.is_copy(other) or not self.is_violent(other)):
            other -= 1
        return other if not self.is_copy(other) and self.is_violent(other) else number

    def _general(self, number: int, dice: random.Random) -> Document:
        kind = self.sources.drawn(dice, is_violent=False)
        published = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
        made = grown(dice, kind, drawn_towns(dice, at_war=False), published)
        title, body = _headed(made)
        return Document(
            Truth(number, kind.name, False, None, False, None), title, body, outlet(dice), published
        )

    def _copy(self, number: int) -> Document:
        dice = self._dice(number)
        original_number = self._copied(number, dice)
        is_update = dice.random() < UPDATES
        is_violent = self.is_violent(original_number)
        original = self._original(original_number, dice.randint(1, 6) if is_update and is_violent else 0)
        sentences = list(original.sentences)
        if is_update and not is_violent:
            sentences = _with_other_figure(dice, sentences)
        if len(sentences) > 6 and dice.random() < 0.5:
            dropped = dice.randrange(3, len(sentences))
            if len(sentences[dropped]) < _MOST_DROPPED * sum(map(len, sentences)):
                del sentences[dropped]
        for _ in range(dice.randrange(3)):
            at = dice.randrange(len(sentences))
            sentences[at] = reworded(dice, sentences[at])
        if dice.random() < 0.5:
            sentences.append(
                dice.choice(("(With agencies)", "From our agencies.", f"Edited by {surname(dice)}."))
            )
        title = original.title if dice.random() < 0.4 else f"{dice.choice(_RUBRICS)}: {original.title}"
        late = timedelta(days=dice.randrange(3))
        publisher = next(name for name in iter(partial(outlet, dice), None) if name != original.publisher)
        truth = replace(original.truth, number=number, copy_of=original_number, is_update=is_update)
        return Document(truth, title, tuple(sentences), publisher, original.published + late)

    def _copied(self, number: int, dice: random.Random) -> int:
        """The original of a near-copy: half of them print one of the stories that many print."""
        other = (
            max(0, number - 1 - dice.randrange(_COPIED_WITHIN))
            if number > _COPIED_WITHIN
            else dice.randrange(number)
        )
        if dice.random() < 0.5:
            other -= other % _WIRE_EVERY
        while self.is_copy(other):
            other -= 1
        return other


def _headed(sentences: list[str]) -> tuple[str, tuple[str, ...]]:
    """A title and a body: the first sentence where it is short, else its first words."""
    first, rest = sentences[0], tuple(sentences[1:])
    if len(first) < 110 and rest:
        return first.rstrip("."), rest
    return " ".join(first.split()[:10]).rstrip(".,;:"), (first, *rest)


def _with_other_figure(dice: random.Random, sentences: list[str]) -> list[str]:
    """The sentences with the first figure raised."""
    for at, sentence in enumerate(sentences):
        if found := _FIGURE.search(sentence):
            value = NUMBERS.index(found.group()) if found.group() in NUMBERS else int(found.group())
            raised = f"{sentence[: found.start()]}{value + dice.randint(1, 9)}{sentence[found.end() :]}"
            return [*sentences[:at], raised, *sentences[at + 1 :]]
    return sentences


def make_archive(
    archive: Archive, documents: int, output: Path, *, form: str = "jsonl", files_of: int = FILES_OF,
    jobs: int = 2, truth: Path | None = None,
) -> Iterator[tuple[Path, int]]:  # fmt: skip
    """Write the documents into files of `output`; gives each file and its bytes as it is done."""
    output.mkdir(parents=True, exist_ok=True)
    pieces = [(start, min(start + files_of, documents)) for start in range(0, documents, files_of)]
    work = partial(_written, archive, output, form, with_truth=truth is not None)
    with multiprocessing.get_context("fork").Pool(min(jobs, len(pieces))) as pool:
        truths = truth.open("w", encoding="utf-8") if truth is not None else None
        for path, size, lines in pool.imap(work, pieces):
            if truths is not None:
                truths.write(lines)
            yield path, size
        if truths is not None:
            truths.close()


def _written(
    archive: Archive, output: Path, form: str, piece: tuple[int, int], *, with_truth: bool
) -> tuple[Path, int, str]:
    made = [archive.document(number) for number in range(*piece)]
    path = output / f"part-from-{piece[0]:08}.{FORMATS[form]}"
    write_file(path, form, [one.record() for one in made])
    lines = "".join(json.dumps(asdict(one.truth)) + "\n" for one in made) if with_truth else ""
    return path, path.stat().st_size, lines


def main() -> None:
    """Make an archive, and say what was made."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True, help="a folder; its files are written anew")
    parser.add_argument("--format", choices=sorted(FORMATS), default="jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files-of", type=int, default=FILES_OF, help="documents a file")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--truth", type=Path, help="where to write what each document is")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="where the texts lie")
    asked = parser.parse_args()
    began = time.perf_counter()
    there = sources(asked.shared)
    sys.stderr.write(f"{there.told}\n")
    archive = Archive(there, asked.seed)
    files = size = 0
    for path, written in make_archive(
        archive, asked.documents, asked.output, form=asked.format, files_of=asked.files_of, jobs=asked.jobs,
        truth=asked.truth,
    ):  # fmt: skip
        files, size = files + 1, size + written
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{files} files, {size / 1e6:,.0f} MB, {path.name}\r")
    sys.stderr.write(
        f"{asked.documents:,} documents in {files} files of {asked.output}: {size / 1e6:,.0f} MB, "
        f"{time.perf_counter() - began:.0f} s\n"
    )


if __name__ == "__main__":
    main()
