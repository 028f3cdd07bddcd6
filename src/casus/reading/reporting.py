"""Words of saying and nouns for those who speak, from `knowledge/reporting.tsv` and `speakers.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casus.knowledge import read_table, require_unique

REPORTING_COLUMNS = ("lemma", "complement", "kind", "takes")
SPEAKER_COLUMNS = ("noun", "kind", "completed_by")
# The complement that stands for any noun of violence: "claimed the raid".
ANY_ACT = "<act>"


class SpeechAct(StrEnum):
    """What is done by saying something."""

    SAY = "say"
    CONFIRM = "confirm"
    ACCUSE = "accuse"
    DENY = "deny"
    RESPONSIBILITY = "responsibility"
    PROMISE = "promise"


class Takes(StrEnum):
    """What a verb must have beside it to be one of saying (see `knowledge/reporting.tsv`)."""

    ANY = "any"
    CLAUSE = "clause"
    OBJECT = "object"
    TOLL = "toll"
    NUMBER = "number"


class SpeakerKind(StrEnum):
    """What kind of speaker a noun names (see `knowledge/speakers.tsv`)."""

    ANONYMOUS = "anonymous"
    INSTITUTION = "institution"
    FIGHTERS = "fighters"
    MEDIA = "media"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class ReportingVerb:
    """A verb of saying; `complement` is "" or a word that must stand in its phrase."""

    lemma: str
    complement: str
    act: SpeechAct
    takes: Takes


@dataclass(frozen=True, slots=True)
class SpeakerNoun:
    """A noun for those who speak; `is_national` where alone it means the country's own ("the army")."""

    noun: str
    kind: SpeakerKind
    is_national: bool


def load_reporting_verbs() -> Mapping[str, tuple[ReportingVerb, ...]]:
    """The verbs of saying by lemma, those that ask for a complement first."""
    found: dict[str, list[ReportingVerb]] = defaultdict(list)
    for row in read_table("reporting.tsv", REPORTING_COLUMNS):
        verb = ReportingVerb(
            row.text("lemma"),
            row.cells["complement"],
            row.choice("kind", SpeechAct),
            row.choice("takes", Takes),
        )
        found[verb.lemma].append(verb)
    return {lemma: tuple(sorted(verbs, key=lambda v: not v.complement)) for lemma, verbs in found.items()}


def load_speaker_nouns() -> Mapping[str, SpeakerNoun]:
    """The nouns for speakers, by lemma.  Raises KnowledgeError where one stands twice."""
    rows = read_table("speakers.tsv", SPEAKER_COLUMNS)
    require_unique(rows, "noun")
    return {
        row.text("noun"): SpeakerNoun(
            row.text("noun"), row.choice("kind", SpeakerKind), row.optional("completed_by") == "nation"
        )
        for row in rows
    }
