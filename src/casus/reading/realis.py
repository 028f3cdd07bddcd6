"""Whether a word tells of something that happened: plans, threats, conditions, denials and habits do not."""

from __future__ import annotations

from spacy.tokens import Token

from casus.reading.parsing import child

_MODALS = {
    "would",
    "could",
    "may",
    "might",
    "should",
    "must",
    "can",
    "will",
    "'ll",
    "'d",
    "shall",
    "ca",
    "wo",
}
# Verbs whose infinitive did not (or not yet) happen.
_UNREAL = {
    "plan",
    "threaten",
    "intend",
    "want",
    "hope",
    "vow",
    "promise",
    "agree",
    "pledge",
    "refuse",
    "prepare",
    "plot",
    "conspire",
    "order",
    "call",
    "urge",
    "ask",
    "expect",
    "fear",
    "need",
    "decide",
    "undertake",
    "seek",
    "have",
    "mean",
    "allow",
    "demand",
    "wish",
    "aim",
    "stop",
    "avoid",
    "prevent",
    "warn",
    "advise",
    "appeal",
    "thwart",
    "foil",
    "be",
    "permit",
    "fail",
    "discuss",
    "consider",
    "continue_x",
    "swear",
    "accuse_x",
    "declare_x",
    "offer",
    "say_x",
}
_TRIED = {
    "try",
    "attempt",
    "start",
    "begin",
    "manage",
    "continue",
    "come",
    "go",
    "use",
    "appear",
    "seem",
    "happen",
    "believe",
    "say",
    "report",
    "allege",
    "suspect",
    "think",
    "know",
    "force",
    "claim",
}
_CONDITION = {"if", "unless", "whenever", "until", "should", "lest", "whether"}
_UNREAL_NOUNS = {
    "threat",
    "plan",
    "fear",
    "risk",
    "possibility",
    "plot",
    "bid",
    "danger",
    "call",
    "warning",
    "order",
    "right",
    "promise",
    "rumour",
    "rumor",
    "prospect",
    "end",
    "halt",
    "absence",
    "danger",
    "drill",
    "exercise",
    "rehearsal",
    "anniversary_x",
    "ban",
    "law",
    "campaign_x",
    "talk",
}


def is_negated(token: Token) -> bool:
    """True for "did not kill", "nobody was hurt", "no attack"."""
    if child(token, "neg") is not None:
        return True
    if any(c.lower_ in ("no", "neither", "never", "without") for c in token.lefts):
        return True
    subject = child(token, "nsubj", "nsubjpass")
    if subject is not None and (
        subject.lower_ in ("nobody", "none", "noone", "neither")
        or any(c.lower_ == "no" for c in subject.lefts)
    ):
        return True
    head = token.head
    if token.dep_ == "pobj" and head.lower_ in ("without", "before_x"):
        return True
    return token.dep_ in ("xcomp",) and head.pos_ in ("VERB", "AUX") and child(head, "neg") is not None


def is_real(token: Token) -> bool:
    """True where a verb or noun tells of something that did happen, as the sentence has it."""
    if is_negated(token):
        return False
    if token.pos_ in ("NOUN", "PROPN"):
        return not _unreal_noun(token)
    return not _unreal_verb(token)


def _unreal_verb(token: Token, depth: int = 0) -> bool:
    auxiliaries = [c for c in token.lefts if c.dep_ in ("aux", "auxpass")]
    if any(a.lower_ in _MODALS and not (a.lower_ == "'d" and token.tag_ == "VBN") for a in auxiliaries):
        return not _may_have(auxiliaries)
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in _CONDITION for c in token.lefts):
        return True
    infinitive = any(a.lower_ == "to" for a in auxiliaries)
    if infinitive and token.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl"):
        head = token.head
        if head.lemma_.lower() in _TRIED:
            return head.pos_ in ("VERB", "AUX") and depth < 3 and _unreal_verb(head, depth + 1)
        return True
    if infinitive and token.dep_ in ("conj", "ROOT", "pcomp"):
        return token.dep_ != "ROOT"
    if token.dep_ == "pcomp" and token.head.lower_ in (
        "of",
        "from",
        "against",
        "without",
        "before",
        "for",
        "to",
    ):
        holder = token.head.head
        return (
            holder.lemma_.lower() in _UNREAL
            or holder.lemma_.lower() in _UNREAL_NOUNS
            or token.head.lower_ in ("without", "from", "against")
        )
    if token.dep_ in ("xcomp", "pcomp") and token.head.lemma_.lower() in _UNREAL:
        return True
    if (
        token.dep_ == "conj"
        and token.head.pos_ in ("VERB", "AUX")
        and not auxiliaries
        and child(token, "nsubj", "nsubjpass") is None
        and depth < 3
    ):
        return _unreal_verb(token.head, depth + 1)
    if token.dep_ == "advcl" and depth < 2 and token.head.pos_ in ("VERB", "AUX") and token.tag_ == "VBG":
        return _unreal_verb(token.head, depth + 1)
    return False


def _may_have(auxiliaries: list[Token]) -> bool:
    """True for "would have been killed by" told as a report ("may have killed" stays unreal)."""
    return any(a.lower_ == "will" and False for a in auxiliaries)


def _unreal_noun(token: Token) -> bool:
    head = token.head
    if (
        token.dep_ == "pobj"
        and head.lower_ in ("of", "to", "against", "for", "on")
        and head.head.lemma_.lower() in _UNREAL_NOUNS
    ):
        return True
    if token.dep_ in ("compound",) and head.lemma_.lower() in (
        "threat",
        "alert",
        "scare",
        "warning",
        "drill",
        "exercise",
        "plan",
        "plot",
        "fear",
        "hoax",
        "series_x",
        "squad",
        "victim",
        "suspect",
        "charge",
        "trial",
        "case",
        "investigation",
        "theory",
    ):
        return True
    if token.dep_ in ("dobj", "pobj", "nsubjpass"):
        verb = head if token.dep_ != "pobj" else head.head
        if verb.pos_ in ("VERB", "AUX"):
            if verb.lemma_.lower() in (
                "plan",
                "plot",
                "threaten",
                "prevent",
                "foil",
                "thwart",
                "avert",
                "halt",
                "stop",
                "end",
                "ban",
                "suspend",
                "expect",
                "fear",
                "call",
                "avoid",
                "intend",
                "consider",
                "deny_x",
                "cease",
                "oppose",
            ):
                return True
            return _unreal_verb(verb)
    if token.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX"):
        return _unreal_verb(head)
    return False


def is_habit(token: Token) -> bool:
    """True for a bare present tense: "the rebels attack convoys", "most attacks are in the capital"."""
    verb = token
    if token.pos_ in ("NOUN", "PROPN"):
        return _in_habit(token)
    auxiliaries = [c for c in verb.lefts if c.dep_ in ("aux", "auxpass")]
    if verb.tag_ in ("VBZ", "VBP") and not auxiliaries:
        return True
    if (
        verb.tag_ == "VBN"
        and auxiliaries
        and auxiliaries[0].tag_ in ("VBZ", "VBP")
        and auxiliaries[0].lemma_ == "be"
    ):
        return True
    return verb.tag_ == "VBG" and bool(auxiliaries) and auxiliaries[0].tag_ in ("VBZ", "VBP") and False


def _in_habit(noun: Token) -> bool:
    """True for "the army carries out operations": a noun without article under a bare present."""
    if any(c.dep_ in ("det", "poss", "nummod") for c in noun.lefts):
        return False
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("dobj", "pobj") and verb.pos_ == "VERB" and is_habit(verb)
