"""The page of a report, on the example casebook, and the list of reports."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from casus.casebook.book import Casebook
from casus.casebook.records import Told


@pytest.fixture
def denial(book: Casebook) -> tuple[str, Told]:
    """The report in which the army denies, with its event."""
    number = next(head.number for head in book.heads() if head.publisher == "Radio Dosso")
    [found] = book.told_in(number)
    return found


def text_in(html: str) -> str:
    """The text of a report as a browser has it."""
    start = html.index(">", html.index('id="text"')) + 1
    body = html[start : html.index("</div>", start)]
    return unescape(re.sub(r"<[^>]+>", "", body))


def test_the_text_is_there_character_by_character(
    client: TestClient, book: Casebook, denial: tuple[str, Told]
) -> None:
    _, told = denial
    html = client.get(f"/reports/{told.report.hash}").text
    assert text_in(html) == book.texts([told.report.number])[told.report.number]


def test_all_evidence_is_marked_and_can_be_led_to(client: TestClient, denial: tuple[str, Told]) -> None:
    _, told = denial
    html = client.get(f"/reports/{told.report.hash}").text
    for _, said in told.claims:
        assert f'id="c{said.quote.start_char}-{said.quote.end_char}"' in html
    for row in told.event.tolls:
        for piece in row.evidence:
            assert f'id="c{piece.start_char}-{piece.end_char}"' in html
            assert f"<code>{piece.rule}</code>" in html


def test_a_number_and_a_key_lead_to_the_report(client: TestClient, denial: tuple[str, Told]) -> None:
    _, told = denial
    for given in (str(told.report.number), told.key.partition(".")[0]):
        answer = client.get(f"/reports/{given}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/reports/{told.report.hash}")
    assert client.get("/reports/nothing").status_code == 404


def test_copies_are_told(client: TestClient, book: Casebook) -> None:
    wire = next(head for head in book.heads() if head.publisher == "Sahel Wire")
    html = client.get(f"/reports/{wire.hash}").text
    assert "Gao Evening News" in html[html.index("Copies elsewhere") :]


def decide(client: TestClient, event_id: str, **wished: Any) -> Any:
    revision = client.get(f"/api/v1/events/{event_id}").json()["revision"]
    answer = client.post(
        f"/api/v1/events/{event_id}/decisions", json=wished, headers={"If-Match": f'"{revision}"'}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_claim_is_added_from_marked_words_corrected_and_retracted(
    client: TestClient, book: Casebook, denial: tuple[str, Told]
) -> None:
    event_id, told = denial
    text = book.texts([told.report.number])[told.report.number]
    start = text.index("A teacher from Ayorou")
    added = decide(
        client,
        event_id,
        kind="add_claim",
        keys=[told.key],
        value={
            "kind": "toll", "harm": "injured", "category": "civilians", "low": 3, "high": 3,
            "speaker": "Awa Harouna", "start_char": start, "end_char": start + 9,
        },
    )  # fmt: skip
    html = unescape(client.get(f"/reports/{told.report.hash}").text)
    assert f'id="c{start}-{start + 9}"' in html
    assert "<code>reviewer</code>" in html
    assert "by hand" in html
    page = unescape(client.get(f"/events/{event_id}").text)
    assert "added a claim: injured (civilians): 3, says Awa Harouna" in page
    number = -added["decision"]
    decide(client, event_id, kind="correct_claim", value={"claim": number, "high": 4}, reason="read again")
    assert "3–4 civilians" in unescape(client.get(f"/events/{event_id}").text)
    retracted = decide(client, event_id, kind="retract_claim", value=number, reason="of another raid")
    harmed = {(row["harm"], row["high"]) for row in retracted["event"]["event"]["tolls"]}
    assert ("injured", 4) not in harmed


def test_reports_are_listed_and_found(client: TestClient) -> None:
    html = client.get("/reports").text
    assert html.count("<tr><td") == 6
    assert client.get("/reports", params={"text": "denies"}).text.count("<tr><td") == 1
    assert "No report is like that" in client.get("/reports", params={"text": "zzz"}).text
    assert client.get("/reports", params={"offset": "-1"}).status_code == 422
