"""Words of saying in a sentence, each with the noun of who speaks.

Rules, by name:

`said.verb`       "police said", "said John Smith", "denied the raid"
`said.according`  "according to the ministry"
`said.account`    "by the army's account", "in the words of a survivor"
`said.count`      "the army's count is 72", "a first tally was 20"
`said.cited`      "citing police", "quoted a doctor as saying", "a doctor was quoted as saying"
`said.reported`   "it was reported that", "two are reported killed": somebody whom the report does not name
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from casus.reading.clauses import has_complement, is_passive
from casus.reading.lexicon import Lexicon
from casus.reading.marks import Marks
from casus.reading.noun_phrases import phrase_of, phrase_start
from casus.reading.parsing import Sentence, child
from casus.reading.persons import office_before
from casus.reading.realis import is_negated
from casus.reading.reporting import ANY_ACT, ReportingVerb, SpeechAct, Takes
from casus.reading.word_classes import WordClass, is_a


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """A word of saying: its token, who speaks (none: not told), and the tokens of both (end exclusive)."""

    token: Token
    act: SpeechAct
    speakers: tuple[Token, ...]
    rule: str
    start: int
    end: int

    @property
    def is_inverted(self) -> bool:
        """True for "said the mayor": the speaker after the verb."""
        return bool(self.speakers) and self.rule == "said.verb" and self.speakers[0].i > self.token.i


_QUOTE = '"'


def find_cues(sentence: Sentence, lexicon: Lexicon, marks: Marks) -> list[Cue]:
    """The words of saying of a sentence that have somebody who speaks, in order; each token once."""
    found: list[Cue] = []
    for token in sentence.doc:
        cue = next(_cues_at(token, sentence, lexicon, marks), None)
        if cue is not None:
            found.append(cue)
    cited = {c.token.head.i for c in found if c.rule == "said.cited" and c.token.tag_ == "VBG"}
    return [c for c in found if c.token.i not in cited or c.rule == "said.cited"]


def _cues_at(token: Token, sentence: Sentence, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    yield from _cited(token, lexicon, marks)
    yield from _verb(token, lexicon, marks)
    yield from _according(token, sentence, lexicon)
    yield from _account(token, lexicon, marks)
    yield from _count(token, lexicon, marks)
    yield from _reported(token)


# -- "police said"


def _verb(token: Token, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    verbs = _verbs_of_saying(token, lexicon)
    if not verbs:
        return
    candidates = list(_speakers_of(token, lexicon))
    speaker = next((c for c in candidates if can_speak(c, lexicon, marks)), None)
    if speaker is None and verbs[0].takes is Takes.ANY:
        speaker = next((c for c in candidates if can_speak(c, lexicon, marks, is_said=True)), None)
    if speaker is None:
        return
    speakers = joined_speakers(speaker, token, lexicon)
    start, end = phrase_of(speakers[0])[0], phrase_of(speakers[-1])[1]
    office = office_before(token.doc[start], lexicon.speakers) if speaker.pos_ == "PROPN" else None
    start = phrase_of(office)[0] if office is not None and speaker.i < token.i else start
    span = (token.i, max(end, speaker.i + 1)) if speaker.i > token.i else (min(start, token.i), token.i + 1)
    verb = next(
        (
            v
            for v in verbs
            if v.complement
            or has_content(token, v.takes, lexicon)
            or (v.takes is not Takes.NUMBER and _told_before(token, span))
        ),
        None,
    )
    if verb is not None:
        yield Cue(token, verb.act, speakers, "said.verb", *span)


def _verbs_of_saying(token: Token, lexicon: Lexicon) -> list[ReportingVerb]:
    """The verbs of saying that a token may be, by its lemma and the complement beside it."""
    if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBD", "VBN", "VBZ", "VBG"):
        return []
    passive = _is_passive(token)
    if passive and child(token, "agent") is None:
        return []
    verbs = lexicon.reporting.get(token.lemma_.lower(), ())
    found = [v for v in verbs if not v.complement or _has(token, v.complement, lexicon)]
    if passive and not is_a(token.lemma_.lower(), WordClass.SAID_BY):
        found = [v for v in found if v.act is not SpeechAct.SAY]
    return [v for v in found if v.act is not SpeechAct.SAY or not _is_unsaid(token)]


def _is_passive(token: Token) -> bool:
    """True for a passive; "…, the spokesman, announced on Monday" only looks like one."""
    set_off = token.dep_ == "acl" and token.i > 0 and token.doc[token.i - 1].text == ","
    return is_passive(token) and not set_off


def _told_before(token: Token, span: tuple[int, int]) -> bool:
    """True where words of saying are set off by a comma from a clause before, or stand between commas."""
    doc, (start, end) = token.doc, span
    if start == 0 or doc[start - 1].text not in (",", _QUOTE, "-", ";"):
        return False
    between = end < len(doc) and doc[end].text == ","
    return between or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in doc[:start])


def _is_unsaid(token: Token) -> bool:
    """True for "did not say", "could not tell", "refused to say", "to say the least"."""
    if is_negated(token) or any(c.lower_ in ("can", "could", "ca") for c in token.lefts if c.dep_ == "aux"):
        return True
    return token.dep_ == "xcomp" and token.head.lemma_.lower() in ("refuse", "decline", "fail", "ask", "want")


def _has(token: Token, complement: str, lexicon: Lexicon) -> bool:
    if complement != ANY_ACT:
        return has_complement(token, complement)
    target = child(token, "nsubjpass") if _is_passive(token) else child(token, "dobj", "obj")
    if target is None:
        return False
    lemma = target.lemma_.lower()
    violent = (lemma, "NOUN") in lexicon.acts or (lemma, "NOUN") in lexicon.harms
    return violent and not is_a(lemma, WordClass.LOSS)


def has_content(token: Token, takes: Takes, lexicon: Lexicon) -> bool:
    """True where a verb has something told beside it: a clause, a quotation, or what else it `takes`."""
    if takes is Takes.ANY:
        return True
    if takes is Takes.NUMBER:
        return _numbers_people(token, lexicon)
    if _is_passive(token):
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
    if any(t.text == _QUOTE for t in doc[token.i + 1 : token.i + 4]):
        return True
    subject = child(token, "nsubj")
    start = phrase_of(subject)[0] if subject is not None and subject.i < token.i else token.i
    return any(t.text == _QUOTE for t in doc[max(0, start - 2) : start])


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


def _speakers_of(token: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Nouns that may be the speaker of a verb, the likeliest first."""
    if _is_passive(token):
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


