"""Small files in exactly the form of GeoNames' dumps, around two invented districts of Yemen."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

ADM1, ADM2 = 900_000_001, 900_000_002
FIRST_FREE = 900_000_010


def place(
    geonames_id: int,
    name: str,
    code: str = "P.PPL",
    *,
    point: tuple[float, float] = (15.2, 44.1),
    codes: tuple[str, str, str] = ("YE", "91", "9101"),
    alternates: str = "",
    population: int = 0,
) -> str:
    """A line of allCountries.txt: 19 fields."""
    feature_class, _, feature_code = code.partition(".")
    ascii_name = name.encode("ascii", "ignore").decode()
    country, adm1, adm2 = codes
    fields = (
        *(geonames_id, name, ascii_name, alternates, point[0], point[1], feature_class, feature_code),
        *(country, "", adm1, adm2, "", "", population, "", 1200, "Asia/Aden", "2024-05-01"),
    )
    return "\t".join(map(str, fields)) + "\n"


def alternate(number: int, geonames_id: int, language: str, name: str, flags: str = "") -> str:
    """A line of alternateNamesV2.txt: 10 fields; `flags` are of preferred, short, colloquial, historic."""
    marks = ["1" if flag in flags else "" for flag in "psch"]
    return "\t".join((str(number), str(geonames_id), language, name, *marks, "", "")) + "\n"


UNITS = place(
    ADM1, "Muḩāfaz̧at Zarqaban", "A.ADM1", codes=("YE", "91", ""), alternates="Zarqaban Governorate"
) + place(ADM2, "Mudīrīyat al Hawshab", "A.ADM2", alternates="Al Hawshab District,Hawshab")


def write_zip(path: Path, text: str) -> Path:
    """A dump as it is downloaded: an archive with one text of the same name, and a readme."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "how to read this\n" * 1000)
        archive.writestr(f"{path.stem}.txt", text)
    return path


def square(west: float, south: float, size: float) -> dict[str, object]:
    """A square as a GeoJSON geometry, in degrees."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def write_shapes(path: Path, shapes: dict[int, dict[str, object]]) -> Path:
    """Shapes as GeoNames gives them: an archive with ids and GeoJSON, a tab between."""
    lines = [f"{geonames_id}\t{json.dumps(geometry)}\n" for geonames_id, geometry in shapes.items()]
    return write_zip(path, "geoNameId\tgeoJSON\n" + "".join(lines))
