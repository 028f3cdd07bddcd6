"""Rates of two stretches of days: each estimator gives what was published, or what is worked out by hand."""

from __future__ import annotations

from math import exp, inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats
from statsmodels.discrete.diagnostic import PoissonDiagnostic
from statsmodels.discrete.discrete_model import NegativeBinomial, Poisson
from statsmodels.stats.diagnostic import acorr_ljungbox

from casus.analysis.plain import plain
from casus.analysis.rate_intervals import (
    bootstrap_interval,
    bound,
    exact_interval,
    negative_binomial_alpha,
    negative_binomial_interval,
    poisson_interval,
)
from casus.analysis.rate_tests import (
    Asked,
    autocorrelation,
    dispersion,
    overdispersion,
    overdispersion_regression,
    variance_ratio,
)
from casus.analysis.rate_words import p_words, ratio_words
from casus.analysis.rates import FEWEST_DAYS, Method, compare_days, to_reports
from casus.analysis.toll_rates import TollDays, compare_tolls
from casus.errors import NotAnswerable

Days = NDArray[np.int64]


def days(*counts: int) -> Days:
    return np.array(counts, dtype=np.int64)


def spread(count: int, length: int) -> Days:
    """So many events, at most one a day, on days drawn by chance."""
    made = np.zeros(length, dtype=np.int64)
    made[np.random.default_rng(9).choice(length, count, replace=False)] = 1
    return made


def drawn(seed: int, a_day: float, length: int) -> Days:
    return np.random.default_rng(seed).poisson(a_day, length)


def both_sides() -> tuple[Days, Days]:
    return drawn(1, 2.0, 180), drawn(2, 3.0, 120)


# Intervals


def test_the_exact_interval_is_that_of_the_manual_of_r() -> None:
    # The example of `poisson.test` in R's stats package: 11 against 6+8+7 cases of breast cancer in
    # 800 and 1083+1050+878 person-years; R gives the ratio 1.971488, from 0.8584264 to 4.2772659.
    found = exact_interval((21, 11), (3011.0, 800.0), 0.95, is_mid_p=False)
    assert found.low == pytest.approx(0.8584264, abs=5e-8)
    assert found.high == pytest.approx(4.2772659, abs=5e-8)


def test_the_exact_interval_is_that_of_beta_quantiles() -> None:
    # Clopper and Pearson's ends are quantiles of beta distributions.
    found = exact_interval((4, 9), (30.0, 60.0), 0.9, is_mid_p=False)
    low, high = stats.beta.ppf(0.05, 9, 5), stats.beta.ppf(0.95, 10, 4)
    assert found.low == pytest.approx(low / (1 - low) / 2)
    assert found.high == pytest.approx(high / (1 - high) / 2)


def test_the_tails_of_the_mid_p_interval_have_half_of_what_was_seen() -> None:
    found = exact_interval((4, 9), (1.0, 1.0), 0.95)
    assert found.low is not None
    assert found.high is not None
    low, high = (ratio / (1 + ratio) for ratio in (found.low, found.high))
    more = stats.binom.sf(9, 13, low)  # 10 or more of 13
    fewer = stats.binom.cdf(8, 13, high)  # 8 or fewer
    assert more + stats.binom.pmf(9, 13, low) / 2 == pytest.approx(0.025)
    assert fewer + stats.binom.pmf(9, 13, high) / 2 == pytest.approx(0.025)


def test_none_on_a_side_gives_a_bound_worked_out_by_hand() -> None:
    # Of 5 events none fell after: a chance of 1 - 0.05^(1/5) = 0.4507 is the most that 95 percent allow.
    chance = 1 - 0.05 ** (1 / 5)
    assert bound((5, 0), (30.0, 30.0), 0.95).high == pytest.approx(chance / (1 - chance))
    assert bound((0, 5), (30.0, 30.0), 0.95).low == pytest.approx((1 - chance) / chance)
    assert bound((5, 0), (30.0, 60.0), 0.95).high == pytest.approx(chance / (1 - chance) / 2)
    # Five in bursts that vary five times as much tell as much as one does.
    assert bound((5, 0), (30.0, 30.0), 0.95, effect=5.0).high == pytest.approx(19)


