"""Voices that are no persons: institutions, actors, seats of government, and people without a name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Token

from casus.model import STATE_KINDS
from casus.reading.lexicon import Lexicon
from casus.reading.marks import ActorMark, Marks
from casus.reading.noun_phrases import (
    apposition,
    apposition_text,
    description,
    of_phrase_end,
    phrase_of,
    phrase_start,
    without_article,
)
from casus.reading.parsing import Sentence, child
from casus.reading.reporting import SpeakerKind
from casus.reading.voices import Voice, VoiceKind
from casus.reading.word_classes import WordClass, is_a
from casus.resolving.countries import CountryTable

ITS = re.compile(r"^(its|their|his|her|our) ", re.IGNORECASE)
_PLURALS = ("NNS", "NNPS")
_CROWDS = frozenset(("people", "staff", "several", "many", "some"))
_PLACE_NOUNS = frozenset(("city", "town", "district", "province", "area", "region"))
_LINKS = ("of", "for", "in", "to", "on", "at")

SpeakerNouns = Mapping[str, SpeakerKind]


def kind_of(token: Token, nouns: SpeakerNouns) -> SpeakerKind | None:
    """What kind of speaker a noun names; None for other nouns.

    "The national guard" is a body, "rights groups" are people without a name.
    """
    kind = nouns.get(token.lemma_.lower()) or nouns.get(token.lower_)
    if kind is SpeakerKind.ANONYMOUS and token.lower_ == "guard" and _is_corps(token):
        return SpeakerKind.INSTITUTION
    if kind is SpeakerKind.INSTITUTION and token.tag_ == "NNS" and _are_unnamed(token):
        return SpeakerKind.ANONYMOUS
    return kind


def _is_corps(guard: Token) -> bool:
    return any(is_a(t.lower_, WordClass.GUARD_CORPS) for t in guard.lefts)


def _are_unnamed(bodies: Token) -> bool:
    """True for "two rights groups", "local hospitals"; authorities and forces are the state's own."""
    own = is_a(bodies.lemma_.lower(), WordClass.ONE_AS_PLURAL)
    counted = any(t.dep_ == "nummod" for t in bodies.lefts)
    named = any(t.pos_ == "PROPN" for t in bodies.doc[phrase_start(bodies) : bodies.i + 1])
    return not named and (counted or not own)


def is_state_medium(token: Token, nouns: SpeakerNouns) -> bool:
    """True for "state television", "the official news agency"."""
    return kind_of(token, nouns) is SpeakerKind.MEDIA and any(
        t.lower_ in ("state", "official", "national", "state-run") for t in token.lefts
    )


def named_body(sentence: Sentence, token: Token, nouns: SpeakerNouns) -> Voice | None:
    """NOS, for "the public broadcaster NOS"."""
    if kind_of(token, nouns) not in (SpeakerKind.MEDIA, SpeakerKind.INSTITUTION) or token.pos_ != "NOUN":
        return None
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None or following.pos_ != "PROPN" or following.ent_type_ in ("DATE", "TIME", "GPE"):
        return None
    last = following.i
    while last + 1 < len(token.doc) and token.doc[last + 1].pos_ == "PROPN":
        last += 1
    start = phrase_start(token)
    role = without_article(token.doc[start : token.i + 1].text)
    name = token.doc[following.i : last + 1].text
    return _body(name, sentence, (start, last + 1), head=token.lemma_.lower(), role=role)


def body_beside(sentence: Sentence, token: Token, nouns: SpeakerNouns) -> Voice | None:
    """Goldcorp Minerals, for "the mine's owner, Goldcorp Minerals,"."""
    beside = apposition(token)
    if (
        beside is None
        or beside.pos_ != "PROPN"
        or beside.ent_type_ not in ("ORG", "")
        or token.pos_ != "NOUN"
    ):
        return None
    if kind_of(token, nouns) not in (SpeakerKind.INSTITUTION, SpeakerKind.MEDIA) and not is_a(
        token.lemma_.lower(), WordClass.OWNER
    ):
        return None
    start, end = phrase_of(token)
    name = without_article(token.doc[beside.left_edge.i : beside.i + 1].text)
    return _body(name, sentence, (start, end), head=token.lemma_.lower(), role=description(token))


def actor_voice(sentence: Sentence, token: Token, marks: Marks, nouns: SpeakerNouns) -> Voice | None:
    """An actor of the registry, by its name or as "Houthi rebels"."""
    mark = marks.actors.get(token.i)
    kind = kind_of(token, nouns)
    if mark is None and kind is SpeakerKind.FIGHTERS and token.tag_ in _PLURALS:
        mark = _modifying(token, marks)
    elif mark is not None and kind is SpeakerKind.ANONYMOUS and mark.end <= token.i + 1:
        return None
    if mark is None or (mark.kind in STATE_KINDS and _is_local(token, mark)):
        return None
    return _body(
        mark.name,
        sentence,
        phrase_of(token),
        head=token.lemma_.lower(),
        role=apposition_text(token),
        side=mark.name if mark.can_act else mark.speaks_for,
    )


