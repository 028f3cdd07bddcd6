"""Harm told by a state: "12 dead and 34 wounded", "left two soldiers and a driver dead".

Rule `harm.stative`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from casus.model import Category, Harm
from casus.reading.groups import PhraseReader
from casus.reading.lexicon import word_lists
from casus.reading.mentions import HarmMention
from casus.reading.people import Group
from casus.reading.quantities import Quantity

_NOUN_TAGS = frozenset(["JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "DT", "PRP", "JJR"])
_DETERMINERS = frozenset({"DT", "PRP$", "CD", "JJ"})
_NOUN_WINDOW = 5  # tokens after a number within which its noun stands
_STATE_WINDOW = 4  # adverbs and the like between people and their state
_WOUND_WINDOW = 5  # tokens between "suffered" and the wounds
_LOSSES = 16  # tokens from the word for losses to the number
_LIST = 22  # tokens that a list of people may be long
_LEFT_WINDOW = 30  # tokens between "left" and "dead"


def state_of(reader: PhraseReader, token: Token) -> Harm | None:
    """The harm that an adjective, a participle or a noun of state tells; None for other words."""
    nouns = {
        "deaths": Harm.KILLED,
        "fatalities": Harm.KILLED,
        "injuries": Harm.INJURED,
        "arrests": Harm.ARRESTED,
    }
    if token.lower_ in nouns:
        return nouns[token.lower_]
    if token.lower_ in ("suffered", "sustained", "received"):
        after = {t.lemma_.lower() for t in token.doc[token.i + 1 : token.i + _WOUND_WINDOW]}
        return Harm.INJURED if after & {"injury", "wound", "burn"} else None
    adjectives = reader.lexicon.harms.get((token.lower_, "ADJ"))
    if adjectives:
        return adjectives[0].harm
    if token.lower_ in word_lists()["states"]:
        verbs = reader.lexicon.harms.get((token.lemma_.lower(), "VERB"), ())
        return next((w.harm for w in verbs if not w.complement), None)
    return None


def state_mentions(reader: PhraseReader, earlier: Sequence[HarmMention]) -> Iterator[HarmMention]:
    """The mentions that states make; numbers that `earlier` mentions have read are left to them."""
    used = {i for mention in earlier for g in mention.groups for i in range(g.start, g.end)}
    for number in reader.quantities:
        if number.number_start in used:
            continue
        head, after = people_after(reader, number)
        state = _state_after(reader, after)
        harm = state_of(reader, state) if state is not None else None
        if state is None or harm is None or _acts(state):
            continue
        group = reader.group_at(reader.sentence.doc[head]) if head >= number.end else None
        if head >= number.end and group is None and not _may_be_people(reader.sentence.doc[head], harm):
            continue
        if group is None or (group.category is Category.UNKNOWN and not group.is_people):
            if number.value is None and state.pos_ == "NOUN":
                continue
            words = reader.sentence.words[number.end : number.end + 2]
            group = reader.counted(number, _side_of_losses(reader, number.start))
            group = replace(group, is_subset=words in (("of", "them"), ("of", "whom")))
        yield HarmMention(reader.sentence.index, state.i, harm, (group,), None, None, "harm.stative")


def _side_of_losses(reader: PhraseReader, end: int) -> Category:
    """Whose dead a number counts after "put army losses at", "government casualties were"."""
    words = reader.sentence.words
    for i in range(end - 1, max(0, end - _LOSSES), -1):
        if words[i] in ("losses", "casualties"):
            known = reader.lexicon.people_before.get(words[i - 1])
            mark = reader.actors.get(i - 1)
            side = mark.category if mark is not None else known.category if known is not None else None
            return side or Category.UNKNOWN
    return Category.UNKNOWN


def _may_be_people(noun: Token, harm: Harm) -> bool:
    """True for an unknown noun that death makes a person: "12 Mehsuds killed", not "14 guns captured"."""
    return harm in (Harm.KILLED, Harm.INJURED) and noun.lemma_.lower() not in word_lists()["no people killed"]


def people_after(reader: PhraseReader, number: Quantity) -> tuple[int, int]:
    """The noun for people after a number, if any, as (its token or -1, the token after it)."""
    doc, words = reader.sentence.doc, reader.sentence.words
    first = number.end + (number.end < len(doc) and words[number.end] == "of")
    last = person = -1
    for token in doc[first : first + _NOUN_WINDOW]:
        if token.tag_ not in _NOUN_TAGS:
            break
        if token.lower_ != "missing" and state_of(reader, token) is not None:
            break
        if reader.is_person_noun(token) or token.i in reader.actors:
            person = token.i
        if token.tag_ in ("NNS", "NNPS") or person == token.i:
            last = token.i
    return (person if person >= 0 else last, last + 1) if last >= 0 else (-1, first)


def _state_after(reader: PhraseReader, i: int) -> Token | None:
    """The first word after token i that is no adverb or auxiliary, within the clause."""
    doc, words = reader.sentence.doc, reader.sentence.words
    if i < len(doc) and words[i] in ("them", "whom"):
        i += 1  # "three of them wounded"
    elif i + 1 < len(doc) and doc[i].tag_ in ("NN", "JJ") and state_of(reader, doc[i]) is None:
        beside = state_of(reader, doc[i + 1])
        i += beside is not None  # "20 enemy dead"
    end = i + _STATE_WINDOW
    while i < min(len(doc), end) and words[i] in word_lists()["before state"]:
        i += 1
    return doc[i] if i < len(doc) else None


def _acts(state: Token) -> bool:
    """True for the verb of "four men killed a shopkeeper": no state of those before it."""
    if state.tag_ in ("VBD", "VBN") and any(c.dep_ in ("dobj", "obj") for c in state.rights):
        return True
    doc, i = state.doc, state.i
    follows = i + 1 < len(doc) and (
        doc[i + 1].tag_ in _DETERMINERS or doc[i + 1].pos_ in ("NOUN", "PROPN", "NUM")
    )
    return i > 0 and doc[i - 1].lower_ in ("shot", "stabbed", "beaten") and follows


# -- "left … dead"


def left_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in "leaving two gendarmes and a driver dead and nine people wounded"."""
    doc = reader.sentence.doc
    for verb in doc:
        if verb.lemma_.lower() != "leave" or verb.tag_ in ("NN", "NNS"):
            continue
        first = verb.i + 1
        for state in doc[verb.i + 1 : verb.i + _LEFT_WINDOW]:
            if state.text in (";", ".") or state.tag_ in ("VBZ", "VBP", "MD"):
                break
            harm = state_of(reader, state) if state.lower_ in word_lists()["left states"] else None
            if state.lower_ == "condition" and doc[state.i - 1].lower_ in ("critical", "serious", "grave"):
                harm = Harm.INJURED
            if harm is None:
                continue
            groups = people_between(reader, first, state.i)
            if groups:
                yield HarmMention(reader.sentence.index, state.i, harm, groups, None, None, "harm.stative")
            first = state.i + 1


