"""The pages of checks, and the same through the API: words, verdicts, figures, and who sees what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import lxml.etree
import pytest
from starlette.testclient import TestClient

from casus.analysis.checks import Verdict, check_all, check_statistic, check_text
from casus.analysis.checks.output import check_record
from casus.casebook.book import Casebook
from casus.casebook.people.records import Role
from casus.casebook.records import DecisionKind, NewDecision
from web.accounts import app_of, signed_in, with_accounts
from web.opening import opened
from web.reading import hrefs, page, text
from web.rising import RAIDERS, SAID, TYPED, UNTIL

API = "/api/v1"


@pytest.fixture
def client(rising: Casebook) -> Iterator[TestClient]:
    """Somebody who works alone on the casebook of the rise."""
    with opened(rising) as client:
        yield client


def asked(client: TestClient, address: str, status: int = 200, **params: Any) -> Any:
    answer = client.get(f"{API}{address}", params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


def plainly(record: object) -> Any:
    return json.loads(json.dumps(record))


def test_the_list_has_the_words_of_reports_with_their_verdicts(client: TestClient, rising: Casebook) -> None:
    found = page(client, "/checks")
    [item] = found.xpath("//ol[contains(@class, 'check-list')]/li")
    assert "the mayor" in text(item)
    assert [text(mark) for mark in item.xpath(".//mark")] == [SAID]
    [told] = check_all(rising)
    assert told.verdict is Verdict.SUPPORTED
    assert "= supported" in text(item)
    number = told.asserted.row.number if told.asserted.row else 0
    links = hrefs(item, ".//a")
    assert f"/checks/{number}" in links
    [place] = [one for one in links if one.startswith("/reports/")]
    start = (
        rising.texts([told.asserted.row.report.number if told.asserted.row else 0]).popitem()[1].index(SAID)
    )
    assert place.endswith(f"#c{start}-{start + len(SAID)}")


def test_one_is_explained_with_its_definitions_figures_and_chart(client: TestClient) -> None:
    found = page(client, "/checks/1")
    said = text(found.get_element_by_id("main"))
    assert "attacks, killings, bombings" in said
    assert f"by {RAIDERS}" in said
    rows = [text(row) for row in found.xpath("//tbody/tr")]
    assert rows[0].startswith("As many days right before")
    assert "20 (0.11 a day)" in rows[0]
    assert "34 (0.19 a day)" in rows[0]
    assert "1.70 (" in rows[0]
    assert any(row.startswith("Reports of other things") for row in rows)
    assert "The record is one of reports" in said
    [image] = found.xpath("//picture//img")
    drawn = client.get(image.get("src"))
    assert lxml.etree.fromstring(drawn.content).get("aria-label") == image.get("alt")
    for words in ("true", "false", "correct", "wrong"):
        assert words not in said.lower().split()


def test_other_days_and_events_can_be_asked_of_one(client: TestClient) -> None:
    chosen = page(client, "/checks/1?first=2020-04-01&last=2020-06-30")
    assert "Days that were chosen" in text(chosen)
    [image] = chosen.xpath("//picture//img/@src")
    assert image.endswith("first=2020-04-01&last=2020-06-30")
    elsewhere = page(client, "/checks/1?country=Somalia")
    assert "in Somalia" in text(elsewhere.get_element_by_id("record").getparent())
    wrong = page(client, "/checks/1?first=2020-04-01")
    assert "give both" in text(wrong.get_element_by_id("main"))


def test_a_typed_statistic_is_answered_at_an_address_that_can_be_kept(
    client: TestClient, rising: Casebook
) -> None:
    params = {"statistic": TYPED, "until": UNTIL}
    found = lxml.html.fromstring(client.get("/checks", params=params).text)
    answer = found.xpath("//section[@aria-labelledby='answer']")[0]
    assert TYPED in text(answer)
    assert "= supported" in text(answer)
    assert found.xpath("//input[@name='statistic']/@value") == [TYPED]
    [image] = answer.xpath(".//picture//img/@src")
    assert client.get(image).headers["content-type"].startswith("image/svg+xml")
    given = check_record(check_text(rising, TYPED, until=date.fromisoformat(UNTIL)))
    assert asked(client, "/check", **params) == plainly(given)


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        (f"attacks by {RAIDERS} down 50 percent since 2020-07-01", "≠ contradicted"),
        ("attacks in Somalia up 70 percent since 2020-07-01", "≈ within uncertainty"),
        (f"attacks by {RAIDERS} up since 2023-01-01", "? not checkable"),
    ],
)
def test_every_verdict_has_a_word_and_a_sign(client: TestClient, typed: str, sign: str) -> None:
    answer = client.get("/checks", params={"statistic": typed, "until": UNTIL})
    if sign.startswith("?"):
        answer = client.get("/checks", params={"statistic": typed})
    found = lxml.html.fromstring(answer.text)
    section = found.xpath("//section[@aria-labelledby='answer']")[0]
    assert sign in text(section)
    assert bool(section.xpath(".//img")) is not sign.startswith("?")


def test_the_api_gives_what_the_functions_give(client: TestClient, rising: Casebook) -> None:
    listed = asked(client, "/checks")
    assert listed["total"] == 1
    assert listed["checks"] == [plainly(check_record(one)) for one in check_all(rising)]
    assert asked(client, "/checks/1") == plainly(check_record(check_statistic(rising, 1)))
    assert asked(client, "/checks", offset=5)["checks"] == []


@pytest.mark.parametrize(
    ("path", "params", "status", "why"),
    [
        ("/check", {"statistic": "onions"}, 422, "says neither how many nor which way"),
        ("/check", {}, 422, "statistic"),
        ("/check", {"statistic": TYPED, "country": "Nowhere"}, 422, "no country 'Nowhere'"),
        ("/check", {"statistic": TYPED, "first": "2020-03-01"}, 422, "give both"),
        ("/check/chart/svg", {"statistic": f"attacks by {RAIDERS} up since 2023"}, 422, "nothing to draw"),
        ("/checks/9", {}, 404, "no statistic 9"),
        ("/checks/1/chart/gif", {}, 422, "format"),
    ],
)
def test_what_has_no_answer_is_a_problem_in_one_sentence(
    client: TestClient, path: str, params: dict[str, str], status: int, why: str
) -> None:
    assert why in asked(client, path, status, **params)["detail"]


def test_the_page_says_what_is_wrong(client: TestClient) -> None:
    said = text(page(client, "/checks?statistic=onions").get_element_by_id("main"))
    assert "says neither how many nor which way" in said
    found = page(client, "/checks?statistic=onions&until=soon")
    assert found.xpath("//input[@name='until']/@aria-invalid") == ["true"]
    assert client.get("/checks/99").status_code == 404


def test_a_withheld_name_is_in_no_check_of_who_may_not_see_it(changing: Casebook) -> None:
    event = next(iter(changing.events()))
    changing.decide(event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="amina", reason="", value=RAIDERS))
    with_accounts(changing)
    app = app_of(changing)
    viewer, reviewer = signed_in(app, Role.VIEWER), signed_in(app, Role.REVIEWER)
    paths = ("/checks", "/checks/1", f"{API}/checks", f"{API}/checks/1", f"{API}/checks/1/chart/svg")
    for path in paths:
        assert "Imran" not in viewer.get(path).text, path
        assert "Imran" in reviewer.get(path).text, path
    undrawn = viewer.get(f"{API}/check/chart/svg", params={"statistic": TYPED})
    assert "Imran" not in undrawn.text
    # What a viewer asks by the name is not found, whatever the record has.
    told = asked(viewer, "/check", statistic=TYPED, until=UNTIL)
    assert told["verdict"] == "not_checkable"
    assert asked(reviewer, "/check", statistic=TYPED, until=UNTIL)["verdict"] == "supported"
    assert asked(viewer, "/check", 422, statistic=TYPED, perpetrator=RAIDERS)["detail"]
