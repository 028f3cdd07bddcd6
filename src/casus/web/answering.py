"""Answers of the analysis layer for pages and the API: worked out once while the casebook stays as it is.

The layer needs parts that a server may not have (`[analysis]`); whoever asks is told what to
install, and nothing else of the workbench needs them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from importlib.util import find_spec
from threading import Lock
from typing import Any, TypeVar

from fastapi import HTTPException

from casus.casebook.book import Casebook

Answer = TypeVar("Answer")

_PARTS = ("scipy", "statsmodels", "pandas", "altair", "vl_convert")
_MOST = 128  # answers; a chart is 40 kB, a report some MB at most


class Answers:
    """The latest answers, which are dropped when anything in the casebook changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: tuple[int, int] | None = None
        self._press: object = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def of(self, book: Casebook, question: Hashable, work: Callable[[], Answer]) -> Answer:
        """The answer to a question, worked out where it is not kept; errors are not kept."""
        pulse, press = book.browse.pulse(), book.browse.press()
        state = (pulse.revision, pulse.decision)
        with self._lock:
            if state != self._state or press is not self._press:
                self._state, self._press = state, press
                self._kept.clear()
            if question in self._kept:
                self._kept.move_to_end(question)
                known: Answer = self._kept[question]
                return known
        answer = work()
        with self._lock:
            if state == self._state and press is self._press:
                self._kept[question] = answer
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
        return answer


def missing_parts() -> str | None:
    """What to install, in one sentence, where this server has not what answers need; None where it has."""
    missing = [name for name in _PARTS if find_spec(name) is None]
    if not missing:
        return None
    return (
        f"This server lacks what trends and checks are worked out with ({', '.join(missing)}): "
        "install it by pip install 'casus-events[analysis]' and start the server again."
    )


def require_parts() -> None:
    """A dependency of endpoints that give answers: 501 where the server can't."""
    told = missing_parts()
    if told is not None:
        raise HTTPException(501, told)