def people_between(reader: PhraseReader, first: int, end: int) -> tuple[Group, ...]:
    """The counted or single people named from token `first` to `end` (exclusive), side by side."""
    found: list[Group] = []
    done = first
    doc = reader.sentence.doc
    for token in doc[first:end]:
        follows = token.i + 1 < end and doc[token.i + 1].pos_ in ("NOUN", "PROPN", "NUM")
        whose = token.dep_ == "pobj" and token.head.lower_ in ("of", "from") and token.head.head.i >= first
        if (
            token.i < done
            or follows
            or (whose and found)
            or token.pos_ not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ")
        ):
            continue
        group = reader.group_at(token)
        if group is None or group.end > end or (group.quantity is None and group.low != 1):
            continue
        if group.is_people or (group.quantity is not None and not group.name):
            found.append(group)
            done = group.end
    return tuple(found)


def list_end(reader: PhraseReader, first: int) -> int:
    """The token at which a list of people that begins at `first` ends: a verb, a preposition, a stop."""
    doc = reader.sentence.doc
    for token in doc[first : first + _LIST]:
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD", "WRB", "WP") or token.text in (";", ".", "-"):
            return token.i
        if token.lower_ in word_lists()["list enders"]:
            return token.i
    return min(len(doc), first + _LIST)
