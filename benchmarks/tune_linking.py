"""The weights by which reported events are linked, estimated from linked reports.

    python benchmarks/tune_linking.py LINKS [--half odd|even] [--prior P]

After Fellegi and Sunter (1969) the weight of a level is the logarithm of the share of true
pairs that have it (m), over the share of other pairs that have it (u).

- m comes from the pairs of accounts of one event in LINKS, a folder with `reports.jsonl`
  and `links.json`.
- u comes from pairs of accounts of different events in the same country, whenever they were;
  for the date from chance alone, since candidates lie within some days of each other.
- the prior is set by `--prior`: the one under which clustering LINKS gives the best pairs
  (`casus evaluate links`), which lies on a plateau from 0 to 2.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from casus.casebook.comparing import UNKNOWN, levels_of
from casus.casebook.features import Features, features_of, folded_name, telling_words
from casus.casebook.linking import SLACK_DAYS
from casus.model import Reading, Report
from casus.reading.reader import RuleReader

_SMOOTHING = 1.5
_DATE_LEVELS = {"same": 1, "next": 2, "near": 4, "week": 8, "far": 6}


@dataclass(frozen=True, slots=True)
class Labelled:
    """An account and the event of `links.json` that it is of, None where it is of none listed."""

    features: Features
    event: str | None


def read_links(folder: Path, half: str | None) -> list[Labelled]:
    """The accounts of the reports of a folder, with the events that they are of."""
    reports = [
        _report(json.loads(line)) for line in (folder / "reports.jsonl").read_text("utf-8").splitlines()
    ]
    events = json.loads((folder / "links.json").read_text("utf-8"))["events"]
    if half is not None:
        events = events[half == "even" :: 2]
    told_in = defaultdict(list)
    for event in events:
        for mention in event["mentions"]:
            told_in[mention["report"]].append(event)
    accounts = []
    for number, reading in enumerate(RuleReader().read_all(reports)):
        accounts += _labelled(number, reading, told_in[reading.report.id])
    return accounts


def _report(row: Mapping[str, str]) -> Report:
    day = date.fromisoformat(row["published"]) if row["published"] else None
    return Report.of(
        row["text"],
        title=row["title"],
        publisher=row["publisher"],
        published_on=day,
        url=row["source_url"],
        id=row["id"],
    )


def _labelled(number: int, reading: Reading, events: Sequence[Mapping[str, str]]) -> Iterator[Labelled]:
    """Each account with the likeliest of the events that its report tells of."""
    likeness = {}
    for index, account in enumerate(reading.events):
        words = {
            folded_name(word) for word in (account.where.name, account.where.adm1, account.where.adm2) if word
        }
        for event in events:
            start = event["date"].split("/")[0]
            when = account.when.start
            is_day = (
                when is not None
                and when.isoformat().startswith(start[:7])
                and abs((when - date.fromisoformat(start if len(start) > 7 else f"{start}-01")).days)
                <= (1 if len(start) > 7 else 31)
            )
            is_there = any(word and word in (folded_name(event["what"]) or "") for word in words)
            likeness[index, event["event"]] = 2 * is_day + 2 * is_there + 0.5 * account.is_main
    taken: dict[int, str] = {}
    for (index, event), score in sorted(likeness.items(), key=lambda item: -item[1]):
        if score >= 2 and index not in taken and event not in taken.values():
            taken[index] = event
    for index, account in enumerate(reading.events):
        features = features_of(
            f"{number}.{index}",
            number,
            reading.report.published_on,
            account,
            telling_words(reading.report, account),
        )
        yield Labelled(features, taken.get(index))


def shares(levels: Iterable[Mapping[str, str]], known: Mapping[str, set[str]]) -> dict[str, dict[str, float]]:
    """For each aspect the share of each level among the pairs where it is known, smoothed."""
    counts: dict[str, Counter[str]] = {aspect: Counter() for aspect in known}
    for pair in levels:
        for aspect, level in pair.items():
            if level != UNKNOWN:
                counts[aspect][level] += 1
    found = {}
    for aspect, names in known.items():
        total = counts[aspect].total() + _SMOOTHING * len(names)
        found[aspect] = {level: (counts[aspect][level] + _SMOOTHING) / total for level in sorted(names)}
    return found


def main() -> None:
    """Print the table of weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("links", type=Path)
    parser.add_argument("--half", choices=("odd", "even"), help="only every other event")
    parser.add_argument("--prior", type=float, default=1.0, help="evidence before any is looked at")
    options = parser.parse_args()
    accounts = read_links(options.links, options.half)
    same, other = [], []
    for one, two in combinations(accounts, 2):
        if one.features.report == two.features.report or one.event is None or two.event is None:
            continue
        levels = levels_of(one.features, two.features)
        if one.event == two.event:
            same.append(levels)
        elif one.features.country == two.features.country:
            other.append(levels)
    known = defaultdict(set)
    for pair in (*same, *other):
        for aspect, level in pair.items():
            if level != UNKNOWN:
                known[aspect].add(level)
    m, u = shares(same, known), shares(other, known)
    u["date"] = _chance_dates(known["date"])
    weights = {
        (aspect, level): math.log2(m[aspect][level] / u[aspect][level])
        for aspect in known
        for level in known[aspect]
    }
    counts = Counter((aspect, level) for pair in (*same, *other) for aspect, level in pair.items())
    sys.stderr.write(f"{len(same)} true pairs, {len(other)} others in the same country\n")
    print("aspect\tlevel\tweight\tpairs")
    print(f"all\tprior\t{options.prior:.2f}\t{len(same)}")
    for (aspect, level), weight in weights.items():
        print(f"{aspect}\t{level}\t{weight:.2f}\t{counts[aspect, level]}")


def _chance_dates(known: set[str]) -> dict[str, float]:
    """How often two events within the slack of each other have each level by chance."""
    span = 2 * SLACK_DAYS + 1
    chance = {"within": 0.5, "aside": 0.5, **{level: days / span for level, days in _DATE_LEVELS.items()}}
    return {level: chance[level] for level in known}


if __name__ == "__main__":
    main()
