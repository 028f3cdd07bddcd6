"""Pages of news sites: the article, its title, publisher and date, without the rest of the page."""

from __future__ import annotations

from datetime import date

from trafilatura import bare_extraction
from trafilatura.settings import Document

from casus.errors import NoArticle
from casus.sources.draft import Draft
from casus.sources.metadata import Metadata

# Only dates that the page states about itself: a guess from the running text would
# move every weekday in the report.  The fixed last day keeps the clock out of it.
_DATE_RULES = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}
_SHORTEST_CHARS = 80


def read_html(data: bytes | str, origin: str) -> Draft:
    """The article of a page.  Raises `NoArticle` where trafilatura finds none."""
    page = bare_extraction(
        data,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dict(_DATE_RULES),
    )
    text = page.text if isinstance(page, Document) else None
    if not isinstance(page, Document) or not text or len(text.strip()) < _SHORTEST_CHARS:
        raise NoArticle(
            f"{origin}: no article found on this page: open the article itself and save that page, "
            "or paste its text into a .txt file"
        )
    published_on = date.fromisoformat(page.date) if page.date else None
    metadata = Metadata(page.title, page.sitename or page.hostname, published_on, page.url)
    return Draft(origin, text, metadata)
