"""Who does the units of a run: a pool of processes on this machine, or Spark on many.

Both do the same units by the same function (`units.do`), and so write the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from casus.archive.plan import Plan
from casus.archive.sorting import LotJob
from casus.archive.storage import Folder
from casus.archive.units import Unit

Told = Callable[[dict[str, Any]], None]


class Engine(Protocol):
    """Does units, and sorts between them."""

    def each(self, units: Sequence[Unit], tell: Told) -> None:
        """Do all units, and tell the account of each as it is done."""

    def sort(self, output: Folder, plan: Plan) -> tuple[LotJob, ...]:
        """Find copies among all that was staged, and write the lots."""
