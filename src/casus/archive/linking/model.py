"""The casebook's comparison and weights as a Splink model.

The levels are those of `casebook.comparing`, told again as conditions in SQL, in the order in
which they are tried there, and each level's chances of being seen in pairs of one event (m) and
in others (u) are such that the logarithm of their ratio is its weight in
`knowledge/link_weights.tsv`.  Nothing is estimated here.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sin
from typing import Any

from casus.archive.linking.dialects import Dialect
from casus.casebook import comparing as rules
from casus.resolving.places.geodesy import EARTH_RADIUS_KM

Level = tuple[str, str]
"""A condition on a pair, and the level that it means."""

_OTHERWISE = "ELSE"
_WHOLE = 2.0**20
_GAP = "greatest(0, first_day_r - last_day_l, first_day_l - last_day_r)"
_CHORD = " + ".join(f"({axis}_l - {axis}_r) * ({axis}_l - {axis}_r)" for axis in "xyz")


def settings_of(dialect: Dialect) -> dict[str, Any]:
    """Splink's settings: the comparisons with their weights, and the prior."""
    prior = 2.0 ** rules.load_weights()["all", "prior"]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": prior / (1 + prior),
        "blocking_rules_to_generate_predictions": [{"blocking_rule": "l.id = r.id"}],
        "comparisons": [_comparison(aspect, levels) for aspect, levels in levels_of(dialect).items()],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def levels_of(dialect: Dialect) -> dict[str, tuple[Level, ...]]:
    """The levels of each aspect in the order in which they are tried; the last has no condition."""
    return {
        "date": _date(),
        "place": _place(),
        "perpetrators": _perpetrators(dialect),
        "targets": _targets(dialect),
        "type": _type(),
        "killed": _figures("killed"),
        "injured": _figures("injured"),
        "weapon": _overlap(dialect, "weapons"),
        "names": _names(dialect),
        "words": _words(dialect),
    }


def _comparison(aspect: str, levels: Iterable[Level]) -> dict[str, Any]:
    weights = rules.load_weights()
    return {
        "output_column_name": aspect,
        "comparison_levels": [
            {
                "sql_condition": condition,
                "label_for_charts": level,
                **_chances(weights.get((aspect, level), 0.0)),
            }
            for condition, level in levels
        ],
    }


def _chances(weight: float) -> dict[str, float]:
    """Chances whose ratio has the weight as its logarithm (base 2); only the ratio counts."""
    return {"m_probability": 2.0 ** (weight / 2) / _WHOLE, "u_probability": 2.0 ** (-weight / 2) / _WHOLE}


def _date() -> tuple[Level, ...]:
    both = "(is_day_l AND is_day_r)"
    return (
        ("NOT (is_dated_l AND is_dated_r)", rules.UNKNOWN),
        (f"{both} AND {_GAP} = 0", "same"),
        (f"{both} AND {_GAP} = 1", "next"),
        (f"{both} AND {_GAP} <= 3", "near"),
        (f"{both} AND {_GAP} <= 7", "week"),
        (f"NOT {both} AND {_GAP} = 0", "within"),
        (f"NOT {both} AND {_GAP} <= 7", "aside"),
        (_OTHERWISE, "far"),
    )


def _place() -> tuple[Level, ...]:
    local = "(is_local_l AND is_local_r)"
    is_exact = f"(greatest(precision_code_l, precision_code_r) <= {rules.SAME_PLACE_CODE})"
    return (
        ("country_l <> country_r", "abroad"),
        (f"{local} AND place_l = place_r", "same"),
        ("place_l = place_r", "same area"),
        (f"{local} AND geonames_id_l = geonames_id_r", "same"),
        (f"{local} AND (x_l IS NULL OR x_r IS NULL)", rules.UNKNOWN),
        (f"{local} AND {is_exact} AND {_within(rules.SAME_KM)}", "same"),
        (f"{local} AND {_within(rules.SAME_KM)}", "inside"),
        (f"{local} AND NOT {is_exact} AND adm2_l = adm2_r", "inside"),
        (f"{local} AND {_within(rules.NEAR_KM)}", "near"),
        (f"{local} AND {_within(rules.REGION_KM)}", "region"),
        (local, "far"),
        ("place_r = adm1_l OR place_r = adm2_l OR place_l = adm1_r OR place_l = adm2_r", "inside"),
        ("adm1_l <> adm1_r", "far"),
        (_OTHERWISE, rules.UNKNOWN),
    )


