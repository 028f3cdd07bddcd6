"""How well the actors that phrases mean are told: a table of cases, scored field by field.

A table is TSV: `text` with the phrase in braces, `report_country`, and what is expected:
`id`, `name`, `kind`, `category`, `country`, `parent`.  A dash expects nothing, an empty
cell asks nothing.  A column `set` divides the cases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casus.errors import BadRecord
from casus.resolving.actor_phrases import ActorDescriber, ActorProfile
from casus.resolving.actors import ActorRegistry

FIELDS = ("id", "name", "kind", "category", "country", "parent")
_OTHERS = ("set", "text", "report_country")
_NOTHING = "-"
_BRACED = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class ActorCase:
    """A phrase in a report about a country, and who it should mean: expected values by field."""

    line: int
    subset: str
    phrase: str
    report_country: str | None
    expected: dict[str, str]


@dataclass(frozen=True, slots=True)
class Miss:
    """A field of a case that came out otherwise than expected."""

    case: ActorCase
    field: str
    found: str


@dataclass(slots=True)
class ActorScore:
    """How many values were asked for and how many came out right, by set and field."""

    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, case: ActorCase, profile: ActorProfile) -> None:
        """Compare a case with what was made of it."""
        found = _values(profile)
        for name, expected in case.expected.items():
            key = (case.subset, name)
            self.asked[key] += 1
            if found[name] == expected:
                self.right[key] += 1
            else:
                self.misses.append(Miss(case, name, found[name]))


def read_cases(text: str, file: str) -> tuple[ActorCase, ...]:
    """The cases of a table; raises BadRecord, naming the line, for a wrong form."""
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        raise BadRecord(f"{file} holds no cases: give it a header and a line for each")
    number, header_line = lines[0]
    header = header_line.split("\t")
    unknown = [column for column in header if column not in (*FIELDS, *_OTHERS)]
    if unknown or "text" not in header:
        raise BadRecord(f"{file}, line {number}: the header needs text and may have {', '.join(FIELDS)}")
    return tuple(_case(file, line, header, cells.split("\t")) for line, cells in lines[1:])


def _case(file: str, line: int, header: Sequence[str], cells: Sequence[str]) -> ActorCase:
    if len(cells) != len(header):
        raise BadRecord(f"{file}, line {line}: {len(cells)} fields, the header has {len(header)}")
    row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    braced = _BRACED.findall(row["text"])
    if len(braced) != 1:
        raise BadRecord(f"{file}, line {line}: put the words that mean the actor, and no others, in braces")
    expected = {name: row[name] for name in FIELDS if row.get(name)}
    return ActorCase(line, row.get("set") or "all", braced[0], row.get("report_country") or None, expected)


def score_cases(cases: Iterable[ActorCase], registry: ActorRegistry) -> ActorScore:
    """The score of what the describer makes of the cases."""
    score = ActorScore()
    for case in cases:
        score.add(case, ActorDescriber(registry, case.report_country).profile(case.phrase))
    return score


def _values(profile: ActorProfile) -> dict[str, str]:
    """The fields of a profile as a table has them."""
    values = (
        profile.registry_id,
        profile.name,
        profile.kind,
        profile.category,
        profile.country_code,
        profile.parent_id,
    )
    return {name: str(value) if value else _NOTHING for name, value in zip(FIELDS, values, strict=True)}


def score_lines(score: ActorScore) -> Iterator[str]:
    """The table of a score: a line a set and field, with the share that came out right."""
    yield f"{'set':<10}{'field':<12}{'asked':>6}{'right':>7}{'share':>8}"
    for subset in dict.fromkeys(subset for subset, _ in score.asked):
        for name in FIELDS:
            asked, right = score.asked[subset, name], score.right[subset, name]
            if asked:
                yield f"{subset:<10}{name:<12}{asked:>6}{right:>7}{right / asked:>8.3f}"