def test_the_poisson_interval_is_the_closed_form_of_wald() -> None:
    before, after = both_sides()
    found = poisson_interval((before, after), (180.0, 120.0), 0.95)
    ratio = (after.sum() / 120) / (before.sum() / 180)
    reach = 1.959963985 * sqrt(1 / before.sum() + 1 / after.sum())
    assert found.low == pytest.approx(exp(log(ratio) - reach))
    assert found.high == pytest.approx(exp(log(ratio) + reach))


def test_the_negative_binomial_interval_is_worked_out_by_hand() -> None:
    # Two days of 0, two of 4 on a side: the mean is 2, the squares are 16, and of both sides
    # 32 / (2 + 4 alpha) = 6 degrees of freedom, so alpha is 5/6.  The variance of the log of a mean
    # is (1/2 + 5/6) / 4 = 1/3, that of the ratio 2/3; Student's quantile is that of 6 degrees.
    side = days(0, 4, 0, 4)
    assert negative_binomial_alpha((side, side)) == pytest.approx(5 / 6)
    found = negative_binomial_interval((side, side), (4.0, 4.0), 0.95)
    assert found.alpha == pytest.approx(5 / 6)
    assert found.high == pytest.approx(exp(2.446911851 * sqrt(2 / 3)))
    assert found.low == pytest.approx(exp(-2.446911851 * sqrt(2 / 3)))


def test_alpha_is_near_that_of_the_likelihood() -> None:
    generator = np.random.default_rng(3)
    sides = (generator.negative_binomial(2, 0.4, 400), generator.negative_binomial(2, 0.5, 400))
    after = np.repeat([0.0, 1.0], 400)
    model = NegativeBinomial(np.concatenate(sides), np.column_stack([np.ones(800), after]))
    assert negative_binomial_alpha(sides) == pytest.approx(model.fit(disp=0).params[-1], rel=0.15)


def test_counts_that_do_not_vary_more_have_no_alpha() -> None:
    assert negative_binomial_alpha((days(1, 1, 1, 1), days(2, 2, 2, 2))) < 1e-6


def test_the_bootstrap_of_apart_days_is_as_wide_as_the_poisson() -> None:
    before, after = drawn(5, 4.0, 3000), drawn(6, 6.0, 3000)
    sides, exposures = (before, after), (3000.0, 3000.0)
    resampled = bootstrap_interval(sides, exposures, 0.95, seed=4)
    model = poisson_interval(sides, exposures, 0.95)
    assert resampled.block_days == (500, 500)
    widths = [log(one.high / one.low) for one in (resampled, model) if one.high and one.low]
    assert len(widths) == 2
    # Student's quantile of six blocks a side is 2.2, not 1.96; and blocks vary by chance.
    assert 0.5 < widths[0] / widths[1] < 2.2


def test_the_bootstrap_does_not_believe_days_that_repeat_each_other() -> None:
    before, after = drawn(7, 2.0, 60), drawn(8, 3.0, 60)
    slow = (np.repeat(before, 3), np.repeat(after, 3))
    resampled = bootstrap_interval(slow, (180.0, 180.0), 0.95)
    model = poisson_interval(slow, (180.0, 180.0), 0.95)
    assert resampled.low is not None
    assert model.low is not None
    assert resampled.high is not None
    assert model.high is not None
    assert log(resampled.high / resampled.low) > 1.3 * log(model.high / model.low)


def test_the_bootstrap_gives_no_bound_where_most_draws_have_none() -> None:
    alone = np.zeros(60, dtype=np.int64)
    alone[10] = 40
    found = bootstrap_interval((alone, drawn(1, 1.0, 60)), (60.0, 60.0), 0.95)
    assert (found.low, found.high) == (None, None)


