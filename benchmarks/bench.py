"""How fast Casus reads, beside a plain pass of the same spaCy pipeline over the same texts.

    python benchmarks/bench.py [--quick] [--json] [--shared DIR]

Both run in this process, by turns; the plain pass has all components of the pipeline.
Start-up and memory are those of fresh processes.  The texts are those of `../shared` (see
`corpora.py`); without them the examples of the repository are read, and the measures that
need more are left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import spacy
from spacy.language import Language

from casus.reading.gating import tells_of_violence
from casus.reading.parsing import DEFAULT_PIPELINE
from casus.reading.reader import RuleReader
from corpora import (
    EXAMPLES,
    SHARED,
    as_reports,
    example_texts,
    general_texts,
    gold_reports,
    relevance_corpora,
    spread,
    violent_texts,
)
from gazetteer_speed import (
    MEMORY_MIB as GAZETTEER_MIB,
)
from gazetteer_speed import (
    NAMES_A_SECOND,
    OPENING_S,
    SIZE_MB,
    GazetteerPace,
    measure_gazetteer,
    pace_lines,
)
from sampling import share_of

VIOLENT_RATIO = 1.0
GENERAL_RATIO = 5.0
START_UP_S = 3.0
MEMORY_MIB = 1024.0
RESOLVING_SHARE = 0.15
_PLAIN_BATCH = 64
_MIB = 1024 * 1024
# Runs `casus` in its own process and reports the most memory it held; VmHWM, unlike
# ru_maxrss, leaves out what the parent held when it forked.
_CHILD = """
import re, resource, sys
from pathlib import Path
from casus.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ending:
    if ending.code:
        raise
status = Path("/proc/self/status")
found = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
peak_kib = int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.stderr.write(f"{peak_kib}\\n")
"""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured: how many texts of each kind, in how many rounds."""

    violent: int
    general: int
    rounds: int


WHOLE = Extent(violent=75, general=125, rounds=3)
QUICK = Extent(violent=24, general=60, rounds=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a plain pass and Casus take over the same texts; `ratio` is how often faster Casus is."""

    kind: str
    reports: int
    tokens: int
    plain_s: float
    casus_s: float
    ratio: float


@dataclass(frozen=True, slots=True)
class GateShare:
    """How many texts of a corpus the gate lets in."""

    corpus: str
    is_violent: bool
    texts: int
    let_in: int


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that must be reached."""

    name: str
    wanted: str
    measured: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured; what could not be measured is None or empty."""

    source: str
    paces: tuple[Pace, ...]
    start_up_s: float
    peak_mib: float
    resolving_share: float
    gazetteer: GazetteerPace
    gate: tuple[GateShare, ...]
    gold_with_content: int | None
    gold_lost: tuple[str, ...]


def measure(shared: Path, extent: Extent) -> Measured:
    """Everything, with the texts of `shared` where there are any."""
    violent = violent_texts(shared)
    kinds = {
        "violent": spread(_let_in(violent or example_texts()), extent.violent),
        "general": spread(general_texts(shared), extent.general),
    }
    plain, reader = _plain_pipeline(), RuleReader()
    paces = tuple(_pace(kind, texts, plain, reader, extent.rounds) for kind, texts in kinds.items() if texts)
    coded = [c for c in gold_reports(shared) if c.record.events]
    return Measured(
        source=str(shared) if violent else "examples/reports",
        paces=paces,
        start_up_s=min(_start_up_s() for _ in range(extent.rounds)),
        peak_mib=_peak_mib(kinds["violent"]),
        resolving_share=_resolving_share(kinds["violent"], reader),
        gazetteer=measure_gazetteer(),
        gate=tuple(_gate_shares(shared)),
        gold_with_content=len(coded) if coded else None,
        gold_lost=tuple(c.name for c in coded if not tells_of_violence(c.report)),
    )


def _let_in(texts: Sequence[str]) -> list[str]:
    """The texts that the gate lets in: one labelled violent that it drops would flatter the ratio."""
    return [r.text for r in as_reports(texts) if tells_of_violence(r)]


def _plain_pipeline() -> Language:
    """The pipeline with all its components, as spaCy loads it."""
    return spacy.load(DEFAULT_PIPELINE)


def _pace(kind: str, texts: Sequence[str], plain: Language, reader: RuleReader, rounds: int) -> Pace:
    """Both passes by turns; the first, which fills the caches of both, is not counted."""
    reports = as_reports(texts)
    tokens = 0
    plain_s: list[float] = []
    casus_s: list[float] = []
    for number in range(rounds + 1):
        sample = spread(texts, 8) if number == 0 else texts
        began = time.perf_counter()
        tokens = sum(len(doc) for doc in plain.pipe(sample, batch_size=_PLAIN_BATCH))
        between = time.perf_counter()
        for _ in reader.read_all(as_reports(sample) if number == 0 else reports):
            pass
        ended = time.perf_counter()
        if number:
            plain_s.append(between - began)
            casus_s.append(ended - between)
    ratios = [a / b for a, b in zip(plain_s, casus_s, strict=True)]
    return Pace(
        kind,
        len(texts),
        tokens,
        statistics.median(plain_s),
        statistics.median(casus_s),
        statistics.median(ratios),
    )


def _start_up_s() -> float:
    """Seconds from the call of `casus read` in a fresh process to the end of its first reading."""
    report = min(EXAMPLES.glob("*.txt"))
    began = time.perf_counter()
    command = [sys.executable, "-m", "casus", "read", str(report), "--format", "json"]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def _peak_mib(texts: Sequence[str]) -> float:
    """The most memory that a process holds while it reads the texts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "reports.jsonl")
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts if text.strip()), "utf-8")
        command = [sys.executable, "-c", _CHILD, "read", str(path), "--format", "jsonl", "--quiet"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stderr.split()[-1]) * 1024 / _MIB


