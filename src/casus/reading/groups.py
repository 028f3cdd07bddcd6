"""Whom: noun phrases that name people, with number, category and name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from casus.model import Category
from casus.reading.lexicon import Lexicon
from casus.reading.marks import ActorMark
from casus.reading.names import name_span
from casus.reading.parsing import Sentence
from casus.reading.quantities import Hedge, Quantity, find_quantities

# Words that may stand inside a noun phrase, left of its head.
_INSIDE_TAGS = {
    "JJ",
    "JJR",
    "JJS",
    "NN",
    "NNS",
    "NNP",
    "NNPS",
    "CD",
    "VBN",
    "VBG",
    "PRP$",
    "DT",
    "PDT",
    "HYPH",
    "POS",
    "RB",
    "RBR",
    "AFX",
    "RBS",
    "FW",
}
_COLLECTIVE = {
    "group",
    "number",
    "member",
    "total",
    "pair",
    "couple",
    "dozen",
    "score",
    "hundred",
    "thousand",
    "ten",
    "handful",
    "crowd",
    "majority",
    "most",
    "rest",
    "all",
    "some",
    "many",
    "part",
    "half",
    "one",
    "two",
    "convoy",
    "squad",
    "team",
    "band",
    "series",
    "million",
    "none",
    "several",
    "few",
    "both",
    "more",
    "other",
    "others",
    "each",
    "any",
    "unit",
    "remains",
    "body",
    "corpse",
}
_PRONOUNS = {
    "they",
    "them",
    "all",
    "both",
    "he",
    "him",
    "she",
    "her",
    "those",
    "these",
    "who",
    "whom",
    "some",
    "one",
    "most",
    "others",
    "it",
    "which",
    "that",
    "i",
    "we",
    "us",
    "you",
    "everyone",
    "anyone",
    "someone",
}
_BODIES_OF_MEN = {"army", "navy", "military", "government", "police", "force", "militia", "gang", "air", "ministry", "coalition"}
_NOBODY = {"nobody", "none", "no"}
_PART_MARKS = {"including", "among", "amongst", "included"}


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """People as one noun phrase of a sentence.

    `low`, `best`, `high` are the figure of the phrase (three Nones: people, and not how many).
    `pronoun` is the word where the phrase only refers back; `is_part` marks a subset of
    another figure ("including three children"), `is_none` a denial ("nobody").
    """

    sentence: int
    head: int
    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    category: Category
    name: str
    pronoun: str | None = None
    quantity: Quantity | None = None
    is_part: bool = False
    is_more: bool = False
    is_none: bool = False
    is_definite: bool = False
    is_named: bool = False
    is_people: bool = True
    is_description: bool = False  # says who the people of other figures were

    @property
    def value(self) -> int | None:
        """The best single figure, else the lowest, else the highest."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)

    @property
    def has_number(self) -> bool:
        """True where the phrase itself counts or numbers the people."""
        return self.quantity is not None and self.quantity.hedge is not Hedge.VAGUE or (self.best is not None)


