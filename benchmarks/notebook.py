"""Runs the notebook of the manual and keeps its outputs.

    python benchmarks/notebook.py [--output FILE]

Without --output, docs/answers.ipynb is written over.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "answers.ipynb"


def run(target: Path) -> None:
    """Run all cells from the folder of the notebook, and write it with their outputs."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    )
    client.execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times of day
    nbformat.write(notebook, target)


def main() -> None:
    """Run the notebook."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=NOTEBOOK)
    run(parser.parse_args().output)


if __name__ == "__main__":
    main()