def _resolving_share(texts: Sequence[str], reader: RuleReader) -> float:
    """The part of reading violent news that goes into places, dates and actors."""
    reports = as_reports(texts)
    return share_of("casus.resolving", lambda: deque(reader.read_all(reports), maxlen=0))


def _gate_shares(shared: Path) -> Iterator[GateShare]:
    for corpus in relevance_corpora(shared):
        let_in = sum(tells_of_violence(report) for report in as_reports(corpus.texts))
        yield GateShare(corpus.name, corpus.is_violent, len(corpus.texts), let_in)
    general = as_reports(general_texts(shared))
    if general:
        yield GateShare("LGL", False, len(general), sum(map(tells_of_violence, general)))


def targets_of(measured: Measured) -> list[Target]:
    """The targets that what was measured can tell of."""
    wanted = {"violent": VIOLENT_RATIO, "general": GENERAL_RATIO}
    targets = [
        Target(
            f"{pace.kind} news, times a plain pass",
            f"{wanted[pace.kind]:.1f}",
            f"{pace.ratio:.2f}",
            pace.ratio >= wanted[pace.kind],
        )
        for pace in measured.paces
    ]
    start_up_s, peak_mib = measured.start_up_s, measured.peak_mib
    targets.append(
        Target(
            "start to first reading, s", f"< {START_UP_S:.0f}", f"{start_up_s:.1f}", start_up_s < START_UP_S
        )
    )
    targets.append(
        Target("peak memory, MiB", f"< {MEMORY_MIB:.0f}", f"{peak_mib:.0f}", peak_mib < MEMORY_MIB)
    )
    share = measured.resolving_share
    targets.append(
        Target(
            "share of reading spent resolving",
            f"<= {RESOLVING_SHARE:.2f}",
            f"{share:.3f}",
            share <= RESOLVING_SHARE,
        )
    )
    targets += _gazetteer_targets(measured.gazetteer)
    if measured.gold_with_content is not None:
        lost = len(measured.gold_lost)
        targets.append(Target("coded reports that the gate loses", "0", str(lost), lost == 0))
    return targets


def _gazetteer_targets(pace: GazetteerPace) -> Iterator[Target]:
    yield Target("gazetteer, MB on disk", f"< {SIZE_MB:.0f}", f"{pace.size_mb:.1f}", pace.size_mb < SIZE_MB)
    yield Target(
        "gazetteer, s to open", f"< {OPENING_S}", f"{pace.opening_s:.4f}", pace.opening_s < OPENING_S
    )
    yield Target(
        "gazetteer, names a second in bulk",
        f"{NAMES_A_SECOND}",
        f"{pace.bulk:.0f}",
        pace.bulk >= NAMES_A_SECOND,
    )
    yield Target(
        "gazetteer, MiB in use",
        f"<= {GAZETTEER_MIB:.0f}",
        f"{pace.peak_mib:.0f}",
        pace.peak_mib <= GAZETTEER_MIB,
    )


def table_lines(measured: Measured) -> Iterator[str]:
    """What was measured, for people."""
    yield f"Texts: {measured.source}"
    yield ""
    yield f"{'':30}{'plain pass':>20}{'Casus':>20}"
    yield f"{'':14}{'reports':>8}{'tokens':>8}" + f"{'reports/s':>10}{'tokens/s':>10}" * 2 + f"{'ratio':>7}"
    for pace in measured.paces:
        speeds = "".join(
            f"{pace.reports / seconds:10.1f}{pace.tokens / seconds:10.0f}"
            for seconds in (pace.plain_s, pace.casus_s)
        )
        yield f"{pace.kind + ' news':14}{pace.reports:8}{pace.tokens:8}{speeds}{pace.ratio:7.2f}"
    if measured.gate:
        yield ""
        yield f"{'texts the gate lets in':26}{'violent':>18}{'other':>18}"
        for name in dict.fromkeys(share.corpus for share in measured.gate):
            own = {share.is_violent: share for share in measured.gate if share.corpus == name}
            yield f"{name:26}{_share(own.get(True)):>18}{_share(own.get(False)):>18}"
    yield ""
    yield from pace_lines(measured.gazetteer)
    yield ""
    for target in targets_of(measured):
        verdict = "met" if target.is_met else "NOT MET"
        yield f"{target.name:36}wanted {target.wanted:>8}   measured {target.measured:>8}   {verdict}"


def _share(share: GateShare | None) -> str:
    return "-" if share is None else f"{share.let_in / share.texts:.3f} of {share.texts}"


def as_json(measured: Measured) -> str:
    """What was measured, for machines."""
    targets = [asdict(target) for target in targets_of(measured)]
    return json.dumps({**asdict(measured), "targets": targets}, indent=2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer texts, one round: half a minute")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR", help="where the texts lie")
    arguments = parser.parse_args()
    if not (arguments.shared / "data").is_dir():
        sys.stderr.write(
            f"{arguments.shared} has no corpora: only the examples of the repository are read, "
            "and general news and the gate are not measured.\n"
        )
    measured = measure(arguments.shared, QUICK if arguments.quick else WHOLE)
    print(as_json(measured) if arguments.json else "\n".join(table_lines(measured)))


if __name__ == "__main__":
    main()
