"""Which date in a sentence is that of which of its events, and which tells of something else.

A date is not an event's where something was said on it ("police said on Monday"), where it
belongs to another clause ("whose office published it on Monday") or to a thing named in
passing ("the site of last week's bomb"), or where it bounds a stretch ("until Friday").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from casus.model import DatePrecision
from casus.reading.attaching import trigger_for
from casus.reading.attribution import Statement
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.reading.placing import is_late_death, said_verbs
from casus.resolving.dates import DateKind, DateMention, Relation
from casus.resolving.places.vocabulary import words_beside

_SINCE_REACH = 16  # tokens from "since" to the end of its clause
_SPEECH_REACH = 9  # tokens from a verb of speech to its date
_CLAUSE_REACH = 16  # tokens from "two days after" to the event that it counts from
_AFTERMATH = frozenset({"after", "since", "because"})
_WHO = frozenset({"who", "which", "whose"})
_ENDS_REPORT = frozenset({"that", "when", "after", "as", ","})
_UNDATED_KINDS = frozenset({DateKind.PERIOD, DateKind.TIME})
_BOUNDS = frozenset({Relation.UNTIL, Relation.BY})


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of an event and the trigger that it belongs to.

    `is_direct` says that the trigger is the very word it stands with, `is_of_start` that
    something has gone on since.
    """

    trigger: int
    mention: DateMention
    is_direct: bool
    is_of_start: bool = False


def event_dates(
    sentence: Sentence, marks: Marks, triggers: Sequence[int], statements: Sequence[Statement]
) -> list[tuple[int, DateMention]]:
    """The dates of the events of a sentence, each with the trigger that it belongs to."""
    reading = _Timing(sentence, triggers, statements)
    found = [dated for first, end, m in marks.dates for dated in reading.of(first, end, m)]
    found.sort(key=lambda d: (not d.is_of_start, reading.is_loose(d)))
    direct = [d for d in found if d.is_direct and d.mention.start is not None]
    return [(d.trigger, d.mention) for d in found if d in direct or not direct or d.mention.start is None]


def scene_date(sentence: Sentence, marks: Marks, statements: Sequence[Statement]) -> DateMention | None:
    """The day on which a sentence without events of its own plays; None where it tells none."""
    reading = _Timing(sentence, (), statements)
    return next((m for first, end, m in marks.dates if reading.is_scene(first, end, m)), None)


def said_date(
    sentence: Sentence, marks: Marks, triggers: Sequence[int], statements: Sequence[Statement]
) -> DateMention | None:
    """The date of saying, where a sentence tells one."""
    reading = _Timing(sentence, triggers, statements)
    dated = [
        (first, end, m)
        for first, end, m in marks.dates
        if m.start is not None and m.kind is not DateKind.DATELINE
    ]
    return next((m for first, end, m in dated if reading.is_of_speech(first, end)), None)


