"""Who the harmed were, told beside or after their number: "the dead were militants", "two of them women".

Rule `toll.described`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from casus.model import Category, Harm
from casus.reading.groups import Group, PhraseReader, Share
from casus.reading.mentions import HarmMention
from casus.reading.parsing import child

_DESCRIBED = {
    "dead": Harm.KILLED,
    "killed": Harm.KILLED,
    "slain": Harm.KILLED,
    "victims": Harm.KILLED,
    "wounded": Harm.INJURED,
    "injured": Harm.INJURED,
    "hostages": Harm.ABDUCTED,
    "captives": Harm.ABDUCTED,
}


def description_mentions(reader: PhraseReader) -> Iterator[HarmMention]:
    """ "The dead were militants", "all of the wounded were civilians", "most of the victims were students"."""
    for token in reader.sentence.doc:
        if token.lemma_ != "be":
            continue
        subject, said = child(token, "nsubj"), child(token, "attr")
        if subject is None or said is None:
            continue
        inner = next((t for t in subject.subtree if t.lower_ in _DESCRIBED and t.i < token.i), None)
        category = reader.category(said)
        counted = any(q.start <= t.i < q.end for q in reader.quantities for t in subject.subtree)
        if inner is None or category in (None, Category.UNKNOWN) or counted:
            continue
        group = Group(
            reader.sentence.index, said.i, said.i, said.i + 1, None, None, None, category or Category.UNKNOWN, "",
            share=Share.ALL,
        )  # fmt: skip
        yield HarmMention(
            reader.sentence.index, inner.i, _DESCRIBED[inner.lower_], (group,), None, None, "toll.described"
        )
