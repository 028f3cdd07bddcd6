"""Dates and the other things that are known of a report."""

from __future__ import annotations

from datetime import date

import pytest

from casus.errors import BadRecord
from casus.sources import Metadata, parse_day


@pytest.mark.parametrize(
    "value",
    ["2020-02-29", " 2020-02-29 ", "2020-02-29T23:30:00+04:30", "2020-02-29 08:00", "2020-02-29T08:00:00Z"],
)
def test_a_day_or_moment_gives_the_day_that_was_written(value: str) -> None:
    assert parse_day(value, "published") == date(2020, 2, 29)


@pytest.mark.parametrize(
    "value",
    ["2021-02-29", "2020-13-01", "29/02/2020", "20200229", "2020-W09-6", "yesterday", "", "2020-02-29T25:00"],
)
def test_what_is_no_day_is_refused_with_the_form_to_use(value: str) -> None:
    with pytest.raises(BadRecord, match=r"^--published is .* write it as YYYY-MM-DD"):
        parse_day(value, "--published")


def test_what_is_known_here_goes_before_what_is_known_there() -> None:
    said = Metadata(title="One", published_on=date(2020, 1, 1))
    found = Metadata(title="Two", publisher="Harbour Post", url="https://example.org/2")
    assert said.over(found) == Metadata("One", "Harbour Post", date(2020, 1, 1), "https://example.org/2")
