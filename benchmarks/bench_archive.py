"""How fast archives are read and linked, on made-up archives (`archives.py`), as a user runs it.

    python benchmarks/bench_archive.py [--quick | --million] [--sizes N ...] [--engines local spark]
        [--workers 1 2] [--gate linear] [--format jsonl] [--no-link] [--json] [--folder DIR] [--shared DIR]

Each run is a process of its own with all that it starts: its time on the clock, the processor time
of all its processes, and the most memory that any worker held.  The plain pass is that of the same
spaCy pipeline, with all its components, over texts of the same archive in this process.  By default
10,000 and 100,000 documents are read by both engines with one and two workers; `--million` adds
1,000,000 by local processes with two workers; `--quick` reads 2,000 in two minutes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from archive_runs import Run, RunFailed, link, made_archive, read, sample
from corpora import REPOSITORY, SHARED
from watching import OTHER, PYTHON_WORKER, WORKER

SIZES, QUICK, MILLION = (10_000, 100_000), (2_000,), 1_000_000
FOLDER = REPOSITORY / ".venv" / "archives"
DOCUMENTS_A_CORE_SECOND, TIMES_SPACY, EXPONENT, WORKER_MIB = 70.0, 10.0, 1.15, 1536.0
_SAMPLE = 300
_LARGER = (10**6, 10**7, 10**8)
_TOLD = ("not_violent", "copies", "read", "accounts", "pairs", "events")
_CORES = (2, 16, 256)


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain pass of the pipeline: texts, and seconds of one core."""

    documents: int
    core_seconds: float

    @property
    def documents_a_core_second(self) -> float:
        """Documents by seconds of one core."""
        return self.documents / self.core_seconds


