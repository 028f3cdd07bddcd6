"""Which dates and places of a sentence belong to which of its words of harm and act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from casus.reading.attribution import Statement
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.resolving.dates import DateKind, DateMention, Relation
from casus.resolving.places import PlaceMention

_REPORT_REACH = 9  # tokens between a verb of saying and its date
_SINCE_REACH = 16  # tokens between "since" and a word of its clause
_UP_TREE = 12
_NOT_WHEN = (DateKind.PERIOD, DateKind.DATELINE, DateKind.TIME)
_CLAUSE_MARKS = frozenset({";", "but", "while", "whereas", ":"})
_TAKING = frozenset({"take", "abduct", "kidnap", "seize", "snatch", "drag"})
_HEARERS = frozenset({"reporter", "journalist", "agency", "conference"})


def dates_of(
    sentence: Sentence, marks: Marks, triggers: list[int], statements: Sequence[Statement]
) -> list[tuple[int, DateMention]]:
    """The dates that say when something happened, each with the trigger token that it belongs to."""
    found: list[tuple[int, DateMention]] = []
    for first, end, mention in marks.dates:
        if mention.kind in _NOT_WHEN and mention.start is None:
            continue
        since = _since(sentence, first, end, mention, triggers)
        if since is not None:
            found += since
        elif mention.relation in (Relation.SINCE, Relation.UNTIL, Relation.BY) or mention.is_future:
            continue
        elif in_since_clause(sentence, first):
            after = [t for t in triggers if first - 12 < t and in_since_clause(sentence, t)]
            found += [(after[0], mention)] if after else []
        elif not (
            _is_reporting_date(sentence, first, end, statements, triggers)
            or _dates_another(sentence, end, triggers)
        ):
            found.append((_trigger_for(sentence, first, triggers), mention))
    return found


def _since(
    sentence: Sentence, first: int, end: int, mention: DateMention, triggers: list[int]
) -> list[tuple[int, DateMention]] | None:
    """The date of "since Monday's raid", "held since May", "since August 29, when"; None for any other."""
    if mention.relation is not Relation.SINCE:
        return None
    doc = sentence.doc
    near = next((t for t in triggers if end <= t <= end + 2 and doc[t].pos_ == "NOUN"), None)
    if near is not None:
        return [(near, replace(mention, relation=Relation.ON))]
    head = doc[first].head
    if head.i in triggers and head.lemma_ == "hold":
        return [(head.i, replace(mention, relation=Relation.ON))]
    if "when" in sentence.words[end : end + 2]:
        after = [t for t in triggers if t >= end]
        return [(after[0], replace(mention, relation=Relation.ON))] if after else []
    return None


def in_since_clause(sentence: Sentence, token: int) -> bool:
    """True for a word after "since" in its clause: "since the war broke out on April 15"."""
    words = sentence.words
    for i in range(token, max(-1, token - _SINCE_REACH), -1):
        if words[i] in (",", ";") and i < token:
            return False
        if words[i] == "since":
            return True
    return False


def said_on(
    sentence: Sentence, marks: Marks, triggers: list[int], statements: Sequence[Statement]
) -> DateMention | None:
    """The date of saying, where a sentence tells one."""
    dated = (
        mention
        for first, end, mention in marks.dates
        if mention.start is not None and _is_reporting_date(sentence, first, end, statements, triggers)
    )
    return next(dated, None)


def _is_reporting_date(
    sentence: Sentence, first: int, end: int, statements: Sequence[Statement], triggers: list[int]
) -> bool:
    """True for the date on which somebody said something: "said on Monday", "on Saturday officials said"."""
    doc = sentence.doc
    for statement in statements:
        verb = statement.verb
        if verb in triggers:
            continue
        between = doc[verb + 1 : first]
        if 0 <= first - verb <= _REPORT_REACH and not any(
            _ends_report(t) or t.i in triggers for t in between
        ):
            return True
        is_before_speaker = statement.rule == "said.verb" and 0 <= statement.speaker_start - end <= 1
        if is_before_speaker and first <= 2 and all(t > end for t in triggers):
            return True
    return False


def _ends_report(token: Token) -> bool:
    """True for a word after which a date is what is told, not when it was told."""
    return token.lower_ in ("that", "when", "after", "as", ",") or (
        token.pos_ in ("VERB", "AUX") and token.dep_ not in ("acl", "amod")
    )


def _dates_another(sentence: Sentence, end: int, triggers: list[int]) -> bool:
    """True for "the site of last week's car bomb": the date of a thing named in passing."""
    words = sentence.words
    if end >= len(words) or words[end] != "'s":
        return False
    owned = sentence.doc[end - 1].head
    return owned.i > end and owned.i not in triggers


def places_of(
    sentence: Sentence, marks: Marks, triggers: list[int], statements: Sequence[Statement]
) -> list[tuple[int, PlaceMention]]:
    """The places where something happened, each with the trigger token that it belongs to."""
    return [
        (_trigger_for(sentence, first, triggers), mention)
        for first, end, mention in marks.places
        if mention.kind != "demonym"
        and not any(i in marks.actors for i in range(first, end))
        and not _in_speaker(first, statements)
        and not _is_origin(sentence, first)
        and not _where_said(sentence, first, statements)
    ]


def _where_said(sentence: Sentence, token: int, statements: Sequence[Statement]) -> bool:
    """True for the place of saying: "told reporters in Colombo", "said from the capital"."""
    word = _name_head(sentence, token, ("compound", "amod", "nmod", "poss", "appos"), any_side=True)
    if word.dep_ != "pobj" or word.head.lower_ not in ("in", "at", "from", "near", "outside"):
        return False
    holder = word.head.head
    verbs = {s.verb for s in statements}
    is_heard = holder.dep_ in ("dobj", "dative") and holder.lemma_.lower() in _HEARERS
    return holder.i in verbs or (is_heard and holder.head.i in verbs)


def _is_origin(sentence: Sentence, token: int) -> bool:
    """True for where something or somebody came from: "launched from X", "refugees from X"."""
    word = _name_head(sentence, token, ("compound", "amod", "nmod", "poss"), any_side=False)
    return word.dep_ == "pobj" and word.head.lower_ == "from" and word.head.head.lemma_.lower() not in _TAKING


def _name_head(sentence: Sentence, token: int, links: tuple[str, ...], *, any_side: bool) -> Token:
    word: Token = sentence.doc[token]
    while word.dep_ in links and word.head.i != word.i and (any_side or word.head.i > word.i):
        word = word.head
    return word


def _in_speaker(token: int, statements: Sequence[Statement]) -> bool:
    return any(s.speaker_start <= token < s.speaker_end and not s.covers(token) for s in statements)


def _trigger_for(sentence: Sentence, token: int, triggers: list[int]) -> int:
    """The trigger that a word belongs to: its nearest ancestor, else the nearest in the text."""
    for current in _ancestors(sentence.doc[token]):
        if current.i in triggers:
            return current.i
        below = [
            t for t in triggers if sentence.doc[t].head.i == current.i and current.pos_ not in ("VERB", "AUX")
        ]
        if below and current.head.i != current.i:
            return below[0]
    first, end = _clause(sentence, token)
    inside = [t for t in triggers if first <= t < end]
    return min(inside or triggers, key=lambda t: (abs(t - token), t > token))


def _ancestors(token: Token) -> Iterator[Token]:
    """A word and those above it, up to the root."""
    for _ in range(_UP_TREE):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _clause(sentence: Sentence, token: int) -> tuple[int, int]:
    """The tokens around a token between clause marks: semicolons, colons, "but", "while"."""
    words = sentence.words
    start = end = token
    while start > 0 and words[start - 1] not in _CLAUSE_MARKS:
        start -= 1
    while end < len(words) and words[end] not in _CLAUSE_MARKS:
        end += 1
    return start, end