_NAMES = frozenset(("PERSON", "ORG", ""))


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
    if start > 1 and noun.doc[start - 1].text == _QUOTE:
        start -= 1
    return start > 0 and noun.doc[start - 1].text in (",", ".", "?", "!")


def _noun_after(token: Token) -> Token | None:
    """The speaker of ", said John Smith" and of '"…," said a guard', whatever the parse makes of it."""
    doc = token.doc
    if not token.i or doc[token.i - 1].text not in (",", _QUOTE, "'") or token.tag_ not in ("VBD", "VBZ"):
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
        if found is not None:
            yield found


_GOES_ON = frozenset(("conj", "advcl", "xcomp", "acl", "ccomp", "parataxis", "relcl", "dep"))


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
        opens = phrase_start(other) == 0 or first.doc[phrase_start(other) - 1].text in (",", _QUOTE)
        if opens and other.lemma_.lower() in lexicon.speakers:
            heads.insert(0, other)
    return tuple(heads)


_LONGEST_CROWD = 12  # tokens between joined speakers


_PRONOUNS = frozenset(("he", "she", "it", "they", "who", "both", "we", "i", "which", "him", "them"))
_POSSESSIVE = frozenset(("his", "her", "its", "their"))


def can_speak(noun: Token, lexicon: Lexicon, marks: Marks, *, is_said: bool = False) -> bool:
    """True for a noun that may be who speaks; any may where the verb is one of plain saying (`is_said`)."""
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PRON" or noun.lower_ in _PRONOUNS:
        return noun.lower_ in _PRONOUNS | _POSSESSIVE or is_a(noun.lower_, WordClass.SOME)
    if noun.i in marks.date_tokens() or noun.ent_type_ in ("DATE", "TIME"):
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


