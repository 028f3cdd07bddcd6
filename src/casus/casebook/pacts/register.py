"""The register of agreements, as the rest of Casus writes it; `Browser` reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casus.casebook.browsing.records import AgreementRow
from casus.casebook.pacts import deciding
from casus.casebook.pacts.decision_rows import decision_numbered
from casus.casebook.pacts.entries import register_of
from casus.casebook.pacts.records import NewPactDecision, PactDecision
from casus.casebook.store import Store


@dataclass(frozen=True, slots=True)
class Agreements:
    """What people enter, correct, join, part, reject and take back."""

    store: Store
    clock: Callable[[], datetime]

    def decide(self, new: NewPactDecision, expected_revision: int | None = None) -> tuple[int, AgreementRow]:
        """Note a decision; gives its number, and the entry as it then is.

        After PART it is the entry of what was parted.  Raises `CasebookError` where it can't be made,
        `NotInCasebook` for unknown numbers, and `StaleRecord` where the (first) entry's revision
        is another than the one that is expected.
        """
        return self.decide_all([new], expected_revision)

    def decide_all(
        self, news: Sequence[NewPactDecision], expected_revision: int | None = None
    ) -> tuple[int, AgreementRow]:
        """Note several decisions, all of them or none; gives the last one's number, and its entry.

        See `decide`; the revision that is expected is the one before the first of them.
        """
        number = about = 0
        with self.store.writes() as connection:
            for new in news:
                number, about = deciding.decide(connection, new, self.clock(), expected_revision)
                expected_revision = None
            return number, deciding.entry_of(register_of(connection), about)

    def withdraw(self, number: int, *, by: str, reason: str) -> PactDecision:
        """Take a decision back; it stays in the history.  Raises `NotInCasebook`."""
        with self.store.writes() as connection:
            return deciding.withdraw(connection, number, by=by, reason=reason, now=self.clock())

    def decision(self, number: int) -> PactDecision:
        """A decision by its number; raises `NotInCasebook`."""
        with self.store.reads() as connection:
            return decision_numbered(connection, number)

    def history(self, number: int) -> tuple[PactDecision, ...]:
        """All decisions about an entry, by any of its numbers, in their order; raises `NotInCasebook`.

        An agreement by hand that was taken back has its history still.
        """
        with self.store.reads() as connection:
            return deciding.history_of(register_of(connection), number)
