"""Who a noun phrase is, as a speaker: a named person, an institution, or somebody without a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from casus.reading.lexicon import Lexicon
from casus.reading.marks import Marks
from casus.reading.names import TITLES, name_span
from casus.reading.parsing import Sentence, child

_QUOTES = re.compile(r"[\"“”]")
_ARTICLE = re.compile(r"^(the|a|an|another|one)\s+", re.IGNORECASE)
# What speaks for its owner: "the ministry's statement said" is the ministry.
_PAPERS = {"statement", "bulletin", "communique", "communiqué", "report", "release", "post", "letter", "account", "tweet", "note", "website"}
_BACKWARDS = {"the", "that", "this", "these", "those", "its", "his", "her", "their"}
_GROUPS = {
    "group",
    "movement",
    "militia",
    "rebel",
    "militant",
    "insurgent",
    "guerrilla",
    "separatist",
    "gang",
    "faction",
    "jihadist",
    "front",
    "islamist",
    "organisation",
    "organization",
}
# Nouns that can stand for any institution told of before.
_GENERAL = {
    "group", "organisation", "organization", "agency", "office", "monitor", "watchdog", "body", "committee", "movement", "statement",
    "centre", "center", "network", "party", "outlet", "website", "newspaper", "paper", "institution", "force", "union", "service", "ministry",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as the reader keeps it while reading; `key` tells two voices apart.

    `kind` is person, institution or anonymous; `head` is the noun that later mentions may
    repeat; `affiliation` the group spoken for.
    """

    key: str
    kind: str
    name: str | None
    role: str | None
    affiliation: str | None
    head: str
    is_plural: bool
    sentence: int
    start: int
    end: int


