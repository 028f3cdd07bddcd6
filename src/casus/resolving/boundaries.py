"""Files of boundaries, read shape by shape.

Read are GeoNames' own shapes (geoNameId and GeoJSON, a tab between) and GeoJSON feature
collections whose features say which unit they are: by GeoNames id, as geoBoundaries
does (shapeGroup, shapeType, shapeName), or as GADM does (GID_0, NAME_1, NAME_2).
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casus.errors import GazetteerError
from casus.resolving.geonames_dump import DumpFile

_ID_NAMES = ("geonameid", "geonamesid", "geonames_id", "geoname_id", "gn_id")
_CHUNK_CHARS = 1 << 20
_LONGEST_FEATURE = 1 << 29
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_NEXT = re.compile(r"[\s,]*")


@dataclass(frozen=True, slots=True)
class Shape:
    """A boundary with what its file says of the unit: an id, or a country (ISO alpha-3), a level and names.

    `names` are those of the unit's levels from the first order down.  `fault` says why
    a shape can't be read.
    """

    geometry: Mapping[str, Any] | None = None
    geonames_id: int | None = None
    iso3: str | None = None
    level: int | None = None
    names: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class BoundaryFile:
    """A file of boundaries on disk, zipped or plain."""

    dump: DumpFile

    @classmethod
    def find(cls, path: Path) -> BoundaryFile:
        """The file at `path`; raises GazetteerError where there is none or the archive is broken."""
        return cls(DumpFile.find(path))

    def shapes(self) -> Iterator[Shape]:
        """The shapes in order; raises GazetteerError where the file is of another kind or breaks off."""
        with self.dump.open() as stream:
            head = stream.read(1).lstrip()
        found = False
        for shape in self._features() if head == b"{" else self._lines():
            found = found or shape.fault is None
            yield shape
        if not found:
            raise GazetteerError(
                f"{self.dump.path} has no boundaries that say which unit they are: give GeoNames' shapes, or"
                " GeoJSON features with a geonameid, with shapeGroup, shapeType and shapeName, or with GID_0"
            )

    def _lines(self) -> Iterator[Shape]:
        with self.dump.open() as stream:
            for number, line in enumerate(stream):
                head, tab, content = line.decode("utf-8", "replace").partition("\t")
                if number == 0 and not head.strip().isdecimal():
                    continue
                yield _shape_of_line(head.strip(), content if tab else "")

    def _features(self) -> Iterator[Shape]:
        decoder, buffer, is_open = json.JSONDecoder(), "", False
        with self.dump.open() as packed:
            stream = codecs.getreader("utf-8")(packed, "replace")
            # The larger the rest of a feature is, the more is read before it is tried again.
            while chunk := stream.read(max(_CHUNK_CHARS, len(buffer))):
                buffer += chunk
                if not is_open:
                    start = _FEATURES.search(buffer)
                    if start is None:
                        continue
                    buffer, is_open = buffer[start.end() :], True
                position = 0
                while True:
                    begin = _NEXT.match(buffer, position)
                    position = begin.end() if begin else position
                    if buffer.startswith("]", position):
                        return
                    try:
                        feature, position = decoder.raw_decode(buffer, position)
                    except json.JSONDecodeError:
                        break
                    yield shape_of_feature(feature)
                buffer = buffer[position:]
                if len(buffer) > _LONGEST_FEATURE:
                    break
        raise GazetteerError(
            f"{self.dump.path} is truncated or no GeoJSON: get it again; nothing was changed"
        )


def _shape_of_line(head: str, content: str) -> Shape:
    if not head.isdecimal():
        return Shape(fault=f"no GeoNames id: {head[:20]!r}")
    try:
        return Shape(json.loads(content), geonames_id=int(head))
    except json.JSONDecodeError as error:
        return Shape(fault=f"no GeoJSON ({error.msg})")


def shape_of_feature(feature: Mapping[str, Any]) -> Shape:
    """The shape of a GeoJSON feature, with what its properties say of the unit."""
    geometry = feature.get("geometry")
    told = feature.get("properties") or {}
    if not geometry:
        return Shape(fault="no geometry")
    for name, value in told.items():
        if name.lower() in _ID_NAMES and str(value).strip().removesuffix(".0").isdecimal():
            return Shape(geometry, geonames_id=int(float(value)))
    if told.get("shapeGroup") and str(told.get("shapeType", "")).startswith("ADM"):
        order = str(told["shapeType"]).removeprefix("ADM")
        if order.isdecimal():
            own = (str(told.get("shapeName") or ""),)
            return Shape(geometry, iso3=str(told["shapeGroup"]), level=int(order), names=own)
    if told.get("GID_0"):
        names = tuple(str(told[key]) for key in ("NAME_1", "NAME_2", "NAME_3") if told.get(key))
        return Shape(geometry, iso3=str(told["GID_0"])[:3], level=len(names), names=names)
    return Shape(fault="its properties don't say which unit it is")
