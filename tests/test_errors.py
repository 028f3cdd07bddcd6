"""Each kind of error has an exit code of its own, and its place in the tree and the manual."""

from __future__ import annotations

import re
from pathlib import Path

from casus import errors
from casus.errors import SOME_FAILED, STOPPED, CasusError

MANUAL = Path(__file__).parents[1] / "docs" / "output.md"


def kinds(base: type[CasusError] = CasusError) -> list[type[CasusError]]:
    return [base, *(kind for child in base.__subclasses__() for kind in kinds(child))]


def test_each_kind_has_an_exit_code_of_its_own() -> None:
    codes = [kind.exit_code for kind in kinds()]
    assert len(set(codes)) == len(codes)
    assert not {0, 2, SOME_FAILED} & set(codes)


def test_the_tree_at_the_top_names_every_kind() -> None:
    assert errors.__doc__ is not None
    assert {kind.__name__ for kind in kinds()} == set(
        re.findall(
            r"\b\w*(?:Error|Missing|NotText|NoArticle|"
            r"TooLarge|WrongLanguage|BadRecord|StaleRecord|NotInCasebook|NotRead|NotAnswerable)\b",
            errors.__doc__,
        )
    )


def test_every_exit_code_is_in_the_manual() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", MANUAL.read_text("utf-8"), re.MULTILINE)}
    assert told == {0, 2, SOME_FAILED, STOPPED, *(kind.exit_code for kind in kinds())}
