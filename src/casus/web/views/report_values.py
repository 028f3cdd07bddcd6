"""What was read in a report, value by value, with the words and rules that each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casus.casebook.browsing.records import ReportRecord
from casus.casebook.claim_fields import fields_of
from casus.casebook.records import Told
from casus.exports.redacting import RedactedText
from casus.model import Claim, ClaimKind, Evidence
from casus.output.wording import claim_words, speaker_words, statistic_words, words_of
from casus.web.rendering import Shown
from casus.web.views.comparison import toll_in_words
from casus.web.views.evidence import MarkKind, Span

_CLAIM_MARKS = {
    ClaimKind.TOLL: MarkKind.TOLL,
    ClaimKind.RESPONSIBILITY: MarkKind.BLAME,
    ClaimKind.ACCUSATION: MarkKind.BLAME,
    ClaimKind.DENIAL: MarkKind.BLAME,
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was read: its number on the page, what it is called, and what it says.

    `spans` are in the text as it is shown, with the rules that read them; `claim` is the number
    of the claim that it is, and `fields` what its form is filled in with.
    """

    number: int
    kind: MarkKind
    label: str
    words: str
    spans: tuple[tuple[int, int, str], ...]
    claim: int | None = None
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def is_by_hand(self) -> bool:
        """Whether a person added it."""
        return self.claim is not None and self.claim < 0


@dataclass(frozen=True, slots=True)
class AccountValues:
    """An account in a report, the event that it belongs to, and its values."""

    key: str
    event: str
    told: Told
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class ReportValues:
    """All values of a report: of its accounts, and beside them."""

    accounts: tuple[AccountValues, ...]
    others: tuple[Value, ...]

    @property
    def all(self) -> tuple[Value, ...]:
        """All of them."""
        return (*(value for account in self.accounts for value in account.values), *self.others)

    def spans(self) -> Iterable[Span]:
        """The spans of all values, to mark in the text."""
        return (
            Span(start, end, value.kind, value.number) for value in self.all for start, end, _ in value.spans
        )


def values_of(
    record: ReportRecord, told: Sequence[tuple[str, Told]], text: RedactedText, shown: Shown
) -> ReportValues:
    """The values of a report; `told` are its accounts, as people have them, each with its event."""
    maker = _Maker(text, shown)
    accounts = tuple(AccountValues(one.key, event, one, tuple(maker.of_account(one))) for event, one in told)
    return ReportValues(accounts, tuple(maker.beside(record)))


@dataclass(slots=True)
class _Maker:
    text: RedactedText
    shown: Shown
    made: int = 0

    def value(
        self,
        kind: MarkKind,
        label: str,
        words: str,
        evidence: Iterable[Evidence],
        *,
        claim: int | None = None,
        fields: dict[str, object] | None = None,
    ) -> Value:
        self.made += 1
        pieces = dict.fromkeys((piece.start_char, piece.end_char, piece.rule) for piece in evidence)
        spans = tuple((*self.text.span(start, end), rule) for start, end, rule in pieces)
        return Value(self.made, kind, label, words, spans, claim, fields or {})

    def of_account(self, one: Told) -> Iterable[Value]:
        event = one.event
        when, where = event.when, event.where
        yield self.value(MarkKind.EVENT, "what", words_of(event.event_type), event.evidence)
        if when.start is not None or when.end is not None:
            yield self.value(MarkKind.DATE, "when", self.shown.days(when.start, when.end), when.evidence)
        if where.name is not None or where.country_code is not None:
            names = dict.fromkeys(name for name in (where.name, where.adm1, where.country_code) if name)
            yield self.value(MarkKind.PLACE, "where", ", ".join(names), where.evidence)
        for actor in event.perpetrators:
            yield self.value(MarkKind.PERPETRATOR, "who did it", actor.name, actor.evidence)
        for actor in event.targets:
            yield self.value(MarkKind.TARGET, "against whom", actor.name, actor.evidence)
        for weapon in event.weapons:
            yield self.value(MarkKind.WEAPON, "with what", weapon.name, weapon.evidence)
        for row in event.tolls:
            words = toll_in_words(self.shown, row)
            yield self.value(MarkKind.TOLL, words_of(row.harm), words, row.evidence)
        for number, claim in one.claims:
            yield self.claim(number, claim)

    def claim(self, number: int, claim: Claim) -> Value:
        said = claim_words(claim)
        words = f"{speaker_words(claim.speaker)}{f': {said}' if said else ''}"
        kind = _CLAIM_MARKS.get(claim.kind, MarkKind.CLAIM)
        label = f"claim: {words_of(claim.kind)}"
        fields = fields_of(claim)
        return self.value(kind, label, words, [claim.quote], claim=number, fields=fields)

    def beside(self, record: ReportRecord) -> Iterable[Value]:
        """What belongs to no account: claims about none, agreements, statistics, issues."""
        keys = {told.key for told in record.events}
        for here in record.claims:
            if here.key is None or here.key not in keys:
                words = speaker_words(here.claim.speaker)
                said = claim_words(here.claim)
                label = f"claim: {words_of(here.claim.kind)}"
                words = f"{words}: {said}" if said else words
                yield self.value(MarkKind.CLAIM, label, words, [here.claim.quote])
        for _, agreement in record.agreements:
            words = (
                f"{agreement.name} ({', '.join(agreement.parties)})" if agreement.parties else agreement.name
            )
            evidence = [agreement.quote, *(e for c in agreement.commitments for e in c.evidence)]
            yield self.value(MarkKind.AGREEMENT, "agreement", words, evidence)
        for _, statistic in record.statistics:
            words = f"{statistic.measure}: {statistic_words(statistic)}"
            yield self.value(MarkKind.STATISTIC, "statistic", words, [statistic.quote])
        for issue in record.issues:
            has_words = issue.start_char is not None and issue.end_char is not None
            where = [Evidence(issue.start_char or 0, issue.end_char or 0, issue.code)] if has_words else []
            yield self.value(MarkKind.ISSUE, "not settled", issue.message, where)
