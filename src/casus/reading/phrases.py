"""Noun phrases about people: where one begins, which noun says who they are, which number counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from casus.reading.lexicon import Lexicon, word_lists
from casus.reading.marks import ActorMark
from casus.reading.parsing import Sentence
from casus.reading.quantities import Quantity

# Tags of words that may stand inside a noun phrase, left of its head.
_INSIDE_TAGS = frozenset(
    {"JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "VBN", "VBG", "PRP$", "DT", "PDT"}
    | {"HYPH", "POS", "RB", "RBR", "RBS", "AFX", "FW"}
)
_DETERMINERS = frozenset({"DT", "PDT", "PRP$"})
_CLAUSE_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "npadvmod"})
_MAX_NESTING = 3  # "dozens of members of a group of students"


@dataclass(frozen=True, slots=True, eq=False)
class PhraseContext:
    """A sentence with what is known of its words before its people are read.

    `blocked` are the tokens of dates, times, ages, distances and the like, which count no
    people; `dated` and `places` those of dates and of names of places.  `quantities` are
    cardinals, `ordinals` ranks.  `is_kidnapping` is true in a report that speaks of
    kidnappers, hostages or captives.
    """

    sentence: Sentence
    lexicon: Lexicon
    quantities: tuple[Quantity, ...]
    blocked: frozenset[int]
    actors: Mapping[int, ActorMark]
    dated: frozenset[int] = frozenset()
    ordinals: tuple[Quantity, ...] = ()
    places: frozenset[int] = frozenset()
    is_kidnapping: bool = False

    def is_person_noun(self, token: Token) -> bool:
        """True for a noun that names people by itself."""
        return self.lexicon.person(token.lower_, token.lemma_.lower()) is not None

    def people_head(self, token: Token) -> Token:
        """The noun that says who they are: "dozens of people", "a group of 18 students"."""
        lists = word_lists()
        for _ in range(_MAX_NESTING):
            counts = token.pos_ == "NUM" or bool({token.lower_, token.lemma_.lower()} & lists["counts"])
            gathers = token.lemma_.lower() in lists["gatherings"]
            inner = _after_link(token) if counts or gathers else None
            if inner is None or (gathers and not self._tells_who(inner)):
                return token
            token = inner
        return token

    def _tells_who(self, inner: Token) -> bool:
        """True where the noun after "a group of" says who they are: people, or a known actor."""
        known = self.is_person_noun(inner) or inner.i in self.actors or inner.pos_ in ("NUM", "PRON")
        return known or inner.lemma_.lower() in word_lists()["counts"]

    def phrase_start(self, token: Token) -> int:
        """The first token of the noun phrase with that head, by what may stand before a noun."""
        doc, start = token.doc, token.i
        while start > 0:
            before = doc[start - 1]
            if before.tag_ in _INSIDE_TAGS or _joins_modifiers(before):
                if not self._stands_inside(before, token):
                    break
                start -= 1
                if before.tag_ in _DETERMINERS and not any(q.start < start < q.end for q in self.quantities):
                    break
                continue
            if _closes_number(before, self.quantities):
                start -= 1  # killed "more than a dozen" insurgents
                continue
            opening = _opening(before)
            if opening is not None:
                start = opening  # "three Frontier Corps (FC) personnel"
                continue
            quantity = next((q for q in self.quantities if q.start <= before.i < q.end), None)
            if quantity is None or quantity.end > token.i + 1:
                break
            start = quantity.start
        return self._from_number(start, token)

    def _stands_inside(self, before: Token, head: Token) -> bool:
        if before.i in self.blocked and before.tag_ != "JJ" and not _is_age(before):
            return False
        if before.tag_ in ("VBG", "VBN"):
            return before.dep_ in ("amod", "compound", "nmod", "nummod")
        if before.tag_ in ("RB", "RBR"):
            return before.lower_ in word_lists()["phrase adverbs"]
        if before.tag_ in ("NNP", "NNPS"):
            return before.head.i <= head.i
        if before.i + 1 < head.i and before.doc[before.i + 1].tag_ == "HYPH":
            return True  # "bullet-riddled bodies"
        clause_part = before.tag_ in ("NNS", "NN") and before.dep_ in _CLAUSE_PARTS
        return not (clause_part and before.head.i != head.i)

    def _from_number(self, start: int, head: Token) -> int:
        """The start moved up to the number: "In Basra two policemen" begins with "two"."""
        inside = [q for q in self.quantities if start < q.start and q.end <= head.i + 1]
        if not inside:
            return start
        first = inside[-1].start
        while first > start and head.doc[first - 1].tag_ in _DETERMINERS:
            first -= 1
        return first

    def quantity_of(self, token: Token, start: int) -> Quantity | None:
        """The number expression within the phrase, the last before the head, or the head itself."""
        inside = [q for q in self.quantities if start < q.end <= token.i + 1]
        if inside:
            return inside[-1]
        if token.pos_ in ("NUM", "NOUN"):
            return next((q for q in self.quantities if q.start <= token.i < q.end), None)
        return None

    def says_no(self, start: int) -> bool:
        """True for "no soldiers", not for "no fewer than ten soldiers"."""
        words = self.sentence.words
        negated = start < len(words) and words[start] == "no"
        return negated and not any(q.start == start for q in self.quantities)


def _is_age(number: Token) -> bool:
    """True for the number of "a 25-year-old policeman"."""
    following = [t.lower_ for t in number.doc[number.i + 1 : number.i + 3]]
    return following in (["-", "year"], ["year", "-"], ["-", "month"])


def _closes_number(mark: Token, quantities: Sequence[Quantity]) -> bool:
    """True for the quotation mark after a number: that quotes only how many."""
    return mark.is_quote and any(q.end == mark.i for q in quantities)


def _opening(closing: Token) -> int | None:
    """The token of the bracket that a closing one answers, where a short name stands between."""
    if closing.text != ")":
        return None
    first = max(1, closing.i - 6)
    return next((t.i for t in closing.doc[first : closing.i] if t.text == "("), None)


def _after_link(token: Token) -> Token | None:
    """The noun after "of" or "from"."""
    link = next(
        (c for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "from") and c.i > token.i),
        None,
    )
    inner = next((c for c in link.children if c.dep_ == "pobj"), None) if link is not None else None
    return _before_dash(link, inner) if link is not None and inner is not None else None


def _before_dash(link: Token, inner: Token) -> Token:
    """The "people" of "a total of 45 people - 30 soldiers and 15 rebels", where the parse finds soldiers."""
    between = link.doc[link.i + 1 : inner.i]
    dash = next((t.i for t in between if t.tag_ == ":"), None)
    nouns = [t for t in between if t.pos_ == "NOUN" and dash is not None and t.i < dash]
    return nouns[-1] if nouns else inner


def _joins_modifiers(conjunction: Token) -> bool:
    """True for the "and" of "local and national police": it joins two modifiers of one head."""
    doc, i = conjunction.doc, conjunction.i
    if conjunction.lower_ not in ("and", "or") or i == 0 or i + 1 >= len(doc):
        return False
    left, right = doc[i - 1], doc[i + 1]
    return (
        left.tag_ in ("JJ", "NNP")
        and right.tag_ in ("JJ", "NNP")
        and left.dep_ in ("amod", "compound", "nmod")
        and right.dep_ in ("conj", "amod")
    )


def conjuncts(token: Token) -> list[Token]:
    """A noun and the nouns joined to it on its right: "a soldier, two policemen and a driver"."""
    listed = next((t for t in token.rights if _goes_on_list(token, t)), None)
    if listed is not None:
        return [token, *conjuncts(listed)]
    joined = [
        t for t in token.conjuncts if t.i > token.i and t.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ")
    ]
    return [token, *(t for t in joined if not _speaks(t))]


def _goes_on_list(token: Token, apposition: Token) -> bool:
    """True for the "officer" of "a soldier, a retired officer and a shopkeeper", which no one man is."""
    if apposition.dep_ != "appos" or token.pos_ != "NOUN" or apposition.pos_ != "NOUN":
        return False
    joined = [t for t in apposition.rights if t.dep_ == "conj" and t.pos_ == "NOUN"]
    return bool(joined) and _is_article(token) and _is_article(apposition) and all(map(_is_article, joined))


def _is_article(noun: Token) -> bool:
    """True for a noun that an article, an owner or a number opens: a person apart."""
    return any(c.dep_ in ("det", "poss", "nummod") for c in noun.lefts)


def _speaks(last: Token) -> bool:
    """True for the "residents" of "killed ten civilians, residents said": they are no victims."""
    doc = last.doc
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if after is not None and after.lower_ in ("and", ","):
        later = next((t for t in last.conjuncts if t.i > last.i), None)
        return later is not None and _speaks(later)
    return after is not None and after.lower_ in word_lists()["saying"]
