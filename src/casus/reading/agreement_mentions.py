"""Agreements that a sentence names, or tells by what the parties undertake together."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from spacy.tokens import Token

from casus.knowledge import read_table
from casus.model import DatePrecision, Evidence
from casus.reading.agreement_drafts import AgreementDraft, AgreementKind, Standing
from casus.reading.agreement_ties import date_of, date_on, makers_of
from casus.reading.marks import Marks
from casus.reading.noun_phrases import phrase_start
from casus.reading.parsing import Sentence, child
from casus.reading.party_names import BOTH, parties_of
from casus.reading.phrase_tables import PhraseTable
from casus.reading.realis import is_negated
from casus.reading.word_classes import WordClass, is_a
from casus.resolving.dates import DateMention, month_or_day_iso

COLUMNS = ("noun", "kind", "standing")
_NOT_YET = frozenset(("must", "should", "could", "might", "may", "would"))
_DEFINITE = frozenset(("the", "this", "that", "its", "their", "these"))


@functools.cache
def _table() -> PhraseTable[tuple[AgreementKind, Standing]]:
    return PhraseTable.of(
        (row.text("noun"), (row.choice("kind", AgreementKind), row.choice("standing", Standing)))
        for row in read_table("agreements.tsv", COLUMNS)
    )


def drafts_in(
    sentence: Sentence, marks: Marks, names: Mapping[int, str], sides: tuple[str, ...]
) -> list[AgreementDraft]:
    """The agreements of a sentence.

    `names` are possible parties by token; `sides` stand for "both parties".
    """
    found = []
    doc = sentence.doc
    for _, end, (kind, standing) in _table().find(doc, [(0, len(doc))]):
        noun = doc[end - 1]
        if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ == "compound" or _is_fiction(noun):
            continue
        makers = makers_of(noun, names)
        parties = list(dict.fromkeys(p for name in makers for p in (sides if name == BOTH else (name,))))
        when, precision = _written(date_of(sentence, marks, noun))
        if not parties and when is None and standing is Standing.LOOSE:
            continue
        first = doc[phrase_start(noun)]
        found.append(
            AgreementDraft(
                sentence.text(_first_of_name(first), end),
                kind,
                standing,
                parties,
                when,
                precision,
                _quote(sentence, noun),
                sentence.index,
                is_definite=first.lower_ in _DEFINITE,
            )
        )
    return found or _undertaken_together(sentence, marks, names, sides)


def _written(mention: DateMention | None) -> tuple[str | None, DatePrecision]:
    """A date as the record has it, with its precision."""
    if mention is None:
        return None, DatePrecision.UNKNOWN
    return month_or_day_iso(mention), mention.precision


def _undertaken_together(
    sentence: Sentence, marks: Marks, names: Mapping[int, str], sides: tuple[str, ...]
) -> list[AgreementDraft]:
    """Reads "in May the neighbours pledged to hold their fire": an agreement without its noun."""
    for verb in sentence.tokens:
        if not is_a(verb.lemma_.lower(), WordClass.UNDERTAKES) or verb.pos_ != "VERB" or is_negated(verb):
            continue
        subject = child(verb, "nsubj")
        clauses = (c for c in verb.rights if c.dep_ in ("xcomp", "ccomp") and c.pos_ in ("VERB", "AUX"))
        deed = next(clauses, None)
        if subject is None or deed is None:
            continue
        makers = parties_of(subject, names)
        parties = list(sides) if BOTH in makers else makers
        if len(parties) < 2:
            continue
        when, precision = _written(date_on(sentence, marks, [verb.i]))
        return [
            AgreementDraft(
                f"agreement to {sentence.text(deed.i, min(deed.right_edge.i + 1, deed.i + 6))}",
                AgreementKind.DEAL,
                Standing.LOOSE,
                parties,
                when,
                precision,
                _quote(sentence, verb),
                sentence.index,
                is_definite=False,
            )
        ]
    return []


def _is_fiction(noun: Token) -> bool:
    """True for "no deal", "a possible truce", "calls for a ceasefire", "must first observe a truce"."""
    if any(c.lower_ in ("no", "any", "possible", "future", "proposed") for c in noun.lefts):
        return True
    for clause in noun.rights:
        if clause.dep_ == "relcl" and any(
            c.lower_ in ("should", "would", "could", "might") for c in clause.lefts
        ):
            return True
    verb = noun.head if noun.dep_ in ("dobj", "nsubjpass") else None
    if verb is not None and any(c.dep_ == "aux" and c.lower_ in _NOT_YET for c in verb.lefts):
        return True
    link = noun.head if noun.dep_ == "pobj" else None
    if link is None:
        return False
    wished = is_a(link.head.lemma_.lower(), WordClass.WISHED)
    return link.lower_ == "without" or (link.lower_ in ("for", "of") and wished)


def _first_of_name(token: Token) -> int:
    """First token of an agreement's name: "the", "a" and "their" are left out."""
    i = token.i
    while token.doc[i].pos_ in ("DET", "PRON") or token.doc[i].lower_ in ("the", "a", "an", "'s"):
        i += 1
    return i


def _quote(sentence: Sentence, noun: Token) -> Evidence:
    """The clause that tells of the agreement: its verb's, without what it hangs on; else the noun phrase."""
    verb = noun
    while verb.dep_ not in ("ROOT", "relcl", "ccomp", "advcl", "conj") and verb.head.i != verb.i:
        verb = verb.head
    edges = [t.i for t in (verb if verb.pos_ in ("VERB", "AUX") else noun).subtree]
    start, end = min(edges), max(edges) + 1
    while end - start > 1 and sentence.doc[end - 1].is_punct:
        end -= 1
    return Evidence(*sentence.chars(start, end), "agreement.named")
