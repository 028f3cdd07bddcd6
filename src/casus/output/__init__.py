"""Readings become text for people and JSON for machines."""

from casus.output.gold import GoldRecord, gold_record
from casus.output.record import ReadingRecord, json_schema, reading_record

__all__ = ["GoldRecord", "ReadingRecord", "gold_record", "json_schema", "reading_record"]
