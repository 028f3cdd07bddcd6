"""Incidents: what one sentence tells of one event, with the date and places that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casus.model import EventType, Harm, Place
from casus.reading.acts import ActMention
from casus.reading.attribution import Statement
from casus.reading.groups import PhraseReader
from casus.reading.harms import HarmMention
from casus.reading.blame import blamed_in
from casus.reading.marks import Marks
from casus.reading.parties import Party
from casus.reading.parsing import Sentence
from casus.reading.placing import event_places
from casus.reading.timing import event_dates, said_date
from casus.resolving.dates import DateMention
from casus.resolving.places import PlaceMention
from casus.resolving.places.geodesy import distance_km


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
    sentence: Sentence,
    reader: PhraseReader,
    marks: Marks,
    harms: Sequence[HarmMention],
    acts: Sequence[ActMention],
    statements: tuple[Statement, ...],
) -> list[Incident]:
    """The incidents of a sentence, in the order of their first words."""
    triggers: list[HarmMention | ActMention] = sorted(
        [*harms, *(a for a in acts if not a.is_weapon)], key=lambda m: m.trigger
    )
    if not triggers:
        return []
    tokens = sorted({m.trigger for m in triggers})
    dates = event_dates(sentence, marks, tokens, statements)
    places = event_places(sentence, marks, tokens, statements)
    clusters = _clusters(
        sentence, tokens, dates, places, {h.trigger: h.harm for h in harms}, {a.trigger: a for a in acts}
    )
    blamed = tuple(blamed_in(reader, marks))
    said_on = said_date(sentence, marks, tokens, statements)
    found = []
    for cluster in clusters:
        incident = Incident(sentence, reader, marks, blamed=blamed, said_on=said_on, statements=statements)
        for mention in triggers:
            if mention.trigger in cluster:
                (incident.harms if isinstance(mention, HarmMention) else incident.acts).append(mention)  # type: ignore[arg-type]
        incident.dates = [(t, d) for t, d in dates if t in cluster]
        incident.places = [(t, p) for t, p in places if t in cluster]
        found.append(incident)
    return sorted(found, key=lambda i: i.triggers[0])


# -- clusters of triggers


def _clusters(
    sentence: Sentence,
    tokens: list[int],
    dates: Sequence[tuple[int, DateMention]],
    places: Sequence[tuple[int, PlaceMention]],
    harms: Mapping[int, Harm],
    acts: Mapping[int, ActMention],
) -> list[set[int]]:
    """Triggers grouped into incidents: all together, unless date, place or the words set some apart."""
    clusters: list[set[int]] = []
    for token in tokens:
        home = None
        for cluster in reversed(clusters):
            if not _apart(sentence, cluster, token, dates, places, harms, acts):
                home = cluster
                break
        if home is None:
            clusters.append({token})
        else:
            home.add(token)
    return clusters


def _apart(
    sentence: Sentence,
    cluster: set[int],
    token: int,
    dates: Sequence[tuple[int, DateMention]],
    places: Sequence[tuple[int, PlaceMention]],
    harms: Mapping[int, Harm],
    acts: Mapping[int, ActMention],
) -> bool:
    if _set_apart_by_when(sentence, dates, cluster, token) or _crowd_apart(
        sentence, cluster, token, acts, harms
    ):
        return True
    if _seizure_and_release(harms, cluster, token):
        return False
    if _told_of_captives(sentence, harms, cluster, token) or _told_in_passing(sentence, cluster, token, harms):
        return True
    if _differ(_days([d for t, d in dates if t in cluster]), _days([d for t, d in dates if t == token])):
        return True
    if _set_apart(sentence, max(t for t in cluster if t < token), token):
        return True
    mine = _effective_places(sentence, token, places)
    theirs = [p for t, p in places if t in cluster and _is_local(p)]
    return (
        bool(mine and theirs)
        and _coordinated(sentence, cluster, token)
        and all(_other_place(a, b) for a in mine for b in theirs)
    )


def _days(mentions: Sequence[DateMention]) -> tuple[object, object] | None:
    dated = [m for m in mentions if m.start is not None]
    return (dated[0].start, dated[0].end) if dated else None


def _differ(a: tuple[object, object] | None, b: tuple[object, object] | None) -> bool:
    if a is None or b is None:
        return False
    return bool(a[1] < b[0] or b[1] < a[0])  # type: ignore[operator]


_CROWD_ACTS = {EventType.PROTEST, EventType.RIOT, EventType.DESTRUCTION}


def _crowd_apart(
    sentence: Sentence,
    cluster: set[int],
    token: int,
    acts: Mapping[int, ActMention],
    harms: Mapping[int, Harm],
) -> bool:
    """True for "… were killed, and furious residents set fire to the town hall": another event, of other people."""
    act = acts.get(token)
    if act is None or act.event_type not in _CROWD_ACTS or act.rule != "act.verb" or token in harms:
        return False
    if not any(harms.get(t) is Harm.KILLED for t in cluster) or not _coordinated(sentence, cluster, token):
        return False
    own = act.agent.i if act.agent is not None else None
    return own is not None and all(own > t for t in cluster)


_AFTER = {"after", "for", "following", "over", "despite"}


def _told_in_passing(sentence: Sentence, cluster: set[int], token: int, harms: Mapping[int, Harm]) -> bool:
    """True for "killed in revenge for the shooting of two Christians": what a noun after "for" or "after" recalls."""
    doc = sentence.doc
    for noun, others in ((token, cluster), *((t, {token}) for t in cluster)):
        word = doc[noun]
        if word.pos_ == "NOUN" and word.dep_ == "pobj" and word.head.lower_ in _AFTER and noun in harms and any(t in harms for t in others):
            return True
    return False


def _told_of_captives(sentence: Sentence, harms: Mapping[int, Harm], cluster: set[int], token: int) -> bool:
    """True for "workers whom gunmen kidnapped in March have been found dead": the killing is another event."""
    mine, theirs = harms.get(token), {harms.get(t) for t in cluster}
    if (
        Harm.ABDUCTED not in {mine, *theirs}
        or not {Harm.KILLED, Harm.INJURED} & {mine, *theirs}
        or mine in theirs
    ):
        return False
    return any(sentence.doc[t].dep_ == "relcl" for t in (token, *cluster) if harms.get(t) is Harm.ABDUCTED)


def _seizure_and_release(harms: Mapping[int, Harm], cluster: set[int], token: int) -> bool:
    """True for an abduction and its end: one event, whatever the dates."""
    pair = {harms.get(token), *(harms.get(t) for t in cluster)}
    return Harm.ABDUCTED in pair and bool(pair & {Harm.RELEASED, Harm.ESCAPED})


def _effective_places(
    sentence: Sentence, token: int, places: Sequence[tuple[int, PlaceMention]]
) -> list[PlaceMention]:
    """A trigger's own places, else those that it shares with the next: "nine were killed and 13 injured at two posts in X"."""
    own = [p for t, p in places if t == token and _is_local(p)]
    if own:
        return own
    later = [t for t, _ in places if t > token]
    if not later or min(later) - token > 6 or {",", ";"} & set(sentence.words[token + 1 : min(later)]):
        return []
    return [p for t, p in places if t == min(later) and _is_local(p)]


