"""Which words of harm and act in one sentence tell of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casus.model import EventType, Harm, Place
from casus.reading.acts import ActMention
from casus.reading.parsing import Sentence
from casus.resolving.dates import DateMention
from casus.resolving.places import PlaceMention
from casus.resolving.places.geodesy import distance_km

_CROWD_ACTS = frozenset({EventType.PROTEST, EventType.RIOT, EventType.DESTRUCTION})
_RECALLING = frozenset({"after", "for", "following", "over", "despite"})
_APART = frozenset({"another", "separately", "elsewhere", "meanwhile", "separate"})
_LOCAL = ("settlement", "adm2", "unknown", "feature", "adm1")
_UP_TREE = 8
_TOWN_KM = 6.0  # two settlements nearer than this may be a town and its quarter
_SHARED_REACH = 6  # tokens between two triggers that share a place


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A sentence's triggers, with the dates, places, harms and acts that belong to them."""

    sentence: Sentence
    dates: Sequence[tuple[int, DateMention]]
    places: Sequence[tuple[int, PlaceMention]]
    harms: Mapping[int, Harm]
    acts: Mapping[int, ActMention]

    def clusters(self) -> list[set[int]]:
        """The triggers grouped: all together, unless date, place or the words set some apart."""
        clusters: list[set[int]] = []
        for token in sorted({*self.harms, *self.acts}):
            home = next((c for c in reversed(clusters) if not self._is_apart(c, token)), None)
            if home is None:
                clusters.append({token})
            else:
                home.add(token)
        return clusters

    def _is_apart(self, cluster: set[int], token: int) -> bool:
        if self._is_set_apart_by_when(cluster, token) or self._is_crowds(cluster, token):
            return True
        if self._is_release(cluster, token):
            return False
        return (
            self._is_of_captives(cluster, token)
            or self._is_in_passing(cluster, token)
            or self._is_on_other_days(cluster, token)
            or self._is_said_apart(max(t for t in cluster if t < token), token)
            or self._is_elsewhere(cluster, token)
        )

    def _is_set_apart_by_when(self, cluster: set[int], token: int) -> bool:
        """True for the trigger that "since August 29, when" dates."""
        dated = any(t == token and d.start is not None for t, d in self.dates)
        between = self.sentence.words[max(t for t in cluster if t < token) + 1 : token]
        return dated and "since" in between and "when" in between

    def _is_crowds(self, cluster: set[int], token: int) -> bool:
        """True for "… were killed, and furious residents set fire to the town hall": of other people."""
        act = self.acts.get(token)
        if act is None or act.event_type not in _CROWD_ACTS or act.rule != "act.verb" or token in self.harms:
            return False
        killed = any(self.harms.get(t) is Harm.KILLED for t in cluster)
        if not killed or not self._is_coordinated(cluster, token) or act.agent is None:
            return False
        return all(act.agent.i > t for t in cluster)

    def _is_release(self, cluster: set[int], token: int) -> bool:
        """True for an abduction and its end: one event, whatever the dates."""
        pair = {self.harms.get(token), *(self.harms.get(t) for t in cluster)}
        return Harm.ABDUCTED in pair and bool(pair & {Harm.RELEASED, Harm.ESCAPED})

    def _is_of_captives(self, cluster: set[int], token: int) -> bool:
        """True for the killing in "workers whom gunmen kidnapped in March have been found dead"."""
        mine, theirs = self.harms.get(token), {self.harms.get(t) for t in cluster}
        both = {mine, *theirs}
        if Harm.ABDUCTED not in both or not {Harm.KILLED, Harm.INJURED} & both or mine in theirs:
            return False
        doc = self.sentence.doc
        return any(doc[t].dep_ == "relcl" for t in (token, *cluster) if self.harms.get(t) is Harm.ABDUCTED)

    def _is_in_passing(self, cluster: set[int], token: int) -> bool:
        """True for "killed in revenge for the shooting of two": a noun after "for" or "after"."""
        for noun, others in ((token, cluster), *((t, {token}) for t in cluster)):
            word = self.sentence.doc[noun]
            is_recalled = word.pos_ == "NOUN" and word.dep_ == "pobj" and word.head.lower_ in _RECALLING
            if is_recalled and noun in self.harms and any(t in self.harms for t in others):
                return True
        return False

    def _is_on_other_days(self, cluster: set[int], token: int) -> bool:
        mine = next((d for t, d in self.dates if t == token and d.start is not None), None)
        theirs = next((d for t, d in self.dates if t in cluster and d.start is not None), None)
        return mine is not None and theirs is not None and _differ(mine, theirs)

    def _is_said_apart(self, left: int, right: int) -> bool:
        between = self.sentence.words[left + 1 : right]
        joined = any(word in between for word in (",", "and", "while"))
        return ";" in between or (joined and not _APART.isdisjoint(between))

    def _is_elsewhere(self, cluster: set[int], token: int) -> bool:
        mine = self._places_of(token)
        theirs = [p for t, p in self.places if t in cluster and p.kind in _LOCAL]
        return (
            bool(mine and theirs)
            and self._is_coordinated(cluster, token)
            and all(places_differ(a, b) for a in mine for b in theirs)
        )

    def _places_of(self, token: int) -> list[PlaceMention]:
        """A trigger's own places, else those of the next: "nine were killed and 13 injured in X"."""
        own = [p for t, p in self.places if t == token and p.kind in _LOCAL]
        later = [t for t, _ in self.places if t > token]
        if own or not later or min(later) - token > _SHARED_REACH:
            return own
        if {",", ";"} & set(self.sentence.words[token + 1 : min(later)]):
            return []
        return [p for t, p in self.places if t == min(later) and p.kind in _LOCAL]

    def _is_coordinated(self, cluster: set[int], token: int) -> bool:
        """True where the trigger stands in a clause beside the others, not under them."""
        current = self.sentence.doc[token]
        for _ in range(_UP_TREE):
            if current.dep_ in ("conj", "ROOT"):
                return True
            if current.head.i in cluster or current.head.i == current.i:
                return False
            current = current.head
        return False


def _differ(a: DateMention, b: DateMention) -> bool:
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    return a.end < b.start or b.end < a.start


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


def _within_a_town(a: Place, b: Place) -> bool:
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    return distance_km(a.latitude, a.longitude, b.latitude, b.longitude) < _TOWN_KM
