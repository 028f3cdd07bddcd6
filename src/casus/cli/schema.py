"""`casus schema`."""

from __future__ import annotations

import sys

from casus.output import json_schema


def schema() -> None:
    """Print the JSON Schema of the record that `casus read --format json` writes for a report.

    [bold]Example[/bold]

    casus schema > reading.schema.json
    """
    sys.stdout.write(json_schema())
