"""Agreements for people: lists, what happened around one, and what was decided, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.casebook.browsing.records import AgreementRow, PartyAct
from casus.casebook.pacts.records import PactDecision
from casus.casebook.pacts.wording import decision_words, undertaking_words
from casus.model import Speaker
from casus.output.layout import DIM, INDENT, QUOTE, joined, labelled
from casus.output.wording import partial_date_words, speaker_words, words_of

if TYPE_CHECKING:
    from casus.analysis.pact_results import Alleged, Borne, PactTimeline, Tally
    from casus.analysis.rate_results import RateComparison

_MOST_ACTS = 10
_MOST_VALUES = 8
_BARS = " ▁▂▃▄▅▆▇█"
_WIDEST = 64
_HEADINGS = {"party": "by party", "type": "by kind", "area": "by area"}
_LABEL = 11


def agreements_table(rows: Iterable[AgreementRow]) -> Table:
    """Agreements, a line each."""
    table = _plain("no.", "agreement", "parties", "agreed", "told", "commitments", "")
    for row in rows:
        hand = " +hand" if row.by_hand else ""
        marks = (
            row.corrections and "corrected",
            row.needs_review and "to check",
            row.is_rejected and "rejected",
        )
        table.add_row(
            str(row.number),
            row.name,
            ", ".join(row.parties) or "not told",
            row.agreed_on or "not told",
            f"{len(row.told)}{hand}",
            str(len(row.commitments)),
            ", ".join(mark for mark in marks if mark),
        )
    return table


def listed_rows(rows: Iterable[AgreementRow]) -> list[dict[str, object]]:
    """Agreements as rows for programs."""
    return [
        {
            "number": row.number,
            "name": row.name,
            "parties": list(row.parties),
            "agreed_on": row.agreed_on,
            "commitments": [undertaking_words(one) for one in row.commitments],
            "reports": len(row.told),
            "is_by_hand": bool(row.by_hand),
            "is_corrected": bool(row.corrections),
            "is_rejected": row.is_rejected,
        }
        for row in rows
    ]


def history_table(decisions: Iterable[PactDecision]) -> Table:
    """Decisions about an agreement in their order, a line each."""
    table = _plain("no.", "when", "who", "what", "why")
    for one in decisions:
        table.add_row(str(one.number), f"{one.at:%Y-%m-%d %H:%M}", one.by, decision_words(one), one.reason)
        if one.withdrawn_at is not None:
            told = f"{one.withdrawn_at:%Y-%m-%d %H:%M}", one.withdrawn_by or "", "taken back"
            table.add_row("", *told, one.withdrawn_reason or "")
    return table


def timeline_view(told: PactTimeline) -> RenderableType:
    """An agreement with all that happened around it; no part of it is a verdict."""
    row = told.agreement
    parts: list[RenderableType] = [
        joined(str(row.number), row.name, partial_date_words(row.agreed_on) or "day not told"),
        _inset(labelled(_head(row), _LABEL)),
        _section("Commitments", "events that bear on one; that they do is no finding that it was broken"),
    ]
    parts += [_inset(_promise(at, one)) for at, one in enumerate(told.promises, 1)]
    if not told.promises:
        parts.append(_inset(Text("nobody says what was undertaken", DIM)))
    parts.append(_section("Alleged violations", "what somebody says, not what is found"))
    parts += [_inset(_alleged(one)) for one in told.alleged]
    if not told.alleged:
        parts.append(_inset(Text("no claim says in words of a breach that a party broke its word", DIM)))
    if told.day is not None:
        parts += [_section("Before and after", _windows(told)), _inset(_counts(told))]
        parts += [_section("Events over time", _scale(told)), _inset(_bars(told))]
    if told.rates:
        parts += [_section("Events a day", "that name a party"), _inset(_rates(told.rates))]
        if told.coverage is not None:
            reports, outlets = told.coverage.reports, told.coverage.outlets
            line = (
                f"reports of all subjects published on these days: {reports[0]:,} before, "
                f"{reports[1]:,} after; outlets: {outlets[0]:,} and {outlets[1]:,}"
            )
            parts.append(_inset(Text(line, DIM)))
    if told.cautions:
        parts += [
            _section("To be careful about"),
            _inset(Group(*(Text(f"· {one}") for one in told.cautions))),
        ]
    return Group(*parts)


def _head(row: AgreementRow) -> Iterator[tuple[str, RenderableType]]:
    yield "parties", Text("; ".join(row.parties) or "not told")
    if row.told:
        lines = [
            f"{one.number}: {one.report.publisher or one.report.source}"
            + (f", {one.report.published_on}" if one.report.published_on else "")
            + f" ({one.agreement.name})"
            for one in row.told
        ]
        yield "told by", Text("\n".join(lines))
    for entered in row.by_hand:
        why = f" ({entered.reason})" if entered.reason else ""
        told = f"{entered.number}: {entered.by}, {entered.at:%Y-%m-%d}{why}: {entered.agreement.source}"
        yield "by hand", Text(told)
    if row.corrections:
        yield (
            "corrected",
            Text("\n".join(f"{one.field} by {one.by}: {one.reason}" for one in row.corrections)),
        )


def _promise(at: int, one: Borne) -> RenderableType:
    lines: list[RenderableType] = [
        Text.assemble(
            (f"{at} ", DIM), f"{one.by}: {one.text}", (f", until {one.deadline}" if one.deadline else "", "")
        )
    ]
    lines.append(_inset(Text(f"listed: {one.rule}", DIM), 2))
    if one.told_target:
        told = f"its words name {one.told_target} as target: nothing was left out by that"
        lines.append(_inset(Text(told, DIM), 2))
    lines += [*_acts(one.events)] if one.events else [Text("  none", DIM)]
    if one.later:
        lines += [Text(f"  after the deadline: {len(one.later):,}", DIM), *_acts(one.later)]
    left = [
        f"{count:,} more {words}"
        for count, words in (
            (one.others, "in which they are said to have acted, of another kind, target or area"),
            (one.unplaced, "of which the area is not known"),
        )
        if count
    ]
    if left:
        lines.append(_inset(Text(f"not listed: {'; '.join(left)}", DIM), 2))
    return Group(*lines)


def _acts(acts: Sequence[PartyAct]) -> Iterator[RenderableType]:
    table = Table.grid(padding=(0, 2))
    for act in acts[:_MOST_ACTS]:
        where = ", ".join(part for part in (act.adm1, act.country) if part) or "place not known"
        table.add_row(f"{act.start}", words_of(act.event_type), where, _killed_in(act), Text(act.event, DIM))
    yield Padding(table, (0, 0, 0, 2))
    if len(acts) > _MOST_ACTS:
        yield Text(f"  and {len(acts) - _MOST_ACTS:,} more", DIM)


def _killed_in(act: PartyAct) -> str:
    low, best, high = act.killed.low, act.killed.best, act.killed.high
    figure = next((one for one in (best, low, high) if one is not None), None)
    if figure is None:
        return "killed not known"
    spread = f" ({low}–{high})" if None not in (low, high) and low != high else ""
    return f"{figure:,}{spread} killed"


def _alleged(one: Alleged) -> RenderableType:
    who = speaker_words(
        Speaker(one.speaker, one.role, is_anonymous=one.is_anonymous, affiliation=one.affiliation)
    )
    where = ", ".join(
        str(part) for part in (one.report.publisher or one.report.source, one.report.published_on) if part
    )
    event = f", of event {one.event}" if one.event else ""
    return Group(
        Text(f"{who} accuses {one.accused or 'somebody who is not named'} ({where}{event})"),
        Text(f"  “{one.words}”", f"{QUOTE} {DIM}"),
    )


def _windows(told: PactTimeline) -> str:
    if told.day == told.last:
        return f"{told.days} days each, from {told.since} to {told.until}; {told.day} is the first day after"
    return f"{told.days} days each, from {told.since} to {told.until}, the time in between apart"


def _counts(told: PactTimeline) -> RenderableType:
    is_split = bool(told.acts.between)
    sides = ("before", "between", "after") if is_split else ("before", "after")
    table = _plain("", *(f"{side}: {what}" for side in sides for what in ("events", "killed")))
    for column in table.columns[1:]:
        column.justify = "right"
    everybody = _total(told)
    table.add_row("all events", *(cell for side in sides for cell in _cells(everybody[side])))
    for what, heading in _HEADINGS.items():
        some = [one for one in told.counts if one.what == what]
        if some:
            table.add_row(Text(heading, DIM))
        for one in some[:_MOST_VALUES]:
            tallies = {"before": one.before, "between": one.between, "after": one.after}
            label = one.value.replace("_", " ") if what == "type" else one.value or "not known"
            table.add_row(f"  {label}", *(cell for side in sides for cell in _cells(tallies[side])))
        if len(some) > _MOST_VALUES:
            table.add_row(Text(f"  and {len(some) - _MOST_VALUES} more", DIM))
    return table


def _total(told: PactTimeline) -> dict[str, Tally]:
    from casus.analysis.pact_counts import tally_of  # noqa: PLC0415

    acts = told.acts
    return {"before": tally_of(acts.before), "between": tally_of(acts.between), "after": tally_of(acts.after)}


def _cells(tally: Tally) -> tuple[str, str]:
    if not tally.with_figures:
        return f"{tally.events:,}", "not known" if tally.events else "–"
    best, low, high = tally.killed_best, tally.killed_low, tally.killed_high
    spread = f" ({low:,}–{high:,})" if low != high else ""
    unknown = tally.events - tally.with_figures
    return f"{tally.events:,}", f"{best:,}{spread}" + (f" + {unknown:,} unknown" if unknown else "")


def _scale(told: PactTimeline) -> str:
    most = max((one.tally.events for one in told.periods), default=0)
    return f"a {told.unit} to a sign, │ is {told.agreement.agreed_on}; the tallest is {most:,}"


def _bars(told: PactTimeline) -> RenderableType:
    """Events over time, a line for all parties and one for each; all by one scale."""
    most = max((one.tally.events for one in told.periods), default=0)
    table = Table.grid(padding=(0, 2))
    for party in (None, *told.actors):
        own = [one for one in told.periods if one.party == party]
        sides = {
            side: [one.tally.events for one in own if one.side == side]
            for side in ("before", "between", "after")
        }
        before, after = (_spark(sides[side], most) for side in ("before", "after"))
        between = f"│{_spark(sides['between'], most)}│" if sides["between"] else "│"
        cut = len(before) > _WIDEST
        shown = (
            ("…" if cut else "")
            + before[-_WIDEST:]
            + between
            + after[:_WIDEST]
            + ("…" if len(after) > _WIDEST else "")
        )
        table.add_row(party or "all parties", Text(shown), Text(str(sum(map(sum, sides.values()))), DIM))
    return table


def _spark(counts: Sequence[int], most: int) -> str:
    """Signs as high as counts are; what is not nought is never blank."""
    top = len(_BARS) - 1
    return "".join("·" if not count else _BARS[max(1, round(count / most * top))] for count in counts)


def _rates(rates: Sequence[RateComparison]) -> RenderableType:
    table = _plain("", "before", "after", "ratio", "95% interval", "method")
    for one in rates:
        ratio = "none before" if one.ratio is None else f"{one.ratio:.2f}"
        low, high = ("none" if edge is None else f"{edge:.2f}" for edge in (one.low, one.high))
        sides = (f"{side.a_day:.3f} ({side.count:,} in {side.days} days)" for side in (one.before, one.after))
        table.add_row(
            one.what.removeprefix("events that name "),
            *sides,
            ratio,
            f"{low} to {high}",
            str(one.method).replace("_", " "),
        )
    return table


def _plain(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, header_style=DIM)
    for heading in headings:
        table.add_column(heading)
    return table


def _section(title: str, told: str = "") -> RenderableType:
    return Padding(Text.assemble((title, "bold"), (f"  {told}" if told else "", DIM)), (1, 0, 0, 0))


def _inset(part: RenderableType, indent: int = INDENT) -> RenderableType:
    return Padding(part, (0, 0, 0, indent))
