"""What must not happen in a browser is seen when it happens."""

from __future__ import annotations

from chromium import Opening
from served import Served


def test_another_host_and_an_error_are_seen(gallery: Served, opener: Opening) -> None:
    open_page, watch = opener(gallery)
    page = open_page("/help")
    page.evaluate("""() => {
        const picture = new Image();
        picture.src = "http://elsewhere.example/one.png";
        const script = document.createElement("script");
        script.textContent = "1";
        document.body.append(picture, script);
        setTimeout(() => { throw new Error("out of order"); }, 0);
    }""")
    page.wait_for_timeout(300)
    told = " ".join(watch.wrong)
    assert "elsewhere.example" in told
    assert "script-src" in told
    assert "out of order" in told
    watch.wrong.clear()
