"""Where sentences end: each row is a text and the sentences that it is cut into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.model import Report
from casus.reading.segmenting import MAX_SENTENCE_CHARS, dateline_end, stretches


def sentences_of(text: str, title: str | None = None) -> list[str]:
    report = Report.of(text, title=title)
    return [report.text[s.start : s.end] for s in stretches(report)]


CASES = [
    # Full stops end sentences, abbreviations do not.
    ("Two men fell. Both lived.", ["Two men fell.", "Both lived."]),
    ("Lt. Col. Ana Ruiz spoke. She left.", ["Lt. Col. Ana Ruiz spoke.", "She left."]),
    ("Supt. Rao of the U.N. mission spoke.", ["Supt. Rao of the U.N. mission spoke."]),
    ("It happened at 6 p.m. Police came.", ["It happened at 6 p.m.", "Police came."]),
    ("They flew to the U.S. The army stayed.", ["They flew to the U.S.", "The army stayed."]),
    ("Some 3.5 km away a shell fell.", ["Some 3.5 km away a shell fell."]),
    ("J. K. Osei was there.", ["J. K. Osei was there."]),
    # Quotation marks and brackets after the stop belong to the sentence.
    ("“We saw nothing.” He went on.", ["“We saw nothing.”", "He went on."]),
    ('"Why us?" she asked. Nobody knew.', ['"Why us?" she asked.', "Nobody knew."]),
    ("(He did not say why.) They left.", ["(He did not say why.)", "They left."]),
    # Dots in a row end a sentence only before a capital.
    ("He waited ... and left. Then it rained...", ["He waited ... and left.", "Then it rained..."]),
    # Text in one case only.
    ("REBELS ATTACKED. TWO DIED.", ["REBELS ATTACKED.", "TWO DIED."]),
    ("rebels attacked. two died.", ["rebels attacked.", "two died."]),
    # Each line is a paragraph, a list or a table too.
    ("Dead: 3\nHurt: 5", ["Dead: 3", "Hurt: 5"]),
    ("- two killed in Bor\n- one in Juba", ["- two killed in Bor", "- one in Juba"]),
    ("Bor\t3\t5\nJuba\t1\t0", ["Bor\t3\t5", "Juba\t1\t0"]),
    ("One fell.\r\nTwo rose.\r\n", ["One fell.", "Two rose."]),
    # Lines broken at a width within sentences are put together.
    (
        "Gunmen attacked the post\nnear the river and fled\nto the hills. Nobody\nwas hurt.",
        ["Gunmen attacked the post\nnear the river and fled\nto the hills.", "Nobody\nwas hurt."],
    ),
    # A dateline is no part of its sentence.
    ("(Nairobi, May 4, 2021) - Two men fell.", ["Two men fell."]),
    ("(Nairobi) – Two men fell.", ["Two men fell."]),
    ("KABUL, April 11 (Agency) - A mine went off.", ["A mine went off."]),
    ("April 3 – Two were hurt.", ["Two were hurt."]),
    # No full stop, no text.
    ("No stop at the end", ["No stop at the end"]),
    (" \n\t\n ", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_a_text_is_cut_into_sentences(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


def test_the_title_comes_first_and_alone() -> None:
    report = Report.of("Six were hurt.", title="Blast in Hadra")
    first, second = stretches(report)
    assert (first.is_title, second.is_title) == (True, False)
    assert report.text[first.start : first.end] == "Blast in Hadra"


def test_a_text_without_stops_is_cut_at_spaces() -> None:
    text = "word " * 2_000
    pieces = sentences_of(text)
    assert " ".join(pieces).split() == text.split()
    assert max(map(len, pieces)) <= MAX_SENTENCE_CHARS


def test_a_dateline_ends_where_the_report_begins() -> None:
    text = "NAZRAN, Ingushetia (Agency) - A man was shot."
    assert text[dateline_end(text) :] == "A man was shot."
    assert dateline_end("A man was shot.") == 0


# Without the signs that end a dateline.
ANY_BUT_DATELINES = st.characters(codec="utf-8", exclude_characters="-–—:")


@given(st.text(alphabet=ANY_BUT_DATELINES, max_size=300))
def test_sentences_follow_one_another_and_leave_out_only_white_space(text: str) -> None:
    found = stretches(Report.of(text))
    ends = [0, *(stretch.end for stretch in found)]
    assert all(end <= s.start < s.end <= len(text) for end, s in zip(ends, found, strict=False))
    kept = "".join(text[s.start : s.end] for s in found)
    assert "".join(kept.split()) == "".join(text.split())
