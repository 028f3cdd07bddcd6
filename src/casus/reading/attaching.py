"""The word of harm or act to which another word of its sentence belongs."""

from __future__ import annotations

from collections.abc import Sequence

from casus.reading.parsing import Sentence

_CLAUSE_MARKS = frozenset({";", "but", "while", "whereas", ":"})


def trigger_for(sentence: Sentence, token: int, triggers: Sequence[int]) -> int:
    """The trigger of a word: its nearest ancestor, else the nearest in the text, the earlier first."""
    current = sentence.doc[token]
    for _ in range(12):
        if current.i in triggers:
            return current.i
        if current.head.i == current.i:
            break
        below = [
            t for t in triggers if sentence.doc[t].head.i == current.i and current.pos_ not in ("VERB", "AUX")
        ]
        if below:
            return below[0]
        current = current.head
    clause = _clause(sentence, token)
    inside = [t for t in triggers if clause[0] <= t < clause[1]]
    return min(inside or triggers, key=lambda t: (abs(t - token), t > token))


def _clause(sentence: Sentence, token: int) -> tuple[int, int]:
    """Tokens between the clause marks around one: semicolons, and "and", "but", "while" before a subject."""
    words = sentence.words
    start = end = token
    while start > 0 and words[start - 1] not in _CLAUSE_MARKS:
        start -= 1
    while end < len(words) and words[end] not in _CLAUSE_MARKS:
        end += 1
    return start, end


_CLAUSE_MARKS = frozenset((";", "but", "while", "whereas", ":"))
