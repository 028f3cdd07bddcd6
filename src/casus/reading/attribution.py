"""Who says what: each statement of a report, with its speakers and the words that it covers.

The rules of words of saying stand in `cues.py`; two more go beyond a sentence:

`said.quote`  a sentence inside a quotation, or in quotation marks after a statement, has the
              speaker of that quotation
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casus.reading.cues import Cue, find_cues
from casus.reading.lexicon import Lexicon
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence
from casus.reading.persons import PersonBook
from casus.reading.reporting import SpeechAct
from casus.reading.scopes import Range, scopes_of
from casus.reading.speakers import VoiceBook
from casus.reading.voices import Voice, VoiceKind


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One attributed statement: its speakers and the tokens that it covers, as half-open ranges.

    `verb` is the word of saying, None where the statement only goes on; `speaker_start` to
    `speaker_end` are the tokens of speaker and word of saying together.
    """

    sentence: int
    verb: int | None
    kind: SpeechAct
    voices: tuple[Voice, ...]
    scope: tuple[Range, ...]
    speaker_start: int
    speaker_end: int
    rule: str

    def covers(self, token: int) -> bool:
        """True where the token is part of what was said."""
        return covers(self.scope, token)


def covers(scope: Sequence[Range], token: int) -> bool:
    """True where a token lies in one of the ranges."""
    return any(start <= token < end for start, end in scope)


_NOBODY = Voice("a:", VoiceKind.ANONYMOUS, None, None, None, "", is_plural=True)


def statements_of(
    sentences: Sequence[Sentence], marks: Sequence[Marks], lexicon: Lexicon, nationality: str | None
) -> list[tuple[Statement, ...]]:
    """The statements of each sentence of a report, in order; none of its title.

    `nationality` is the adjective of the report's country, which completes "the army".
    """
    book = VoiceBook(lexicon, PersonBook.of(sentences, marks, lexicon.speakers), nationality)
    found: list[tuple[Statement, ...]] = []
    for sentence, own in zip(sentences, marks, strict=True):
        if sentence.is_title:
            found.append(())
            continue
        book.memory.meet(own)
        found.append(_own_statements(sentence, own, book))
        book.meet_persons(sentence, own)
    return _with_quotations(sentences, found)


def _own_statements(sentence: Sentence, marks: Marks, book: VoiceBook) -> tuple[Statement, ...]:
    """The statements for which a sentence has a word of saying."""
    heard: list[tuple[Cue, tuple[Voice, ...]]] = []
    for cue in find_cues(sentence, book.lexicon, marks):
        voices = book.voices(sentence, cue.speakers, marks) if cue.speakers else (_NOBODY,)
        if voices:
            heard.append((cue, voices))
    scopes = scopes_of(sentence.doc, [cue for cue, _ in heard])
    return tuple(
        Statement(sentence.index, cue.token.i, cue.act, voices, scope, cue.start, cue.end, cue.rule)
        for (cue, voices), scope in zip(heard, scopes, strict=True)
    )


# -- quotations over several sentences


@dataclass(slots=True)
class _Quotations:
    """Which sentences begin or end inside a quotation; a paragraph begins outside."""

    paragraph: int = -1
    is_open: bool = False
    began_open: dict[int, bool] = field(default_factory=dict)
    ended_open: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> _Quotations:
        state = cls()
        for sentence in sentences:
            if sentence.paragraph != state.paragraph:
                state.paragraph, state.is_open = sentence.paragraph, False
            state.began_open[sentence.index] = state.is_open
            state.is_open ^= sum(t.text == '"' for t in sentence.tokens) % 2 == 1
            state.ended_open[sentence.index] = state.is_open
        return state


def _with_quotations(
    sentences: Sequence[Sentence], statements: Sequence[tuple[Statement, ...]]
) -> list[tuple[Statement, ...]]:
    """The statements with those of sentences that are only quoted."""
    quotations = _Quotations.of(sentences)
    own = {s.index: made for s, made in zip(sentences, statements, strict=True)}
    found = list(statements)
    for position, sentence in enumerate(sentences):
        quoted = quotations.began_open[sentence.index] or sentence.words[:1] == ('"',)
        if sentence.is_title or found[position] or not quoted:
            continue
        voices = _quoted_voices(sentences, position, own, quotations)
        if voices:
            statement = Statement(
                sentence.index, None, SpeechAct.SAY, voices, ((0, len(sentence.doc)),), 0, 0, "said.quote"
            )
            found[position] = (statement,)
            own[sentence.index] = (statement,)
    return found


def _quoted_voices(
    sentences: Sequence[Sentence],
    position: int,
    own: Mapping[int, tuple[Statement, ...]],
    quotations: _Quotations,
) -> tuple[Voice, ...]:
    """Who speaks in a quoted sentence: whom the quotation's end names, else the paragraph's last speaker."""
    sentence = sentences[position]
    if quotations.ended_open[sentence.index]:
        for later in sentences[position + 1 :]:
            if later.paragraph != sentence.paragraph:
                break
            if own[later.index] and own[later.index][0].scope and own[later.index][0].scope[0][0] == 0:
                return own[later.index][0].voices
            if not quotations.ended_open[later.index]:
                break
    for earlier in reversed(sentences[:position]):
        if sentence.paragraph - earlier.paragraph > 1:
            break
        if own[earlier.index]:
            return own[earlier.index][-1].voices
        if earlier.paragraph != sentence.paragraph:
            break
    return ()
