"""When lists allow no estimate, and what to be careful of where they do: one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from casus.analysis.estimates.histories import MOST_LISTS, CaptureHistories, Unit
from casus.analysis.estimates.latent import MIXED_UP_TO, Latent
from casus.analysis.estimates.loglinear import LogLinear
from casus.analysis.estimates.results import Caution, CautionKind, Estimate, Method

FEWEST_CASES = 20
FEWEST_SHARED = 5
_FEW_SHARED = 10
_FEW_OF_TWO = 7  # below, the two-list estimate errs in the mean (Robson & Regier 1964)
_TIED = 4.0  # an odds ratio
_LIKELY = 0.05  # a model's weight
_FAR_APART = 1.5  # between figures of the unrecorded
_MATTERS = 0.05  # of the recorded
_WIDE = 2.0  # between the limits of the total
_RIVALS = (Method.LOGLINEAR, Method.GRAPHS, Method.LATENT_CLASSES)


def refusal(histories: CaptureHistories) -> str | None:
    """Why there can be no estimate; None where there can."""
    if histories.lists < 2:
        return "one list alone says nothing of what it lacks: give two lists or more"
    if histories.lists > MOST_LISTS:
        return f"{histories.lists} lists are too many: join them to {MOST_LISTS} at most"
    empty = [name for name, size in zip(histories.names, histories.sizes(), strict=True) if not size]
    if empty:
        return f"nothing is on {' and '.join(empty)}: leave it out, or join it to another list"
    cases = histories.recorded / histories.clumping
    if cases < FEWEST_CASES:
        told = "" if histories.unit is not Unit.DEATHS else " independent"
        return f"{cases:,.0f}{told} cases are on the lists, and an estimate needs {FEWEST_CASES} or more"
    shared = float(histories.frequencies()[1:].sum()) / histories.clumping
    if not shared:
        return "no case is on two lists, and from lists that share nothing there is nothing to estimate"
    if shared < FEWEST_SHARED:
        verb = "case is" if round(shared) == 1 else "cases are"
        return f"only {shared:,.0f} {verb} on two lists or more, and an estimate needs {FEWEST_SHARED}"
    return None


def cautions_of(
    histories: CaptureHistories,
    estimates: Sequence[Estimate],
    found: LogLinear | None,
    latent: Latent | None,
) -> Iterator[Caution]:
    """What to be careful of, the gravest first."""
    yield from _of_lists(histories)
    if found is not None:
        yield from _of_models(histories, found)
    yield from _of_figures(estimates, histories)
    if latent is not None and not latent.is_mixed:
        yield Caution(
            CautionKind.NOT_MIXED,
            f"the chains of the latent classes do not agree (a ratio of {latent.mixing:.2f}, where below "
            f"{MIXED_UP_TO} is wanted), so that this figure and its interval are rough",
        )
    if histories.unit is Unit.DEATHS:
        yield Caution(
            CautionKind.DEATHS,
            "deaths of one event are recorded together and deadly events by more lists, so that the estimate "
            "of deaths takes the unrecorded events to be as deadly as the recorded, and is likely too high",
        )


def _of_lists(histories: CaptureHistories) -> Iterator[Caution]:
    shared = histories.overlaps() / histories.clumping
    if histories.lists == 2:
        yield Caution(
            CautionKind.TWO_LISTS,
            "with two lists nothing shows whether one depends on the other: if cases on one are more likely "
            "to be on the other, as is usual, the estimate is too low",
        )
    apart = [(one, other) for one, other in combinations(range(histories.lists), 2) if not shared[one, other]]
    if apart:
        pairs = ", or by ".join(
            f"{histories.names[one]} and {histories.names[other]}" for one, other in apart
        )
        yield Caution(
            CautionKind.SHARED_NOTHING,
            f"no case is shared by {pairs}: lists that avoid each other push the estimate up",
        )
    sizes, names = shared.diagonal(), histories.names
    within = [
        f"all cases on {names[one]} are on {names[other]} too"
        for one, other in permutations(range(histories.lists), 2)
        if shared[one, other] == sizes[one]
    ]
    if within:
        yield Caution(
            CautionKind.WITHIN,
            f"{', and '.join(within)}: a list within another tells nothing of what that one misses",
        )
    several = float(histories.frequencies()[1:].sum()) / histories.clumping
    if several < (_FEW_OF_TWO if histories.lists == 2 else _FEW_SHARED * (histories.lists - 1)):
        cases = "case is" if round(several) == 1 else "cases are"
        yield Caution(
            CautionKind.SMALL_OVERLAP,
            f"only {several:,.0f} {cases} on two lists or more, so that one more or less changes much",
        )


def _of_models(histories: CaptureHistories, found: LogLinear) -> Iterator[Caution]:
    empty = sum(1 for count in histories.counts if not count)
    if found.without_estimate:
        yield Caution(
            CautionKind.SPARSE,
            f"{empty} of {len(histories.counts)} patterns hold no case, and {found.without_estimate} of "
            f"{found.tried} models have no estimate for want of cases and are left out",
        )
    best = found.models[0]
    close = [one for one in best.ties if one[2] >= _TIED]
    distant = [one for one in best.ties if 0 < one[2] <= 1 / _TIED]
    if close:
        yield Caution(
            CautionKind.DEPENDENT,
            f"{_pairs(histories, close)} record the same cases far more often than chance has it: what they "
            "both miss is told by the other lists alone",
        )
    if distant:
        yield Caution(
            CautionKind.DEPENDENT,
            f"{_pairs(histories, distant)} share far fewer cases than chance has it: perhaps they cover "
            "different places or times, or cases on both were not recognised as the same",
        )
    likely = [one for one in found.models if one.weight >= _LIKELY]
    low, high = (pick(likely, key=lambda one: one.unrecorded) for pick in (min, max))
    if _differ(low.unrecorded, high.unrecorded, histories):
        yield Caution(
            CautionKind.MODELS_DISAGREE,
            f"models that fit about as well estimate from {low.unrecorded:,.0f} ({low.words}) to "
            f"{high.unrecorded:,.0f} ({high.words}) unrecorded, and the data don't tell which is right",
        )


def _of_figures(estimates: Sequence[Estimate], histories: CaptureHistories) -> Iterator[Caution]:
    of = {one.method: one for one in estimates}
    main = of.get(Method.LOGLINEAR) or of.get(Method.GRAPHS)
    bound = of.get(Method.LOWER_BOUND)
    if main is not None and bound is not None and bound.unrecorded > main.high:
        yield Caution(
            CautionKind.UNEQUAL_CASES,
            "the lower bound lies above the estimate: cases differ in how likely they are to be recorded at "
            "all, which log-linear models don't allow for, and the estimate is too low",
        )
    rivals = [of[method] for method in _RIVALS if method in of]
    if rivals:
        low, high = (pick(rivals, key=lambda one: one.unrecorded) for pick in (min, max))
        if _differ(low.unrecorded, high.unrecorded, histories):
            yield Caution(
                CautionKind.METHODS_DISAGREE,
                f"the methods disagree: {low.unrecorded:,.0f} unrecorded by one, "
                f"{high.unrecorded:,.0f} by another",
            )
    if main is not None and main.total_high > _WIDE * main.total_low:
        yield Caution(
            CautionKind.WIDE,
            f"the interval goes from {main.total_low:,.0f} to {main.total_high:,.0f}: the lists say little",
        )
    if main is not None and histories.known_besides > main.high:
        yield Caution(
            CautionKind.KNOWN_BESIDES,
            f"{histories.known_besides:,.0f} are known from other sources, which is more than the lists let "
            "expect: the estimate is too low",
        )


def _differ(low: float, high: float, histories: CaptureHistories) -> bool:
    """Whether two figures of the unrecorded differ by half, and by what matters beside the recorded."""
    return high > _FAR_APART * low and high - low > _MATTERS * histories.recorded


def _pairs(histories: CaptureHistories, ties: Sequence[tuple[int, int, float]]) -> str:
    names = histories.names
    return ", and ".join(
        f"{names[one]} and {names[other]} (odds ratio {odds:.2g})" for one, other, odds in ties
    )
