"""The page of trends, and the same through the API: figures, charts, tables, reports, and who sees what."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import lxml.etree
import pytest
from starlette.testclient import TestClient

from analysis.rising import AFTER, BEFORE
from casus.analysis.plain import plain
from casus.analysis.selecting import select
from casus.analysis.trend_by import TrendBy
from casus.analysis.trends import trend
from casus.casebook.book import Casebook
from casus.casebook.browsing.records import TimeUnit
from casus.casebook.people.records import Role
from casus.casebook.records import DecisionKind, NewDecision
from casus.web.answering import Answers
from web.accounts import app_of, signed_in, with_accounts
from web.opening import opened
from web.reading import hrefs, page, text
from web.rising import RAIDERS

API = "/api/v1"
AROUND = "/trends?around=2020-07-01&window=182"


@pytest.fixture
def client(rising: Casebook) -> Iterator[TestClient]:
    """Somebody who works alone on the casebook of the rise."""
    with opened(rising) as client:
        yield client


def asked(client: TestClient, address: str, status: int = 200, **params: Any) -> Any:
    answer = client.get(f"{API}{address}", params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_the_page_has_the_figures_of_each_period_and_leads_to_its_events(client: TestClient) -> None:
    found = page(client, "/trends?every=month")
    rows = found.xpath("//section[@aria-labelledby='over-time']//tbody/tr")
    march = [day for day in BEFORE if day.month == 3]
    [row] = [one for one in rows if "Mar 2020" in text(one) and "2020-03" in hrefs(one, ".//a")[0]]
    assert [text(cell) for cell in row.xpath("./td")][:2] == [str(len(march)), str(len(march))]
    assert hrefs(row, "./th/a") == ["/events?since=2020-03-01&until=2020-03-31"]
    listed = asked(client, "/events", since="2020-03-01", until="2020-03-31")
    assert listed["total"] == len(march)
    assert f"{len(BEFORE) + len(AFTER)} events" in found.xpath("//picture//img/@alt")[0]


def test_before_and_after_is_told_in_sentences_with_interval_method_and_warnings(client: TestClient) -> None:
    found = page(client, AROUND)
    [around] = found.xpath("//section[@aria-labelledby='around']")
    said = text(around)
    assert "1.70 times as many a day (95% interval" in said
    assert "up 70 percent" in said
    assert "the model is" in said or "the interval is" in said
    assert "not because of what" in said
    rows = [text(row) for row in around.xpath(".//tbody/tr")]
    assert "182 20" in rows[0]
    assert "182 34" in rows[1]
    assert "/events?since=2020-07-01&until=2020-12-29" in hrefs(around, ".//tbody//a")


def test_the_api_gives_what_the_function_gives(client: TestClient, rising: Casebook) -> None:
    for params, given in (
        ({"every": "month"}, trend(rising, select(rising), unit=TimeUnit.MONTH)),
        ({"by": "perpetrator", "country": "YE"},
         trend(rising, select(rising, country="YE"), by=TrendBy.PERPETRATOR)),
    ):  # fmt: skip
        assert asked(client, "/trend", **params) == json.loads(json.dumps(plain(given)))


def test_the_table_is_that_of_the_frame(client: TestClient, rising: Casebook) -> None:
    answer = client.get(f"{API}/trend/table", params={"every": "month", "by": "country"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(answer.text)))
    frame = trend(rising, select(rising), unit=TimeUnit.MONTH, by=TrendBy.COUNTRY).frame()
    assert list(rows[0]) == list(frame.columns)
    assert [int(row["events"]) for row in rows] == list(frame["events"])


@pytest.mark.parametrize("chart", ["periods", "ratios"])
def test_charts_are_pictures_with_their_words_and_no_style_of_their_own(
    client: TestClient, chart: str
) -> None:
    params = {"chart": chart, "around": "2020-07-01", "window": "182"}
    drawn = client.get(f"{API}/trend/chart/svg", params=params)
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert "default-src 'none'" in drawn.headers["content-security-policy"]
    svg = lxml.etree.fromstring(drawn.content)
    # The page's policy forbids scripts and styles within; the drawing needs none.
    assert not svg.xpath("//@style | //*[local-name()='style' or local-name()='script']")
    assert svg.get("aria-label") in page(client, AROUND).xpath("//picture//img/@alt")
    narrow = client.get(f"{API}/trend/chart/svg", params={**params, "narrow": "true"})
    assert int(lxml.etree.fromstring(narrow.content).get("width")) <= 360 < int(svg.get("width"))


def test_the_other_formats_are_files_to_keep(client: TestClient) -> None:
    png = client.get(f"{API}/trend/chart/png")
    assert png.content.startswith(b"\x89PNG")
    html = client.get(f"{API}/trend/chart/html")
    assert b"<table" in html.content
    report = client.get(f"{API}/report", params={"since": "2020-07-01"})
    assert "<h1" in report.text
    assert f"{len(AFTER)}" in report.text
    for one in (png, html, report):
        assert one.headers["content-disposition"].startswith("attachment")
    links = hrefs(page(client, "/trends?since=2020-07-01&by=country"), "//section//a[@download]")
    assert "/api/v1/report?since=2020-07-01" in links
    assert "/api/v1/trend/table?since=2020-07-01&by=country" in links


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"since": "2031-01-01"}, "ends on"),
        ({"type": "air_strike"}, "there are no such events"),
        ({"around": "2020-07-01", "agreement": "1"}, "not both"),
        ({"agreement": "9"}, "no agreement 9"),
        ({"around": "2020-01-02"}, ""),
        ({"window": "30"}, "goes with a day"),
        ({"every": "hour"}, "every"),
    ],
)
def test_what_has_no_answer_is_a_problem_in_one_sentence(
    client: TestClient, params: dict[str, str], why: str
) -> None:
    for path in ("/trend", "/trend/chart/svg"):
        told = asked(client, path, 422, **params)
        assert why in told["detail"]
        assert told["title"] == "Not valid"


def test_the_page_says_what_is_wrong_and_goes_on(client: TestClient) -> None:
    found = page(client, "/trends?around=soon&window=0&by=colour")
    wrong = {one.get("name"): one.get("aria-describedby") for one in found.xpath("//*[@aria-invalid]")}
    assert set(wrong) == {"around", "window", "by"}
    assert "write a day" in text(found.get_element_by_id(wrong["around"]))
    assert found.xpath("//section[@aria-labelledby='over-time']//tbody/tr")
    nothing = page(client, "/trends?type=air_strike")
    assert "there are no such events in this casebook: air strikes" in text(nothing)
    assert not nothing.xpath("//img")


def test_other_pages_lead_here_with_what_they_show(client: TestClient) -> None:
    assert "/trends?country=YE" in hrefs(page(client, "/events?country=YE"), "//main//a")
    assert "/trends" in hrefs(page(client, "/"), "//nav//a")
    chips = hrefs(page(client, "/trends?country=YE&every=week&by=grade"), "//a[@class='chip']")
    assert chips == ["/trends?every=week&by=grade"]


def test_a_withheld_name_is_in_no_trend_of_who_may_not_see_it(changing: Casebook) -> None:
    event = next(iter(changing.events()))
    new = NewDecision(kind=DecisionKind.WITHHOLD, by="amina", reason="", value=RAIDERS)
    changing.decide(event.id, new)
    with_accounts(changing)
    app = app_of(changing)
    viewer, reviewer = signed_in(app, Role.VIEWER), signed_in(app, Role.REVIEWER)
    for path in (
        "/trends?by=perpetrator",
        f"{API}/trend?by=perpetrator",
        f"{API}/trend/table?by=perpetrator",
        f"{API}/trend/chart/svg?by=perpetrator",
    ):
        assert "Imran" not in viewer.get(path).text, path
    for path in ("/trends?by=perpetrator", f"{API}/trend/chart/svg?by=perpetrator"):
        assert RAIDERS in reviewer.get(path).text, path
    assert viewer.get(f"{API}/trend", params={"actor": RAIDERS}).status_code == 422


def test_the_unit_of_a_withheld_place_is_told_to_nobody_who_may_not_see_it(changing: Casebook) -> None:
    [event, *_] = [one for one in changing.events() if one.where.name == "Rakha"]
    changing.decide(event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="amina", reason="", value="Rakha"))
    with_accounts(changing)
    app = app_of(changing)
    seen = {
        role: {one["name"]: one["total"]["events"] for one in told["groups"]}
        for role in (Role.VIEWER, Role.REVIEWER)
        for told in [asked(signed_in(app, role), "/trend", by="adm1")]
    }
    assert sum(seen[Role.VIEWER].values()) == sum(seen[Role.REVIEWER].values()) == len(BEFORE) + len(AFTER)
    assert seen[Role.VIEWER]["not known"] > 0
    assert "not known" not in seen[Role.REVIEWER]
    assert seen[Role.VIEWER].get("Hajjah", 0) < seen[Role.REVIEWER]["Hajjah"]


def test_answers_are_kept_while_nothing_changes(changing: Casebook) -> None:
    answers, worked = Answers(), []

    def ask() -> int:
        return answers.of(changing, "how many", lambda: worked.append(1) or len(worked))

    assert [ask(), ask()] == [1, 1]
    event = next(iter(changing.events()))
    changing.decide(event.id, NewDecision(kind=DecisionKind.CONFIRM, by="amina", reason="read"))
    assert [ask(), ask()] == [2, 2]


def test_a_server_without_the_parts_says_what_to_install(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels", None)
    for path in ("/trends", "/checks"):
        said = text(page(client, path).get_element_by_id("main"))
        assert "pip install 'casus-events[analysis]'" in said
        assert "statsmodels" in said
    assert asked(client, "/trend", 501)["title"] == "Not installed"
    assert asked(client, "/checks", 501)["detail"].endswith("start the server again.")
    assert client.get("/events").status_code == 200