def _perpetrators(dialect: Dialect) -> tuple[Level, ...]:
    return (
        (_is_empty(dialect, "perpetrators"), rules.UNKNOWN),
        (dialect.overlap("perpetrators_l", "perpetrators_r"), "same"),
        ("has_known_perpetrator_l AND has_known_perpetrator_r", "different"),
        (dialect.overlap("perpetrator_words_l", "perpetrator_words_r"), "akin"),
        (_OTHERWISE, rules.UNKNOWN),
    )


def _targets(dialect: Dialect) -> tuple[Level, ...]:
    return (
        (_is_empty(dialect, "targets"), rules.UNKNOWN),
        (dialect.overlap("targets_l", "targets_r"), "same"),
        (dialect.overlap("target_words_l", "target_words_r"), "akin"),
        (_OTHERWISE, "different"),
    )


def _type() -> tuple[Level, ...]:
    return (
        ("event_type_l = event_type_r", "same"),
        ("event_type_l = 'other' OR event_type_r = 'other'", rules.UNKNOWN),
        ("(akin_l & akin_r) > 0", "akin"),
        (_OTHERWISE, "different"),
    )


def _figures(harm: str) -> tuple[Level, ...]:
    low, high = f"{harm}_low", f"{harm}_high"
    size = f"greatest({high}_l, {high}_r)"
    overlaps = f"({low}_l <= {high}_r AND {low}_r <= {high}_l)"
    ratio = f"(CAST(least({high}_l, {high}_r) AS DOUBLE) / CAST(greatest({low}_l, {low}_r, 1) AS DOUBLE))"
    is_grown = f"published_l <> published_r AND (published_l < published_r) = ({high}_l < {low}_r)"
    return (
        (f"{low}_l IS NULL OR {low}_r IS NULL", rules.UNKNOWN),
        (f"{overlaps} AND {size} >= {rules.MANY}", "same many"),
        (overlaps, "same few"),
        (f"{ratio} >= {_number(rules.NEAR_RATIO)}", "near"),
        (f"{is_grown} AND {ratio} >= {_number(rules.GROWN_RATIO)}", "grown"),
        (f"{size} >= {rules.MANY}", "apart"),
        (_OTHERWISE, "apart few"),
    )


def _overlap(dialect: Dialect, column: str) -> tuple[Level, ...]:
    return (
        (_is_empty(dialect, column), rules.UNKNOWN),
        (dialect.overlap(f"{column}_l", f"{column}_r"), "same"),
        (_OTHERWISE, "different"),
    )


def _names(dialect: Dialect) -> tuple[Level, ...]:
    shared = dialect.shared("names_l", "names_r")
    return (
        (_is_empty(dialect, "names"), rules.UNKNOWN),
        (f"NOT {dialect.overlap('names_l', 'names_r')}", "none"),
        (f"{shared} = 1", "one"),
        (f"{shared} = 2", "two"),
        (_OTHERWISE, "more"),
    )


def _words(dialect: Dialect) -> tuple[Level, ...]:
    shared = dialect.shared("words_l", "words_r")
    both = f"{dialect.length('words_l')} + {dialect.length('words_r')}"
    share = f"(CAST({shared} AS DOUBLE) / CAST({both} - {shared} AS DOUBLE))"
    return (
        (_is_empty(dialect, "words"), rules.UNKNOWN),
        (f"{share} < {_number(rules.FEW)}", "few"),
        (f"{share} < {_number(rules.SOME)}", "some"),
        (f"{share} < {_number(rules.MOST)}", "many"),
        (_OTHERWISE, "most"),
    )


def _is_empty(dialect: Dialect, column: str) -> str:
    return f"{dialect.length(f'{column}_l')} = 0 OR {dialect.length(f'{column}_r')} = 0"


def _within(distance_km: float) -> str:
    """Whether two points are no further apart, by the straight line through the globe."""
    chord = 2 * sin(distance_km / (2 * EARTH_RADIUS_KM))
    return f"({_CHORD}) <= {_number(chord * chord)}"


def _number(value: float) -> str:
    """A number that no engine takes for a decimal of fewer digits."""
    return f"CAST({value} AS DOUBLE)"
