"""The notebook of the manual runs from its first cell to its last, and says what it said when it was kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "answers.ipynb"


def outputs(path: Path) -> Iterator[tuple[int, str]]:
    """What the cells say in words and tables, and that there is a drawing where there is one."""
    notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for at, cell in enumerate(notebook["cells"]):
        for output in cell.get("outputs", ()):
            yield at, "".join(output.get("text", ()))
            data = output.get("data", {})
            if "image/svg+xml" in data:
                yield at, "a drawing" if "<svg" in "".join(data["image/svg+xml"]) else "nothing"
            else:
                yield at, "".join(data.get("text/plain", ()))


def test_the_notebook_says_what_it_said(tmp_path: Path) -> None:
    again = tmp_path / "again.ipynb"
    ran = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "notebook.py", "--output", again],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    kept = list(outputs(NOTEBOOK))
    assert list(outputs(again)) == kept
    said = "\n".join(text for _, text in kept)
    assert said.count("a drawing") == 2
    assert "supported" in said
    assert "contradicted" in said
    assert "Error" not in said
