"""Who says what: each reporting word of a sentence, its speakers, and the words it covers.

Rules, by name:

`said.verb`       "police said", "said John Smith", with what stands before or after
`said.according`  "according to the ministry"
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from casus.reading.clauses import has_complement, is_passive
from casus.reading.lexicon import Lexicon
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence, child
from casus.reading.speakers import Voice, VoiceBook, phrase_of


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One attributed statement: its speakers and the tokens that it covers, as half-open ranges.

    `kind` is say, confirm, accuse, deny, responsibility or promise (`knowledge/reporting.tsv`).
    """

    sentence: int
    verb: int
    kind: str
    voices: tuple[Voice, ...]
    scope: tuple[tuple[int, int], ...]
    speaker_start: int
    speaker_end: int
    rule: str

    def covers(self, token: int) -> bool:
        """True where the token is part of what was said."""
        return any(start <= token < end for start, end in self.scope)


# Verbs that report only with a number, a clause or a quotation after them.
_ONLY_WITH_CLAUSE = {
    "find",
    "show",
    "put",
    "reply",
    "respond",
    "give",
    "speak",
    "call",
    "hear",
    "see",
    "learn",
    "list",
    "name",
    "want",
    "ask",
    "raise",
    "lower",
    "revise",
    "identify",
    "establish",
    "describe",
    "fear",
    "expect",
    "consider",
    "mention",
    "think",
    "believe",
    "quote",
    "cite",
    "demand",
    "appeal",
    "urge",
    "charge",
    "protest",
    "agree",
    "swear",
    "commit",
    "link",
    "finger",
    "pin",
    "write",
    "state",
    "record",
    "register",
    "document",
    "count",
    "calculate",
    "verify",
    "estimate",
    "announce",
    "report",
    "recall",
    "note",
    "suspect",
    "warn",
    "claim",
    "deplore",
    "dispute",
    "reject",
    "dismiss",
    "condemn",
    "undertake",
}
# Verbs whose object, not only a clause, is the statement.
_WITH_OBJECT = {
    "put",
    "count",
    "give",
    "report",
    "record",
    "document",
    "register",
    "announce",
    "accuse",
    "blame",
    "condemn",
    "denounce",
    "deny",
    "reject",
    "dismiss",
    "suspect",
    "claim",
    "confirm",
    "admit",
    "estimate",
    "list",
    "raise",
    "lower",
    "revise",
    "describe",
    "call",
    "attribute",
    "hold",
    "promise",
    "pledge",
    "vow",
    "undertake",
    "deplore",
    "dispute",
    "name",
    "recall",
    "find",
    "see",
    "acknowledge",
    "own",
    "take",
    "accept",
    "speak",
    "warn",
    "link",
    "verify",
    "agree",
    "fear",
    "expect",
    "identify",
}


def statements_of(
    sentence: Sentence, lexicon: Lexicon, book: VoiceBook, marks: Marks
) -> tuple[Statement, ...]:
    """The attributed statements of a sentence, in order.  `book` learns the voices."""
    cues: list[tuple[int, str, Token, Token, str]] = []
    for token in sentence.doc:
        kind = _reporting_kind(token, lexicon)
        if kind is not None:
            subject = _speaker_of(token)
            if subject is not None and not _can_speak(subject, lexicon, marks, book):
                subject = _first_of_speakers(_noun_before(token), lexicon)
            if subject is not None and _can_speak(subject, lexicon, marks, book):
                cues.append((token.i, kind, token, subject, "said.verb"))
        elif (
            token.lower_ == "according"
            and token.i + 1 < len(sentence.doc)
            and sentence.words[token.i + 1] == "to"
        ):
            to = sentence.doc[token.i + 1]
            subject = child(to, "pobj") or next(
                (
                    t
                    for t in sentence.doc[to.i + 1 : to.i + 8]
                    if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"
                ),
                None,
            )
            if subject is not None:
                cues.append((token.i, "say", token, subject, "said.according"))
    found: list[Statement] = []
    for number, (i, kind, token, subject, rule) in enumerate(cues):
        voices = book.voices(sentence, subject, marks)
        if not voices:
            continue
        start, end = _speaker_span(subject, token, rule)
        upper = _begin_of(cues[number + 1]) if number + 1 < len(cues) else len(sentence.doc)
        lower = found[-1].speaker_end if found else 0
        scope = _scope(
            sentence, token, subject, start, end, lower, upper, rule, is_last=number + 1 == len(cues)
        )
        found.append(Statement(sentence.index, i, kind, voices, scope, start, end, rule))
    return tuple(found)