# -- "according to", "by X's account", "X's count is"


def _according(token: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Cue]:
    if token.lower_ != "according" or token.i + 2 >= len(token.doc) or sentence.words[token.i + 1] != "to":
        return
    to = token.doc[token.i + 1]
    nouns = (t for t in token.doc[to.i + 1 : to.i + 10] if t.pos_ in ("NOUN", "PROPN", "PRON"))
    speaker = child(to, "pobj") or next((t for t in nouns if t.dep_ not in ("compound", "poss")), None)
    if speaker is not None and speaker.lower_ != "which":
        speakers = joined_speakers(speaker, token, lexicon)
        end = max(phrase_of(speakers[-1])[1], token.i + 2)
        yield Cue(token, SpeechAct.SAY, speakers, "said.according", token.i, end)


def _account(token: Token, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    if (
        not is_a(token.lower_, WordClass.ACCOUNT)
        or token.dep_ != "pobj"
        or token.head.lower_ not in ("by", "in", "on", "from")
    ):
        return
    owner = _owner(token)
    if owner is not None and can_speak(owner, lexicon, marks):
        start, end = phrase_of(token)
        yield Cue(
            token.head,
            SpeechAct.SAY,
            (owner,),
            "said.account",
            min(token.head.i, start),
            max(end, owner.i + 1),
        )


def _owner(noun: Token) -> Token | None:
    """Whose account it is: the possessor, or the noun after "of"."""
    own = child(noun, "poss")
    if own is not None:
        return own
    of = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ == "of" and c.i == noun.i + 1), None)
    return child(of, "pobj") if of is not None else None


def _count(token: Token, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    """Reads "the army's count of the injured is 72", "a first tally had been 21"."""
    if (
        not is_a(token.lemma_.lower(), WordClass.COUNT)
        or token.dep_ not in ("nsubj", "nsubjpass")
        or token.head.i < token.i
    ):
        return
    verb = token.head
    if verb.lemma_.lower() not in ("be", "stand", "come", "run", "reach", "remain"):
        return
    owner = child(token, "poss")
    first = any(is_a(t.lower_, WordClass.EARLY) for t in token.lefts)
    if owner is not None and can_speak(owner, lexicon, marks):
        yield Cue(token, SpeechAct.SAY, (owner,), "said.count", phrase_of(owner)[0], token.i + 1)
    elif first and owner is None:
        yield Cue(token, SpeechAct.SAY, (), "said.count", phrase_of(token)[0], token.i + 1)


# -- "citing police", "it was reported"


def _cited(token: Token, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    if token.lemma_.lower() not in ("cite", "quote") or token.pos_ != "VERB":
        return
    if is_passive(token):
        source = child(token, "nsubjpass", "nsubj") or (token.head if token.dep_ == "acl" else None)
        saying = next((t for t in token.subtree if t.lower_ == "saying" and t.i > token.i), None)
        last = saying if saying is not None else token
    else:
        source = child(token, "dobj", "obj")
        saying = next((t for t in token.subtree if t.lower_ == "saying" and t.i > token.i), None)
        last = saying if saying is not None else source
    if source is None or last is None or not can_speak(source, lexicon, marks):
        return
    start, end = phrase_of(source)
    if saying is not None or token.tag_ == "VBG":
        first = min(start, token.i) if saying is None or is_passive(token) else token.left_edge.i
        yield Cue(
            token,
            SpeechAct.SAY,
            (source,),
            "said.cited",
            first,
            (saying.i + 1) if saying is not None else max(end, token.i + 1),
        )


def _reported(token: Token) -> Iterator[Cue]:
    """Reads "it was reported", "are reported killed": told by nobody in particular."""
    if token.lemma_.lower() != "report" or token.tag_ != "VBN" or child(token, "agent") is not None:
        return
    subject = child(token, "nsubjpass")
    if child(token, "auxpass") is None or subject is None:
        return
    impersonal = subject.lower_ == "it"
    if impersonal or any(c.dep_ in ("oprd", "xcomp", "acomp", "advcl") for c in token.children):
        yield Cue(
            token, SpeechAct.SAY, (), "said.reported", subject.i if impersonal else token.i, token.i + 1
        )
