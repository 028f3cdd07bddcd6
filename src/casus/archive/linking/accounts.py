"""What of each reported event of an archive is compared: the casebook's features, as rows.

The features are the casebook's own (`features_of`), so that nothing is told in two ways.  Days
are counted from 1970, and names that are compared word by word stand by as their words too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import cos, radians, sin
from typing import Any

import pyarrow as pa

from casus.archive.linking.blocks import rare_blocks_of, shared_blocks_of
from casus.casebook.coding import decoded_reported_event
from casus.casebook.comparing import AKIN, LOCAL
from casus.casebook.features import Features, features_of
from casus.casebook.linking import WIDE_DAYS
from casus.errors import ArchiveError
from casus.model import Category, EventType

_STRINGS = pa.list_(pa.string())
_NUMBERS = pa.list_(pa.int64())
_EPOCH = date(1970, 1, 1)
_KEY = re.compile(r"[0-9a-f]{12}\.[1-9]\d{0,3}")
_EVENT_BITS = 15

READ_COLUMNS = ("key", "report", "published_on", "words", "record")
"""What is needed of the events table."""

ACCOUNTS = pa.schema(
    [
        ("id", pa.int64()),
        ("source", pa.int64()),
        ("key", pa.string()),
        ("report", pa.string()),
        ("published", pa.int32()),
        ("first_day", pa.int32()),
        ("last_day", pa.int32()),
        ("is_day", pa.bool_()),
        ("is_dated", pa.bool_()),
        ("is_wide", pa.bool_()),
        ("is_main", pa.bool_()),
        ("country", pa.string()),
        ("adm1", pa.string()),
        ("adm2", pa.string()),
        ("place", pa.string()),
        ("geonames_id", pa.int64()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("x", pa.float64()),
        ("y", pa.float64()),
        ("z", pa.float64()),
        ("precision_code", pa.int32()),
        ("is_local", pa.bool_()),
        ("event_type", pa.string()),
        ("akin", pa.int32()),
        ("perpetrators", _STRINGS),
        ("perpetrator_words", _STRINGS),
        ("has_known_perpetrator", pa.bool_()),
        ("targets", _STRINGS),
        ("target_words", _STRINGS),
        ("harmed", _STRINGS),
        ("killed_low", pa.int64()),
        ("killed_high", pa.int64()),
        ("injured_low", pa.int64()),
        ("injured_high", pa.int64()),
        ("weapons", _STRINGS),
        ("names", _STRINGS),
        ("words", _STRINGS),
        ("shared_blocks", _NUMBERS),
        ("rare_blocks", _NUMBERS),
        ("line", pa.string()),
    ]
)
"""An account as it is compared.  `id` holds its key as a number, `source` that of its report."""


def accounts_of(events: pa.Table) -> pa.Table:
    """The accounts of some rows of the events table (`READ_COLUMNS`), in their order."""
    rows = [_row(row) for row in events.select(list(READ_COLUMNS)).to_pylist()]
    return pa.Table.from_pylist(rows, schema=ACCOUNTS)


def id_of(key: str) -> int:
    """A key of the casebook's form (twelve digits of a hash, a dot, a number) as a number below 2^63.

    The order of such numbers is that of the hashes, and within a report that of its events.
    """
    if _KEY.fullmatch(key) is None:
        raise ArchiveError(f"{key}: this is no key of a reported event: read the archive anew")
    digest, _, number = key.partition(".")
    return int(digest, 16) << _EVENT_BITS | int(number)


def source_of(account_id: int) -> int:
    """The number of the report whose account has this id."""
    return account_id >> _EVENT_BITS


def features_in(row: Mapping[str, Any]) -> Features:
    """The features that a row of `ACCOUNTS` holds."""
    has_point = row["latitude"] is not None
    return Features(
        key=row["key"],
        report=row["source"],
        published=_day(row["published"]),
        first=_day(row["first_day"]),
        last=_day(row["last_day"]),
        is_day=row["is_day"],
        is_dated=row["is_dated"],
        country=row["country"],
        adm1=row["adm1"],
        adm2=row["adm2"],
        place=row["place"],
        geonames_id=row["geonames_id"],
        point=(row["latitude"], row["longitude"]) if has_point else None,
        precision_code=row["precision_code"],
        event_type=EventType(row["event_type"]),
        perpetrators=frozenset(row["perpetrators"]),
        targets=frozenset(row["targets"]),
        harmed=frozenset(Category(name) for name in row["harmed"]),
        killed=_pair(row["killed_low"], row["killed_high"]),
        injured=_pair(row["injured_low"], row["injured_high"]),
        weapons=frozenset(row["weapons"]),
        names=frozenset(row["names"]),
        words=frozenset(row["words"]),
        is_main=row["is_main"],
    )


def row_of(features: Features, report: str) -> dict[str, Any]:
    """The row of `ACCOUNTS` that holds some features; `report` is the hash of their report."""
    account_id = id_of(features.key)
    point = features.point or (None, None)
    killed, injured = features.killed or (None, None), features.injured or (None, None)
    return {
        "id": account_id,
        "source": source_of(account_id),
        "key": features.key,
        "report": report,
        "published": _number(features.published),
        "first_day": _number(features.first),
        "last_day": _number(features.last),
        "is_day": features.is_day,
        "is_dated": features.is_dated,
        "is_wide": is_wide(features),
        "is_main": features.is_main,
        "country": features.country or None,
        "adm1": features.adm1,
        "adm2": features.adm2,
        "place": features.place,
        "geonames_id": features.geonames_id,
        "latitude": point[0],
        "longitude": point[1],
        **_on_globe(features.point),
        "precision_code": features.precision_code,
        "is_local": features.precision_code is not None and features.precision_code <= LOCAL,
        "event_type": features.event_type,
        "akin": sum(1 << bit for bit, akin in enumerate(AKIN) if features.event_type in akin),
        "perpetrators": sorted(features.perpetrators),
        "perpetrator_words": _words_of(features.perpetrators),
        "has_known_perpetrator": any(name.startswith("#") for name in features.perpetrators),
        "targets": sorted(features.targets),
        "target_words": _words_of(features.targets),
        "harmed": sorted(features.harmed),
        "killed_low": killed[0],
        "killed_high": killed[1],
        "injured_low": injured[0],
        "injured_high": injured[1],
        "weapons": sorted(features.weapons),
        "names": sorted(features.names),
        "words": sorted(features.words),
        "shared_blocks": shared_blocks_of(features),
        "rare_blocks": rare_blocks_of(features),
        "line": _line(features),
    }


def is_wide(features: Features) -> bool:
    """Whether an account's time is unknown or so long that it is compared at the same place alone."""
    if features.first is None or features.last is None:
        return True
    return (features.last - features.first).days > WIDE_DAYS


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    event = decoded_reported_event(row["record"])
    features = features_of(row["key"], 0, row["published_on"], event, row["words"])
    return row_of(features, row["report"])


def _line(features: Features) -> str:
    """Where an account stands in a block that is too large: beside those of its unit, place and day."""
    first = f"{_number(features.first) or 0:06d}"
    killed = f"{features.killed[1] if features.killed else 0:06d}"
    return "|".join((features.adm1 or "", features.place or "", first, killed))


def _words_of(names: Iterable[str]) -> list[str]:
    """The words by which two names may be akin, as the casebook splits them."""
    return sorted({word for name in names for word in name.lstrip("#").replace("-", " ").split()})


def _number(day: date | None) -> int | None:
    return None if day is None else (day - _EPOCH).days


def _day(number: int | None) -> date | None:
    return None if number is None else _EPOCH + timedelta(days=number)


def _on_globe(point: tuple[float, float] | None) -> dict[str, float | None]:
    """A point as one on a globe of radius 1 about the origin."""
    if point is None:
        return {"x": None, "y": None, "z": None}
    latitude, longitude = map(radians, point)
    return {
        "x": cos(latitude) * cos(longitude),
        "y": cos(latitude) * sin(longitude),
        "z": sin(latitude),
    }


def _pair(low: int | None, high: int | None) -> tuple[int, int] | None:
    return None if low is None or high is None else (low, high)
