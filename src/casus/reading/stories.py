"""A report as far as its doers are concerned: who acts in each sentence, whom it blames, who tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from casus.reading.attribution import Statement
from casus.reading.blame import blamed_in
from casus.reading.doings import Doing, doings_in
from casus.reading.drafts import EventDraft
from casus.reading.parsing import child
from casus.reading.parties import Party
from casus.reading.sentences import AnnotatedSentence, Annotation

_UNCLAIMED = re.compile(
    r"\b(?:no (?:one|group|organi[sz]ation|party|side|claims?)|nobody|neither)\b[^.]{0,40}"
    r"\b(?:claim|claimed|responsibility|owned up|admitted|acknowledged|taken)\b"
    r"|\bnot (?:been |immediately |yet )*(?:claimed|said that it was behind|taken responsibility)\b"
    r"|\bno (?:immediate )?claim of responsibility\b"
    r"|\b(?:no (?:one|group|organi[sz]ation|party|side)|nobody)\b[^.]{0,20}\bsaid\b"
    r"[^.]{0,12}\b(?:it|they|he)\b"
    r"|\b(?:stopped short of|declined to|refused to|would not)\b[^.]{0,20}\b(?:credit|responsibility|claim)",
    re.IGNORECASE,
)


_ALL_DEEDS = re.compile(
    r"\b(?:both|all (?:of )?(?:the|these)|(?:the|all) (?:two|three|four|twin)) (?:\w+ )?"
    r"(?:attacks|bombings|blasts|killings|murders|shootings|raids|assaults|ambushes|abductions|kidnappings)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """What a report tells of doers, sentence by sentence."""

    title: tuple[AnnotatedSentence, ...]
    body: tuple[AnnotatedSentence, ...]
    doings: Mapping[int, Sequence[Doing]]  # by id of the incident
    blamed: Mapping[int, Sequence[Party]]  # by index of the sentence
    eventful: frozenset[int]  # the indices of sentences that tell of an event
    unclaimed: bool  # says that nobody has owned up
    tellers: frozenset[str]  # the sides that tell of events as of others' acts

    def blamed_for(self, draft: EventDraft) -> Iterator[Party]:
        """Whom the sentences of an event blame, and those right after them that tell no other event."""
        told = {i.sentence.index for i in draft.incidents}
        is_ours = False
        for annotated in self.body:
            index = annotated.sentence.index
            is_ours = index in told or (is_ours and index not in self.eventful)
            if is_ours or (_ALL_DEEDS.search(annotated.sentence.plain_text) and index > min(told)):
                yield from self.blamed.get(index, ())

    @classmethod
    def of(cls, annotation: Annotation, drafts: Sequence[EventDraft]) -> Story:
        """The story of an annotated report."""
        title = tuple(s for s in annotation.sentences if s.sentence.is_title)
        body = tuple(s for s in annotation.sentences if not s.sentence.is_title)
        text = " ".join(s.sentence.plain_text for s in body)
        doings = doings_in([i for s in (*title, *body) for i in s.incidents])
        return cls(
            title,
            body,
            doings,
            blamed={s.sentence.index: tuple(blamed_in(s.reader, s.marks)) for s in (*title, *body)},
            eventful=frozenset(i.sentence.index for d in drafts for i in d.incidents),
            unclaimed=_UNCLAIMED.search(text) is not None,
            tellers=frozenset(_tellers(body, doings)),
        )


def _tellers(body: Sequence[AnnotatedSentence], doings: Mapping[int, Sequence[Doing]]) -> Iterator[str]:
    """The sides that tell of what others did."""
    for annotated in body:
        told = [d for i in annotated.incidents for d in doings.get(id(i), ())]
        for statement in annotated.statements:
            doers = {d.party.actor.name for d in told if statement.covers(d.trigger)}
            sides = {v.affiliation for v in statement.voices if v.affiliation is not None}
            if statement.kind in ("say", "accuse") and _covers_any(statement, annotated):
                yield from sides - doers


def _covers_any(statement: Statement, annotated: AnnotatedSentence) -> bool:
    """True where a statement tells of deeds, and not of its own losses alone: "it had lost two men"."""
    doc = annotated.sentence.doc
    return any(
        statement.covers(t) and not _is_own_loss(doc[t]) for i in annotated.incidents for t in i.triggers
    )


def _is_own_loss(verb: Token) -> bool:
    subject = child(verb, "nsubj")
    return verb.lemma_.lower() == "lose" and subject is not None and subject.pos_ == "PRON"
