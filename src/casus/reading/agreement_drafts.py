"""Agreements while a report is being read: their kinds, and which mentions mean the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from casus.model import Commitment, DatePrecision, Evidence


class AgreementKind(StrEnum):
    """Whether fighting stops, something else is agreed, or the parties only talk."""

    TRUCE = "truce"
    DEAL = "deal"
    TALKS = "talks"


class Standing(StrEnum):
    """Whether the noun names an agreement by itself, or only with its parties or date."""

    FIRM = "firm"
    LOOSE = "loose"


@dataclass(slots=True, eq=False)
class AgreementDraft:
    """An agreement while the report is being read."""

    name: str
    kind: AgreementKind
    standing: Standing
    parties: list[str]
    when: str | None
    precision: DatePrecision
    quote: Evidence
    sentence: int
    is_definite: bool
    commitments: list[Commitment] = field(default_factory=list)


def is_told_enough(draft: AgreementDraft) -> bool:
    """True for two parties, for one with a date or a commitment, and for a firm noun with a date."""
    if len(draft.parties) >= 2:
        return True
    told = draft.when is not None or bool(draft.commitments)
    return told and (bool(draft.parties) or draft.standing is Standing.FIRM)


def merged(drafts: list[AgreementDraft], new: AgreementDraft) -> AgreementDraft:
    """The agreement told of before that a new mention means, made fuller; else the new one, kept."""
    old = next((d for d in reversed(drafts) if _is_same(d, new)), None)
    if old is None:
        drafts.append(new)
        return new
    if len(old.parties) < 2:
        old.parties += [p for p in new.parties if p not in old.parties]
    if old.when is None and new.when is not None:
        old.when, old.precision = new.when, new.precision
        old.quote = new.quote if new.parties else old.quote
    if new.standing is Standing.FIRM:
        old.standing = Standing.FIRM
    old.sentence = new.sentence
    return old


def _is_same(old: AgreementDraft, new: AgreementDraft) -> bool:
    talks = AgreementKind.TALKS
    if (old.kind is talks) != (new.kind is talks):
        return False
    if old.when and new.when and not (old.when.startswith(new.when) or new.when.startswith(old.when)):
        return False
    shared = {p.lower() for p in old.parties} & {p.lower() for p in new.parties}
    if shared and (len(shared) == len(new.parties) or len(shared) == len(old.parties)):
        return True
    return new.is_definite and not (old.parties and new.parties)
