"""Actors of other lists laid over the registry: who is known already, who is new, and who is unclear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casus.model import CATEGORY_OF_KIND, ActorKind
from casus.resolving.actor_lists import slug_of
from casus.resolving.actor_records import ACTOR_COLUMNS, KnownActor
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import CountryTable
from casus.resolving.name_index import key_of

_SHORTEST_SURE = 5  # letters: shorter names and initials are shared too often to be sure


@dataclass(frozen=True, slots=True)
class ImportedActor:
    """An actor of another list.

    `line` is where it stands, `names` has its name first, `former` those that it has given up.
    """

    line: int
    identifier: str
    names: tuple[str, ...]
    kind: ActorKind
    countries: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    is_state: bool = False  # forces and governments, which are told by country and not by name
    ambiguous: tuple[str, ...] = ()
    is_people: bool = False  # a people or a crowd: of use only where the registry has it as a group


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row of another list that makes no actor, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Import:
    """What an import makes: rows of a list of one's own, and an account of the rest.

    `rows` have the columns of `actors.tsv`; `matched` counts those of built-in actors.
    """

    rows: tuple[dict[str, str], ...]
    matched: int
    new: int
    unclear: tuple[Skipped, ...]
    skipped: tuple[Skipped, ...]


def laid_over(registry: ActorRegistry, found: Iterable[ImportedActor | Skipped], *, source: str) -> Import:
    """The import of these actors: those that one known actor answers to extend it, unknown ones are new."""
    made = _Rows(registry, source)
    for actor in found:
        if isinstance(actor, Skipped):
            made.skipped.append(actor)
        else:
            made.add(actor)
    return Import(
        tuple(made.rows.values()), len(made.matched), made.new, tuple(made.unclear), tuple(made.skipped)
    )


def list_text(rows: Sequence[dict[str, str]], note: str) -> str:
    """A list of one's own with these rows, as TSV; `note` stands at its top."""
    lines = [f"# {note}", "\t".join(ACTOR_COLUMNS)]
    lines += ["\t".join(row[column] for column in ACTOR_COLUMNS) for row in rows]
    return "\n".join(lines) + "\n"


class _Rows:
    """The rows as they come together, by id."""

    def __init__(self, registry: ActorRegistry, source: str) -> None:
        self._registry = registry
        self._source = source
        self.rows: dict[str, dict[str, str]] = {}
        self.matched: set[str] = set()
        self.unclear: list[Skipped] = []
        self.skipped: list[Skipped] = []
        self.new = 0
        self._taken: dict[str, str] = {}  # the key of a sure name -> whose it is in these rows

    def add(self, actor: ImportedActor) -> None:
        """Add an actor, as an extension of the one that it is, or as a new one."""
        known = [] if actor.is_state else self._meant(actor, actor.names) or self._meant(actor, actor.former)
        if len(known) > 1:
            names = ", ".join(one.id for one in known)
            self.unclear.append(Skipped(actor.line, f"{actor.names[0]!r} may be {names}; add it by hand"))
        elif known:
            self._extend(known[0], actor)
        elif actor.is_people:
            reason = f"{actor.names[0]!r} is no organisation, and reports name such people in other roles too"
            self.skipped.append(Skipped(actor.line, reason))
        else:
            self._create(actor)

    def _meant(self, actor: ImportedActor, names: Iterable[str]) -> list[KnownActor]:
        """The known actors that an imported one may be: by sure names, else by shared ones in its country."""
        sure: dict[str, KnownActor] = {}
        shared: dict[str, KnownActor] = {}
        for name in names:
            for known in self._registry.candidates(name):
                if known.entry.id is None or known not in self._registry.actors:
                    continue
                is_there = not actor.countries or not known.countries or _shares(actor, known)
                if self._registry.is_sure(name, known) and is_there:
                    sure[known.id] = known
                elif is_there and actor.countries and known.countries:
                    shared[known.id] = known
        return list((sure or shared).values())

    def _extend(self, known: KnownActor, actor: ImportedActor) -> None:
        row = self.rows.setdefault(known.id, self._row_of(known))
        self.matched.add(known.id)
        row["identifiers"] = _joined([*_members(row["identifiers"]), actor.identifier])
        self._add_names(row, known.id, actor, actor.names)

    def _create(self, actor: ImportedActor) -> None:
        slug = slug_of(actor.names[0])
        key, number = slug, 1
        while key in self.rows or self._registry.by_id(key) is not None:
            number += 1
            key = f"{slug}-{number}"
        category = CATEGORY_OF_KIND.get(actor.kind)
        row = dict.fromkeys(ACTOR_COLUMNS, "") | {
            "id": key,
            "name": actor.names[0],
            "kind": actor.kind,
            "countries": _joined(actor.countries),
            "category": category or "",
            "valid_from": str(actor.valid_from or ""),
            "valid_to": str(actor.valid_to or ""),
            "identifiers": actor.identifier,
            "source": self._source,
        }
        self.rows[key] = row
        self.new += 1
        self._mark(row, key, actor.names[0], actor)
        former = (name for name in actor.former if not self._registry.candidates(name))
        self._add_names(row, key, actor, (*actor.names, *former))

    def _add_names(self, row: dict[str, str], id: str, actor: ImportedActor, names: Iterable[str]) -> None:
        own = {key_of(name) for name in (row["name"], *_members(row["aliases"]), *_members(row["members"]))}
        for name in names:
            if key_of(name) in own or CountryTable.load().by_name(name) is not None:
                continue
            own.add(key_of(name))
            row["aliases"] = _joined([*_members(row["aliases"]), name])
            self._mark(row, id, name, actor)

    def _mark(self, row: dict[str, str], id: str, name: str, actor: ImportedActor) -> None:
        """Mark a name as ambiguous where it is short, or somebody else's too."""
        others = {known.id for known in self._registry.candidates(name)} - {id}
        owner = self._taken.setdefault(key_of(name), id)
        is_short = len(name) < _SHORTEST_SURE or (name.isupper() and len(name.split()) == 1)
        is_country = CountryTable.load().by_name(name) is not None
        if others or owner != id or is_short or is_country or name in actor.ambiguous:
            row["ambiguous"] = _joined([*_members(row["ambiguous"]), name])

    def _row_of(self, known: KnownActor) -> dict[str, str]:
        """The row of a known actor; words for its people stand among its aliases."""
        entry = known.entry
        return dict.fromkeys(ACTOR_COLUMNS, "") | {
            "id": known.id,
            "name": entry.name,
            "aliases": _joined(known.aliases[1:]),
            "kind": entry.kind,
            "countries": _joined(known.countries),
            "category": entry.category or "",
            "parent": known.parent or "",
            "valid_from": str(known.valid_from or ""),
            "valid_to": str(known.valid_to or ""),
            "ambiguous": _joined(alias for alias in known.aliases if alias in known.ambiguous),
            "identifiers": _joined(entry.identifiers),
            "source": self._source,
        }


def _shares(actor: ImportedActor, known: KnownActor) -> bool:
    return not set(actor.countries).isdisjoint(known.countries)


def _members(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _joined(members: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(members))
