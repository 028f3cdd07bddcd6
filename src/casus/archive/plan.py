"""What a run of reading is to do: from where to where, with what settings.

The plan stands in `archive.json` of the output, with what came of it: so a run that was
stopped goes on by the same plan, and a reader of the archive knows what made it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from casus import __version__
from casus.archive.inputs import InputFile
from casus.archive.storage import Folder, folder_of
from casus.errors import ArchiveError
from casus.settings import Settings
from casus.sources import Columns, Form

FORMAT = "casus-archive/1"
ABOUT = "archive.json"
FILES = "files.parquet"
WORK = "_run"
"""The folder of a run that is not finished; it is removed at the end."""

READING, COMPLETE = "reading", "complete"
LOT_SIZE = 400
_INPUT_TABLE = f"{WORK}/inputs.json"


class GateKind(StrEnum):
    """What decides which texts are worth parsing."""

    LINEAR = "linear"  # a linear model over words
    WORDS = "words"  # the signs that the reader looks for itself
    NONE = "none"  # every text is kept, and those without signs have no events


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings of a run; all rows of an archive follow from them and from the input.

    `gate_threshold` is the least score that the linear gate lets in, None for its own.
    `most_seconds` is how much of the processor's time one report may take.
    """

    source: str
    pipeline: str
    reader: str
    gate: GateKind = GateKind.LINEAR
    gate_name: str = ""
    gate_threshold: float | None = None
    actors: str | None = None
    gazetteer: str | None = None
    batch_size: int = 64
    max_chars: int = Settings().max_report_chars
    columns: Mapping[str, str] = field(default_factory=dict)
    lot_size: int = LOT_SIZE
    most_seconds: int = 300
    casus: str = __version__

    @property
    def form(self) -> Form:
        """In what form the input files are read."""
        return Form(self.max_chars, Columns(self.columns))

    def record(self) -> dict[str, Any]:
        """The plan as JSON has it."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """The plan that `record` wrote."""
        return cls(**{**record, "gate": GateKind(record["gate"])})


def begin(output: Folder, plan: Plan, files: Sequence[InputFile]) -> bool:
    """Note the plan in an output folder that is new; gives whether the archive is complete already.

    An output of the same plan and files is gone on with.  Raises `ArchiveError` for any
    other, and for a folder that holds something else.
    """
    inputs = [[file.address, file.size, file.stamp] for file in files]
    if not output.exists(ABOUT):
        if not _is_free(output):
            raise ArchiveError(f"{output.address}: not empty, and no archive: name a new folder")
        output.write_json(_INPUT_TABLE, inputs)
        output.write_json(ABOUT, {"format": FORMAT, "state": READING, "plan": plan.record()})
        return False
    there = output.read_json(ABOUT)
    _require_same(output, there, plan)
    is_complete = bool(there.get("state") == COMPLETE)
    is_same = there["inputs"] == inputs_digest(files) if is_complete else _kept_inputs(output) == inputs
    if not is_same:
        raise ArchiveError(
            f"{output.address}: it was begun with other files than {plan.source} holds now: "
            "name a new folder (several archives can be linked together)"
        )
    return is_complete


def inputs_digest(files: Sequence[InputFile]) -> str:
    """What tells one set of input files from another."""
    return _digest([[file.address, file.size, file.stamp] for file in files])


def finished(output: Folder) -> Mapping[str, Any]:
    """What `archive.json` says of an archive.  Raises `ArchiveError` unless it is complete."""
    if not output.exists(ABOUT):
        raise ArchiveError(f"{output.address}: no archive there: casus archive read makes one")
    about: Mapping[str, Any] = output.read_json(ABOUT)
    if about.get("format") != FORMAT:
        raise ArchiveError(f"{output.address}: an archive of another version: read it anew")
    if about.get("state") != COMPLETE:
        raise ArchiveError(
            f"{output.address}: this archive is not complete: run its casus archive read again to go on"
        )
    return about


def plan_of(settings: Settings, source: str, reader: str, **chosen: Any) -> Plan:
    """The plan that settings make; `chosen` are fields of `Plan` that the caller sets."""
    return Plan(
        source=source if "://" in source else str(Path(source).expanduser().absolute()),
        pipeline=settings.pipeline,
        reader=reader,
        actors=str(settings.actors_path.absolute()) if settings.actors_path else None,
        gazetteer=str(settings.gazetteer_path.absolute()) if settings.gazetteer_path else None,
        batch_size=settings.batch_size,
        max_chars=settings.max_report_chars,
        **chosen,
    )


def output_of(address: str) -> Folder:
    """The folder that an archive is in, or is to be in.  Raises `ArchiveError` where it can't be one."""
    folder = folder_of(address)
    if folder.is_file():
        raise ArchiveError(f"{folder.address}: this is a file: name a folder for the archive")
    return folder


def _is_free(output: Folder) -> bool:
    """Whether nothing is there, or only what a run leaves that was stopped as it began."""
    names = output.names("")
    return all(name in {"_lock", _INPUT_TABLE} for name in names)


def _kept_inputs(output: Folder) -> Any:
    return output.read_json(_INPUT_TABLE) if output.exists(_INPUT_TABLE) else None


def _digest(inputs: Any) -> str:
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def _require_same(output: Folder, there: Mapping[str, Any], plan: Plan) -> None:
    if there.get("format") != FORMAT:
        raise ArchiveError(f"{output.address}: an archive of another version: name a new folder")
    before, now = there.get("plan", {}), plan.record()
    changed = sorted(name for name in now if before.get(name) != now[name])
    if changed:
        told = ", ".join(f"{name} was {before.get(name)!r}, now {now[name]!r}" for name in changed)
        raise ArchiveError(
            f"{output.address}: it holds an archive that was made otherwise ({told}): name a new folder"
        )
