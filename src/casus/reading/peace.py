"""What only looks like political violence: accidents, private crime, sport, markets, re-enactments.

Each event is weighed: what speaks for political violence (armed actors, fighters and
forces among the victims, weapons of war, crowds, the words of `knowledge/conflict.tsv`)
against what speaks for peace (`knowledge/peaceful.tsv`), in the event's sentences, beside
them, and in the report as a whole.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casus.knowledge import read_table
from casus.model import GROUP_KINDS, ActorKind, Category, EventType, Harm
from casus.reading.drafts import EventDraft, agents_of
from casus.reading.sentences import AnnotatedSentence

# What each sign weighs; a sum of THRESHOLD or more keeps the event.  Found by `benchmarks/tune.py peace`.
WEIGHTS = {
    "group": 3.58,  # an armed group, militia or gang at work or named by the event
    "state": 1.19,  # a state's forces at work
    "fighters": 2.28,  # militants among doers or victims
    "forces": 1.93,  # soldiers or police among the victims
    "afar": 2.74,  # bombing, shelling, air strike
    "blast": 0.38,  # what may have gone off by itself: an explosion, a fire
    "crowd": 1.28,  # protest or riot
    "abduction": 1.71,
    "arson": 2.2,  # things burned or looted by somebody
    "many": 2.71,  # ten or more harmed
    "some": 1.87,  # three or more
    "armed": 0.42,  # words for armed people, or for what only they use
    "murder": 1.01,  # words that mean people did it: murdered, shot, put to death
    "political": 2.42,  # a victim in public life
    "report": 0.59,  # each word of conflict in the report, MOST_REPORT_WORDS at most
    "denied": -3.02,  # "not a bomb"
    "peaceful": -0.98,  # each point of the strongest peaceful topic near the event
    "accident": -1.35,  # each point of that topic in the whole report, MOST_POINTS at most
    "staged": -1.41,
    "sport": -0.86,
    "finance": -0.98,
    "crime": -0.74,
    "politics": -0.33,
    "nature": -0.22,
    "heritage": -1.05,
    "health": -0.37,
}
THRESHOLD = 0.93

_MOST_REPORT_WORDS = 6
_MOST_POINTS = 8
# Topics that colour a whole report.
_WHOLE = ("accident", "staged", "sport", "finance", "crime", "politics", "nature", "heritage", "health")
_BLASTS = frozenset(("blast", "blasts", "explosion", "explosions", "exploded", "explode", "detonation"))
_MANY, _SOME = 10, 3
_ARMED_GROUPS = GROUP_KINDS | {ActorKind.INTERNATIONAL_FORCE}
_AFAR = frozenset((EventType.BOMBING, EventType.SHELLING, EventType.AIR_STRIKE))
_CROWD = frozenset((EventType.PROTEST, EventType.RIOT))
_DENIED = re.compile(
    r"\b(not (?:a|an) (?:\w+ ){0,2}(?:bomb|attack|shell|missile|explosive|rocket|terror\w*)"
    r"|no (?:sign|evidence|trace) of (?:a |an )?(?:bomb|attack|explosive|foul play|sabotage)"
    r"|(?:was|were|be|an) (?:\w+ ){0,3}accident|no (?:traces? of )?explosives?|found no explosives"
    r"|ruled out (?:terror|sabotage|an attack|a bomb)|no (?:political )?motive)\b"
)


@dataclass(frozen=True, slots=True)
class Tenor:
    """What a whole report speaks of: its words of conflict and the points of its peaceful topics."""

    conflict: int
    topics: Mapping[str, int]

    @classmethod
    def of(cls, text: str) -> Tenor:
        """The tenor of a text."""
        lower = text.lower()
        return cls(len(signs_in(lower)["conflict"]), peaceful_topics(lower))


def is_violent(draft: EventDraft, body: Sequence[AnnotatedSentence], tenor: Tenor) -> bool:
    """True where an event is one of political violence or contention, as far as its words tell."""
    return violence(draft, body, tenor) >= THRESHOLD


def violence(draft: EventDraft, body: Sequence[AnnotatedSentence], tenor: Tenor) -> float:
    """How much speaks for an event of political violence (see `WEIGHTS`)."""
    return sum(WEIGHTS[sign] * count for sign, count in signs_of(draft, body, tenor).items())


def signs_of(draft: EventDraft, body: Sequence[AnnotatedSentence], tenor: Tenor) -> Mapping[str, int]:
    """The signs for and against an event of political violence, with how often each counts."""
    own = signs_in(" ".join(" ".join(i.sentence.words) for i in draft.incidents))
    around = _around(draft, body)
    signs = Counter((*_doers(draft), *_kinds(draft, body), *_harmed(draft)))
    is_political = bool(own["public"] and own["murder"])
    topics = Counter(peaceful_topics(around))
    if is_political:
        del topics["crime"]
    signs["report"] = min(tenor.conflict, _MOST_REPORT_WORDS)
    signs["armed"] = int(bool(own["armed"]))
    signs["murder"] = int(bool(own["murder"]))
    signs["political"] = int(is_political)
    signs["denied"] = int(_DENIED.search(around) is not None)
    signs["peaceful"] = max(topics.values(), default=0)
    signs.update({topic: min(tenor.topics.get(topic, 0), _MOST_POINTS) for topic in _WHOLE})
    return signs


def _around(draft: EventDraft, body: Sequence[AnnotatedSentence]) -> str:
    """The event's sentences with those beside them."""
    near = {i.sentence.index + step for i in draft.incidents for step in (-1, 0, 1)}
    return " ".join(" ".join(s.sentence.words) for s in body if s.sentence.index in near)


