"""Classes of words for statements, claims, agreements and statistics: `knowledge/word_classes.tsv`."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import StrEnum

from casus.knowledge import read_table, require_unique

COLUMNS = ("class", "words", "use")


class WordClass(StrEnum):
    """The classes, each described in the file."""

    ACCOUNT = "account"
    ACCUSED_KIND = "accused_kind"
    ARMED_SIDE = "armed_side"
    BINDS = "binds"
    BOTH = "both"
    BREAK = "break"
    CALLING = "calling"
    CARRY_OUT = "carry_out"
    CHARGED = "charged"
    COMPLAINS = "complains"
    COUNT = "count"
    COUNTED = "counted"
    CRIME = "crime"
    DEAD = "dead"
    DENIED = "denied"
    DOER = "doer"
    DRIVE_OUT = "drive_out"
    EARLY = "early"
    FELL = "fell"
    FIRE = "fire"
    FIRED_FROM = "fired_from"
    FORCE = "force"
    FOUGHT = "fought"
    GENERAL_BODY = "general_body"
    GENERAL_GROUP = "general_group"
    GOOD_DEED = "good_deed"
    GUARD_CORPS = "guard_corps"
    HAND_OVER = "hand_over"
    HELD = "held"
    HOLD = "hold"
    HONORIFIC = "honorific"
    IDLE_DEED = "idle_deed"
    IN_HAND = "in_hand"
    LACKED = "lacked"
    LAID = "laid"
    LAPSED = "lapsed"
    LAYS_ON = "lays_on"
    LISTENER = "listener"
    LOOSE_ACCUSING = "loose_accusing"
    LOSS = "loss"
    MADE = "made"
    MARK_LEFT = "mark_left"
    MEASURED = "measured"
    MEDIATED = "mediated"
    MUTE = "mute"
    OFFICIAL = "official"
    ONE_AS_PLURAL = "one_as_plural"
    OWNER = "owner"
    ORGAN = "organ"
    OWN_FIGHTER = "own_fighter"
    PAIRED = "paired"
    PARTICLE = "particle"
    PARTY = "party"
    PROOF = "proof"
    REDRESS = "redress"
    ROSE = "rose"
    SAID_BY = "said_by"
    SHARE = "share"
    SINGLE_ACT = "single_act"
    SOME = "some"
    SORT_OF_BODY = "sort_of_body"
    SPEAKS_FOR_PEOPLE = "speaks_for_people"
    SPEAKS_ONLY = "speaks_only"
    TAKES_EFFECT = "takes_effect"
    TELLS = "tells"
    TITLE = "title"
    TOOK_PART = "took_part"
    TRY = "try"
    UNDERTAKES = "undertakes"
    WAR = "war"
    WISH = "wish"
    WISHED = "wished"


@functools.cache
def _classes() -> Mapping[WordClass, frozenset[str]]:
    rows = read_table("word_classes.tsv", COLUMNS)
    require_unique(rows, "class")
    return {row.choice("class", WordClass): frozenset(row.members("words")) for row in rows}


def words_of(word_class: WordClass) -> frozenset[str]:
    """The words of a class.  Raises KnowledgeError where the file lacks it."""
    return _classes()[word_class]


def is_a(word: str, word_class: WordClass) -> bool:
    """True where a word in small letters belongs to a class."""
    return word in words_of(word_class)
