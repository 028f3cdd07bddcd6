"""Places that a sentence does not name again: "the town", "there", "in the same district", "the next day".

Rules, by name:

`place.again`    a noun or "there" that stands for a place named before, "here" for that of the dateline
`place.carried`  nothing of the kind: the place of the sentences before, in the same paragraph
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from casus.model import Evidence, Place
from casus.reading.attribution import Statement
from casus.reading.incidents import Incident
from casus.reading.parsing import Sentence
from casus.reading.placing import LOCAL_KINDS, scene_places
from casus.reading.sentences import AnnotatedSentence, Annotation
from casus.resolving.places import PlaceKind, PlaceMention
from casus.resolving.places.chains import in_sentence
from casus.resolving.places.vocabulary import words_beside

_TOWNS = frozenset({PlaceKind.SETTLEMENT, PlaceKind.UNKNOWN})
_DETERMINERS = frozenset({"the", "this", "that", "same"})
_APART = frozenset({"elsewhere", "separate", "separately", "another", "other", "meanwhile", "nationwide"})
_REACH = 2  # sentences over which a place is carried within a paragraph


@dataclass(frozen=True, slots=True, eq=False)
class Antecedent:
    """A place named before and the words that stand for it now."""

    mention: PlaceMention
    evidence: Evidence
    is_wider: bool = False  # only the unit that the place lies in is meant

    def place(self) -> Place:
        """The place, or the first-order unit of it where that is meant."""
        found = self.mention.place
        if self.is_wider:
            found = Place(
                found.adm1, found.country_code, found.adm1, precision_code=4, evidence=found.evidence
            )
        return replace(found, evidence=(*found.evidence, self.evidence))


def place_again(incident: Incident, annotation: Annotation) -> Antecedent | None:
    """The place for which a noun or "there" stands in an incident's sentence, the nearest one that fits."""
    doc = incident.sentence.doc
    same = {a.trigger for a in incident.acts if any(t.lower_ == "same" for t in doc[a.trigger].lefts)}
    return _referent(incident.sentence, incident.statements, annotation, same)


def _referent(
    sentence: Sentence,
    statements: Sequence[Statement],
    annotation: Annotation,
    same: Collection[int] = (),
) -> Antecedent | None:
    """The place that the first word of a sentence stands for; `same` are its words for "the same battle"."""
    meant = _stand_ins(sentence) | dict.fromkeys(same, LOCAL_KINDS)
    for i, kinds in sorted(meant.items()):
        if _is_spoken(i, statements):
            continue
        evidence = Evidence(*sentence.chars(i, i + 1), "place.again")
        if _is_here(sentence.doc[i]) and annotation.dateline is not None:
            return Antecedent(_without_capitals(annotation.dateline), evidence)
        for _, mention in _named_before(sentence, annotation):
            if mention.kind in kinds:
                return Antecedent(mention, evidence)
            if PlaceKind.ADM1 in kinds and mention.kind in LOCAL_KINDS and mention.place.adm1:
                return Antecedent(mention, evidence, is_wider=True)
    return None


def _is_here(token: Token) -> bool:
    """True for "here" and "this town": where the reporter writes from."""
    return token.lower_ == "here" or any(t.lower_ == "this" for t in token.lefts)


def _without_capitals(dateline: PlaceMention) -> PlaceMention:
    """The place of writing with its name as it would stand in a sentence: "GULU" is Gulu."""
    name = dateline.place.name
    return replace(dateline, place=replace(dateline.place, name=name and in_sentence(name)))


def place_carried(incident: Incident, annotation: Annotation) -> Antecedent | None:
    """The place of the sentences just before, in the paragraph of an incident that tells none."""
    sentence = incident.sentence
    if _APART & set(sentence.words):
        return None
    near = [
        (earlier, mention)
        for earlier, mention in _named_before(sentence, annotation)
        if earlier.paragraph == sentence.paragraph and sentence.index - earlier.index <= _REACH
        if mention.kind in LOCAL_KINDS
    ]
    if not near:
        return None
    towns = [mention for _, mention in near if mention.kind in _TOWNS]
    evidence = Evidence(*sentence.chars(0, 1), "place.carried")
    return Antecedent((towns or [near[0][1]])[0], evidence)


def _named_before(sentence: Sentence, annotation: Annotation) -> Iterator[tuple[Sentence, PlaceMention]]:
    """The places where earlier sentences play, the last first; within one sentence the first named first."""
    for annotated in reversed(annotation.sentences):
        if annotated.sentence.index >= sentence.index:
            continue
        told = _scene(annotated)
        for mention in told:
            yield annotated.sentence, mention
        if not any(mention.kind in _TOWNS for mention in told):
            meant = _referent(annotated.sentence, annotated.statements, annotation)
            if meant is not None and not meant.is_wider:
                yield annotated.sentence, meant.mention


def _scene(annotated: AnnotatedSentence) -> list[PlaceMention]:
    told = [mention for incident in annotated.incidents for _, mention in incident.places]
    if told:
        return told
    return [p for _, p in scene_places(annotated.sentence, annotated.marks, (), annotated.statements)]


@functools.lru_cache(maxsize=256)  # each sentence is asked for by all that come after
def _stand_ins(sentence: Sentence) -> dict[int, frozenset[PlaceKind]]:
    """The words of a sentence that may stand for a place, with the kinds of place."""
    return {token.i: kinds for token in sentence.tokens if (kinds := _meant(token)) is not None}


def _meant(token: Token) -> frozenset[PlaceKind] | None:
    """The kinds of place that a word may stand for; None where it stands for none."""
    if token.lower_ in ("there", "here"):
        return LOCAL_KINDS if token.dep_ == "advmod" else None
    lemma = token.lemma_.lower()
    is_one = token.tag_ == "NN" or token.lower_ == "waters"
    is_known = token.pos_ == "NOUN" and is_one and token.dep_ not in ("compound", "amod", "appos", "attr")
    if not is_known or not any(t.lower_ in _DETERMINERS for t in token.lefts):
        return None
    if any(t.dep_ == "prep" and t.lower_ == "of" for t in token.rights) and not _is_here(token):
        return None
    for role, kinds in _KINDS_BY_ROLE:
        if lemma in words_beside(role):
            return kinds
    return None


_KINDS_BY_ROLE = (
    ("again_town", _TOWNS),
    ("again_adm2", frozenset({PlaceKind.ADM2, PlaceKind.SETTLEMENT})),
    ("again_adm1", frozenset({PlaceKind.ADM1})),
    ("again_feature", frozenset({PlaceKind.FEATURE, PlaceKind.REGION})),
    ("again_spot", LOCAL_KINDS),
)


def _is_spoken(token: int, statements: Sequence[Statement]) -> bool:
    """True inside the words for a speaker: "the town's mayor said"."""
    return any(s.speaker_start <= token < s.speaker_end and not s.covers(token) for s in statements)
