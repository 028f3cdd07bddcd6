"""What hostile sites, texts and requests try."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import lxml.etree
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from casebook.telling import Account, Story, claim, reading_of
from casus.casebook.book import Casebook
from casus.casebook.people.records import Role, Scope
from casus.casebook.records import DecisionKind, NewDecision
from casus.model import ClaimKind, Report
from casus.web.access import csrf_of, local_csrf
from web.accounts import BY, HOST, PASSWORD, app_of, signed_in, visitor, with_accounts, with_token
from web.everywhere import addresses

EVIL = "https://evil.example"


@pytest.fixture
def app(book: Casebook) -> FastAPI:
    """A workbench with an account of each role."""
    with_accounts(book)
    return app_of(book)


@pytest.fixture(params=["session", "local"])
def browser(request: pytest.FixtureRequest, app: FastAPI, book: Casebook) -> TestClient:
    """The browser of somebody who may add people, without the mark of its pages."""
    if request.param == "session":
        client = signed_in(app, "admin")
    else:
        client = visitor(app_of(book, local_name="rowan", is_always_local=True))
        client.headers["X-Casus-CSRF"] = local_csrf(client.app.state.workbench)  # type: ignore[attr-defined]
    return client


def change(client: TestClient, **headers: str) -> int:
    """The status of a change with some headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.patch("/api/v1/people/viewer", json={"full_name": "V."}, headers=named).status_code


# Changes that other sites have a browser make


def test_a_change_from_our_own_pages_is_made(browser: TestClient) -> None:
    assert change(browser) == 200
    assert change(browser, origin=f"http://{HOST}", sec_fetch_site="same-origin") == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": EVIL},
        {"origin": "null"},
        {"origin": f"http://{HOST}.evil.example"},
        {"origin": f"http://{HOST}:8080"},
        {"origin": f"{EVIL}/{HOST}"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": f"http://{HOST}"},
    ],
    ids=repr,
)
def test_a_change_from_another_site_is_refused_whatever_it_knows(
    browser: TestClient, headers: dict[str, str]
) -> None:
    assert change(browser, **headers) == 403


@pytest.mark.parametrize(
    "mark", ["", "x", ".", "abc.def", "é.é", pytest.param(csrf_of("another session"), id="another")]
)
def test_a_change_without_the_mark_of_the_session_is_refused(browser: TestClient, mark: str) -> None:
    answer = browser.patch(
        "/api/v1/people/viewer", json={"full_name": "V."}, headers={b"x-casus-csrf": mark.encode()}
    )
    assert answer.status_code == 403
    assert "mark of your session" in answer.json()["detail"]


def test_the_mark_of_one_session_is_no_good_for_another(app: FastAPI) -> None:
    mine, theirs = signed_in(app, "admin"), signed_in(app, "admin")
    assert change(mine, x_casus_csrf=theirs.headers["X-Casus-CSRF"]) == 403
    assert change(mine) == 200


def test_a_form_of_another_site_can_change_nothing(browser: TestClient) -> None:
    del browser.headers["X-Casus-CSRF"]
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = browser.post(
            "/api/v1/people", content=b'{"name":"x","role":"admin"}', headers={"Content-Type": kind}
        )
        assert answer.status_code == 403


def test_nobody_is_signed_in_from_another_site(app: FastAPI) -> None:
    for headers in ({"origin": EVIL}, {"sec-fetch-site": "cross-site"}):
        for path in ("/sign-in", "/api/v1/session"):
            answer = visitor(app).post(path, data={"name": "viewer", "password": PASSWORD}, headers=headers)
            assert answer.status_code == 403
            assert "set-cookie" not in answer.headers


def test_a_program_with_a_token_needs_no_mark_but_comes_from_no_other_site(app: FastAPI) -> None:
    program = with_token(app, "admin", Scope.ADMIN)
    assert change(program) == 200
    assert change(program, origin=EVIL) == 403


def test_no_other_site_may_read_answers(browser: TestClient) -> None:
    for method in ("GET", "OPTIONS"):
        answer = browser.request(
            method, "/api/v1/session", headers={"origin": EVIL, "access-control-request-method": "GET"}
        )
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


# Names that are not ours (DNS rebinding)


@pytest.mark.parametrize(
    ("hosts", "host", "is_ours"),
    [
        ((), "127.0.0.1:8075", True),
        ((), "localhost:8075", True),
        ((), "LOCALHOST", True),
        ((), "[::1]:8075", True),
        ((), "evil.example:8075", False),
        ((), "localhost.evil.example", False),
        ((), "127.0.0.1.evil.example", False),
        ((), "", False),
        ((), "[::1", False),
        ((), "a b", False),
        ((), "user@localhost", False),
        (("casus.example",), "casus.example", True),
        (("casus.example",), "Casus.Example.", True),
        (("casus.example",), "other.example", False),
        (("192.0.2.5",), "192.0.2.5:8075", True),
        (("192.0.2.5",), "192.0.2.6:8075", False),
        (("0.0.0.0",), "192.0.2.6:8075", True),
        (("0.0.0.0",), "evil.example", False),
    ],
)
def test_the_server_answers_to_its_own_names_only(
    book: Casebook, hosts: tuple[str, ...], host: str, is_ours: bool
) -> None:
    own = ("127.0.0.1", "localhost", "::1", *hosts)
    client = visitor(app_of(book, local_name="rowan", hosts=own))
    for path in ("/help", "/api/v1/session", "/static/css/base.css"):
        assert client.get(path, headers={"Host": host}).status_code == (200 if is_ours else 400)


