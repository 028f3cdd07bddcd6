"""How well place names are resolved: accuracy over the gold spans of LGL and GeoVirus.

    python benchmarks/toponyms.py FILE [FILE ...] [--errors N] [--half odd|even]
    python benchmarks/toponyms.py FILE [FILE ...] --fit

The files are XML of the LGL (Lieberman et al. 2010) or GeoVirus (Gritta et al. 2018)
form.  Every gold span with coordinates counts, a span without an answer as an error.
`--fit` prints the weights of `casus.resolving.places.weights`, fitted to the odd-numbered articles.
"""

from __future__ import annotations

import argparse
import math
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import Entry, EntryKind, Gazetteer
from casus.resolving.places import PlaceMention, PlaceResolver
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.weights import FIRST, Weights

NEAR_KM = 161.0
_GRID = 1.0
_NO_COUNTRY = (EntryKind.REGION, EntryKind.WATER)
_FIT_PASSES = 3
_FIT_STEPS = 150
_FIT_RATE = 2.0
_RIDGE = 3.0


@dataclass(frozen=True, slots=True)
class Toponym:
    """A gold span with its point; the country and GeoNames id where the corpus has them."""

    start_char: int
    end_char: int
    name: str
    latitude: float
    longitude: float
    country_code: str | None
    geonames_id: int | None
    feature: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its gold toponyms in order."""

    text: str
    publisher: str | None
    toponyms: tuple[Toponym, ...]


def read_corpus(path: Path, gazetteer: Gazetteer) -> list[Article]:
    """The articles of a corpus in either form."""
    root = ET.parse(path).getroot()
    if root.find(".//toponyms") is not None:
        table = CountryTable.load()
        return [_lgl(node, table) for node in root.iter("article")]
    nearest = Nearest(gazetteer)
    return [_geovirus(node, gazetteer, nearest) for node in root.iter("article")]


def _lgl(node: ET.Element, table: CountryTable) -> Article:
    toponyms = []
    for found in node.iter("toponym"):
        tag = found.find("gaztag")
        if tag is None:
            continue
        country = table.by_name(tag.findtext("country") or "")
        toponyms.append(
            Toponym(
                int(found.findtext("start") or 0),
                int(found.findtext("end") or 0),
                found.findtext("phrase") or "",
                float(tag.findtext("lat") or 0),
                float(tag.findtext("lon") or 0),
                country.code if country else None,
                int(tag.get("geonameid") or 0),
                tag.findtext("fcode") or "",
            )
        )
    toponyms.sort(key=lambda toponym: toponym.start_char)
    return Article(node.findtext("text") or "", node.findtext("domain"), tuple(toponyms))


def _geovirus(node: ET.Element, gazetteer: Gazetteer, nearest: Nearest) -> Article:
    toponyms = []
    for found in node.iter("location"):
        latitude, longitude = float(found.findtext("lat") or 0), float(found.findtext("lon") or 0)
        start = int(found.findtext("start") or 0) - 1
        name = found.findtext("name") or ""
        is_wide = any(match.entry.kind in _NO_COUNTRY for match in gazetteer.lookup(name))
        code = None if is_wide else nearest.country_code(latitude, longitude)
        toponyms.append(Toponym(start, start + len(name), name, latitude, longitude, code, None, ""))
    toponyms.sort(key=lambda toponym: toponym.start_char)
    return Article(node.findtext("text") or "", None, tuple(toponyms))


class Nearest:
    """The country of the nearest settlement, for a corpus that gives points only."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
        for latitude, longitude, code in gazetteer.settlement_points():
            self._cells.setdefault(_cell(latitude, longitude), []).append((latitude, longitude, code))

    def country_code(self, latitude: float, longitude: float) -> str | None:
        """The country code, None more than a degree or so from any settlement."""
        row, column = _cell(latitude, longitude)
        around = [(row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)]
        points = [point for cell in around for point in self._cells.get(cell, ())]
        if not points:
            return None
        return min(points, key=lambda point: distance_km(latitude, longitude, point[0], point[1]))[2]


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _GRID), math.floor(longitude / _GRID)


@dataclass(slots=True)
class Tally:
    """Counts of what was right."""

    spans: int = 0
    near: int = 0
    same_id: int = 0
    with_id: int = 0
    country: int = 0
    with_country: int = 0
    answered: int = 0

    def add(self, toponym: Toponym, mention: PlaceMention | None) -> bool:
        """Count one span; True where its point is near enough."""
        place = mention.place if mention else None
        self.spans += 1
        self.with_id += toponym.geonames_id is not None
        self.with_country += toponym.country_code is not None
        if place is None:
            return False
        self.same_id += place.geonames_id is not None and place.geonames_id == toponym.geonames_id
        self.country += toponym.country_code is not None and place.country_code == toponym.country_code
        if place.latitude is None or place.longitude is None:
            return False
        self.answered += 1
        is_near = distance_km(place.latitude, place.longitude, toponym.latitude, toponym.longitude) <= NEAR_KM
        self.near += is_near
        return is_near

    def lines(self) -> Iterator[str]:
        """The measures, one a line."""
        yield f"spans {self.spans}, answered {self.answered / self.spans:.3f}"
        yield f"within 161 km {self.near / self.spans:.3f}"
        yield f"country {self.country / max(1, self.with_country):.3f} of {self.with_country}"
        if self.with_id:
            yield f"same GeoNames id {self.same_id / self.with_id:.3f} of {self.with_id}"


