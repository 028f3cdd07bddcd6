"""Tolls spoken of as such: "put the toll at 27", "the rebels acknowledged 50".

Rules `toll.measure` and `toll.elliptic`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from casus.model import Category, Harm
from casus.reading.groups import PhraseReader
from casus.reading.harm_states import people_after
from casus.reading.lexicon import load_lexicon, word_lists
from casus.reading.mentions import HarmMention
from casus.reading.people import Group
from casus.reading.quantities import Quantity

# What is measured, by the word for it.
MEASURED = {
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
    "taken": Harm.ABDUCTED,
    "seized": Harm.ABDUCTED,
    "captives": Harm.ABDUCTED,
    "captured": Harm.CAPTURED,
    "hurt": Harm.INJURED,
    "freed": Harm.RELEASED,
    "released": Harm.RELEASED,
    "escaped": Harm.ESCAPED,
}
# What a bare number counts, by a word of its sentence; the dead where there is none.
_SPOKEN_OF = {
    "wounded": Harm.INJURED,
    "injured": Harm.INJURED,
    "hurt": Harm.INJURED,
    "injuries": Harm.INJURED,
    "wounds": Harm.INJURED,
    "taken": Harm.ABDUCTED,
    "seized": Harm.ABDUCTED,
    "kidnapped": Harm.ABDUCTED,
    "abducted": Harm.ABDUCTED,
    "hostages": Harm.ABDUCTED,
    "captives": Harm.ABDUCTED,
    "arrested": Harm.ARRESTED,
    "detained": Harm.ARRESTED,
    "displaced": Harm.DISPLACED,
    "missing": Harm.MISSING,
}
_COMPARED = (
    ("up", "from"),
    ("down", "from"),
    ("above", "the"),
    ("below", "the"),
    ("than", "the"),
    ("compared", "with"),
    ("compared", "to"),
    ("instead", "of"),
    ("instead", "of", "the"),
    ("rather", "than"),
    ("up", "from", "the"),
    ("down", "from", "the"),
)
_FAR_AHEAD = 32  # where a verb like "has risen" stands right before it
_AHEAD = 14  # tokens from the measure to its number
_BEHIND = 6
_CLAUSE = 6  # tokens before a bare number that tell what it counts


def measure_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The mentions in "put the toll at 27", "raising to four the number killed"."""
    words = reader.sentence.words
    for i, word in enumerate(words):
        harm = MEASURED.get(word)
        if harm is None or not _is_measure(words, i):
            continue
        number = _number_after(reader, i) or _number_before(reader, i)
        if number is not None:
            group = with_side(reader, _people_of(reader, number), i)
            yield HarmMention(reader.sentence.index, i, harm, (group,), None, None, "toll.measure")


def _is_measure(words: Sequence[str], i: int) -> bool:
    """True for "toll", "the dead", "the number of people killed", "the number killed"."""
    if words[i] == "toll":
        return True
    before = words[max(0, i - _BEHIND) : i]
    if any(words[j] == "at" and words[j + 2 : j + 3] == ("the",) for j in range(max(0, i - _BEHIND), i)):
        return True
    if word_lists()["count nouns"] & set(before):
        return True
    return words[i] in ("dead", "wounded", "injured", "missing") and before[-1:] == ("the",)


def _number_after(reader: PhraseReader, i: int) -> Quantity | None:
    words, lists = reader.sentence.words, word_lists()
    for number in reader.quantities:
        far = _FAR_AHEAD if lists["rising"] & set(words[max(0, number.start - 3) : number.start]) else _AHEAD
        if not i < number.start <= i + far or words[number.start - 1] not in lists["measure links"]:
            continue
        between = words[i + 1 : number.start]
        if any(MEASURED.get(w, MEASURED[words[i]]) is not MEASURED[words[i]] for w in between):
            return None
        following = words[number.end] if number.end < len(words) else ""
        if ";" in between or "who" in between or following in lists["no people"]:
            return None
        return number
    return None


def _number_before(reader: PhraseReader, i: int) -> Quantity | None:
    """The number in "raising to four the number killed"."""
    words = reader.sentence.words
    near = (q for q in reader.quantities if i - _BEHIND <= q.end <= i and q.start)
    return next((q for q in near if words[q.start - 1] == "to" or _is_inverted(words, q)), None)


