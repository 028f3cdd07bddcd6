"""Tables of the user's own lists, good and bad."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casus.analysis.estimates import (
    ListGroup,
    estimate,
    estimate_strata,
    histories_of_table,
    strata_of_table,
)
from casus.errors import BadRecord, CasusError, NotAnswerable, NotText, SourceMissing

Write = Callable[[str], Path]

CASES = """id,Radio,Clinic,Church,province
a1,1,0,0,North
a2,1,1,0,North
a3,yes,No,0,South
a4,0,1,1,South
a5,0,0,0,South
a6,1,1,1,
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a table and gives its path."""

    def writing(text: str) -> Path:
        path = tmp_path / "lists.csv"
        path.write_text(text, "utf-8")
        return path

    return writing


def test_a_row_is_a_case_and_each_column_of_marks_a_list(write: Write) -> None:
    found = histories_of_table(write(CASES))
    assert found.names == ("Radio", "Clinic", "Church")
    counts = dict(zip(found.frame()["pattern"], found.frame()["count"], strict=True))
    assert counts == {"100": 2, "010": 0, "110": 1, "001": 0, "101": 0, "011": 1, "111": 1}
    assert found.recorded == 5
    assert found.known_besides == 1  # a5 is on no list
    assert found.notes == ("taken for no list: id, province",)


def test_rows_with_counts_give_the_same_as_cases(write: Write) -> None:
    cases = histories_of_table(write(CASES))
    rows = "Radio;Clinic;Church;n\n1;0;0;2\n1;1;0;1\n0;1;1;1\n1;1;1;1\n0;0;0;1\n"
    assert histories_of_table(write(rows), count="n").counts == cases.counts


def test_columns_are_joined_to_lists_and_the_rest_to_one(write: Write) -> None:
    found = histories_of_table(write(CASES), [ListGroup.parsed("Radio"), ListGroup.parsed("others=*")])
    assert found.names == ("Radio", "others")
    assert found.counts == (2, 1, 2)


def test_a_table_is_divided_by_a_column(write: Write) -> None:
    strata = strata_of_table(write(CASES), "province")
    assert [(one.name, one.histories.recorded) for one in strata] == [
        ("North", 2),
        ("South", 2),
        ("unknown", 1),
    ]


def test_the_intervals_of_the_example_hold_what_it_was_made_of() -> None:
    path = Path(__file__).parents[3] / "examples" / "lists.csv"
    whole = estimate(histories_of_table(path, count="cases"))
    assert whole.main.recorded == 900 - 329
    assert all(one.low < 329 < one.high for one in whole.estimates)
    found = estimate_strata(strata_of_table(path, "province", count="cases"), "province")
    truth = {"North": 157, "South": 172}
    assert all(one.main.low < truth[one.name] < one.main.high for one in found.strata)


def test_what_lists_share_is_counted(write: Write) -> None:
    found = histories_of_table(write(CASES))
    assert found.sizes().tolist() == [4, 3, 2]
    assert found.overlaps()[0].tolist() == [4, 2, 1]
    assert found.frequencies().tolist() == [2, 2, 1]
    fewer = found.only([1, 2])
    assert (fewer.names, fewer.counts, fewer.known_besides) == (("Clinic", "Church"), (1, 0, 2), 3)


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("", BadRecord, "no cases"),
        ("A,B\n", BadRecord, "no cases"),
        ("A,B\n1,0,1\n", BadRecord, "row 2: 3 cells where the heading has 2"),
        ("A,A\n1,0\n", BadRecord, "two columns 'A'"),
        ("A,B\n1,0\n1,maybe\n", BadRecord, "row 3, column 'B': 'maybe' is neither 0 nor 1"),
        ("A,B\n1,0\n1,\n", BadRecord, "'' is neither 0 nor 1"),
        ("A,name\n1,x\n", BadRecord, "1 columns of 0 and 1"),
        ('A,B\n1,"0\n', BadRecord, "no table in CSV"),
    ],
)
def test_a_bad_table_says_where_and_what_to_do(
    write: Write, text: str, error: type[CasusError], words: str
) -> None:
    with pytest.raises(error, match=words):
        histories_of_table(write(text))


def test_missing_files_and_columns_are_named(write: Write, tmp_path: Path) -> None:
    path = write(CASES)
    with pytest.raises(SourceMissing, match="nowhere"):
        histories_of_table(tmp_path / "nowhere.csv")
    with pytest.raises(BadRecord, match=r"no column 'Court'; it has .*Radio"):
        histories_of_table(path, [ListGroup("Court", ("Court",)), ListGroup("Radio", ("Radio",))])
    with pytest.raises(BadRecord, match="no column 'n'"):
        histories_of_table(path, count="n")
    with pytest.raises(BadRecord, match="'a1' is no whole number"):
        histories_of_table(path, count="id")
    path.write_bytes(b"A,B\n1,\xff\n")
    with pytest.raises(NotText):
        histories_of_table(path)


@pytest.mark.parametrize(
    ("text", "name", "members"),
    [
        ("Radio A", "Radio A", ("Radio A",)),
        ("Radio A, Radio B", "Radio A + Radio B", ("Radio A", "Radio B")),
        ('Press="Post, Daily",Star', "Press", ("Post, Daily", "Star")),
        ("*", "others", ("*",)),
    ],
)
def test_a_list_is_named_by_its_members_or_by_the_user(
    text: str, name: str, members: tuple[str, ...]
) -> None:
    assert ListGroup.parsed(text) == ListGroup(name, members)


def test_lists_that_clash_are_refused(write: Write) -> None:
    path = write(CASES)
    with pytest.raises(NotAnswerable, match="names nobody"):
        ListGroup.parsed("Press=")
    with pytest.raises(NotAnswerable, match="two lists or more"):
        histories_of_table(path, [ListGroup.parsed("Radio")])
    with pytest.raises(NotAnswerable, match="two lists have 'Radio'"):
        histories_of_table(path, [ListGroup.parsed("Radio"), ListGroup.parsed("x=Radio,Clinic")])
    with pytest.raises(NotAnswerable, match="two lists are called 'x'"):
        histories_of_table(path, [ListGroup.parsed("x=Radio"), ListGroup.parsed("x=Clinic")])
