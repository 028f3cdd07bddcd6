"""How well place names are found and resolved is measured as the field does."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from casus.evaluation.toponym_corpora import GoldArticle, GoldToponym
from casus.evaluation.toponym_tables import calibration_lines, error_lines, verdict_lines
from casus.evaluation.toponyms import (
    END_TO_END,
    EXACT,
    FARTHEST_KM,
    OVERLAPPING,
    ToponymJudge,
    ToponymScores,
    error_curve_area,
    marked_span,
    marks_demonyms,
)
from casus.resolving.gazetteer import Gazetteer
from casus.resolving.gazetteer_build import ensure_gazetteer
from casus.resolving.places import PlaceResolver

TEXT = "Two men died in Nakuru, Kenya. Later, Kenyan police left for Xarqundo."


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with ensure_gazetteer() as opened:
        yield opened


@pytest.fixture
def judge(gazetteer: Gazetteer) -> ToponymJudge:
    return ToponymJudge(gazetteer)


def mark(name: str, latitude: float | None, longitude: float | None, **more: object) -> GoldToponym:
    start = TEXT.index(name)
    return GoldToponym(start, start + len(name), name, latitude, longitude, **more)  # type: ignore[arg-type]


NAKURU = mark("Nakuru", -0.30719, 36.07225, geonames_id=184622, country_name="Kenya")
KENYA = mark("Kenya", 1.0, 38.0, geonames_id=192950, country_name="Kenya")


def scores_of(judge: ToponymJudge, *toponyms: GoldToponym) -> ToponymScores:
    scores = ToponymScores()
    judge.add_resolution(scores, GoldArticle(TEXT, None, toponyms))
    return scores


def test_right_answers_are_right_in_every_measure(judge: ToponymJudge) -> None:
    found = scores_of(judge, NAKURU, KENYA).resolution()
    assert (found.spans, found.unanswered) == (2, 0)
    assert (found.near, found.country, found.same_id, found.adm1) == (1.0, 1.0, 1.0, 1.0)
    assert found.mean_km is not None
    assert found.mean_km < 1
    assert found.auc is not None
    assert found.auc < 0.1


def test_a_far_answer_is_wrong_by_its_distance(judge: ToponymJudge) -> None:
    elsewhere = mark("Nakuru", 50.0, 36.0, geonames_id=1, country_name="Ukraine")
    found = scores_of(judge, elsewhere, KENYA).resolution()
    assert (found.near, found.country, found.same_id) == (0.5, 0.5, 0.5)
    assert found.mean_km == pytest.approx(5594 / 2, rel=0.01)


def test_a_name_without_an_answer_is_as_far_as_can_be(judge: ToponymJudge) -> None:
    scores = ToponymScores()
    text = "Nobody knows where Xarqundo is."
    judge.add_resolution(scores, GoldArticle(text, None, (GoldToponym(19, 27, "Xarqundo", 1.0, 1.0),)))
    found = scores.resolution()
    assert (found.unanswered, found.near, found.mean_km) == (1, 0.0, FARTHEST_KM)
    assert (found.answered_mean_km, found.answered_median_km) == (None, None)
    assert "no answer" in next(verdict_lines(scores))


def test_names_without_a_point_are_not_resolved(judge: ToponymJudge) -> None:
    assert scores_of(judge, NAKURU, mark("Xarqundo", None, None)).resolution().spans == 1


def test_the_name_itself_is_judged_and_not_what_is_told_from_it(judge: ToponymJudge) -> None:
    text = "A bomb exploded 40 km south of Kirkuk, in Iraq."
    scores = ToponymScores()
    judge.add_resolution(
        scores, GoldArticle(text, None, (GoldToponym(31, 37, "Kirkuk", 35.46806, 44.39222),))
    )
    assert scores.resolution().mean_km == pytest.approx(0, abs=1)


def test_without_ids_the_country_is_that_of_the_nearest_town(judge: ToponymJudge) -> None:
    by_point = GoldToponym(NAKURU.start_char, NAKURU.end_char, "Nakuru", -0.3, 36.07)
    found = scores_of(judge, by_point).resolution()
    assert (found.country, found.same_id, found.adm1) == (1.0, None, None)


@pytest.mark.parametrize(
    ("errors", "area"),
    [
        ([], None),
        ([0.0, 0.0], 0.0),
        ([FARTHEST_KM, FARTHEST_KM], 1.0),
        ([0.0, FARTHEST_KM], 0.5),
        # trapezoids over equal steps, whatever the order
        ([99.0, 0.0, 9.0], (math.log(10) + math.log(100) / 2) / 2 / math.log(20_040)),
        ([9.0], math.log(10) / math.log(20_040)),
    ],
)
def test_the_area_under_the_curve_of_log_errors(errors: list[float], area: float | None) -> None:
    assert error_curve_area(errors) == (None if area is None else pytest.approx(area))


def test_finding_counts_exact_and_overlapping_spans(judge: ToponymJudge, gazetteer: Gazetteer) -> None:
    whole = GoldToponym(TEXT.index("Nakuru, Kenya"), TEXT.index("Nakuru, Kenya") + 13, "Nakuru, Kenya")
    article = GoldArticle(TEXT, None, (whole, mark("Xarqundo", None, None)))
    scores = ToponymScores()
    judge.add_recognition(scores, article, PlaceResolver(gazetteer).resolve(TEXT), demonyms=False)
    # Nakuru and Kenya are found; neither is the marked whole, and only one can be paired with it.
    assert (scores.found(EXACT).precision, scores.found(EXACT).recall) == (0.0, 0.0)
    assert (scores.found(OVERLAPPING).precision, scores.found(OVERLAPPING).recall) == (0.5, 0.5)


def test_demonyms_count_where_a_corpus_marks_them(judge: ToponymJudge, gazetteer: Gazetteer) -> None:
    kenyan = mark("Kenyan", 1.0, 38.0)
    with_it, without = GoldArticle(TEXT, None, (NAKURU, KENYA, kenyan)), GoldArticle(TEXT, None, (NAKURU,))
    assert marks_demonyms([with_it])
    assert not marks_demonyms([without])
    mentions = PlaceResolver(gazetteer).resolve(TEXT)
    for demonyms, precision in ((True, 1.0), (False, 1.0)):
        scores = ToponymScores()
        judge.add_recognition(scores, with_it, mentions, demonyms=demonyms)
        assert scores.found(EXACT).precision == precision
        assert scores.found(EXACT).recall == pytest.approx(1.0 if demonyms else 2 / 3)


def test_what_is_found_and_near_is_measured_end_to_end(judge: ToponymJudge, gazetteer: Gazetteer) -> None:
    far = mark("Kenya", 60.0, 38.0)
    scores = ToponymScores()
    article = GoldArticle(TEXT, None, (NAKURU, far, mark("Xarqundo", None, None)))
    judge.add_recognition(scores, article, PlaceResolver(gazetteer).resolve(TEXT), demonyms=False)
    end_to_end = scores.found(END_TO_END)
    assert (end_to_end.gold_count, end_to_end.recall, end_to_end.precision) == (2, 0.5, 0.5)


@pytest.mark.parametrize(
    ("text", "name", "marked"),
    [
        ("Fire broke out in Harris County, Texas.", "Harris", "Harris County"),
        ("Fire broke out in Ocala, Fla., on Sunday.", "Fla", "Fla."),
        ("Fire broke out in Dayton, Ohio.", "Ohio", "Ohio"),
        ("The Kansas Department of Health is in Topeka, Kansas.", "Topeka", "Topeka"),
    ],
)
def test_spans_are_those_that_corpora_mark(gazetteer: Gazetteer, text: str, name: str, marked: str) -> None:
    mention = next(m for m in PlaceResolver(gazetteer).resolve(text) if m.place.name == name)
    entry = gazetteer.entry(mention.place.geonames_id)
    start, end = marked_span(text, mention, entry.name if entry and name != "Topeka" else None)
    assert text[start:end] == marked


def test_scores_are_put_into_bands(judge: ToponymJudge) -> None:
    scores = scores_of(judge, NAKURU, KENYA)
    bands = scores.calibration()
    assert sum(band.answers for band in bands) == 2
    assert all(band.low <= band.mean_score <= band.high for band in bands)
    assert len(list(calibration_lines(scores))) == len(bands) + 1


def test_the_commonest_errors_come_first(judge: ToponymJudge) -> None:
    scores = scores_of(judge, mark("Nakuru", 50.0, 36.0), KENYA)
    (line,) = error_lines(scores, 5)
    assert line.split()[:2] == ["1", "Nakuru"]