def _doers(draft: EventDraft) -> Iterator[str]:
    doers = [p for i in draft.incidents for p in (*agents_of(i), *i.blamed)]
    if any(m.kind in _ARMED_GROUPS for i in draft.incidents for m in i.marks.actors.values()):
        yield "group"
    if any(p.category is Category.SECURITY_FORCES or p.actor.country_code is not None for p in doers):
        yield "state"
    victims = {g.category for i in draft.incidents for h in i.harms for g in h.groups if not g.is_part}
    if Category.MILITANTS in {*victims, *(p.category for p in doers)}:
        yield "fighters"
    if Category.SECURITY_FORCES in victims:
        yield "forces"


def _kinds(draft: EventDraft, body: Sequence[AnnotatedSentence]) -> Iterator[str]:
    types = draft.types()
    if types & _AFAR:
        own = {i.sentence.index for i in draft.incidents}
        has_ordnance = any(w.family in _AFAR for s in body if s.sentence.index in own for w in s.weapons)
        acts = [(i, a) for i in draft.incidents for a in i.acts if a.event_type in _AFAR]
        words = {i.sentence.words[a.trigger] for i, a in acts}
        yield "blast" if acts and words <= _BLASTS and not has_ordnance else "afar"
    if types & _CROWD:
        yield "crowd"
    if any(
        a.event_type is EventType.DESTRUCTION and a.agent is not None for i in draft.incidents for a in i.acts
    ):
        yield "arson"
    if Harm.ABDUCTED in draft.harms() or EventType.ABDUCTION in types:
        yield "abduction"


def _harmed(draft: EventDraft) -> Iterator[str]:
    groups = [g for i in draft.incidents for h in i.harms for g in h.groups if not g.is_part]
    most = max((g.value or 0 for g in groups), default=0)
    if most >= _SOME:
        yield "many" if most >= _MANY else "some"


# -- words


def signs_in(text: str) -> Mapping[str, set[str]]:
    """The words of a text in lower case that speak for political violence, by sign."""
    found: dict[str, set[str]] = defaultdict(set)
    for sign, pattern in _conflict_patterns().items():
        found[sign].update(pattern.findall(text))
    return found


def peaceful_topics(text: str) -> Counter[str]:
    """How much a text in lower case speaks of each peaceful topic; a word counts once."""
    words = _peaceful_words()
    found: Counter[str] = Counter()
    for word in set(_peaceful_pattern().findall(text)):
        topic, weight = words[word]
        found[topic] += weight
    return found


@functools.cache
def _conflict_patterns() -> Mapping[str, re.Pattern[str]]:
    words: dict[str, list[str]] = defaultdict(list)
    for row in read_table("conflict.tsv", ("word", "sign")):
        words[row.text("sign")].append(re.escape(row.text("word")).replace(r"\*", r"[\w-]*"))
    return {sign: re.compile(rf"(?<!\w)(?:{'|'.join(w)})(?!\w)") for sign, w in words.items()}


@functools.cache
def _peaceful_words() -> Mapping[str, tuple[str, int]]:
    rows = read_table("peaceful.tsv", ("word", "topic", "weight"))
    return {row.text("word"): (row.text("topic"), int(row.text("weight"))) for row in rows}


@functools.cache
def _peaceful_pattern() -> re.Pattern[str]:
    names = sorted(_peaceful_words(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(re.escape(name) for name in names)})(?!\w)")
