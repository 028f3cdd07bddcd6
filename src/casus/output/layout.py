"""The pieces that the parts of the view share: indents, labels, quotes, tables."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casus.model import Claim, Evidence, Reading, Speaker
from casus.output.explaining import Reason
from casus.output.highlighting import STYLES, Mark
from casus.output.wording import claim_words, speaker_words, words_of

INDENT = 3
DIM = "dim"
QUOTE = "italic"
_LABEL_WIDTH = 10
_KIND_WIDTH = 14
_LONGEST_WORDS = 120


def labelled(rows: Iterable[tuple[str, RenderableType]], width: int = _LABEL_WIDTH) -> Table:
    """Two columns: dim labels of one width, and what they label."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=width, style=DIM)
    table.add_column(ratio=1)
    for label, value in rows:
        table.add_row(label, value)
    return table


def joined(*parts: str | None) -> Text:
    """The known parts on a line, the first in bold."""
    known = [part for part in parts if part]
    line = Text(known[0], "bold")
    for part in known[1:]:
        line.append(f" · {part}", "not bold")
    return line


def quoted(reading: Reading, evidence: Evidence) -> Text:
    """The words of the report, in quotation marks."""
    words = " ".join(reading.quote(evidence).split()).strip('“”"')
    return Text(f"“{words}”", f"{QUOTE} {DIM}")


def claims_by_speaker(reading: Reading, claims: Iterable[Claim]) -> RenderableType:
    """Each speaker once, in the order of the report, with all that they say."""
    said: dict[tuple[str | None, str | None], list[Claim]] = {}
    for claim in claims:
        said.setdefault((claim.speaker.name, claim.speaker.role), []).append(claim)
    return Group(*(_statements(reading, mine[0].speaker, mine) for mine in said.values()))


def reasons_table(reasons: Iterable[Reason]) -> RenderableType:
    """Value, words and rule, a line a piece of evidence."""
    table = Table(box=None, padding=(0, 2, 0, 0), expand=True, header_style=DIM, show_edge=False)
    table.add_column("value", ratio=5)
    table.add_column("read from", ratio=6)
    table.add_column("by the rule", ratio=3)
    last = ""
    for reason in reasons:
        words = " ".join(reason.words.split())
        shown = words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"
        value = "" if reason.value == last else reason.value
        table.add_row(Text(value), Text(f"“{shown}”", QUOTE), Text(reason.rule, DIM))
        last = reason.value
    return Padding(table, (1, 0, 0, 0))


def _statements(reading: Reading, speaker: Speaker, claims: Iterable[Claim]) -> RenderableType:
    rows: list[tuple[str, RenderableType]] = []
    for claim in claims:
        told = claim_words(claim)
        lines = [Text(told)] if told else []
        rows.append((words_of(claim.kind), Group(*lines, quoted(reading, claim.quote))))
    name = Text(speaker_words(speaker), STYLES[Mark.SPEAKER])
    return Group(name, Padding(labelled(rows, _KIND_WIDTH), (0, 0, 0, 2)))
