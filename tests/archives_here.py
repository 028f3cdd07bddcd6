"""Archives for the tests: invented reports, files of them, and an engine that works in this process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from casus.archive.engines import Told
from casus.archive.plan import GateKind, Plan, output_of, plan_of
from casus.archive.running import Account, read_archive
from casus.archive.sorting import LotJob, sort_with_duckdb
from casus.archive.storage import Folder
from casus.archive.tables import TABLES
from casus.archive.units import Unit, do
from casus.intake.readers import reader_name
from casus.settings import Settings

PLACES = ("Ayorou", "Mambasa", "Marib", "Bria", "Mandera", "Tillaberi")
ROADS = ("market", "bridge", "mill", "school", "river port", "well")
WEATHER = (
    "Traders had come from the hills before dawn with salt and cloth.",
    "The rains had closed the northern track since the week before.",
    "A wedding was to be held in the next street that afternoon.",
    "Herders were watering their animals when the first shots were heard.",
    "The generator of the clinic had failed during the night.",
    "Pupils were sitting an examination a few hundred metres away.",
)


def telling(number: int, killed: int | None = None) -> str:
    """A text of an attack, unlike those of other numbers."""
    place, road, weather = (table[number % 6] for table in (PLACES, ROADS, WEATHER))
    toll = killed if killed is not None else 3 + number % 9
    return (
        f"Gunmen attack {road} in {place}\n\n"
        f"Gunmen on motorcycles attacked the {road} of {place} on Tuesday and killed {toll} civilians, "
        f"the police said. {weather} The attackers left towards the border after they had burned "
        f"{2 + number % 5} lorries. Commissioner Ila Doran-{number} said that nobody had claimed the raid. "
        f"{WEATHER[(number + 1 + number // 6) % 6]} Shops near the {road} stayed closed and a curfew was "
        f"declared in {place} until the morning. {WEATHER[(number + 2 + number // 36) % 6]}"
    )


def record(number: int, **changed: Any) -> dict[str, Any]:
    """A report as a line of JSON has it."""
    own = {
        "text": telling(number),
        "published": f"2021-{1 + number % 3:02d}-{10 + number % 15:02d}",
        "publisher": f"Harbour Post {number % 4}",
        "url": f"https://example.org/{number}",
    }
    return own | changed


def calm(number: int) -> dict[str, Any]:
    """A report of nothing violent."""
    text = (
        f"The harvest festival of quarter {number} drew more visitors than ever\n\n"
        f"Bakers and weavers showed their work in the halls of quarter {number}, and the choir sang in the "
        "evening. The organisers spoke of a good year for apples and said that next year's festival would "
        "have a second stage for the schools. Tickets cost the same as before."
    )
    return {"text": text, "published": "2021-02-03", "publisher": "Valley Echo"}


def write_lines(path: Path, records: Iterable[Any]) -> Path:
    """A file of JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(item) + "\n" for item in records), "utf-8")
    return path


class Here:
    """Does units in this process, one after the other; it ends as it is told to, in the middle."""

    def __init__(self, stops_after: int | None = None) -> None:
        self.done = 0
        self._stops_after = stops_after

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def each(self, units: Sequence[Unit], tell: Told) -> None:
        for unit in units:
            if self.done == self._stops_after:
                raise KeyboardInterrupt
            tell(do(unit))
            self.done += 1

    def sort(self, output: Folder, plan: Plan) -> tuple[LotJob, ...]:
        return sort_with_duckdb(output, plan, threads=1)


def plan_for(source: Path | str, *, pipeline: str = Settings().pipeline, **chosen: Any) -> Plan:
    """A plan of reading with the words of the gate alone."""
    settings = Settings(pipeline=pipeline)
    return plan_of(settings, str(source), reader_name(settings), **{"gate": GateKind.WORDS} | chosen)


def read_here(source: Path | str, output: Path, engine: Here | None = None, **chosen: Any) -> Account:
    """Read an archive in this process."""
    doing = engine or Here()
    return read_archive(output_of(str(output)), plan_for(source, **chosen), lambda: doing, lambda _: None)


def rows(archive: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a table, by their files in order."""
    parts = [pq.ParquetFile(path).read() for path in sorted((archive / table).rglob("*.parquet"))]
    found = pa.concat_tables([TABLES[table].empty_table(), *parts])
    assert found.schema.equals(TABLES[table])
    listed: list[dict[str, Any]] = found.to_pylist()
    return listed


def everything(archive: Path) -> dict[str, bytes]:
    """What each file of the tables holds, byte for byte."""
    files = sorted(path for table in TABLES for path in (archive / table).rglob("*") if path.is_file())
    return {str(path.relative_to(archive)): path.read_bytes() for path in files}
