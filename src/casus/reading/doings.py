"""Whom the words of one sentence make the doers of an event, and whether in the report's own voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import ActorKind, Category, EventType, Harm
from casus.reading.acts import ActMention
from casus.reading.aims import meets_mine
from casus.reading.casting import party_words
from casus.reading.incidents import Incident
from casus.reading.mentions import HarmMention
from casus.reading.parties import Party, actor_in, party_at
from casus.reading.roles import owner_of, sides_of

_BACK = frozenset({"they", "them", "he", "she", "it"})
_REACH = 2  # sentences back to whom "they" may mean
_FAR = 12  # sentences back to whom "the attackers" may mean
_ENDS = (Harm.RELEASED, Harm.ESCAPED)  # whoever frees a captive took none
_HARMLESS = (ActorKind.AID, ActorKind.MEDIA, ActorKind.MONITOR)
_SAYS = ("reports", "reported", "says", "said")  # ", reports Dawn"
_REPELS = frozenset({"repel", "repulse", "rebuff", "foil", "thwart", "fend"})
_PERFECT = ("has", "have")
_NOT_NOW = frozenset(
    {"back", "often", "frequently", "repeatedly", "regularly", "routinely", "usually", "sometimes"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Doing:
    """A doer of an event: `trigger` is the token of the word that says what was done.

    `is_attributed` is True where a speaker says so, and not the report itself; `is_arrest`
    where the word tells of an arrest, `is_harm` where it tells of dead and wounded, `is_answer`
    where
    those were attackers, or where the word tells that an attack was repelled.
    """

    party: Party
    trigger: int
    is_attributed: bool
    is_arrest: bool = False
    is_harm: bool = False
    is_answer: bool = False


def parties_of(mention: HarmMention | ActMention, incident: Incident) -> tuple[list[Party], list[Party]]:
    """Who did what a word tells, and to whom; a force that meets a crowd is the doer."""
    sides = sides_of(mention, incident.sentence.doc)
    doers = _parties(sides.doers, incident)
    others = _parties(sides.targets, incident)
    if mention.event_type is EventType.ARMED_CLASH and _is_crowd(doers) and _is_force(others):
        return others, doers
    return doers, others


def _parties(nouns: Sequence[Token], incident: Incident) -> list[Party]:
    found = (_party(noun, incident) for noun in nouns)
    return [party for party in found if party is not None]


def _party(noun: Token, incident: Incident) -> Party | None:
    """The party that a noun names; for "its men" and "their fighters" the side whose they are."""
    party = party_at(noun, incident.reader, incident.marks)
    if party is None or party.is_named or party.category is Category.CIVILIANS:
        return party
    owner = next((c for c in noun.lefts if c.dep_ == "poss" and c.lower_ in ("its", "their")), None)
    side = owner_of(owner) if owner is not None else None
    whose = party_at(side, incident.reader, incident.marks) if side is not None else None
    return whose if whose is not None and whose.is_named and whose.category is not None else party


def _is_crowd(parties: Sequence[Party]) -> bool:
    return bool(parties) and parties[0].category in (Category.CIVILIANS, Category.UNKNOWN)


def _is_force(parties: Sequence[Party]) -> bool:
    return bool(parties) and parties[0].category is Category.SECURITY_FORCES


def doings_of(incident: Incident) -> list[Doing]:
    """The doers that an incident's own words name, in the order of the text."""
    found = []
    for mention in _mentions(incident):
        doc = incident.sentence.doc
        attributed = any(s.covers(mention.trigger) for s in incident.statements)
        for party in parties_of(mention, incident)[0]:
            if _can_do(party, mention, incident):
                found.append(_doing(party, mention, doc[mention.trigger], is_attributed=attributed))
    return found


def _doing(party: Party, mention: HarmMention | ActMention, verb: Token, *, is_attributed: bool) -> Doing:
    harm = mention.harm if isinstance(mention, HarmMention) else None
    is_repelled = verb.lemma_.lower() in _REPELS
    return Doing(
        party,
        mention.trigger,
        is_attributed,
        is_arrest=harm is Harm.ARRESTED or mention.event_type is EventType.ARREST,
        is_harm=harm in (Harm.KILLED, Harm.INJURED),
        is_answer=_hits_attackers(mention) if isinstance(mention, HarmMention) else is_repelled,
    )


def _hits_attackers(harm: HarmMention) -> bool:
    """True for "shot dead four of the attackers": somebody else attacked."""
    names = [group.name.lower().split()[-1] for group in harm.groups if group.name]
    return bool(names) and all(
        name in party_words()["attackers"] - {"men", "group", "fighters"} for name in names
    )


def _mentions(incident: Incident) -> list[HarmMention | ActMention]:
    """The words of an incident that tell of a first deed: not of a release, an answer or a mine struck."""
    mentions: list[HarmMention | ActMention] = [*incident.harms, *incident.acts]
    doc = incident.sentence.doc
    told = [
        mention
        for mention in mentions
        if not (isinstance(mention, HarmMention) and _is_aftermath(mention, doc[mention.trigger]))
        and not _is_no_deed(doc[mention.trigger])
    ]
    return sorted(told, key=lambda mention: mention.trigger)


def _is_aftermath(harm: HarmMention, trigger: Token) -> bool:
    """True for a release and for "doctors treated 20 people": who did that harmed nobody."""
    helped = harm.harm in (Harm.KILLED, Harm.INJURED) and trigger.lemma_.lower() in party_words()["tends"]
    return helped or harm.harm in _ENDS