def evaluate(
    resolver: PlaceResolver, articles: Iterable[Article], errors: Counter[str]
) -> tuple[Tally, float]:
    """The tally over some articles and the seconds it took; `errors` collects names gone wrong."""
    tally, seconds = Tally(), 0.0
    for article in articles:
        spans = [(toponym.start_char, toponym.end_char) for toponym in article.toponyms]
        started = time.perf_counter()
        mentions = {
            mention.start_char: mention
            for mention in resolver.resolve_spans(article.text, spans, publisher=article.publisher)
        }
        seconds += time.perf_counter() - started
        for toponym in article.toponyms:
            mention = mentions.get(toponym.start_char)
            if not tally.add(toponym, mention):
                got = mention.place if mention else None
                answer = f"{got.country_code}/{got.adm1}/{got.adm2}" if got else "-"
                errors[f"{toponym.name} ({toponym.country_code} {toponym.feature}) got {answer}"] += 1
    return tally, seconds


def training_rows(resolver: PlaceResolver, article: Article) -> Iterator[tuple[NDArray[np.float64], int]]:
    """For each gold span with a right candidate among several: their features, and its index."""
    spans = [(toponym.start_char, toponym.end_char) for toponym in article.toponyms]
    traces = resolver.trace(article.text, spans, publisher=article.publisher)
    by_span = {trace.span: trace for trace in traces}
    for toponym in article.toponyms:
        trace = by_span[(toponym.start_char, toponym.end_char)]
        right = _right_index(toponym, [match.entry for match in trace.candidates])
        if right is not None and len(trace.rows) > 1:
            yield np.array(trace.rows), right


def _right_index(toponym: Toponym, entries: Sequence[Entry]) -> int | None:
    if toponym.geonames_id is not None:
        return next((at for at, entry in enumerate(entries) if entry.id == toponym.geonames_id), None)
    apart = [
        distance_km(entry.latitude, entry.longitude, toponym.latitude, toponym.longitude)
        if entry.latitude is not None and entry.longitude is not None
        else math.inf
        for entry in entries
    ]
    nearest = min(range(len(apart)), key=lambda at: apart[at], default=None)
    return nearest if nearest is not None and apart[nearest] <= NEAR_KM else None


def fit(gazetteer: Gazetteer, corpora: Sequence[Sequence[Article]], weights: Weights) -> Weights:
    """The weights that make the right candidates likeliest, held to `weights` by a ridge."""
    start = np.array(astuple(weights))
    current = start.copy()
    for _ in range(_FIT_PASSES):
        resolver = PlaceResolver(gazetteer, weights=Weights(*current.tolist()))
        samples = [
            sample
            for corpus in corpora
            for article in corpus[::2]
            for sample in training_rows(resolver, article)
        ]
        for _ in range(_FIT_STEPS):
            gradient = -_RIDGE * (current - start)
            for rows, right in samples:
                scores = rows @ current
                shares = np.exp(scores - scores.max())
                shares /= shares.sum()
                gradient += rows[right] - shares @ rows
            current = current + _FIT_RATE * gradient / len(samples)
    return Weights(*(round(value, 1) for value in current.tolist()))


def main() -> None:
    """Print the measures for each file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="print so many of the commonest errors")
    parser.add_argument("--half", choices=("odd", "even"), help="only the odd- or even-numbered articles")
    parser.add_argument("--gazetteer", type=Path, help="another gazetteer file than the default")
    parser.add_argument("--fit", action="store_true", help="print fitted weights instead")
    options = parser.parse_args()
    gazetteer = Gazetteer.open(options.gazetteer)
    if options.fit:
        corpora = [read_corpus(path, gazetteer) for path in options.files]
        for name, value in asdict(fit(gazetteer, corpora, FIRST)).items():
            print(f"    {name}={value},")
        return
    resolver = PlaceResolver(gazetteer)
    for path in options.files:
        articles = read_corpus(path, gazetteer)
        if options.half:
            articles = articles[options.half == "even" :: 2]
        errors: Counter[str] = Counter()
        tally, seconds = evaluate(resolver, articles, errors)
        print(f"{path.name}: {len(articles)} articles, {1000 * seconds / len(articles):.1f} ms each")
        for line in tally.lines():
            print(f"  {line}")
        for text, count in errors.most_common(options.errors):
            print(f"    {count} {text}")


if __name__ == "__main__":
    main()
