"""Harm: the words of a sentence that say people were killed, wounded, taken, freed and so on.

Rules, by name:

`harm.verb`      a verb and its object or passive subject: "killed two men", "were abducted"
`harm.subject`   a verb and its subject: "three soldiers died"
`harm.noun`      a noun and its "of": "the killing of two men", "53 deaths"
`harm.stative`   a number and a participle or adjective: "12 dead and 34 wounded"
`harm.lives`     "cost 12 lives", "claimed the lives of 12 people", "lost two men"
`harm.bodies`    "the bodies of eight civilians", "11 bodies were found"
`toll.measure`   "put the toll at 27", "raising to four the number killed"
`toll.described`  "the dead were militants"
`toll.elliptic`  "its members had counted 151", "the first estimate was 20"
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from casus.model import Category, EventType, Harm
from casus.reading.groups import Group, PhraseReader
from casus.reading.lexicon import HarmWord
from casus.reading.parsing import child
from casus.reading.quantities import Quantity

_RELATIVE = {"who", "that", "which", "whom"}
_GOES_ON = {"xcomp", "conj", "advcl", "ccomp"}


@dataclass(frozen=True, slots=True, eq=False)
class HarmMention:
    """One statement of harm: the word, the people, and who did it (a token), in one sentence."""

    sentence: int
    trigger: int
    harm: Harm
    groups: tuple[Group, ...]
    agent: Token | None
    event_type: EventType | None
    rule: str

    def span(self) -> tuple[int, int]:
        """The tokens from the first to the last word that it was read from (end exclusive)."""
        firsts = [self.trigger, *(g.start for g in self.groups)]
        lasts = [self.trigger, *(g.end - 1 for g in self.groups)]
        return min(firsts), max(lasts) + 1


def find_harms(reader: PhraseReader) -> tuple[HarmMention, ...]:
    """The harm mentions of a sentence, in the order of their words; a number is used once."""
    found = [
        *_measures(reader),
        *_descriptions(reader),
        *_lives(reader),
        *_throats(reader),
        *_bodies(reader),
        *_verbs(reader),
        *_nouns(reader),
    ]
    found += _statives(reader, found)
    found += _unused(_elliptic(reader), found)
    found = [mention for mention in found if mention.trigger not in reader.dated]
    return tuple(sorted(_once(found), key=lambda mention: mention.trigger))


def _unused(candidates: Iterator[HarmMention], found: list[HarmMention]) -> list[HarmMention]:
    """The candidates whose numbers no other rule has read."""
    used = {g.quantity.number_start for m in found for g in m.groups if g.quantity is not None}
    return [
        c
        for c in candidates
        if not any(g.quantity is not None and g.quantity.number_start in used for g in c.groups)
    ]


def _once(found: list[HarmMention]) -> Iterator[HarmMention]:
    """The mentions without those whose people another, stronger rule has already read."""
    taken: set[tuple[int, Harm]] = set()
    heads: set[int] = set()
    for mention in found:
        keys = {(group.head, mention.harm) for group in mention.groups}
        numbers = {group.quantity.number_start for group in mention.groups if group.quantity is not None}
        if keys and keys <= taken:
            continue
        if numbers and numbers <= heads and mention.rule not in ("harm.verb", "harm.subject"):
            continue
        taken |= keys
        heads |= numbers
        yield mention


# -- verbs


def _verbs(reader: PhraseReader) -> Iterator[HarmMention]:
    for token in reader.sentence.doc:
        if token.pos_ not in ("VERB", "AUX", "ADJ") and token.tag_ not in ("VBN", "VBD"):
            continue
        word = _word_at(reader, token)
        if word is None:
            continue
        patient = patient_of(token, word.patient)
        groups = reader.groups_at(patient) if patient is not None else ()
        elided = _elided_passive(reader, token) if word.patient == "object" and not groups else ()
        if elided:
            yield HarmMention(
                reader.sentence.index, token.i, word.harm, elided, None, word.event_type, "harm.stative"
            )
        elif word.patient == "object":
            yield HarmMention(
                reader.sentence.index,
                token.i,
                word.harm,
                groups,
                agent_of(token),
                word.event_type,
                "harm.verb",
            )
        elif groups:
            yield HarmMention(
                reader.sentence.index, token.i, word.harm, groups, None, word.event_type, "harm.subject"
            )


def _elided_passive(reader: PhraseReader, token: Token) -> tuple[Group, ...]:
    """The people of "two were killed and 34 wounded": a number as subject, no object, no auxiliary of its own."""
    subject = child(token, "nsubj")
    if subject is None or child(token, "dobj", "obj", "aux") is not None or token.tag_ not in ("VBN", "VBD"):
        return ()
    return tuple(
        group for group in reader.groups_at(subject) if group.quantity is not None and group.head < token.i
    )


def _word_at(reader: PhraseReader, token: Token) -> HarmWord | None:
    lemma = token.lemma_.lower()
    for word in reader.lexicon.harms.get((lemma, "VERB"), ()):
        if word.complement and not has_complement(token, word.complement):
            continue
        if not word.complement and lemma in _NEEDS_PEOPLE and not _has_people(reader, token, word):
            continue
        return word
    if lemma == "bring" and not reader.is_kidnapping:
        return None
    if lemma in ("take", "hold", "keep", "march") and _is_seizure(reader, token):
        return _TAKEN
    if lemma == "shoot" and _has_people(reader, token, _SHOT):
        return _SHOT
    if lemma == "fall" and _fighters_fell(reader, token):
        return _FELL
    return None


# Verbs that mean harm only where people are what they are done to.
_NEEDS_PEOPLE = {
    "treat",
    "fell",
    "remand",
    "interrogate",
    "butcher",
    "snatch",
    "seize",
    "capture",
    "free",
    "release",
    "rescue",
    "hang",
    "hold",
    "beat",
    "drown",
    "gas",
    "escape",
    "surrender",
    "snatch",
    "flee",
    "evacuate",
    "expel",
    "liberate",
    "intern",
    "book",
    "hijack",
    "eliminate",
    "neutralise",
    "neutralize",
    "disappear",
    "vanish",
    "hurt",
    "injure",
    "detain",
    "arrest",
    "displace",
    "uproot",
    "swap",
    "batter",
    "cripple",
    "jail",
}
_TAKEN = HarmWord("take", "VERB", "", Harm.ABDUCTED, "object", EventType.ABDUCTION)
_CAPTORS = {
    "gunman",
    "militant",
    "rebel",
    "kidnapper",
    "captor",
    "attacker",
    "bandit",
    "insurgent",
    "abductor",
    "fighter",
    "man",
    "gang",
    "assailant",
    "guerrilla",
    "raider",
    "jihadist",
}
_SHOT = HarmWord("shoot", "VERB", "", Harm.INJURED, "object", None)
_FELL = HarmWord("fall", "VERB", "", Harm.KILLED, "subject", None)


def _is_seizure(reader: PhraseReader, token: Token) -> bool:
    """True for "gunmen took 317 pupils from the school", "81 people had been taken": not to a hospital or a court."""
    if any(
        c.lower_ in ("to", "out", "over", "off", "part", "up", "aim", "place", "in", "on")
        and c.dep_ in ("prep", "prt")
        for c in token.children
    ):
        return False
    patient = patient_of(token, "object")
    group = reader.group_at(patient) if patient is not None else None
    if group is None or not (
        group.is_people or (group.pronoun in ("them", "they") and not is_passive(token))
    ):
        return False
    if is_passive(token):
        return (
            token.lemma_.lower() == "take"
            and (reader.is_kidnapping or any(c.lower_ == "from" for c in token.children))
            and group.quantity is not None
        )
    doer = subject_of(token)
    if (
        doer is not None
        and doer.lower_ in ("they", "who")
        and token.lemma_.lower() == "hold"
        and reader.is_kidnapping
    ):
        return True
    armed = doer is not None and (doer.lemma_.lower() in _CAPTORS or doer.i in reader.actors)
    return armed and (token.lemma_.lower() in ("take", "march") or reader.is_kidnapping)


def _has_people(reader: PhraseReader, token: Token, word: HarmWord) -> bool:
    patient = patient_of(token, word.patient)
    if patient is None:
        return False
    return any(group.is_people or group.pronoun or group.quantity for group in reader.groups_at(patient))


def _fighters_fell(reader: PhraseReader, token: Token) -> bool:
    """True for "13 rebels fell in the battle": fighters, and nothing that they fell on or into."""
    subject = subject_of(token)
    if subject is None:
        return False
    for link in token.children:
        inner = child(link, "pobj")
        dated = inner is not None and inner.i in reader.dated
        if link.lower_ in _FALL_ELSEWHERE and not dated:
            return False
    group = reader.group_at(subject)
    if group is None or group.pronoun is not None:
        return False
    return group.category in (Category.MILITANTS, Category.SECURITY_FORCES) or (
        group.quantity is not None and not group.name
    )


_FALL_ELSEWHERE = {
    "on",
    "to",
    "into",
    "from",
    "upon",
    "under",
    "by",
    "apart",
    "short",
    "ill",
    "sick",
    "for",
    "behind",
    "off",
}


def has_complement(token: Token, complement: str) -> bool:
    """True where a verb's complement ("dead", "off", "hostage") follows it within its clause."""
    doc = token.doc
    if token.lemma_.lower() in ("be", "lie", "remain"):
        return any(c.dep_ in ("acomp", "attr", "oprd") and c.lower_ == complement for c in token.children)
    for other in doc[token.i + 1 : token.i + 12]:
        if other.lemma_.lower() == complement or other.lower_ == complement:
            return _within(other, token)
        if other.tag_ in ("VBD", "VBZ", "VBP") and other.dep_ not in ("acl", "relcl", "amod"):
            return False
    return False