# Tests


def test_dispersion_is_chi_squared_over_its_degrees() -> None:
    # Means 2 and 3: (4 + 4 + 4 + 4) / 2 + (1 + 1 + 1 + 1) / 3 = 28/3, over 6 degrees of freedom.
    test = dispersion((days(0, 4, 0, 4), days(2, 4, 2, 4)))
    assert test.statistic == pytest.approx(28 / 3 / 6)
    assert test.degrees == 6


def test_tests_of_overdispersion_are_those_of_statsmodels() -> None:
    sides = both_sides()
    counts = np.concatenate(sides)
    after = np.repeat([0.0, 1.0], [180, 120])
    fitted = Poisson(counts, np.column_stack([np.ones(300), after])).fit(disp=0)
    known = PoissonDiagnostic(fitted).test_dispersion().summary_frame().set_index("method")["statistic"]
    means = [float(side.mean()) for side in sides]
    # statsmodels has Dean's P_B without what the fit takes: the sum of the days' own shares.
    share = sum(means) / sqrt(2 * (180 * means[0] ** 2 + 120 * means[1] ** 2))
    assert overdispersion(sides).statistic == pytest.approx(known["Dean B"] + share)
    assert overdispersion_regression(sides).statistic == pytest.approx(known["CT nb2"])


def test_the_p_value_of_few_events_is_how_often_chance_is_as_uneven() -> None:
    # Two events in 10 days on a side: both fall on one day in 1 of 10 cases.
    together = np.zeros(10, dtype=np.int64)
    together[3] = 2
    test = overdispersion((together, np.zeros(10, dtype=np.int64)))
    assert test.p == pytest.approx(0.1, abs=0.03)


def test_autocorrelation_is_ljung_and_box_of_both_sides() -> None:
    sides = (drawn(11, 5.0, 250), drawn(12, 5.0, 150))
    test = autocorrelation(sides)
    known = [float(acorr_ljungbox(side - side.mean(), lags=[10])["lb_stat"].iloc[0]) for side in sides]
    assert test.statistic == pytest.approx(sum(known))
    assert test.degrees == 20
    assert test.p == pytest.approx(stats.chi2.sf(sum(known), 20))


def test_the_variance_ratio_is_worked_out_by_hand() -> None:
    # 1, 3, 1, 3 ... over 14 days: each lag k has the autocorrelation (-1)^k (14 - k) / 14.
    wave = days(*[1, 3] * 7)
    autocorrelations = [(-1) ** lag * (14 - lag) / 14 for lag in range(1, 7)]
    expected = 1 + 2 * sum((1 - lag / 7) * (one + 1 / 14) for lag, one in enumerate(autocorrelations, 1))
    assert variance_ratio((wave, wave)).statistic == pytest.approx(expected)


def test_bursts_are_found_and_chance_is_not() -> None:
    bursts = np.repeat(drawn(13, 1.0, 30), 4)
    assert variance_ratio((bursts, bursts)).is_found
    assert autocorrelation((bursts, bursts)).is_found
    assert not variance_ratio((drawn(20, 1.0, 120), drawn(21, 1.0, 120))).is_found


@pytest.mark.parametrize("test", [autocorrelation, variance_ratio, overdispersion, overdispersion_regression])
def test_a_side_of_nothing_is_no_error(test: object) -> None:
    assert callable(test)
    assert test((np.zeros(30, dtype=np.int64), spread(5, 30))).p > 0.1


# The comparison


def found_by(method: Method) -> tuple[Days, Days]:
    generator = np.random.default_rng(21)
    return {
        Method.POISSON: (drawn(20, 1.0, 120), drawn(21, 2.0, 120)),
        Method.EXACT: (spread(4, 90), spread(9, 90)),
        Method.NEGATIVE_BINOMIAL: (
            generator.negative_binomial(1, 0.3, 200),
            generator.negative_binomial(1, 0.2, 200),
        ),
        Method.BLOCK_BOOTSTRAP: (np.repeat(drawn(13, 1.0, 30), 4), np.repeat(drawn(14, 2.0, 30), 4)),
        Method.BOUND: (spread(5, 90), spread(0, 90)),
    }[method]


