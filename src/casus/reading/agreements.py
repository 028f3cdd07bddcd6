"""Agreements: deals, ceasefires and talks, with parties, date and what was undertaken.

Rules, by name:

`agreement.named`      a noun of agreement with its parties or its date
`agreement.commitment` what a party agreed, undertook or has to do under it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from casus.model import Agreement, Commitment, DatePrecision, Evidence
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence, child
from casus.resolving.dates import DateKind, DateMention, Relation, month_or_day_iso

_NOUNS = {
    "truce",
    "ceasefire",
    "cease-fire",
    "deal",
    "accord",
    "agreement",
    "pact",
    "memorandum",
    "treaty",
    "talk",
    "negotiation",
    "armistice",
    "settlement",
    "protocol",
    "swap",
}
_MADE = {
    "sign",
    "reach",
    "agree",
    "conclude",
    "strike",
    "declare",
    "announce",
    "broker",
    "start",
    "begin",
    "hold",
    "negotiate",
    "arrange",
    "take",
    "come",
    "make",
    "seal",
    "mediate",
    "break",
    "open",
    "meet",
    "initial",
    "accept",
    "renew",
    "extend",
    "end",
    "honour",
    "violate",
}
_FIRM = {"truce", "ceasefire", "cease-fire", "accord", "pact", "memorandum", "treaty", "armistice"}


@dataclass(slots=True, eq=False)
class _Draft:
    name: str
    noun: str
    parties: list[str]
    when: str | None
    precision: DatePrecision
    quote: Evidence
    commitments: list[Commitment] = field(default_factory=list)
    sentence: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class PartyNames:
    """Names of the parties at tokens of a sentence: actors, countries and seats of government."""

    names: Mapping[int, str]


def find_agreements(sentences: Sequence[tuple[Sentence, Marks, Mapping[int, str]]]) -> tuple[Agreement, ...]:
    """The agreements of a report, in the order of the text; the same one told twice is one."""
    drafts: list[_Draft] = []
    for sentence, marks, names in sentences:
        if sentence.is_title:
            continue
        for draft in _in_sentence(sentence, marks, names):
            _merge(drafts, draft)
        _commitments(sentence, marks, names, drafts)
    return tuple(
        Agreement(d.name, tuple(d.parties), d.when, d.precision, tuple(d.commitments), d.quote)
        for d in drafts
        if len(d.parties) >= 2 or (d.parties and d.commitments) or (d.parties and d.when and d.noun in _FIRM)
    )


def _in_sentence(sentence: Sentence, marks: Marks, names: Mapping[int, str]) -> list[_Draft]:
    found = []
    for token in sentence.doc:
        noun = _noun_of(token)
        if noun is None or token.dep_ == "compound":
            continue
        date = _date_of(sentence, marks, token)
        parties = _parties(sentence, token, names)
        if not parties and date is None:
            continue
        if not parties and not _is_made(token):
            continue
        when, precision = (
            (month_or_day_iso(date), date.precision) if date is not None else (None, DatePrecision.UNKNOWN)
        )
        start, end = _phrase(token)
        quote = Evidence(*sentence.chars(start, end), "agreement.named")
        found.append(
            _Draft(_name(sentence, token), noun, parties, when, precision, quote, sentence=sentence.index)
        )
    return found


def _noun_of(token: Token) -> str | None:
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = token.lemma_.lower()
    if lemma in _NOUNS:
        return lemma
    if lemma == "fire" and token.i >= 2 and token.doc[token.i - 2].lower_ == "cease":
        return "ceasefire"
    return None


def _is_made(token: Token) -> bool:
    current = token
    for _ in range(4):
        if current.lemma_.lower() in _MADE:
            return True
        if any(c.lemma_.lower() in _MADE for c in current.children):
            return True
        current = current.head
    return False


def _phrase(token: Token) -> tuple[int, int]:
    edges = [t.i for t in token.subtree]
    start = min(edges, default=token.i)
    return start, min(max(edges, default=token.i) + 1, start + 40)


def _name(sentence: Sentence, token: Token) -> str:
    start = token.i
    while (
        start > 0
        and sentence.doc[start - 1].pos_ in ("ADJ", "PROPN", "NOUN", "NUM")
        and sentence.doc[start - 1].dep_ in ("amod", "compound", "nmod", "nummod", "punct")
    ):
        start -= 1
    return sentence.text(start, token.i + 1)


def _date_of(sentence: Sentence, marks: Marks, token: Token) -> DateMention | None:
    best: tuple[int, DateMention] | None = None
    for first, _, mention in marks.dates:
        if (
            mention.start is None
            or mention.kind is DateKind.DATELINE
            or mention.relation in (Relation.BY, Relation.UNTIL, Relation.BEFORE)
            or mention.is_future
        ):
            continue
        distance = abs(first - token.i) + (4 if first < token.i else 0)
        if distance < 16 and (best is None or distance < best[0]):
            best = (distance, mention)
    return best[1] if best is not None else None


def _parties(sentence: Sentence, token: Token, names: Mapping[int, str]) -> list[str]:
    """ "between A and B", "with B" and the doer of "signed"."""
    found: list[str] = []
    within = {t.i for t in token.subtree}
    for i in sorted(within):
        if i in names and i > token.i:
            found.append(names[i])
    verb = token
    for _ in range(4):
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            break
    if verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in _MADE:
        subject = child(verb, "nsubj", "nsubjpass")
        agent = child(verb, "agent")
        for noun in (subject, child(agent, "pobj") if agent is not None else None, *_with(verb)):
            if noun is not None and noun.i != token.i and noun.i not in within:
                found += [names[t.i] for t in noun.subtree if t.i in names]
    for t in token.lefts:
        found += [names[s.i] for s in t.subtree if s.i in names]
    return list(dict.fromkeys(found))


def _with(verb: Token) -> list[Token | None]:
    return [child(c, "pobj") for c in verb.children if c.dep_ == "prep" and c.lower_ in ("with", "between")]


def _merge(drafts: list[_Draft], new: _Draft) -> None:
    kinds = {"talk": "talks", "negotiation": "talks"}
    for old in drafts:
        same_kind = kinds.get(old.noun, "deal") == kinds.get(new.noun, "deal")
        shared = {p.lower() for p in old.parties} & {p.lower() for p in new.parties}
        dates_fit = (
            old.when is None
            or new.when is None
            or old.when.startswith(new.when)
            or new.when.startswith(old.when)
        )
        if same_kind and dates_fit and (shared or not new.parties or not old.parties):
            old.parties += [p for p in new.parties if p not in old.parties] if len(old.parties) < 2 else []
            if old.when is None and new.when is not None:
                old.when, old.precision = new.when, new.precision
            return
    drafts.append(new)


_UNDERTAKES = {"agree", "undertake", "promise", "pledge", "commit", "oblige", "accept", "vow"}


def _commitments(sentence: Sentence, marks: Marks, names: Mapping[int, str], drafts: list[_Draft]) -> None:
    """What a party agreed or has to do, given to the agreement that the text speaks of."""
    if not drafts:
        return
    words = sentence.words
    under = any(
        n in " ".join(words)
        for n in (
            "under the deal",
            "under the agreement",
            "under the accord",
            "under the truce",
            "according to which",
            "under which",
            "under the pact",
            "under it",
        )
    )
    near = drafts[-1] if sentence.index - drafts[-1].sentence <= 2 else None
    if near is None:
        return
    for token in sentence.doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        subject = child(token, "nsubj", "nsubjpass")
        if subject is None:
            continue
        by = next((names[t.i] for t in subject.subtree if t.i in names), None) or (
            subject.doc[subject.left_edge.i : subject.i + 1].text if under else None
        )
        if by is None:
            continue
        if token.lemma_.lower() in _UNDERTAKES:
            content = child(token, "xcomp", "ccomp")
            if content is not None:
                near.commitments.append(_commitment(sentence, marks, by, content))
        elif (
            under
            and any(
                c.lower_ in ("would", "will", "must", "is", "are", "were", "was")
                for c in token.lefts
                if c.dep_ in ("aux", "auxpass")
            )
            and token.dep_ in ("relcl", "ROOT", "ccomp", "conj")
        ):
            near.commitments.append(_commitment(sentence, marks, by, token))


def _commitment(sentence: Sentence, marks: Marks, by: str, content: Token) -> Commitment:
    edges = [t.i for t in content.subtree]
    start = content.i
    end = max(edges) + 1
    while end - start > 1 and sentence.doc[end - 1].is_punct:
        end -= 1
    deadline = next(
        (
            month_or_day_iso(m)
            for f, _, m in marks.dates
            if start <= f < end
            and m.start is not None
            and (m.relation in (Relation.BY, Relation.UNTIL, Relation.BEFORE) or m.is_future)
        ),
        None,
    )
    return Commitment(
        by,
        sentence.text(start, end),
        deadline,
        (Evidence(*sentence.chars(start, end), "agreement.commitment"),),
    )