def _within(other: Token, token: Token) -> bool:
    return other.i - token.i <= 2 or token in other.ancestors or other.head == token.head


def is_passive(token: Token) -> bool:
    """True for a passive verb: "were killed", "people killed in", "found shot dead"."""
    if child(token, "nsubjpass", "auxpass") is not None:
        return True
    if token.tag_ != "VBN" or (child(token, "nsubj") is not None and token.dep_ not in ("acl", "amod")):
        return False
    if any(c.lower_ in ("have", "has", "had", "having", "'ve", "'d") for c in token.lefts if c.dep_ == "aux"):
        return False
    if token.dep_ in ("acl", "amod", "xcomp", "oprd", "ROOT", "advcl", "relcl", "ccomp"):
        return child(token, "dobj") is None or child(token, "agent") is not None
    if token.dep_ == "conj":
        return (
            is_passive(token.head)
            if token.head.pos_ in ("VERB", "AUX") and child(token, "nsubj", "dobj") is None
            else child(token, "dobj") is None
        )
    return False


def patient_of(token: Token, role: str) -> Token | None:
    """The noun that a harm verb is done to (role `object`) or happens to (role `subject`)."""
    if role == "subject":
        return subject_of(token)
    if is_passive(token):
        own = child(token, "nsubjpass", "nsubj")
        if own is not None:
            return _antecedent(own, token)
        if token.dep_ in ("acl", "amod", "relcl"):
            return token.head
        return subject_of(token)
    found = child(token, "dobj", "obj")
    if token.lemma_.lower() == "let" and found is None:
        going = child(token, "ccomp", "xcomp")
        found = child(going, "nsubj") if going is not None else None
    if found is None and token.tag_ in ("VBD", "VBN", "VBP", "VB", "VBG"):
        found = next(
            (
                c
                for c in token.rights
                if c.dep_ in ("ccomp", "npadvmod", "oprd", "dep", "attr", "nsubj", "dative")
                and c.pos_ in ("NOUN", "PROPN", "NUM", "PRON")
            ),
            None,
        )
    if found is not None and found.lower_ in ("whom", "who", "that", "which") and token.dep_ == "relcl":
        return token.head
    if (
        found is None
        and token.dep_ == "relcl"
        and child(token, "nsubj") is not None
        and child(token, "nsubj").lower_ not in _RELATIVE
    ):
        return token.head
    return found


