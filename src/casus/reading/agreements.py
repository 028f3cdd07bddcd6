"""Agreements: deals, ceasefires and talks, with parties, date and what was undertaken.

Rules, by name:

`agreement.named`      a noun of agreement (`knowledge/agreements.tsv`) with its parties or its date
`agreement.commitment` what a party agreed, undertook or has to do under it (`commitments.py`)
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from spacy.tokens import Token

from casus.knowledge import read_table
from casus.model import Agreement, Commitment, DatePrecision, Evidence
from casus.reading.clauses import is_passive, subject_of
from casus.reading.commitments import commitments_in
from casus.reading.marks import Marks
from casus.reading.noun_phrases import phrase_start
from casus.reading.parsing import Sentence, child
from casus.reading.party_names import BOTH, main_sides, parties_of, party_names
from casus.reading.phrase_tables import PhraseTable
from casus.reading.realis import is_negated
from casus.reading.word_classes import WordClass, is_a
from casus.resolving.dates import DateKind, DateMention, Relation, month_or_day_iso

COLUMNS = ("noun", "kind", "standing")
_LATER = (Relation.BY, Relation.UNTIL, Relation.BEFORE)
_REACH = 2  # sentences after an agreement in which "the parties pledged" still speaks of it


class AgreementKind(StrEnum):
    """Whether fighting stops, something else is agreed, or the parties only talk."""

    TRUCE = "truce"
    DEAL = "deal"
    TALKS = "talks"


class Standing(StrEnum):
    """Whether the noun names an agreement by itself, or only with its parties or date."""

    FIRM = "firm"
    LOOSE = "loose"


@functools.cache
def _table() -> PhraseTable[tuple[AgreementKind, Standing]]:
    return PhraseTable.of(
        (row.text("noun"), (row.choice("kind", AgreementKind), row.choice("standing", Standing)))
        for row in read_table("agreements.tsv", COLUMNS)
    )


@dataclass(slots=True, eq=False)
class _Draft:
    """An agreement while the report is being read."""

    name: str
    kind: AgreementKind
    standing: Standing
    parties: list[str]
    when: str | None
    precision: DatePrecision
    quote: Evidence
    sentence: int
    is_definite: bool
    commitments: list[Commitment] = field(default_factory=list)


def find_agreements(
    sentences: Sequence[tuple[Sentence, Marks]], *, has_events: bool
) -> tuple[Agreement, ...]:
    """The agreements of a report, in the order of the text; the same one told twice is one.

    A report without events has only agreements whose parties it names: a truce between
    shops or sportsmen is none.
    """
    drafts: list[_Draft] = []
    sides = main_sides(sentences)
    for sentence, marks in sentences:
        if sentence.is_title:
            continue
        names = party_names(marks)
        here: list[_Draft] = []
        for draft in _in_sentence(sentence, marks, names, sides):
            here.append(_merged(drafts, draft))
        current = here[-1] if here else _in_reach(drafts, sentence)
        if current is not None:
            known = [p for p in current.parties if p != BOTH] or list(sides)
            found = commitments_in(
                sentence, marks, names, parties=known, agreed_on=current.when, is_named=bool(here)
            )
            _commit(current, found, sentence)
    return tuple(_agreement(d) for d in drafts if _is_agreement(d) and (has_events or d.parties))


def _commit(draft: _Draft, found: Sequence[Commitment], sentence: Sentence) -> None:
    """Add commitments; who takes one on is a party."""
    if not found:
        return
    draft.commitments += found
    draft.sentence = sentence.index
    if not draft.parties:
        draft.parties = list(dict.fromkeys(name for c in found for name in c.by.split(" and ")))


def _in_reach(drafts: Sequence[_Draft], sentence: Sentence) -> _Draft | None:
    last = max(drafts, key=lambda d: d.sentence, default=None)
    return last if last is not None and sentence.index - last.sentence <= _REACH else None


def _agreement(draft: _Draft) -> Agreement:
    return Agreement(
        draft.name, tuple(draft.parties), draft.when, draft.precision, tuple(draft.commitments), draft.quote
    )


def _is_agreement(draft: _Draft) -> bool:
    """True for two parties, for one with a date or a commitment, and for a firm noun with a date."""
    if len(draft.parties) >= 2:
        return True
    told = draft.when is not None or bool(draft.commitments)
    return told and (bool(draft.parties) or draft.standing is Standing.FIRM)


# -- one sentence


def _in_sentence(
    sentence: Sentence, marks: Marks, names: Mapping[int, str], sides: tuple[str, ...]
) -> list[_Draft]:
    found = []
    doc = sentence.doc
    for _, end, (kind, standing) in _table().find(doc, [(0, len(doc))]):
        noun = doc[end - 1]
        if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ == "compound" or _is_fiction(noun):
            continue
        parties = _parties(noun, names)
        if BOTH in parties:
            parties = list(dict.fromkeys(p for name in parties for p in (sides if name == BOTH else (name,))))
        date = _date_of(sentence, marks, noun)
        when, precision = None, DatePrecision.UNKNOWN
        if date is not None:
            when, precision = month_or_day_iso(date), date.precision
        if not parties and when is None and standing is Standing.LOOSE:
            continue
        first = phrase_start(noun)
        found.append(
            _Draft(
                sentence.text(_first_of_name(doc[first]), end),
                kind,
                standing,
                parties,
                when,
                precision,
                _quote(sentence, noun),
                sentence.index,
                is_definite=doc[first].lower_ in ("the", "this", "that", "its", "their", "these"),
            )
        )
    return found or _undertaken_together(sentence, marks, names, sides)


def _undertaken_together(
    sentence: Sentence, marks: Marks, names: Mapping[int, str], sides: tuple[str, ...]
) -> list[_Draft]:
    """Reads "in May the neighbours pledged to hold their fire": an agreement without its noun."""
    for verb in sentence.doc:
        if not is_a(verb.lemma_.lower(), WordClass.UNDERTAKES) or verb.pos_ != "VERB" or is_negated(verb):
            continue
        subject = child(verb, "nsubj")
        deed = next(
            (c for c in verb.rights if c.dep_ in ("xcomp", "ccomp") and c.pos_ in ("VERB", "AUX")), None
        )
        if subject is None or deed is None:
            continue
        parties = parties_of(subject, names)
        if BOTH in parties:
            parties = list(sides)
        if len(parties) < 2:
            continue
        dates = [(first, end, d) for first, end, d in marks.dates if _can_date(d)]
        date = next(
            (d for first, end, d in dates if _holder(sentence, first, end, [verb.i]) is not None), None
        )
        return [
            _Draft(
                f"agreement to {sentence.text(deed.i, min(deed.right_edge.i + 1, deed.i + 6))}",
                AgreementKind.DEAL,
                Standing.LOOSE,
                parties,
                month_or_day_iso(date) if date is not None else None,
                date.precision if date is not None else DatePrecision.UNKNOWN,
                _quote(sentence, verb),
                sentence.index,
                is_definite=False,
            )
        ]
    return []


def _is_fiction(noun: Token) -> bool:
    """True for "no deal", "a possible truce", "calls for a ceasefire", "without an agreement"."""
    if any(c.lower_ in ("no", "any", "possible", "future", "proposed") for c in noun.lefts):
        return True
    for clause in noun.rights:
        if clause.dep_ == "relcl" and any(
            c.lower_ in ("should", "would", "could", "might") for c in clause.lefts
        ):
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


# -- parties


def _parties(noun: Token, names: Mapping[int, str]) -> list[str]:
    """Those of "between A and B", "with B", "the A-B truce", and who signed, declared or broke it."""
    found: list[str] = []
    for link in noun.children:
        if link.dep_ == "prep" and link.lower_ in ("between", "with", "of", "by") and link.i > noun.i:
            inner = child(link, "pobj")
            found += parties_of(inner, names) if inner is not None else []
    found += [names[t.i] for t in noun.lefts if t.i in names]
    for verb, role in _verbs_at(noun):
        found += _doers(verb, role, names)
    return list(dict.fromkeys(found))


def _verbs_at(noun: Token) -> list[tuple[Token, str]]:
    """The verbs of making that a noun hangs on or that hang on it, each with the noun's role."""
    found: list[tuple[Token, str]] = []
    for clause in noun.rights:
        if clause.dep_ in ("relcl", "acl") and is_a(clause.lemma_.lower(), WordClass.MADE):
            found.append((clause, "made" if is_passive(clause) else "object"))
    verb = noun.head
    while verb.pos_ in ("ADP", "ADV") and verb.head.i != verb.i:
        verb = verb.head
    if noun.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "attr") and verb.pos_ in ("VERB", "AUX"):
        made = is_a(verb.lemma_.lower(), WordClass.MADE) or verb.lemma_ in (
            "be",
            "walk",
            "withdraw",
            "pull",
            "come",
        )
        if made:
            found.append((verb, "object" if noun.dep_ in ("dobj", "pobj") else "subject"))
    return found


