"""Who makes an agreement, and when: what hangs on its noun and on the verbs of making beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from casus.reading.clauses import is_passive, subject_of
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence, child
from casus.reading.party_names import parties_of
from casus.reading.word_classes import WordClass, is_a
from casus.resolving.dates import DateKind, DateMention, Relation

_LATER = (Relation.BY, Relation.UNTIL, Relation.BEFORE)
_BROKERED = ("broker", "mediate", "negotiate")
_MOVES = ("be", "walk", "withdraw", "pull", "come")  # "a truce is between", "walked out of the talks"


def makers_of(noun: Token, names: Mapping[int, str]) -> list[str]:
    """Those of "between A and B", "with B", "the A-B truce", and who signed, declared or broke it."""
    found: list[str] = []
    for link in noun.children:
        if link.dep_ == "prep" and link.lower_ in ("between", "with", "of", "by") and link.i > noun.i:
            inner = child(link, "pobj")
            found += parties_of(inner, names) if inner is not None else []
    found += [names[t.i] for t in noun.lefts if t.i in names]
    for verb, role in _verbs_of(noun):
        found += _doers(verb, role, names)
    return list(dict.fromkeys(found))


def _verbs_of(noun: Token) -> list[tuple[Token, str]]:
    """The verbs of making that a noun hangs on or that hang on it, each with the noun's role."""
    found: list[tuple[Token, str]] = []
    for clause in noun.rights:
        if clause.dep_ in ("relcl", "acl") and is_a(clause.lemma_.lower(), WordClass.MADE):
            found.append((clause, "made" if is_passive(clause) else "object"))
    verb = noun.head
    while verb.pos_ in ("ADP", "ADV") and verb.head.i != verb.i:
        verb = verb.head
    takes_part = noun.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "attr") and verb.pos_ in ("VERB", "AUX")
    if takes_part and (is_a(verb.lemma_.lower(), WordClass.MADE) or verb.lemma_ in _MOVES):
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
        ties = link.dep_ == "prep" and link.lower_ in ("between", "with")
        if ties and (link.head is verb or role == "subject"):
            inner = child(link, "pobj")
            if inner is not None and not any(c.lower_ == "as" for c in inner.rights):
                doers += parties_of(inner, names)
    return doers


def _subject(verb: Token) -> Token | None:
    """Who does a verb of making, over "accused each other of having broken" too."""
    if verb.dep_ == "pcomp" and verb.head.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head.head)
    return subject_of(verb)


def date_of(sentence: Sentence, marks: Marks, noun: Token) -> DateMention | None:
    """The date of an agreement: one that belongs to its noun or a verb of making, never that of its end."""
    holders = [noun.i, *(verb.i for verb, _ in _verbs_of(noun))]
    verb = noun.head
    if verb.pos_ in ("VERB", "AUX") and (
        is_a(verb.lemma_.lower(), WordClass.MADE) or verb.lemma_ in _BROKERED
    ):
        holders.append(verb.i)
    heads = {sentence.doc[i].head.i for i in holders}
    for first, end, mention in marks.dates:
        if _can_date(mention) and not heads.isdisjoint(range(first, end)):
            return mention
    return date_on(sentence, marks, holders)


def date_on(sentence: Sentence, marks: Marks, holders: Sequence[int]) -> DateMention | None:
    """The first date that hangs on one of some nouns and verbs, given by their tokens."""
    dated = ((first, end, mention) for first, end, mention in marks.dates if _can_date(mention))
    return next((m for first, end, m in dated if _hangs_on(sentence, (first, end), holders)), None)


def _can_date(mention: DateMention) -> bool:
    return (
        mention.start is not None
        and mention.kind not in (DateKind.DATELINE, DateKind.PERIOD)
        and mention.relation not in _LATER
        and not mention.is_future
    )


def _hangs_on(sentence: Sentence, date: tuple[int, int], holders: Sequence[int]) -> bool:
    """True where a date (its tokens) hangs on one of `holders` and does not tell of an end."""
    first, end = date
    token = sentence.doc[end - 1]
    for _ in range(8):
        if token.i in holders and not is_a(token.lemma_.lower(), WordClass.LAPSED):
            return True
        verb = not first <= token.i < end and token.pos_ in ("VERB", "AUX") and token.dep_ != "aux"
        if verb and not (token.dep_ == "conj" and is_a(token.lemma_.lower(), WordClass.TAKES_EFFECT)):
            return False
        if token.head.i == token.i:
            return False
        token = token.head
    return False
