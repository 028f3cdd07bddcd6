"""Parsing: the pipeline as the reader uses it, beside the pipeline as spaCy runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from casus.errors import PipelineError
from casus.model import Report
from casus.reading.gating import relevant_stretches
from casus.reading.parsing import DEFAULT_PIPELINE, Job, Sentence, load_pipeline, parse
from casus.reading.segmenting import stretches

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
# What the attribute ruler has rules of more than one token for, white space, and odd text.
ODD = [
    "There were shots and there was a blast.",
    "They're gonna leave, aren't they? Y'all come on, let's go.",
    "He ain't got no gun; he's gotta go.",
    "  two  spaces   ",
    "",
    "🙂 שלום мир",
    "PRESIDENT SAID TO HAVE DONE WHAT HE COULD",
]


def sentences_of(text: str) -> tuple[Sentence, ...]:
    report = Report.of(text)
    [parsed] = parse(load_pipeline(), [Job(report.text, tuple(enumerate(stretches(report))))])
    return parsed


def attributes_of(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.dep_, t.pos_, str(t.morph), t.lemma_) for t in doc]


def test_the_pipeline_says_what_spacy_itself_says() -> None:
    plain = spacy.load(DEFAULT_PIPELINE, exclude=["ner"])
    texts = [line for path in sorted(EXAMPLES.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    for own, spacys in zip(load_pipeline().pipe([*texts, *ODD]), plain.pipe([*texts, *ODD]), strict=True):
        assert attributes_of(own) == attributes_of(spacys)


def test_tokens_stand_where_their_words_stand_in_the_report() -> None:
    text = "Two men fell. A third, “Abu Omar”, fled to Bor."
    for sentence in sentences_of(text):
        for i, token in enumerate(sentence.doc):
            start, end = sentence.chars(i, i + 1)
            # Typographic marks are made plain for the parser, one for one.
            assert len(text[start:end]) == len(token.text)
            assert text[start:end].isalnum() is False or text[start:end] == token.text


@pytest.mark.parametrize(
    ("words", "covered"),
    [
        ("third", "third"),
        ("hir", "third"),  # part of a token
        ("Abu Omar", "Abu Omar"),
        ("fell", None),  # in another sentence
    ],
)
def test_the_tokens_of_a_span_are_found(words: str, covered: str | None) -> None:
    text = "Two men fell. A third, “Abu Omar”, fled to Bor."
    _, sentence = sentences_of(text)
    start = text.index(words)
    tokens = sentence.tokens_in(start, start + len(words))
    assert (sentence.text(*tokens) if tokens is not None else None) == covered


def test_sentences_of_several_reports_come_back_with_their_report() -> None:
    texts = ["Rebels shot two men. They fled.", "", "A bomb went off in Hadra."]
    reports = [Report.of(text) for text in texts]
    jobs = [Job(report.text, relevant_stretches(report)) for report in reports]
    parsed = list(parse(load_pipeline(), jobs))
    assert [[s.doc.text for s in sentences] for sentences in parsed] == [
        ["Rebels shot two men.", "They fled."],
        [],
        ["A bomb went off in Hadra."],
    ]


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(PipelineError, match=r"no_such_pipeline.*CASUS_PIPELINE"):
        load_pipeline("no_such_pipeline")


def test_a_pipeline_that_does_not_parse_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(PipelineError, match="has no tagger"):
        load_pipeline(str(tmp_path))


def test_a_surname_at_the_head_of_a_sentence_is_a_name() -> None:
    """The tagger takes "Tondi" for a plural; the text has shown that it is a name."""
    sentences = sentences_of("The raid was led by rebels, Ibrahim Tondi said. Tondi blamed the Red Front.")
    assert sentences[1].doc[0].tag_ == "NNP"
