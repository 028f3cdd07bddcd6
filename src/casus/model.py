"""The words of the record, as typed immutable records.

`docs/words.md` explains each word; the closed lists and the rules for their use
are those of the coding rules (`docs/coding-rules.md`).  Nothing here reads a
file, a clock or a network.

Character offsets are half-open and count from the start of `Report.text`.
`None` always means unknown, never zero.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class EventType(StrEnum):
    """What kind of event it was."""

    ARMED_CLASH = "armed_clash"
    ATTACK = "attack"
    KILLING = "killing"
    BOMBING = "bombing"
    SHELLING = "shelling"
    AIR_STRIKE = "air_strike"
    ABDUCTION = "abduction"
    ARREST = "arrest"
    PROTEST = "protest"
    RIOT = "riot"
    DESTRUCTION = "destruction"
    OTHER = "other"


class Harm(StrEnum):
    """What was done to people."""

    KILLED = "killed"
    INJURED = "injured"
    ABDUCTED = "abducted"
    CAPTURED = "captured"
    ARRESTED = "arrested"
    MISSING = "missing"
    ESCAPED = "escaped"
    DISPLACED = "displaced"
    RELEASED = "released"


class Category(StrEnum):
    """Whom it was done to, as far as the law of war asks."""

    CIVILIANS = "civilians"
    SECURITY_FORCES = "security_forces"
    MILITANTS = "militants"
    UNKNOWN = "unknown"


class ActorKind(StrEnum):
    """What an actor or body is (`docs/actors.md` tells each, and what UCDP and ACLED call it)."""

    STATE_FORCE = "state_force"
    POLICE = "police"
    INTELLIGENCE = "intelligence"
    REBEL_GROUP = "rebel_group"
    MILITIA = "militia"
    CARTEL = "cartel"
    GANG = "gang"
    COMMUNAL_GROUP = "communal_group"
    ARMED_GROUP = "armed_group"  # armed, and of a kind that isn't known
    INTERNATIONAL_FORCE = "international_force"
    AUTHORITY = "authority"
    PARTY = "party"
    CIVILIANS = "civilians"
    INTERGOVERNMENTAL = "intergovernmental"
    MONITOR = "monitor"
    AID = "aid"
    MEDIA = "media"
    UNION = "union"
    COURT = "court"
    ORGANISATION = "organisation"  # introduced by a report, its kind unknown


STATE_KINDS = frozenset({ActorKind.STATE_FORCE, ActorKind.POLICE, ActorKind.INTELLIGENCE})
"""A state's own armed bodies."""

GROUP_KINDS = frozenset(
    {
        ActorKind.REBEL_GROUP,
        ActorKind.MILITIA,
        ActorKind.CARTEL,
        ActorKind.GANG,
        ActorKind.COMMUNAL_GROUP,
        ActorKind.ARMED_GROUP,
    }
)
"""Those who fight and are no state's."""

CATEGORY_OF_KIND: Mapping[ActorKind, Category] = {
    **dict.fromkeys((*STATE_KINDS, ActorKind.INTERNATIONAL_FORCE), Category.SECURITY_FORCES),
    **dict.fromkeys(GROUP_KINDS, Category.MILITANTS),
    ActorKind.CIVILIANS: Category.CIVILIANS,
}
"""Whose losses an actor's losses are; authorities, parties and bodies have none of their own."""


class ClaimKind(StrEnum):
    """What a claim says."""

    TOLL = "toll"
    RESPONSIBILITY = "responsibility"
    DENIAL = "denial"
    ACCUSATION = "accusation"
    CIRCUMSTANCE = "circumstance"
    CONTROL = "control"
    COMMITMENT = "commitment"


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    RANGE = "range"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class Change(StrEnum):
    """Which way a statistic went."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The characters that a value was read from, and the rule that read them.

    `rule` is the name of a rule in `docs/rules.md`, such as `harm.verb`.
    """

    start_char: int
    end_char: int
    rule: str


