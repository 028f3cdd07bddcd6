"""Simulated reviewers for Locust: what people at the workbench ask of the server, and how often.

Each thinks for one to three seconds between what they do, and asks for changes every two
seconds as open pages do.  Two who decide about one event at once are told so (412), as they should.
"""

from __future__ import annotations

import random
import re
import time

import gevent
from locust import HttpUser, between, task

_TEXTS = ("tam", "ba", "dor", "lim", "vek")
_COUNTRIES = ("AC", "AD", "AE", "AF", "AG", "AI")
_TYPES = ("attack", "killing", "bombing", "shelling")
_PULSE_S = 2.0


class Reviewer(HttpUser):
    """Somebody who works through what waits."""

    wait_time = between(1, 3)

    def on_start(self) -> None:
        """Open the queue, and keep asking for changes."""
        page = self.client.get("/queue", name="queue").text
        mark = re.search(r'<meta name="csrf" content="([^"]*)"', page)
        self.client.headers["X-Casus-CSRF"] = mark[1] if mark else ""
        self._known: list[dict[str, object]] = []
        self._pulse = gevent.spawn(self._beat)

    def on_stop(self) -> None:
        """Close the page."""
        self._pulse.kill()

    def _beat(self) -> None:
        time.sleep(random.uniform(0, _PULSE_S))
        while True:
            self.client.get("/api/v1/pulse", name="pulse")
            time.sleep(_PULSE_S)

    @task(4)
    def queue(self) -> None:
        """Look at what waits."""
        self.client.get("/queue", name="queue")

    @task(2)
    def overview(self) -> None:
        """Look at the whole, or at a country."""
        query = random.choice(("", f"?country={random.choice(_COUNTRIES)}"))
        self.client.get(f"/{query}", name="overview")

    @task(3)
    def table(self) -> None:
        """Filter and sort the table."""
        asked = random.choice(
            (
                f"country={random.choice(_COUNTRIES)}",
                f"type={random.choice(_TYPES)}",
                f"text={random.choice(_TEXTS)}",
            )
        )
        self.client.get(f"/events?{asked}&order=killed&descending=true", name="events, filtered")

    @task(3)
    def list_events(self) -> None:
        """List by the API, somewhere in the whole."""
        offset = random.randrange(0, 50_000, 100)
        answer = self.client.get(f"/api/v1/events?limit=100&offset={offset}", name="API: 100 events")
        if answer.ok:
            self._known = answer.json()["events"]

    @task(6)
    def event(self) -> None:
        """Open an event."""
        if self._known:
            self.client.get(f"/events/{random.choice(self._known)['id']}", name="event")

    @task(3)
    def decide(self) -> None:
        """Confirm an event as it was seen."""
        if not self._known:
            return
        event = random.choice(self._known)
        body = {"kind": "confirm", "reason": "both accounts read"}
        with self.client.post(
            f"/api/v1/events/{event['id']}/decisions",
            json=body,
            headers={"If-Match": f'"{event["revision"]}"'},
            name="decide",
            catch_response=True,
        ) as answer:
            if answer.status_code in (200, 201, 409, 412):
                answer.success()  # refused where somebody else was quicker
            else:
                answer.failure(f"{answer.status_code}: {answer.text[:200]}")