# Too much


def test_a_body_beyond_the_limit_is_refused_by_its_length_and_by_what_comes(book: Casebook) -> None:
    with_accounts(book)
    app = app_of(book, upload_bytes=10_000)
    client = signed_in(app, "admin")
    path, kind = "/api/v1/people", {"Content-Type": "application/json"}

    def pieces(count: int) -> Iterator[bytes]:
        yield from (b" " * 1000 for _ in range(count))

    assert client.post(path, content=b" " * 10_001, headers=kind).status_code == 413
    assert client.post(path, content=pieces(11), headers=kind).status_code == 413
    for length in ("-1", "x", "1e3", "99999999999999999999"):
        assert client.post(path, content=b"{}", headers={**kind, "Content-Length": length}).status_code == 413
    assert client.post(path, content=pieces(9), headers=kind).status_code == 422


def test_who_is_not_signed_in_sends_next_to_nothing(app: FastAPI) -> None:
    client = visitor(app)
    for path in ("/sign-in", "/api/v1/session"):
        assert client.post(path, content=b"x" * 70_000).status_code == 413
    assert client.post("/api/v1/people", content=b"x" * 70_000).status_code == 401


def test_what_is_refused_before_it_is_read_is_not_read(app: FastAPI) -> None:
    read = []

    def pieces() -> Iterator[bytes]:
        for number in range(100):
            read.append(number)
            yield b"x" * 1000

    client = visitor(app)
    assert client.post("/api/v1/people", content=pieces()).status_code == 401


# Files


