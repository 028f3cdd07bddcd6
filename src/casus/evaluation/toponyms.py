"""How well place names are found and resolved, over corpora of marked names.

The measures are those of the field (Gritta et al. 2019, "A pragmatic guide to geoparsing
evaluation").  Resolution is measured over the marked names that have a point, so that
finding them is not measured again; a name without an answer counts as wrong everywhere, and
in distances as `FARTHEST_KM` away.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casus.evaluation.tally import Score, Tally
from casus.evaluation.toponym_corpora import GoldArticle, GoldToponym
from casus.evaluation.toponym_truth import Truth, TruthReader
from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import EntryKind, Gazetteer
from casus.resolving.place_names import fold_key
from casus.resolving.places import PlaceKind, PlaceMention, PlaceResolver
from casus.resolving.places.geodesy import distance_km
from casus.resolving.places.vocabulary import place_nouns

NEAR_KM = 161.0  # 100 miles, the field's limit
FARTHEST_KM = 20_039.0  # half the equator, as Gritta et al. take it
EXACT, OVERLAPPING, END_TO_END = "exact span", "overlapping span", "found and near"
_DEMONYM_SHARE = 0.01
_DECILES = 10
_NOUN_BEHIND = re.compile(r"\s([A-Z]\w+)\b")
_BODIES = frozenset({"department", "agency", "division"})
_LONGEST_ABBREVIATION = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One marked name, the answer to it, and what was right of it.

    `is_same_id`, `is_country_right` and `is_adm1_right` are None where the corpus does not tell;
    `error_km` is None without an answer.
    """

    toponym: GoldToponym
    truth: Truth
    mention: PlaceMention | None
    error_km: float | None
    is_same_id: bool | None
    is_country_right: bool | None
    is_adm1_right: bool | None

    @property
    def is_near(self) -> bool:
        """Whether the answer lies within `NEAR_KM`."""
        return self.error_km is not None and self.error_km <= NEAR_KM

    @property
    def score(self) -> float:
        """The answer's own score; 0 without one."""
        return (self.mention.place.score or 0.0) if self.mention is not None else 0.0


@dataclass(frozen=True, slots=True)
class Resolution:
    """The measures over the marked names with a point; shares are None where nothing could be counted.

    `mean_km`, `median_km` and `auc` count a name without an answer as `FARTHEST_KM` off,
    those named `answered_` leave it out.  `auc` is the area under the curve of log errors.
    """

    spans: int
    unanswered: int
    same_id: float | None
    country: float | None
    adm1: float | None
    near: float | None
    mean_km: float | None
    median_km: float | None
    auc: float | None
    answered_mean_km: float | None
    answered_median_km: float | None


@dataclass(frozen=True, slots=True)
class Decile:
    """The answers whose score lies from `low` to `high`: how many, their mean score, the share near."""

    low: float
    high: float
    answers: int
    mean_score: float
    near: float


@dataclass(slots=True)
class ToponymScores:
    """The running figures of one corpus."""

    articles: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    recognition: Tally = field(default_factory=Tally)

    def resolution(self) -> Resolution:
        """The measures over what was added so far."""
        verdicts = self.verdicts
        answered = sorted(verdict.error_km for verdict in verdicts if verdict.error_km is not None)
        unanswered = len(verdicts) - len(answered)
        errors = [*answered, *[FARTHEST_KM] * unanswered]
        return Resolution(
            len(verdicts),
            unanswered,
            _share(verdict.is_same_id for verdict in verdicts),
            _share(verdict.is_country_right for verdict in verdicts),
            _share(verdict.is_adm1_right for verdict in verdicts),
            _share(verdict.is_near for verdict in verdicts),
            _mean(errors),
            _median(errors),
            error_curve_area(errors),
            _mean(answered),
            _median(answered),
        )

    def found(self, measure: str) -> Score:
        """Precision and recall of finding names: `EXACT`, `OVERLAPPING` or `END_TO_END`."""
        return self.recognition.score(measure)

    def calibration(self) -> tuple[Decile, ...]:
        """The answers in ten bands of their score, lowest first; empty bands are left out."""
        answers = [verdict for verdict in self.verdicts if verdict.error_km is not None]
        bands: list[list[Verdict]] = [[] for _ in range(_DECILES)]
        for verdict in answers:
            bands[min(_DECILES - 1, int(verdict.score * _DECILES))].append(verdict)
        return tuple(
            Decile(
                at / _DECILES,
                (at + 1) / _DECILES,
                len(band),
                sum(verdict.score for verdict in band) / len(band),
                sum(verdict.is_near for verdict in band) / len(band),
            )
            for at, band in enumerate(bands)
            if band
        )


def error_curve_area(errors_km: Sequence[float]) -> float | None:
    """The area under the curve of log errors, 0 (all exact) to 1 (all as far as can be).

    The errors are sorted, each is taken as ln(1 + km) / ln(1 + 20,039), and the area is the
    trapezoids' over equal steps (Gritta et al. 2018, "What's missing in geographical
    parsing?", section 4.1; Jurgens et al. 2015).  None for no errors.
    """
    if not errors_km:
        return None
    heights = [math.log1p(error) / math.log1p(FARTHEST_KM) for error in sorted(errors_km)]
    if len(heights) == 1:
        return heights[0]
    return (sum(heights) - (heights[0] + heights[-1]) / 2) / (len(heights) - 1)


