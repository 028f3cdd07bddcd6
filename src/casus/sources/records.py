"""Reports as JSON: one object, a list of them, or JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, BinaryIO, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from casus.errors import BadRecord, SourceError, TooLarge
from casus.sources.columns import Columns
from casus.sources.decoding import decode
from casus.sources.draft import Draft
from casus.sources.failure import SourceFailure
from casus.sources.metadata import Metadata, parse_day

# A character takes up to 12 bytes where JSON escapes it.
_BYTES_PER_CHAR = 12
_LARGEST_FILE_BYTES = 256 * 1024 * 1024
_BY_NAME = Columns()


def _day(value: object) -> date | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError("write it as a text, YYYY-MM-DD")  # noqa: TRY004 - what pydantic expects
    try:
        return parse_day(value, "published")
    except BadRecord as error:
        raise ValueError(str(error)) from error


def _identifier(value: object) -> object:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else value


class MetadataRecord(BaseModel):
    """The keys of a report that say something about it; other keys are not looked at."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: Annotated[str | None, BeforeValidator(_identifier)] = None
    title: str | None = None
    publisher: str | None = None
    published: Annotated[date | None, BeforeValidator(_day)] = None
    url: str | None = Field(default=None, validation_alias=AliasChoices("url", "source_url"))

    def metadata(self) -> Metadata:
        """The same as the rest of Casus holds it."""
        return Metadata(self.title, self.publisher, self.published, self.url)


class ReportRecord(MetadataRecord):
    """One report as a JSON object."""

    text: str


_Record = TypeVar("_Record", bound=MetadataRecord)


def read_json(
    stream: BinaryIO, origin: str, max_chars: int, columns: Columns = _BY_NAME
) -> Iterator[Draft | SourceFailure]:
    """The reports of a JSON file: an object, a list of objects, or one object a line."""
    first = stream.readline(max_chars * _BYTES_PER_CHAR)
    if first.strip() and _is_object(first):
        yield from _lines(first, stream, origin, max_chars, columns)
        return
    data = first + stream.read(_LARGEST_FILE_BYTES)
    if stream.read(1):
        raise TooLarge(f"{origin}: larger than 256 MiB: write it as JSON Lines, one report a line")
    content = parse_json(data, origin)
    if isinstance(content, list):
        for number, item in enumerate(content, 1):
            yield draft_or_failure(columns.renamed(item), f"{origin}, item {number}")
    else:
        yield draft_or_failure(columns.renamed(content), origin)


def read_json_lines(
    stream: BinaryIO, origin: str, max_chars: int, columns: Columns = _BY_NAME
) -> Iterator[Draft | SourceFailure]:
    """The reports of a JSON Lines file.  A bad line is a failure; the others are read."""
    yield from _lines(stream.readline(max_chars * _BYTES_PER_CHAR), stream, origin, max_chars, columns)


def parse_json(data: bytes, origin: str) -> object:
    """What a JSON text holds.  Raises `BadRecord` with line and column where it is malformed."""
    text = decode(data, origin)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadRecord(f"{origin}: no valid JSON: {error.msg} at {where}: correct it there") from error
    except (ValueError, RecursionError) as error:
        raise BadRecord(
            f"{origin}: JSON that can't be read: nested too deep, or a number too long"
        ) from error


def read_metadata(content: object, origin: str) -> Metadata:
    """The metadata in a JSON object, at its top or under its key `report`."""
    record = content.get("report", content) if isinstance(content, dict) else content
    return _validated(MetadataRecord, record, origin).metadata()


def _lines(
    first: bytes, stream: BinaryIO, origin: str, max_chars: int, columns: Columns
) -> Iterator[Draft | SourceFailure]:
    number, line, longest = 1, first, max_chars * _BYTES_PER_CHAR
    while line:
        place = f"{origin}, line {number}"
        if len(line) == longest and not line.endswith(b"\n"):
            error = TooLarge(f"{place}: longer than a report may be ({max_chars:,} characters): split it")
            yield SourceFailure(place, error)
            _skip_line(stream)
        elif line.strip():
            yield _parsed_line(line, place, columns)
        number, line = number + 1, stream.readline(longest)


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass


def _parsed_line(line: bytes, place: str, columns: Columns) -> Draft | SourceFailure:
    try:
        content = parse_json(line, place)
    except SourceError as error:
        return SourceFailure(place, error)
    return draft_or_failure(columns.renamed(content), place)


def draft_or_failure(content: object, place: str) -> Draft | SourceFailure:
    """The report that a JSON object is, or what is wrong with it."""
    try:
        record = _validated(ReportRecord, content, place)
    except BadRecord as error:
        return SourceFailure(place, error)
    return Draft(place, record.text, record.metadata(), record.id)


def _validated(model: type[_Record], content: object, place: str) -> _Record:
    if not isinstance(content, dict):
        raise BadRecord(f"{place}: a report must be a JSON object with at least the key text")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise BadRecord(f"{place}: {_first_fault(error)}") from error


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "missing":
        return f"the key {key} is missing: a report needs it"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return message if message.startswith(key) else f"the key {key} has a wrong value: {message}"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
