"""Claims: who says what about which event.

Rules, by name:

`claim.toll`            a figure inside what a speaker says
`claim.responsibility`  "claimed responsibility", "the attack was its work", a side telling of its own act
`claim.denial`          "denied", "had no part in it", a side saying what it did not do
`claim.accusation`      "blamed", "accused", a speaker naming another side as the doer
`claim.control`         who holds a place now
`claim.commitment`      "promised", "will stand by"
`claim.circumstance`    anything else that a speaker tells of the event
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import Actor, Claim, ClaimKind, Evidence, Speaker
from casus.reading.attribution import Statement
from casus.reading.groups import PhraseReader
from casus.reading.incidents import Incident
from casus.reading.marks import Marks
from casus.reading.parsing import Sentence, child
from casus.reading.parties import Party, party_at
from casus.reading.realis import is_negated, is_real
from casus.reading.speakers import Voice
from casus.reading.figures import Figure


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A statement with what the reader needs to say which kind of claim it is."""

    statement: Statement
    sentence: Sentence
    reader: PhraseReader
    marks: Marks
    event_id: str | None
    incidents: tuple[Incident, ...]
    figures: tuple[Figure, ...]
    perpetrators: tuple[str, ...]
    targets: tuple[str, ...]


def claims_of(told: Told) -> Iterator[Claim]:
    """The claims of a statement, a row a speaker."""
    for voice in told.statement.voices:
        yield from _claims(told, voice)


def _claims(told: Told, voice: Voice) -> Iterator[Claim]:
    statement = told.statement
    speaker = speaker_of(voice, told.sentence)
    if voice.name is not None and voice.name.lower().startswith(("no ", "nobody", "none")):
        return
    quote = _quote(told, statement)
    figures = [f for f in told.figures if not f.is_part]
    kind = statement.kind
    if kind == "responsibility":
        if not is_negated(told.sentence.doc[statement.verb]):
            yield _claim(told, ClaimKind.RESPONSIBILITY, speaker, quote, _own_side(voice))
        return
    if kind == "deny":
        yield _claim(told, ClaimKind.DENIAL, speaker, quote, _own_side(voice))
        return
    for figure in figures:
        yield Claim(
            told.event_id,
            ClaimKind.TOLL,
            speaker,
            figure.evidence,
            harm=figure.harm,
            category=figure.category,
            low=figure.low if figure.low is not None else figure.value,
            high=figure.high if figure.high is not None else None,
        )
    if kind == "accuse":
        yield _claim(told, ClaimKind.ACCUSATION, speaker, quote, _accused(told))
        return
    if kind == "promise":
        yield _claim(told, ClaimKind.COMMITMENT, speaker, quote, _own_side(voice))
        return
    content = _content_kind(told, voice)
    if content is not None and not (figures and content[0] is ClaimKind.ACCUSATION):
        found, actor = content
        yield _claim(told, found, speaker, quote, actor)
    elif content is None and not figures and _tells(told):
        yield _claim(told, ClaimKind.CIRCUMSTANCE, speaker, quote, None)


def _claim(told: Told, kind: ClaimKind, speaker: Speaker, quote: Evidence, actor: Actor | None) -> Claim:
    return Claim(
        told.event_id,
        kind,
        speaker,
        Evidence(quote.start_char, quote.end_char, f"claim.{kind.value}"),
        actor=actor,
    )


def speaker_of(voice: Voice, sentence: Sentence | None) -> Speaker:
    """A voice as the record has it."""
    evidence: tuple[Evidence, ...] = ()
    if sentence is not None and voice.sentence == sentence.index and voice.end > voice.start:
        evidence = (Evidence(*sentence.chars(voice.start, voice.end), "said.speaker"),)
    return Speaker(voice.name, voice.role, voice.kind == "anonymous", voice.affiliation, evidence)


def _quote(told: Told, statement: Statement) -> Evidence:
    """The words said: the covered stretch, without the comma and quotation marks at its ends."""
    if statement.scope:
        start = min(s for s, _ in statement.scope)
        end = max(e for _, e in statement.scope)
        if len(statement.scope) == 1 or end - start < len(told.sentence.doc):
            pass
        while end - start > 1 and told.sentence.doc[end - 1].text in (",", '"', ".", ";", "-"):
            end -= 1
        while end - start > 1 and told.sentence.doc[start].text in (",", '"', ";", "-"):
            start += 1
        return Evidence(*told.sentence.chars(start, end), "claim")
    return Evidence(*told.sentence.chars(0, len(told.sentence.doc)), "claim")