class ToponymJudge:
    """Compares answers with marks; one serves any number of corpora."""

    def __init__(self, gazetteer: Gazetteer, resolver: PlaceResolver | None = None) -> None:
        self._gazetteer = gazetteer
        self._resolver = resolver or PlaceResolver(gazetteer)
        self._truths = TruthReader(gazetteer)

    def add_resolution(self, scores: ToponymScores, article: GoldArticle) -> tuple[Verdict, ...]:
        """Resolve the marked names of an article that have a point, and count them."""
        verdicts = tuple(self._verdicts(article))
        scores.articles += 1
        scores.verdicts += verdicts
        return verdicts

    def _verdicts(self, article: GoldArticle) -> Iterator[Verdict]:
        spans = [(toponym.start_char, toponym.end_char) for toponym in article.toponyms]
        mentions = {
            mention.start_char: mention
            for mention in self._resolver.resolve_spans(article.text, spans, publisher=article.publisher)
        }
        for toponym in article.toponyms:
            if toponym.point is not None:
                yield self._verdict(toponym, toponym.point, mentions.get(toponym.start_char))

    def _verdict(
        self, toponym: GoldToponym, point: tuple[float, float], mention: PlaceMention | None
    ) -> Verdict:
        truth = self._truths.of(toponym, point)
        place = mention.place if mention is not None else None
        same_id = None if toponym.geonames_id is None else False
        country = None if truth.country_code is None else False
        adm1 = None if truth.adm1_name is None else False
        if place is None:
            return Verdict(toponym, truth, None, None, same_id, country, adm1)
        entry = self._gazetteer.entry(place.geonames_id)
        adm1_id = entry.adm1_id if entry is not None else None
        is_same_unit = adm1_id in truth.adm1_ids
        return Verdict(
            toponym,
            truth,
            mention,
            _error_km(mention, point),
            None if same_id is None else place.geonames_id == toponym.geonames_id,
            None if country is None else place.country_code == truth.country_code,
            None if adm1 is None else is_same_unit or _same_name(place.adm1, truth.adm1_name),
        )

    def add_recognition(
        self, scores: ToponymScores, article: GoldArticle, found: Iterable[PlaceMention], *, demonyms: bool
    ) -> None:
        """Count what was found in an article's text; `demonyms` says whether the corpus marks them."""
        spans = [
            (marked_span(article.text, mention, self._own_name(mention)), mention)
            for mention in found
            if demonyms or mention.kind is not PlaceKind.DEMONYM
        ]
        gold = article.toponyms
        exact = {(toponym.start_char, toponym.end_char) for toponym in gold}
        pairs = _overlapping(gold, spans)
        near = sum(
            1
            for toponym, mention in pairs
            if toponym.point is not None and _is_near(_error_km(mention, toponym.point))
        )
        resolvable = sum(toponym.point is not None for toponym in gold)
        tally = scores.recognition
        tally.add(EXACT, sum(span in exact for span, _ in spans), len(gold), len(spans))
        tally.add(OVERLAPPING, len(pairs), len(gold), len(spans))
        tally.add(END_TO_END, near, resolvable, len(spans))

    def _own_name(self, mention: PlaceMention) -> str | None:
        entry = self._gazetteer.entry(mention.place.geonames_id)
        return entry.name if entry is not None and entry.kind is EntryKind.ADM1 else None


def marks_demonyms(articles: Sequence[GoldArticle]) -> bool:
    """Whether a corpus marks "Afghan" and the like: more than one mark in a hundred is one."""
    table = CountryTable.load()
    names = [toponym.name for article in articles for toponym in article.toponyms]
    return sum(table.by_demonym(name) is not None for name in names) > _DEMONYM_SHARE * len(names)


def marked_span(text: str, mention: PlaceMention, own_name: str | None) -> tuple[int, int]:
    """A mention as corpora mark it: with a noun in capitals behind it, with the stop of an abbreviation.

    `own_name` is the gazetteer's for the place: "Henry County", "Fla." (for Florida).
    """
    start, end = mention.start_char, mention.end_char
    noun = _NOUN_BEHIND.match(text, end)
    if noun is not None and end < mention.phrase_end and _is_part_of_name(noun[1]):
        return start, noun.end()
    is_short = own_name is not None and end - start <= _LONGEST_ABBREVIATION and text[end : end + 1] == "."
    return start, end + (is_short and fold_key(text[start:end]) != fold_key(own_name or ""))


def _is_part_of_name(word: str) -> bool:
    noun = place_nouns().get(word.lower())
    return noun is not None and noun.role in ("unit", "settlement") and noun.word not in _BODIES


def _overlapping(
    gold: Sequence[GoldToponym], spans: Sequence[tuple[tuple[int, int], PlaceMention]]
) -> list[tuple[GoldToponym, PlaceMention]]:
    """Marks and mentions that share characters, each at most once, in order."""
    pairs = []
    position = 0
    for (start, end), mention in sorted(spans, key=lambda item: item[0]):
        while position < len(gold) and gold[position].end_char <= start:
            position += 1
        if position < len(gold) and gold[position].start_char < end:
            pairs.append((gold[position], mention))
            position += 1
    return pairs


def _error_km(mention: PlaceMention | None, point: tuple[float, float]) -> float | None:
    """The distance of the named place itself, not of a point told from it, to the right one."""
    if mention is None or mention.anchor_point is None:
        return None
    return distance_km(*mention.anchor_point, *point)


def _is_near(error_km: float | None) -> bool:
    return error_km is not None and error_km <= NEAR_KM


def _same_name(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and fold_key(one) == fold_key(other)


def _share(flags: Iterable[bool | None]) -> float | None:
    known = [flag for flag in flags if flag is not None]
    return sum(known) / len(known) if known else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _median(values: Sequence[float]) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
