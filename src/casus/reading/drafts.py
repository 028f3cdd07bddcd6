"""An event while the report is being read: the incidents that tell of it and what they say together."""

from __future__ import annotations

from dataclasses import dataclass, field

from casus.model import Category, EventDate, EventType, Harm
from casus.reading.doings import doings_of
from casus.reading.incidents import Incident
from casus.reading.parties import Party, party_at
from casus.resolving.places import PlaceMention


@dataclass(slots=True, eq=False)
class EventDraft:
    """The incidents of one event, in the order of the text, and its date as far as told."""

    incidents: list[Incident] = field(default_factory=list)
    when: EventDate | None = None

    @property
    def first(self) -> Incident:
        """The incident that told of it first."""
        return self.incidents[0]

    @property
    def last(self) -> Incident:
        """The incident that told of it last."""
        return self.incidents[-1]

    def places(self) -> list[PlaceMention]:
        """Its places, in the order of the text."""
        return [place for incident in self.incidents for _, place in incident.places]

    def types(self) -> set[EventType]:
        """The kinds of event that its words name."""
        return {t for incident in self.incidents for t in incident.types()}

    def harms(self) -> set[Harm]:
        """The harms that it tells."""
        return {h.harm for incident in self.incidents for h in incident.harms}

    def agents(self) -> set[str]:
        """The names of the actors said to have done it, in lower case."""
        return {name for incident in self.incidents for name in agent_names(incident)}

    def targets(self) -> set[str]:
        """The names of the actors that its acts were aimed at, in lower case."""
        return {name for incident in self.incidents for name in target_names(incident)}

    def figures(self) -> set[tuple[Harm, int]]:
        """Its figures, by harm."""
        return {f for incident in self.incidents for f in figures_of(incident)}

    def victims(self) -> set[str]:
        """The names of its dead and wounded, in lower case."""
        return {name for incident in self.incidents for name in victim_names(incident)}

    def has_toll(self) -> bool:
        """True where one of its incidents numbers people harmed."""
        return any(incident.has_toll() for incident in self.incidents)


def agents_of(incident: Incident) -> list[Party]:
    """The parties that an incident's words make its doers, in order."""
    return [doing.party for doing in doings_of(incident)]


def agent_names(incident: Incident) -> set[str]:
    """The names of the actors said to have done it, in lower case."""
    return {p.actor.name.lower() for p in agents_of(incident) if p.is_named}


def target_names(incident: Incident) -> set[str]:
    """The names of the actors that its acts were aimed at, in lower case."""
    parties = (
        party_at(act.target, incident.reader, incident.marks)
        for act in incident.acts
        if act.target is not None
    )
    return {p.actor.name.lower() for p in parties if p is not None and p.is_named}


def figures_of(incident: Incident) -> set[tuple[Harm, int]]:
    """The figures of an incident, by harm."""
    return {
        (h.harm, value)
        for h in incident.harms
        for g in h.groups
        if not g.is_part and g.quantity is not None
        for value in (g.best if g.best is not None else g.low,)
        if value is not None
    }


def categories_of(incident: Incident) -> set[tuple[Harm, Category]]:
    """Whom an incident numbers, by harm; people of no known side are left out."""
    return {
        (h.harm, g.category)
        for h in incident.harms
        for g in h.groups
        if not g.is_part and g.has_number and g.category is not Category.UNKNOWN
    }


def victim_names(incident: Incident) -> set[str]:
    """The names of persons killed or wounded, in lower case."""
    return {
        g.name.lower()
        for h in incident.harms
        for g in h.groups
        if g.is_named and g.name and h.harm in (Harm.KILLED, Harm.INJURED, Harm.ABDUCTED)
    }