@dataclass(frozen=True, slots=True)
class Report:
    """One published text.

    `text` holds the title (if any) as its first line, a blank line, and the body;
    `body_start` is where the body begins (0 without a title).
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published_on: date | None = None
    url: str | None = None
    body_start: int = 0

    @classmethod
    def of(
        cls,
        text: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        published_on: date | None = None,
        url: str | None = None,
        id: str | None = None,
    ) -> Report:
        """A report from its body and metadata.

        Where `text` already begins with `title`, the title is not repeated.  Without
        an `id`, the id is the first 16 hexadecimal digits of the content hash.
        """
        whole, body_start = _with_title(text, title)
        report_id = id or content_hash(whole, publisher, published_on, url)[:16]
        return cls(report_id, whole, title, publisher, published_on, url, body_start)


def _with_title(text: str, title: str | None) -> tuple[str, int]:
    if not title or not title.strip():
        return text, 0
    heading = title.strip()
    if text.lstrip().startswith(heading):
        end = text.index(heading) + len(heading)
        return text, end + len(text[end:]) - len(text[end:].lstrip())
    return f"{heading}\n\n{text}", len(heading) + 2


def content_hash(text: str, publisher: str | None, published_on: date | None, url: str | None) -> str:
    """SHA-256, in hexadecimal, of an unambiguous encoding of a report's content."""
    parts = [text, publisher, published_on.isoformat() if published_on else None, url]
    encoded = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(encoded.encode("ascii")).hexdigest()


@dataclass(frozen=True, slots=True)
class EventDate:
    """When: first and last day, both inclusive; `start` without `end` is still going on."""

    start: date | None
    end: date | None
    precision: DatePrecision
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One gazetteer entry that a name may mean, with its score (0 to 1)."""

    name: str
    country_code: str | None
    adm1: str | None
    adm2: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the words of the text, resolved as far as the gazetteer goes.

    `precision_code` is UCDP's `where_prec` (1 exact place, 2 near it, 3 second-order
    unit, 4 first-order unit, 5 a line or a fuzzy area, 6 country, 7 international
    waters); None where nothing is known.  Coordinates are WGS 84 degrees.
    """

    name: str | None
    country_code: str | None
    adm1: str | None = None
    adm2: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision_code: int | None = None
    score: float | None = None
    alternatives: tuple[PlaceCandidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: a group or authority as the report names it.

    `registry_id` is its key in the list of actors, None for one that is not there.
    `parent_id` is the key of the actor that it is a part or a faction of.  `backed_by` are
    the countries (alpha-2 codes) and actors (names) that the report says back it, which is
    not the same as `country_code`.  `identifiers` are its keys in other lists ("ucdp:303").
    """

    name: str
    registry_id: str | None = None
    country_code: str | None = None
    evidence: tuple[Evidence, ...] = ()
    kind: ActorKind | None = None
    parent_id: str | None = None
    backed_by: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weapon:
    """With what, in the words of the report."""

    name: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says so.  `name` is None exactly where `is_anonymous`."""

    name: str | None
    role: str | None
    is_anonymous: bool
    affiliation: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Toll:
    """How many were harmed: one row a harm and category of an event.

    A row with three Nones says that people were harmed and not how many.
    """

    harm: Harm
    category: Category
    low: int | None
    best: int | None
    high: int | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportedEvent:
    """One report's account of one event."""

    id: str
    is_main: bool
    event_type: EventType
    when: EventDate
    where: Place
    perpetrators: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    tolls: tuple[Toll, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one speaker.

    `quote` is the evidence: the words of the statement.  `actor` is whom it is about:
    the responsible, the accused, the denier, the holder, the one who commits.
    """

    event_id: str | None
    kind: ClaimKind
    speaker: Speaker
    quote: Evidence
    actor: Actor | None = None
    harm: Harm | None = None
    category: Category | None = None
    low: int | None = None
    high: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a party undertook to do, and by when (ISO date, month or year)."""

    by: str
    text: str
    deadline: str | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """A deal, a ceasefire or talks.  `agreed_on` is an ISO date, month or year."""

    name: str
    parties: tuple[str, ...]
    agreed_on: str | None
    precision: DatePrecision
    commitments: tuple[Commitment, ...]
    quote: Evidence


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure over a period that somebody asserts.

    `percent` and `value` are as told; `since` is an ISO date, month or year.
    """

    measure: str
    change: Change | None
    percent: float | None
    value: int | None
    since: str | None
    speaker: str | None
    quote: Evidence


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that a reader could not settle, such as a weekday without a date."""

    code: str
    message: str
    start_char: int | None = None
    end_char: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader makes of one report."""

    report: Report
    reader: str
    events: tuple[ReportedEvent, ...] = ()
    claims: tuple[Claim, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    issues: tuple[Issue, ...] = field(default=())

    def quote(self, evidence: Evidence) -> str:
        """The words that a piece of evidence points at."""
        return self.report.text[evidence.start_char : evidence.end_char]
