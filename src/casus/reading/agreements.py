"""Agreements: deals, ceasefires and talks, with parties, date and what was undertaken.

Rules, by name:

`agreement.named`      a noun of agreement (`knowledge/agreements.tsv`) with its parties or its date
`agreement.commitment` what a party agreed, undertook or has to do under it (`commitments.py`)
"""

from __future__ import annotations

from collections.abc import Sequence

from casus.model import Agreement, Commitment
from casus.reading.agreement_drafts import AgreementDraft, is_told_enough, merged
from casus.reading.agreement_mentions import drafts_in
from casus.reading.commitments import commitments_in
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.reading.party_names import BOTH, main_sides, party_names

_REACH = 2  # sentences after an agreement in which "the parties pledged" still speaks of it


def find_agreements(
    sentences: Sequence[tuple[Sentence, Marks]], *, has_events: bool
) -> tuple[Agreement, ...]:
    """The agreements of a report, in the order of the text; the same one told twice is one.

    A report without events has only agreements whose parties it names: a truce between
    shops or sportsmen is none.
    """
    drafts: list[AgreementDraft] = []
    sides = main_sides(sentences)
    for sentence, marks in sentences:
        if sentence.is_title:
            continue
        names = party_names(marks)
        here: list[AgreementDraft] = []
        for draft in drafts_in(sentence, marks, names, sides):
            here.append(merged(drafts, draft))
        current = here[-1] if here else _in_reach(drafts, sentence)
        if current is not None:
            known = [p for p in current.parties if p != BOTH] or list(sides)
            found = commitments_in(
                sentence, marks, names, parties=known, agreed_on=current.when, is_named=bool(here)
            )
            _commit(current, found, sentence)
    return tuple(_agreement(d) for d in drafts if is_told_enough(d) and (has_events or d.parties))


def _commit(draft: AgreementDraft, found: Sequence[Commitment], sentence: Sentence) -> None:
    """Add commitments; who takes one on is a party."""
    if not found:
        return
    draft.commitments += found
    draft.sentence = sentence.index
    if not draft.parties:
        draft.parties = list(dict.fromkeys(name for c in found for name in c.by.split(" and ")))


def _in_reach(drafts: Sequence[AgreementDraft], sentence: Sentence) -> AgreementDraft | None:
    last = max(drafts, key=lambda d: d.sentence, default=None)
    return last if last is not None and sentence.index - last.sentence <= _REACH else None


def _agreement(draft: AgreementDraft) -> Agreement:
    return Agreement(
        draft.name, tuple(draft.parties), draft.when, draft.precision, tuple(draft.commitments), draft.quote
    )
