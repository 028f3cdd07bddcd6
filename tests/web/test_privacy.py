"""Names that are withheld are nowhere in what somebody gets who may not see them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.casebook.book import Casebook
from casus.casebook.people.records import Role, Scope
from casus.casebook.records import DecisionKind, EventFilter, NewDecision
from casus.exports.redacting import WITHHELD, RedactedText, redacted_text
from casus.web.access import ROLE_RIGHTS, Person
from casus.web.privacy import visible, visible_anywhere, visible_in_report, visible_of_event, visible_text
from web.accounts import app_of, signed_in, with_accounts, with_token
from web.everywhere import addresses

NAME = "Ibrahim Tondi"  # the governor of an example report, who asked for it
VIEWER = Person("viewer", "viewer", Role.VIEWER, ROLE_RIGHTS[Role.VIEWER])
REVIEWER = Person("reviewer", "reviewer", Role.REVIEWER, ROLE_RIGHTS[Role.REVIEWER])


@pytest.fixture
def withheld(book: Casebook) -> Casebook:
    """The example casebook, with the governor's name withheld and named in all that is decided."""
    with_accounts(book)
    [event] = [one for one in book.events() if one.reports > 1]
    for kind, value, field in (
        (DecisionKind.WITHHOLD, NAME, None),
        (DecisionKind.COMMENT, "Mr Tondi rang and asked", None),
        (DecisionKind.CORRECT, [NAME, "traders"], "targets"),
        (DecisionKind.ASSIGN, "odile", None),
    ):
        new = NewDecision(kind=kind, by="odile", reason=f"kin of {NAME} asked", value=value, field=field)
        book.decide(event.id, new)
    return book


def names_in(text: str) -> bool:
    marks = (char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "tondi" in "".join(marks).casefold()


def test_who_may_not_see_a_withheld_name_sees_it_at_no_address(withheld: Casebook) -> None:
    app = app_of(withheld)
    editor = signed_in(app, "editor")
    for path, body in (
        ("feeds", {"url": "https://news.example/feed.xml", "name": f"Diary of {NAME}"}),
        ("views", {"name": f"With {NAME}", "page": "/events", "query": f"?text={NAME}", "is_shared": True}),
        (
            "jobs",
            {"kind": "ingest", "texts": [{"text": f"{NAME} said so. " * 30, "title": f"{NAME} speaks"}]},
        ),
        ("jobs", {"kind": "export", "format": "csv", "filter": {"actor": NAME}}),
    ):
        assert editor.post(f"/api/v1/{path}", json=body).status_code < 300, path
    viewer, program = signed_in(app, "viewer"), with_token(app, "viewer", Scope.READ)
    assert len(addresses(app, withheld)) > 10
    for address in addresses(app, withheld):
        for client in (viewer, program):
            assert not names_in(client.get(address).text), address


def test_a_withheld_name_finds_nothing_for_who_may_not_see_it(withheld: Casebook) -> None:
    client = signed_in(app_of(withheld), "viewer")
    for text in (NAME, "tondi", "Ibrahim"):
        found = client.get("/api/v1/events", params={"text": text})
        assert found.status_code == 200
        assert found.json()["total"] == 0, text
    reviewer = signed_in(app_of(withheld), "reviewer")
    assert reviewer.get("/api/v1/events", params={"text": NAME}).json()["total"] == 1


def test_who_may_see_it_sees_it(withheld: Casebook) -> None:
    app = app_of(withheld)
    reviewer = signed_in(app, "reviewer")
    assert any(names_in(reviewer.get(address).text) for address in addresses(app, withheld))


def test_a_dossier_is_given_as_one_may_see_it(withheld: Casebook) -> None:
    for dossier in withheld.dossiers(EventFilter()):
        assert visible(REVIEWER, dossier) is dossier
        assert not names_in(repr(visible(VIEWER, dossier)))


def test_report_texts_and_what_is_read_from_them_have_no_name(withheld: Casebook) -> None:
    names, seen = withheld.withheld(), 0
    assert names.everywhere == (NAME,)
    for event in withheld.events():
        for told in withheld.told(event.id):
            digest = told.report.hash
            assert not names_in(repr(visible_in_report(VIEWER, told, digest, names)))
            assert visible_in_report(REVIEWER, told, digest, names) is told
            text = f"{NAME} said. The governor, Tondi, left."
            shown = visible_text(VIEWER, text, digest, names)
            seen += 1
            if event.reports > 1:
                assert shown.text == f"{WITHHELD} said. The governor, {WITHHELD}, left."
                assert shown.span(text.index("The"), text.rindex("Tondi")) == (
                    shown.text.index("The"), shown.text.index(WITHHELD, 5),
                )  # fmt: skip
            assert visible_text(REVIEWER, text, digest, names) == RedactedText(text)
    assert seen == 7


def test_decisions_and_lists_have_no_name(withheld: Casebook) -> None:
    names = withheld.withheld()
    for event in withheld.events():
        decisions = withheld.decisions(event.id)
        assert not names_in(repr(visible_of_event(VIEWER, (event, decisions), event.keys, names)))
    listed = [(NAME, 3), ("Ibrahim the baker", 2)]
    assert visible_anywhere(VIEWER, listed, names) == [(WITHHELD, 3), ("Ibrahim the baker", 2)]
    assert visible_anywhere(REVIEWER, listed, names) is listed


# Spans in a text that has lost names


PIECES = st.lists(
    st.sampled_from(
        ["Zöhra Quillon", "ZOHRA QUILLON", "Zo\u0308hra", "Quillon's", "hill", "İ", "ß", " ", ", ", "x"]
    ),
    max_size=12,
)


@given(PIECES)
def test_what_stands_between_names_stays_where_spans_say(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = redacted_text(text, ("Zöhra Quillon",))
    assert found.text.count(WITHHELD) == len(found.cuts)
    end = 0
    for first, last in (*found.cuts, (len(text), len(text))):
        start, stop = found.span(end, first)
        assert found.text[start:stop] == text[end:first]
        if last > first:
            start, stop = found.span(first, last)
            assert found.text[start:stop] == WITHHELD
            assert found.span(first + 1, last)[1] == stop
        end = last
    assert found.span(0, len(text)) == (0, len(found.text))


@given(PIECES, st.data())
def test_a_span_never_shrinks_to_nothing_or_leaves_the_text(pieces: list[str], data: st.DataObject) -> None:
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = redacted_text(text, ("Zöhra Quillon",))
    first, last = found.span(start, end)
    assert 0 <= first <= last <= len(found.text)
    assert (last > first) is (end > start) or last - first == len(WITHHELD)


def test_a_text_without_names_stays_as_it_is() -> None:
    assert redacted_text("Raiders burned the mill.", ("Rose Ali",)) == RedactedText(
        "Raiders burned the mill."
    )
    assert redacted_text("Rose Ali", ()) == RedactedText("Rose Ali")
    assert replace(redacted_text("Rose", ("Rose Ali",)), text="") == RedactedText("", ((0, 4),))
