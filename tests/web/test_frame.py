"""The frame of the workbench: headers, errors, files."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_a_page_allows_nothing_but_its_own_files(client: TestClient) -> None:
    answer = client.get("/help")
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"


def test_errors_are_problems_for_programs_and_pages_for_people(client: TestClient) -> None:
    problem, page = client.get("/api/v1/nothing"), client.get("/nothing")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == page.status_code == 404
    assert "text/html" in page.headers["content-type"]


def test_stamped_files_may_be_kept(client: TestClient) -> None:
    assert "immutable" in client.get("/static/css/base.css?v=1").headers["cache-control"]
    assert client.get("/leaflet/leaflet-src.esm.js").status_code == 200
    assert client.get("/static/../app.py").status_code == 404
