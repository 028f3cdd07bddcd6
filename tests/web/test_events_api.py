"""Events and decisions through the API, on the example casebook."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

EVENTS = "/api/v1/events"


@pytest.fixture
def attack(client: TestClient) -> Any:
    """The event that four outlets tell of."""
    [found] = client.get(EVENTS, params={"place": "Ayorou"}).json()["events"]
    return found


def decide(client: TestClient, event: Any, **wished: Any) -> Any:
    return client.post(
        f"{EVENTS}/{event['id']}/decisions",
        json=wished,
        headers={"If-Match": f'"{event["revision"]}"'},
    )


# Looking up


def test_a_filter_means_the_same_events_everywhere(client: TestClient) -> None:
    for wanted in ({}, {"type": "attack"}, {"country": "ne", "since": "2022-03-07"}, {"grade": "fair"}):
        listed = client.get(EVENTS, params=wanted).json()
        totals = client.get(f"{EVENTS}/totals", params=wanted).json()
        timeline = client.get(f"{EVENTS}/timeline", params=wanted).json()
        assert listed["total"] == len(listed["events"]) == totals["events"], wanted
        assert sum(period["events"] for period in timeline) == totals["events"], wanted


def test_pages_of_a_list_make_the_whole(client: TestClient) -> None:
    whole = client.get(EVENTS, params={"order": "killed"}).json()["events"]
    parts = [
        client.get(EVENTS, params={"order": "killed", "limit": 1, "offset": offset}).json()["events"]
        for offset in range(len(whole))
    ]
    assert [one["id"] for one in whole] == [one["id"] for [one] in parts]


def test_an_id_that_could_be_of_two_events_finds_none(client: TestClient, attack: Any) -> None:
    answer = client.get(f"{EVENTS}/{attack['id'][:6]}")
    assert answer.status_code == 404
    assert "begins the ids of several events" in answer.json()["detail"]
    assert client.get(f"{EVENTS}/{attack['id']}").json() == attack


def test_what_has_not_changed_is_not_sent_again(client: TestClient, attack: Any) -> None:
    for path in (EVENTS, f"{EVENTS}/{attack['id']}"):
        etag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    decide(client, attack, kind="correct", field="killed.civilians.best", value="11", reason="a list")
    assert client.get(EVENTS, headers={"If-None-Match": etag}).status_code == 200


def test_accounts_have_the_words_of_their_claims(client: TestClient, attack: Any) -> None:
    told = client.get(f"{EVENTS}/{attack['id']}/accounts").json()
    numbers = {str(number) for account in told["accounts"] for number, _ in account["claims"]}
    assert numbers
    assert numbers == set(told["quotes"])


def test_claims_are_listed_with_their_words_and_events(client: TestClient, attack: Any) -> None:
    whole = client.get("/api/v1/claims").json()
    first = client.get("/api/v1/claims", params={"limit": 3}).json()
    rest = client.get("/api/v1/claims", params={"after": first["next_after"]}).json()
    assert [*first["claims"], *rest["claims"]] == whole["claims"]
    assert whole["next_after"] is None
    told = client.get(f"{EVENTS}/{attack['id']}/accounts").json()["quotes"]
    assert {
        str(one["number"]): one["words"] for one in whole["claims"] if one["event"] == attack["id"]
    } == told
    denials = client.get("/api/v1/claims", params={"kind": "denial"}).json()["claims"]
    assert {one["claim"]["kind"] for one in denials} == {"denial"}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{EVENTS}/nothing-of-the-kind", 404),
        (f"{EVENTS}?since=yesterday", 422),
        (f"{EVENTS}?limit=100000", 422),
        (f"{EVENTS}?country=Niger", 422),
    ],
)
def test_what_is_wrong_is_told(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


# Deciding


def test_a_correction_is_laid_over_what_the_accounts_say(client: TestClient, attack: Any) -> None:
    answer = decide(
        client, attack, kind="correct", field="killed.civilians.best", value="11", reason="a list"
    )
    assert answer.status_code == 201
    event = answer.json()["event"]
    assert event["revision"] > attack["revision"]
    [correction] = event["event"]["corrections"]
    assert (correction["value"], correction["by"]) == (11, "rowan")
    history = client.get(f"{EVENTS}/{attack['id']}/history").json()["decisions"]
    assert [(one["kind"], one["reason"]) for one in history] == [("correct", "a list")]


def test_what_was_decided_is_taken_back(client: TestClient, attack: Any) -> None:
    number = decide(client, attack, kind="reject", reason="a rumour").json()["decision"]
    assert client.get(EVENTS, params={"place": "Ayorou"}).json()["total"] == 0
    taken_back = client.post(f"/api/v1/decisions/{number}/withdraw", json={"reason": "it was none"})
    assert taken_back.json()["withdrawn_by"] == "rowan"
    assert client.get(EVENTS, params={"place": "Ayorou"}).json()["total"] == 1


def test_a_stale_edit_is_refused_and_what_is_there_now_is_shown(client: TestClient, attack: Any) -> None:
    decide(client, attack, kind="correct", field="killed.civilians.best", value="11", reason="a list")
    late = decide(client, attack, kind="correct", field="killed.civilians.best", value="15", reason="mine")
    assert late.status_code == 412
    problem = late.json()
    assert problem["current"]["killed.civilians.best"] == 11
    assert problem["changed_by"] == "rowan"
    now = client.get(f"{EVENTS}/{attack['id']}").json()
    assert [one["value"] for one in now["event"]["corrections"]] == [11]


def test_events_are_merged_and_parted(client: TestClient, attack: Any) -> None:
    events = client.get(EVENTS).json()["events"]
    [other] = [one for one in events if one["id"] != attack["id"]]
    merged = decide(client, attack, kind="merge", others=[other["id"]], reason="one raid").json()
    assert client.get(EVENTS).json()["total"] == 1
    client.post(f"/api/v1/decisions/{merged['decision']}/withdraw", json={"reason": "two raids"})
    assert client.get(EVENTS).json()["total"] == 2


def test_one_decision_about_many_is_made_or_refused_for_each(client: TestClient) -> None:
    events = client.get(EVENTS).json()["events"]
    ids = [{"id": one["id"], "revision": one["revision"]} for one in events]
    ids.append({"id": "nothing-of-the-kind", "revision": None})
    answer = client.post(f"{EVENTS}/bulk", json={"ids": ids, "decision": {"kind": "confirm"}}).json()
    assert set(answer["decided"]) == {one["id"] for one in events}
    assert [one["status"] for one in answer["refused"]] == [404]
    assert all(one["waits_for"] is None for one in client.get(EVENTS).json()["events"])


@pytest.mark.parametrize(
    "wished",
    [
        {"kind": "correct", "field": "killed.civilians.best", "value": "eleven", "reason": "a list"},
        {"kind": "correct", "field": "killed.civilians.best", "value": "11", "reason": " "},
        {"kind": "correct", "field": "mood", "value": "11", "reason": "a list"},
        {"kind": "merge", "reason": "one raid"},
        {"kind": "split", "keys": [], "reason": "two raids"},
        {"kind": "withhold", "value": ""},
        {"kind": "comment", "value": "nul \x00"},
        {"kind": "applaud"},
    ],
)
def test_a_decision_that_makes_no_sense_changes_nothing(client: TestClient, attack: Any, wished: Any) -> None:
    answer = decide(client, attack, **wished)
    assert answer.status_code == 422
    assert client.get(f"{EVENTS}/{attack['id']}").json() == attack