@pytest.mark.parametrize(
    "path",
    [
        "../app.py", "..%2fapp.py", "%2e%2e/app.py", "..%5capp.py", "css/../../app.py", "/etc/passwd",
        "%2fetc%2fpasswd",
        "css/%00base.css", "....//app.py", "css", "", ".", "css/base.css/..",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_files_that_are_served(app: FastAPI, path: str) -> None:
    client = visitor(app)
    for folder in ("static", "leaflet"):
        answer = client.get(f"/{folder}/{path}")
        assert answer.status_code in {404, 401, 303, 405, 400}
        assert b"import" not in answer.content
        assert b"root:" not in answer.content


# Scripts that are stored

HOSTILE = "<script>alert(1)</script>"
ATTRIBUTE = "\" onmouseover=alert(1) x='"
TEMPLATE = "{{ 7*7777 }}{% raw %}"


class _Page(HTMLParser):
    """What a page has that could run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the policy of the page forbids, or a text has brought in."""
        told = dict(attrs)
        is_ours = (told.get("src") or "").startswith(("/static/", "/leaflet/"))
        if tag in {"style", "iframe", "object", "embed", "base"} or (tag == "script" and not is_ours):
            self.wrong.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            plain = "".join((value or "").split()).lower()
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.wrong.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "formaction"} and plain.startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                self.wrong.append(f"{tag} {name}={value}")


def wrong_in(html: str) -> list[str]:
    page = _Page()
    page.feed(html)
    return page.wrong


def runs_in(svg: bytes) -> list[str]:
    """What of a drawing runs, loads or styles."""
    names = {"script", "style", "foreignObject", "image", "use", "a"}
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    every = list(lxml.etree.fromstring(svg, parser).iter("*"))
    found = [str(one.tag) for one in every if lxml.etree.QName(one).localname in names]
    return found + [name for one in every for name in one.attrib if name.startswith("on") or name == "style"]


def test_the_search_of_this_test_finds_scripts() -> None:
    for bad in (
        HOSTILE,
        "<a href='java\nscript:x'>",
        "<p style='x'>",
        "<b onclick=x>",
        "<script src='//x'></script>",
    ):
        assert wrong_in(bad)
    assert not wrong_in("<script type=module src='/static/js/base.js?v=1'></script><a href='/events'>")


@pytest.fixture
def hostile(book: Casebook) -> Casebook:
    """A casebook in which every text that comes from outside is an attack."""
    people = with_accounts(book)
    for number, attack in enumerate((HOSTILE, ATTRIBUTE, TEMPLATE)):
        story = Story(
            attack,
            date(2020, 3, 5),
            (
                replace(
                    Account(),
                    by=attack,
                    against=attack,
                    told=f"Raiders {attack} burned mill {number}",
                    day=date(2020, 3, 4 + number),
                    claims=(
                        claim(ClaimKind.TOLL, attack, low=9),
                        claim(ClaimKind.ACCUSATION, attack, actor=attack),
                    ),
                ),
            ),
        )
        reading = reading_of(story)
        report = Report.of(
            reading.report.text,
            title=f"{attack} in the title",
            publisher=attack,
            published_on=date(2020, 3, 5),
            url="javascript:alert(document.domain)",
        )
        book.ingest([(f"{attack}.txt", replace(reading, report=report))])
        name = f"guest{number}"
        people.add(name, Role.VIEWER, by=BY, full_name=attack)
        people.make_token(people.account(name), attack, [Scope.READ], by=BY)
    for event in list(book.events()):
        for kind, more in (
            (DecisionKind.COMMENT, {"value": HOSTILE}),
            (DecisionKind.ASSIGN, {"value": ATTRIBUTE}),
            (DecisionKind.CORRECT, {"field": "place", "value": HOSTILE}),
        ):
            book.decide(event.id, NewDecision(kind=kind, by=HOSTILE, reason=ATTRIBUTE, **more))
    return book


def test_no_text_that_is_kept_runs_on_any_page(hostile: Casebook) -> None:
    app = app_of(hostile)
    client = signed_in(app, "admin")
    for path, body in (
        ("feeds", {"url": "https://news.example/feed.xml", "name": ATTRIBUTE}),
        ("views", {"name": HOSTILE, "page": "/events", "query": f"?text={HOSTILE}", "is_shared": True}),
        ("jobs", {"kind": "ingest", "texts": [{"text": f"{HOSTILE} " * 30, "title": HOSTILE}]}),
    ):
        assert client.post(f"/api/v1/{path}", json=body).status_code < 300, path
    seen = 0
    for address in addresses(app, hostile):
        answer = client.get(address)
        kind = answer.headers.get("content-type", "")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        if answer.headers.get("content-disposition", "").startswith("attachment"):
            assert HOSTILE not in answer.text or "html" not in kind, address
        elif kind.startswith("image/svg+xml"):
            assert not runs_in(answer.content), address
        elif "html" in kind:
            seen += 1
            assert not wrong_in(answer.text), address
            assert "54439" not in answer.text, f"{address}: a text was run as a template"
        else:
            assert answer.status_code >= 300 or kind.partition(";")[0] not in {
                "text/xml", "application/xml", "image/svg+xml", "application/xhtml+xml",
            }, address  # fmt: skip
    assert seen >= 5


def test_what_an_address_says_does_not_run_either(app: FastAPI) -> None:
    client = signed_in(app, "admin")
    for address in ("/sign-in", "/settings/audit", "/help", "/nothing", "/"):
        answer = client.get(
            address, params={"who": ATTRIBUTE, "next": HOSTILE, "text": HOSTILE, "q": ATTRIBUTE}
        )
        assert not wrong_in(answer.text)
        assert not wrong_in(visitor(app).get(f"{address}/{HOSTILE}").text)
    answer = visitor(app).post("/sign-in", data={"name": ATTRIBUTE, "password": "x", "next": HOSTILE})
    assert not wrong_in(answer.text)


# Headers


def test_every_answer_has_the_headers_that_keep_it_safe(app: FastAPI) -> None:
    for client, path in (
        (signed_in(app, "admin"), "/help"), (visitor(app), "/sign-in"), (visitor(app), "/api/v1/events"),
        (signed_in(app, "viewer"), "/settings/people"), (visitor(app), "/static/css/base.css"),
    ):  # fmt: skip
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"
        assert "camera=()" in headers["permissions-policy"]
        assert headers["cache-control"] == ("no-cache" if "static" in path else "no-store")
    refused = visitor(app).get("/help", headers={"Host": "evil.example"})
    assert "default-src 'none'" in refused.headers["content-security-policy"]


# Secrets


def test_no_secret_is_in_the_log_in_an_answer_or_in_the_audit_log(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
    try:
        client = visitor(app)
        client.post("/sign-in", data={"name": "admin", "password": PASSWORD})
        client.post("/sign-in", data={"name": "a slip of mine 77", "password": "x"})
        client.post("/api/v1/session", json={"name": "admin", "password": ["another slip 78"]})
        signed = signed_in(app, "admin")
        session = signed.cookies["casus"]
        made = signed.post("/api/v1/tokens", json={"name": "x", "scopes": ["read"]}).json()["secret"]
        signed.put("/api/v1/session/password", json={"current": PASSWORD, "new": "eight blue herons"})
        signed.put("/api/v1/people/viewer/password", json={"password": "nine pale lanterns"})
        visitor(app).get("/api/v1/session", headers={"Authorization": f"Bearer {made}"})
        told = signed.get("/api/v1/audit").text + signed.get("/settings/audit").text
    finally:
        logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    log = "\n".join(record.getMessage() for record in caplog.records)
    assert "INSERT INTO audit" in log
    for secret in (
        PASSWORD,
        session,
        made,
        "eight blue herons",
        "nine pale lanterns",
        "a slip of mine",
        "another slip",
    ):
        assert secret not in log
        assert secret not in told


def test_what_is_not_valid_is_told_without_repeating_it(app: FastAPI) -> None:
    answer = visitor(app).post("/api/v1/session", json={"name": "admin", "password": ["a slip of mine 77"]})
    assert answer.status_code == 422
    assert "slip" not in answer.text