@dataclass(frozen=True, slots=True, eq=False)
class PhraseReader:
    """Reads the people of one sentence; `categories` gives what the report says of names (a token's category)."""

    sentence: Sentence
    lexicon: Lexicon
    quantities: tuple[Quantity, ...]
    blocked: frozenset[int]  # tokens of dates, times, ages, distances and the like: never people
    actors: Mapping[int, ActorMark]
    dated: frozenset[int] = frozenset()
    ordinals: tuple[Quantity, ...] = ()
    places: frozenset[int] = frozenset()
    is_kidnapping: bool = False  # the report speaks of kidnappers, hostages or captives

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
        counted = [
            q for q in find_quantities(sentence.words) if not blocked & set(range(q.number_start, q.end))
        ]
        quantities = tuple(q for q in counted if not q.is_ordinal)
        ordinals = tuple(q for q in counted if q.is_ordinal)
        return cls(sentence, lexicon, quantities, blocked, actors, dated, ordinals, places, is_kidnapping)

    def groups_at(self, token: Token) -> tuple[Group, ...]:
        """The people that a noun phrase and its conjuncts name; empty where they are things."""
        found: list[Group] = []
        for head in _conjuncts(token):
            group = self.group_at(head)
            if group is not None:
                found.append(group)
        return tuple(found)

    def group_at(self, token: Token) -> Group | None:
        """The people named by the noun phrase with that head, or None for a thing."""
        head = self._people_head(token)
        start = self._phrase_start(token)
        quantity = self._quantity(token, start)
        counted = (
            next((t for t in token.rights if t.dep_ == "appos" and t.i - token.i < 8), None)
            if token.lemma_.lower() == "group"
            else None
        )
        if quantity is None and counted is not None:
            return self.group_at(counted)
        if quantity is None and head.i != token.i:
            quantity = self._quantity(head, self._phrase_start(head))
        category = self.category(head)
        lower = token.lower_
        if lower in _NOBODY or (self._says_no(start) and token.pos_ in ("NOUN", "PROPN")):
            return self._group(
                token, head, start, (0, 0, 0), category or Category.UNKNOWN, quantity, is_none=True
            )
        if token.pos_ == "PRON" and lower in _PRONOUNS:
            if (
                lower in ("those", "one", "some", "others", "most", "all")
                and head.i != token.i
                and category is not None
            ):
                pass
            else:
                count = 1 if lower in ("he", "him", "she", "her", "i") else None
                return self._group(
                    token,
                    head,
                    start,
                    (count, count, count),
                    category or Category.UNKNOWN,
                    quantity,
                    pronoun=lower,
                )
        if quantity is None and token.lower_ in _BODIES_OF_MEN:
            return None
        if category is None and not (quantity is not None and self._is_bare_number(token, quantity)):
            return None
        numbers = (
            (quantity.low, quantity.best, quantity.high)
            if quantity is not None
            else self._without_number(head, start)
        )
        if category is None and token.lower_ in _PRONOUNS:
            category = Category.UNKNOWN
        return self._group(token, head, start, numbers, category or Category.UNKNOWN, quantity)

    def _group(
        self,
        token: Token,
        head: Token,
        start: int,
        numbers: tuple[int | None, int | None, int | None],
        category: Category,
        quantity: Quantity | None,
        *,
        pronoun: str | None = None,
        is_none: bool = False,
    ) -> Group:
        words = self.sentence.words
        end = max(token.i, head.i) + 1
        first = words[start] if start < len(words) else ""
        return Group(
            self.sentence.index,
            token.i,
            start,
            end,
            *numbers,
            category,
            self._name(token, head, start),
            pronoun=pronoun,
            quantity=quantity,
            is_none=is_none,
            is_part=self._is_part(token, start),
            is_more=(quantity is not None and quantity.is_more)
            or "other" in words[start:end]
            or first in ("another", "others"),
            is_definite=first
            in ("the", "these", "those", "this", "that", "his", "her", "its", "their", "both", "all"),
            is_named=head.pos_ == "PROPN",
            is_people=category is not Category.UNKNOWN
            or self.lexicon.person(head.lower_, head.lemma_.lower()) is not None,
        )

    def _says_no(self, start: int) -> bool:
        """True for "no soldiers", not for "no fewer than"."""
        words = self.sentence.words
        return (
            start < len(words) and words[start] == "no" and not any(q.start == start for q in self.quantities)
        )

    # -- heads and numbers

    def _people_head(self, token: Token) -> Token:
        """The noun that says who they are: "dozens of people", "two of the soldiers", "a group of 18 students"."""
        seen = 0
        while seen < 3 and (
            token.lemma_.lower() in _COLLECTIVE or token.pos_ == "NUM" or token.lower_ in _COLLECTIVE
        ):
            link = next(
                (
                    c
                    for c in token.children
                    if c.dep_ == "prep" and c.lower_ in ("of", "from") and c.i > token.i
                ),
                None,
            )
            inner = next((c for c in link.children if c.dep_ == "pobj"), None) if link is not None else None
            if inner is None:
                break
            token, seen = inner, seen + 1
        return token

    def _phrase_start(self, token: Token) -> int:
        """First token of the noun phrase that ends with its head, by what may stand before a noun."""
        doc = token.doc
        start = token.i
        while start > 0:
            before = doc[start - 1]
            if before.tag_ not in _INSIDE_TAGS and not (
                before.lower_ in ("and", "or") and self._joins_modifiers(before)
            ):
                quantity = next((q for q in self.quantities if q.start <= before.i < q.end), None)
                if quantity is None or quantity.end > token.i + 1:
                    break
                start = quantity.start
                continue
            if before.i in self.blocked and before.tag_ != "JJ":
                break
            if before.tag_ in ("VBG", "VBN") and before.dep_ not in ("amod", "compound", "nmod", "nummod"):
                break
            if before.tag_ in ("RB", "RBR") and before.lower_ not in (
                "more",
                "about",
                "around",
                "nearly",
                "almost",
                "only",
                "least",
                "some",
                "over",
                "approximately",
                "roughly",
                "just",
                "also",
            ):
                break
            if before.tag_ in ("NNP", "NNPS") and before.head.i > token.i:
                break
            if (
                before.tag_ in ("NNS", "NN")
                and before.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "npadvmod")
                and before.head.i != token.i
            ):
                break
            start -= 1
            if before.tag_ in ("DT", "PDT", "PRP$") and not self._quantity_covers(start):
                break
        return start

    def _joins_modifiers(self, conjunction: Token) -> bool:
        """True for "local and national police": two modifiers of one head."""
        doc = conjunction.doc
        i = conjunction.i
        if i == 0 or i + 1 >= len(doc):
            return False
        left, right = doc[i - 1], doc[i + 1]
        return (
            left.tag_ in ("JJ", "NNP")
            and right.tag_ in ("JJ", "NNP")
            and left.dep_ in ("amod", "compound", "nmod")
            and right.dep_ in ("conj", "amod")
        )

    def _quantity_covers(self, i: int) -> bool:
        return any(q.start < i < q.end for q in self.quantities)

    def _quantity(self, token: Token, start: int) -> Quantity | None:
        """The number expression within the phrase, the last before the head (or the head itself)."""
        inside = [q for q in self.quantities if q.end <= token.i + 1 and q.end > start and not q.is_ordinal]
        if inside:
            return inside[-1]
        if token.pos_ in ("NUM", "NOUN"):
            return next((q for q in self.quantities if q.start <= token.i < q.end and not q.is_ordinal), None)
        return None

    @staticmethod
    def _is_bare_number(token: Token, quantity: Quantity) -> bool:
        return quantity.start <= token.i < quantity.end

    def _without_number(self, head: Token, start: int) -> tuple[int | None, int | None, int | None]:
        words = self.sentence.words
        plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in (
            "people",
            "police",
            "troops",
            "personnel",
            "staff",
        )
        if head.pos_ == "PROPN" and not plural:
            return 1, 1, 1
        if plural or head.lower_ in (
            "crowd",
            "mob",
            "congregation",
            "audience",
            "gathering",
            "household",
            "family",
            "staff",
            "personnel",
        ):
            return None, None, None
        if (
            words[start] in ("a", "an", "another", "one", "his", "her", "the", "their", "this", "that")
            or head.tag_ == "NN"
        ):
            return 1, 1, 1
        return None, None, None

    def _is_part(self, token: Token, start: int) -> bool:
        """True for "including three children", "four of them women", "two of whom were …", "among them 12 children"."""
        words = self.sentence.words
        doc = token.doc
        before = words[max(0, start - 4) : start]
        if (
            any(mark in before for mark in ("including", "included", "include", "among", "amongst"))
            and ","
            not in before[
                before.index(
                    next(m for m in before if m in ("including", "included", "include", "among", "amongst"))
                ) :
            ]
        ):
            return True
        after = words[token.i + 1 : token.i + 4]
        if (
            len(after) >= 2
            and after[0] in ("of", "among")
            and after[1] in ("them", "whom", "these", "those", "which")
        ):
            return True
        if start >= 3 and words[start - 2] == "of" and words[start - 1] in ("whom", "them", "these"):
            return True
        tail = words[token.i + 1 : token.i + 6]
        if "among" in tail and "them" in tail and "," not in tail[: tail.index("among")]:
            return True
        return bool(
            token.dep_ == "conj"
            and token.head.i < token.i
            and token.head.pos_ in ("NOUN", "NUM", "PROPN")
            and token.head.i != token.i
            and self._is_part(token.head, self._phrase_start(token.head))
            and doc is not None
        )

    # -- categories and names

    def category(self, head: Token) -> Category | None:
        """Who they are: by the noun, by the actor before it, by a modifier; None for a thing."""
        known = self.lexicon.person(head.lower_, head.lemma_.lower())
        modifier = self._modifier_category(head)
        actor = self.actors.get(head.i)
        if known is None and actor is not None and head.pos_ in ("PROPN", "NOUN"):
            return actor.category or Category.UNKNOWN
        if known in (Category.SECURITY_FORCES, Category.UNKNOWN) and modifier is not None:
            return modifier
        if (
            known is Category.CIVILIANS
            and modifier is Category.SECURITY_FORCES
            and head.lemma_.lower() in ("official", "employee", "worker", "member", "volunteer")
        ):
            return modifier
        if known is not None:
            return known
        if (
            head.lower_ in ("others", "other", "more")
            and self._quantity(head, self._phrase_start(head)) is not None
        ):
            return Category.UNKNOWN
        if head.pos_ == "PROPN" and head.ent_type_ == "PERSON":
            return self._person_category(head)
        if head.pos_ == "PROPN" and self._is_person(head):
            return self._person_category(head)
        if head.pos_ == "PROPN" and self._counts_people(head):
            return Category.CIVILIANS
        if head.pos_ == "PROPN" and head.ent_type_ == "NORP" and head.tag_ == "NNPS":
            return Category.CIVILIANS
        if head.lower_ in ("police", "troops", "army", "forces"):
            return Category.SECURITY_FORCES
        return None

    def _is_person(self, head: Token) -> bool:
        """True for a name of two words or more that is no place, actor or institution."""
        if (
            head.i in self.places
            or head.i in self.actors
            or head.ent_type_ in ("GPE", "LOC", "FAC", "NORP", "DATE", "TIME")
        ):
            return False
        if self.lexicon.speakers.get(head.lemma_.lower()) == "institution":
            return False
        span = name_span(head, None)
        return span.end - span.name_start >= 2

    def _counts_people(self, head: Token) -> bool:
        """True for a number before a people's name: "some 160 Fulani"."""
        quantity = next((q for q in self.quantities if q.end == head.i), None)
        return (
            quantity is not None
            and (quantity.value or 0) > 1
            and head.ent_type_ not in ("DATE", "TIME", "GPE", "LOC", "FAC")
        )

    def _modifier_category(self, head: Token) -> Category | None:
        words = self.sentence.words
        start = self._phrase_start(head)
        for i in range(head.i - 1, start - 1, -1):
            actor = self.actors.get(i)
            if actor is not None and actor.category is Category.MILITANTS:
                return Category.MILITANTS
            if words[i] in (
                "police",
                "army",
                "military",
                "security",
                "naval",
                "navy",
                "intelligence",
                "border",
                "paramilitary",
            ):
                return (
                    None
                    if words[i] == "paramilitary" and head.lemma_.lower() not in ("officer", "official")
                    else Category.SECURITY_FORCES
                )
            if words[i] in (
                "rebel",
                "militant",
                "insurgent",
                "guerrilla",
                "gang",
                "jihadist",
                "separatist",
                "terrorist",
                "militia",
                "islamist",
                "extremist",
            ):
                return Category.MILITANTS
            if words[i] in ("civilian", "innocent"):
                return Category.CIVILIANS
        tail = next(
            (c for c in head.children if c.dep_ == "prep" and c.lower_ in ("of", "from") and c.i > head.i),
            None,
        )
        if tail is not None and self.lexicon.people.get(head.lemma_.lower()) is Category.UNKNOWN:
            inner = next((c for c in tail.children if c.dep_ == "pobj"), None)
            if inner is not None:
                actor = self.actors.get(inner.i)
                if actor is not None and actor.category is not None:
                    return actor.category
                if inner.lemma_.lower() in (
                    "army",
                    "police",
                    "military",
                    "force",
                    "navy",
                    "unit",
                    "battalion",
                    "brigade",
                ):
                    return Category.SECURITY_FORCES
        return None

    def _person_category(self, head: Token) -> Category:
        """A named person's category by the rank before the name or the role after it; civilians otherwise."""
        roles: list[Token] = [t for t in head.lefts if t.dep_ == "compound"]
        roles += [c for c in head.children if c.dep_ == "appos"]
        for role in roles:
            known = self.lexicon.people.get(role.lemma_.lower())
            if known in (Category.SECURITY_FORCES, Category.MILITANTS):
                return known
            if role.lemma_.lower() in ("commander", "chief", "leader"):
                modifier = self._modifier_category(role)
                if modifier is not None:
                    return modifier
        return Category.CIVILIANS

    def _name(self, token: Token, head: Token, start: int) -> str:
        """The phrase without number, hedge and article: "construction workers"."""
        doc = head.doc
        first = self._phrase_start(head) if head.i != token.i else start
        words = list(range(first, head.i + 1))
        covered = {i for q in self.quantities for i in range(q.start, q.end)}
        kept = [i for i in words if i not in covered]
        while kept and doc[kept[0]].lower_ in (
            "the",
            "a",
            "an",
            "of",
            "other",
            "more",
            "another",
            "about",
            "these",
            "those",
            "some",
            "all",
            "both",
            "at",
            "least",
            "-",
            "his",
            "her",
            "their",
            "its",
            "only",
            "most",
            "this",
            "that",
            "additional",
            "further",
        ):
            kept = kept[1:]
        return doc[kept[0] : kept[-1] + 1].text if kept else ""


def _conjuncts(token: Token) -> Sequence[Token]:
    return [
        token,
        *(t for t in token.conjuncts if t.i > token.i and _linked_noun(t) and not _speaks_next(token, t)),
    ]


def _speaks_next(token: Token, last: Token) -> bool:
    """True for "killed ten civilians, residents said": the parse joins the speakers to the victims."""
    doc = token.doc
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if after is not None and after.lower_ in ("and", ","):
        later = next((t for t in last.conjuncts if t.i > last.i), None)
        return later is not None and _speaks_next(token, later)
    return after is not None and after.lower_ in (
        "said",
        "say",
        "says",
        "reported",
        "told",
        "added",
        "announced",
    )


def _linked_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ")
