"""Claims from marked words, on the page of a report: offsets count characters, whatever the script."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from casus.casebook.book import Casebook
from chromium import Opening
from served import Served
from showcase import Showcase

_MARK = """(words) => {
  const text = document.getElementById("text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let whole = "", nodes = [];
  while (walker.nextNode()) {
    nodes.push([whole.length, walker.currentNode]);
    whole += walker.currentNode.data;
  }
  const at = (place) => {
    const [from, node] = nodes.findLast(([start]) => start <= place);
    return [node, place - from];
  };
  const start = whole.indexOf(words), range = document.createRange();
  range.setStart(...at(start));
  range.setEnd(...at(start + words.length));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def report_of(desk: Served, event_id: str) -> tuple[str, str]:
    """The page and the text of the first report that tells of an event."""
    with Casebook.open(desk.url) as book:
        head = book.told(event_id)[0].report
        return f"/reports/{head.hash}", book.texts([head.number])[head.number]


def add(page: Page, words: str, **fields: str) -> None:
    """Mark words and add a claim that they make."""
    page.evaluate(_MARK, words)
    expect(page.locator("[data-marked]")).to_contain_text("Marked")
    page.keyboard.press("n")
    expect(page.locator("#claim [data-quote]")).to_have_text(words)
    for name, value in fields.items():
        page.fill(f"#claim [name={name}]", value)
    page.locator("#claim [data-submit]").click()
    expect(page.locator("#toasts")).to_contain_text("The claim is added.")


def test_marked_words_become_a_claim_wherever_marks_and_scripts_are(
    desk: Served, shown: Showcase, opener: Opening
) -> None:
    open_page, _ = opener(desk)
    for event_id in (shown.many, shown.right_to_left):
        path, text = report_of(desk, event_id)
        page = open_page(path)
        assert page.locator("#text").evaluate("(one) => one.textContent") == text
        words = " ".join(text.split("\n")[-1].split()[1:6])
        add(page, words, low="3", high="4", speaker="Awa Harouna")
        with Casebook.open(desk.url) as book:
            claims = [claim for one in book.told(event_id) for number, claim in one.claims if number < 0]
        assert [(claim.low, claim.high, claim.speaker.name) for claim in claims] == [(3, 4, "Awa Harouna")]
        assert text[claims[0].quote.start_char : claims[0].quote.end_char] == words


def test_a_claim_is_corrected_retracted_and_back(desk: Served, shown: Showcase, opener: Opening) -> None:
    open_page, _ = opener(desk)
    path, text = report_of(desk, shown.many)
    page = open_page(path)
    add(page, text.split("\n")[-1].split()[0], low="3", high="3")
    by_hand = page.locator('.side [data-correct^="-"]')
    by_hand.click()
    page.fill("#claim-high", "8")
    page.fill("#claim-reason", "read again")
    page.locator("#claim [data-submit]").click()
    expect(page.locator("#toasts")).to_contain_text("The claim is corrected.")
    page.locator('.side [data-retract^="-"]').click()
    page.fill("#retract-reason", "of another raid")
    page.locator("#retract [type=submit]").click()
    expect(page.locator("#toasts")).to_contain_text("The claim is retracted.")
    expect(by_hand).to_have_count(0)
    page.locator("#toasts button").click()
    expect(by_hand).to_have_count(1)


def test_an_address_shows_the_words_that_it_names(desk: Served, shown: Showcase, opener: Opening) -> None:
    open_page, _ = opener(desk)
    page = open_page(f"/events/{shown.many}")
    value = page.locator("a.cite").first
    words = value.get_attribute("data-words")
    value.click()
    expect(page.locator("#sentence mark")).to_have_text(words or "")
    page.locator("#sentence [data-part=link]").click()
    page.wait_for_url("**/reports/**")
    expect(page.locator("#text .is-flashed").first).to_be_in_viewport()
