"""The fields of a claim that people fill in, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from casus.errors import CasebookError
from casus.model import Actor, Category, Claim, ClaimKind, Evidence, Harm, Speaker
from casus.resolving.actors import ActorRegistry

REVIEWER_RULE = "reviewer"
"""The rule of evidence that a person marked."""

FIELDS = (
    "kind", "speaker", "role", "affiliation", "harm", "category", "low", "high", "actor", "tags",
    "start_char", "end_char",
)  # fmt: skip
_NEEDS_ACTOR = frozenset({ClaimKind.RESPONSIBILITY, ClaimKind.ACCUSATION, ClaimKind.DENIAL})

MOST_PEOPLE = 1_000_000_000
LONGEST_TEXT = 500

Choice = TypeVar("Choice", bound=StrEnum)


def fields_of(claim: Claim) -> dict[str, object]:
    """What the fields of a claim say."""
    return {
        "kind": str(claim.kind),
        "speaker": claim.speaker.name,
        "role": claim.speaker.role,
        "affiliation": claim.speaker.affiliation,
        "harm": None if claim.harm is None else str(claim.harm),
        "category": None if claim.category is None else str(claim.category),
        "low": claim.low,
        "high": claim.high,
        "actor": None if claim.actor is None else claim.actor.name,
        "tags": list(claim.tags),
        "start_char": claim.quote.start_char,
        "end_char": claim.quote.end_char,
    }


def checked_fields(given: object) -> dict[str, object]:
    """Fields as a person gave them, those that there are not refused with a `CasebookError`."""
    if not isinstance(given, Mapping):
        raise CasebookError("a claim is given by its fields: " + ", ".join(FIELDS))
    unknown = sorted(set(map(str, given)) - set(FIELDS))
    if unknown:
        raise CasebookError(f"{unknown[0]!r} is no field of a claim: use {', '.join(FIELDS)}")
    return {str(name): value for name, value in given.items()}


def decoded_claim_fields(value: object) -> dict[str, object]:
    """The fields that a decision to correct a claim changes."""
    return (
        {name: given for name, given in value.items() if name != "claim"}
        if isinstance(value, Mapping)
        else {}
    )


def new_claim(given: object, text_length: int) -> Claim:
    """The claim that some fields give, in a report of so many characters; raises `CasebookError`."""
    fields = checked_fields(given)
    for name in ("kind", "start_char", "end_char"):
        if fields.get(name) is None:
            raise CasebookError(f"a claim needs its {name}: mark the words that it stands in")
    speaker = Speaker(None, None, is_anonymous=True)
    quote = Evidence(0, text_length, REVIEWER_RULE)
    return checked_claim(Claim(None, ClaimKind.CIRCUMSTANCE, speaker, quote), fields, text_length)


def checked_claim(claim: Claim, fields: Mapping[str, object], text_length: int) -> Claim:
    """A claim with some fields changed; raises `CasebookError` where they make no claim."""
    try:
        changed = claim_with(claim, fields)
    except (ValueError, TypeError) as error:
        raise CasebookError(f"this is no claim: {error}") from error
    quote = changed.quote
    if not 0 <= quote.start_char < quote.end_char <= text_length:
        raise CasebookError(
            f"characters {quote.start_char} to {quote.end_char} are no words of this report: mark some"
        )
    if changed.kind is ClaimKind.TOLL and changed.harm is None:
        raise CasebookError("a toll needs its harm: one of " + ", ".join(Harm))
    if changed.low is not None and changed.high is not None and changed.low > changed.high:
        raise CasebookError(f"low {changed.low} is above high {changed.high}")
    if changed.kind in _NEEDS_ACTOR and changed.actor is None:
        raise CasebookError(f"{changed.kind} needs the actor whom it is about")
    return changed


def claim_with(claim: Claim, fields: Mapping[str, object]) -> Claim:
    """A claim with some fields changed; raises ValueError or TypeError for values that none can have."""
    now = {**fields_of(claim), **fields}
    kind = _choice(ClaimKind, now["kind"]) or claim.kind
    is_toll = kind is ClaimKind.TOLL
    start, end = _count("start_char", now["start_char"]), _count("end_char", now["end_char"])
    if start is None or end is None:
        raise ValueError("mark the words that it stands in")
    marked = "start_char" in fields or "end_char" in fields
    return replace(
        claim,
        kind=kind,
        speaker=_speaker(claim.speaker, now),
        quote=Evidence(start, end, REVIEWER_RULE) if marked else claim.quote,
        actor=_actor(claim.actor, _text(now["actor"]), claim.quote),
        harm=_choice(Harm, now["harm"]) if is_toll else None,
        category=_choice(Category, now["category"]) if is_toll else None,
        low=_count("low", now["low"]) if is_toll else None,
        high=_count("high", now["high"]) if is_toll else None,
        tags=_tags(now["tags"]),
    )


def _speaker(before: Speaker, now: Mapping[str, object]) -> Speaker:
    name, role, affiliation = (_text(now[part]) for part in ("speaker", "role", "affiliation"))
    if (name, role, affiliation) == (before.name, before.role, before.affiliation):
        return before
    return replace(before, name=name, role=role, affiliation=affiliation, is_anonymous=name is None)


def _actor(before: Actor | None, name: str | None, quote: Evidence) -> Actor | None:
    if name is None:
        return None
    if before is not None and before.name == name:
        return before
    entry = ActorRegistry.load().by_name(name)
    evidence = (replace(quote, rule=REVIEWER_RULE),)
    if entry is None:
        return Actor(name, None, None, evidence)
    return Actor(
        name, entry.id, entry.country_code, evidence, entry.kind, entry.parent_id, (), entry.identifiers
    )


def _choice(choices: type[Choice], value: object) -> Choice | None:
    text = _text(value)
    if text is None:
        return None
    try:
        return choices(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is none of {', '.join(choices)}") from error


def _count(name: str, value: object) -> int | None:
    text = _text(value)
    if text is None:
        return None
    try:
        number = int(text.replace(",", ""))
    except ValueError as error:
        raise ValueError(f"{text!r} is no {name}: give a whole number") from error
    if number < 0:
        raise ValueError(f"{name} can't be below 0")
    if number > MOST_PEOPLE:
        raise ValueError(f"{name} is more than there are people")
    return number


def _tags(value: object) -> tuple[str, ...]:
    given = value.split(";") if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return tuple(tag for one in given if (tag := _text(one)))


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str | int):
        raise ValueError(f"{value!r} is no text")
    text = "" if value is None else str(value).strip()
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("it has characters that are none")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"give at most {LONGEST_TEXT} characters")
    return text or None
