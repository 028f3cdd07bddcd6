"""Incidents: what one sentence tells of one event, with the date and places that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casus.model import EventType
from casus.reading.acts import ActMention
from casus.reading.attribution import Statement
from casus.reading.blame import blamed_in
from casus.reading.clusters import Scene
from casus.reading.groups import PhraseReader
from casus.reading.marks import Marks
from casus.reading.mentions import HarmMention
from casus.reading.parsing import Sentence
from casus.reading.parties import Party
from casus.reading.placing import event_places
from casus.reading.timing import event_dates, said_date
from casus.resolving.dates import DateMention
from casus.resolving.places import PlaceMention


@dataclass(slots=True, eq=False)
class Incident:
    """The triggers of one sentence that tell of one event."""

    sentence: Sentence
    reader: PhraseReader
    marks: Marks
    harms: list[HarmMention] = field(default_factory=list)
    acts: list[ActMention] = field(default_factory=list)
    dates: list[tuple[int, DateMention]] = field(default_factory=list)  # trigger token, date
    places: list[tuple[int, PlaceMention]] = field(default_factory=list)
    blamed: tuple[Party, ...] = ()
    said_on: DateMention | None = None  # when it was said, where the sentence tells
    statements: tuple[Statement, ...] = ()

    @property
    def triggers(self) -> list[int]:
        """The tokens of its words of harm and act, in order."""
        return sorted({*(h.trigger for h in self.harms), *(a.trigger for a in self.acts)})

    def types(self) -> set[EventType]:
        """The kinds of event that its words name."""
        named = {h.event_type for h in self.harms if h.event_type is not None}
        return named | {a.event_type for a in self.acts}

    def has_toll(self) -> bool:
        """True where it numbers people harmed."""
        return any(g.has_number and not g.is_part for h in self.harms for g in h.groups)


def incidents_of(
    reader: PhraseReader,
    marks: Marks,
    harms: Sequence[HarmMention],
    acts: Sequence[ActMention],
    statements: tuple[Statement, ...],
) -> list[Incident]:
    """The incidents of a sentence, in the order of their first words."""
    sentence = reader.sentence
    acts = [a for a in acts if not a.is_weapon]
    triggers = sorted({*(h.trigger for h in harms), *(a.trigger for a in acts)})
    if not triggers:
        return []
    dates = event_dates(sentence, marks, triggers, statements)
    places = event_places(sentence, marks, triggers, statements)
    scene = Scene(sentence, dates, places, {h.trigger: h.harm for h in harms}, {a.trigger: a for a in acts})
    blamed = tuple(blamed_in(reader, marks))
    told_on = said_date(sentence, marks, triggers, statements)
    found = [
        Incident(
            sentence,
            reader,
            marks,
            [h for h in harms if h.trigger in cluster],
            [a for a in acts if a.trigger in cluster],
            [(t, d) for t, d in dates if t in cluster],
            [(t, p) for t, p in places if t in cluster],
            blamed,
            told_on,
            statements,
        )
        for cluster in scene.clusters()
    ]
    return sorted(found, key=lambda i: i.triggers[0])
