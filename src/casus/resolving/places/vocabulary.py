"""The words around place names: kinds of place, prepositions, directions, titles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from casus.knowledge import read_table, require_unique
from casus.resolving.gazetteer import EntryKind
from casus.resolving.gazetteer_sources import CUE_COLUMNS


def word_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


_LEVELS = {"adm1": EntryKind.ADM1, "adm2": EntryKind.ADM2}

# Where an event may be: strong evidence that a name after one is a place.
PREPOSITIONS = word_set(
    """
    in at near around outside inside into towards toward throughout across within via through beside
    opposite off between north south east west northeast northwest southeast southwest
    """
)
WEAK_PREPOSITIONS = word_set("from to of over by on along beyond for")
NEAR_WORDS = word_set("near outside around beside opposite surrounding")
ARTICLES = word_set("the a an")

BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0, "northwards": 0.0, "southwards": 180.0,
}  # fmt: skip
DIRECTION_ADJECTIVES = frozenset(
    f"{point}{suffix}" for point in BEARINGS for suffix in ("", "ern")
) | word_set("central downtown upper lower greater rural mainland coastal inner")
# Adjectives that news puts between "the" and a place; they don't change it.
EPITHETS = word_set(
    """
    restive besieged troubled volatile held controlled occupied disputed torn nearby neighbouring
    neighboring remote strategic key main border contested mountainous lawless capital provincial
    regional ancient historic holy rich poor largest second
    """
)
PART_NOUNS = word_set(
    """
    part parts centre center heart north south east west northeast northwest southeast southwest
    side edge streets middle half corner end area areas interior
    """
)
FRINGE_NOUNS = word_set("outskirts suburbs suburb fringes edge vicinity environs gates")

TITLES = word_set(
    """
    mr mrs ms miss dr prof rev sir lord lady president premier chancellor minister secretary
    ambassador envoy senator congressman congresswoman representative governor mayor commissioner
    gen general col colonel lt lieutenant maj major capt captain sgt sergeant cpl corporal brig
    brigadier adm admiral commander chief sheikh sheik mullah imam ayatollah maulana qari haji hajji
    king queen prince princess pope bishop archbishop father judge justice inspector detective
    officer deputy spokesman spokeswoman spokesperson leader activist lawyer journalist comrade
    saint st
    """
)
# Words in capitals behind a place that make an organisation of it: the place is evidence, not a mention.
ORGANISATION_WORDS = word_set(
    """
    police army council command commission committee court ministry government assembly parliament
    brigade battalion division corps media centre center observatory network radio television tv
    times post news agency bank company union united fc club party front movement association
    federation foundation institute university college hospital health education department office
    authority administration infantry armoured armored airborne artillery guard guards operations
    security intelligence human rights forum group league alliance society board force forces
    """
)
MONTHS = word_set(
    """
    january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec
    """
)
# What a government does; a capital in front of one of these words stands for it.
SAYING_VERBS = word_set(
    """
    said says told warned agreed announced accused accuses blames blamed denied denies condemned
    urged wants stood insists insisted demanded rejected vowed considers backs backed supports
    pledged refused called hopes believes sees claims recognises recognizes could would has had will
    """
)
NAME_CONNECTORS = word_set(
    """
    al el ar as ash at ad adh an az ez er es esh et ed en ul ud ur de del la las los le les du des
    do da dos das di of the sur sous am im bei on upon bin ibn and y e i und
    """
)
# Connectors that bind a name together, and such as may also stand between two names.
LOOSE = word_set("and of the y e i on en a")
BINDING = NAME_CONNECTORS - LOOSE - word_set("upon sur am im bei")
ARTICLE_KEYS = word_set("al el ar as ash at ad adh an az ez er es esh et ed en ul")
SHORTENED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True)
class PlaceNoun:
    """A word for a kind of place: its role in `place_cues.tsv` and the unit levels it may mean."""

    word: str
    role: str
    levels: frozenset[EntryKind]


@lru_cache(maxsize=1)
def place_nouns() -> dict[str, PlaceNoun]:
    """The place nouns by their folded words joined by a blank, singular and plural."""
    rows = read_table("place_cues.tsv", CUE_COLUMNS)
    require_unique(rows, "word")
    nouns: dict[str, PlaceNoun] = {}
    for row in rows:
        role = row.text("role")
        if role == "foreign":
            continue
        levels = frozenset(_LEVELS[level] for level in row.members("level"))
        noun = PlaceNoun(row.text("word"), role, levels)
        word = noun.word.replace("-", " ")
        nouns[word] = noun
        nouns.setdefault(_plural(word), noun)
    return nouns


@cache
def words_beside(role: str) -> frozenset[str]:
    """The words of a role in `place_words.tsv`: verbs and nouns that say how a sentence uses a place."""
    rows = read_table("place_words.tsv", ("word", "role"))
    return frozenset(row.text("word") for row in rows if row.text("role") == role)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that are seldom a place even with a capital."""
    return frozenset(row.text("word") for row in read_table("common_words.tsv", ("word",)))


def _plural(word: str) -> str:
    if word.endswith(("y",)) and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"