def _begin_of(cue: tuple[int, str, Token, Token, str]) -> int:
    """Where the next statement begins: its speaker, or its verb where the speaker is shared."""
    i, _, token, subject, rule = cue
    start = _speaker_span(subject, token, rule)[0]
    return i if start < i - 15 or subject.i > i and rule == "said.verb" else min(start, i)


def _reporting_kind(token: Token, lexicon: Lexicon) -> str | None:
    if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBD", "VBN", "VBZ", "VBG"):
        return None
    lemma = token.lemma_.lower()
    for complement, kind in lexicon.reporting.get(lemma, ()):
        if complement and not has_complement(token, complement):
            continue
        if is_passive(token) and kind not in ("accuse",):
            return None
        if not complement and lemma in _ONLY_WITH_CLAUSE and not _has_content(token, lemma):
            return None
        return kind
    return None


def _has_content(token: Token, lemma: str) -> bool:
    if child(token, "ccomp") is not None:
        return True
    if lemma in _WITH_OBJECT:
        found = child(token, "dobj", "obj")
        if found is not None:
            return True
        if lemma in ("speak", "warn", "claim", "put", "report", "count", "give", "say"):
            return any(c.dep_ == "prep" and c.lower_ in ("of", "at") for c in token.children)
    return (
        any(t.lower_ == "that" and t.dep_ in ("mark", "dobj") for t in token.doc[token.i + 1 : token.i + 5])
        or any(t.text == '"' for t in token.doc[token.i + 1 : token.i + 4])
        or (token.dep_ == "ROOT" and any(c.dep_ in ("ccomp", "parataxis") for c in token.lefts))
        or (
            token.i + 1 < len(token.doc)
            and token.doc[token.i + 1].is_punct
            and token.i > 4
            and token.i + 2 >= len(token.doc)
        )
    )


def _speaker_of(token: Token) -> Token | None:
    """The subject of a reporting verb, own or shared; for "said X" the noun after it."""
    own = child(token, "nsubj")
    if own is not None:
        return own
    before = _noun_before(token)
    if before is not None and not is_passive(token) and _comma_before(before):
        return before
    if is_passive(token):
        by = child(token, "agent")
        return child(by, "pobj") if by is not None else None
    after = next(
        (
            c
            for c in token.rights
            if c.dep_ in ("nsubj", "dobj", "npadvmod", "attr", "oprd", "dep")
            and c.pos_ == "PROPN"
            and c.i <= token.i + 8
        ),
        None,
    )
    if (
        token.lower_ in ("said", "added", "reported", "announced")
        and after is not None
        and token.i
        and token.doc[token.i - 1].text in (",", '"', "'")
    ):
        return after
    if token.dep_ in ("conj", "advcl", "xcomp", "acl") and token.head.pos_ in ("VERB", "AUX"):
        subject = token.head
        for _ in range(4):
            found = child(subject, "nsubj", "nsubjpass")
            if found is not None:
                return found
            if subject.head == subject or subject.head.pos_ not in ("VERB", "AUX"):
                break
            subject = subject.head
    return _noun_before(token)


def _first_of_speakers(noun: Token | None, lexicon: Lexicon) -> Token | None:
    """The first of "residents and local media" before a reporting verb, whatever else the parse joins them to."""
    while noun is not None and noun.dep_ == "conj" and noun.head.lemma_.lower() in lexicon.speakers and noun.head.i < noun.i:
        noun = noun.head
    return noun


def _comma_before(noun: Token) -> bool:
    """True for ", a security source told": the noun phrase begins after a comma."""
    start = phrase_of(noun)[0]
    return start > 0 and noun.doc[start - 1].text in (",", '"')


def _noun_before(token: Token) -> Token | None:
    """The noun right before a reporting verb, where the parse has given the verb another subject."""
    before = token.doc[token.i - 1] if token.i else None
    if (
        before is not None
        and before.pos_ in ("NOUN", "PROPN", "PRON")
        and token.tag_ in ("VBD", "VBZ", "VBP")
        and before.dep_ in ("appos", "conj", "pobj", "ROOT", "nsubj", "dobj", "npadvmod", "compound")
    ):
        return before
    return None


