"""The manual has each format, column, type and rule that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casus.casebook import matching
from casus.exports import ExportFormat
from casus.exports.acled import COLUMNS as ACLED_COLUMNS
from casus.exports.acled import acled_types
from casus.exports.event_columns import EVENT_COLUMNS
from casus.exports.tables import side_tables
from casus.exports.ucdp import COLUMNS as UCDP_COLUMNS

DOCS = Path(__file__).parents[2] / "docs"
EXPORTS = (DOCS / "exports.md").read_text("utf-8")


def section(title: str) -> str:
    return re.split(r"^## ", EXPORTS.split(f"\n## {title}", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("Casus's own columns", [column.name for column in EVENT_COLUMNS]),
        ("`ucdp-ged`", UCDP_COLUMNS),
        ("`acled`", ACLED_COLUMNS),
    ],
)
def test_each_column_has_its_rule(title: str, columns: list[str]) -> None:
    told = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| (.*?) \|", section(title), re.MULTILINE)))
    assert set(columns) <= set(told)
    assert len([name for name in told if name in columns]) >= len(columns)


def test_each_format_and_table_is_told() -> None:
    assert all(f"| `{export_format}` |" in EXPORTS for export_format in ExportFormat)
    assert all(f"| `{form.name}` |" in EXPORTS for form, _ in side_tables())


def test_each_type_of_acled_is_told() -> None:
    told = section("`acled`")
    for event_type, types in acled_types().items():
        assert f"`{event_type}`" in told
        assert all(one.sub_type in told for one in types)


def test_the_numbers_of_matching_are_those_of_the_source() -> None:
    manual = (DOCS / "comparing.md").read_text("utf-8")
    for name, weight in matching._WEIGHTS.items():
        assert f"| {name} | {weight:g} |" in manual
    for reach in matching._REACH_KM.values():
        assert re.search(rf"\b{reach:g}\b", manual)
    assert f"{matching.LEAST_SCORE:g} or more" in manual
