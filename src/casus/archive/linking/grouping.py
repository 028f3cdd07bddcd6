"""From weighed pairs to events: what hangs together is found by SQL, and clustered as the casebook does.

Accounts that pairs tie together, straight or through others, are a *part*.  A part of two is one
event.  A larger one is clustered by the casebook's own rule (`clusters_of`): average linkage, and
no pair within an event contradicts.  Parts are worked on by the bucket, so that a process holds a
few thousand accounts at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from casus.archive.linking.accounts import features_in
from casus.archive.linking.engines import Engine
from casus.casebook.clustering import Bound, Pair, clusters_of, ordered
from casus.casebook.comparing import weight_of
from casus.casebook.features import Features
from casus.casebook.linking import SAME_REPORT

MOST_IN_PART = 20_000
"""A part of more accounts is taken apart at its weakest pairs first."""

BUCKET = 2_000
"""How many accounts a process clusters at a time, where no part is larger."""

MEMBERS = pa.schema([("id", pa.int64()), ("event", pa.int64())])
"""Accounts with the lowest id among those of their event."""


def find_parts(engine: Engine, most: int = MOST_IN_PART) -> int:
    """Make `part` (id, part) of all accounts in the table `kept` of pairs; gives the parts taken apart.

    A part of more than `most` accounts loses its weakest pairs, those up to a weight of 1, then
    2, and so on, until each of what is left of it is small enough.
    """
    engine.view("node", "SELECT one AS id FROM kept UNION SELECT other AS id FROM kept")
    _connect(engine, "node", "SELECT one, other FROM kept", "part_0")
    taken_apart = 0
    parts, weight = "part_0", 0
    while large := engine.rows(
        f"SELECT count(*) FROM (SELECT part FROM {parts} GROUP BY part HAVING count(*) > {most})"
    )[0][0]:
        taken_apart += large
        weight += 1
        parts = _taken_apart(engine, parts, weight, most)
    engine.view("part", f"SELECT id, part FROM {parts}")
    return taken_apart


def cluster(engine: Engine) -> None:
    """Make `member` (`MEMBERS`) of all accounts, from `account`, `kept` and `part`."""
    engine.make(
        "sized",
        f"SELECT part, size, CAST(floor(before / {BUCKET}) AS BIGINT) AS bucket FROM ("
        "SELECT part, size, coalesce(sum(CASE WHEN size > 2 THEN size ELSE 0 END) OVER ("
        "ORDER BY part ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM ("
        "SELECT part, count(*) AS size FROM part GROUP BY part))",
    )
    engine.make(
        "bucket_account",
        "SELECT s.bucket, p.part, a.* FROM part p JOIN sized s ON s.part = p.part AND s.size > 2 "
        "JOIN account a ON a.id = p.id ORDER BY s.bucket",
    )
    engine.make(
        "bucket_pair",
        "SELECT s.bucket, k.one, k.other, k.weight FROM kept k JOIN part p ON p.id = k.one "
        "JOIN part q ON q.id = k.other AND q.part = p.part "
        "JOIN sized s ON s.part = p.part AND s.size > 2 ORDER BY s.bucket",
    )
    engine.map_buckets("clustered", "bucket_account", "bucket_pair", members_of, MEMBERS)
    engine.make(
        "member",
        "SELECT id, event FROM clustered UNION ALL "
        "SELECT p.id, min(p.id) OVER (PARTITION BY p.part) AS event FROM part p "
        "JOIN sized s ON s.part = p.part AND s.size <= 2 UNION ALL "
        "SELECT a.id, a.id AS event FROM account a LEFT JOIN part p ON p.id = a.id WHERE p.id IS NULL",
    )


def members_of(accounts: pa.Table, pairs: pa.Table) -> pa.Table:
    """The accounts of some parts (`ACCOUNTS` with `part`) with their events, given the pairs kept."""
    features: dict[str, Features] = {}
    ids: dict[str, int] = {}
    part_of: dict[int, int] = {}
    for row in _rows(accounts):
        features[row["key"]] = features_in(row)
        ids[row["key"]] = row["id"]
        part_of[row["id"]] = row["part"]
    key_of = {number: key for key, number in ids.items()}
    weights: defaultdict[int, dict[Pair, float]] = defaultdict(dict)
    for row in _rows(pairs):
        pair = ordered(key_of[row["one"]], key_of[row["other"]])
        weights[part_of[row["one"]]][pair] = row["weight"]
    keys: defaultdict[int, list[str]] = defaultdict(list)
    for key, number in ids.items():
        keys[part_of[number]].append(key)

    def weigh(one: str, other: str) -> float:
        a, b = features[one], features[other]
        return SAME_REPORT if a.report == b.report else weight_of(a, b)

    found = [
        (number, min(group))
        for part in sorted(keys)
        for group in _groups(keys[part], weights[part], weigh, ids)
        for number in group
    ]
    return pa.Table.from_arrays(
        [
            pa.array([one for one, _ in found], pa.int64()),
            pa.array([event for _, event in found], pa.int64()),
        ],
        schema=MEMBERS,
    )


def _groups(
    keys: list[str], weights: Mapping[Pair, float], weigh: Any, ids: Mapping[str, int]
) -> Iterator[list[int]]:
    for group in clusters_of(keys, weights, weigh, Bound()):
        yield [ids[key] for key in group]


def _rows(table: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in table.to_batches(max_chunksize=1_000):
        yield from batch.to_pylist()


def _taken_apart(engine: Engine, parts: str, weight: int, most: int) -> str:
    """The parts anew, the too large ones without their pairs up to a weight."""
    large, pairs, rest, made = f"large_{weight}", f"strong_{weight}", f"loose_{weight}", f"part_{weight}"
    engine.make(
        large,
        f"SELECT id FROM {parts} WHERE part IN "
        f"(SELECT part FROM {parts} GROUP BY part HAVING count(*) > {most})",
    )
    engine.make(
        pairs,
        f"SELECT k.one, k.other FROM kept k JOIN {large} l ON l.id = k.one "
        f"JOIN {large} m ON m.id = k.other WHERE k.weight > {weight}",
    )
    _connect(engine, large, f"SELECT one, other FROM {pairs}", rest)
    engine.make(
        made,
        f"SELECT id, part FROM {parts} WHERE id NOT IN (SELECT id FROM {large}) "
        f"UNION ALL SELECT id, part FROM {rest}",
    )
    return made


def _connect(engine: Engine, nodes: str, edges: str, made: str) -> None:
    """What hangs together, by Splink's connected components; a part is called by one of its ids."""
    from splink.clustering import cluster_pairwise_predictions_at_threshold  # noqa: PLC0415

    api = engine.splink()
    engine.view(f"{made}_edge", edges)
    found = cluster_pairwise_predictions_at_threshold(
        engine.register(nodes),
        engine.register(f"{made}_edge"),
        api,
        node_id_column_name="id",
        edge_id_column_name_left="one",
        edge_id_column_name_right="other",
    )
    engine.view(made, f"SELECT id, cluster_id AS part FROM {found.physical_name}")
