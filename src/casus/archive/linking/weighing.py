"""The pairs that speak for one event, weighed by Splink."""

from __future__ import annotations

import logging

from casus.archive.linking.engines import Engine
from casus.archive.linking.model import settings_of

DIGITS = 6
"""To how many digits weights are kept, so that no engine's last bits decide an order."""


def weigh(engine: Engine, *, keeps_all: bool = False) -> None:
    """Make `kept` (one, other, weight) from `account` and `candidate`: the pairs above 0, or all."""
    from splink import Linker, SettingsCreator  # noqa: PLC0415 - takes long to load

    # It warns of comparisons without a level for what is missing: ours have one of no weight.
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings = SettingsCreator.from_path_or_dict(settings_of(engine.dialect))
    linker = Linker(engine.register("account"), settings, log_level=None, validate_settings=False)
    linker.table_management.register_blocked_pairs_for_predict(engine.register("candidate"))
    floor = None if keeps_all else 0.0
    found = linker.inference.predict(threshold_match_weight=floor, warning_mode="never")
    weight = f"round(match_weight, {DIGITS})"
    condition = "" if keeps_all else f"WHERE {weight} > 0"
    engine.make(
        "kept",
        f"SELECT id_l AS one, id_r AS other, {weight} AS weight FROM {found.physical_name} {condition}",
    )
