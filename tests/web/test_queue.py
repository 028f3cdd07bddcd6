"""The queue: what waits and why, by whom it is done, and going on from one to the next."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.browsing.records import EventOrder
from casus.casebook.records import DecisionKind, NewDecision, Waiting
from casus.web.access import Person, Right
from casus.web.filters import Filters
from casus.web.views.queueing import filters_in, in_queue
from web.accounts import app_of, signed_in, with_accounts
from web.reading import hrefs, page, text

ROWAN = Person("rowan", "Rowan", "admin", frozenset(Right))


@pytest.fixture
def waiting(book: Casebook) -> list[str]:
    """The events that wait, in the order of the queue."""
    found = [row.id for row in book.browse.page(order=EventOrder.PRESSING).events if row.waits_for]
    assert len(found) == 2
    return found


def confirm(book: Casebook, event_id: str) -> None:
    book.decide(event_id, NewDecision(kind=DecisionKind.CONFIRM, by="rowan", reason=""))


def assign(book: Casebook, event_id: str, to: str) -> None:
    book.decide(event_id, NewDecision(kind=DecisionKind.ASSIGN, by="rowan", reason="", value=to))


def listed(client: TestClient, address: str = "/queue") -> list[str]:
    return [str(one) for one in page(client, address).xpath("//*[@id='live-queue']//li/@data-id")]


def led_to(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 303
    return answer.headers["location"]


def test_the_queue_has_what_waits_the_most_pressing_first(client: TestClient, waiting: list[str]) -> None:
    assert listed(client) == waiting


def test_each_says_why_it_waits(client: TestClient, book: Casebook) -> None:
    found = page(client, "/queue")
    reasons = {"contested": Waiting.CONTESTED, "unsure": Waiting.LOW_SCORE, "new": Waiting.NEW}
    for item in found.xpath("//*[@id='live-queue']//li"):
        [badge] = item.xpath(".//*[contains(@class, 'badge')]")
        row = book.browse.row(item.get("data-id"))
        assert row is not None
        assert reasons[text(badge)] is row.waits_for


def test_tabs_count_and_part_the_queue(client: TestClient, book: Casebook) -> None:
    [tabs, people] = page(client, "/queue").xpath("//nav[@class='tabs']")
    counts = {text(tab): tab.get("href") for tab in tabs.xpath("a")}
    assert next(iter(counts)) == "All 2"
    assert sum(int(label.split()[-1]) for label in counts if not label.startswith("All")) == 2
    for label, href in counts.items():
        assert len(listed(client, href)) == int(label.split()[-1]), label
    assert [text(one) for one in people.xpath("a")] == ["anybody 2", "me 0", "nobody 2"]
    assert book.count() == 2


def test_whom_it_is_given_to_parts_the_queue(client: TestClient, book: Casebook, waiting: list[str]) -> None:
    assign(book, waiting[0], "rowan")
    assert listed(client, "/queue?assignee=@me") == waiting[:1]
    assert listed(client, "/queue?assignee=@nobody") == waiting[1:]
    assert listed(client, "/queue?assignee=wren") == []
    [_, people] = page(client, "/queue?assignee=wren").xpath("//nav[@class='tabs']")
    assert [text(one) for one in people.xpath("a[@aria-current]")] == ["wren 0"]


def test_a_queue_that_is_done_says_so(client: TestClient, book: Casebook, waiting: list[str]) -> None:
    for event_id in waiting:
        confirm(book, event_id)
    assert "Nothing waits" in text(page(client, "/queue"))
    assert led_to(client, "/queue/next") == "/queue?done=1"
    assert "Nothing" in text(page(client, "/queue?done=1&country=NE"))


# From one to the next


def test_next_begins_with_the_first(client: TestClient, waiting: list[str]) -> None:
    assert led_to(client, "/queue/next") == f"/events/{waiting[0]}?queue=all"


def test_skipping_goes_round(client: TestClient, waiting: list[str]) -> None:
    first, second = waiting
    assert led_to(client, f"/queue/next?after={first}").startswith(f"/events/{second}?")
    assert led_to(client, f"/queue/next?after={second}").startswith(f"/events/{first}?")


def test_the_filter_comes_along(client: TestClient, waiting: list[str]) -> None:
    to = led_to(client, "/queue/next?country=NE&assignee=@nobody")
    query = dict(parse_qsl(urlsplit(to).query))
    filters = filters_in(query)
    assert filters == Filters(country="NE", assignee="@nobody")
    assert led_to(client, f"/queue/next?{urlsplit(to).query}") == to
    assert led_to(client, "/queue/next?country=FR") == "/queue?country=FR&done=1"
    assert waiting


def test_after_a_decision_comes_the_one_that_followed(
    client: TestClient, book: Casebook, waiting: list[str]
) -> None:
    first, second = waiting
    place = in_queue(book, ROWAN, first, {"queue": "all"})
    assert place is not None
    assert (place.position, place.total, place.previous_href) == (1, 2, None)
    confirm(book, first)
    assert led_to(client, place.next_href) == f"/events/{second}?queue=all"
    confirm(book, second)
    assert led_to(client, place.next_href) == "/queue?done=1"


def test_an_event_that_is_not_come_to_from_the_queue_has_no_place_in_it(
    book: Casebook, waiting: list[str]
) -> None:
    assert in_queue(book, ROWAN, waiting[0], {}) is None


def test_an_unknown_event_leads_to_the_first(client: TestClient, waiting: list[str]) -> None:
    assert led_to(client, "/queue/next?after=nothing").startswith(f"/events/{waiting[0]}?")
    assert led_to(client, "/queue/next?after=nothing&then=neither").startswith(f"/events/{waiting[0]}?")


def test_a_viewer_sees_the_queue_without_buttons(book: Casebook) -> None:
    with_accounts(book)
    app = app_of(book)
    assert not page(signed_in(app, "viewer"), "/queue").xpath("//*[@data-do]")
    assert page(signed_in(app, "reviewer"), "/queue").xpath("//*[@data-do='confirm']")


def test_links_of_the_queue_lead_to_its_events_as_parts_of_it(client: TestClient, waiting: list[str]) -> None:
    links = hrefs(page(client, "/queue?country=NE"), "//*[@class='row-link event-link']")
    assert links == [f"/events/{one}?queue=country%3DNE" for one in waiting]
