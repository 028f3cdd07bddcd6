"""The subject of a verb where the parse is known to give another word for it.

Known cases:

- an aside: "about 200 rebels, some of them women, attacked", "dozens of men, many armed, stormed"
- the speaker: "guerrillas hacked 12 people to death, authorities said"
- the clause before: "people were killed after a group of men burst into the hall"
- the clause between: "the attackers landed, when traders were at work, and opened fire"
"""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.clauses import is_passive, subject_of

_ASIDE = frozenset({"some", "many", "most", "all", "several", "few", "others", "one", "two", "half", "both"})
_NEW_CLAUSE = frozenset({"after", "when", "as", "while"})
_BETWEEN = ("ADV", "AUX", "PART")
_NOMINAL = ("NOUN", "PROPN")
_FINITE = ("VBD", "VBZ", "VBP")


def mended(verb: Token, agent: Token | None) -> Token | None:
    """The doer of a verb: `agent`, or the noun that it stands for."""
    if agent is None or verb.pos_ in _NOMINAL:
        return agent
    if agent.lower_ in _ASIDE:
        return _before_aside(agent) or agent
    if is_passive(verb) or verb.tag_ not in _FINITE:
        return agent
    if agent.i > verb.i:
        return _just_before(verb) or agent
    return _after_mark(verb, agent) or _of_main_clause(verb, agent) or agent


def _before_aside(aside: Token) -> Token | None:
    """The noun phrase before the comma of an aside: its first noun, "dozens" in "dozens of men"."""
    doc, i = aside.doc, aside.i - 1
    if i < 1 or doc[i].text != "," or doc[i - 1].pos_ not in _NOMINAL:
        return None
    noun = doc[i - 1]
    while noun.dep_ in ("pobj", "prep", "compound") and noun.head.i < noun.i:
        noun = noun.head
    return noun if noun.pos_ in (*_NOMINAL, "NUM") else doc[i - 1]


def _just_before(verb: Token) -> Token | None:
    """The noun right before a verb, where its subject stands."""
    i = verb.i - 1
    while i >= 0 and verb.doc[i].pos_ in _BETWEEN:
        i -= 1
    return verb.doc[i] if i >= 0 and verb.doc[i].pos_ in _NOMINAL else None


def _after_mark(verb: Token, agent: Token) -> Token | None:
    """The first noun after a "when" between a supposed subject and its verb."""
    doc = verb.doc
    marks = [i for i in range(agent.i + 1, verb.i) if doc[i].lower_ in _NEW_CLAUSE and doc[i].dep_ != "prep"]
    if not marks or any(doc[i].tag_ in _FINITE for i in range(marks[-1] + 1, verb.i)):
        return None
    first = next((i for i in range(marks[-1] + 1, verb.i) if doc[i].pos_ in _NOMINAL), None)
    if first is None:
        return None
    while first + 1 < verb.i and doc[first + 1].pos_ in _NOMINAL:
        first += 1
    return doc[first]


def _of_main_clause(verb: Token, agent: Token) -> Token | None:
    """The subject of the clause above, for a verb that ", and" joins to a clause of time before the comma."""
    inner = verb.head
    if verb.dep_ != "conj" or inner.dep_ != "advcl" or agent.head != inner:
        return None
    links = [c for c in inner.rights if c.dep_ == "cc" and c.i < verb.i]
    if not links or verb.doc[links[-1].i - 1].text != ",":
        return None
    if not any(c.lower_ in _NEW_CLAUSE for c in inner.lefts):
        return None
    main = inner.head
    return subject_of(main) if main.pos_ == "VERB" and main.i < inner.i else None
