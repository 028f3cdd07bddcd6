"""The JSON of a reading, and its schema."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from casus.model import Reading
from casus.output import ReadingRecord, json_schema, reading_record
from casus.output.gold import GoldRecord, gold_record
from factories import sample_reading, sample_report

PUBLISHED_SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "reading.schema.json"


def test_the_published_schema_is_the_one_that_the_code_follows() -> None:
    assert PUBLISHED_SCHEMA.read_text("utf-8") == json_schema(), (
        "run: casus schema > docs/schema/reading.schema.json"
    )


def test_a_record_follows_the_schema() -> None:
    schema = json.loads(json_schema())
    Draft202012Validator.check_schema(schema)
    for reading in (sample_reading(), Reading(sample_report(None), "test 1")):
        Draft202012Validator(schema).validate(json.loads(reading_record(reading).model_dump_json()))


def test_the_schema_refuses_a_record_that_lacks_a_key() -> None:
    content = json.loads(reading_record(sample_reading()).model_dump_json())
    del content["events"][0]["tolls"][0]["evidence"]
    assert not Draft202012Validator(json.loads(json_schema())).is_valid(content)


def test_a_record_reads_back_the_same() -> None:
    record = reading_record(sample_reading(), "reports/1.txt")
    assert ReadingRecord.model_validate_json(record.model_dump_json()) == record


def test_all_evidence_says_what_stands_in_the_text() -> None:
    record = reading_record(sample_reading())
    pieces = _evidence(json.loads(record.model_dump_json()))
    assert len(pieces) > 15
    for piece in pieces:
        assert record.report.text[piece["start_char"] : piece["end_char"]] == piece["words"]


def test_a_record_holds_the_keys_of_the_coding_rules() -> None:
    reading = sample_reading()
    record = json.loads(reading_record(reading).model_dump_json())
    gold = json.loads(gold_record(reading).to_json())
    assert _covers(record, gold)


def test_what_only_toll_claims_have_is_left_out_of_others_in_the_coders_form() -> None:
    toll, accusation, *_ = json.loads(gold_record(sample_reading()).to_json())["claims"]
    assert (toll["low"], toll["high"], "actor" in toll) == (9, None, False)
    assert (accusation["actor"], "harm" in accusation) == ("army", False)


def test_the_coders_form_reads_back_the_same() -> None:
    record = gold_record(sample_reading(), "1.txt")
    assert GoldRecord.model_validate_json(record.to_json()) == record


def _evidence(value: object) -> list[dict[str, object]]:
    """Every piece of evidence below a JSON value."""
    if isinstance(value, dict):
        mine = [value] if "rule" in value else []
        return mine + [piece for part in value.values() for piece in _evidence(part)]
    return [piece for part in value for piece in _evidence(part)] if isinstance(value, list) else []


def _covers(value: object, part: object) -> bool:
    """True where `value` holds all that `part` does, key by key."""
    if isinstance(part, dict) and isinstance(value, dict):
        return all(key in value and _covers(value[key], inner) for key, inner in part.items())
    if isinstance(part, list) and isinstance(value, list):
        return len(value) == len(part) and all(map(_covers, value, part))
    return value == part
