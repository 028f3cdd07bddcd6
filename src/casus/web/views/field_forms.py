"""The fields of an event that can be corrected, with what they and the accounts say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casus.casebook.correcting import FIELDS, field_value
from casus.casebook.decision_wording import value_words
from casus.casebook.reconciling import reconcile
from casus.casebook.records import Event, Grade, Told
from casus.model import EventType
from casus.output.wording import words_of
from casus.web.views.history import field_label

PRECISIONS = (
    ("1", "1: the exact place"),
    ("2", "2: near it, within some 25 km"),
    ("3", "3: a second-order unit"),
    ("4", "4: a first-order unit"),
    ("5", "5: a line or a fuzzy area"),
    ("6", "6: the country"),
    ("7", "7: international waters or air"),
)
_HINTS = {
    "country": "Two letters of ISO 3166-1, such as NE.",
    "perpetrators": "Several names with a semicolon between them.",
    "targets": "Several names with a semicolon between them.",
    "latitude": "Degrees from -90 to 90.",
    "longitude": "Degrees from -180 to 180.",
}


@dataclass(frozen=True, slots=True)
class Saying:
    """What one source says in a field."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field: what the event says, what its accounts come to together, and what each says.

    `control` is text, date, number or select; `choices` are those of a select.
    """

    name: str
    label: str
    now: str
    computed: str
    control: str
    choices: tuple[tuple[str, str], ...]
    hint: str
    said: tuple[Saying, ...]


def field_forms(event: Event, told: Sequence[Told]) -> tuple[FieldForm, ...]:
    """The forms of all fields, and of the figures of all tolls that the event has."""
    computed = reconcile(event.id, told)
    alone = [(one.report.source, reconcile(event.id, [one])) for one in told]
    rows = [f"{row.harm}.{row.category}" for row in event.tolls]
    figures = [f"{row}.{figure}" for row in rows for figure in ("low", "best", "high")]
    return tuple(_form(field, event, computed, alone) for field in (*FIELDS, *figures))


def _form(field: str, event: Event, computed: Event, alone: Sequence[tuple[str, Event]]) -> FieldForm:
    control, choices = _control(field)
    said = {} if field == "grade" else _said(field, alone)
    return FieldForm(
        field,
        _label(field),
        as_typed(field_value(event, field)),
        as_typed(field_value(computed, field)),
        control,
        choices,
        _HINTS.get(field, ""),
        tuple(Saying(source, text) for source, text in said),
    )


def _said(field: str, alone: Iterable[tuple[str, Event]]) -> dict[tuple[str, str], None]:
    values = ((source, as_typed(field_value(event, field))) for source, event in alone)
    return dict.fromkeys((source, text) for source, text in values if text)


def _label(field: str) -> str:
    label = field_label(field)
    return label[0].upper() + label[1:]


def as_typed(value: object) -> str:
    """A value as a person types it; unknown is nothing."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else value_words(value)


def _control(field: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if field == "type":
        return "select", tuple((str(one), words_of(one)) for one in EventType)
    if field == "grade":
        return "select", tuple((str(one), str(one)) for one in Grade)
    if field == "precision":
        return "select", PRECISIONS
    if field in ("start", "end"):
        return "date", ()
    return ("number" if "." in field else "text"), ()
