"""The gate of an archive: what it lets in, what it keeps out, and what a damaged model says."""

from __future__ import annotations

import json
import time
import zlib

import numpy as np
import pytest

from casus.archive import gate as gate_module
from casus.archive.gate import NO_WORDS, Gate, load_gate, model_file, read_gate, words_of
from casus.errors import KnowledgeError
from corpora import SHARED
from gate_texts import GOLD, LGL, MUC, RELEVANCE, GateText, gate_texts, is_violent, words_let_in

needs_shared = pytest.mark.skipif(
    not (SHARED / "data" / "relevance").is_dir(), reason="the corpora of ../shared are not here"
)

VIOLENT = [
    # What was done, as a short note.
    "Gunmen shot dead three traders on the road to Sabra on Monday, police said.",
    "A suicide bomber drove a lorry into the gate of the barracks in Tel Umm, killing nine soldiers.",
    "Rebels of the Falcon Front ambushed a patrol near Dorlim and killed four policemen.",
    "Warplanes bombed the market of Tel Umm; at least twelve civilians were killed and thirty injured.",
    "Armed men kidnapped a priest in Dorlim and demanded a ransom, the diocese said.",
    "Police fired tear gas at protesters in the capital and arrested dozens of opposition activists.",
    "A mob set fire to houses of the minority in Sabra after clashes that left two people dead.",
    # Without capitals or commas, and in capitals.
    "gunmen attacked a village near dorlim and killed seven farmers  the army said",
    "GUERRILLAS ATTACKED A POLICE POST NEAR SAN LUCAS AND KILLED TWO AGENTS.",
    # What was agreed or counted.
    "The government and the rebels of the Falcon Front signed a ceasefire agreement in Geneva.",
    "Violence has killed 300 civilians in the north since May, the human rights commission said.",
]
PEACEFUL = [
    "The striker scored twice in the second half and the home side won the cup final at the stadium.",
    "The software company said its new phone will be in shops by the summer with a larger screen.",
    "The film took the prize for best picture, and its leading actress sang at the awards ceremony.",
    "Shares rose as the retailer reported higher profits for the quarter, beating analysts' forecasts.",
    "Bake the apples for twenty minutes, then add the sugar and a spoon of butter, and serve with cream.",
]
EVERYDAY = (
    "The singer will release her new album in May and play concerts in four cities. "
    "Tickets for the first shows sold out on the website in an hour. "
    "Her band recorded the songs in a studio by the sea with a new producer. "
)


def gate_of(table: list[int], **told: object) -> Gate:
    header = {
        "name": "trial/1",
        "threshold": 1.0,
        "bias": -1.0,
        "window": 4,
        "unit": 0.5,
        "of_signs": [0.0, 0.0, 0.0, 0.0, 0.0],
    }
    return read_gate(model_file({**header, **told}, np.array(table, dtype=np.int16)))


@pytest.mark.parametrize("text", VIOLENT)
def test_a_report_of_violence_is_let_in(text: str) -> None:
    assert load_gate().lets_in(text)


@pytest.mark.parametrize("text", PEACEFUL)
def test_other_news_is_kept_out(text: str) -> None:
    assert not load_gate().lets_in(text)


@pytest.mark.parametrize("number", range(0, 9, 3))
def test_a_violent_paragraph_deep_in_a_long_text_is_let_in(number: int) -> None:
    paragraph = " ".join(VIOLENT[number : number + 3])
    assert not load_gate().lets_in(EVERYDAY * 16)
    assert load_gate().lets_in(f"{EVERYDAY * 8} {paragraph} {EVERYDAY * 8}")


def test_case_and_punctuation_make_no_difference() -> None:
    gate = load_gate()
    for text in [*VIOLENT, *PEACEFUL]:
        bare = text.replace(",", " ").replace(".", "").upper()
        assert gate.score(bare) == gate.score(text)


@pytest.mark.parametrize("text", ["", " \n\t", "12 34 -- 56", "Мирная жизнь", "\ud800\udfff"])
def test_a_text_without_words_is_kept_out(text: str) -> None:
    gate = load_gate()
    assert gate.score(text) == NO_WORDS
    assert not gate.lets_in(text)


def test_words_are_runs_of_latin_letters_in_lower_case() -> None:
    assert words_of("Al-Qa'ida’s 3rd CELL, “Dorlim”") == [
        b"al", b"qa", b"ida", b"s", b"rd", b"cell", b"dorlim",
    ]  # fmt: skip


