"""How many were killed in an event, as it now stands, corrections included."""

from __future__ import annotations

from collections import defaultdict

from casus.casebook.records import Deaths, Event, EventToll
from casus.casebook.tolls import total_of
from casus.model import Category, Harm


def deaths_in(event: Event) -> Deaths | None:
    """The dead by side; from the toll rows where a person set one of them; None without a number."""
    if not any(one.field.startswith(f"{Harm.KILLED}.") for one in event.corrections):
        return event.deaths
    counted: defaultdict[Category, int] = defaultdict(int)
    for row in killed_rows(event):
        counted[row.category] += row.best if row.best is not None else row.low or 0
    low, _, high = total_of(event.tolls, Harm.KILLED)
    best = sum(counted.values())
    if not any(row.best is not None or row.low is not None for row in killed_rows(event)):
        return None
    return Deaths(
        side_a=counted[Category.SECURITY_FORCES],
        side_b=counted[Category.MILITANTS],
        civilians=counted[Category.CIVILIANS],
        unknown=counted[Category.UNKNOWN],
        low=min(best, low if low is not None else best),
        best=best,
        high=max(best, high if high is not None else best),
    )


def killed_rows(event: Event) -> tuple[EventToll, ...]:
    """The toll rows of the killed."""
    return tuple(row for row in event.tolls if row.harm is Harm.KILLED)
