"""Estimates of the unrecorded for people and for programs: tables, sentences, records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.output.layout import DIM

if TYPE_CHECKING:
    from casus.analysis.estimates import (
        CaptureHistories,
        Caution,
        Estimate,
        EstimateResult,
        StratifiedResult,
    )

_MOST_PATTERNS = 20
_MOST_MODELS = 5
_NOTHING = (
    "nothing in these lists speaks against the estimate, which is no proof: what all of them miss leaves "
    "no trace"
)


def estimate_block(result: EstimateResult, words: str) -> RenderableType:
    """Lists and overlaps, the figures of each method, the models, what to be careful of, and the meaning."""
    histories = result.histories
    parts: list[RenderableType] = [
        Text(f"What was not recorded: {words}", style="bold"),
        _part("The lists", lists_table(histories)),
        _part("Who records what", patterns_table(histories)),
        _part("Estimates, with 95 percent intervals", estimates_table(result.estimates)),
    ]
    if result.log_linear is not None or result.bayes is not None:
        parts.append(_part("The models behind them", models_table(result)))
    parts.append(_part("Be careful", _points(_cautions(result.cautions, histories.notes, result.not_made))))
    parts.append(_part("In words", Group(*map(Text, meaning(result)))))
    return Group(*parts)


def strata_block(result: StratifiedResult, words: str) -> RenderableType:
    """The main figure of each stratum, the refused ones with the reason, the sums, and cautions."""
    by = _spaced(result.by)
    table = _table((by, False), ("recorded", True), *_FIGURES)
    for one in result.strata:
        table.add_row(_spaced(one.name), _whole(one.main.recorded), *_figures(one.main))
    parts: list[RenderableType] = [
        Text(f"What was not recorded, by {by}: {words}", style="bold"),
        _part(f"Each {by} ({result.strata[0].main.method.words})", table),
        _part("Sums of the above, with 95 percent intervals", estimates_table(result.totals)),
    ]
    if result.refused:
        refused = [
            f"{_spaced(one.name)} ({one.recorded:,.0f} recorded): {one.reason}" for one in result.refused
        ]
        parts.append(_part("Without an estimate, and in no sum", _points(refused)))
    cautions = [one.words for one in result.cautions]
    cautions += [f"{_spaced(one.name)}: {caution.words}" for one in result.strata for caution in one.cautions]
    if cautions:
        parts.append(_part("Be careful", _points(cautions)))
    return Group(*parts)


def lists_table(histories: CaptureHistories) -> Table:
    """Each list: how many are on it, on it alone, and on it and each other list."""
    letters = [_letter(at) for at in range(histories.lists)]
    table = _table(
        ("", False),
        ("list", False),
        ("on it", True),
        ("alone", True),
        *((f"and {one}", True) for one in letters),
    )
    shared, cells = histories.overlaps(), histories.cells
    for at, name in enumerate(histories.names):
        both = ["" if at == other else _whole(shared[at, other]) for other in range(histories.lists)]
        table.add_row(letters[at], name, _whole(shared[at, at]), _whole(cells[1 << at]), *both)
    return table


def patterns_table(histories: CaptureHistories) -> RenderableType:
    """How many are on exactly which lists: all patterns of up to four lists, else the commonest."""
    table = _table(*((_letter(at), False) for at in range(histories.lists)), (str(histories.unit), True))
    cells = histories.cells
    patterns = sorted(range(1, len(cells)), key=lambda one: (one.bit_count(), histories.label(one)[::-1]))
    shown = patterns
    if histories.lists > 4:
        shown = sorted((one for one in patterns if cells[one]), key=lambda one: -cells[one])[:_MOST_PATTERNS]
    for pattern in shown:
        marks = ["✓" if pattern >> at & 1 else "·" for at in range(histories.lists)]
        table.add_row(*marks, _whole(cells[pattern]))
    table.add_row(*("·" for _ in histories.names), "?", style=DIM)
    rest = sum(1 for one in patterns if cells[one]) - len(shown)
    return Group(table, Text(f"and {rest} rarer patterns", style=DIM)) if rest > 0 else table


_FIGURES = (("not recorded", True), ("95 %", False), ("in all", True), ("95 %", False))


def estimates_table(estimates: Iterable[Estimate]) -> Table:
    """Each method's figure of what is not recorded, and of all, with intervals."""
    table = _table(("method", False), *_FIGURES)
    for one in estimates:
        table.add_row(one.method.words, *_figures(one), style=DIM if one.method.is_bound else None)
    return table


