"""What kind of event: signs of its words, weapons, harms and sides, each weighed for each kind.

The kinds are those of the coding rules (docs/coding-rules.md).  `knowledge/kind_words.tsv`
says which words are signs; `knowledge/kind_weights.tsv` says what each sign weighs for
each kind, as `benchmarks/tune.py kinds` found it on coded reports.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casus.knowledge import read_table
from casus.model import Category, EventType, Harm
from casus.reading.acts import ActMention
from casus.reading.drafts import EventDraft, agents_of
from casus.reading.incidents import Incident
from casus.reading.weapons import WeaponMention

_DEADLY = (Harm.KILLED, Harm.INJURED)


def kind_of(signs: Iterable[str]) -> EventType:
    """The event type for which the signs weigh most."""
    signs = tuple(signs)
    weights = _weights()
    scores = {kind: sum(weights.get(sign, {}).get(kind, 0.0) for sign in signs) for kind in EventType}
    return max(EventType, key=lambda kind: scores[kind])


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around an event: sentences beside its first; title or kind of the main event.

    The title is given for the main event, the main event's kind for the others.
    """

    title_acts: tuple[ActMention, ...] = ()
    title_words: frozenset[str] = frozenset()
    near_words: frozenset[str] = frozenset()
    main_kind: EventType | None = None


def signs_of(draft: EventDraft, weapons: Sequence[WeaponMention], about: Surroundings) -> frozenset[str]:
    """The names of the signs that an event shows."""
    lead = draft.incidents[:1]
    return frozenset(
        (
            "always" if about.main_kind is None else "beside",
            *_acts("lead", [a for i in lead for a in i.acts]),
            *_acts("title", about.title_acts),
            *_acts("any", [a for i in draft.incidents for a in i.acts]),
            *_harms("lead", lead),
            *_harms("any", draft.incidents),
            *_words("lead", {w for i in lead for w in i.sentence.words}),
            *_words("title", about.title_words),
            *_words("near", about.near_words),
            *_words("any", {w for i in draft.incidents[:6] for w in i.sentence.words}),
            *_weapons(weapons),
            *_sides(draft),
            *_aims(draft),
            *([f"main {about.main_kind.value}"] if about.main_kind is not None else []),
        )
    )


def _acts(where: str, acts: Sequence[ActMention]) -> Iterator[str]:
    for act in acts:
        yield f"{where} act {act.event_type.value}"
        if act.rule == "act.verb" and where == "lead":
            yield f"{where} verb {act.event_type.value}"


def _harms(where: str, incidents: Sequence[Incident]) -> Iterator[str]:
    for incident in incidents:
        for harm in incident.harms:
            yield f"{where} harm {harm.harm.value}"
            if harm.event_type is not None:
                yield f"{where} act {harm.event_type.value}"
    if not any(h.harm in _DEADLY for i in incidents for h in i.harms):
        yield f"{where} harm none"


def _words(where: str, words: Iterable[str]) -> Iterator[str]:
    table = _sign_words()
    for word in words:
        for sign in table.get(word, ()):
            yield f"{where} word {sign}"


def _weapons(weapons: Sequence[WeaponMention]) -> Iterator[str]:
    families = [w.family.value for w in weapons if w.family is not None]
    if families:
        yield f"first weapon {families[0]}"
    yield from (f"weapon {family}" for family in families)


def _sides(draft: EventDraft) -> Iterator[str]:
    hurt = [h for i in draft.incidents for h in i.harms if h.harm in _DEADLY]
    victims = {g.category for h in hurt for g in h.groups if not g.is_part}
    yield from (f"victims {category.value}" for category in victims)
    if {Category.MILITANTS, Category.SECURITY_FORCES} <= victims:
        yield "victims both"
    dead = [h for h in draft.first.harms if h.harm is Harm.KILLED]
    killed = [g for h in dead for g in h.groups if not g.is_part]
    if killed and max((g.best or g.low or 0) for g in killed) == 1:
        yield "killed one"
    doers = {p.category for i in draft.incidents for p in agents_of(i) if p.category is not None}
    yield from (f"doer {category.value}" for category in doers)
    if Category.SECURITY_FORCES in doers and Category.MILITANTS in doers:
        yield "doers both"


def _aims(draft: EventDraft) -> Iterator[str]:
    table = _sign_words()
    for incident in draft.incidents[:2]:
        for act in incident.acts:
            if act.target is None:
                continue
            category = incident.reader.category(act.target)
            if "post" in table.get(act.target.lemma_.lower(), ()):
                yield "at place"
            elif category is not None:
                yield f"at {category.value}"
            else:
                yield "at thing"


@functools.cache
def _sign_words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in read_table("kind_words.tsv", ("word", "sign")):
        found[row.text("word")] += (row.text("sign"),)
    return dict(found)


@functools.cache
def _weights() -> Mapping[str, Mapping[EventType, float]]:
    found: dict[str, dict[EventType, float]] = defaultdict(dict)
    for row in read_table("kind_weights.tsv", ("sign", "event_type", "weight")):
        found[row.text("sign")][row.choice("event_type", EventType)] = float(row.text("weight"))
    return found
