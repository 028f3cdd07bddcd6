"""Which date in a sentence is that of which of its events, and which only tells when something was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from casus.reading.attaching import trigger_for
from casus.reading.attribution import Statement
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.resolving.dates import DateKind, DateMention, Relation


def event_dates(
    sentence: Sentence, marks: Marks, triggers: list[int], statements: Sequence[Statement]
) -> list[tuple[int, DateMention]]:
    found = []
    for first, end, mention in marks.dates:
        if mention.kind in (DateKind.PERIOD, DateKind.DATELINE, DateKind.TIME) and mention.start is None:
            continue
        if mention.relation is Relation.SINCE and any(
            end <= t <= end + 2 and sentence.doc[t].pos_ == "NOUN" for t in triggers
        ):
            found.append((next(t for t in triggers if t >= end), replace(mention, relation=Relation.ON)))
            continue
        if (
            mention.relation is Relation.SINCE
            and sentence.doc[first].head.i in triggers
            and sentence.doc[first].head.lemma_ == "hold"
        ):
            found.append((sentence.doc[first].head.i, replace(mention, relation=Relation.ON)))
            continue
        if mention.relation is Relation.SINCE and _when_follows(sentence, end):
            after = [t for t in triggers if t >= end]
            if after:
                found.append((after[0], replace(mention, relation=Relation.ON)))
            continue
        if mention.relation in (Relation.SINCE, Relation.UNTIL, Relation.BY) or mention.is_future:
            continue
        if in_since_clause(sentence, first):
            after = [t for t in triggers if first - 12 < t and in_since_clause(sentence, t)]
            found += [(after[0], mention)] if after else []
            continue
        if (
            _is_reporting_date(sentence, first, end, statements, triggers)
            or _dates_another(sentence, end, triggers)
            or _in_other_clause(sentence, first, triggers)
        ):
            continue
        found.append((trigger_for(sentence, first, triggers), mention))
    return found


def in_since_clause(sentence: Sentence, token: int) -> bool:
    """True for a word after "since" in its clause: "since the war broke out on April 15", "since gunmen swept through"."""
    words = sentence.words
    for i in range(token, max(-1, token - 16), -1):
        if words[i] in (",", ";") and i < token:
            return False
        if words[i] == "since":
            return True
    return False


def _when_follows(sentence: Sentence, end: int) -> bool:
    """True for "the worst attack since August 29, when …": the date of another event."""
    return "when" in sentence.words[end : end + 2]


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
        if 0 <= first - verb <= 9 and not any(_ends_report(t) or t.i in triggers for t in between):
            return True
        if (
            statement.rule == "said.verb"
            and 0 <= statement.speaker_start - end <= 1
            and first <= 2
            and all(t > end for t in triggers)
        ):
            return True
    return False


def _dates_another(sentence: Sentence, end: int, triggers: list[int]) -> bool:
    """True for "the site of last week's car bomb": the date of a thing named in passing."""
    words = sentence.words
    if end >= len(words) or words[end] != "'s":
        return False
    owned = sentence.doc[end - 1].head
    return owned.i > end and owned.i not in triggers


def _in_other_clause(sentence: Sentence, token: int, triggers: list[int]) -> bool:
    """True for the date of a relative clause that tells something else: "whose office published it on Monday"."""
    verb: Token = sentence.doc[token]
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if verb.dep_ != "relcl" or verb.i in triggers:
        return False
    inside = {t.i for t in verb.subtree}
    opens = next((t.lower_ for t in verb.subtree if t.tag_ in ("WP", "WDT", "WP$", "WRB")), "")
    return opens in ("who", "which", "whose") and not inside & set(triggers)


def said_date(
    sentence: Sentence, marks: Marks, triggers: list[int], statements: Sequence[Statement]
) -> DateMention | None:
    """The date of saying, where a sentence tells one."""
    return next(
        (
            m
            for first, end, m in marks.dates
            if m.start is not None and _is_reporting_date(sentence, first, end, statements, triggers)
        ),
        None,
    )


def _ends_report(token: Token) -> bool:
    """True for a word after which a date is what is told, not when it was told."""
    return token.lower_ in ("that", "when", "after", "as", ",") or (
        token.pos_ in ("VERB", "AUX") and token.dep_ not in ("acl", "amod")
    )
