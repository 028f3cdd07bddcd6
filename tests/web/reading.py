"""Pages as tests read them."""

from __future__ import annotations

import lxml.html
from lxml.html import HtmlElement
from starlette.testclient import TestClient


def page(client: TestClient, address: str) -> HtmlElement:
    """A page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:300]}"
    return lxml.html.fromstring(answer.text)


def text(element: HtmlElement) -> str:
    """What an element says, in one line."""
    return " ".join(" ".join(element.itertext()).split())


def hrefs(element: HtmlElement, path: str) -> list[str]:
    """The addresses that links within an element lead to."""
    return [str(one) for one in element.xpath(f"{path}/@href")]
