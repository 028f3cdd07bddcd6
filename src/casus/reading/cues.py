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

from casus.reading.clauses import is_passive
from casus.reading.lexicon import Lexicon
from casus.reading.marks import Marks
from casus.reading.noun_phrases import phrase_of
from casus.reading.parsing import Sentence, child
from casus.reading.persons import start_with_role
from casus.reading.reporting import SpeechAct, Takes
from casus.reading.saying_verbs import has_content, is_set_off, verbs_of_saying
from casus.reading.speaker_nouns import can_speak, joined_speakers, speakers_of
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


def find_cues(sentence: Sentence, lexicon: Lexicon, marks: Marks) -> list[Cue]:
    """The words of saying of a sentence that have somebody who speaks, in order; each token once."""
    found: list[Cue] = []
    for token in sentence.tokens:
        if token.is_punct or token.pos_ in ("DET", "NUM", "SPACE", "CCONJ", "PRON"):
            continue
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


def _verb(token: Token, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    verbs = verbs_of_saying(token, lexicon)
    speaker = _speaker_of(token, verbs[0].takes, lexicon, marks) if verbs else None
    if speaker is None:
        return
    speakers = joined_speakers(speaker, token, lexicon)
    start, end = _span_of(token, speakers, speaker, lexicon)
    is_apart = is_set_off(token, (start, end))
    for verb in verbs:
        told = has_content(token, verb.takes, lexicon) or (verb.takes is not Takes.NUMBER and is_apart)
        if verb.complement or told:
            yield Cue(token, verb.act, speakers, "said.verb", start, end)
            return


def _speaker_of(token: Token, takes: Takes, lexicon: Lexicon, marks: Marks) -> Token | None:
    """The likeliest noun that can speak; with a verb of plain saying any noun, where none can."""
    candidates = list(speakers_of(token, lexicon))
    speaker = next((c for c in candidates if can_speak(c, lexicon, marks)), None)
    if speaker is None and takes is Takes.ANY:
        speaker = next((c for c in candidates if can_speak(c, lexicon, marks, is_said=True)), None)
    return speaker


def _span_of(token: Token, speakers: tuple[Token, ...], speaker: Token, lexicon: Lexicon) -> tuple[int, int]:
    """The tokens of a verb of saying and its speakers, with the office before a name."""
    start, end = phrase_of(speakers[0])[0], phrase_of(speakers[-1])[1]
    if speaker.i > token.i:
        return token.i, max(end, speaker.i + 1)
    if speaker.pos_ == "PROPN":
        start = min(start, start_with_role(speaker, lexicon.speakers))
    return min(start, token.i), token.i + 1


def _according(token: Token, sentence: Sentence, lexicon: Lexicon) -> Iterator[Cue]:
    if token.lower_ != "according" or token.i + 2 >= len(token.doc) or sentence.words[token.i + 1] != "to":
        return
    to = token.doc[token.i + 1]
    nouns = (t for t in token.doc[to.i + 1 : to.i + 10] if t.pos_ in ("NOUN", "PROPN", "PRON"))
    speaker = child(to, "pobj") or next((t for t in nouns if t.dep_ not in ("compound", "poss")), None)
    if speaker is not None and speaker.i + 2 < len(token.doc) and speaker.nbor().text == "-":
        speaker = speaker.nbor(2)  # "the sub-prefect"
    if speaker is not None and speaker.lower_ != "which":
        speakers = joined_speakers(speaker, token, lexicon)
        end = max(phrase_of(speakers[-1])[1], token.i + 2)
        yield Cue(token, SpeechAct.SAY, speakers, "said.according", token.i, end)


def _account(token: Token, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    link = token.head
    is_source = token.dep_ == "pobj" and link.lower_ in ("by", "in", "on", "from")
    owner = _owner(token) if is_source and is_a(token.lower_, WordClass.ACCOUNT) else None
    if owner is not None and can_speak(owner, lexicon, marks):
        start, end = phrase_of(token)
        yield Cue(link, SpeechAct.SAY, (owner,), "said.account", min(link.i, start), max(end, owner.i + 1))


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


def _cited(token: Token, lexicon: Lexicon, marks: Marks) -> Iterator[Cue]:
    if token.lemma_.lower() not in ("cite", "quote") or token.pos_ != "VERB":
        return
    passive = is_passive(token)
    if passive:
        source = child(token, "nsubjpass", "nsubj") or (token.head if token.dep_ == "acl" else None)
    else:
        source = child(token, "dobj", "obj")
    if source is None or not can_speak(source, lexicon, marks):
        return
    start, end = phrase_of(source)
    saying = next((t for t in token.subtree if t.lower_ == "saying" and t.i > token.i), None)
    if saying is not None:
        first = min(start, token.i) if passive else token.left_edge.i
        yield Cue(token, SpeechAct.SAY, (source,), "said.cited", first, saying.i + 1)
    elif token.tag_ == "VBG":
        yield Cue(token, SpeechAct.SAY, (source,), "said.cited", min(start, token.i), max(end, token.i + 1))


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
