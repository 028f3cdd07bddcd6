"""Whom a pronoun for the harmed means: the last people before it who fit and are nobody's speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from casus.reading.attribution import Statement
from casus.reading.groups import PhraseReader
from casus.reading.incidents import Incident
from casus.reading.marks import Marks
from casus.reading.parties import Party, target_at
from casus.reading.people import Group
from casus.reading.sentences import AnnotatedSentence

_MANY = frozenset({"they", "them", "all", "those", "both"})
_ONE = frozenset({"he", "him", "she", "her"})
_SENTENCES_BACK = 2


def party_meant(group: Group, incident: Incident, body: Sequence[AnnotatedSentence]) -> Party | None:
    """The party that a group's pronoun means; None where none before it fits."""
    if group.pronoun not in _MANY | _ONE:
        return None
    own = _fitting(
        group.pronoun,
        list(incident.sentence.doc[: group.start]),
        incident.reader,
        incident.marks,
        incident.statements,
    )
    return next((party for party in (*own, *_before(group.pronoun, incident, body))), None)


def _before(pronoun: str, incident: Incident, body: Sequence[AnnotatedSentence]) -> Iterator[Party]:
    index = incident.sentence.index
    for annotated in reversed(body):
        if index - _SENTENCES_BACK <= annotated.sentence.index < index:
            tokens = list(annotated.sentence.doc)
            yield from _fitting(pronoun, tokens, annotated.reader, annotated.marks, annotated.statements)


def _fitting(
    pronoun: str,
    tokens: Sequence[Token],
    reader: PhraseReader,
    marks: Marks,
    statements: Sequence[Statement],
) -> Iterator[Party]:
    """The people that a pronoun may mean, the nearest before it first."""
    for token in reversed(tokens):
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "nmod", "amod"):
            continue
        group = reader.group_at(token)
        if group is None or not group.is_people or group.pronoun is not None or _speaks(token, statements):
            continue
        if (group.value == 1) is (pronoun in _ONE):
            party = target_at(token, reader, marks)
            if party is not None:
                yield party


def _speaks(token: Token, statements: Sequence[Statement]) -> bool:
    return any(s.speaker_start <= token.i < s.speaker_end for s in statements)
