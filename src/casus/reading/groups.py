"""Whom: noun phrases that name people, with number, category and name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from casus.model import Category
from casus.reading.categories import category_of
from casus.reading.lexicon import Lexicon, word_lists
from casus.reading.marks import ActorMark
from casus.reading.parsing import Sentence
from casus.reading.partitives import DEFINITE, is_label, is_part, is_subset
from casus.reading.people import Group
from casus.reading.phrases import PhraseContext, conjuncts
from casus.reading.quantities import Quantity, find_quantities

Bounds = tuple[int | None, int | None, int | None]
_UNCOUNTED: Bounds = (None, None, None)
_ONE: Bounds = (1, 1, 1)
_SINGULAR_PRONOUNS = frozenset({"he", "him", "she", "her", "i"})
_OPEN_PRONOUNS = frozenset({"those", "one", "some", "others", "most", "all"})
_ONE_OF = frozenset({"a", "an", "another", "one", "his", "her", "the", "their", "this", "that"})


@dataclass(frozen=True, slots=True, eq=False)
class PhraseReader(PhraseContext):
    """Reads the people of one sentence."""

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        lexicon: Lexicon,
        blocked: frozenset[int],
        actors: Mapping[int, ActorMark],
        dated: frozenset[int] = frozenset(),
        *,
        places: frozenset[int] = frozenset(),
        is_kidnapping: bool = False,
    ) -> PhraseReader:
        """A reader for that sentence."""
        found = [
            q
            for q in find_quantities(sentence.words)
            if not blocked & set(range(q.number_start, q.end)) and not is_label(sentence, q, dated | places)
        ]
        quantities = tuple(q for q in found if not q.is_ordinal)
        ordinals = tuple(q for q in found if q.is_ordinal)
        return cls(sentence, lexicon, quantities, blocked, actors, dated, ordinals, places, is_kidnapping)

    def category(self, head: Token) -> Category | None:
        """Who they are, by the noun and the words beside it; None for a thing."""
        return category_of(self, head)

    def groups_at(self, token: Token) -> tuple[Group, ...]:
        """The people that a noun phrase and its conjuncts name; empty where they are things."""
        heads = [*conjuncts(token), *self._joined_below(token)]
        found = [group for head in heads if (group := self.group_at(head)) is not None]
        return tuple(_without_roll(_with_shared_noun(found, token.doc)))

    def _joined_below(self, token: Token) -> Iterator[Token]:
        """People whom the parse joins to a thing in the phrase: "the ruler of Kano, his wife and a guard"."""
        links = (c for c in token.children if c.dep_ == "prep" and c.i > token.i)
        for inner in (c for link in links for c in link.children if c.dep_ == "pobj"):
            if self.category(token) is not None and self.category(inner) is None:
                yield from (t for t in conjuncts(inner)[1:] if self.category(t) is not None)

    def group_at(self, token: Token) -> Group | None:
        """The people named by the noun phrase with that head, or None for a thing."""
        head, start = self.people_head(token), self.phrase_start(token)
        quantity = self.quantity_of(token, start)
        if quantity is None and token.lemma_.lower() == "group" and (inner := _apposition(token)) is not None:
            return self.group_at(inner)
        if quantity is None and head.i != token.i:
            quantity = self.quantity_of(head, self.phrase_start(head))
        category = self.category(head)
        lists = word_lists()
        if token.lower_ in lists["nobody"] or (self.says_no(start) and token.pos_ in ("NOUN", "PROPN")):
            return self._group(token, head, start, (0, 0, 0), category, quantity=quantity, is_none=True)
        ranked = any(q.start == token.i for q in self.ordinals) and self.sentence.words[start] in ("a", "an")
        if (token.lower_ == "another" and token.dep_ != "det") or (
            ranked and token.dep_ not in ("amod", "nmod")
        ):
            one = self._group(token, head, start, _ONE, category, quantity=quantity, refers_back=True)
            return replace(one, is_people=True) if token.tag_ in ("JJ", "DT") else one
        if token.pos_ == "PRON" and token.lower_ in lists["pronouns"] and not _names(token, head, category):
            bounds = _ONE if token.lower_ in _SINGULAR_PRONOUNS else _UNCOUNTED
            if quantity is not None:
                bounds = (quantity.low, quantity.best, quantity.high)
            return self._group(token, head, start, bounds, category, quantity=quantity, pronoun=token.lower_)
        if quantity is None and token.lower_ in lists["bodies of men"]:
            return None
        if category is None and not self._is_bare_number(token, head, quantity):
            return None
        return self._group(
            token, head, start, self._bounds(head, start, quantity), category, quantity=quantity
        )

    def people_at(self, token: Token, category: Category) -> Group:
        """The noun phrase with that head as people of a category, whatever the noun."""
        start = self.phrase_start(token)
        quantity = self.quantity_of(token, start)
        return self._group(
            token, token, start, self._bounds(token, start, quantity), category, quantity=quantity
        )

    def counted(self, quantity: Quantity, category: Category = Category.UNKNOWN) -> Group:
        """People told of by a bare number."""
        return Group(
            self.sentence.index,
            quantity.end - 1,
            quantity.start,
            quantity.end,
            quantity.low,
            quantity.best,
            quantity.high,
            category,
            "",
            quantity=quantity,
            is_more=quantity.is_more,
            refers_back=category is Category.UNKNOWN,
        )

    def _group(
        self,
        token: Token,
        head: Token,
        start: int,
        bounds: Bounds,
        category: Category | None,
        *,
        quantity: Quantity | None,
        pronoun: str | None = None,
        is_none: bool = False,
        refers_back: bool = False,
    ) -> Group:
        words = self.sentence.words
        end = max(token.i, head.i) + 1
        first = words[start]
        name = self._name(token, head, start)
        if quantity is not None and quantity.start < start <= quantity.end:
            start = quantity.start  # "at least four": the parse may leave "at" outside
        related = self.lexicon.person_kind(head.lower_, head.lemma_.lower()) == "relational"
        return Group(
            self.sentence.index,
            token.i,
            start,
            end,
            *bounds,
            category or Category.UNKNOWN,
            name,
            pronoun=pronoun,
            quantity=quantity,
            is_none=is_none,
            is_part=is_part(self, token, start),
            is_more=first not in DEFINITE
            and (
                (quantity is not None and quantity.is_more)
                or "other" in words[start:end]
                or first in ("another", "others")
            ),
            is_definite=first in DEFINITE,
            is_named=head.pos_ == "PROPN",
            is_people=bool(category) and (category is not Category.UNKNOWN or self.is_person_noun(head)),
            is_subset=is_subset(token, head),
            refers_back=refers_back or related or (quantity is not None and not name and pronoun is None),
        )

    def _is_bare_number(self, token: Token, head: Token, quantity: Quantity | None) -> bool:
        """True for "nine were killed", not for "one of the helicopters"."""
        inside = quantity is not None and quantity.start <= token.i < quantity.end
        return inside and (head.i == token.i or head.pos_ == "PRON")

    def _bounds(self, head: Token, start: int, quantity: Quantity | None) -> Bounds:
        """The figure of a phrase: its number, else one for a singular, else how many is not told."""
        if quantity is not None:
            return quantity.low, quantity.best, quantity.high
        plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in word_lists()["plurals"]
        kind = self.lexicon.person_kind(head.lower_, head.lemma_.lower())
        if plural or kind == "crowd":
            return _UNCOUNTED
        if head.lower_ == "olds":
            return _UNCOUNTED
        singular = (
            head.pos_ == "PROPN"
            or head.tag_ == "NN"
            or head.lower_ == "old"
            or self.sentence.words[start] in _ONE_OF
        )
        return _ONE if singular else _UNCOUNTED

    def _name(self, token: Token, head: Token, start: int) -> str:
        """The phrase without number, hedge and article: "construction workers"."""
        first = self.phrase_start(head) if head.i != token.i else start
        covered = {i for q in self.quantities for i in range(q.start, q.end)}
        kept = [i for i in range(first, head.i + 1) if i not in covered]
        while kept and self.sentence.words[kept[0]] in word_lists()["no name"]:
            kept = kept[1:]
        return head.doc[kept[0] : kept[-1] + 1].text if kept else ""


def _with_shared_noun(groups: list[Group], doc: Doc) -> list[Group]:
    """The groups with "four US and five Malian soldiers" all soldiers: the last noun is that of both."""
    if len(groups) < 2 or not groups[-1].is_people:
        return groups
    last = groups[-1]
    named = any(c.pos_ in ("PROPN", "ADJ") for c in doc[last.head].lefts)
    return [
        replace(g, category=last.category, is_people=True)
        if named
        and g.quantity is not None
        and doc[g.head].pos_ in ("PROPN", "ADJ")
        and g.end - g.quantity.end == 1
        else g
        for g in groups
    ]


def _names(token: Token, head: Token, category: Category | None) -> bool:
    """True for a pronoun that only opens a phrase: "most of the soldiers"."""
    return token.lower_ in _OPEN_PRONOUNS and head.i != token.i and category is not None


def _apposition(token: Token) -> Token | None:
    """The people in "a group, 18 students": the apposition close after the noun."""
    return next((t for t in token.rights if t.dep_ == "appos" and t.i - token.i < 8), None)


def _without_roll(groups: list[Group]) -> list[Group]:
    """The groups without the names that spell one of them out: "three activists, A, B and C"."""
    names = [g for g in groups if g.is_named and g.quantity is None]
    for group in groups:
        if group.quantity is not None and group.value == len(names) > 1 and group not in names:
            return [g for g in groups if g not in names]
    return groups