@pytest.mark.parametrize("method", list(Method))
def test_the_method_is_chosen_by_the_tests_and_says_so(method: Method) -> None:
    before, after = found_by(method)
    found = compare_days(before, after)
    assert found.method is method
    assert found.reasons
    assert [test.asked for test in found.tests] == list(Asked)
    row = found.frame().iloc[0]
    assert row["method"] == method
    assert row["before_count"] == before.sum()
    assert plain(found)["tests"][1]["asked"] == "overdispersion"


@pytest.mark.parametrize("method", [one for one in Method if one is not Method.BOUND])
def test_swapping_the_sides_turns_the_ratio_over(method: Method) -> None:
    before, after = found_by(method)
    there, back = compare_days(before, after), compare_days(after, before)
    assert there.ratio == pytest.approx(1 / back.ratio)  # type: ignore[operator]
    tolerance = 0.15 if method is Method.BLOCK_BOOTSTRAP else 1e-6  # other draws
    assert log(there.low) == pytest.approx(-log(back.high), abs=tolerance)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 5), min_size=FEWEST_DAYS, max_size=40),
    st.lists(st.integers(0, 5), min_size=FEWEST_DAYS, max_size=40),
)
def test_an_interval_holds_its_ratio_and_nothing_is_infinite(left: list[int], right: list[int]) -> None:
    before, after = days(*left), days(*right)
    if not before.any() and not after.any():
        with pytest.raises(NotAnswerable, match="on either side"):
            compare_days(before, after)
        return
    found = compare_days(before, after)
    assert (found.ratio is None) == (not before.any())
    for end in (found.ratio, found.low, found.high):
        assert end is None or 0 <= end < inf
    if found.ratio and found.low is not None and found.high is not None:
        assert found.low <= found.ratio <= found.high
    assert ratio_words(found)


def test_nothing_on_one_side_is_bounded_in_words() -> None:
    fell = compare_days(spread(5, 90), spread(0, 90))
    assert (fell.ratio, fell.percent, fell.low) == (0, -100, None)
    assert "at most 0.82 times" in fell.reasons[0]
    assert ratio_words(fell) == "none any more; at most 0.82 times as many a day"
    rose = compare_days(spread(0, 90), spread(5, 90))
    assert (rose.ratio, rose.percent, rose.high) == (None, None, None)
    assert "at least 1.2 times" in rose.reasons[0]
    assert rose.is_clear
    assert ratio_words(rose).startswith("none before")


def test_a_bound_counts_a_burst_as_less() -> None:
    burst = np.zeros(90, dtype=np.int64)
    burst[10:14] = 4
    found = compare_days(burst, spread(0, 90))
    assert found.method is Method.BOUND
    assert "come in bursts" in found.reasons[1]
    assert found.high is not None
    assert found.high > 0.3  # sixteen that come by themselves would give 0.21


def test_few_events_are_warned_of() -> None:
    assert "few events: 4 before and 9 after" in compare_days(spread(4, 90), spread(9, 90)).warnings
    assert any("fewer than 30 days" in one for one in compare_days(spread(4, 20), spread(9, 20)).warnings)


def test_too_few_days_are_refused() -> None:
    with pytest.raises(NotAnswerable, match="6 days before are too few"):
        compare_days(drawn(1, 3.0, 6), drawn(1, 3.0, 60))


