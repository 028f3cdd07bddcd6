"""What a statistic counts in a casebook, by its words and by what the asker names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from casus.analysis.checks.asking import Asserted
from casus.analysis.checks.measures import Measure, is_of_speaker, measure_of, places_in
from casus.analysis.checks.records import Subject
from casus.analysis.selecting import Selection, country_code, select, unit_named
from casus.casebook.book import Casebook
from casus.casebook.records import EventFilter, Role
from casus.errors import NotAnswerable
from casus.model import Category, Harm
from casus.output.wording import words_of
from casus.resolving.countries import CountryTable


def subject_of(book: Casebook, asserted: Asserted, asked: Selection | None) -> Subject:
    """What a statistic counts in this casebook.

    What `asked` names of types, place and actor goes before what the words say of them.  Raises
    `NotAnswerable` where the words are not understood, unless the asker names events, and where
    they name nobody that the casebook knows.
    """
    wanted = EventFilter() if asked is None else asked.wanted
    measure = _own(asserted, measure_of(asserted.measure), wanted)
    names_events = bool(wanted.event_types or wanted.actor_id or wanted.country or wanted.adm1)
    if not measure.is_understood and not names_events:
        raise NotAnswerable(_not_understood(asserted, measure))
    if measure.perpetrator is not None and measure.target is not None:
        raise NotAnswerable("it names both who did it and to whom, and events are chosen by one of them")
    country, unit, notes = (
        (wanted.country, wanted.adm1, ())
        if wanted.country or wanted.adm1
        else _where(book, asserted, measure, wanted)
    )
    part = {None: "actor", Role.PERPETRATOR: "perpetrator", Role.TARGET: "target"}[wanted.role]
    selection = select(
        book,
        types=wanted.event_types or measure.types,
        country=country,
        unit=unit,
        grade=wanted.grade,
        is_reviewed=wanted.is_reviewed,
        sees_withheld=wanted.sees_withheld,
        perpetrator=wanted.actor_id if part == "perpetrator" and wanted.actor_id else measure.perpetrator,
        target=wanted.actor_id if part == "target" else measure.target,
        actor=wanted.actor_id if part == "actor" else None,
    )
    words = _counted_words(measure.harms, measure.categories, selection.words)
    return Subject(selection, measure.harms, measure.categories, words, notes)


def _own(asserted: Asserted, measure: Measure, wanted: EventFilter) -> Measure:
    """A measure with the names that the asker leaves to its words; "its fighters" are the speaker's."""
    if wanted.actor_id is not None:
        return replace(measure, perpetrator=None, target=None)
    if not is_of_speaker(measure.perpetrator):
        return measure
    if asserted.speaker is None:
        raise NotAnswerable(
            f"whose are {measure.perpetrator!r} is not understood: name them by --perpetrator"
        )
    return replace(measure, perpetrator=asserted.speaker)


def _where(
    book: Casebook, asserted: Asserted, measure: Measure, wanted: EventFilter
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The country and the unit that a statistic is about, and what was taken for granted."""
    named = measure.where or places_in(asserted.words)
    if named:
        return *place_of(book, named, sees_withheld=wanted.sees_withheld), ()
    if wanted.actor_id or measure.perpetrator or measure.target or asserted.row is None:
        return None, None, ()
    countries = Counter(
        told.event.where.country_code
        for _, told in book.told_in(asserted.row.report.number)
        if told.event.where.country_code
    )
    if not countries:
        return None, None, ("the statistic names no country; all of the casebook's are counted",)
    code = countries.most_common(1)[0][0]
    country = CountryTable.load().by_code(code)
    name = country.name if country is not None else code
    return code, None, (f"the statistic names no country; {name}, where the report's events were, is taken",)


def place_of(
    book: Casebook, named: Sequence[str], *, sees_withheld: bool = True
) -> tuple[str | None, str | None]:
    """Names of places as a country and a unit; raises `NotAnswerable` for a place that is neither."""
    country, unit = None, None
    for name in named:
        try:
            country = country_code(name)
        except NotAnswerable:
            unit = unit_named(book, name, country, sees_withheld=sees_withheld)
    return country, unit


def _counted_words(harms: Sequence[Harm], categories: Sequence[Category], events: str) -> str:
    if not harms:
        return events
    people = " and ".join(words_of(one) for one in categories if one is not Category.UNKNOWN) or "people"
    return f"{people} {' or '.join(words_of(harm) for harm in harms)} in {events}"


def _not_understood(asserted: Asserted, measure: Measure) -> str:
    if measure.unknown:
        words = ", ".join(repr(word) for word in measure.unknown)
        return f"what it counts ({asserted.measure!r}) is not understood: {words}; name the events by options"
    if not asserted.measure:
        return "it doesn't say what it counts: name the events, for example by --type"
    return f"it doesn't say which events or whom it counts ({asserted.measure!r}): name the events by options"
