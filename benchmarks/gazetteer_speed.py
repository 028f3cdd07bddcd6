"""How fast the gazetteer opens and is looked up in, and what it costs in memory and on disk.

    python benchmarks/gazetteer_speed.py

`bench.py` prints the same figures among its own.  Looked up are distinct names of
settlements in an order that knows nothing of the file's: cold through a gazetteer that
was just opened, warm when all of them went through it once.  It keeps the last few
thousand names, so hardly any of these.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from casus.resolving.gazetteer import Gazetteer, default_path
from casus.resolving.gazetteer_build import ensure_gazetteer
from casus.resolving.place_names import fold_key

OPENING_S = 0.3
NAMES_A_SECOND = 100_000
SIZE_MB = 60.0
MEMORY_MIB = 200.0
_ROUNDS = 5
_EXACT, _FUZZY = 100_000, 3_000
_MIB = 1024 * 1024
# Opens the gazetteer in its own process, uses it as reading does, and says what the process holds.
_CHILD = """
import re, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from gazetteer_speed import peak_of_use
peak_of_use()
status = Path("/proc/self/status")
if status.exists():
    print(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1])
else:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class GazetteerPace:
    """What was measured; look-ups are names a second, `peak_mib` is that of a whole process."""

    size_mb: float
    opening_s: float
    cold: float
    warm: float
    bulk: float
    fuzzy: float
    peak_mib: float


def measure_gazetteer() -> GazetteerPace:
    """All figures, with the gazetteer at its default place: each the best of five rounds."""
    ensure_gazetteer().close()
    names = sample_names(_EXACT)
    cold, warm, bulk, fuzzy = [], [], [], []
    for _ in range(_ROUNDS):
        fold_key.cache_clear()
        with Gazetteer.open() as gazetteer:
            cold.append(_pace(len(names), (gazetteer.lookup(name) for name in names)))
            warm.append(_pace(len(names), (gazetteer.lookup(name) for name in names)))
        fold_key.cache_clear()
        with Gazetteer.open() as gazetteer:
            bulk.append(_pace(len(names), gazetteer.lookup_many(names)))
            fuzzy.append(_pace(_FUZZY, (gazetteer.alike(name) for name in names[:_FUZZY])))
    return GazetteerPace(
        size_mb=default_path().stat().st_size / 1e6,
        opening_s=statistics.median(_opening_s() for _ in range(9)),
        cold=max(cold),
        warm=max(warm),
        bulk=max(bulk),
        fuzzy=max(fuzzy),
        peak_mib=_peak_mib(),
    )


def sample_names(count: int) -> list[str]:
    """Distinct names of settlements, shuffled alike in each run."""
    with Gazetteer.open() as gazetteer:
        ids = list(gazetteer.settlement_ids())
        random.Random(1).shuffle(ids)
        entries = (gazetteer.entry(entry_id) for entry_id in ids)
        names = dict.fromkeys(entry.name for entry in entries if entry is not None)
    return list(names)[:count]


def _pace(count: int, work: Iterable[object]) -> float:
    began = time.perf_counter()
    for _ in work:
        pass
    return count / (time.perf_counter() - began)


def _opening_s() -> float:
    """Seconds to open the file and find a first name in it."""
    began = time.perf_counter()
    with closing(Gazetteer.open()) as gazetteer:
        gazetteer.lookup("Kabul")
    return time.perf_counter() - began


def peak_of_use() -> None:
    """Open the gazetteer and look names up as reading does, exactly and by their sound."""
    names = sample_names(_EXACT)
    with Gazetteer.open() as gazetteer:
        for name in names:
            gazetteer.lookup(name)
        for name in names[:_FUZZY]:
            gazetteer.alike(name)


def _peak_mib() -> float:
    command = [sys.executable, "-c", _CHILD, str(Path(__file__).parent)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) * 1024 / _MIB


def pace_lines(pace: GazetteerPace) -> Iterator[str]:
    """The figures, for people."""
    yield f"gazetteer: {pace.size_mb:.1f} MB, opened in {pace.opening_s * 1000:.1f} ms with a first look-up"
    yield (
        f"names a second: {pace.cold:,.0f} cold, {pace.warm:,.0f} warm, {pace.bulk:,.0f} in bulk, "
        f"{pace.fuzzy:,.0f} by their sound"
    )
    yield f"a process with the gazetteer open and used: {pace.peak_mib:.0f} MiB"


if __name__ == "__main__":
    print("\n".join(pace_lines(measure_gazetteer())))