_MUTE = {
    "attack",
    "blast",
    "bomb",
    "fire",
    "ambulance",
    "death",
    "violence",
    "war",
    "clash",
    "fighting",
    "victim",
    "dead",
    "body",
    "hospital_x",
    "toll",
    "incident",
    "truce",
    "crime",
    "price",
    "market",
    "shell",
    "house",
}


def _can_speak(subject: Token, lexicon: Lexicon, marks: Marks, book: VoiceBook) -> bool:
    lemma = subject.lemma_.lower()
    if subject.pos_ == "PRON":
        return subject.lower_ in ("he", "she", "it", "they", "who", "both", "we", "i", "which")
    if subject.pos_ == "PROPN" or subject.i in marks.actors:
        return True
    if subject.pos_ == "NUM" or lemma in ("one", "other", "another", "all", "both"):
        return True
    return (lemma in lexicon.speakers or lemma in lexicon.people) and lemma not in _MUTE


def _speaker_span(subject: Token, token: Token, rule: str) -> tuple[int, int]:
    """The tokens of speaker and reporting word together."""
    start, end = phrase_of(subject)
    if rule == "said.according":
        return token.i, max(end, token.i + 2)
    if subject.i > token.i:
        return token.i, max(end, subject.i + 1)
    return min(start, token.i), token.i + 1


def _scope(
    sentence: Sentence,
    token: Token,
    subject: Token,
    start: int,
    end: int,
    lower: int,
    upper: int,
    rule: str,
    *,
    is_last: bool,
) -> tuple[tuple[int, int], ...]:
    doc, words = sentence.doc, sentence.words
    last = len(doc)
    ranges: list[tuple[int, int]] = []
    before = start - 1
    while before >= 0 and doc[before].is_space:
        before -= 1
    has_comma = before >= 0 and words[before] in (",", '"', "'", "-", "--", ":", ";", "and", "but")
    left_verb = any(t.pos_ in ("VERB", "AUX") for t in doc[lower:start]) or any(
        t.text == '"' for t in doc[lower:start]
    )
    shared = rule == "said.verb" and token.dep_ == "conj" and child(token, "nsubj") is None
    if rule == "said.according":
        if left_verb or start > lower + 3:
            ranges.append((lower, start))
        if start <= 1 or not ranges or not _only_adjuncts(doc, end, upper):
            ranges.append((end, upper))
        return tuple(r for r in ranges if r[1] > r[0])
    right_content = _has_right_content(token, subject, max(end, token.i + 1), upper, doc)
    if (
        left_verb
        and has_comma
        and not shared
        and words[before] not in ("and", "but", ";", ":")
        and (not right_content or _inserted(token, lower, start, doc))
    ):
        ranges.append((lower, start))
    if right_content or not ranges:
        ranges.append((token.i, upper if not is_last else last))
    return tuple(r for r in ranges if r[1] > r[0])


def _inserted(token: Token, lower: int, start: int, doc: object) -> bool:
    """True for "X, he said, and Y": what is said goes on after the insertion."""
    return (
        any(c.dep_ in ("ccomp", "parataxis") and c.i < start for c in token.children)
        or token.dep_ in ("parataxis", "ccomp")
        or (token.i + 1 < len(token.doc) and token.doc[token.i + 1].text == ",")
    )


def _has_right_content(token: Token, subject: Token, end: int, upper: int, doc: object) -> bool:
    rights = [c for c in token.rights if c.i >= token.i + 1 and c.i != subject.i]
    if any(c.dep_ in ("ccomp", "xcomp") and c.i < upper for c in rights):
        return True
    if any(
        c.dep_ in ("dobj", "obj")
        and c.lemma_.lower() not in ("reporter", "reporters", "news", "agency")
        and c.pos_ != "PRON"
        and not _is_listener(token, c)
        for c in rights
    ):
        return True
    following = [t for t in token.doc[end:upper]]
    if any(t.lower_ == "that" and t.dep_ == "mark" for t in following[:10]):
        return True
    if (
        following
        and following[0].text in (",", ":")
        and any(t.pos_ in ("VERB", "AUX") for t in following[1:])
    ):
        return True
    return any(c.dep_ == "prep" and c.lower_ in ("of", "at") for c in rights)


def _is_listener(token: Token, noun: Token) -> bool:
    return token.lemma_.lower() == "tell"


def _only_adjuncts(doc: object, start: int, end: int) -> bool:
    return not any(t.pos_ in ("VERB", "AUX") for t in doc[start:end])  # type: ignore[index]
