"""Corpora of hand-marked place names, in the XML forms of LGL, TR-News and GeoVirus.

LGL (Lieberman et al. 2010) and TR-News (Kamalloo and Rafiei 2018): `article` with `text`
and `toponyms/toponym`, each with `start`, `end`, `phrase` and, where it could be resolved,
a `gaztag` with GeoNames id, point, country and first-order unit.  GeoVirus (Gritta et al.
2018): `article` with `text` and `locations/location`, each with `name`, `start`, `end`,
`lat` and `lon`.  Elements are found by their names, whatever their case, order, namespace
and nesting; what is missing stays unknown.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casus.errors import BadRecord, SourceError, SourceMissing
from casus.evaluation.toponym_alignment import align
from casus.sources.decoding import decode

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKS = ("toponym", "location")
_TAG = "gaztag"
_MOST_DEGREES = {"lat": 90.0, "lon": 180.0}


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """A marked name, half-open offsets into its article's text, and the place that people chose.

    `latitude` and `longitude` are None for a name that they could not resolve.
    `country_name` and `adm1_name` are the corpus's own words, the ids those of GeoNames.
    """

    start_char: int
    end_char: int
    name: str
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    feature: str | None = None
    country_name: str | None = None
    adm1_name: str | None = None
    adm1_id: int | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, where both are known."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A text with its toponyms in order, none overlapping; `publisher` is a name or a domain."""

    text: str
    publisher: str | None
    toponyms: tuple[GoldToponym, ...]


@dataclass(frozen=True, slots=True)
class ToponymCorpus:
    """The articles of a file, in its order.

    `moved` counts the marks whose offsets missed their name and that stand near it;
    `lost` those whose name is not in the text, or under another mark: they are left out.
    """

    name: str
    articles: tuple[GoldArticle, ...]
    moved: int
    lost: int


def read_corpus(path: Path) -> ToponymCorpus:
    """The corpus in a file.

    Raises `SourceMissing` where there is no file, and `BadRecord`, with the line, where it
    is no XML or has no marked article.
    """
    root = _parsed(path)
    nodes = [node for node in root.iter() if _name(node) == "article"]
    articles: list[GoldArticle] = []
    moved = lost = 0
    for node in nodes:
        text = _inner(node, "text")
        if text is None:
            continue
        marks = [mark for mark in node.iter() if _name(mark) in _MARKS]
        read = [toponym for toponym in map(_toponym, marks) if toponym is not None]
        placed, n_moved = align(text, read)
        moved += n_moved
        lost += len(marks) - len(placed)
        publisher = _inner(node, "domain") or _inner(node, "publisher") or _host(_inner(node, "url"))
        articles.append(GoldArticle(text, publisher, tuple(placed)))
    if not any(article.toponyms for article in articles):
        message = "no article with marked toponyms: give a file in the LGL, TR-News or GeoVirus form"
        raise BadRecord(f"{path}: {message}")
    return ToponymCorpus(path.name, tuple(articles), moved, lost)


def half_of(articles: Sequence[GoldArticle], half: str | None) -> Sequence[GoldArticle]:
    """The odd- or even-numbered articles, counted from one; all of them for None."""
    return articles if half is None else articles[half == "even" :: 2]


def _parsed(path: Path) -> ET.Element:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceMissing(f"{path}: it can't be opened: {error.strerror}") from error
    try:
        return ET.fromstring(data)  # noqa: S314 - expat itself limits what entities may grow to
    except (ET.ParseError, ValueError, LookupError):
        pass  # another encoding than it says, or one that the parser lacks
    try:
        text = _DECLARATION.sub("", decode(data, str(path)))
        return ET.fromstring(text)  # noqa: S314
    except ET.ParseError as error:
        line, column = error.position
        reason = str(error).partition(": line")[0]
        message = f"line {line}, column {column + 1}: this is not well-formed XML ({reason}): mend the file"
        raise BadRecord(f"{path}: {message}") from error
    except SourceError as error:
        raise BadRecord(f"{error} or name its encoding in the XML declaration") from error


def _toponym(node: ET.Element) -> GoldToponym | None:
    """What a mark says; None for one without a name."""
    name = _direct(node, "phrase") or _direct(node, "name") or _direct(node, "text")
    if name is None:
        return None
    tag = next((child for child in node.iter() if _name(child) == _TAG), None)
    source = node if tag is None else tag
    start = _whole(_direct(node, "start"))
    end = _whole(_direct(node, "end"))
    start = start if start is not None else end - len(name) if end is not None else 0
    return GoldToponym(
        start,
        start + len(name),
        name,
        _degrees(source, "lat", "latitude"),
        _degrees(source, "lon", "lng", "long", "longitude"),
        _geonames_id(source),
        _direct(source, "fcode") or _direct(source, "feature"),
        _direct(source, "country"),
        _direct(source, "admin1") or _direct(source, "adm1"),
        _geonames_id(_child(source, "admin1")),
    )


def _degrees(node: ET.Element, kind: str, *others: str) -> float | None:
    for name in (kind, *others):
        value = _number(_direct(node, name))
        if value is not None and abs(value) <= _MOST_DEGREES[kind]:
            return value
    return None


def _geonames_id(node: ET.Element | None) -> int | None:
    if node is None:
        return None
    for name in ("geonameid", "geonamesid", "geonames_id"):
        value = _whole(_direct(node, name))
        if value:
            return value
    return None


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _whole(text: str | None) -> int | None:
    value = _number(text)
    return None if value is None else int(value)


def _name(node: ET.Element) -> str:
    """An element's name in small letters, without its namespace."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _child(node: ET.Element, name: str) -> ET.Element | None:
    return next((child for child in node if _name(child) == name), None)


def _direct(node: ET.Element, name: str) -> str | None:
    """The text of a child, or an attribute; None where both are missing or blank."""
    child = _child(node, name)
    attributes = {key.rpartition("}")[2].lower(): value for key, value in node.attrib.items()}
    text = attributes.get(name) if child is None else "".join(child.itertext())
    return text.strip() or None if text is not None else None


def _inner(node: ET.Element, name: str) -> str | None:
    """The whole text of the first such element at any depth, outside the marks."""
    found = next((child for child in _unmarked(node) if _name(child) == name), None)
    return None if found is None else "".join(found.itertext()) or None


def _unmarked(node: ET.Element) -> Iterator[ET.Element]:
    for child in node:
        if _name(child) not in _MARKS:
            yield child
            yield from _unmarked(child)


def _host(url: str | None) -> str | None:
    """The host of an address."""
    found = re.match(r"\s*https?://(?:www\.)?([^/\s]+)", url or "")
    return found[1] if found else None
