"""By what a party of an agreement is found in the record."""

from __future__ import annotations

from functools import lru_cache

from casus.casebook.features import folded_name
from casus.resolving.actors import ActorRegistry


def keys_of(party: str) -> set[str]:
    """What a party may be found by: its folded name, and its key in the registry."""
    return set(_keys_of(party))


@lru_cache(maxsize=4096)
def _keys_of(party: str) -> frozenset[str]:
    keys = {folded_name(party) or party}
    mentions = ActorRegistry.load().find(party)
    if mentions and mentions[0].entry.id is not None:
        keys.add(mentions[0].entry.id)
    return frozenset(keys)