def models_table(result: EstimateResult) -> RenderableType:
    """The models and graphs with most weight: what they tie, their weight, what they estimate."""
    table = _table(
        ("model: which lists depend on each other", False),
        ("weight", True),
        ("not recorded", True),
        ("95 %", False),
    )
    found = result.log_linear
    letters = [_letter(at) for at in range(result.histories.lists)]
    for one in found.models[:_MOST_MODELS] if found else ():
        name = ", ".join(_joined(term, letters) for term in one.terms) or "none"
        table.add_row(name, _share(one.weight), _whole(one.unrecorded), _range(one.low, one.high))
    for graph in result.bayes.graphs[:_MOST_MODELS] if result.bayes else ():
        table.add_row(
            f"graph: {graph.graph.words(letters)}",
            _share(graph.weight),
            _whole(graph.unrecorded),
            _range(graph.low, graph.high),
        )
    told = []
    if found is not None:
        how = "searched" if found.is_searched else "tried"
        told.append(
            f"{found.tried:,} log-linear models {how}, {found.without_estimate:,} without an estimate"
        )
    if result.bayes is not None:
        told.append(f"{result.bayes.tried:,} graphs")
    return Group(table, Text("; ".join(told), style=DIM))


def meaning(result: EstimateResult) -> Iterator[str]:
    """What the main figure says and doesn't."""
    main, histories = result.main, result.histories
    yield f"Recorded by at least one of the lists: {main.recorded:,.0f} {histories.unit}."
    kind = (
        "At least so many were recorded by none" if main.method.is_bound else "Recorded by none, as estimated"
    )
    yield f"{kind}: {main.unrecorded:,.0f} ({_range(main.low, main.high)}; {main.method.words})."
    if histories.known_besides:
        yield (
            f"The {'casebook' if histories.unit != 'cases' else 'table'} itself has "
            f"{histories.known_besides:,.0f} more, which are on none of the lists."
        )
    yield (
        "The interval allows for chance and for the choice of model, not for lists that depend on each other "
        "in a way that no model has, nor for cases that no list could ever record."
    )


def estimate_record(result: EstimateResult) -> dict[str, object]:
    """An estimate as plain values for JSON."""
    histories = result.histories
    return {
        "stratum": result.name or None,
        "unit": str(histories.unit),
        "lists": list(histories.names),
        "recorded": histories.recorded,
        "known_besides": histories.known_besides,
        "patterns": {
            histories.label(at): count for at, count in enumerate(histories.counts, start=1) if count
        },
        "estimates": [_estimate_record(one) for one in result.estimates],
        "models": list(result.model_rows()),
        "cautions": [{"kind": str(one.kind), "words": one.words} for one in result.cautions],
        "notes": list(histories.notes),
        "not_made": [{"method": method, "reason": reason} for method, reason in result.not_made],
    }


def strata_record(result: StratifiedResult) -> dict[str, object]:
    """The estimates of strata as plain values for JSON."""
    return {
        "by": result.by,
        "strata": [estimate_record(one) for one in result.strata],
        "refused": [
            {"stratum": one.name, "recorded": one.recorded, "reason": one.reason} for one in result.refused
        ],
        "totals": [_estimate_record(one) for one in result.totals],
        "cautions": [{"kind": str(one.kind), "words": one.words} for one in result.cautions],
    }


def _estimate_record(one: Estimate) -> dict[str, object]:
    return {
        "method": str(one.method),
        "is_bound": one.method.is_bound,
        "recorded": one.recorded,
        "unrecorded": one.unrecorded,
        "unrecorded_low": one.low,
        "unrecorded_high": one.high,
        "total": one.total,
        "total_low": one.total_low,
        "total_high": one.total_high,
    }


def _cautions(
    cautions: Sequence[Caution], notes: Sequence[str], not_made: Sequence[tuple[str, str]]
) -> list[str]:
    told = [one.words for one in cautions] or [_NOTHING]
    return [*told, *notes, *(f"no {what}: {why}" for what, why in not_made)]


def _points(sentences: Iterable[str]) -> Table:
    """Sentences, each with a dash before it."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for words in sentences:
        table.add_row("-", f"{words}.")
    return table


def _figures(one: Estimate) -> tuple[str, str, str, str]:
    return (
        _whole(one.unrecorded),
        _range(one.low, one.high),
        _whole(one.total),
        _range(one.total_low, one.total_high),
    )


def _table(*columns: tuple[str, bool]) -> Table:
    """A plain table; of each column the heading, and whether it stands to the right."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    for heading, is_number in columns:
        table.add_column(heading, justify="right" if is_number else "left")
    return table


def _part(title: str, body: RenderableType) -> RenderableType:
    return Group(Text(), Text(title, style="bold"), Padding(body, (0, 0, 0, 2)))


def _joined(term: int, letters: Sequence[str]) -> str:
    return "*".join(letter for at, letter in enumerate(letters) if term >> at & 1)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _letter(at: int) -> str:
    return chr(ord("A") + at)


def _whole(number: float) -> str:
    return f"{number:,.0f}"


def _share(weight: float) -> str:
    return f"{weight:.0%}" if weight >= 0.01 else "<1%"


def _range(low: float, high: float) -> str:
    return f"{low:,.0f} to {high:,.0f}"
