"""The result of linking as tables: which accounts make which event, the pairs, a row an event.

An event is named as the casebook names it, after its first account: by the day of publication,
then by the report's hash.  A copy that was not read belongs to the events of its original.
The row of an event sums its accounts up for looking for it; its reconciled record, with who says
what, is what a casebook makes of it once it is loaded there.
"""

from __future__ import annotations

from casus.archive.linking.dialects import Dialect
from casus.archive.linking.engines import Engine
from casus.archive.storage import Folder

TABLES = LINKS, PAIRS, EVENTS = ("links", "pairs", "events")

_NAMED = """
SELECT m.id, a.key, a.report, a.published,
    first_value(a.key) OVER (PARTITION BY m.event ORDER BY a.published NULLS LAST, a.id) AS event
FROM member m JOIN account a ON a.id = m.id
"""
_COPIES = """
SELECT DISTINCT n.event, c.hash AS report, c.copy_of, c.archive
FROM named n JOIN report_once c ON c.copy_of = n.report
WHERE c.status = 'copy' AND c.hash NOT IN (SELECT report FROM taken)
"""
_LINKS = """
SELECT event, key, report, copy_of, archive FROM (
    SELECT n.event, n.key, n.report, CAST(NULL AS STRING) AS copy_of, t.archive
    FROM named n JOIN taken t ON t.report = n.report
    UNION ALL
    SELECT event, CAST(NULL AS STRING) AS key, report, copy_of, archive FROM copies
) told ORDER BY event, key NULLS LAST, report
"""
_PAIRS = """
SELECT a.key AS one, b.key AS other, k.weight
FROM kept k JOIN account a ON a.id = k.one JOIN account b ON b.id = k.other ORDER BY one, other
"""
_TOLD = """
SELECT n.event, n.id, n.published, t.is_main, t.event_type, t.precision, t.start, t."end", t.country, t.adm1,
    t.adm2, t.place, t.geonames_id, t.latitude, t.longitude, t.precision_code, t.perpetrators, t.targets,
    t.killed_low, t.killed_high, t.injured_low, t.injured_high, t.published_on
FROM told t JOIN named n ON n.key = t.key
"""
_WHEN = """
SELECT event, start, "end", precision FROM (
    SELECT *, row_number() OVER (PARTITION BY event ORDER BY rank, alike DESC, published NULLS LAST, id) AS n
    FROM (
        SELECT event, id, published, start, "end", precision,
            CASE precision WHEN 'day' THEN 0 WHEN 'range' THEN 1 WHEN 'month' THEN 2 WHEN 'year' THEN 3
                ELSE 4 END AS rank,
            count(*) OVER (PARTITION BY event, start, "end") AS alike
        FROM event_told
    ) ranked
) numbered WHERE n = 1
"""
_WHERE = """
SELECT event, country, adm1, adm2, place, geonames_id, latitude, longitude, precision_code FROM (
    SELECT *, row_number() OVER (
        PARTITION BY event ORDER BY rank, alike DESC, published NULLS LAST, id) AS n
    FROM (
        SELECT event, id, published, country, adm1, adm2, place, geonames_id, latitude, longitude,
            precision_code, coalesce(precision_code, 9) AS rank,
            count(*) OVER (PARTITION BY event, country, place) AS alike
        FROM event_told
    ) ranked
) numbered WHERE n = 1
"""
_WHAT = """
SELECT event, event_type FROM (
    SELECT *, row_number() OVER (
        PARTITION BY event ORDER BY is_main DESC, alike DESC, published NULLS LAST, id) AS n
    FROM (
        SELECT event, id, published, is_main, event_type,
            count(*) OVER (PARTITION BY event, is_main, event_type) AS alike
        FROM event_told
    ) ranked
) numbered WHERE n = 1
"""
_SUMS = """
SELECT event, count(*) AS accounts, min(killed_low) AS killed_low, max(killed_high) AS killed_high,
    min(injured_low) AS injured_low, max(injured_high) AS injured_high,
    min(published_on) AS first_published, max(published_on) AS last_published
FROM event_told GROUP BY event
"""


def make_results(engine: Engine) -> None:
    """Make the tables to be written from `member`, `account`, `kept`, `told`, `taken` and `report_once`."""
    engine.make("named", _NAMED)
    engine.view("copies", _COPIES)
    engine.make("event_told", _quoted(_TOLD, engine.dialect))
    engine.view("event_report", _reports_sql())
    for name, query in (("dated", _WHEN), ("placed", _WHERE), ("typed", _WHAT), ("summed", _SUMS)):
        engine.view(name, _quoted(query, engine.dialect))
    engine.view("heard", _heard_sql(engine.dialect))
    for column in ("perpetrators", "targets"):
        engine.view(f"{column}_of", _names_sql(engine.dialect, column))


def write_results(engine: Engine, folder: Folder) -> None:
    """Write `links`, `pairs` and `events` into a folder."""
    engine.write(_LINKS, folder, LINKS)
    engine.write(_PAIRS, folder, PAIRS)
    engine.write(_quoted(_EVENTS, engine.dialect), folder, EVENTS)


def _reports_sql() -> str:
    """Each report of each event, copies too, with its original and publisher."""
    return """
    SELECT n.event, r.hash, coalesce(r.copy_of, r.hash) AS original, r.publisher
    FROM (SELECT DISTINCT event, report FROM named) n JOIN report_once r ON r.hash = n.report
    UNION ALL
    SELECT c.event, r.hash, coalesce(r.copy_of, r.hash) AS original, r.publisher
    FROM copies c JOIN report_once r ON r.hash = c.report
    """


def _heard_sql(dialect: Dialect) -> str:
    """How many reports tell of each event, how many without copies of one text, and whose they are."""
    return f"""
    SELECT event, count(DISTINCT hash) AS reports, count(DISTINCT original) AS independent_reports,
        {dialect.collected("publisher")} AS publishers
    FROM event_report GROUP BY event
    """


def _names_sql(dialect: Dialect, column: str) -> str:
    """The names that accounts of each event give, as a list."""
    return f"""
    SELECT event, {dialect.collected("name")} AS {column} FROM (
        SELECT event, {dialect.exploded(column)} AS name FROM event_told
    ) told GROUP BY event
    """


def _quoted(query: str, dialect: Dialect) -> str:
    """A query with the quotes that an engine wants around a name that is a word of SQL."""
    return query.replace('"', "`") if dialect.name == "spark" else query


_EVENTS = """
SELECT s.event, w.event_type, d.start, d."end", d.precision, p.country, p.adm1, p.adm2, p.place,
    p.geonames_id, p.latitude, p.longitude, p.precision_code,
    o.perpetrators, g.targets,
    s.killed_low, s.killed_high, s.injured_low, s.injured_high, s.accounts,
    h.reports, h.independent_reports, h.publishers, s.first_published, s.last_published
FROM summed s JOIN dated d ON d.event = s.event JOIN placed p ON p.event = s.event
    JOIN typed w ON w.event = s.event
    JOIN heard h ON h.event = s.event
    LEFT JOIN perpetrators_of o ON o.event = s.event LEFT JOIN targets_of g ON g.event = s.event
ORDER BY s.event
"""