class _Timing:
    """The dates of one sentence against its triggers."""

    def __init__(self, sentence: Sentence, triggers: Sequence[int], statements: Sequence[Statement]) -> None:
        self._sentence = sentence
        self._triggers = sorted(triggers)
        self._statements = statements

    def of(self, first: int, end: int, mention: DateMention) -> Iterator[Dated]:
        """The events that a date dates: at most one."""
        if mention.kind is DateKind.DATELINE or (mention.kind in _UNDATED_KINDS and mention.start is None):
            return
        owner = self._owner(end)
        if owner is not None:
            yield from self._owned(owner, mention)
            return
        if mention.relation is Relation.SINCE:
            yield from self._since(first, end, mention)
        elif mention.relation in _BOUNDS or mention.is_future:
            return
        elif mention.has_complement:
            yield from self._counted(end, mention)
        elif in_since_clause(self._sentence, first) or is_of_worst_since(self._sentence, first):
            after = [t for t in self._triggers if first - 12 < t and in_since_clause(self._sentence, t)]
            yield from (Dated(t, mention, is_direct=False) for t in after[:1])
        elif not self.is_of_speech(first, end) and not self._is_apart(first, mention):
            trigger = trigger_for(self._sentence, first, self._triggers)
            is_direct = self._verb(first).i == trigger
            if not (is_direct and is_late_death(self._sentence.doc[trigger])):
                yield Dated(trigger, mention, is_direct=is_direct)

    def is_loose(self, dated: Dated) -> bool:
        """True for a date that another may replace.

        Another verb stands between it and its event ("on Tuesday condemned the killing"), or it only
        says which of its kind a thing is ("during Friday prayers on May 17").
        """
        tokens = self._sentence.tokens_in(dated.mention.start_char, dated.mention.end_char)
        if tokens is None:
            return False
        last: Token = self._sentence.doc[tokens[1] - 1]
        if last.dep_ == "compound" and last.head.i >= tokens[1] and last.head.i not in self._triggers:
            return True
        between = self._sentence.doc[tokens[1] : dated.trigger]
        return any(t.pos_ == "VERB" and t.i not in self._triggers for t in between)

    def is_scene(self, first: int, end: int, mention: DateMention) -> bool:
        """True for a day on which the sentence's main clause plays."""
        if mention.kind is not DateKind.ABSOLUTE or mention.start is None or mention.is_future:
            return False
        if mention.relation is not Relation.ON or self._owner(end) is not None:
            return False
        verb = self._verb(first)
        is_past = any(t.tag_ in ("VBD", "VBN") for t in (verb, *verb.children))
        return is_past and not self.is_of_speech(first, end) and not self._is_apart(first, mention)

    def is_of_speech(self, first: int, end: int) -> bool:
        """True for the date on which somebody spoke: "said on Monday", "on Saturday officials said"."""
        verb = self._verb(first)
        is_after = verb.i < first or first <= 1
        is_active = not any(t.dep_ == "auxpass" for t in verb.children)
        is_said = is_active and verb.i not in self._triggers and verb.lemma_.lower() in said_verbs()
        told = [t for t in self._triggers if verb.i < t < first]
        is_open = not any(self._sentence.doc[t].pos_ == "VERB" for t in told)  # "said he shot two on Friday"
        if is_after and is_said and is_open:
            return True
        return any(self._is_of(statement, first, end) for statement in self._statements)

    def _is_of(self, statement: Statement, first: int, end: int) -> bool:
        verb = statement.verb
        if verb is None or verb in self._triggers:
            return False
        between = self._sentence.doc[verb + 1 : first]
        is_open = not any(_ends_report(t) or t.i in self._triggers for t in between)
        if 0 <= first - verb <= _SPEECH_REACH and is_open:
            return True
        is_beside = 0 <= statement.speaker_start - end <= 1 and first <= 2  # "On Saturday officials said"
        return statement.rule == "said.verb" and is_beside and all(t > end for t in self._triggers)

    def _owner(self, end: int) -> int | None:
        """The thing whose date it is: "last week's car bomb", "Tuesday's attack"."""
        words = self._sentence.words
        if end >= len(words) or words[end] != "'s":
            return None
        owned = self._sentence.doc[end - 1].head
        return owned.i if owned.i > end else None

    def _owned(self, owner: int, mention: DateMention) -> Iterator[Dated]:
        """Reads "Tuesday's attack", and an occasion of violence: "Sunday's election ended in gunfire"."""
        dated = replace(mention, relation=Relation.ON)
        if owner in self._triggers:
            yield Dated(owner, dated, is_direct=True)
        elif self._sentence.doc[owner].dep_ in ("nsubj", "nsubjpass"):
            inside = {t.i for t in self._sentence.doc[owner].head.subtree}
            own = [t for t in self._triggers if t in inside]
            yield from (Dated(t, dated, is_direct=False) for t in own[:1])

    def _since(self, first: int, end: int, mention: DateMention) -> Iterator[Dated]:
        """Reads "held since May 3", "the worst since May 3, when", "since the May 3 attack"."""
        sentence = self._sentence
        dated = replace(mention, relation=Relation.ON)
        nouns = [t for t in self._triggers if end <= t <= end + 2 and sentence.doc[t].pos_ == "NOUN"]
        later = [t for t in self._triggers if t >= end]
        if nouns:
            yield Dated(nouns[0], dated, is_direct=True)
        elif self._verb(first).lemma_.lower() in words_beside("hold") and self._triggers:
            trigger = trigger_for(sentence, first, self._triggers)
            yield Dated(trigger, dated, is_direct=True, is_of_start=True)
        elif later and "when" in sentence.words[end : end + 2]:
            yield Dated(later[0], dated, is_direct=True)

    def _counted(self, end: int, mention: DateMention) -> Iterator[Dated]:
        """The storming of "two days after gunmen stormed the post", whose day is still to be counted.

        Where the words after name no event of the sentence ("two days before the ceremony herders were
        shot"), the mention dates the event of its clause, counted from what was told before.
        """
        named = next((t for t in self._sentence.doc[end - 1].children if t.dep_ == "pobj"), None)
        if named is not None and not {t.i for t in named.subtree} & set(self._triggers):
            later = [t for t in self._triggers if t > named.i]
            if later:
                yield Dated(later[0], replace(mention, has_complement=False), is_direct=False)
                return
        clause = self._sentence.doc[end - 1].head
        told = {t.i for t in clause.subtree} if clause.i >= end else set(range(end, end + _CLAUSE_REACH))
        inside = [t for t in self._triggers if t >= end and t in told]
        yield from (Dated(t, mention, is_direct=False) for t in inside[:1])

    def _verb(self, token: int) -> Token:
        """The verb that a date belongs to, or the trigger below it."""
        verb: Token = self._sentence.doc[token]
        while verb.pos_ not in ("VERB", "AUX") and verb.i not in self._triggers and verb.head.i != verb.i:
            verb = verb.head
        return verb

    def _is_apart(self, first: int, mention: DateMention) -> bool:
        """True for the date of a clause that tells none of the events, or a day that they only precede."""
        verb = self._verb(first)
        is_misread = (
            verb.i > first > 1 and verb.lemma_.lower() in said_verbs()
        )  # "attacked it on Friday, police said"
        if verb.i in self._triggers or is_misread:
            return False
        inside = {t.i for t in verb.subtree}
        own = [t for t in self._triggers if t in inside]
        if verb.dep_ == "relcl" and not own:
            opens = next((t.lower_ for t in verb.subtree if t.tag_ in ("WP", "WDT", "WP$", "WRB")), "")
            is_told = any(is_late_death(self._sentence.doc[t]) for t in self._triggers)
            return opens in _WHO and not is_told
        is_day = mention.precision is DatePrecision.DAY
        if verb.dep_ == "acl" and not own and mention.precision in (DatePrecision.MONTH, DatePrecision.YEAR):
            return True  # "a baby born last year"
        return is_day and bool(own) and all(_is_before(self._sentence.doc[t], verb) for t in own)