def _set_apart_by_when(
    sentence: Sentence, dates: Sequence[tuple[int, DateMention]], cluster: set[int], token: int
) -> bool:
    """True for the trigger that "since August 29, when" dates."""
    dated = any(t == token and d.start is not None for t, d in dates)
    between = sentence.words[max(t for t in cluster if t < token) + 1 : token]
    return dated and "since" in between and "when" in between


_APART = {"another", "separately", "elsewhere", "meanwhile", "separate"}


def _set_apart(sentence: Sentence, left: int, right: int) -> bool:
    words = sentence.words
    between = words[left + 1 : right]
    return (
        ";" in between
        or any(word in _APART for word in between)
        and any(w in between for w in (",", "and", "while"))
    )


def _other_subject(sentence: Sentence, left: int, right: int) -> bool:
    """True where the right trigger has a subject of its own that is no pronoun."""
    subject = next((c for c in sentence.doc[right].lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and subject.pos_ != "PRON" and subject.i > left


def _is_local(place: PlaceMention) -> bool:
    return place.kind in ("settlement", "adm2", "unknown", "feature", "adm1")


def _other_place(a: PlaceMention, b: PlaceMention) -> bool:
    return places_differ(a, b)


def places_differ(a: PlaceMention, b: PlaceMention) -> bool:
    """True where two places can't be one: other countries, other units, or two settlements by other names."""
    pa, pb = a.place, b.place
    if pa.name and pb.name and (pa.name.lower() in pb.name.lower() or pb.name.lower() in pa.name.lower()):
        return False
    if pa.country_code and pb.country_code and pa.country_code != pb.country_code:
        return True
    if pa.adm1 and pb.adm1 and pa.adm1 != pb.adm1:
        return True
    if a.kind in ("country", "adm1") or b.kind in ("country", "adm1"):
        return False
    if a.kind == "adm2" or b.kind == "adm2":
        return bool(pa.adm2 and pb.adm2 and pa.adm2 != pb.adm2)
    return a.kind == b.kind == "settlement" and not _within_a_town(pa, pb)


_TOWN_KM = 6.0  # two settlements nearer than this may be a town and its quarter


def _within_a_town(a: Place, b: Place) -> bool:
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    return distance_km(a.latitude, a.longitude, b.latitude, b.longitude) < _TOWN_KM


def _coordinated(sentence: Sentence, cluster: set[int], token: int) -> bool:
    """True where the trigger stands in a clause beside the others, not under them."""
    current = sentence.doc[token]
    for _ in range(8):
        if current.dep_ == "conj" or current.dep_ == "ROOT":
            return True
        if current.head.i in cluster or current.head.i == current.i:
            return False
        current = current.head
    return False


def harm_types(incident: Incident) -> set[Harm]:
    """The harms that an incident tells of."""
    return {h.harm for h in incident.harms}