def plain_pass(texts: Sequence[str]) -> Plain:
    """The pipeline's full pass over texts, all components, as spaCy runs it."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy  # noqa: PLC0415 - after the number of threads is set

    from casus.settings import Settings  # noqa: PLC0415

    nlp = spacy.load(Settings.from_environment(os.environ).pipeline)
    for _ in nlp.pipe(texts[:10]):
        pass
    began = time.process_time()
    for _ in nlp.pipe(texts, batch_size=64):
        pass
    return Plain(len(texts), time.process_time() - began)


def exponent(runs: Sequence[Run]) -> float | None:
    """The slope of core-seconds over documents, both as logarithms, from the smallest to the largest run."""
    ordered = sorted(runs, key=lambda run: run.documents)
    if not ordered or ordered[0].documents == ordered[-1].documents:
        return None
    first, last = ordered[0], ordered[-1]
    return math.log(last.core_seconds / first.core_seconds) / math.log(last.documents / first.documents)


def measured(asked: argparse.Namespace) -> Iterator[Run]:
    """All runs, by size, engine and workers; each archive is linked once, as two local workers read it."""
    for size in asked.sizes:
        is_large = size >= MILLION
        source = made_archive(asked.folder, size, form=asked.format, shared=asked.shared)
        for engine in (
            ["local"] if is_large and asked.engines is None else asked.engines or ["local", "spark"]
        ):
            for workers in [2] if is_large and asked.workers is None else asked.workers or [1, 2]:
                output = asked.folder / f"read-{size}-{engine}-{workers}"
                run = read(source, output, documents=size, engine=engine, workers=workers, gate=asked.gate)
                yield run
                if engine == "local" and workers == 2 and asked.link:
                    yield link(output, documents=size, workers=workers)


def table(runs: Sequence[Run]) -> Iterator[str]:
    """The runs for people."""
    yield (
        f"{'':6}{'engine':>7}{'workers':>8}{'documents':>11}{'seconds':>9}{'docs/s':>8}{'docs/s/core':>12}"
        f"{'core-s/1000':>12}  most MiB of one process"
    )
    for run in runs:
        yield (
            f"{run.what:6}{run.engine:>7}{run.workers:>8}{run.documents:>11,}{run.seconds:>9.0f}"
            f"{run.documents_a_second:>8.0f}{run.documents_a_core_second:>12.1f}"
            f"{run.core_seconds_a_thousand:>12.2f}  " + _memory(run)
        )


def _memory(run: Run) -> str:
    return ", ".join(f"{kind} {mib:.0f}" for kind, mib in sorted(run.peak_mib.items()) if kind != OTHER)


def stage_table(runs: Sequence[Run]) -> Iterator[str]:
    """The share of the clock by stage, and what became of the documents."""
    for run in runs:
        if run.shares:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in run.shares.items())
            kept = {name: count for name, count in run.counts.items() if name in _TOLD}
            told = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in kept.items())
            yield f"{run.documents:>9,} {run.what}, {run.engine} {run.workers}: {shares} ({told})"


def verdicts(runs: Sequence[Run], plain: Plain | None) -> Iterator[str]:
    """What was wanted and what was measured."""
    reads = [run for run in runs if run.what == "read"]
    kinds = dict.fromkeys((run.what, run.engine, run.workers) for run in runs)
    for what, engine, workers in kinds:
        slope = exponent(
            [run for run in runs if (run.what, run.engine, run.workers) == (what, engine, workers)]
        )
        if slope is not None:
            name = f"growth of {what}, {engine} {workers}"
            yield _verdict(name, f"exponent {slope:.2f}", f"below {EXPONENT}", is_met=slope < EXPONENT)
    most = max(
        (run.peak_mib.get(kind, 0.0) for run in reads for kind in (WORKER, PYTHON_WORKER)), default=0.0
    )
    yield _verdict(
        "memory of a worker", f"{most:.0f} MiB", f"below {WORKER_MIB:.0f}", is_met=most < WORKER_MIB
    )
    best = _largest(reads)
    pace = best.documents_a_core_second
    yield _verdict(
        f"documents a second a core ({best.documents:,}, {best.engine} {best.workers})", f"{pace:.1f}",
        f"{DOCUMENTS_A_CORE_SECOND:.0f}", is_met=pace >= DOCUMENTS_A_CORE_SECOND,
    )  # fmt: skip
    if plain is not None:
        times = pace / plain.documents_a_core_second
        yield _verdict(
            f"beside a plain spaCy pass ({plain.documents_a_core_second:.1f} documents a second)",
            f"{times:.1f} times", f"{TIMES_SPACY:.0f} times", is_met=times >= TIMES_SPACY,
        )  # fmt: skip


def _verdict(name: str, found: str, wanted: str, *, is_met: bool) -> str:
    return f"{name}: {found}, wanted {wanted}: {'met' if is_met else 'NOT MET'}"


def _largest(reads: Sequence[Run]) -> Run:
    """The run that stands for all: the largest, and of these the local one with most workers."""
    return max(reads, key=lambda run: (run.documents, run.engine == "local", run.workers))


def extrapolated(runs: Sequence[Run], source_bytes: int) -> Iterator[str]:
    """What larger archives take, by the largest that was measured."""
    best = _largest([run for run in runs if run.what == "read"])
    links = [run for run in runs if run.what == "link"]
    slope = max(1.0, exponent(links) or 1.0)
    yield (
        f"{'documents':>12}{'core-hours':>12}{'of them link':>14}"
        + "".join(f"{f'h, {cores} cores':>14}" for cores in _CORES)
        + f"{'input GB':>10}{'output GB':>11}{'meanwhile GB':>14}"
    )
    for size in _LARGER:
        hours = best.core_seconds / best.documents * size / 3600
        linking = _linking_hours(links, size, slope)
        whole = hours + linking
        scale = size / best.documents / 1e9
        sizes = (source_bytes * scale, best.output_bytes * scale, best.work_bytes * scale)
        yield (
            f"{size:>12,}{whole:>12,.1f}{linking:>14,.2f}"
            + "".join(f"{hours / cores + linking:>14,.1f}" for cores in _CORES)
            + f"{sizes[0]:>10,.1f}{sizes[1]:>11,.1f}{sizes[2]:>14,.1f}"
        )
    yield (
        f"Assumed: a document takes as much work as in the run of {best.documents:,} ({best.engine}, "
        f"{best.workers} workers); reading divides among cores, since one unit knows nothing of another, on "
        f"cores as fast as these; linking grows with the power {slope:.2f} of the documents, on one core; as "
        "many documents are violent, and near-copies, as here; disk is as packed as here."
    )


def _linking_hours(links: Sequence[Run], size: int, slope: float) -> float:
    if not links:
        return 0.0
    last = max(links, key=lambda run: run.documents)
    return last.core_seconds / 3600 * (size / last.documents) ** slope


def _bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="2,000 documents")
    parser.add_argument("--million", action="store_true", help="1,000,000 documents, too: local, two workers")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="numbers of documents")
    parser.add_argument("--engines", nargs="+", choices=("local", "spark"))
    parser.add_argument("--workers", type=int, nargs="+", metavar="N")
    parser.add_argument("--gate", default="linear", choices=("linear", "words", "none"))
    parser.add_argument("--format", default="jsonl", choices=("jsonl", "jsonl.gz", "parquet"))
    parser.add_argument("--no-link", dest="link", action="store_false")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--folder", type=Path, default=FOLDER, metavar="DIR", help="where archives are kept")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="where the texts lie")
    asked = parser.parse_args(arguments)
    if asked.sizes is None:
        asked.sizes = list(QUICK if asked.quick else SIZES) + [MILLION] * asked.million
    return asked


def main() -> None:
    """Measure and print."""
    asked = parsed()
    asked.folder.mkdir(parents=True, exist_ok=True)
    runs: list[Run] = []
    try:
        for run in measured(asked):
            runs.append(run)
            sys.stderr.write(f"{list(table([run]))[-1]}\n")
    except RunFailed as error:
        sys.exit(str(error))
    first = made_archive(asked.folder, asked.sizes[0], form=asked.format, shared=asked.shared)
    plain = plain_pass(list(sample(first, _SAMPLE))) if asked.format == "jsonl" else None
    largest = made_archive(asked.folder, max(asked.sizes), form=asked.format, shared=asked.shared)
    lines = [
        *table(runs), "", *stage_table(runs), "", *verdicts(runs, plain), "",
        *extrapolated(runs, _bytes_of(largest)),
    ]  # fmt: skip
    if asked.json:
        whole = {
            "runs": [asdict(run) for run in runs],
            "plain": asdict(plain) if plain else None,
            "verdicts": list(verdicts(runs, plain)),
        }
        print(json.dumps(whole, indent=2))
    else:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