def _is_before(trigger: Token, verb: Token) -> bool:
    """True where a trigger stands in a clause that the verb's follows: "marched, after gunmen killed two"."""
    token = trigger
    while token.i not in (verb.i, token.head.i):
        if token.dep_ == "advcl" and any(t.dep_ == "mark" and t.lower_ in _AFTERMATH for t in token.lefts):
            return True
        token = token.head
    return False


def in_since_clause(sentence: Sentence, token: int) -> bool:
    """True for a word after "since" in its clause: "since the war broke out on April 15"."""
    words = sentence.words
    for i in range(token, max(-1, token - _SINCE_REACH), -1):
        if words[i] in (",", ";") and i < token:
            return False
        if words[i] == "since":
            return True
    return False


def is_of_worst_since(sentence: Sentence, token: int) -> bool:
    """True for a date after a superlative and "since", commas between them or not.

    "The worst raid since the capture of its founder, Gomez, on May 3".
    """
    before = sentence.words[max(0, token - _SINCE_REACH) : token]
    if "since" not in before:
        return False
    since = token - 1 - before[::-1].index("since")
    return any(t.tag_ in ("JJS", "RBS") for t in sentence.tokens if t.i < since)


def _ends_report(token: Token) -> bool:
    """True for a word after which a date is what is told, not when it was told."""
    is_verb = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("acl", "amod")
    return token.lower_ in _ENDS_REPORT or is_verb