def _is_no_deed(trigger: Token) -> bool:
    """True for "shot back", "did not shoot", "has often bombed" and "struck a mine"."""
    if any(c.lower_ in _NOT_NOW or c.dep_ == "neg" for c in trigger.children) or is_habit(trigger):
        return True
    return meets_mine(trigger) or (trigger.dep_ == "advcl" and meets_mine(trigger.head))


def is_habit(trigger: Token) -> bool:
    """True for "a faction that has raided camps": by what it has done, a side is told from others."""
    return trigger.dep_ == "relcl" and any(c.dep_ == "aux" and c.lower_ in _PERFECT for c in trigger.lefts)


def _can_do(party: Party, mention: HarmMention | ActMention, incident: Incident) -> bool:
    """False for a speaker, for nobody in particular, and for a single civilian."""
    noun = incident.sentence.doc[party.token]
    words = incident.sentence.words
    if words[noun.i + 1 : noun.i + 2] == (":",):
        return False
    if noun == mention.agent and _is_speaker(noun, incident) and not _owns(mention, incident):
        return False
    if _is_victim(noun, mention, incident):
        return False
    if noun.i > 1 and words[noun.i - 1] in _SAYS and not words[noun.i - 2].isalnum():
        return False
    mark = actor_in(noun, incident.marks)
    if mark is not None and mark.kind in _HARMLESS:
        return False
    if party.is_named:
        return True
    if party.actor.name.lower() in party_words()["nobody"] - party_words()["attackers"]:
        return False
    is_many = noun.tag_ in ("NNS", "NNPS") or noun.lower_ in party_words()["collective"]
    return party.category is not Category.CIVILIANS or is_many


def _is_victim(noun: Token, mention: HarmMention | ActMention, incident: Incident) -> bool:
    """True for civilians whom the sentence tells to be harmed by another word."""
    return any(
        group.head == noun.i and group.category in (Category.CIVILIANS, Category.UNKNOWN)
        for harm in incident.harms
        if harm.trigger != mention.trigger
        for group in harm.groups
    )


def _owns(mention: HarmMention | ActMention, incident: Incident) -> bool:
    """True for "the rebels claimed to have killed 13": what the speaker says of himself."""
    verb = incident.sentence.doc[mention.trigger]
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in party_words()["owns"]


def _is_speaker(noun: Token, incident: Incident) -> bool:
    return any(
        s.speaker_start <= noun.i < s.speaker_end and not s.covers(noun.i) for s in incident.statements
    )


# -- whom a pronoun or "the attackers" means


def doings_in(incidents: Sequence[Incident]) -> dict[int, list[Doing]]:
    """The doers of a report's incidents, by `id` of the incident; references back are resolved."""
    found: dict[int, list[Doing]] = {}
    last: tuple[int, list[Doing]] = (-_FAR, [])
    for incident in incidents:
        doings = doings_of(incident)
        gap = incident.sentence.index - last[0]
        if all(_is_vague(d) for d in doings):
            back = _pronoun(incident)
            if doings and gap <= _FAR and _is_definite(incident, doings[0]):
                doings = last[1] or doings
            elif not doings and back is not None:
                doings = _referred(*back, incident, gap, last[1])
        if doings and not all(_is_vague(d) for d in doings):
            last = incident.sentence.index, doings
        found[id(incident)] = doings
    return found


def _referred(
    mention: HarmMention | ActMention, pronoun: Token, incident: Incident, gap: int, last: Sequence[Doing]
) -> list[Doing]:
    """The doers that a pronoun means: the subject before it, else the `last` ones, `gap` sentences back."""
    subject = _antecedent(pronoun, incident) if gap else None
    verb = incident.sentence.doc[mention.trigger]
    if subject is not None:
        party, is_attributed = subject
        return [_doing(party, mention, verb, is_attributed=is_attributed)]
    if gap > _REACH:
        return []
    return [_doing(doing.party, mention, verb, is_attributed=doing.is_attributed) for doing in last]


def _is_vague(doing: Doing) -> bool:
    return doing.party.actor.name.lower() in party_words()["attackers"]


def _is_definite(incident: Incident, doing: Doing) -> bool:
    noun = incident.sentence.doc[doing.party.token]
    return any(c.lower_ in ("the", "these", "those") for c in noun.lefts)


def _pronoun(incident: Incident) -> tuple[HarmMention | ActMention, Token] | None:
    """The first word of a deed with a pronoun for its doer, and the pronoun."""
    for mention in _mentions(incident):
        for noun in sides_of(mention, incident.sentence.doc).doers:
            if noun.lower_ in _BACK:
                return mention, noun
    return None


def _antecedent(pronoun: Token, incident: Incident) -> tuple[Party, bool] | None:
    """The subject before a pronoun in its sentence ("youths met where they …"), and whether it speaks."""
    for noun in reversed(list(pronoun.doc[: pronoun.i])):
        if noun.dep_ not in ("nsubj", "nsubjpass") or noun.pos_ == "PRON":
            continue
        party = party_at(noun, incident.reader, incident.marks)
        if party is None or party.actor.name.lower() in party_words()["nobody"]:
            continue
        if party.is_named or not _is_speaker(noun, incident):
            return party, _is_speaker(noun, incident)
    return None
