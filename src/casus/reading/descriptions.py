"""Who the harmed were, told in a clause of its own: "the dead were militants", "two of them were policemen".

Rule `toll.described`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.model import Category, Harm
from casus.reading.groups import PhraseReader
from casus.reading.harm_states import people_between
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child
from casus.reading.people import Group, Part, Share

# The harmed by the word for them; a pronoun stands for those told of last.
_HARMED = {
    "dead": Harm.KILLED,
    "killed": Harm.KILLED,
    "slain": Harm.KILLED,
    "died": Harm.KILLED,
    "perished": Harm.KILLED,
    "victims": Harm.KILLED,
    "fatalities": Harm.KILLED,
    "wounded": Harm.INJURED,
    "injured": Harm.INJURED,
    "hurt": Harm.INJURED,
    "abducted": Harm.ABDUCTED,
    "kidnapped": Harm.ABDUCTED,
    "hostages": Harm.ABDUCTED,
    "captives": Harm.ABDUCTED,
}
_PRONOUNS = frozenset({"they", "them"})
_REST = frozenset({"rest", "others", "remainder"})
_AFTER_BE = 16  # tokens of a predicate


def description_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """The descriptions of a sentence; their groups count nobody, their parts say who people were."""
    for token in reader.sentence.tokens:
        found = None
        if token.lemma_ == "be" and token.pos_ in ("AUX", "VERB"):
            found = _described(reader, token) or _among_the_dead(reader, token)
        elif token.lemma_ == "include" and token.tag_ != "VBG":
            found = _included(reader, token)
        if found is not None:
            yield found


def _mention(
    reader: PhraseReader, trigger: Token, harm: Harm, parts: tuple[Part, ...], pronoun: str | None
) -> HarmMention:
    group = Group(
        reader.sentence.index,
        trigger.i,
        trigger.i,
        trigger.i + 1,
        None,
        None,
        None,
        Category.UNKNOWN,
        "",
        pronoun=pronoun,
        is_part=True,
        is_people=False,
        parts=parts,
    )
    return HarmMention(reader.sentence.index, trigger.i, harm, (group,), None, None, "toll.described")


def _described(reader: PhraseReader, be: Token) -> HarmMention | None:
    """The mention in "the dead were militants", "all of the wounded were civilians"."""
    subject = child(be, "nsubj")
    if subject is None or child(be, "neg") is not None:
        return None
    words = [t for t in subject.subtree if t.i < be.i]
    harmed = next((t for t in words if t.lower_ in _HARMED), None) or _harmed_before(reader, be)
    pronoun = next((t for t in words if t.lower_ in _PRONOUNS), None) or _bare(words)
    trigger = harmed or pronoun
    if trigger is None or (harmed is None and be.lower_ not in ("were", "was")):
        return None
    share, count = _share(reader, subject, be)
    whole = share is Share.ALL and harmed is None
    if share is None or (whole and "all" not in reader.sentence.words):
        return None
    category = _predicate(reader, be)
    if category is None:
        return None
    if _is_disputed(reader):
        category = Category.UNKNOWN
    parts = (Part(share, count, category), *_rest(reader, be))
    harm = _HARMED[harmed.lower_] if harmed is not None else Harm.KILLED
    own = be if harmed is not None and harmed not in words else trigger
    return _mention(reader, own, harm, parts, None if harmed is not None else "they")


def _bare(words: list[Token]) -> Token | None:
    """The number that stands alone for some of them: "six were policemen and the rest shoppers"."""
    return words[-1] if words and all(t.pos_ == "NUM" for t in words) else None


def _harmed_before(reader: PhraseReader, be: Token) -> Token | None:
    """The word for the harmed in "of the 18 people killed in the raid, 13 were soldiers"."""
    doc = reader.sentence.doc
    if doc[0].lower_ != "of":
        return None
    return next((t for t in doc[: be.i] if t.lower_ in _HARMED), None)


def _is_disputed(reader: PhraseReader) -> bool:
    """True where a side only insists on it: "the army insists that those who died were combatants"."""
    return any(
        t.lemma_.lower() in ("insist", "maintain", "deny", "claim", "allege") for t in reader.sentence.tokens
    )


def _share(reader: PhraseReader, subject: Token, be: Token) -> tuple[Share | None, int | None]:
    """Which of the harmed the subject of a description is about."""
    tokens = sorted((t for t in subject.subtree if t.i < be.i), key=lambda t: t.i)
    first, last = tokens[0].i, tokens[-1].i
    number = next((q for q in reader.quantities if first <= q.start and q.end <= last + 1), None)
    words = {t.lower_ for t in tokens}
    if number is not None:
        partial = "of" in words or _harmed_before(reader, be) is not None or _bare(tokens) is not None
        return (Share.COUNT, number.value) if partial else (None, None)
    if _REST & words:
        return Share.REST, None
    if {"most", "majority", "many", "half"} & words:
        return Share.MOST, None
    if {"some", "several", "few", "one"} & words:
        return Share.SOME, None
    return Share.ALL, None


def _predicate(reader: PhraseReader, be: Token) -> Category | None:
    """The category of the people after "were"; None for other predicates."""
    said = child(be, "attr", "acomp")
    if said is None or said.tag_ == "VBN":
        return None
    category = reader.category(said)
    if category is None and said.lower_ in ("civilian", "civilians"):
        return Category.CIVILIANS
    return category if category is not Category.UNKNOWN else None


def _rest(reader: PhraseReader, be: Token) -> tuple[Part, ...]:
    """The part of "and the rest passengers", "and the others were soldiers"."""
    doc = reader.sentence.doc
    rest = next((t for t in doc[be.i : be.i + _AFTER_BE] if t.lower_ in _REST), None)
    if rest is None:
        return ()
    first = rest.i + 1 + (rest.i + 1 < len(doc) and doc[rest.i + 1].lemma_ == "be")
    for token in doc[first : first + 4]:
        category = reader.category(token) if token.pos_ in ("NOUN", "PROPN", "ADJ") else None
        if category not in (None, Category.UNKNOWN):
            return (Part(Share.REST, None, category),) if category is not None else ()
    return ()


def _among_the_dead(reader: PhraseReader, be: Token) -> HarmMention | None:
    """The mention in "three policemen were among the dead", "among the dead were two children"."""
    words = reader.sentence.words
    among = next(
        (i for i in range(max(0, be.i - 6), min(len(words), be.i + 3)) if words[i] in ("among", "amongst")),
        None,
    )
    if among is None:
        return None
    harmed = next((i for i in range(among + 1, min(len(words), among + 4)) if words[i] in _HARMED), None)
    if harmed is None:
        return None
    if among > be.i:
        subject = child(be, "nsubj")
        groups = reader.groups_at(subject) if subject is not None else ()
    else:
        groups = people_between(reader, be.i + 1, min(len(words), be.i + _AFTER_BE))
    parts = tuple(
        Part(Share.COUNT, g.value, g.category) for g in groups if g.value and g.quantity is not None
    )
    if not parts:
        return None
    return _mention(reader, reader.sentence.doc[harmed], _HARMED[words[harmed]], parts, None)


def _included(reader: PhraseReader, verb: Token) -> HarmMention | None:
    """The mention in "the dead included three policemen"."""
    subject = child(verb, "nsubj")
    harmed = next((t for t in subject.subtree if t.lower_ in _HARMED), None) if subject is not None else None
    said = child(verb, "dobj")
    if harmed is None or said is None or harmed.i > verb.i:
        return None
    parts = tuple(Part(Share.COUNT, g.value, g.category) for g in reader.groups_at(said) if g.value)
    return _mention(reader, harmed, _HARMED[harmed.lower_], parts, None) if parts else None
