"""What a comparison says of a statistic: rules that need no casebook.

A change is *supported* where the interval holds the asserted size and leaves out that nothing
changed, *contradicted* where it leaves the asserted size out, and *within uncertainty* where it
holds both, so that the record can't tell.  A size told in round figures stands for what rounds to
it.  A count is a lower bound: the record holds what was reported.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from casus.analysis.checks.asking import Asserted
from casus.analysis.checks.records import Recorded, Share, Verdict
from casus.analysis.rates import RateComparison
from casus.model import Change

EQUAL = (0.8, 1.25)
"""A rate that changed by less than this is level: the bounds of bioequivalence, for want of a custom here."""
_AT_LEAST = ("more than", "over ", "at least", "upwards of", "no fewer than", "not less than")
_UP_TO = ("fewer than", "less than", "under ", "up to", "at most", "nearly", "almost")


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and the sentence for it."""

    verdict: Verdict
    why: str

    @property
    def both(self) -> tuple[Verdict, str]:
        """The verdict, and the sentence."""
        return self.verdict, self.why


def judge_change(asserted: Asserted, compared: RateComparison) -> Judged:
    """What a comparison of two stretches says of an asserted change."""
    low, high = compared.low or 0.0, math.inf if compared.high is None else compared.high
    shown = f"the record shows {change_words(compared)}"
    if asserted.change is Change.LEVEL:
        return _level(low, high, shown)
    goes_up = asserted.change is Change.UP
    is_so = low > 1 if goes_up else high < 1
    is_opposite = high < 1 if goes_up else low > 1
    way = "rise" if goes_up else "fall"
    if asserted.ratio is None:
        if is_so:
            return Judged(Verdict.SUPPORTED, f"{shown}: a {way}, of which no size is asserted")
        if is_opposite:
            return Judged(Verdict.CONTRADICTED, f"{shown}: the opposite of the asserted {way}")
        return Judged(Verdict.WITHIN_UNCERTAINTY, f"{shown}: it can't tell a {way} from no change")
    told_low, told_high = rounded(asserted)
    told = f"{asserted.percent:g} percent {'more' if goes_up else 'less'}"
    if told_low <= high and told_high >= low:
        if is_so:
            return Judged(Verdict.SUPPORTED, f"{shown}: {told} is within that interval, no change is not")
        return Judged(Verdict.WITHIN_UNCERTAINTY, f"{shown}: that interval holds both {told} and no change")
    if is_opposite:
        return Judged(Verdict.CONTRADICTED, f"{shown}: the opposite of the asserted {way}")
    if not is_so:
        return Judged(Verdict.CONTRADICTED, f"{shown}: no {way} of {told} is within that interval")
    less = told_low > high if goes_up else told_high < low
    size = "smaller" if less else "larger"
    return Judged(Verdict.CONTRADICTED, f"{shown}: a {way}, but a {size} one than {told}")


def _level(low: float, high: float, shown: str) -> Judged:
    least, most = EQUAL
    if low >= least and high <= most:
        return Judged(Verdict.SUPPORTED, f"{shown}: no change of more than a quarter either way")
    if low > 1 or high < 1:
        return Judged(Verdict.CONTRADICTED, f"{shown}: it changed")
    return Judged(Verdict.WITHIN_UNCERTAINTY, f"{shown}: it can't tell a change from none")


