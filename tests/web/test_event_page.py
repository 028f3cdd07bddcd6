"""The page of an event, on the example casebook."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from starlette.testclient import TestClient

from casebook.telling import Account, Story, claim, reading_of
from casus.casebook.book import Casebook
from casus.casebook.people.records import Role
from casus.casebook.records import DecisionKind, Event, NewDecision, Told
from casus.model import Claim, ClaimKind
from casus.web.app import create_app
from casus.web.options import ServeOptions
from casus.web.rendering import shown_for
from casus.web.views.comparison import columns_of, compare_accounts
from casus.web.views.toll_strip import strips_of
from web.accounts import app_of, signed_in, with_accounts


@pytest.fixture
def attack(book: Casebook) -> Event:
    """The event that four outlets tell of."""
    return next(event for event in book.events() if event.reports > 1)


def page_of(client: TestClient, event_id: str, **query: str) -> str:
    answer = client.get(f"/events/{event_id}", params=query)
    assert answer.status_code == 200
    return unescape(answer.text)


def test_each_figure_leads_to_the_words_that_it_was_read_from(
    client: TestClient, book: Casebook, attack: Event
) -> None:
    html = page_of(client, attack.id)
    links = set(re.findall(r'href="/reports/([0-9a-f]{64})#c(\d+)-(\d+)"', html))
    told = book.told(attack.id)
    texts = book.texts({one.report.number for one in told})
    own = next(one for one in told if one.report.publisher == "Radio Dosso")
    for _, said in own.claims:
        assert (own.report.hash, str(said.quote.start_char), str(said.quote.end_char)) in links
    words = texts[own.report.number]
    for _, said in own.claims:
        assert f'data-words="{words[said.quote.start_char : said.quote.end_char]}"' in html


def test_copies_share_a_column_that_says_who_printed_them(client: TestClient, attack: Event) -> None:
    html = page_of(client, attack.id)
    heads = re.findall(r'<th scope="col"><bdi dir="auto">([^<]+)</bdi>', html)
    assert sorted(heads) == sorted(attack.sources)
    assert "also printed by 1" in html
    assert "Gao Evening News" in html


def test_contradictions_are_told_by_sign_and_word(client: TestClient, attack: Event) -> None:
    html = page_of(client, attack.id)
    killed = html[html.index('data-row="toll-killed"') :]
    assert "sources differ" in killed[: killed.index("</th>")]
    assert "differs:" in killed
    assert "not said" in html


def test_nothing_of_a_report_becomes_markup(book: Casebook) -> None:
    nasty = replace(
        Account(),
        told='<script>alert("x")</script> burned <b>the mill</b>',
        against='<img src=x onerror="alert(1)">',
        claims=(claim(ClaimKind.ACCUSATION, "<i>mayor</i>", actor="<u>raiders</u>"),),
    )
    book.ingest([("n.txt", reading_of(Story("<h1>Post</h1>", accounts=(nasty,))))])
    event = next(one for one in book.events() if one.sources == ("<h1>Post</h1>",))
    book.decide(
        event.id,
        NewDecision(
            kind=DecisionKind.COMMENT, by="<s>ada</s>", reason="<b>why</b>", value="<script>1</script>"
        ),
    )
    with TestClient(create_app(book, ServeOptions(local_name="rowan", hosts=("testserver",)))) as client:
        for path in (f"/events/{event.id}", f"/reports/{book.told(event.id)[0].report.hash}"):
            html = client.get(path).text
            for tag in (
                "<script>alert",
                "<img src=x",
                "<i>mayor",
                "<u>raiders",
                "<h1>Post",
                "<s>ada",
                "<b>why",
            ):
                assert tag not in html


def test_a_merged_id_leads_to_the_event_that_it_became(
    client: TestClient, book: Casebook, attack: Event
) -> None:
    other = next(event for event in book.events() if event.id != attack.id)
    merge = NewDecision(kind=DecisionKind.MERGE, by="ada", reason="one raid", others=(other.id,))
    kept = book.decide(attack.id, merge)
    gone = next(iter({attack.id, other.id} - {kept.id}))
    answer = client.get(f"/events/{gone}", params={"queue": "all"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/events/{kept.id}?queue=")


def test_an_event_that_there_is_not_has_no_page(client: TestClient) -> None:
    assert client.get("/events/nothing").status_code == 404


def test_history_and_corrections_are_told(client: TestClient, book: Casebook, attack: Event) -> None:
    correct = NewDecision(
        kind=DecisionKind.CORRECT,
        by="ada",
        reason="the list of the mosque",
        field="place",
        value="Old Ayorou",
    )
    book.decide(attack.id, correct)
    html = page_of(client, attack.id)
    assert "set place to Old Ayorou, where the accounts said Sunday market of Ayorou" in html
    assert "the list of the mosque" in html
    assert "set by hand" in html
    [decision] = book.decisions(attack.id)
    book.withdraw(decision.number, by="ada", reason="no such list")
    html = page_of(client, attack.id)
    assert "is-withdrawn" in html
    assert "no such list" in html
    assert f'data-undo="{decision.number}"' not in html


def test_the_form_of_a_field_tells_what_each_source_says(client: TestClient, attack: Event) -> None:
    html = page_of(client, attack.id)
    form = html[html.index('<fieldset class="stack plain-set" data-field="killed.civilians.best"') :]
    form = form[: form.index("</fieldset>")]
    assert re.search(r'data-use="12">Use</button> together', form)
    assert 'data-use="19"' in form
    assert "Niger River Post" in form


def test_an_event_without_a_place_says_so(book: Casebook) -> None:
    nowhere = Story(
        "Coast Herald", accounts=(Account(place=None, day=None, killed=None, told="Men rode off"),)
    )
    book.ingest([("x.txt", reading_of(nowhere))])
    event = next(one for one in book.events() if one.where.name is None)
    with TestClient(create_app(book, ServeOptions(local_name="rowan", hosts=("testserver",)))) as client:
        html = page_of(client, event.id)
    assert "No point to draw" in html
    assert "place unknown" in html
    assert "data-map=" not in html
    assert "No toll is told" in html


def test_names_withheld_are_seen_by_those_who_may(client: TestClient, book: Casebook, attack: Event) -> None:
    withhold = NewDecision(kind=DecisionKind.WITHHOLD, by="ada", reason="", value="Ibrahim Tondi")
    book.decide(attack.id, withhold)
    assert "Ibrahim Tondi" in page_of(client, attack.id)
    with_accounts(book)
    viewer = signed_in(app_of(book), Role.VIEWER)
    reports = [f"/reports/{one.report.hash}" for one in book.told(attack.id)]
    for path in (f"/events/{attack.id}", *reports, "/reports"):
        html = unescape(viewer.get(path).text)
        assert "Tondi" not in html, path
        assert "data-act=" not in html
        assert "data-add" not in html
    assert "[name withheld]" in unescape(viewer.get(f"/events/{attack.id}").text)


# The views


def many_claims(claims: int) -> Story:
    said: tuple[Claim, ...] = tuple(
        claim(ClaimKind.TOLL, f"speaker {number}", low=number % 7) for number in range(claims)
    )
    return Story(accounts=(Account(claims=said),))


def comparison_of(book: Casebook, event: Event) -> tuple[Told, ...]:
    return book.told(event.id)


def test_three_hundred_claims_are_folded(book: Casebook) -> None:
    book.ingest([("m.txt", reading_of(many_claims(300)))])
    event = next(one for one in book.events() if one.where.name == "Rakha")
    with TestClient(create_app(book, ServeOptions(local_name="rowan", hosts=("testserver",)))) as client:
        html = page_of(client, event.id)
    assert "294 more" in html
    assert html.count('class="strip-bar') < 15


def test_figures_stand_where_the_axis_has_them(book: Casebook) -> None:
    stories = [
        Story(f"Outlet {n}", date(2020, 3, 5), (Account(killed=n, told=f"Raiders {n} burned the mill"),))
        for n in (2, 9, 400)
    ]
    book.ingest((f"{n}.txt", reading_of(story)) for n, story in enumerate(stories))
    event = max((one for one in book.events() if one.where.name == "Rakha"), key=lambda one: one.reports)
    told = book.told(event.id)
    [strip] = strips_of(event, columns_of(told, ()))
    assert strip.is_log == any(one.event.tolls[0].best == 400 for one in told)
    ticks = {tick.value: tick.at for tick in strip.ticks}
    for bar in strip.bars:
        assert 0 <= bar.start <= bar.end <= 100
        if bar.best in ticks:
            assert bar.dot == ticks[bar.best]
    assert strip.bars[0].is_record
    assert sorted(ticks.values()) == list(ticks.values())


def test_unknown_is_not_zero(book: Casebook) -> None:
    several = (claim(ClaimKind.TOLL, "a nurse"),)
    book.ingest([("s.txt", reading_of(Story("Coast Herald", accounts=(Account(claims=several),))))])
    event = next(one for one in book.events() if one.where.name == "Rakha")
    told = book.told(event.id)
    columns = columns_of(told, ())
    comparison = compare_accounts(event, columns, {}, shown_for("en"))
    [killed] = [row for row in comparison.rows if row.name == "toll-killed"]
    assert [item.words for item in killed.cells[0]] == ["number not given"]
    [strip] = strips_of(event, columns)
    assert strip.without_number == ("Coast Herald: a nurse",)
