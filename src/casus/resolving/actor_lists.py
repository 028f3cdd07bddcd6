"""One's own list of actors: read, checked row by row, and laid over the built-in one.

A list is UTF-8 text, as TSV with the form of the knowledge files or as CSV.  Only the
column `name` is needed; `docs/actors.md` tells the others.  A row with the id of a built-in
actor takes its place, any other row is added.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from casus.errors import KnowledgeError, NotText, SourceMissing
from casus.knowledge import Row
from casus.model import CATEGORY_OF_KIND, ActorKind
from casus.resolving.actor_records import ACTOR_COLUMNS, FightingKind, KnownActor, actor_of_row
from casus.resolving.countries import CountryTable
from casus.resolving.name_index import fold, key_of

Value = TypeVar("Value")

_IDENTIFIER = re.compile(r"[a-z0-9-]+:\S.*")
_SOURCE = "own list"


@dataclass(frozen=True, slots=True, order=True)
class ListFault:
    """What is wrong in a line of a list (counted from 1), and what to correct."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ActorList:
    """The actors of a list that have no fault, with the faults of the rest in order."""

    file: str
    actors: tuple[KnownActor, ...]
    faults: tuple[ListFault, ...]

    def require_whole(self) -> tuple[KnownActor, ...]:
        """The actors; raises KnowledgeError where the list has a fault."""
        if self.faults:
            first, *more = self.faults
            count = f" ({len(more)} more: run 'casus actors check {self.file}')" if more else ""
            raise KnowledgeError(f"{self.file}, line {first.line}: {first.message}{count}")
        return self.actors


def read_list_file(path: Path, known: Sequence[KnownActor]) -> ActorList:
    """The list in a file, checked beside the actors that are known already.

    Raises SourceMissing and NotText where the file can't be read.
    """
    return read_list(read_text(path), str(path), known)


def read_text(path: Path, *, encodings: Sequence[str] = ("utf-8-sig",)) -> str:
    """A file's text in the first encoding that fits; raises SourceMissing and NotText."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceMissing(f"can't read {path}: {error.strerror}; check the name") from error
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotText(f"{path} is not text in {' or '.join(encodings)}; save it as UTF-8")


def read_list(text: str, file: str, known: Sequence[KnownActor]) -> ActorList:
    """The list in a text; `file` is its name in messages."""
    reader = _ListReader(file, known)
    return reader.read(text)


def merged(known: Iterable[KnownActor], own: Iterable[KnownActor]) -> tuple[KnownActor, ...]:
    """The known actors with one's own in the place of those with the same id, and behind them."""
    by_id = {actor.id: actor for actor in known}
    by_id.update({actor.id: actor for actor in own})
    return tuple(by_id.values())