def _own_side(voice: Voice) -> Actor | None:
    name = voice.affiliation or voice.name
    return Actor(name) if name else None


def _accused(told: Told) -> Actor | None:
    verb = told.sentence.doc[told.statement.verb]
    target = child(verb, "dobj", "obj")
    if verb.lemma_.lower() in ("attribute", "ascribe", "pin"):
        link = next(
            (c for c in verb.children if c.dep_ in ("prep", "dative") and c.lower_ in ("to", "on")), None
        )
        target = child(link, "pobj") if link is not None else target
    if verb.lemma_.lower() == "blame":
        link = next((c for c in verb.subtree if c.lower_ == "on" and c.i > verb.i and c.i < verb.i + 9), None)
        target = (child(link, "pobj") if link is not None else None) or target
    if verb.lemma_.lower() == "hold" or target is None:
        guilty = next((t for t in verb.doc[verb.i + 1 : verb.i + 12] if t.lower_ == "responsible"), None)
        nouns = (
            [t for t in verb.doc[verb.i + 1 : guilty.i] if t.pos_ in ("NOUN", "PROPN")]
            if guilty is not None
            else []
        )
        target = nouns[-1] if nouns else target
    if target is None:
        return None
    party = party_at(target, told.reader, told.marks)
    return party.actor if party is not None else None


_OWN = {"it", "they", "we", "its", "their", "our"}
# What a side says that it did, when it owns up to an act.
_OWN_ACTS = {
    "kill", "attack", "target", "strike", "shoot", "carry", "launch", "fire", "shell", "bomb", "execute", "abduct", "kidnap", "ambush", "hit", "storm", "raid", "seize", "capture", "destroy", "stage", "assassinate",
    "detonate", "plant", "wound", "injure", "eliminate", "down", "behead",
}  # fmt: skip
_WORK = (
    "its work",
    "their work",
    "was behind",
    "were behind",
    "its responsibility",
    "carried out the",
    "its doing",
)


def _content_kind(told: Told, voice: Voice) -> tuple[ClaimKind, Actor | None] | None:
    """Responsibility, denial, accusation or control, by what the statement's words say; None for a circumstance."""
    doc = told.sentence.doc
    text = " ".join(
        told.sentence.words[s:e].__iter__() if False else " ".join(told.sentence.words[s:e])
        for s, e in told.statement.scope
    )
    side = voice.affiliation or (voice.name if voice.kind == "institution" else None)
    if side is not None and any(phrase in text for phrase in _WORK) and not _negative(text):
        return ClaimKind.RESPONSIBILITY, Actor(side)
    control = _control(told, text)
    if control is not None:
        return ClaimKind.CONTROL, control
    for verb in _verbs(told):
        subject = child(verb, "nsubj")
        own = subject is not None and (
            subject.lower_ in _OWN or any(c.lower_ in ("its", "their", "our") for c in subject.lefts)
        )
        negated = is_negated(verb)
        if own and negated and side is not None and _is_act(told, verb, denied=True):
            return ClaimKind.DENIAL, Actor(side)
        if (
            own
            and not negated
            and side is not None
            and _is_act(told, verb)
            and is_real(verb)
            and _acting_side(told, side)
        ):
            return ClaimKind.RESPONSIBILITY, Actor(side)
    if side is not None and any(
        p in text
        for p in (
            "no part in",
            "not behind",
            "not involved",
            "nothing to do with",
            "no role",
            "no involvement",
            "not responsible",
            "innocent",
            "no hand in",
        )
    ):
        return ClaimKind.DENIAL, Actor(side)
    if "innocent" in text.split() and voice.kind == "person":
        return ClaimKind.DENIAL, Actor(voice.name or "")
    blamed = _blamed(told, text)
    if blamed is not None and not _negative(text):
        if side is None or blamed.actor.name.lower() != side.lower():
            return ClaimKind.ACCUSATION, blamed.actor
        return ClaimKind.RESPONSIBILITY, blamed.actor
    for party in _doers(told):
        if side is not None and party.actor.name.lower() == side.lower():
            return ClaimKind.RESPONSIBILITY, party.actor
        if party.is_named or party.actor.name.lower().split()[-1] in _FIGHTERS:
            return ClaimKind.ACCUSATION, party.actor
    return None if doc is not None else None


_FIGHTERS = {"insurgents", "militants", "rebels", "guerrillas", "terrorists", "extremists", "jihadists", "separatists", "foreigners"}
_GUILT = (
    "to blame",
    "responsible for",
    "were responsible",
    "was responsible",
    "is responsible",
    "are responsible",
    "behind the",
    "the work of",
    "carried out by",
)