def subject_of(token: Token, depth: int = 0) -> Token | None:
    """The subject of a verb, its own or taken over from the verb that it goes on from."""
    own = child(token, "nsubj", "nsubjpass")
    if own is not None:
        return _antecedent(own, token)
    if depth > 4:
        return None
    if token.dep_ in ("acl", "relcl"):
        return token.head
    if token.dep_ in _GOES_ON and token.head.pos_ in ("VERB", "AUX"):
        return subject_of(token.head, depth + 1)
    return None


def _antecedent(noun: Token, verb: Token) -> Token:
    if noun.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return noun


def agent_of(token: Token) -> Token | None:
    """Who did it: the active subject, or the noun after "by"."""
    if is_passive(token):
        by = child(token, "agent") or next(
            (c for c in token.children if c.dep_ == "prep" and c.lower_ == "by"), None
        )
        return child(by, "pobj") if by is not None else None
    return subject_of(token)


# -- nouns


def _nouns(reader: PhraseReader) -> Iterator[HarmMention]:
    for token in reader.sentence.doc:
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        for word in reader.lexicon.harms.get((token.lemma_.lower(), "NOUN"), ()):
            patients = _noun_patients(reader, token)
            if patients:
                yield HarmMention(
                    reader.sentence.index,
                    token.i,
                    word.harm,
                    patients,
                    _noun_agent(token),
                    word.event_type,
                    "harm.noun",
                )
                break


