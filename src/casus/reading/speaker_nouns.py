"""The nouns that may say who speaks: beside a verb of saying, by the parse and by the words around it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.reading.lexicon import Lexicon
from casus.reading.marks import Marks
from casus.reading.noun_phrases import phrase_of, phrase_start
from casus.reading.parsing import child
from casus.reading.saying_verbs import QUOTE, is_told_passively
from casus.reading.word_classes import WordClass, is_a

_NAMES = frozenset(("PERSON", "ORG", ""))
_GOES_ON = frozenset(("conj", "advcl", "xcomp", "acl", "ccomp", "parataxis", "relcl", "dep"))
_LONGEST_CROWD = 12  # tokens between joined speakers
_PRONOUNS = frozenset(("he", "she", "it", "they", "who", "both", "we", "i", "which", "him", "them"))
_POSSESSIVE = frozenset(("his", "her", "its", "their"))


def can_speak(noun: Token, lexicon: Lexicon, marks: Marks, *, is_said: bool = False) -> bool:
    """True for a noun that may be who speaks; any may where the verb is one of plain saying (`is_said`)."""
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PRON" or noun.lower_ in _PRONOUNS:
        return noun.lower_ in _PRONOUNS | _POSSESSIVE or is_a(noun.lower_, WordClass.SOME)
    if noun.i in marks.date_tokens() or noun.ent_type_ in ("DATE", "TIME") or _is_dateline(noun):
        return False
    if noun.pos_ == "PROPN" or noun.i in marks.actors or noun.pos_ == "NUM" or is_a(lemma, WordClass.SOME):
        return True
    known = (
        lemma in lexicon.speakers
        or noun.lower_ in lexicon.speakers
        or lexicon.person(noun.lower_, lemma) is not None
    )
    return (
        noun.pos_ in ("NOUN", "ADJ")
        and (known or (is_said and noun.pos_ == "NOUN"))
        and not is_a(lemma, WordClass.MUTE)
    )


def _is_dateline(noun: Token) -> bool:
    """True for "BASRA - The military said"."""
    doc = noun.doc
    opens = all(t.is_punct for t in doc[: noun.i])
    dashed = noun.i + 2 < len(doc) and doc[noun.i + 1].text in ("-", "–", "—") and noun.whitespace_ != ""
    return opens and dashed and noun.text.isupper()


def speakers_of(token: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Nouns that may be the speaker of a verb, the likeliest first."""
    if is_told_passively(token):
        by = child(token, "agent")
        inner = child(by, "pobj") if by is not None else None
        if inner is not None:
            yield inner
        return
    own = child(token, "nsubj")
    before, after = _noun_before(token), _noun_after(token)
    if after is not None and own is None:
        yield after
    if own is None or _is_cut_off(own, token):
        yield from _in_commas(token, lexicon)
    near = _before_place(before, lexicon) if before is not None else None
    if near is not None and (own is None or own.i < near.i) and _begins_after_comma(near):
        yield near
    if own is not None:
        yield _before_place(own, lexicon)
    if after is not None:
        yield after
    if own is None:
        yield from _shared_subjects(token)
    if near is not None:
        yield near


def _is_cut_off(subject: Token, verb: Token) -> bool:
    """True where another finite verb stands between them: the parse may have joined two clauses."""
    inside = {t.i for t in subject.subtree}
    return any(
        t.tag_ in ("VBD", "VBZ", "VBP") and t.i not in inside and t.dep_ != "aux"
        for t in verb.doc[subject.i : verb.i]
    )