def _blamed(told: Told, text: str) -> Party | None:
    """The side that "is to blame", "was behind the attack", "was responsible"."""
    if not any(phrase in text for phrase in _GUILT):
        return None
    for start, end in told.statement.scope:
        for token in told.sentence.doc[start:end]:
            if token.i in told.marks.actors and token.i != told.statement.verb:
                party = party_at(token, told.reader, told.marks)
                if party is not None:
                    return party
    return None


def _negative(text: str) -> bool:
    return any(f" {w} " in f" {text} " for w in ("not", "no", "never", "n't"))


def _verbs(told: Told) -> Iterator[Token]:
    for start, end in told.statement.scope:
        for token in told.sentence.doc[start:end]:
            if token.pos_ in ("VERB", "AUX") and token.i != told.statement.verb:
                yield token


def _is_act(told: Told, verb: Token, *, denied: bool = False) -> bool:
    """True for a verb of violence done to somebody; for a denial also "was behind", "had no part"."""
    lexicon, lemma = told.reader.lexicon, verb.lemma_.lower()
    harmful = any(word.patient == "object" for word in lexicon.harms.get((lemma, "VERB"), ()))
    if harmful or (lemma, "VERB") in lexicon.acts or lemma in ("carry", "launch", "fire", "shoot", "lay", "plant", "commit", "target"):
        return True
    return denied and lemma in ("have", "play", "take", "back", "support", "be")


_SPEAK_ONLY = (
    "police",
    "ministry",
    "hospital",
    "court",
    "monitor",
    "observatory",
    "nations",
    "cross",
    "watch",
    "amnesty",
    "commission",
    "office",
    "agency",
    "network",
)


def _acting_side(told: Told, side: str) -> bool:
    """True where the speaker's side is one that acts: not a hospital, a monitor or a ministry of health."""
    return not any(word in side.lower() for word in _SPEAK_ONLY[2:])


def _doers(told: Told) -> list[Party]:
    found: list[Party] = []
    for incident in told.incidents:
        for mention in [*incident.harms, *incident.acts]:
            if (
                mention.agent is not None
                and told.statement.covers(mention.trigger)
                and is_real(told.sentence.doc[mention.trigger])
            ):
                party = party_at(mention.agent, told.reader, told.marks)
                if party is not None:
                    found.append(party)
    return found


_CONTROL = (
    "in control of",
    "in the hands of",
    "under the control of",
    "under its control",
    "under their control",
    "retaken",
    "recaptured",
    "fallen to",
    "fell to",
    "captured the town",
    "captured the city",
    "seized control of",
    "took control of",
    "taken control of",
    "regained control",
    "lost control of",
    "won back",
    "had fallen",
    "wholly fallen",
    "pulled out of the city",
    "held the town",
)


def _control(told: Told, text: str) -> Actor | None:
    if not any(phrase in text for phrase in _CONTROL):
        return None
    for start, end in told.statement.scope:
        for i in range(start, end):
            mark = told.marks.actors.get(i)
            if mark is not None and mark.can_act:
                return Actor(mark.name, mark.registry_id, mark.country_code)
    return Actor("")


# Words of saying that tell what was so; others (call, warn, urge, promise) tell what is wished or thought.
_TELLING = {
    "say", "tell", "report", "add", "state", "confirm", "describe", "explain", "note", "claim", "insist", "stress", "maintain", "recall", "recount", "write", "acknowledge", "concede", "admit",
    "according", "reveal", "indicate", "suggest", "allege", "announce", "reply", "testify", "speak", "estimate", "deplore", "post", "tweet", "declare", "assert", "disclose", "complain",
}  # fmt: skip
_EMPTY = {"no", "not", "neither", "never"}


def _tells(told: Told) -> bool:
    """True where the statement tells of something that was so: no wish, plan, forecast or empty answer."""
    verb = told.sentence.doc[told.statement.verb]
    if verb.lemma_.lower() not in _TELLING or is_negated(verb):
        return False
    verbs = [v for v in _verbs(told) if v.dep_ not in ("acl", "amod", "relcl")]
    finite = [v for v in verbs if v.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD") and not _looks_ahead(v)]
    if verb.lemma_.lower() in ("tell", "speak", "describe", "write") and not finite:
        return verb.lemma_.lower() in ("describe", "speak")
    return bool(finite)


def _looks_ahead(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("will", "would", "should", "must", "may", "might", "can", "shall") for c in verb.children)


def quoted(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims without repetition."""
    return tuple(dict.fromkeys(claims))
