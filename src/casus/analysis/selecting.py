"""Which events a question is about: a filter, and the same in words for captions and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import fuzz, process

from casus.casebook.book import Casebook
from casus.casebook.features import folded_name
from casus.casebook.records import EventFilter, Grade, Role
from casus.errors import NotAnswerable
from casus.model import EventType, Harm
from casus.output.wording import words_of
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import CountryTable

_NEAR = 70  # of 100, of names that may have been meant
_MOST_NEAR = 3
_PLURALS = {
    EventType.ARMED_CLASH: "armed clashes",
    EventType.DESTRUCTION: "destruction of property",
    EventType.OTHER: "other events",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The events that are asked about, and the same in words ("bombings in Niger since 2020-03-01")."""

    wanted: EventFilter = field(default_factory=EventFilter)
    words: str = "all events"

    def between(self, since: date | None, until: date | None) -> Selection:
        """The same events of some days; None leaves that side as it is."""
        wanted = replace(
            self.wanted,
            since=self.wanted.since if since is None else since,
            until=self.wanted.until if until is None else until,
        )
        return Selection(wanted, self.words)


def select(
    book: Casebook,
    *,
    since: date | None = None,
    until: date | None = None,
    country: str | None = None,
    unit: str | None = None,
    types: Sequence[EventType | str] = (),
    grade: Grade | str | None = None,
    harm: Harm | str | None = None,
    actor: str | None = None,
    perpetrator: str | None = None,
    target: str | None = None,
    is_reviewed: bool | None = None,
    sees_withheld: bool = True,
) -> Selection:
    """The events that are asked about.  Days are inclusive.

    `country` is a code (ISO 3166-1 alpha-2) or a name, `unit` the name of a first-order unit,
    `actor` somebody in either part of an event; names are taken as the registry of actors has
    them, else as the casebook has them.

    Raises `NotAnswerable` where a name is nobody's or nowhere's in this casebook, where days are
    the wrong way round, and where more than one of `actor`, `perpetrator` and `target` is given.
    """
    if since is not None and until is not None and since > until:
        raise NotAnswerable(f"the period ends before it begins: {since} to {until}")
    named = [
        (name, role)
        for name, role in ((actor, None), (perpetrator, Role.PERPETRATOR), (target, Role.TARGET))
        if name is not None
    ]
    if len(named) > 1:
        raise NotAnswerable("ask for an actor, a perpetrator or a target, not for several of them")
    code = None if country is None else country_code(country)
    kinds = tuple(EventType(one) for one in dict.fromkeys(types))
    found = [actor_named(book, name, role, sees_withheld=sees_withheld) for name, role in named]
    wanted = EventFilter(
        since=since,
        until=until,
        country=code,
        adm1=None if unit is None else unit_named(book, unit, code, sees_withheld=sees_withheld),
        event_types=kinds,
        grade=None if grade is None else Grade(grade),
        harm=None if harm is None else Harm(harm),
        is_reviewed=is_reviewed,
        actor_id=found[0][0] if found else None,
        role=named[0][1] if named else None,
        sees_withheld=sees_withheld,
    )
    return Selection(wanted, _words(wanted, found[0][1] if found else None))


def selection_for(book: Casebook, wanted: EventFilter) -> Selection:
    """The events that a filter means, such as that of a page, with the words for them."""
    row = None
    if wanted.actor_id is not None:
        row = book.browse.actor(wanted.actor_id, sees_withheld=wanted.sees_withheld)
    return Selection(wanted, _words(wanted, row.name if row else wanted.actor_id))


def country_code(country: str) -> str:
    """The code of a country by its code or name; raises `NotAnswerable`."""
    table = CountryTable.load()
    known = table.by_code(country) or table.by_name(country)
    if known is None and len(country) == 2 and country.isalpha():
        return country.upper()  # a user-assigned code
    if known is None or known.code is None:
        raise NotAnswerable(f"no country {country!r}: give its name in English, or its two-letter code")
    return known.code


