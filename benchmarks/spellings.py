"""How often a settlement is found by a spelling that the gazetteer lacks.

    python benchmarks/spellings.py

Asked for are GeoNames' alternate names of settlements in seven countries, in a copy of
the gazetteer without any alternate name of a settlement; the country is known.  Names
far from the settlement's own ("Rangoon" for Yangon) can't be found so; they are counted
apart from other spellings of one name.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from casus.resolving.gazetteer import EntryKind, Gazetteer, NameRank
from casus.resolving.gazetteer_build import ensure_gazetteer
from casus.resolving.gazetteer_sources import alternate_names
from casus.resolving.gazetteer_tables import file_spellings, is_useful
from casus.resolving.place_names import fold_key

COUNTRIES = ("AF", "IQ", "MM", "NG", "SD", "SY", "YE")
_ASKED = 6000
_SHORTEST = 4
_LIKE = 0.75


def without_aliases(source: Path, path: Path) -> None:
    """Copy a gazetteer and take the alternate names of settlements out of the copy."""
    shutil.copy(source, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "DELETE FROM name WHERE rank = ? AND place IN (SELECT id FROM place WHERE kind = ?)",
            (int(NameRank.ALIAS), int(EntryKind.SETTLEMENT)),
        )
        connection.execute("DELETE FROM sound")
        file_spellings(connection)
        connection.commit()


def questions(gazetteer: Gazetteer) -> Iterator[tuple[int, str, str, bool]]:
    """Id, country and a name that isn't the settlement's own; last whether it is spelt like it."""
    for geonames_id, names in alternate_names():
        entry = gazetteer.entry(geonames_id)
        if entry is None or entry.country_code not in COUNTRIES:
            continue
        own = fold_key(entry.name)
        for name in sorted(set(names)):
            key = fold_key(name)
            if is_useful(name) and key != own and len(key) >= _SHORTEST:
                is_like = JaroWinkler.similarity(key, own) >= _LIKE
                yield geonames_id, entry.country_code, name, is_like


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gazetteer.sqlite")
        with ensure_gazetteer() as whole:
            without_aliases(whole.path, path)
        asked: Counter[tuple[str, bool]] = Counter()
        found: Counter[tuple[str, bool]] = Counter()
        with Gazetteer.open(path) as gazetteer:
            sample = list(questions(gazetteer))
            random.Random(1).shuffle(sample)
            for geonames_id, country, name, is_like in sample[:_ASKED]:
                matches = gazetteer.lookup(name) + gazetteer.alike(name, country_codes=frozenset({country}))
                asked[country, is_like] += 1
                found[country, is_like] += geonames_id in {match.entry.id for match in matches}
    sys.stdout.write(f"{'':10}{'spellings':>12}{'found':>8}{'other names':>14}{'found':>8}\n")
    for label, codes in [*((code, (code,)) for code in COUNTRIES), ("all", COUNTRIES)]:
        cells = []
        for is_like in (True, False):
            total = sum(asked[code, is_like] for code in codes)
            share = sum(found[code, is_like] for code in codes) / max(1, total)
            cells.append((total, share))
        (like, like_share), (other, other_share) = cells
        sys.stdout.write(f"{label:10}{like:>12}{like_share:>8.3f}{other:>14}{other_share:>8.3f}\n")


if __name__ == "__main__":
    main()
