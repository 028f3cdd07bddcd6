"""Answers that are kept until the casebook changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_MOST = 256


@dataclass(slots=True)
class Answers:
    """The answers to the latest questions, each for one revision of the casebook."""

    _kept: OrderedDict[Hashable, tuple[int, Any]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, question: Hashable, revision: int, ask: Callable[[], Answer]) -> Answer:
        """The answer at a revision, asked for where it is not kept."""
        with self._lock:
            kept = self._kept.get(question)
            if kept is not None and kept[0] == revision:
                self._kept.move_to_end(question)
                answer: Answer = kept[1]
                return answer
        answer = ask()
        with self._lock:
            self._kept[question] = revision, answer
            self._kept.move_to_end(question)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return answer
