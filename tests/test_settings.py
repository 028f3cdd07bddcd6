"""Settings come from the environment, once, and are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from casus.errors import SettingsError
from casus.settings import Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings.from_environment({"CASUS_PIPELINE": "", "CASUS_PROCESSES": ""}) == Settings()


def test_each_variable_sets_its_setting() -> None:
    environment = {
        "CASUS_PIPELINE": "en_core_web_trf",
        "CASUS_GAZETTEER": "/data/places.sqlite",
        "CASUS_MAX_REPORT_CHARS": "5000",
        "CASUS_BATCH_SIZE": "8",
        "CASUS_PROCESSES": "2",
        "CASUS_ACTORS": "/data/actors.tsv",
    }
    expected = Settings("en_core_web_trf", Path("/data/places.sqlite"), 5000, 8, 2, Path("/data/actors.tsv"))
    assert Settings.from_environment(environment) == expected


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", " "])
def test_a_number_that_is_none_is_refused_by_name(value: str) -> None:
    with pytest.raises(SettingsError, match="CASUS_BATCH_SIZE"):
        Settings.from_environment({"CASUS_BATCH_SIZE": value})