def _is_inverted(words: Sequence[str], number: Quantity) -> bool:
    """True for "puts at 44 the farmers killed": the number before what it counts."""
    return words[number.start - 1] == "at" and words[number.end : number.end + 1] == ("the",)


def _people_of(reader: PhraseReader, number: Quantity) -> Group:
    """The people that the number of a toll counts, if it names them: "the toll rose to 11 soldiers"."""
    head, _ = people_after(reader, number)
    group = reader.group_at(reader.sentence.doc[head]) if head >= 0 else None
    named = group is not None and group.quantity is not None and group.is_people
    return group if group is not None and named else reader.counted(number)


def with_side(reader: PhraseReader, group: Group, i: int) -> Group:
    """The group with the side of the people that the measure names: "the number of fighters killed"."""
    words = reader.sentence.words
    first = next((j for j in range(max(0, i - _BEHIND), i) if words[j] in word_lists()["count nouns"]), i)
    sides = [reader.category(t) for t in reader.sentence.doc[first:i] if reader.is_person_noun(t)]
    side = sides[-1] if sides else None
    if group.category is not Category.UNKNOWN or side in (None, Category.UNKNOWN):
        return group
    return replace(group, category=side or Category.UNKNOWN, refers_back=False)


# -- bare numbers after words of counting


def elliptic_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """A bare number after a toll told before: "its members had counted 151", "the first estimate was 20"."""
    words, doc = reader.sentence.words, reader.sentence.doc
    harm = next((_SPOKEN_OF[w] for w in words if w in _SPOKEN_OF), Harm.KILLED)
    for number in reader.quantities:
        after = words[number.end] if number.end < len(words) else "."
        if number.value is None or not number.start:
            continue
        before = doc[number.start - 1]
        compared = _is_compared(words, number.start) and (
            after in word_lists()["after bare number"] or after in word_lists()["after compared"]
        )
        if compared or (after in word_lists()["after bare number"] and _counts_before(before)):
            group = (reader.counted(number),)
            yield HarmMention(reader.sentence.index, before.i, harm, group, None, None, "toll.elliptic")


def _is_compared(words: Sequence[str], start: int) -> bool:
    """True for the number of "up from 36", "far above the 358 that they gave", "compared with 20"."""
    before = tuple(words[max(0, start - 3) : start])
    if before[-1:] == ("from",) and (
        (before[-2:-1] and before[-2].isdigit()) or word_lists()["rising"] & set(words[:start])
    ):
        return True
    return any(before[-len(link) :] == link for link in _COMPARED)


def _counts_before(before: Token) -> bool:
    """True where the words before a bare number say that it is a count."""
    lists = word_lists()
    words = [t.lower_ for t in before.doc[max(0, before.i - _CLAUSE) : before.i + 1]]
    lemma = before.lemma_.lower()
    if _counts_things(before):
        return False
    if lemma in lists["counting"]:
        return True
    if lemma == "of":
        return bool(lists["figures told"] & set(words[-4:]))
    if lemma in ("be", "as", "at") and lists["estimates"] & set(words):
        return True
    return lemma in ("to", "at", "as") and "it" in words[-3:] and bool(lists["putting"] & set(words))


def _counts_things(before: Token) -> bool:
    """True for "the number of houses razed": what is counted are no people and no deaths."""
    lexicon = load_lexicon()
    for link in before.doc[max(0, before.i - _AHEAD) : before.i]:
        if (
            link.lower_ != "of"
            or not link.i
            or before.doc[link.i - 1].lower_ not in word_lists()["count nouns"]
        ):
            continue
        counted = next(
            (t for t in before.doc[link.i + 1 : before.i + 1] if t.pos_ in ("NOUN", "PROPN")), None
        )
        forms = (counted.lower_, counted.lemma_.lower()) if counted is not None else ("", "")
        if counted is not None and not set(forms) & MEASURED.keys() and lexicon.person(*forms) is None:
            return (forms[1], "NOUN") not in lexicon.harms
    return False