def unit_named(book: Casebook, unit: str, country: str | None, *, sees_withheld: bool = True) -> str:
    """A first-order unit as the casebook spells it; raises `NotAnswerable` where no event is in it."""
    places = book.browse.places(country=country, limit=10**9, sees_withheld=sees_withheld).places
    units = sorted({place.adm1 for place in places if place.adm1})
    folded = folded_name(unit)
    for name in units:
        if folded_name(name) == folded:
            return name
    where = f" in {country}" if country else ""
    raise NotAnswerable(f"no event is in a unit {unit!r}{where}{_near(unit, units)}")


def actor_named(
    book: Casebook, name: str, role: Role | None = None, *, sees_withheld: bool = True
) -> tuple[str, str]:
    """An actor's key in the casebook and its usual name; raises `NotAnswerable` where no event names it."""
    for key in (name, *_registered(name)):
        row = book.browse.actor(key, sees_withheld=sees_withheld)
        if row is not None and _has_part(row.as_perpetrator, row.as_target, role):
            return row.id, row.name
    actors = book.browse.actors(limit=10**9, sees_withheld=sees_withheld).actors
    names = [row.name for row in actors if _has_part(row.as_perpetrator, row.as_target, role)]
    part = f" as {role}" if role else ""
    raise NotAnswerable(f"no event in this casebook names {name!r}{part}{_near(name, names)}")


def event_words(kinds: Iterable[EventType]) -> str:
    """Kinds of events in words, as many ("attacks and bombings"); "events" for none in particular."""
    words = [_PLURALS.get(kind, f"{words_of(kind)}s") for kind in kinds]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0] if words else "events"


def _has_part(as_perpetrator: int, as_target: int, role: Role | None) -> bool:
    counts = {Role.PERPETRATOR: as_perpetrator, Role.TARGET: as_target, None: as_perpetrator + as_target}
    return counts[role] > 0


def _registered(name: str) -> Iterator[str]:
    for mention in ActorRegistry.load().find(name)[:1]:
        if mention.entry.id is not None:
            yield mention.entry.id


def _near(name: str, names: Sequence[str]) -> str:
    found = process.extract(name, names, scorer=fuzz.WRatio, limit=_MOST_NEAR, score_cutoff=_NEAR)
    near = list(dict.fromkeys(one for one, _, _ in found))
    return f"; near it: {', '.join(near)}" if near else ""


def _words(wanted: EventFilter, actor: str | None) -> str:
    kinds = wanted.event_types or ((wanted.event_type,) if wanted.event_type else ())
    parts = [event_words(kinds) if kinds else "all events"]
    if actor is not None:
        by = {Role.PERPETRATOR: "by", Role.TARGET: "against", None: "with"}[wanted.role]
        parts.append(f"{by} {actor}")
    where = [wanted.adm1] if wanted.adm1 else []
    if wanted.country:
        country = CountryTable.load().by_code(wanted.country)
        where.append(country.name if country is not None else wanted.country)
    if where:
        parts.append(f"in {', '.join(where)}")
    parts += _narrower(wanted)
    return " ".join(parts)


def _narrower(wanted: EventFilter) -> Iterator[str]:
    named = (("place", wanted.place), ("actor", wanted.actor), ("place or actor", wanted.text))
    yield from (f"with “{name}” in the name of a {what}" for what, name in named if name is not None)
    if wanted.geonames_id is not None:
        yield f"at place {wanted.geonames_id} of GeoNames"
    if wanted.harm is not None:
        yield f"with people {words_of(wanted.harm)}"
    if wanted.grade is not None:
        yield f"graded {words_of(wanted.grade)}"
    if wanted.is_reviewed is not None:
        yield "that are reviewed" if wanted.is_reviewed else "that nobody has reviewed"
    if wanted.is_contested:
        yield "that sources contest"
    if wanted.is_rejected_only:
        yield "that were rejected"
    if wanted.is_waiting or wanted.waits_for is not None:
        yield f"that wait for a person{f' ({words_of(wanted.waits_for)})' if wanted.waits_for else ''}"
    if wanted.assignee is not None:
        yield f"assigned to {wanted.assignee}"
    elif wanted.is_assigned is not None:
        yield "assigned to somebody" if wanted.is_assigned else "assigned to nobody"
