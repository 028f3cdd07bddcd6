"""How exactly a place is known, as maps draw it."""

from __future__ import annotations

COUNTRY = 6
"""UCDP's where_prec of what is known to be somewhere in a country."""
_RADIUS_KM = {2: 25, 3: 40, 4: 100, 5: 100}


def radius_km_of(precision_code: int | None) -> int | None:
    """How far off a place may be that is known so exactly, by UCDP's where_prec; None for no radius.

    2 is near a settlement (UCDP: some 25 km), 3 and 4 are units of the second and first order,
    for which a circle of usual size stands; 6 is a country, drawn by its outline.
    """
    return _RADIUS_KM.get(precision_code or 0)
