"""The gate of an archive: a linear model over hashed words, which says what is worth parsing.

A word weighs what training found for it, and more where it is a sign of political violence to
the reader's own gate (`knowledge/gate.tsv`): so words that the training texts do not have count
too.  The words of a stretch of text are added up and divided by the square root of their number;
a text scores what its weightiest stretch does.  `benchmarks/train_gate.py` makes the model,
`docs/gate.md` has its figures.

Hashing words into a table of fixed size: Weinberger et al. 2009, Feature hashing for large scale
multitask learning.
"""

from __future__ import annotations

import functools
import json
import zlib
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casus.errors import KnowledgeError
from casus.reading.gating import load_signs

MODEL_FILE = "gate.model"
# What a text without a word scores: far less than any other.
NO_WORDS = -100.0
# A word's weight is looked up once; an archive's misspellings must not fill the memory.
_MOST_CACHED = 100_000
# Letters in lower case; all else parts words.  A byte at a time, which takes a third of the time
# of a regular expression.
_LETTERS = bytes(byte | 0x20 if chr(byte).isalpha() and byte < 128 else 0x20 for byte in range(256))

Weights = NDArray[np.float32]


def words_of(text: str) -> list[bytes]:
    """The words of a text as the gate sees them: runs of the letters A to Z, in lower case."""
    return text.encode("utf-8", "replace").translate(_LETTERS).split()


def bucket_of(word: bytes, buckets: int) -> int:
    """The place of a word in a table of weights (`buckets` is a power of two)."""
    return zlib.crc32(word) & (buckets - 1)


@functools.lru_cache(maxsize=_MOST_CACHED)
def sign_weight_of(word: bytes) -> int:
    """What a word weighs to the reader's own gate: 0 to 4."""
    return max((sign.weight for sign in load_signs().of(word.decode("ascii"))), default=0)


class _WordWeights(dict[bytes, float]):
    """What each word weighs, by word; computed when it is first asked for."""

    def __init__(self, table: Weights, of_signs: tuple[float, ...]) -> None:
        super().__init__()
        self._table = table
        self._of_signs = of_signs

    def __missing__(self, word: bytes) -> float:
        if len(self) >= _MOST_CACHED:
            self.clear()
        hashed = float(self._table[bucket_of(word, len(self._table))])
        sign = sign_weight_of(word)
        # Crashes kill too, and training learns that from local news; but no sign of violence may speak
        # against a text, or short notes of a source that nobody trained on would be lost.
        weight = self[word] = max(hashed, 0.0) + self._of_signs[sign] if sign else hashed
        return weight


@dataclass(frozen=True, slots=True)
class Gate:
    """A model that scores texts; those that score `threshold` or more are worth parsing.

    `name` is its name and version.  `bias` is what a text scores whose words
    nobody knows, `window` the words of a stretch; stretches overlap by half.
    """

    name: str
    threshold: float
    bias: float
    window: int
    weights: _WordWeights

    def score(self, text: str) -> float:
        """What a text scores: its weightiest stretch, or all of it where that weighs more."""
        return self.score_of_words(words_of(text))

    def score_of_words(self, words: list[bytes]) -> float:
        """What the words of a text score, in their order."""
        count = len(words)
        if not count:
            return NO_WORDS
        sums = list(accumulate(map(self.weights.__getitem__, words), initial=0.0))
        best: float = sums[-1] / count**0.5
        window = self.window
        if count > window:
            step = window // 2
            heaviest = max(map(float.__sub__, sums[window::step], sums[::step]))
            # The last words of a text, which the steps may not reach.
            heaviest = max(heaviest, sums[-1] - sums[count - window])
            best = max(best, heaviest / window**0.5)
        return best + self.bias

    def lets_in(self, text: str) -> bool:
        """True where a text is worth parsing."""
        return self.score(text) >= self.threshold


@functools.cache
def load_gate() -> Gate:
    """The gate that Casus comes with.  Raises KnowledgeError where its file is damaged."""
    return read_gate(files(__package__).joinpath(MODEL_FILE).read_bytes())


def read_gate(content: bytes) -> Gate:
    """The gate of a model file.  Raises KnowledgeError for a wrong form."""
    header, _, packed = content.partition(b"\n")
    try:
        told = json.loads(header)
        table = np.frombuffer(zlib.decompress(packed), dtype="<i2").astype(np.float32) * told["unit"]
        if len(table) != told["buckets"] or zlib.crc32(table.tobytes()) != told["check"]:
            raise ValueError("the weights are not those that were written")  # noqa: TRY301
        return Gate(
            name=told["name"],
            threshold=told["threshold"],
            bias=told["bias"],
            window=told["window"],
            weights=_WordWeights(table, tuple(told["of_signs"])),
        )
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise KnowledgeError(
            f"{MODEL_FILE} is damaged ({error}); install Casus again, or make it by benchmarks/train_gate.py"
        ) from error


def model_file(told: dict[str, Any], table: NDArray[np.int16]) -> bytes:
    """A model file: a line of JSON that says what it is, then the packed weights in units of `unit`."""
    weights = table.astype("<i2")
    check = zlib.crc32((weights.astype(np.float32) * told["unit"]).tobytes())
    header = json.dumps({**told, "buckets": len(table), "check": check}, sort_keys=True)
    return header.encode() + b"\n" + zlib.compress(weights.tobytes(), 9)