def test_a_text_scores_what_its_weightiest_stretch_does() -> None:
    # One bucket: every word weighs 1.5, so four words weigh 6, by the root of four 3, with the bias 2.
    gate = gate_of([3])
    assert gate.score("a b c d") == pytest.approx(2.0)
    assert gate.score("a b c d " * 4) == pytest.approx(1.5 * 16 / 4 - 1)
    assert gate.lets_in("a b c d")
    assert not gate.lets_in("a")


@pytest.mark.parametrize("before", range(12))
def test_no_stretch_is_missed_wherever_it_stands(before: int) -> None:
    # The word "bomb" has a weight, nothing else has.
    buckets = 2**10
    table = [0] * buckets
    table[zlib.crc32(b"bomb") & (buckets - 1)] = 4
    gate = gate_of(table, window=4)
    words = ["x"] * before + ["bomb"] * 4 + ["x"] * (11 - before)
    # At least half of the four words share a stretch: 2 * 2.0 / sqrt(4) - 1.
    assert gate.score(" ".join(words)) >= 1.0


def test_signs_of_the_word_gate_count_though_training_never_met_them() -> None:
    gate = gate_of([0], of_signs=[0.0, 1.0, 2.0, 3.0, 4.0])
    assert gate.score("kidnapped") > gate.score("gardening") == gate.bias


def test_a_sign_of_violence_never_speaks_against_a_text() -> None:
    # Every word weighs -4.5 in the table.
    gate = gate_of([-9], of_signs=[0.0, 1.0, 2.0, 3.0, 4.0])
    assert gate.score("kidnapped") > gate.bias > gate.score("gardening")


def test_more_words_than_the_cache_holds_score_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join([*VIOLENT, *PEACEFUL])
    expected = load_gate().score(text)
    monkeypatch.setattr(gate_module, "_MOST_CACHED", 3)
    load_gate.cache_clear()
    try:
        assert load_gate().score(text) == expected
        assert len(load_gate().weights) <= 3
    finally:
        load_gate.cache_clear()


def file_with(**changed: object) -> bytes:
    told = {
        "name": "trial/1",
        "threshold": 0.0,
        "bias": 0.0,
        "window": 4,
        "unit": 1.0,
        "of_signs": [0.0] * 5,
    }
    header, _, packed = model_file(told, np.array([1], dtype=np.int16)).partition(b"\n")
    return json.dumps({**json.loads(header), **changed}).encode() + b"\n" + packed


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no header",
        file_with(check=0),
        file_with(buckets=2),
        file_with(unit="x"),
        file_with()[:-4],
        b"{}\n" + file_with().partition(b"\n")[2],
    ],
)
def test_a_damaged_model_says_what_to_do(content: bytes) -> None:
    with pytest.raises(KnowledgeError, match="install Casus again"):
        read_gate(content)


def test_a_news_article_takes_well_under_a_millisecond() -> None:
    gate = load_gate()
    article = (" ".join(VIOLENT) + EVERYDAY) * 10
    article = article[:3500]
    gate.score(article)
    times = []
    for _ in range(50):
        start = time.perf_counter()
        gate.score(article)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.0005


@pytest.fixture(scope="module")
def held_back() -> list[GateText]:
    return [text for text in gate_texts(SHARED) if text.is_held]


@needs_shared
@pytest.mark.parametrize("source", [*RELEVANCE, MUC])
def test_of_violent_texts_held_back_ninety_nine_in_a_hundred_are_let_in(
    source: str, held_back: list[GateText]
) -> None:
    violent = [text for text in held_back if text.source == source and is_violent(text)]
    let_in = sum(load_gate().lets_in(text.text) for text in violent)
    assert let_in >= 0.99 * len(violent) > 0


@needs_shared
def test_no_coded_report_with_content_is_lost() -> None:
    told = [text for text in gate_texts(SHARED) if text.source == GOLD and text.is_labelled]
    assert len(told) > 80
    assert [text.name for text in told if not load_gate().lets_in(text.text)] == []


@needs_shared
def test_less_local_news_is_parsed_than_by_the_gate_of_words(held_back: list[GateText]) -> None:
    local = [text.text for text in held_back if text.source == LGL]
    let_in = [text for text in local if load_gate().lets_in(text)]
    assert len(let_in) < 0.62 * len(local)
    assert sum(map(words_let_in, let_in)) < sum(map(words_let_in, local))