def judge_count(asserted: Asserted, recorded: Recorded, *, is_covered: bool) -> Judged:
    """What the record's figures say of an asserted count; without cover only that it is too small."""
    count = asserted.count or 0
    words = asserted.words.lower()
    spread = _rounding(count)
    low, high = recorded.low, recorded.high
    shown = f"the record holds {recorded.best:,}" + (f" ({low:,} to {high:,})" if low != high else "")
    if any(word in words for word in _AT_LEAST) and low >= count - spread:
        return Judged(Verdict.SUPPORTED, f"{shown}, and at least {count:,} is asserted")
    if count + spread < low:
        return Judged(Verdict.CONTRADICTED, f"{shown}, more than the asserted {count:,}")
    if not is_covered:
        return Judged(
            Verdict.NOT_CHECKABLE, f"{shown}, but its reports don't cover the whole period of {count:,}"
        )
    if count - spread <= high:
        return Judged(Verdict.SUPPORTED, f"{shown}: {count:,} is within that range")
    return Judged(
        Verdict.WITHIN_UNCERTAINTY,
        f"{shown}, fewer than the asserted {count:,}: a record of what was reported is a lower bound and "
        "can't contradict it",
    )


def judge_share(asserted: Asserted, share: Share) -> Judged:
    """What the interval of a share says of an asserted one."""
    low, high = share.low, share.high
    told = asserted.percent or 0.0
    spread = _rounding(told)
    shown = f"the record shows {share.percent:.0f} percent ({low:.0f} to {high:.0f})"
    if low <= told + spread and high >= told - spread:
        return Judged(Verdict.SUPPORTED, f"{shown}: {told:g} percent is within that interval")
    return Judged(Verdict.CONTRADICTED, f"{shown}: {told:g} percent is not within that interval")


def with_effort(
    asserted: Asserted, judged: Judged, effort: RateComparison | None, per_report: RateComparison | None
) -> Judged:
    """The verdict, withdrawn where it would be another one if each report counted for as much.

    Where the casebook has clearly more or fewer reports of other things from one side, a change of
    the count may be one of reporting; both readings stand, and the record doesn't say which.
    """
    if effort is None or per_report is None or not effort.is_clear:
        return judged
    if judged.verdict not in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        return judged
    other = judge_change(asserted, per_report)
    if other.verdict is judged.verdict:
        return judged
    return Judged(
        Verdict.WITHIN_UNCERTAINTY,
        f"{judged.why}; but its reports of other things changed too ({change_words(effort)}), and to one "
        f"of them it is {change_words(per_report)}: reporting may explain the difference",
    )


def change_words(compared: RateComparison) -> str:
    """A change in words: "71 percent more (95 percent interval: 39 more to 110 more)"."""
    if compared.percent is None:
        bound = "" if compared.low is None else f", {_more(100 * (compared.low - 1))} at the least"
        return f"{compared.after.count:,} where there was none{bound}"
    if compared.percent_low is None or compared.percent_high is None:
        end = compared.percent_high if compared.percent_low is None else compared.percent_low
        side = "at most" if compared.percent_low is None else "at least"
        limit = "" if end is None else f" ({side} {_more(end)})"
        return f"{_more(compared.percent)}{limit}"
    return (
        f"{_more(compared.percent)} ({compared.level:.0%} interval: "
        f"{_more(compared.percent_low)} to {_more(compared.percent_high)})"
    ).replace("% interval", " percent interval")


def rounded(asserted: Asserted) -> tuple[float, float]:
    """The ratios that an asserted percentage stands for: 70 for 65 to 75, 73 for 72.5 to 73.5."""
    percent = asserted.percent or 0.0
    spread = _rounding(percent)
    way = -1 if asserted.change is Change.DOWN else 1
    ends = [1 + way * (percent + step) / 100 for step in (-spread, spread)]
    return max(0.0, min(ends)), max(ends)


def _rounding(figure: float) -> float:
    """Half of the last figure that is told, a tenth of the whole at most: 5 for 70, 50 for 1,300."""
    if figure != int(figure):
        return 0.05
    unit = 1
    while figure and int(figure) % (unit * 10) == 0:
        unit *= 10
    return max(0.5, min(unit / 2, figure / 10))


def _more(percent: float) -> str:
    size = abs(percent)
    if size < 0.5:
        return "no change"
    return f"{size:,.0f} percent {'more' if percent > 0 else 'fewer'}"
