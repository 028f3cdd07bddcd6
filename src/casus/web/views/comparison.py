"""The accounts of an event beside each other: one column a source, one row a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casus.casebook.blame import identity_of
from casus.casebook.records import Event, Grade, Told
from casus.casebook.tolls import total_of
from casus.exports.redacting import RedactedText
from casus.model import Actor, Category, Claim, ClaimKind, Evidence, Harm, Toll
from casus.output.wording import speaker_words, words_of
from casus.resolving.places.geodesy import distance_km
from casus.web.rendering import Shown
from casus.web.views.excerpts import Excerpt, excerpts

_FAR_KM = 30.0
_BLAME = {
    ClaimKind.RESPONSIBILITY: "claims it for",
    ClaimKind.ACCUSATION: "accuses",
    ClaimKind.DENIAL: "denies it for",
}
_OTHER = (ClaimKind.CIRCUMSTANCE, ClaimKind.CONTROL, ClaimKind.COMMITMENT)


@dataclass(frozen=True, slots=True)
class Item:
    """One value in a cell: in words, who says it, and where; `differs` from what the record has.

    `claim` is the number of the claim that it is, None for what the report tells in its own voice.
    """

    words: str
    by: str | None
    excerpts: tuple[Excerpt, ...]
    differs: bool = False
    claim: int | None = None
    is_quote: bool = False

    @property
    def is_by_hand(self) -> bool:
        """Whether a person added it."""
        return self.claim is not None and self.claim < 0


@dataclass(frozen=True, slots=True)
class Row:
    """A question, and what each column answers; `differs` where columns contradict each other."""

    name: str
    label: str
    cells: tuple[tuple[Item, ...], ...]
    differs: bool

    @property
    def items(self) -> int:
        """How many answers there are."""
        return sum(map(len, self.cells))


@dataclass(frozen=True, slots=True)
class Column:
    """One independent source: its accounts, the copies of its text left out, which `copies` lists."""

    source: str
    told: tuple[Told, ...]
    copies: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The columns, and the rows that have an answer in some."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def columns_of(told: Sequence[Told], copies: Iterable[Iterable[int]]) -> tuple[Column, ...]:
    """The columns of an event; `copies` are groups of reports, by number, with the same text."""
    group_of = {number: index for index, group in enumerate(copies) for number in group}
    own: dict[str, list[Told]] = {}
    folded: dict[str, list[Told]] = {}
    first_of: dict[tuple[str, int], int] = {}
    for one in told:
        group = group_of.get(one.report.number)
        source = one.report.source
        own.setdefault(source, [])
        if group is not None:
            first = first_of.setdefault((source, group), one.report.number)
            if first != one.report.number:
                folded.setdefault(source, []).append(one)
                continue
        own[source].append(one)
    return tuple(Column(source, tuple(some), tuple(folded.get(source, ()))) for source, some in own.items())


def compare_accounts(
    event: Event, columns: tuple[Column, ...], texts: Mapping[int, RedactedText], shown: Shown
) -> Comparison:
    """All rows of an event."""
    return Comparison(columns, tuple(_Rows(event, columns, texts, shown).all()))


@dataclass(slots=True)
class _Rows:
    event: Event
    columns: tuple[Column, ...]
    texts: Mapping[int, RedactedText]
    shown: Shown
    disputed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.disputed = frozenset(dispute.field for dispute in self.event.disputes)

    def all(self) -> Iterable[Row]:
        """The rows that say something."""
        harms = [harm for harm in Harm if any(row.harm is harm for row in self.event.tolls)]
        rows = [
            self.row("what", "What happened", self.what),
            self.row("when", "When", self.when, disputed="date"),
            self.row("where", "Where", self.where, disputed="place"),
            *(
                self.row(f"toll-{harm}", words_of(harm).capitalize(), self.toll(harm), disputed=str(harm))
                for harm in harms
            ),
            self.row("who", "Who did it", self.who, disputed="who"),
            self.row("targets", "Against whom", self.targets),
            self.row("weapons", "With what", self.weapons),
            self.row("said", "What else is said", self.other),
        ]
        return (row for row in rows if row.items)

    def row(
        self, name: str, label: str, items_of: Callable[[Told], Iterable[Item]], disputed: str = ""
    ) -> Row:
        cells = tuple(tuple(item for one in column.told for item in items_of(one)) for column in self.columns)
        return Row(name, label, cells, disputed in self.disputed or self._is_blame_contested(disputed))

    def _is_blame_contested(self, disputed: str) -> bool:
        reason = self.event.grade_reason
        is_set = any(correction.field == "grade" for correction in self.event.corrections)
        return disputed == "who" and self.event.grade is Grade.CONTESTED and bool(reason) and not is_set

    def item(
        self,
        one: Told,
        words: str,
        evidence: Iterable[Evidence],
        *,
        by: str | None = None,
        differs: bool = False,
        claim: int | None = None,
        is_quote: bool = False,
    ) -> Item:
        return Item(words, by, excerpts(one.report, self.texts, evidence), differs, claim, is_quote)

    def what(self, one: Told) -> Iterable[Item]:
        words = words_of(one.event.event_type)
        differs = one.event.event_type is not self.event.event_type
        yield self.item(one, words, one.event.evidence[:3], differs=differs)

    def when(self, one: Told) -> Iterable[Item]:
        when = one.event.when
        if when.start is None and when.end is None:
            return
        words = self.shown.days(when.start, when.end)
        if when.end is None:
            words = f"since {self.shown.day(when.start)}"
        mine = (self.event.when.start, self.event.when.end)
        differs = "date" in self.disputed and (when.start, when.end) != mine
        yield self.item(one, words, when.evidence, differs=differs)

    def where(self, one: Told) -> Iterable[Item]:
        where = one.event.where
        if where.name is None and where.country_code is None:
            return
        country = self.shown.country(where.country_code) if where.country_code else None
        names = dict.fromkeys(name for name in (where.name, where.adm1, country) if name)
        yield self.item(one, ", ".join(names), where.evidence, differs=self._is_far(one))

    def _is_far(self, one: Told) -> bool:
        a, b = one.event.where, self.event.where
        if "place" not in self.disputed or a.latitude is None or a.longitude is None:
            return False
        if b.latitude is None or b.longitude is None:
            return False
        return distance_km(a.latitude, a.longitude, b.latitude, b.longitude) > _FAR_KM

    def toll(self, harm: Harm) -> Callable[[Told], Iterable[Item]]:
        """What accounts say of one harm: their claims, and what they tell in their own voice."""

        def items(one: Told) -> Iterable[Item]:
            claims = [(n, c) for n, c in one.claims if c.kind is ClaimKind.TOLL and c.harm is harm]
            for number, claim in claims:
                words = figure_in_words(self.shown, claim.low, claim.high, claim.category)
                differs = self._other_figure(harm, claim.category, _middle(claim.low, None, claim.high))
                by = speaker_words(claim.speaker)
                yield self.item(one, words, [claim.quote], by=by, differs=differs, claim=number)
            for row in one.event.tolls:
                if row.harm is harm and not any(_counts(row, claim) for _, claim in claims):
                    words = toll_in_words(self.shown, row)
                    differs = self._other_figure(harm, row.category, _middle(row.low, row.best, row.high))
                    yield self.item(one, words, row.evidence, differs=differs)

        return items

    def _other_figure(self, harm: Harm, category: Category | None, figure: int | None) -> bool:
        if str(harm) not in self.disputed or figure is None:
            return False
        best = {total_of(self.event.tolls, harm)[1]}
        best |= {row.best for row in self.event.tolls if (row.harm, row.category) == (harm, category)}
        return figure not in best

    def who(self, one: Told) -> Iterable[Item]:
        by_claim: set[str] = set()
        for number, claim in one.claims:
            if claim.kind in _BLAME:
                about = claim.actor.name if claim.actor else "somebody"
                words = f"{_BLAME[claim.kind]} {about}"
                if claim.actor is not None and claim.kind is not ClaimKind.DENIAL:
                    by_claim.add(identity_of(claim.actor))
                yield self.item(one, words, [claim.quote], by=speaker_words(claim.speaker), claim=number)
        for actor in one.event.perpetrators:
            if identity_of(actor) not in by_claim:
                yield self.item(one, actor.name, actor.evidence)

    def targets(self, one: Told) -> Iterable[Item]:
        return self._actors(one, one.event.targets)

    def _actors(self, one: Told, actors: Iterable[Actor]) -> Iterable[Item]:
        return (self.item(one, actor.name, actor.evidence) for actor in actors)

    def weapons(self, one: Told) -> Iterable[Item]:
        return (self.item(one, weapon.name, weapon.evidence) for weapon in one.event.weapons)

    def other(self, one: Told) -> Iterable[Item]:
        text = self.texts.get(one.report.number)
        for number, claim in one.claims:
            if claim.kind in _OTHER and text is not None:
                start, end = text.span(claim.quote.start_char, claim.quote.end_char)
                words = text.text[start:end]
                by = speaker_words(claim.speaker)
                yield self.item(one, words, [claim.quote], by=by, claim=number, is_quote=True)


def figure_in_words(shown: Shown, low: int | None, high: int | None, category: Category | None) -> str:
    """A claimed figure and of whom it is."""
    return _of_whom(_span_words(shown, low, high), category)


def toll_in_words(shown: Shown, row: Toll) -> str:
    """A toll row: its best figure with the range around it, and of whom it is."""
    if row.best is None or row.best in (row.low, row.high):
        return _of_whom(_span_words(shown, row.low, row.high), row.category)
    return _of_whom(shown.spread(row.low, row.best, row.high), row.category)


def _span_words(shown: Shown, low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "number not given"
    if high is None:
        return f"at least {shown.number(low)}"
    if low is None:
        return f"up to {shown.number(high)}"
    return shown.number(low) if low == high else f"{shown.number(low)}–{shown.number(high)}"


def _of_whom(figure: str, category: Category | None) -> str:
    return figure if category in (None, Category.UNKNOWN) else f"{figure} {words_of(category)}"


def _middle(low: int | None, best: int | None, high: int | None) -> int | None:
    return best if best is not None else low if low is not None else high


def _counts(row: Toll, claim: Claim) -> bool:
    spans = {(piece.start_char, piece.end_char) for piece in row.evidence}
    return (claim.quote.start_char, claim.quote.end_char) in spans