def slug_of(name: str) -> str:
    """The id that a name makes: lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name).lower())) or "actor"


@dataclass(slots=True)
class _ListReader:
    file: str
    known: Sequence[KnownActor]
    faults: list[ListFault] = field(default_factory=list)

    def read(self, text: str) -> ActorList:
        lines = list(_cells(text))
        if not lines:
            self._fault(1, "the file is empty; give it a header with at least the column name")
            return self._result(())
        number, header = lines[0]
        if not self._is_header(number, header):
            return self._result(())
        rows = [self._row(line, header, cells) for line, cells in lines[1:]]
        whole = [row for row in rows if row is not None]
        actors = [(row, actor) for row in whole if (actor := self._actor(row)) is not None]
        self._check_ids(actors)
        self._check_parents(actors, {row.cells["id"] for row in whole})
        self._check_names(actors)
        wrong = {fault.line for fault in self.faults}
        return self._result(actor for row, actor in actors if row.line not in wrong)

    def _result(self, actors: Iterable[KnownActor]) -> ActorList:
        return ActorList(self.file, tuple(actors), tuple(sorted(set(self.faults))))

    def _fault(self, line: int, message: str) -> None:
        self.faults.append(ListFault(line, message))

    def _is_header(self, number: int, header: Sequence[str]) -> bool:
        unknown = [column for column in header if column not in ACTOR_COLUMNS]
        for column in unknown:
            self._fault(number, f"no column is called {column!r}; use {', '.join(ACTOR_COLUMNS)}")
        for column in sorted({column for column in header if header.count(column) > 1}):
            self._fault(number, f"the column {column!r} stands twice; keep one")
        if "name" not in header:
            self._fault(number, "the column name is missing; it is the one that every list needs")
        return not unknown and "name" in header and len(set(header)) == len(header)

    def _row(self, line: int, header: Sequence[str], cells: Sequence[str]) -> Row | None:
        if len(cells) != len(header):
            self._fault(line, f"{len(cells)} fields, the header has {len(header)}; check the separators")
            return None
        told = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        return Row(self.file, line, self._completed(told))

    def _completed(self, told: Mapping[str, str]) -> dict[str, str]:
        """The cells of a row, those left out filled in as far as they follow from the others."""
        cells = {column: told.get(column, "") for column in ACTOR_COLUMNS}
        cells["id"] = cells["id"] or slug_of(cells["name"])
        cells["kind"] = cells["kind"] or FightingKind.ARMED_GROUP
        if not cells["category"] and cells["kind"] in set(FightingKind):
            cells["category"] = CATEGORY_OF_KIND.get(ActorKind(cells["kind"]), "")
        cells["source"] = cells["source"] or _SOURCE
        return cells

    def _actor(self, row: Row) -> KnownActor | None:
        """The actor of a row; None, with all its faults noted, where a cell is of a wrong form."""
        checks: tuple[Callable[[], object], ...] = (
            lambda: row.text("name"),
            lambda: row.slug("id"),
            lambda: row.choice("kind", FightingKind),
            lambda: _check_countries(row),
            lambda: row.year("valid_from"),
            lambda: row.year("valid_to"),
            lambda: _check_identifiers(row),
        )
        passed = [self._passes(row, check) for check in checks]
        actor: list[KnownActor] = []
        if all(passed):
            self._passes(row, lambda: actor.append(actor_of_row(row)))
        return actor[0] if actor else None

    def _passes(self, row: Row, check: Callable[[], object]) -> bool:
        try:
            check()
        except KnowledgeError as error:
            self._fault(row.line, str(error).removeprefix(f"{row.file}, line {row.line}: "))
            return False
        return True

    def _check_ids(self, actors: Sequence[tuple[Row, KnownActor]]) -> None:
        fighting = {kind.value for kind in FightingKind}
        bodies = {known.id for known in self.known if known.entry.kind.value not in fighting}
        seen: dict[str, int] = {}
        for row, actor in actors:
            if actor.id in seen:
                self._fault(row.line, f"the id {actor.id!r} stands in line {seen[actor.id]} too; keep one")
            if actor.id in bodies:
                self._fault(row.line, f"{actor.id!r} is the id of a built-in body; choose another")
            seen.setdefault(actor.id, row.line)

    def _check_parents(self, actors: Sequence[tuple[Row, KnownActor]], ids: set[str]) -> None:
        """Note the parents that are nobody's id; `ids` are those of all rows, right or wrong."""
        parents: dict[str, str | None] = dict.fromkeys(ids)
        parents |= {known.id: known.parent for known in self.known}
        parents.update({actor.id: actor.parent for _, actor in actors})
        for row, actor in actors:
            parent = actor.parent
            if parent is not None and parent not in parents:
                self._fault(row.line, f"no actor has the id {parent!r}, told as parent; correct or remove it")
            elif actor.id in _ancestors(actor.id, parents):
                self._fault(row.line, f"{actor.id} is its own ancestor; correct parent")

    def _check_names(self, actors: Sequence[tuple[Row, KnownActor]]) -> None:
        """Note the names that mean two actors, or a country, and are not marked as ambiguous."""
        own = {actor.id for _, actor in actors}
        owners: dict[str, str] = {}
        for known in self.known:
            if known.id not in own:
                owners.update({key_of(alias): known.id for alias in _sure(known)})
        lines: dict[str, tuple[int, str]] = {}
        countries = CountryTable.load()
        for row, actor in actors:
            for alias in _sure(actor):
                key = key_of(alias)
                other, (line, own_id) = owners.get(key), lines.get(key, (row.line, actor.id))
                if not key or len(key) < 2:
                    self._fault(row.line, f"{alias!r} is too short to be a name; remove it")
                elif own_id != actor.id:
                    self._fault(row.line, f"{alias!r} names {own_id} in line {line} too; {_REMEDY}")
                elif other is not None:
                    self._fault(row.line, f"{alias!r} names the built-in {other} too; {_REMEDY}")
                elif countries.by_name(alias) is not None:
                    self._fault(row.line, f"{alias!r} is a country's name; list it under ambiguous")
                lines.setdefault(key, (row.line, actor.id))


_REMEDY = "list it under ambiguous, or give this row that id to replace or extend the actor"


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a list, cut into cells, with their numbers; notes and blank lines left out."""
    lines = text.splitlines()
    facts = [line for line in lines if line.strip() and not line.startswith("#")]
    if facts and "\t" not in facts[0] and "," in facts[0]:
        yield from _csv_cells(text)
        return
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


def _csv_cells(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True))
    first = 1
    for cells in reader:
        number, first = first, reader.line_num + 1
        if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
            yield number, cells


def _check_countries(row: Row) -> None:
    table = CountryTable.load()
    for code in row.country_codes("countries"):
        if table.by_code(code) is None:
            raise row.fail(f"countries has {code!r}, which is no country's code; use ISO 3166-1 alpha-2")


def _check_identifiers(row: Row) -> None:
    for identifier in row.members("identifiers"):
        if not _IDENTIFIER.fullmatch(identifier):
            raise row.fail(f"identifiers has {identifier!r}; write the list and the key, as ucdp:303")


def _ancestors(id: str, parents: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    parent = parents.get(id)
    while parent is not None and parent not in found:
        found.add(parent)
        parent = parents.get(parent)
    return found


def _sure(known: KnownActor) -> Iterator[str]:
    return (alias for alias in known.aliases if alias not in known.ambiguous)
