"""The table of events: sorted and paged by the server, with columns to choose, exported as shown."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.browsing.records import EventOrder
from casus.exports import ExportFormat
from casus.web.views.event_table import COLUMNS, EXPORT_LABELS, USUAL, TableState
from web.accounts import app_of, signed_in, with_accounts
from web.reading import hrefs, page, text


def ids(found: HtmlElement) -> list[str]:
    return [str(one) for one in found.xpath("//tbody/tr/@data-id")]


def headings(found: HtmlElement) -> list[str]:
    return [text(one).rstrip(" ▼▲") for one in found.xpath("//thead//th")][1:]


@pytest.mark.parametrize("order", list(EventOrder))
@pytest.mark.parametrize("descending", [True, False])
def test_the_server_sorts(client: TestClient, book: Casebook, order: EventOrder, descending: bool) -> None:
    wanted = [row.id for row in book.browse.page(order=order, descending=descending).events]
    assert ids(page(client, f"/events?order={order}&descending={str(descending).lower()}")) == wanted


def test_a_heading_sorts_and_the_sorted_one_turns_round(client: TestClient) -> None:
    found = page(client, "/events?country=NE")
    [day] = found.xpath("//thead/tr/th[@aria-sort]")
    assert (text(day), day.get("aria-sort")) == ("Day ▼", "descending")
    assert hrefs(day, "a") == ["/events?country=NE&order=day&descending=false"]
    [killed] = [one for one in found.xpath("//thead/tr/th") if text(one) == "Killed"]
    again = page(client, hrefs(killed, "a")[0])
    [sorted_by] = again.xpath("//thead/tr/th[@aria-sort]")
    assert (text(sorted_by), sorted_by.get("aria-sort")) == ("Killed ▼", "descending")


def test_parts_make_the_whole_and_keep_filter_and_order(client: TestClient, book: Casebook) -> None:
    state = TableState.of(QueryParams("limit=50&offset=7&order=place&descending=false"))
    assert (state.offset, state.limit, state.order) == (7, 50, EventOrder.PLACE)
    assert ids(page(client, "/events?offset=1")) == ids(page(client, "/events"))[1:]
    beyond = page(client, "/events?offset=5000&country=NE")
    assert "There are no more events" in text(beyond)
    assert "/events?country=NE" in hrefs(beyond, "//main//a")
    assert book.count() == 2


@pytest.mark.parametrize("query", ["order=size", "limit=1000000", "offset=-1", "offset=x", "descending=%00"])
def test_what_makes_no_sense_is_as_usual(client: TestClient, query: str) -> None:
    assert ids(page(client, f"/events?{query}"))


def test_columns_are_chosen_in_the_address_and_remembered(client: TestClient) -> None:
    usual = [one.label for one in COLUMNS if one.key in USUAL]
    assert headings(page(client, "/events")) == usual
    assert headings(page(client, "/events?column=id&column=place&column=nonsense")) == ["Place", "Id"]
    assert headings(page(client, "/events")) == ["Place", "Id"]
    client.cookies.clear()
    assert headings(page(client, "/events")) == usual


def test_every_column_can_be_shown(client: TestClient) -> None:
    query = "&".join(f"column={column.key}" for column in COLUMNS)
    found = page(client, f"/events?{query}")
    assert headings(found) == [column.label for column in COLUMNS]
    for row in found.xpath("//tbody/tr"):
        assert all(text(cell) for cell in row.xpath("th|td")[1:-1] if "waits" not in text(cell))


def test_exports_are_of_what_is_shown(client: TestClient) -> None:
    links = hrefs(page(client, "/events?country=NE&status=contested&order=killed"), "//*[@id='exports']//a")
    assert [link.partition("?")[0] for link in links] == [f"/api/v1/exports/{one}" for one in EXPORT_LABELS]
    assert {link.partition("?")[2] for link in links} == {"country=NE&status=contested"}
    assert set(EXPORT_LABELS) == set(ExportFormat)


def test_rows_say_their_revision_so_that_stale_decisions_are_refused(client: TestClient) -> None:
    [row, *_] = page(client, "/events").xpath("//tbody/tr")
    target = {"id": row.get("data-id"), "revision": int(row.get("data-revision"))}
    bulk = {"ids": [target], "decision": {"kind": "assign", "value": "rowan"}}
    assert list(client.post("/api/v1/events/bulk", json=bulk).json()["decided"]) == [target["id"]]
    [refused] = client.post("/api/v1/events/bulk", json=bulk).json()["refused"]
    assert refused["status"] == 412


def test_who_may_not_decide_sees_no_boxes_to_choose_by(book: Casebook) -> None:
    with_accounts(book)
    app = app_of(book)
    assert not page(signed_in(app, "viewer"), "/events").xpath("//*[@data-bulk] | //*[@name='chosen']")
    assert page(signed_in(app, "reviewer"), "/events").xpath("//*[@data-bulk]")


def test_text_of_reports_is_never_markup(client: TestClient, book: Casebook) -> None:
    [event, *_] = book.events()
    script = "<script>alert(1)</script>"
    wished = {"kind": "correct", "field": "place", "value": script, "reason": script}
    assert client.post(f"/api/v1/events/{event.id}/decisions", json=wished).status_code in (201, 422)
    wished = {"kind": "assign", "value": script}
    assert client.post(f"/api/v1/events/{event.id}/decisions", json=wished).status_code == 201
    for address in ("/events?column=assignee&column=place", "/queue", "/", f"/events?text={script}"):
        assert "<script>alert" not in client.get(address).text