def seat_voice(sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
    """The Turkish government, for "Ankara said"."""
    seats = (place for start, end, place in marks.places if start <= token.i < end and place.is_metonym)
    country = next((CountryTable.load().seat_of(seat.place.name or "") for seat in seats), None)
    if country is None:
        return None
    name = f"{country.adjective} government"
    return _body(name, sentence, phrase_of(token), head="government", role=apposition_text(token), side=name)


def institution(sentence: Sentence, token: Token, lexicon: Lexicon, nationality: str | None) -> Voice:
    """An institution by its noun or its name, with what its "of" adds: "the ministry of health"."""
    start, end = phrase_of(token)
    last = token.i
    links = (c for c in token.children if c.dep_ == "prep" and c.lower_ in _LINKS and c.i == last + 1)
    link = next(links, None)
    inner = child(link, "pobj") if link is not None else None
    if inner is not None and inner.i - token.i < 8 and inner.ent_type_ not in ("DATE", "TIME"):
        last = of_phrase_end(inner)
    told = ITS.sub("", without_article(token.doc[start : last + 1].text))
    is_national = token.lemma_.lower() in lexicon.national_speakers
    return _body(
        _completed(told, token, nationality if is_national else None),
        sentence,
        (start, end),
        head=token.lemma_.lower(),
        role=_role_beside(token),
        is_plural=token.tag_ in _PLURALS,
    )


def _role_beside(token: Token) -> str | None:
    """What stands beside a body's name; not "his face" of "Kodjo, his face hidden, said"."""
    role = apposition_text(token)
    return None if role is None or ITS.match(role) else role


def anonymous(sentence: Sentence, first: Token, last: Token) -> Voice:
    """People without a name: "a doctor", "police and hospital sources" (`first` to `last`)."""
    start, _ = phrase_of(first)
    _, end = phrase_of(last)
    text = without_article(first.doc[start : last.i + 1].text) if first is not last else description(last)
    opening = first.doc[start]
    if opening.i == 0 and opening.pos_ in ("NOUN", "ADJ") and not opening.ent_type_:
        text = text[:1].lower() + text[1:]
    return Voice(
        f"a:{text.lower()}",
        VoiceKind.ANONYMOUS,
        None,
        text or None,
        None,
        last.lemma_.lower(),
        is_plural=last.tag_ in _PLURALS or last.lower_ in _CROWDS,
        sentence=sentence.index,
        start=start,
        end=end,
    )


def _body(
    name: str,
    sentence: Sentence,
    span: tuple[int, int],
    *,
    head: str,
    role: str | None,
    side: str | None = None,
    is_plural: bool = False,
) -> Voice:
    start, end = span
    return Voice(
        f"i:{name.lower()}",
        VoiceKind.INSTITUTION,
        name,
        role,
        side,
        head,
        is_plural=is_plural,
        sentence=sentence.index,
        start=start,
        end=end,
    )


def _modifying(token: Token, marks: Marks) -> ActorMark | None:
    """The group that a modifier names: "Houthi rebels", "fighters of the M23"."""
    inner = [t for c in token.rights if c.lower_ in ("of", "from") for t in c.subtree]
    near = (marks.actors.get(t.i) for t in [*token.lefts, *inner])
    return next((m for m in near if m is not None and m.can_act), None)


def _is_local(token: Token, mark: ActorMark) -> bool:
    """True for "police in Kandara", "the town police": a part of the force, named by its place."""
    if any(t.pos_ == "PROPN" and t.i < mark.start for t in token.lefts):
        return True
    links = (t for t in token.rights if t.i == token.i + 1 and t.lower_ in ("in", "of", "at"))
    link = next(links, None)
    inner = child(link, "pobj") if link is not None else None
    return inner is not None and (inner.ent_type_ == "GPE" or inner.lemma_.lower() in _PLACE_NOUNS)


def _completed(name: str, token: Token, nationality: str | None) -> str:
    """The Turkish army, for "the army" in a report on Turkey; a name that tells its own place stays."""
    plain = not any(word[:1].isupper() for word in name.split())
    if nationality and plain:
        return f"{nationality} {name}"
    first = token.doc[phrase_start(token)]
    opens = first.i == 0 and first.ent_type_ == "" and first.pos_ in ("NOUN", "ADJ")
    is_common = plain or (opens and (first is token or token.is_lower))
    return name[:1].lower() + name[1:] if is_common else name
