"""Whatever stops a casebook from being written to: nothing of it is lost, and the error is clear."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from casebook.dying import complete, faults_of, readings, started, state_of
from casus.casebook.book import Casebook

KILLS = 50
NewUrl = Callable[[], str]


def test_a_process_that_is_killed_leaves_whole_reports_and_the_next_completes_them(new_url: NewUrl) -> None:
    sourced = readings(10)
    whole = new_url()
    started(whole, []).join()  # the first process takes longer to start
    began = time.monotonic()
    undisturbed = started(whole, sourced)
    undisturbed.join()
    took_s = time.monotonic() - began
    assert undisturbed.exitcode == 0
    with Casebook.open(whole) as book:
        expected = state_of(book)
    assert len(expected["report"]) == 10
    chance = random.Random(11)
    interrupted = 0
    while interrupted < KILLS:
        url = new_url()
        process = started(url, sourced)
        time.sleep(chance.uniform(0, 1.2 * took_s))
        process.kill()
        process.join()
        interrupted += process.exitcode != 0
        process.close()
        with Casebook.open(url) as book:
            assert list(faults_of(book, sourced)) == []
            complete(book, sourced)
            assert state_of(book) == expected