def _noun_patients(reader: PhraseReader, token: Token) -> tuple[Group, ...]:
    of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of" and c.i > token.i), None)
    inner = child(of, "pobj") if of is not None else None
    if inner is not None:
        return tuple(
            g for g in reader.groups_at(inner) if g.is_people or g.quantity is not None or g.is_named
        )
    number = next(
        (q for q in reader.quantities if q.end <= token.i and q.end >= token.i - 2 and not q.is_ordinal), None
    )
    if number is not None and token.lemma_.lower() in (
        "death",
        "fatality",
        "injury",
        "killing",
        "murder",
        "arrest",
        "kidnapping",
        "abduction",
    ):
        return (_counted(reader, token, number),)
    owner = child(token, "poss")
    if owner is not None and token.lemma_.lower() in (
        "death",
        "murder",
        "assassination",
        "killing",
        "arrest",
        "abduction",
        "kidnapping",
        "execution",
        "release",
    ):
        return reader.groups_at(owner)
    return ()


def _noun_agent(token: Token) -> Token | None:
    by = next((c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def _counted(
    reader: PhraseReader, token: Token, number: Quantity, category: Category = Category.UNKNOWN
) -> Group:
    """A bare number of people."""
    return Group(
        reader.sentence.index,
        number.end - 1,
        number.start,
        max(number.end, token.i + 1),
        number.low,
        number.best,
        number.high,
        category,
        "",
        quantity=number,
        is_more=number.is_more,
    )


# -- numbers with a participle or adjective

_ADVERBS = {
    "badly",
    "seriously",
    "critically",
    "severely",
    "slightly",
    "lightly",
    "gravely",
    "reported",
    "reportedly",
    "confirmed",
    "also",
    "others",
    "other",
    "more",
    "people",
    "at",
    "least",
    "fatally",
    "mortally",
    "still",
    "left",
    "feared",
    "believed",
    "presumed",
    "found",
    "mostly",
    "all",
    "shot",
    "listed",
    "as",
    "civilians",
    "persons",
    "were",
    "was",
    "are",
    "have",
    "been",
    "had",
    "being",
}


def _statives(reader: PhraseReader, earlier: list[HarmMention]) -> Iterator[HarmMention]:
    doc, words = reader.sentence.doc, reader.sentence.words
    used = {(g.quantity.number_start) for m in earlier for g in m.groups if g.quantity is not None}
    for number in reader.quantities:
        if number.number_start in used or number.is_ordinal:
            continue
        head, after = _stative_head(reader, number)
        i = after
        while i < len(doc) and i < after + 4 and words[i] in _ADVERBS:
            i += 1
        if i >= len(doc):
            continue
        harm = _stative_harm(reader, doc[i])
        if harm is None:
            continue
        group = reader.group_at(doc[head]) if head >= number.end else None
        if group is None or (group.category is Category.UNKNOWN and not group.is_people):
            group = _counted(reader, doc[number.end - 1], number)
        yield HarmMention(reader.sentence.index, i, harm, (group,), None, None, "harm.stative")


def _stative_head(reader: PhraseReader, number: Quantity) -> tuple[int, int]:
    """The people noun after a number, if any, as (its token or -1, the token after it)."""
    doc, words = reader.sentence.doc, reader.sentence.words
    i = number.end
    if i < len(doc) and words[i] == "of":
        i += 1
    limit = min(len(doc), i + 5)
    last = -1
    j = i
    while j < limit and doc[j].tag_ in ("JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "DT", "PRP", "JJR"):
        if _stative_harm(reader, doc[j]) is not None and doc[j].lower_ not in ("missing",):
            break
        if reader.lexicon.people.get(doc[j].lemma_.lower()) is not None or doc[j].tag_ in ("NNS", "NNPS"):
            last = j
        j += 1
    return (last, last + 1) if last >= 0 else (-1, i)


def _stative_harm(reader: PhraseReader, token: Token) -> Harm | None:
    lemma = token.lower_
    if lemma in (
        "dead",
        "killed",
        "slain",
        "die",
        "died",
        "lifeless",
        "deaths",
        "fatalities",
        "murdered",
        "massacred",
        "executed",
    ):
        return Harm.KILLED
    if lemma in ("wounded", "injured", "hurt", "wounding", "injuries"):
        return Harm.INJURED
    if lemma in ("missing", "unaccounted"):
        return Harm.MISSING
    if lemma in ("homeless", "displaced"):
        return Harm.DISPLACED
    if lemma in ("kidnapped", "abducted"):
        return Harm.ABDUCTED
    if lemma in ("arrested", "detained", "arrests"):
        return Harm.ARRESTED
    if lemma in ("freed", "released", "rescued"):
        return Harm.RELEASED
    if lemma == "captured":
        return Harm.CAPTURED
    return None


# -- lives, bodies and measures


def _lives(reader: PhraseReader) -> Iterator[HarmMention]:
    """ "cost 12 lives", "claimed the lives of 12 people", "lost two men"."""
    for token in reader.sentence.doc:
        lemma = token.lemma_.lower()
        if lemma in ("claim", "cost", "take", "demand") and token.pos_ == "VERB":
            life = next(
                (
                    c
                    for c in token.children
                    if c.dep_ in ("dobj", "attr", "dative") and c.lemma_.lower() == "life"
                ),
                None,
            )
            groups = _life_groups(reader, life) if life is not None else ()
            if groups:
                yield HarmMention(
                    reader.sentence.index, token.i, Harm.KILLED, groups, None, None, "harm.lives"
                )
        elif lemma == "lose" and token.pos_ == "VERB":
            lost = child(token, "dobj")
            if lost is not None and lost.lemma_.lower() != "life":
                groups = tuple(
                    g
                    for g in reader.groups_at(lost)
                    if g.is_people and (g.quantity is not None or g.is_named or g.low == 1)
                )
                if groups and lost.lemma_.lower() not in ("seat", "control", "percent"):
                    yield HarmMention(
                        reader.sentence.index, token.i, Harm.KILLED, groups, None, None, "harm.lives"
                    )


def _life_groups(reader: PhraseReader, life: Token) -> tuple[Group, ...]:
    of = next((c for c in life.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    inner = child(of, "pobj") if of is not None else None
    if inner is not None:
        return reader.groups_at(inner)
    number = next((q for q in reader.quantities if q.end <= life.i and q.end >= life.i - 2), None)
    return (_counted(reader, life, number),) if number is not None else ()


def _throats(reader: PhraseReader) -> Iterator[HarmMention]:
    """ "had their throats cut", "slit the throats of five villagers"."""
    for token in reader.sentence.doc:
        if token.lemma_.lower() != "throat" or not {"cut", "slit", "slash"} & {
            t.lemma_.lower() for t in token.doc[max(0, token.i - 4) : token.i + 4]
        }:
            continue
        of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        patient = child(of, "pobj") if of is not None else None
        verb = token.head
        while patient is None and verb.lemma_.lower() != "have" and verb.head.i != verb.i:
            verb = verb.head
        patient = patient or (subject_of(verb) if verb.lemma_.lower() == "have" else None)
        groups = reader.groups_at(patient) if patient is not None else ()
        if groups:
            yield HarmMention(
                reader.sentence.index, token.i, Harm.KILLED, groups, None, EventType.KILLING, "harm.throats"
            )


def _bodies(reader: PhraseReader) -> Iterator[HarmMention]:
    """ "the bodies of eight civilians", "11 bodies were found", "counted ten bodies"."""
    for token in reader.sentence.doc:
        if token.lemma_.lower() not in ("body", "corpse") or token.pos_ not in ("NOUN", "PROPN"):
            continue
        of = next(
            (c for c in token.children if c.dep_ == "prep" and c.lower_ == "of" and c.i > token.i), None
        )
        inner = child(of, "pobj") if of is not None else None
        groups = reader.groups_at(inner) if inner is not None else ()
        group = reader.group_at(token)
        if not groups and group is not None and (group.quantity is not None or _is_found(token)):
            groups = (group,)
        theirs = token.tag_ == "NNS" and any(c.dep_ == "poss" for c in token.lefts) and group is not None
        groups = tuple(g for g in groups if g.quantity is not None or g.is_named or g.low == 1)
        if theirs and not groups and group is not None:
            groups = (replace(group, pronoun="their"),)
        if groups:
            yield HarmMention(reader.sentence.index, token.i, Harm.KILLED, groups, None, None, "harm.bodies")


_FOUND = {"find", "recover", "discover", "see", "lie", "retrieve", "pull", "pick", "dump", "bury", "count", "identify", "burn", "unearth", "exhume", "return", "wash", "carry", "bring", "hang"}


def _is_found(body: Token) -> bool:
    """True for one body that is found or seen, not for a "rights body"."""
    if body.tag_ != "NN" or any(t.dep_ == "compound" for t in body.lefts):
        return False
    return body.head.lemma_.lower() in _FOUND or any(t.lemma_.lower() in _FOUND for t in body.children)


_MEASURES = {
    "toll": Harm.KILLED,
    "dead": Harm.KILLED,
    "deaths": Harm.KILLED,
    "killed": Harm.KILLED,
    "fatalities": Harm.KILLED,
    "died": Harm.KILLED,
    "wounded": Harm.INJURED,
    "injured": Harm.INJURED,
    "injuries": Harm.INJURED,
    "missing": Harm.MISSING,
    "displaced": Harm.DISPLACED,
    "arrests": Harm.ARRESTED,
    "arrested": Harm.ARRESTED,
    "detained": Harm.ARRESTED,
    "abducted": Harm.ABDUCTED,
    "kidnapped": Harm.ABDUCTED,
    "hostages": Harm.ABDUCTED,
}
_MEASURE_VERBS = {
    "put",
    "raise",
    "bring",
    "rise",
    "climb",
    "reach",
    "stand",
    "give",
    "estimate",
    "take",
    "lower",
    "cut",
    "revise",
    "be",
    "grow",
    "set",
    "jump",
    "pass",
    "exceed",
    "increase",
    "double",
    "place",
    "mount",
    "report",
    "list",
    "lift",
    "push",
    "number",
    "drop",
    "go",
    "soar",
    "hit",
    "fall",
}


def _measures(reader: PhraseReader) -> Iterator[HarmMention]:
    """ "put the toll at 27", "the number of dead rose to 30", "raising to four the number killed"."""
    words = reader.sentence.words
    for i, word in enumerate(words):
        harm = _MEASURES.get(word)
        if harm is None or not _is_measure(words, i):
            continue
        number = _measured_after(reader, i) or _measured_before(reader, i)
        if number is None:
            continue
        group = _measured_group(reader, number)
        yield HarmMention(reader.sentence.index, i, harm, (group,), None, None, "toll.measure")


_DESCRIBED = {"dead": Harm.KILLED, "killed": Harm.KILLED, "slain": Harm.KILLED, "victims": Harm.KILLED, "wounded": Harm.INJURED, "injured": Harm.INJURED, "hostages": Harm.ABDUCTED, "captives": Harm.ABDUCTED}


def _descriptions(reader: PhraseReader) -> Iterator[HarmMention]:
    """Who they were: "the dead were militants", "all of the wounded were civilians", "most of the victims were students"."""
    for token in reader.sentence.doc:
        if token.lemma_ != "be":
            continue
        subject, said = child(token, "nsubj"), child(token, "attr")
        if subject is None or said is None:
            continue
        inner = next((t for t in subject.subtree if t.lower_ in _DESCRIBED and t.i < token.i), None)
        category = reader.category(said)
        counted = any(q.start <= t.i < q.end for q in reader.quantities for t in subject.subtree)
        if inner is None or category in (None, Category.UNKNOWN) or counted:
            continue
        group = Group(reader.sentence.index, said.i, said.i, said.i + 1, None, None, None, category, "", pronoun=None, is_description=True)
        yield HarmMention(reader.sentence.index, inner.i, _DESCRIBED[inner.lower_], (group,), None, None, "toll.described")


_ELLIPTIC_VERBS = {"count", "report", "estimate", "record", "list", "mention", "confirm"}
_ELLIPTIC_NOUNS = {"estimate", "count", "figure", "toll", "number", "tally"}


def _elliptic(reader: PhraseReader) -> Iterator[HarmMention]:
    """A bare number after a toll told before: "its members had counted 151", "the first estimate was 20"."""
    words, doc = reader.sentence.words, reader.sentence.doc
    for number in reader.quantities:
        after = words[number.end] if number.end < len(words) else "."
        if after not in (".", ",", ";", "but", "and", "-", ")") or number.value is None:
            continue
        before = doc[number.start - 1] if number.start else None
        if before is None or not _after_count(doc, before):
            continue
        harm = Harm.INJURED if {"wounded", "injured", "hurt"} & set(words) else Harm.KILLED
        yield HarmMention(
            reader.sentence.index,
            before.i,
            harm,
            (_counted(reader, doc[number.end - 1], number),),
            None,
            None,
            "toll.elliptic",
        )


def _after_count(doc: object, before: Token) -> bool:
    words = [t.lower_ for t in before.doc[max(0, before.i - 6) : before.i + 1]]
    lemma = before.lemma_.lower()
    if lemma in _ELLIPTIC_VERBS:
        return True
    if lemma == "of" and {"told", "spoke", "spoken", "speaks", "figure", "toll", "tally", "count"} & set(
        words[-4:]
    ):
        return True
    if lemma in ("be", "as", "at") and any(w in _ELLIPTIC_NOUNS for w in words):
        return True
    return (
        lemma in ("to", "at")
        and "it" in words[-3:]
        and bool({"raised", "put", "revised", "lowered", "raise", "puts"} & set(words))
    )


def _is_measure(words: tuple[str, ...], i: int) -> bool:
    """True for "toll", "the dead", "the number of dead", "the number of people killed", "the number killed"."""
    if words[i] == "toll":
        return True
    before = words[max(0, i - 6) : i]
    if any(noun in before for noun in ("number", "count", "figure", "total", "tally")):
        return True
    return words[i] in ("dead", "wounded", "injured", "missing") and bool(before) and before[-1] == "the"


def _measured_after(reader: PhraseReader, i: int) -> Quantity | None:
    words = reader.sentence.words
    for number in reader.quantities:
        if number.is_ordinal or number.start <= i or number.start > i + 14:
            continue
        link = words[number.start - 1]
        if link in (
            "at",
            "to",
            "as",
            "of",
            "was",
            "is",
            "were",
            "reached",
            "exceeded",
            "passed",
            "stood",
            "topped",
            "surpassed",
            "number",
            "numbers",
            "numbered",
            "totalled",
            "totals",
            "from",
        ):
            between = words[i + 1 : number.start]
            if ";" in between or "who" in between:
                return None
            following = words[number.end] if number.end < len(words) else ""
            if following in ("percent", "per", "%", "km", "miles", "years", "a.m.", "p.m."):
                return None
            if link == "from":
                continue
            return number
    return None


def _measured_before(reader: PhraseReader, i: int) -> Quantity | None:
    """The number in "raising to four the number killed"."""
    words = reader.sentence.words
    for number in reader.quantities:
        if number.end <= i and number.end >= i - 6 and number.start and words[number.start - 1] == "to":
            return number
    return None


def _measured_group(reader: PhraseReader, number: Quantity) -> Group:
    doc = reader.sentence.doc
    head, _ = _stative_head(reader, number)
    if head >= 0:
        group = reader.group_at(doc[head])
        if group is not None and group.quantity is not None and group.is_people:
            return group
    return _counted(reader, doc[number.end - 1], number)
