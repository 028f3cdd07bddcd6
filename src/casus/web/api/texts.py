"""Texts as programs and the Add page send them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from casus.errors import AddressError, BadRecord
from casus.intake.single import Single
from casus.sources import Metadata
from casus.sources.fetching import Fetcher, Limits
from casus.web.api.documented import Plain

MOST_CHARS = 500_000
_MOST_HTML_CHARS = 5_000_000
_INTERACTIVE = Limits(connect_s=6, read_s=10, total_s=20, patience_s=0)


def _web_address(value: str) -> str:
    if not value.lower().startswith(("http://", "https://")):
        raise ValueError("an address begins with https:// or http://")
    return value


_PATTERN = "^[Hh][Tt][Tt][Pp][Ss]?://"  # for OpenAPI; the validator's words are for people
WebAddress = Annotated[
    Plain, Field(max_length=2000, json_schema_extra={"pattern": _PATTERN}), AfterValidator(_web_address)
]
Line = Annotated[Plain, Field(max_length=500)]


class TextIn(BaseModel):
    """A report: its text, or the HTML of its page, and what is known of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "Gunmen killed four farmers near Anzourou on Monday, the governor said.",
                    "title": "Four farmers killed",
                    "publisher": "Example Times",
                    "published": "2024-03-06",
                }
            ]
        },
    )

    text: Annotated[Plain, Field(max_length=MOST_CHARS)] | None = Field(
        default=None, description="The text of the report, without its title."
    )
    html: Annotated[Plain, Field(max_length=_MOST_HTML_CHARS)] | None = Field(
        default=None, description="The HTML of its page, in place of the text."
    )
    title: Line | None = None
    publisher: Line | None = None
    published: date | None = Field(
        default=None, description="The day of publication: weekdays in the text are counted from it."
    )
    url: WebAddress | None = None

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("give either text or html")
        return self

    def single(self) -> Single:
        """What the reader takes."""
        metadata = Metadata(self.title, self.publisher, self.published, self.url)
        return Single("the text", text=self.text, html=self.html, metadata=metadata)


class ReadIn(TextIn):
    """A text, the HTML of a page, or an address to fetch one from."""

    address: WebAddress | None = Field(
        default=None, description="Where to fetch the report, in place of text and html."
    )

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if sum(one is not None for one in (self.text, self.html, self.address)) != 1:
            raise ValueError("give one of text, html and address")
        return self

    def fetched(self, *, is_private_allowed: bool) -> Single:
        """What the reader takes, fetched where an address is given.

        Raises `AddressError`, `FetchError` and `TooLarge`.
        """
        if self.address is None:
            return self.single()
        with Fetcher(_INTERACTIVE, is_private_allowed) as fetcher:
            try:
                found = fetcher.fetch(self.address)
            except AddressError as error:
                raise AddressError(_outside(error, self.address)) from error
        if found is None:
            raise BadRecord(f"{self.address}: nothing came from there")
        metadata = Metadata(self.title, self.publisher, self.published, self.url)
        return Single(self.address, fetched=found, metadata=metadata)


def _outside(error: AddressError, address: str) -> str:
    """The error for those outside: what a name of the server's own network means is not told."""
    return f"{address}: it is not on the public internet" if "public internet" in str(error) else str(error)


def job_text(one: TextIn) -> dict[str, Any]:
    """A text as a job keeps it."""
    return {
        "origin": one.url or "pasted",
        "text": one.text,
        "title": one.title,
        "publisher": one.publisher,
        "published": one.published.isoformat() if one.published else None,
        "url": one.url,
    }
