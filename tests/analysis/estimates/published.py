"""Lists that were published with what was estimated from them, and where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from casus.analysis.estimates import CaptureHistories

KOSOVO = CaptureHistories.of_patterns(
    ("EXH", "ABA", "OSCE", "HRW"),
    {
        "1000": 1131, "0100": 845, "0010": 936, "0001": 306, "1100": 177, "1010": 228, "0110": 217,
        "1001": 106, "0101": 31, "0011": 123, "1110": 181, "1101": 18, "1011": 42, "0111": 32, "1111": 27,
    },
)  # fmt: skip
"""Killings in Kosovo, March to June 1999, by four lists: Ball, Betts, Scheuren, Dudukovich & Asher,
Killings and Refugee Flow in Kosovo March-June 1999 (2002); the data set of the R package LCMCR."""

UNITED_KINGDOM = {
    "100000": 54, "010000": 463, "001000": 907, "000100": 695, "000010": 316, "000001": 57, "110000": 15,
    "101000": 19, "100100": 3, "011000": 56, "010100": 19, "010010": 1, "010001": 3, "001100": 69,
    "001010": 10, "001001": 31, "000110": 8, "000101": 6, "000011": 1, "111000": 1, "110100": 1,
    "011100": 4, "011001": 3, "001101": 1, "111100": 1,
}  # fmt: skip
"""Presumed victims of trafficking, United Kingdom 2013, on the lists LA, NG, PF, GO, GP and NCA: Silverman,
Modern Slavery: an application of multiple systems estimation (Home Office, 2014)."""


def in_order(names: str, counts: Sequence[int]) -> CaptureHistories:
    """Histories from counts in the order of R's Rcapture: 11…1 first, 0…01 last."""
    patterns = ("".join(marks) for marks in product("10", repeat=len(names)))
    return CaptureHistories.of_patterns(tuple(names), dict(zip(patterns, counts, strict=False)))


FISH = in_order("AB", (167, 781, 254))
"""Seber, The Estimation of Animal Abundance (1982), p. 107; an example of Rcapture's closedp."""

DIABETES = in_order("ABCD", (58, 157, 18, 104, 46, 650, 12, 709, 14, 20, 7, 74, 8, 182, 10))
"""Known cases of diabetes on four lists: Bruno and others (1994), Diabetes Care 17:548-556."""

DARROCH = in_order("ABC", (72, 155, 7, 71, 13, 53, 43))
"""A stratum of a census and its checks: Darroch, Fienberg, Glonek & Junker (1993), JASA 88:1137-1148."""

DEATHS = in_order("ABC", (72, 5, 29, 54, 24, 3, 14))
"""Deaths on three lists: Cormack, Chang & Smith (2000), Table 3b, as in the tests of Rcapture."""

FOUR_SPARSE = in_order("ABCD", (72, 5, 29, 53, 24, 3, 12, 14, 0, 0, 0, 1, 0, 0, 2))
"""The same source, Table 3a: five of fifteen patterns are empty."""

MADIGAN_YORK = CaptureHistories(
    tuple("ABCDE"),
    (
        27,
        37,
        19,
        4,
        4,
        1,
        1,
        97,
        22,
        37,
        25,
        2,
        1,
        3,
        5,
        83,
        36,
        34,
        18,
        3,
        5,
        0,
        2,
        30,
        5,
        23,
        8,
        0,
        3,
        0,
        2,
    ),
)
"""Five lists in Madigan & York (1997), Biometrika 84:19-31; the example of the R package dga, whose
arrays have the first list fastest, as patterns are numbered here."""


def united_kingdom_five() -> CaptureHistories:
    """The British lists with police forces and the National Crime Agency as one."""
    joined: dict[str, int] = {}
    for pattern, count in UNITED_KINGDOM.items():
        police = "1" if "1" in (pattern[2], pattern[5]) else "0"
        key = pattern[:2] + police + pattern[3:5]
        joined[key] = joined.get(key, 0) + count
    return CaptureHistories.of_patterns(("LA", "NG", "PFNCA", "GO", "GP"), joined)
