"""Marks in a text, whatever spans overlap and in whatever script it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casus.exports.redacting import RedactedText
from casus.web.rendering import as_it_is
from casus.web.views.evidence import MarkKind, Span, segments_of
from casus.web.views.excerpts import sentence_around


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """A text in any script, with spans that lie in any way, some of them beside the text."""
    text = draw(st.text(max_size=60))
    offsets = st.integers(-2, len(text) + 2)
    kinds = st.sampled_from(list(MarkKind))
    spans = draw(st.lists(st.builds(Span, offsets, offsets, kinds, st.integers(1, 9)), max_size=12))
    return text, spans


@given(marked_texts())
def test_the_segments_are_the_text_and_each_knows_what_covers_it(given_text: tuple[str, list[Span]]) -> None:
    text, spans = given_text
    segments = segments_of(text, spans)
    assert "".join(segment.text for segment in segments) == text
    inside = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    for segment in segments:
        assert segment.text
        assert text[segment.start :].startswith(segment.text)
        end = segment.start + len(segment.text)
        covering = [span for span in inside if span.start <= segment.start and end <= span.end]
        touching = [span for span in inside if span.start < end and segment.start < span.end]
        assert covering == touching
        assert set(segment.kinds) == {span.kind for span in covering}
        assert set(segment.values) == {span.value for span in covering}
    begun = [begin for segment in segments for begin in segment.begins]
    assert sorted(begun) == sorted({(span.start, span.end) for span in inside})


@given(st.text(max_size=80), st.integers(0, 80), st.integers(1, 80))
def test_a_sentence_has_the_words_that_it_is_looked_for_by(text: str, start: int, length: int) -> None:
    start, end = min(start, len(text)), min(start + length, len(text))
    first, last = sentence_around(text, start, end)
    assert 0 <= first <= start
    assert end <= last <= len(text)


def test_a_sentence_ends_where_the_next_begins() -> None:
    text = "Smoke rose. Raiders killed 9 men at the mill! People fled."
    start = text.index("9")
    first, last = sentence_around(text, start, start + 1)
    assert text[first:last].strip() == "Raiders killed 9 men at the mill!"


def test_browsers_keep_what_characters_are_counted_in() -> None:
    assert as_it_is("a\r\n<b>") == "a&#13;\n&lt;b&gt;"


def test_marks_follow_the_text_as_it_is_shown() -> None:
    text = RedactedText("Met [name withheld] there", ((4, 9),))
    assert text.text[slice(*text.span(10, 15))] == "there"