def _doers(verb: Token, role: str, names: Mapping[int, str]) -> list[str]:
    """Who makes an agreement by a verb; those who only help others to it are left out."""
    nouns: list[Token | None] = []
    if role == "object":
        nouns.append(_subject(verb))
    agent = child(verb, "agent")
    if agent is not None:
        nouns.append(child(agent, "pobj"))
    doers = [name for noun in nouns if noun is not None for name in parties_of(noun, names)]
    if is_a(verb.lemma_.lower(), WordClass.MEDIATED) and len(doers) < 2:
        doers = []
    for link in verb.subtree:
        if (
            link.dep_ == "prep"
            and link.lower_ in ("between", "with")
            and (link.head is verb or role == "subject")
        ):
            inner = child(link, "pobj")
            if inner is not None and not any(c.lower_ == "as" for c in inner.rights):
                doers += parties_of(inner, names)
    return doers


def _subject(verb: Token) -> Token | None:
    """Who does a verb of making, over "accused each other of having broken" too."""
    if verb.dep_ == "pcomp" and verb.head.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head.head)
    return subject_of(verb)


# -- dates


def _date_of(sentence: Sentence, marks: Marks, noun: Token) -> DateMention | None:
    """The date of an agreement: one that belongs to its noun or a verb of making, never that of its end."""
    holders = [noun.i, *(verb.i for verb, _ in _verbs_at(noun))]
    if noun.head.pos_ in ("VERB", "AUX") and is_a(noun.head.lemma_.lower(), WordClass.MADE):
        holders.append(noun.head.i)
    dated = [(first, end, d) for first, end, d in marks.dates if _can_date(d)]
    told_when = [d for first, end, d in dated for i in holders if first <= sentence.doc[i].head.i < end]
    if told_when:
        return told_when[0]
    best = [d for first, end, d in dated if _holder(sentence, first, end, holders) is not None]
    return best[0] if best else None


