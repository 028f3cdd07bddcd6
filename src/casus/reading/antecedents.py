"""Whom "killed them all" means: the people whom the same speaker numbered before.  Rule `toll.antecedent`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casus.model import Evidence
from casus.reading.attribution import Statement
from casus.reading.figures import Figure
from casus.reading.mentions import HarmMention
from casus.reading.people import Group
from casus.reading.sentences import AnnotatedSentence

_THEM = frozenset(("them", "they", "all", "both"))


def figures_meant(
    annotated: AnnotatedSentence,
    statement: Statement,
    harms: Sequence[HarmMention],
    earlier: Sequence[AnnotatedSentence],
) -> list[Figure]:
    """The figures of a statement's "them all", by the number that its speaker gave in the same paragraph.

    `earlier` are the sentences before, the nearest last.  "Them" without "all" may be some
    of them, and gives no figure.
    """
    found = []
    for harm in harms:
        if not statement.covers(harm.trigger) or not _means_all(annotated, harm):
            continue
        meant = next(_numbered_before(annotated, statement, earlier), None)
        if meant is not None:
            found.append(_figure(harm, *meant))
    return found


def _means_all(annotated: AnnotatedSentence, harm: HarmMention) -> bool:
    """True for "killed them all", "all of them were shot", "they were all shot"."""
    if not any(group.pronoun in _THEM for group in harm.groups):
        return False
    return "all" in annotated.sentence.words[max(0, harm.trigger - 4) : harm.trigger + 4]


def _numbered_before(
    annotated: AnnotatedSentence, statement: Statement, earlier: Sequence[AnnotatedSentence]
) -> Iterator[tuple[AnnotatedSentence, Group]]:
    """The people whom the speakers of a statement numbered in the paragraph, the latest first."""
    voices = {voice.key for voice in statement.voices}
    for before in reversed(earlier):
        if before.sentence.paragraph != annotated.sentence.paragraph:
            return
        for said in before.statements:
            if not voices & {voice.key for voice in said.voices}:
                continue
            for token in reversed(list(before.sentence.doc)):
                group = (
                    before.reader.group_at(token) if said.covers(token.i) and token.pos_ == "NOUN" else None
                )
                if (
                    group is not None
                    and group.quantity is not None
                    and group.is_people
                    and group.best is not None
                ):
                    yield before, group


def _figure(harm: HarmMention, annotated: AnnotatedSentence, group: Group) -> Figure:
    return Figure(
        harm.harm,
        group.category,
        group.low,
        group.best,
        group.high,
        annotated.sentence.index,
        trigger=harm.trigger,
        head=group.head,
        evidence=Evidence(*annotated.sentence.chars(group.start, group.end), "toll.antecedent"),
        voice=None,
        name=group.name,
    )
