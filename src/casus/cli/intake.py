"""Reports on their way to the reader, with an account of those that did not get there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casus.errors import SOME_FAILED
from casus.model import Report
from casus.sources import SourcedReport, SourceFailure


@dataclass(slots=True)
class Intake:
    """What came in: `reports` passes on, in order, what can be read and keeps the failures."""

    found: Iterable[SourcedReport | SourceFailure]
    failures: list[SourceFailure] = field(default_factory=list)
    read_count: int = 0
    _origins: deque[str] = field(default_factory=deque)

    def reports(self) -> Iterator[Report]:
        """The reports that could be read."""
        for item in self.found:
            if isinstance(item, SourceFailure):
                self.failures.append(item)
            else:
                self._origins.append(item.origin)
                self.read_count += 1
                yield item.report

    def next_origin(self) -> str:
        """Where the next report that comes back from the reader was found."""
        return self._origins.popleft()

    def exit_code(self) -> int:
        """0 where all was read; a failure's own code where it was the only input; 20 otherwise."""
        if not self.failures:
            return 0
        is_only = self.read_count == 0 and len(self.failures) == 1
        return self.failures[0].error.exit_code if is_only else SOME_FAILED

    def failure_lines(self) -> Iterator[str]:
        """The failures, as lines for the end of a run."""
        total = self.read_count + len(self.failures)
        if total > 1 and self.failures:
            yield f"casus: {len(self.failures)} of {total} reports could not be read:"
        for failure in self.failures:
            yield f"  {failure.error}" if total > 1 else f"casus: {failure.error}"
