"""Verbs of saying: whether a token is one, and whether anything is told beside it."""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.clauses import has_complement, is_passive
from casus.reading.lexicon import Lexicon
from casus.reading.noun_phrases import phrase_of
from casus.reading.parsing import child
from casus.reading.realis import is_negated
from casus.reading.reporting import ANY_ACT, ReportingVerb, SpeechAct, Takes
from casus.reading.word_classes import WordClass, is_a

QUOTE = '"'  # as the texts are cleaned, every quotation mark


def verbs_of_saying(token: Token, lexicon: Lexicon) -> list[ReportingVerb]:
    """The verbs of saying that a token may be, by its lemma and the complement beside it."""
    if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBD", "VBN", "VBZ", "VBG"):
        return []
    passive = is_told_passively(token)
    if (passive and child(token, "agent") is None) or _says_nothing(token):
        return []
    verbs = lexicon.reporting.get(token.lemma_.lower(), ())
    found = [v for v in verbs if not v.complement or _has(token, v.complement, lexicon)]
    if passive and not is_a(token.lemma_.lower(), WordClass.SAID_BY):
        found = [v for v in found if v.act is not SpeechAct.SAY]
    return [v for v in found if v.act is not SpeechAct.SAY or not _is_unsaid(token)]


def _says_nothing(token: Token) -> bool:
    """True for "who called himself Commander Zero" and "the rebels were to blame"."""
    target = child(token, "dobj", "obj")
    if target is not None and target.tag_ == "PRP" and target.lower_.endswith(("self", "selves")):
        return True
    to_be = token.dep_ == "xcomp" and token.head.lemma_ == "be" and target is None
    return to_be and any(c.lower_ == "to" for c in token.lefts)


def is_told_passively(token: Token) -> bool:
    """True for a passive; "…, the spokesman, announced on Monday" only looks like one."""
    set_off = token.dep_ == "acl" and token.i > 0 and token.doc[token.i - 1].text == ","
    return is_passive(token) and not set_off


def _is_unsaid(token: Token) -> bool:
    """True for "did not say", "could not tell", "refused to say", "to say the least"."""
    if is_negated(token) or any(c.lower_ in ("can", "could", "ca") for c in token.lefts if c.dep_ == "aux"):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_.lower() in ("refuse", "decline", "fail", "ask", "want")


def _has(token: Token, complement: str, lexicon: Lexicon) -> bool:
    if complement != ANY_ACT:
        return has_complement(token, complement)
    target = child(token, "nsubjpass") if is_told_passively(token) else child(token, "dobj", "obj")
    if target is None:
        return False
    lemma = target.lemma_.lower()
    violent = (lemma, "NOUN") in lexicon.acts or (lemma, "NOUN") in lexicon.harms
    return violent and not is_a(lemma, WordClass.LOSS)


def is_set_off(token: Token, span: tuple[int, int]) -> bool:
    """True where words of saying are set off by a comma from a clause before, or stand between commas."""
    doc, (start, end) = token.doc, span
    if start == 0 or doc[start - 1].text not in (",", QUOTE, "-", ";"):
        return False
    between = end < len(doc) and doc[end].text == ","
    return between or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[:start])


def has_content(token: Token, takes: Takes, lexicon: Lexicon) -> bool:
    """True where a verb has something told beside it: a clause, a quotation, or what else it `takes`."""
    if takes is Takes.ANY:
        return True
    if takes is Takes.NUMBER:
        return _numbers_people(token, lexicon)
    if is_told_passively(token):
        return takes is not Takes.TOLL
    if _has_clause(token) or _has_quotation(token):
        return True
    target = child(token, "dobj", "obj")
    if takes is Takes.OBJECT and (target is not None or token.dep_ == "relcl"):
        return True
    links = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "at") and c.i > token.i]
    if takes in (Takes.OBJECT, Takes.CLAUSE) and links:
        return True
    return takes is Takes.TOLL and _numbers_people(token, lexicon)


def _has_clause(token: Token) -> bool:
    if any(c.dep_ in ("ccomp", "parataxis", "xcomp") for c in token.children):
        return True
    after = token.doc[token.i + 1 : token.i + 5]
    if any(t.lower_ in ("that", "how") and t.dep_ in ("mark", "dobj", "advmod") for t in after):
        return True
    last = token.i + 2 >= len(token.doc) and token.i + 1 < len(token.doc) and token.doc[token.i + 1].is_punct
    return last and token.i > 4


def _has_quotation(token: Token) -> bool:
    doc = token.doc
    if any(t.text == QUOTE for t in doc[token.i + 1 : token.i + 4]):
        return True
    subject = child(token, "nsubj")
    start = phrase_of(subject)[0] if subject is not None and subject.i < token.i else token.i
    return any(t.text == QUOTE for t in doc[max(0, start - 2) : start])


def _numbers_people(verb: Token, lexicon: Lexicon) -> bool:
    """True where a verb has a number of people for its object: "counted 19 bodies", "knows of three dead"."""
    after = [t for t in verb.subtree if verb.i < t.i < verb.i + 12 and t.dep_ != "ccomp"]
    numbered = [t for t in after if t.like_num or t.lower_ in ("dozens", "scores", "hundreds", "thousands")]
    return any(
        t.i < near.i < t.i + 5
        and (
            is_a(near.lemma_.lower(), WordClass.DEAD)
            or lexicon.person(near.lower_, near.lemma_.lower()) is not None
            or (near.lemma_.lower(), "NOUN") in lexicon.harms
        )
        for t in numbered
        for near in after
    ) or any(
        (is_a(t.lemma_.lower(), WordClass.DEAD) or is_a(t.lower_, WordClass.DEAD)) and n.i > t.i
        for t in after
        for n in numbered
    )
