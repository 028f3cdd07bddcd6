"""Where a speaker stands: who did it, who did not, who holds the place, what is promised.

A statement says so by its verb ("blamed", "denied") or by what it tells ("the army was
behind it", "there was no massacre").
"""

from __future__ import annotations

from casus.model import Actor, ClaimKind
from casus.reading.accusations import accused_by_verb
from casus.reading.control import holder_of
from casus.reading.denials import is_denial
from casus.reading.guilt import accused_by_content, is_charged
from casus.reading.promises import is_promise
from casus.reading.realis import is_negated
from casus.reading.reporting import SpeechAct
from casus.reading.responsibility import owns_up
from casus.reading.told import Told, own_side

Stand = tuple[ClaimKind, Actor | None]

_BY_VERB = {
    SpeechAct.RESPONSIBILITY: ClaimKind.RESPONSIBILITY,
    SpeechAct.DENY: ClaimKind.DENIAL,
    SpeechAct.PROMISE: ClaimKind.COMMITMENT,
}


def stand_of(told: Told) -> Stand | None:
    """The stand that a clause takes, by its verb of saying or by what it tells; None for plain telling."""
    verb, act = told.verb, told.statement.kind
    if act is SpeechAct.ACCUSE and verb is not None:
        return None if is_negated(verb) else accused_by_verb(told, verb)
    kind = _BY_VERB.get(act)
    if kind is None or verb is None:
        return _by_content(told)
    if is_negated(verb) and kind is not ClaimKind.DENIAL:
        return None
    return kind, own_side(told.voice)


def _by_content(told: Told) -> Stand | None:
    holder = holder_of(told)
    if holder is not None:
        return ClaimKind.CONTROL, holder
    if owns_up(told):
        return ClaimKind.RESPONSIBILITY, own_side(told.voice)
    if is_denial(told):
        return ClaimKind.DENIAL, own_side(told.voice)
    accused = accused_by_content(told)
    if accused is not None or is_charged(told):
        return ClaimKind.ACCUSATION, accused
    if is_promise(told):
        return ClaimKind.COMMITMENT, own_side(told.voice)
    return None
