"""Which side people are on: civilians, security forces or militants, by the noun and the words beside it."""

from __future__ import annotations

from spacy.tokens import Token

from casus.model import Category
from casus.reading.lexicon import PeopleModifier, word_lists
from casus.reading.names import name_span
from casus.reading.phrases import PhraseContext

_NO_PERSON = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE", "TIME"})
_SIDES = frozenset({Category.SECURITY_FORCES, Category.MILITANTS})
_FORMER = frozenset({"former", "ex", "retired", "demobilised", "demobilized", "onetime"})
_LINKS = frozenset({"of", "from", "in", "at"})


def category_of(context: PhraseContext, head: Token) -> Category | None:
    """The category of the people under a noun; UNKNOWN for people of no told side, None for a thing."""
    word, lemma = _compound(context, head)
    known = context.lexicon.person(word, lemma)
    if known is None:
        return Category.CIVILIANS if _is_aged(head) else _by_name(context, head)
    kind = context.lexicon.person_kind(word, lemma)
    if kind == "relational":
        return Category.UNKNOWN
    return _by_modifier(context, head, known, kind) or known


def _compound(context: PhraseContext, head: Token) -> tuple[str, str]:
    """A noun's form and lemma, with the noun before it where both together have a side: "security guard"."""
    word, lemma = head.lower_, head.lemma_.lower()
    i = head.i - 1
    if i > 0 and head.doc[i].text == "-":
        i -= 1  # "secretary-general"
    before = head.doc[i].lower_ if i >= 0 else ""
    both = f"{before}-{word}", f"{before}-{lemma}"
    return both if context.lexicon.person(*both) is not None else (word, lemma)


def _is_aged(head: Token) -> bool:
    """True for "a 17-year-old", which names a person by the age."""
    doc, i = head.doc, head.i
    return head.lower_ in ("old", "olds") and i >= 2 and doc[i - 2].lower_ in ("year", "month")


# -- nouns for people


def _by_modifier(context: PhraseContext, head: Token, known: Category, kind: str | None) -> Category | None:
    """What the words before the noun, nearest first, and the body after "of" make of it."""
    open_to = {known.value, "role"} if kind == "role" else {known.value}
    start = context.phrase_start(head)
    words = context.sentence.words[start : head.i]
    if _FORMER & set(words) or any(word.startswith("ex-") for word in words):
        return Category.CIVILIANS
    for i in range(head.i - 1, start - 1, -1):
        actor = context.actors.get(i)
        if actor is not None and actor.category is not None and _belongs(actor.category, open_to):
            return actor.category
        modifier = context.lexicon.people_before.get(context.sentence.words[i])
        if modifier is not None and modifier.over & open_to:
            return modifier.category
    return _by_body(context, head, open_to) or _by_owner(context, head, start)


def _belongs(category: Category, open_to: set[str]) -> bool:
    """True where the name of an actor before a noun says whose people they are: "Taliban officials"."""
    if category is Category.CIVILIANS:
        return False
    overruled = {"unknown", "role"} | ({"security_forces"} if category is Category.MILITANTS else set())
    return bool(open_to & overruled)


def _by_body(context: PhraseContext, head: Token, open_to: set[str]) -> Category | None:
    """The category of the body that people are of: "members of the militia", "men from the 9th Brigade"."""
    following = head.doc[head.i + 1 : head.i + 2]
    at = [
        t for t in following if t.lower_ == "at"
    ]  # which the parse may hang on the verb or on "the killing"
    for link in dict.fromkeys([*head.children, *at]):
        if link.dep_ != "prep" or link.lower_ not in _LINKS or link.i < head.i:
            continue
        for inner in link.children:
            if inner.dep_ != "pobj":
                continue
            actor = context.actors.get(inner.i)
            if actor is not None and actor.category is not None and open_to & {"unknown", "role"}:
                return actor.category
            modifier = _body_word(context, inner)
            if modifier is not None and modifier.over & open_to:
                return modifier.category
    return None


def _by_owner(context: PhraseContext, head: Token, start: int) -> Category | None:
    """The category of "its men": that of the body named last before them."""
    words = context.sentence.words
    if words[start] not in ("its", "their") or head.lemma_.lower() not in word_lists()["own people"]:
        return None
    for i in range(start - 1, -1, -1):
        actor = context.actors.get(i)
        if actor is not None and actor.category in _SIDES:
            return actor.category
        body = context.lexicon.people_after.get(words[i])
        if body is not None and body.category in _SIDES:
            return body.category
    return None


def _body_word(context: PhraseContext, body: Token) -> PeopleModifier | None:
    """The word for a body, or one before it: "a unit of", "a self-defence group"."""
    lexicon = context.lexicon
    for i in range(context.phrase_start(body), body.i):
        word = context.sentence.words[i]
        if word in lexicon.people_before and word not in ("local", "young", "former"):
            return lexicon.people_before[word]
    return lexicon.people_after.get(body.lower_) or lexicon.people_after.get(body.lemma_.lower())


# -- names


def _by_name(context: PhraseContext, head: Token) -> Category | None:
    """The category of people under a name: an actor, a person, a people; None where it is none of these."""
    actor = context.actors.get(head.i)
    if actor is not None and head.pos_ in ("PROPN", "NOUN"):
        return actor.category or Category.UNKNOWN
    if head.lower_ in word_lists()["forces"]:
        return Category.SECURITY_FORCES
    if head.pos_ != "PROPN":
        return None
    if head.ent_type_ == "PERSON" or _is_person(context, head):
        return _of_person(context, head)
    people = head.ent_type_ == "NORP" and head.tag_ == "NNPS"
    return Category.CIVILIANS if people or _is_counted(context, head) else None


def _is_person(context: PhraseContext, head: Token) -> bool:
    """True for a name of two words or more that is no place, actor or institution."""
    if head.i in context.places or head.i in context.actors or head.ent_type_ in _NO_PERSON:
        return False
    if head.tag_ != "NNP":
        return False
    if context.lexicon.speakers.get(head.lemma_.lower()) == "institution":
        return False
    span = name_span(head, None)
    return span.end - span.name_start >= 2


def _is_counted(context: PhraseContext, head: Token) -> bool:
    """True for a number before a people's name: "some 160 Fulani"."""
    quantity = next((q for q in context.quantities if q.end == head.i), None)
    return (
        quantity is not None
        and (quantity.value or 0) > 1
        and head.ent_type_ not in ("DATE", "TIME", "GPE", "LOC", "FAC")
    )


def _of_person(context: PhraseContext, head: Token) -> Category:
    """A named person's category by the rank before the name or the role after it; civilians otherwise."""
    start = name_span(head, None).start
    roles = [t for t in head.lefts if t.dep_ in ("compound", "nmod")]
    roles += [head.doc[i] for i in range(start, head.i)]
    roles += [t for t in head.children if t.dep_ == "appos"]
    for role in roles:
        if role.i == head.i or not context.is_person_noun(role):
            continue
        found = category_of(context, role)
        if found in (Category.SECURITY_FORCES, Category.MILITANTS):
            return found
    return Category.CIVILIANS