def test_events_to_a_report_are_the_ratio_over_that_of_reports() -> None:
    before, after = both_sides()
    events = compare_days(before, after)
    reports = compare_days(drawn(3, 3.0, 180), drawn(4, 5.0, 120), what="reports")
    assert {events.method, reports.method} == {Method.POISSON}
    found = to_reports(events, reports)
    counts = (before.sum(), after.sum(), reports.before.count, reports.after.count)
    ratio = (counts[1] / counts[3]) / (counts[0] / counts[2])
    # Of two Wald intervals that is Wald's of the quotient: the variances add up.
    reach = 1.959963985 * sqrt(sum(1 / count for count in counts))
    assert found.ratio == pytest.approx(ratio)
    assert found.low == pytest.approx(exp(log(ratio) - reach))
    assert found.high == pytest.approx(exp(log(ratio) + reach))
    assert found.before.a_report == counts[0] / counts[2]
    assert "to a report" in ratio_words(found)


def test_events_of_one_side_to_a_report_have_a_bound() -> None:
    events = compare_days(spread(5, 90), spread(0, 90))
    reports = compare_days(drawn(3, 3.0, 90), drawn(4, 5.0, 90), what="reports")
    found = to_reports(events, reports)
    assert (found.ratio, found.low) == (0, None)
    assert found.high == events.high / reports.low  # type: ignore[operator]
    with pytest.raises(NotAnswerable, match="no report was published after"):
        to_reports(events, compare_days(drawn(3, 3.0, 90), spread(0, 90)))


def test_the_same_days_give_the_same_answer() -> None:
    before, after = found_by(Method.BLOCK_BOOTSTRAP)
    assert compare_days(before, after) == compare_days(before, after)


# Deaths


def tolls(best: Days) -> TollDays:
    return TollDays(best // 2, best, best * 3)


def test_deaths_are_compared_by_all_figures() -> None:
    before, after = drawn(31, 3.0, 90), drawn(32, 6.0, 60)
    found = compare_tolls(tolls(before), tolls(after))
    assert found.best.method is Method.BLOCK_BOOTSTRAP
    assert found.best.ratio == pytest.approx((after.sum() / 60) / (before.sum() / 90))
    assert found.low is not None
    lows = [one.low for one in (found.low, found.best, found.high) if one.low is not None]
    assert found.envelope_low == min(lows)
    assert found.extreme_low == pytest.approx(((after // 2).sum() / 60) / (3 * before.sum() / 90))
    assert found.extreme_high == pytest.approx((3 * after.sum() / 60) / ((before // 2).sum() / 90))
    assert list(found.frame()["figure"]) == ["low", "best", "high"]


def test_deaths_of_one_side_only_have_no_bound() -> None:
    found = compare_tolls(tolls(spread(9, 60)), tolls(spread(0, 60)))
    assert found.best.ratio == 0
    assert (found.best.low, found.best.high, found.envelope_high) == (None, None, None)
    assert found.low is None
    assert "how many die in an event" in found.best.reasons[0]


def test_a_day_with_most_of_the_deaths_is_warned_of() -> None:
    before = drawn(33, 2.0, 60)
    worst = before.copy()
    worst[7] = 400
    found = compare_tolls(tolls(worst), tolls(before)).best
    assert any(one.startswith("one day has") and "before" in one for one in found.warnings)
    few = compare_tolls(tolls(2 * spread(4, 60)), tolls(before)).best
    assert any("only 4 days before" in one for one in few.warnings)


def test_nobody_known_to_have_died_is_no_rate() -> None:
    with pytest.raises(NotAnswerable, match="no deaths on either side"):
        compare_tolls(tolls(spread(0, 60)), tolls(spread(0, 60)))


@pytest.mark.parametrize(("p", "words"), [(0.0004, "p < 0.001"), (0.0042, "p = 0.004"), (0.317, "p = 0.32")])
def test_p_values_are_told_as_people_read_them(p: float, words: str) -> None:
    assert p_words(p) == words


def test_a_change_is_told_with_its_interval() -> None:
    rose = compare_days(drawn(20, 1.0, 120), drawn(21, 2.0, 120))
    words = ratio_words(rose)
    assert rose.percent is not None
    assert f"up {round(rose.percent)} percent" in words
    assert "95% interval" in words