@dataclass(slots=True)
class VoiceBook:
    """The voices of one report in the order in which they were met: the memory for "he" and "the group"."""

    lexicon: Lexicon
    nationality: str | None = None
    persons: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # last name -> full name, role
    sides: dict[str, str] = field(default_factory=dict)  # full name -> the group spoken for
    heard: list[Voice] = field(default_factory=list)
    groups: list[tuple[int, int, str]] = field(
        default_factory=list
    )  # armed groups named: sentence, token, name

    def voices(self, sentence: Sentence, token: Token, marks: Marks) -> tuple[Voice, ...]:
        """The voices that a subject names: "residents and the journal" are two, "police and hospital sources" one."""
        heads = [
            token,
            *(
                t
                for t in token.conjuncts
                if t.i > token.i and t.pos_ in ("NOUN", "PROPN") and t.i - token.i < 12
            ),
        ]
        if self._is_one_crowd(heads):
            return self._keep((self._anonymous(sentence, heads[0], heads[-1]),))
        return self._keep(tuple(v for v in (self._voice(sentence, h, marks) for h in heads) if v is not None))

    def _is_one_crowd(self, heads: Sequence[Token]) -> bool:
        if len(heads) < 2 or any(h.pos_ == "PROPN" for h in heads):
            return False
        return self._is_anonymous(heads[-1])

    def _keep(self, voices: tuple[Voice, ...]) -> tuple[Voice, ...]:
        self.heard.extend(voices)
        return voices

    def _is_anonymous(self, token: Token) -> bool:
        return self.lexicon.speakers.get(token.lemma_.lower()) == "anonymous"

    def _voice(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        if token.pos_ == "PRON" or token.lower_ in ("he", "she", "it", "they", "who", "both"):
            return self._referred(sentence, token, marks)
        owner = next((c for c in token.lefts if c.dep_ == "poss"), None) if token.lemma_.lower() in _PAPERS else None
        if owner is not None and owner.pos_ != "PRON":
            return self._voice(sentence, owner, marks)
        if owner is not None:
            return next((v for v in reversed(self.heard) if v.kind == "institution"), None)
        person = self._person(sentence, token, marks) or self._named_in_apposition(sentence, token, marks)
        if person is not None:
            return person
        start, end = phrase_of(token)
        lemma = token.lemma_.lower()
        kind = self.lexicon.speakers.get(lemma)
        mark = marks.actors.get(token.i)
        if mark is not None and (kind != "anonymous" or mark.end > token.i + 1):
            side = mark.name if mark.can_act else None
            return Voice(
                f"i:{mark.name.lower()}",
                "institution",
                mark.name,
                apposition(token),
                side,
                lemma,
                False,
                sentence.index,
                start,
                end,
            )
        back = self._definite(token, start)
        if back is not None:
            return back
        if kind == "institution" or (token.pos_ == "PROPN" and kind is None):
            return self._institution(sentence, token, start, end)
        if kind == "anonymous" or token.pos_ in ("NOUN", "NUM", "ADJ"):
            voice = self._anonymous(sentence, token, token)
            return replace(voice, affiliation=self._side(token, voice.start, voice.end, marks, voice.role))
        return None

    # -- persons

    def _person(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        if (
            token.pos_ != "PROPN"
            or token.i in marks.actors
            or self.lexicon.speakers.get(token.lemma_.lower()) == "institution"
        ):
            return None
        doc, span = token.doc, name_span(token, marks)
        name = doc[span.name_start : span.end].text
        last = doc[span.end - 1].lower_
        known = self.persons.get(last)
        role_after = apposition(token)
        titled = span.name_start > span.start or (span.start > 0 and doc[span.start - 1].lower_ in TITLES)
        if known is None and not (
            titled or token.ent_type_ == "PERSON" or (role_after and self._is_role(token))
        ):
            return None
        if known is not None and len(name.split()) > 1 and name.lower() not in known[0].lower():
            known = None
        role = doc[span.start : span.name_start].text or role_after or (known[1] if known else None)
        full = known[0] if known else name
        self.remember(full, role)
        start, end = phrase_of(token)
        start = min(start, span.start)
        side = self._side(token, start, max(end, span.end), marks, role) or self.sides.get(full)
        if side is not None:
            self.sides[full] = side
        return Voice(
            f"p:{full.lower()}",
            "person",
            full,
            role,
            side,
            last,
            False,
            sentence.index,
            start,
            max(end, span.end),
        )

    def _is_role(self, token: Token) -> bool:
        role = next((t for t in token.rights if t.dep_ == "appos"), None)
        return role is not None and (self._is_anonymous(role) or role.lemma_.lower() in TITLES)

    def _side(self, token: Token, start: int, end: int, marks: Marks, role: str | None) -> str | None:
        """The group spoken for, by the actor in the title or the apposition ("a Taliban spokesman")."""
        for i in range(start, min(end, token.i + 14)):
            mark = marks.actors.get(i)
            if mark is not None and mark.can_act:
                return mark.name
        if role and role.split()[0].lower() in ("its", "their"):
            return next(
                (v.affiliation or v.name for v in reversed(self.heard) if v.kind == "institution"), None
            )
        return None

    def _named_in_apposition(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        """ "The governor's spokesman, John Smith," is John Smith."""
        if token.pos_ != "NOUN" or not self._is_anonymous(token):
            return None
        name = next(
            (t for t in token.rights if t.dep_ == "appos" and t.pos_ == "PROPN" and t.i - token.i < 8), None
        )
        if name is None or name.i in marks.actors:
            return None
        start, end = phrase_of(token)
        span = name_span(name, marks)
        full = name.doc[span.name_start : span.end].text
        role = without_article(token.doc[start : token.i + 1].text)
        self.remember(full, role)
        side = self._side(token, start, end, marks, role)
        if side is not None:
            self.sides[full] = side
        return Voice(
            f"p:{full.lower()}",
            "person",
            full,
            role,
            side,
            name.lower_,
            False,
            sentence.index,
            start,
            max(end, span.end),
        )

    def remember(self, name: str, role: str | None) -> None:
        """Keep a full name, so that its last part alone is known later."""
        last = re.split(r"[\s-]", name)[-1].lower()
        previous = self.persons.get(last)
        if previous is not None and len(previous[0].split()) > len(name.split()):
            return
        entry = (name, role or (previous[1] if previous and previous[0] == name else None))
        self.persons[last] = entry
        self.persons[name.split()[-1].lower()] = entry

    # -- institutions and people without a name

    def _institution(self, sentence: Sentence, token: Token, start: int, end: int) -> Voice:
        name = without_article(token.doc[start : token.i + 1].text)
        of = next(
            (
                c
                for c in token.children
                if c.dep_ == "prep" and c.lower_ in ("of", "for", "in", "to") and c.i > token.i
            ),
            None,
        )
        inner = child(of, "pobj") if of is not None else None
        if inner is not None and inner.i - token.i < 8:
            name = without_article(token.doc[start : _right_edge(inner) + 1].text)
        shown = self._national(name, token)
        plural = token.tag_ in ("NNS", "NNPS")
        return Voice(
            f"i:{shown.lower()}",
            "institution",
            shown,
            apposition(token),
            None,
            token.lemma_.lower(),
            plural,
            sentence.index,
            start,
            end,
        )

    def _national(self, name: str, token: Token) -> str:
        """ "The army" of a report on Turkey is the Turkish army; names that tell a place themselves stay."""
        if (
            self.nationality
            and token.pos_ != "PROPN"
            and not any(word[:1].isupper() for word in name.split())
        ):
            return f"{self.nationality} {name}"
        return name[:1].lower() + name[1:] if name[1:].islower() and token.pos_ == "NOUN" else name

    def _anonymous(self, sentence: Sentence, first: Token, last: Token) -> Voice:
        start, _ = phrase_of(first)
        _, end = phrase_of(last)
        text = without_article(first.doc[start : _role_end(last) + 1].text)
        plural = last.tag_ in ("NNS", "NNPS") or last.lower_ == "people"
        return Voice(
            f"a:{text.lower()}",
            "anonymous",
            None,
            text,
            None,
            last.lemma_.lower(),
            plural,
            sentence.index,
            start,
            end,
        )

    # -- going back

    def _referred(self, sentence: Sentence, token: Token, marks: Marks) -> Voice | None:
        lower = token.lower_
        if lower in ("who", "which", "that"):
            verb = token.head
            return self._voice(sentence, verb.head, marks) if verb.dep_ == "relcl" else None
        for voice in reversed(self.heard):
            single = voice.kind == "person" or (voice.kind == "anonymous" and not voice.is_plural)
            if lower in ("he", "she", "i", "him", "her") and single:
                return voice
            if lower == "it" and voice.kind == "institution":
                return voice
            if lower in ("they", "we", "them", "us") and (voice.is_plural or voice.kind == "institution"):
                return voice
        return None

    def _definite(self, token: Token, start: int) -> Voice | None:
        """ "The group", "the sources", "the ministry": the last voice with that noun, or for a general noun the last institution."""
        doc = token.doc
        if doc[start].lower_ not in _BACKWARDS:
            return None
        lemma, plural = token.lemma_.lower(), token.tag_ in ("NNS", "NNPS")
        inside = doc[start + 1 : token.i].text.lower()
        for voice in reversed(self.heard):
            if voice.kind == "anonymous" and voice.is_plural != plural:
                continue
            told = f"{voice.name or ''} {voice.role or ''}".lower()
            if (voice.head == lemma or lemma in told.split()) and inside in told:
                return voice
        if lemma in _GROUPS and not inside:
            named = next((name for _, _, name in reversed(self.groups)), None)
            if named is not None:
                return Voice(f"i:{named.lower()}", "institution", named, None, named, lemma, plural, -1, 0, 0)
        if lemma in _GENERAL and not inside:
            return next((voice for voice in reversed(self.heard) if voice.kind == "institution"), None)
        return None

    def meet(self, sentence: Sentence, marks: Marks) -> None:
        """Remember the armed groups that a sentence names."""
        for mark in dict.fromkeys(marks.actors.values()):
            if mark.kind in ("armed_group", "militia", "gang", "organisation") and mark.can_act:
                self.groups.append((sentence.index, mark.start, mark.name))


def phrase_of(token: Token) -> tuple[int, int]:
    """Tokens of the noun phrase with that head, appositions included (end exclusive)."""
    start = token.i
    for t in token.lefts:
        if t.dep_ in ("det", "amod", "compound", "poss", "nummod", "nmod", "advmod", "quantmod", "predet"):
            start = min(start, t.left_edge.i)
    end = token.i + 1
    for t in token.rights:
        if t.dep_ in ("appos", "prep", "relcl", "acl"):
            end = max(end, t.right_edge.i + 1)
    return start, end


def _right_edge(token: Token) -> int:
    edge = token.i
    for t in token.rights:
        if t.dep_ == "prep" and t.lower_ == "of":
            edge = max(edge, t.right_edge.i)
        elif t.dep_ == "conj" and t.pos_ == token.pos_ and t.i - token.i < 5:
            edge = max(edge, t.i)
    return edge


def _role_end(token: Token) -> int:
    """Last token of an anonymous speaker's description: up to "at the hospital", without a relative clause."""
    edge = token.i
    for t in token.rights:
        if t.dep_ == "prep" and t.lower_ in ("of", "in", "at", "from", "for", "with") and t.i == edge + 1:
            inner = child(t, "pobj")
            if inner is not None:
                edge = _right_edge(inner)
        elif t.dep_ == "amod" and t.lower_ == "close":
            edge = t.right_edge.i
    return edge


def apposition(token: Token) -> str | None:
    """The role that stands after a name: "a researcher of the organisation"."""
    for t in token.rights:
        if t.dep_ == "appos" and t.i - token.i < 14 and t.pos_ in ("NOUN", "PROPN"):
            end = t.i
            for r in t.rights:
                if r.dep_ not in ("prep", "compound", "amod"):
                    break
                end = max(end, r.right_edge.i)
            return without_article(token.doc[t.left_edge.i : end + 1].text)
    return None


def without_article(text: str) -> str:
    """The words without quotation marks and a leading article."""
    return _ARTICLE.sub("", _QUOTES.sub("", text).strip(" ,-"))