def _can_date(mention: DateMention) -> bool:
    return (
        mention.start is not None
        and mention.kind not in (DateKind.DATELINE, DateKind.PERIOD)
        and mention.relation not in _LATER
        and not mention.is_future
    )


def _holder(sentence: Sentence, first: int, end: int, holders: Sequence[int]) -> int | None:
    """The noun or verb that a date hangs on, where it is one of `holders` and does not tell of an end."""
    token = sentence.doc[end - 1]
    for _ in range(8):
        if token.i in holders and not is_a(token.lemma_.lower(), WordClass.LAPSED):
            return token.i
        verb = token.i not in range(first, end) and token.pos_ in ("VERB", "AUX") and token.dep_ != "aux"
        if verb and not (token.dep_ == "conj" and is_a(token.lemma_.lower(), WordClass.TAKES_EFFECT)):
            return None
        if token.head.i == token.i:
            return None
        token = token.head
    return None


# -- the same agreement


def _merged(drafts: list[_Draft], new: _Draft) -> _Draft:
    """The agreement told of before that a new mention means, made fuller; else the new one, kept."""
    old = next((d for d in reversed(drafts) if _is_same(d, new)), None)
    if old is None:
        drafts.append(new)
        return new
    if len(old.parties) < 2:
        old.parties += [p for p in new.parties if p not in old.parties]
    if old.when is None and new.when is not None:
        old.when, old.precision = new.when, new.precision
        old.quote = new.quote if new.parties else old.quote
    if new.standing is Standing.FIRM:
        old.standing = Standing.FIRM
    old.sentence = new.sentence
    return old


def _is_same(old: _Draft, new: _Draft) -> bool:
    talks = AgreementKind.TALKS
    if (old.kind is talks) != (new.kind is talks):
        return False
    if old.when and new.when and not (old.when.startswith(new.when) or new.when.startswith(old.when)):
        return False
    shared = {p.lower() for p in old.parties} & {p.lower() for p in new.parties}
    if shared and (len(shared) == len(new.parties) or len(shared) == len(old.parties)):
        return True
    return new.is_definite and not (old.parties and new.parties)
