"""Harm: the words of a sentence that say people were killed, wounded, taken, freed and so on.

The rules and their names are told in `docs/rules.md`, "Tolls"; each stands in the module of
its kind: verbs, nouns, states, measures and descriptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casus.reading.breakdowns import with_breakdowns
from casus.reading.descriptions import description_mentions
from casus.reading.groups import PhraseReader
from casus.reading.harm_nouns import body_mentions, lives_mentions, noun_mentions, throat_mentions
from casus.reading.harm_states import left_mentions, state_mentions
from casus.reading.harm_verbs import verb_mentions
from casus.reading.mentions import HarmMention
from casus.reading.toll_lists import label_mentions, listed_names
from casus.reading.toll_measures import elliptic_mentions, measure_mentions

__all__ = ["HarmMention", "find_harms"]


def find_harms(reader: PhraseReader) -> tuple[HarmMention, ...]:
    """The harm mentions of a sentence, in the order of their words; a number is used once."""
    found = [
        *label_mentions(reader),
        *measure_mentions(reader),
        *description_mentions(reader),
        *lives_mentions(reader),
        *throat_mentions(reader),
        *left_mentions(reader),
        *body_mentions(reader),
        *verb_mentions(reader),
        *noun_mentions(reader),
    ]
    found += state_mentions(reader, found)
    found += _unused([*elliptic_mentions(reader), *listed_names(reader)], found)
    real = [mention for mention in found if mention.trigger not in reader.dated]
    return tuple(sorted(with_breakdowns(reader, list(_once(real))), key=lambda mention: mention.trigger))


def _unused(candidates: Iterable[HarmMention], found: list[HarmMention]) -> list[HarmMention]:
    """The candidates whose numbers no other rule has read."""
    used = {number for mention in found for number in mention.numbers()}
    return [mention for mention in candidates if not mention.numbers() & used]


_BY_VERB = frozenset({"harm.verb", "harm.subject", "harm.shot"})


def _once(found: list[HarmMention]) -> Iterator[HarmMention]:
    """The mentions without those whose people a rule before them has already read."""
    people: set[tuple[int, str]] = set()
    numbers: set[int] = set()
    triggers: set[tuple[int, str]] = set()
    for mention in found:
        keys = {(group.head, mention.harm.value) for group in mention.groups}
        own = mention.numbers()
        trigger = (mention.trigger, mention.harm.value)
        if (keys and keys <= people) or (trigger in triggers and mention.rule in _BY_VERB):
            continue
        if own and own <= numbers and mention.rule not in _BY_VERB:
            continue
        people |= keys
        triggers |= {trigger} if mention.groups else set()
        numbers |= own
        yield mention
