"""The register of agreements in the workbench: who may decide, and what pages and the API then show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from casebook.pacting import BY_HAND, FRONT, decide, take_in, told_of
from casus.casebook.book import Casebook
from casus.casebook.pacts.records import PactDecisionKind
from casus.casebook.people.records import Role
from casus.casebook.records import DecisionKind, NewDecision
from casus.web.access import local_csrf
from web.accounts import app_of, signed_in, with_accounts
from web.opening import opened
from web.reading import hrefs, page, text

API = "/api/v1"
WISHED = {**BY_HAND, "reason": "the signed text"}


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Casebook]:
    """A casebook without a report."""
    with Casebook.open(f"sqlite:///{tmp_path / 'bare.db'}") as book:
        yield book


@pytest.fixture
def client(bare: Casebook) -> Iterator[TestClient]:
    """Somebody who works alone, on a casebook of two tellings."""
    take_in(bare, told_of(), told_of("Tolo deal", publisher="Hill Radio"))
    with opened(bare) as client:
        client.headers["X-Casus-CSRF"] = local_csrf(client.app.state.workbench)  # type: ignore[attr-defined]
        yield client


def asked(client: TestClient, address: str, **params: str) -> Any:
    answer = client.get(f"{API}{address}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def post(client: TestClient, path: str, body: object, status: int = 200, **headers: str) -> Any:
    answer = client.post(f"{API}/agreements{path}", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_an_agreement_is_entered_and_its_page_says_by_whom(client: TestClient) -> None:
    made = post(client, "", {**WISHED, "name": "Harbour Pact"}, 201)
    number = made["agreement"]["number"]
    found = page(client, f"/agreements/{number}")
    assert "No report tells of it." in text(found)
    assert "Entered by" in text(found)
    assert "the signed text" in text(found)
    assert "https://example.org/salt-road" in hrefs(found, "//section//a")
    assert "until 2020-08-01" in text(found.get_element_by_id("live-promises"))
    listed = page(client, "/agreements")
    assert "3 agreements" in text(listed)
    assert len(listed.xpath("//dialog[@id='add-agreement']//form[@data-kind='add']")) == 1


def test_decisions_through_the_api_are_shown_and_taken_back(client: TestClient) -> None:
    one, other = (row["number"] for row in asked(client, "/agreements")["agreements"])
    made = post(
        client,
        f"/{one}/decisions",
        {"kind": "correct", "changes": {"agreed_on": "2020-06-01"}, "reason": "the text"},
    )
    assert made["agreement"]["corrections"][0]["computed"] == "2020-06-10"
    post(client, f"/{one}/decisions", {"kind": "join", "others": [other], "reason": "one deal"})
    assert asked(client, "/agreements")["total"] == 1
    post(client, f"/{one}/decisions", {"kind": "part", "tellings": [99], "reason": "two"}, 404)
    post(client, f"/{one}/decisions", {"kind": "part", "tellings": [other], "reason": "two deals"})
    rejected = post(client, f"/{other}/decisions", {"kind": "reject", "reason": "none"})
    shown = page(client, f"/agreements/{other}")
    assert "This entry was rejected" in text(shown)
    assert not shown.xpath("//dialog")
    assert asked(client, "/agreements", rejected="true")["total"] == 1
    assert "1 rejected agreement" in text(page(client, "/agreements?rejected=yes"))
    post(client, f"/decisions/{rejected['decision']}/withdraw", {"reason": "it was one"})
    history = asked(client, f"/agreements/{other}/history")["decisions"]
    assert [(row["kind"], row["withdrawn_by"] is not None) for row in history] == [
        ("join", False), ("part", False), ("reject", True),
    ]  # fmt: skip
    written = text(page(client, f"/agreements/{one}").get_element_by_id("live-history"))
    assert "set the day to 2020-06-01, where it said 2020-06-10" in written
    forms = page(client, f"/agreements/{one}").xpath("//dialog//form/@data-kind")
    assert forms == ["correct", "join", "reject"]


def test_a_form_has_what_the_entry_says(client: TestClient) -> None:
    wanted = [{"by": FRONT, "text": "keep off", "event_types": ["attack"], "country": "YE", "adm1": "Lahj"}]
    post(
        client, "/1/decisions", {"kind": "correct", "changes": {"commitments": wanted}, "reason": "the annex"}
    )
    form = page(client, "/agreements/1").get_element_by_id("correct-agreement")
    filled = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='text']")}
    assert (filled["by"], filled["text"], filled["country"], filled["adm1"]) == (
        FRONT,
        "keep off",
        "YE",
        "Lahj",
    )
    assert form.xpath(".//input[@name='event_types' and @checked]/@value") == ["attack"]
    for field in form.xpath(".//input | .//textarea"):
        assert field.xpath("ancestor::label"), field.get("name")


def test_what_can_not_be_decided_is_told(client: TestClient) -> None:
    for path, body, status in (
        ("", {**WISHED, "reason": ""}, 422),
        ("", {**WISHED, "source": " "}, 422),
        ("", {**WISHED, "agreed_on": "June"}, 422),
        ("/99/decisions", {"kind": "reject", "reason": "none"}, 404),
        ("/1/decisions", {"kind": "add", "reason": "none"}, 422),
        ("/1/decisions", {"kind": "correct", "reason": "none"}, 422),
        ("/1/decisions", {"kind": "correct", "changes": {"name": ""}, "reason": "none"}, 422),
        ("/1/decisions", {"kind": "join", "reason": "none"}, 422),
        ("/decisions/99/withdraw", {"reason": "none"}, 404),
    ):
        assert post(client, path, body, status)["detail"]


def test_two_who_decide_at_once_do_not_write_over_each_other(client: TestClient) -> None:
    seen = asked(client, "/agreements")["agreements"][0]["revision"]
    number = asked(client, "/agreements")["agreements"][0]["number"]
    first = {"kind": "correct", "changes": {"name": "Accord"}, "reason": "the text"}
    post(client, f"/{number}/decisions", first, **{"If-Match": f'"{seen}"'})
    stale = post(
        client, f"/{number}/decisions", {"kind": "reject", "reason": "none"}, 412, **{"If-Match": f'"{seen}"'}
    )
    assert "meanwhile" in str(stale["detail"])


def test_who_reads_sees_no_forms_and_no_withheld_names(bare: Casebook) -> None:
    take_in(bare, told_of())
    entered = decide(
        bare, PactDecisionKind.ADD, value={**BY_HAND, "name": "Pact of Imran Saleh"}, reason="by Imran Saleh"
    )
    event = next(iter(bare.events()))
    bare.decide(event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="amina", reason="", value="Imran Saleh"))
    with_accounts(bare)
    app = app_of(bare)
    viewer, reviewer = signed_in(app, Role.VIEWER), signed_in(app, Role.REVIEWER)
    for address in ("/agreements", f"/agreements/{entered.number}"):
        found = page(viewer, address)
        assert "Imran" not in text(found)
        assert not found.xpath("//dialog | //button[@data-open] | //button[@data-undo-pact]")
        assert "Imran" in text(page(reviewer, address))
    for path in ("/agreements", f"/agreements/{entered.number}", f"/agreements/{entered.number}/history"):
        assert "Imran" not in json.dumps(asked(viewer, path))


def test_what_others_decided_takes_an_editor_to_take_back(bare: Casebook) -> None:
    row = decide(bare, PactDecisionKind.ADD, value=BY_HAND, by="somebody else")
    [made] = bare.agreements.history(row.number)
    with_accounts(bare)
    app = app_of(bare)
    for role, status in ((Role.REVIEWER, 403), (Role.EDITOR, 200)):
        client = signed_in(app, role)
        answer = client.post(f"{API}/agreements/decisions/{made.number}/withdraw", json={"reason": "none"})
        assert answer.status_code == status, answer.text
    assert bare.agreements.decision(made.number).withdrawn_by == str(Role.EDITOR)
