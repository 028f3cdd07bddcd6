"""Claims: who says what about which event.

Rules, by name:

`claim.toll`            a figure inside what a speaker says
`claim.responsibility`  "claimed responsibility", "it was our work", a side telling of its own act
`claim.denial`          "denied", "had no part in it", "there was no massacre", "called it a lie"
`claim.accusation`      "blamed", "accused", a speaker naming another side as the doer
`claim.control`         who holds a place now
`claim.commitment`      "promised", what a side says that it will do
`claim.circumstance`    anything else that a speaker tells of the event
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from casus.model import Claim, ClaimKind, Evidence
from casus.reading.attribution import covers
from casus.reading.circumstances import tags_of
from casus.reading.figures import Figure
from casus.reading.parsing import child
from casus.reading.realis import is_negated
from casus.reading.reporting import SpeakerKind, SpeechAct
from casus.reading.stances import Stand, stand_of
from casus.reading.told import Told
from casus.reading.voices import VoiceKind
from casus.reading.word_classes import WordClass, is_a


def claims_of(clauses: Sequence[Told], event_id: str | None, figures: Sequence[Figure]) -> Iterator[Claim]:
    """The claims of one voice in a statement about one event, clause by clause.

    `figures` are those that the statement covers.  A statement makes at most one claim of
    each kind beside its figures.
    """
    done: set[ClaimKind] = set()
    has_toll = any(_tolls(told, figures) for told in clauses)
    for told in clauses:
        if _is_nobody(told):
            return
        speaker = told.voice.speaker(told.sentence)
        tags = tags_of(told.sentence.doc, told.scope, {m.trigger for m in told.mentions})
        tolls = _tolls(told, figures)
        for figure in tolls:
            yield Claim(
                event_id,
                ClaimKind.TOLL,
                speaker,
                figure.evidence,
                harm=figure.harm,
                category=figure.category,
                low=figure.low if figure.low is not None else figure.value,
                high=figure.high,
                tags=tags,
            )
        stand = _stand(told, has_toll=has_toll)
        if stand is not None and stand[0] not in done:
            kind, actor = stand
            done.add(kind)
            yield Claim(event_id, kind, speaker, _quote(told, kind), actor=actor, tags=tags)


def _tolls(told: Told, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that a clause asserts: none of what it denies or owns up to."""
    if told.statement.kind in (SpeechAct.RESPONSIBILITY, SpeechAct.DENY):
        return []
    return [f for f in figures if not f.is_part and covers(told.scope, f.trigger)]


def _is_nobody(told: Told) -> bool:
    """True for "no group has claimed the attack" and "nobody claimed responsibility"."""
    name = told.voice.told().split()
    if name[:1] in (["no"], ["nobody"], ["none"]):
        return True
    subject = child(told.verb, "nsubj") if told.verb is not None else None
    return subject is not None and any(c.lower_ == "no" for c in subject.lefts)


def _stand(told: Told, *, has_toll: bool) -> Stand | None:
    """What a clause says beside its figures: a stand, else a circumstance if the statement gives no toll."""
    if _only_relays(told):
        return None
    found = stand_of(told)
    if found is not None:
        return found
    return (ClaimKind.CIRCUMSTANCE, None) if not has_toll and _tells(told) else None


def _only_relays(told: Told) -> bool:
    """True for "…, reports the Daily Star": the report's own source for the news, who takes no stand."""
    verb, voice = told.verb, told.voice
    if verb is None or verb.lemma_.lower() != "report" or verb.tag_ not in ("VBZ", "VBP"):
        return False
    if voice.kind is not VoiceKind.INSTITUTION or voice.affiliation is not None:
        return False
    if any(end > verb.i for _, end in told.scope):
        return False
    return told.reader.lexicon.speakers.get(voice.head) is not SpeakerKind.INSTITUTION


def _quote(told: Told, kind: ClaimKind) -> Evidence:
    """The words said: the clause without "said that", and without commas and quotation marks at its ends."""
    doc, scope = told.sentence.doc, told.scope or ((0, len(told.sentence.doc)),)
    start, end = min(s for s, _ in scope), max(e for _, e in scope)
    if start == told.statement.verb and told.statement.kind in (SpeechAct.SAY, SpeechAct.CONFIRM):
        start = _after_saying(doc[start], end)
    while end - start > 1 and (doc[end - 1].is_punct or doc[end - 1].lower_ in _LOOSE):
        end -= 1
    while end - start > 1 and doc[start].text in (",", '"', ";", "-"):
        start += 1
    return Evidence(*told.sentence.chars(start, end), f"claim.{kind.value}")


# Words that a clause cut off before the next one leaves at its end.
_LOOSE = frozenset(("which", "who", "whom", "and", "but", "or", "as", "while", "that"))


def _after_saying(verb: Token, end: int) -> int:
    """Where the clause after a verb of saying begins; the verb itself if none is seen: "put the toll at"."""
    clause = child(verb, "ccomp")
    if clause is None or clause.i < verb.i:
        return verb.i
    start = max(clause.left_edge.i, verb.i + 1)
    while start < end - 1 and verb.doc[start].lower_ in ("that", '"', "how"):
        start += 1
    return start


# -- circumstances

_SHORTEST = 5  # tokens of a circumstance


def _tells(told: Told) -> bool:
    """True where a statement tells of something that was so: no wish, plan, forecast or empty answer."""
    verb = told.verb
    if verb is not None and (is_a(verb.lemma_.lower(), WordClass.WISH) or is_negated(verb)):
        return False
    if sum(1 for _ in told.tokens()) < _SHORTEST:
        return False
    return any(_is_past(v) for v in told.verbs() if v.dep_ not in ("acl", "amod", "relcl"))


def _is_past(verb: Token) -> bool:
    """True for "fired", "had fired", "have been fired on" without "would", "should", "might"."""
    helped = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ == "MD" for c in helped):
        return False
    return verb.tag_ == "VBD" or (
        verb.tag_ in ("VBN", "VBG")
        and any(c.lower_ in ("had", "have", "has", "was", "were", "been") for c in helped)
    )