def _in_commas(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """The speaker of ", John Smith, who heads it, said" and ", the governor, John Smith, has said"."""
    doc, comma = verb.doc, verb.i - 1
    while comma > 0 and doc[comma].dep_ in ("aux", "advmod"):
        comma -= 1
    if doc[comma].text != ",":
        return
    if (
        doc[comma - 1].pos_ == "PROPN"
        and doc[comma - 1].ent_type_ in _NAMES
        and _begins_after_comma(doc[comma - 1])
    ):
        yield doc[comma - 1]
    for i in range(comma - 1, max(0, comma - 25), -1):
        noun = doc[i - 1] if doc[i].text == "," and i else None
        if noun is None or noun.pos_ not in ("NOUN", "PROPN") or noun.ent_type_ in ("DATE", "TIME"):
            continue
        holder = _before_place(noun, lexicon)
        opens = _begins_after_comma(holder) or phrase_of(holder)[0] == 0
        named = holder.ent_type_ in ("PERSON", "ORG") or (
            holder.pos_ == "PROPN" and phrase_start(holder) < holder.i
        )
        if opens and (named or holder.lemma_.lower() in lexicon.speakers):
            yield holder


def _before_place(noun: Token, lexicon: Lexicon) -> Token:
    """The doctor of "a doctor in Mekelle said", where the parse has made the town the subject."""
    start = phrase_start(noun)
    link = noun.doc[start - 1] if start else None
    if link is None or link.lower_ not in ("in", "at", "of", "from", "near", "for") or start < 2:
        return noun
    holder = noun.doc[start - 2]
    kind = lexicon.speakers.get(noun.lemma_.lower())
    speaks = holder.lemma_.lower() in lexicon.speakers and holder.pos_ in ("NOUN", "PROPN")
    return holder if speaks and (kind is None or noun.dep_ == "pobj") else noun


def _noun_before(token: Token) -> Token | None:
    """The noun right before a verb, where the parse has given the verb another subject or none."""
    before = token.doc[token.i - 1] if token.i else None
    if (
        before is not None
        and before.pos_ in ("NOUN", "PROPN", "PRON")
        and token.tag_ in ("VBD", "VBZ", "VBP")
    ):
        return before
    return None


def _begins_after_comma(noun: Token) -> bool:
    start = phrase_start(noun)
    if start > 1 and noun.doc[start - 1].text == QUOTE:
        start -= 1
    return start > 0 and noun.doc[start - 1].text in (",", ".", "?", "!")


def _noun_after(token: Token) -> Token | None:
    """The speaker of ", said John Smith" and of '"…," said a guard', whatever the parse makes of it."""
    doc = token.doc
    if not token.i or doc[token.i - 1].text not in (",", QUOTE, "'") or token.tag_ not in ("VBD", "VBZ"):
        return None
    if is_a(token.lemma_.lower(), WordClass.TELLS):  # "…, told reporters"
        return None
    i = token.i + 1
    while i < len(doc) and (
        doc[i].pos_ in ("DET", "ADJ", "NUM") or doc[i].text == "-" or _goes_on_as_name(doc[i])
    ):
        i += 1
    noun = doc[i] if i < len(doc) else None
    if noun is None or noun.pos_ not in ("PROPN", "NOUN") or noun.ent_type_ in ("DATE", "TIME"):
        return None
    begins_clause = i + 1 < len(doc) and (
        doc[i + 1].pos_ in ("VERB", "AUX") or doc[i + 1].lower_ in ("and", "that")
    )
    return None if begins_clause else noun


def _goes_on_as_name(token: Token) -> bool:
    """True for a noun that another noun follows: the head of "army spokesman John Smith" is its last word."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if token.pos_ not in ("NOUN", "PROPN") or following is None:
        return False
    return following.pos_ in ("NOUN", "PROPN") or following.text in ("-", "'s")


def _shared_subjects(token: Token) -> Iterator[Token]:
    """The subjects of the verbs that a verb goes on from: "said … and added", "said …, adding that"."""
    verb = token
    for _ in range(5):
        if verb.dep_ not in _GOES_ON:
            return
        verb = verb.head
        if verb.pos_ in ("NOUN", "PROPN"):
            if verb.dep_ in ("ROOT", "nsubj"):
                yield verb
            return
        found = child(verb, "nsubj", "nsubjpass")
        if found is not None and not _disagrees(found, token):
            yield found


def _disagrees(subject: Token, verb: Token) -> bool:
    """True for a noun in the plural before "has" and "says": another's subject."""
    helped = [verb.tag_, *(c.tag_ for c in verb.lefts if c.dep_ in ("aux", "auxpass"))]
    return subject.tag_ in ("NNS", "NNPS") and "VBZ" in helped


def joined_speakers(first: Token, verb: Token, lexicon: Lexicon) -> tuple[Token, ...]:
    """The heads of "residents and local media said", by the parse, else by the words before the verb."""
    heads = [
        first,
        *(
            t
            for t in first.conjuncts
            if first.i < t.i < first.i + _LONGEST_CROWD and t.pos_ in ("NOUN", "PROPN")
        ),
    ]
    start = phrase_start(first)
    if len(heads) == 1 and start >= 2 and verb.i - first.i in (1, 2) and first.doc[start - 1].lower_ == "and":
        other = first.doc[start - 2]
        opens = phrase_start(other) == 0 or first.doc[phrase_start(other) - 1].text in (",", QUOTE)
        if opens and other.lemma_.lower() in lexicon.speakers:
            heads.insert(0, other)
    return tuple(heads)
