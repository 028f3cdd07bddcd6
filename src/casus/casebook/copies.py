"""Copies of one text: agency copy that several outlets print, with light edits.

Two reports are copies where they share most of their words, counted with their repeats.
Candidates are found by MinHash over runs of words (datasketch), in bands: reports with
one band in common are compared.  An outlet may also say where its text is from, in its
dateline, its byline or its last line ("KABUL (Reuters) -", "— AFP").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

import numpy as np
from datasketch import MinHash

from casus.knowledge import read_table, require_unique

LEAST_SHARE = 0.7
"""From this share of the longer text's words on, two texts are copies."""

_BANDS, _ROWS = 16, 3
_SHINGLE = 3
_SEED = 1
_WORD = re.compile(r"\w+")
_HEAD_CHARS, _TAIL_CHARS = 220, 160
_AGENCY_COLUMNS = ("name", "aliases")


def copy_keys(text: str) -> tuple[str, ...]:
    """The keys under which a text is filed: near-copies share at least one with high probability.

    A text of fewer than three words has one key, for itself.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))}
    sketch = _blank().copy()
    sketch.update_batch([shingle.encode() for shingle in shingles])
    values = np.asarray(sketch.hashvalues, dtype="<u8")
    return tuple(
        f"{band:02d}{blake2b(values[band * _ROWS : (band + 1) * _ROWS].tobytes(), digest_size=8).hexdigest()}"
        for band in range(_BANDS)
    )


@lru_cache(maxsize=1)
def _blank() -> MinHash:
    """An empty sketch; to draw its permutations takes longer than to use them."""
    return MinHash(num_perm=_BANDS * _ROWS, seed=_SEED, hashfunc=crc32)


def shared_words(one: str, other: str) -> float:
    """The share of the longer text's words that the other has too, repeats counted; 0 to 1."""
    counts, others = (Counter(word.casefold() for word in _WORD.findall(text)) for text in (one, other))
    longest = max(counts.total(), others.total())
    return (counts & others).total() / longest if longest else 0.0


def credit_of(text: str, body_start: int = 0) -> str | None:
    """The agency that a text says it is from, None where it names none."""
    body = text[body_start:]
    head, tail = body[:_HEAD_CHARS], body[max(0, len(body) - _TAIL_CHARS) :]
    for pattern, where in ((_head_credit(), head), (_tail_credit(), tail)):
        found = pattern.search(where)
        if found is not None:
            return _agencies()[next(name for name in found.groups() if name)]
    return None


def agency_named(name: str) -> str | None:
    """The agency that a name means ("AFP"), None where it is none."""
    return _agencies().get(name.strip())


@lru_cache(maxsize=1)
def _agencies() -> dict[str, str]:
    rows = read_table("agencies.tsv", _AGENCY_COLUMNS)
    require_unique(rows, "name")
    return {alias: row.text("name") for row in rows for alias in (row.text("name"), *row.members("aliases"))}


def _alternatives() -> str:
    return "|".join(re.escape(alias) for alias in sorted(_agencies(), key=len, reverse=True))


@lru_cache(maxsize=1)
def _head_credit() -> re.Pattern[str]:
    """A dateline with the agency, or a byline: "KABUL (Reuters) -", "KABUL, May 3 (AFP) —", "By X, AP"."""
    agency = rf"({_alternatives()})"
    forms = (
        rf"\({agency}\)\s*[-–—:]",
        rf"^[^\n.]{{0,80}}[(/\[]{agency}[)/\]]",
        rf"^\s*(?:[Bb][Yy]\s[^\n]{{0,60}}[,/]\s*|[Ss]ource:\s*|[^\n.a-z]{{2,40}}[-–—,]\s*){agency}\s*(?:\n|[-–—])",
        rf"^\s*{agency}\s*[-–—\n]",
    )
    return re.compile("|".join(forms))


@lru_cache(maxsize=1)
def _tail_credit() -> re.Pattern[str]:
    """A last line that gives the agency: "(AFP)", "— Reuters", "Source: Xinhua", "© 2020 AFP"."""
    agency = rf"({_alternatives()})"
    return re.compile(rf"(?:[(\[–—/-]\s*|[Ss]ource:\s*|©\s*(?:\d{{4}}\s*)?){agency}\s*[)\]/]?\.?\s*$")


def grouped(pairs: Iterable[tuple[int, int]]) -> Iterator[frozenset[int]]:
    """The groups that pairs make."""
    group_of: dict[int, set[int]] = {}
    for one, other in pairs:
        joined = group_of.setdefault(one, {one}) | group_of.setdefault(other, {other})
        for member in joined:
            group_of[member] = joined
    for group in {id(group): group for group in group_of.values()}.values():
        yield frozenset(group)
