"""The gate: what it lets in, what it keeps out, and which sentences it chooses."""

from __future__ import annotations

import pytest

from casus.model import Report
from casus.reading.gating import relevant_stretches, signs_in, tells_of_violence, weight_of
from casus.reading.lexicon import load_lexicon

# Sentences of everyday news, to put around those that matter.
PEACE = (
    "The town hall was repainted over the summer. Its clerk is pleased with the new colour. "
    "Visitors may come in the afternoon, and entry is free for children under twelve. "
    "A small garden behind the building has been planted with roses and lavender. "
    "The library next door will open again once its shelves have come from the joiner. "
    "Readers can return their books through the slot beside the entrance until then. "
    "The bakery on the corner sells coffee from six in the morning. "
    "Its owner moved here from the coast and learned the trade from her aunt. "
)


def text_of(sentences: str) -> str:
    """A text of some length with these sentences at its head."""
    return f"{sentences} {PEACE}"


VIOLENT = [
    # What was done.
    "Gunmen shot dead three traders on the road to Sabra.",
    "A suicide bomber drove a lorry into the gate of the barracks.",
    "Two roadside bombs went off as the convoy passed; six soldiers were wounded.",
    "Warplanes struck the market of Tel Umm.",
    "Shelling by the army set houses ablaze, residents said.",
    "Rebels ambushed a patrol and took its weapons.",
    "The bodies of nine villagers were found in a well; all had been killed with machetes.",
    "Police used tear-gas against protesters and detained dozens of them.",
    "A mob lynched two men accused of theft.",
    "Rioters looted shops and torched a church.",
    "Herders and farmers clashed over wells; eleven people died.",
    "Armed men kidnapped a priest and asked for a ransom.",
    "Pirates boarded the tanker and hold its crew captive.",
    "Opposition activists were arrested in their homes before dawn.",
    "The mayor was assassinated outside his house.",
    "Villages were razed and thousands of people displaced.",
    "Landmines maimed four children near the frontier.",
    # What was agreed or counted.
    "Both sides signed a ceasefire in Geneva.",
    "The truce was broken twice in its first night.",
    "Violence has killed 300 civilians since May, the ministry said.",
    # In capitals, as agencies once wrote.
    "GUERRILLAS ATTACKED A BRIDGE NEAR SAN LUCAS.",
]


@pytest.mark.parametrize("sentence", VIOLENT)
def test_a_report_of_violence_is_let_in(sentence: str) -> None:
    assert tells_of_violence(Report.of(text_of(sentence)))
    assert tells_of_violence(Report.of(sentence))


PEACEFUL = [
    "The council approved the budget for the new school on Tuesday.",
    "The striker scored twice in the second half.",
    "Shares fell after the bank warned of lower profits.",
    "Police asked drivers to avoid the bridge during the works.",
    "She died at home at the age of ninety, survived by two sons.",
    "Firefighters put out a fire in a garage; nobody was in the building.",
    "The executive said that the merger would save ten million.",
    "The film won three prizes, among them that for its music.",
]


@pytest.mark.parametrize("sentence", PEACEFUL)
def test_everyday_news_is_kept_out(sentence: str) -> None:
    assert not tells_of_violence(Report.of(text_of(sentence)))


def test_a_single_weak_sign_deep_in_a_text_is_not_enough() -> None:
    assert not tells_of_violence(Report.of(f"{PEACE} {PEACE} Police said the man had died of his injuries."))


def test_a_strong_sign_deep_in_a_text_is_enough() -> None:
    buried = f"{PEACE} {PEACE} Insurgents killed two of her brothers in an ambush."
    assert tells_of_violence(Report.of(buried))


def test_a_report_that_is_kept_out_has_no_sentences_to_parse() -> None:
    assert relevant_stretches(Report.of(PEACE)) == ()


def test_of_a_report_only_the_sentences_with_signs_and_those_beside_them_are_chosen() -> None:
    told = "Soldiers killed two fishermen near the pier."
    report = Report.of(f"{PEACE}{told} {PEACE}")
    numbers = [number for number, _ in relevant_stretches(report)]
    at = PEACE.count(".")
    # Title and lead, one sentence before, two after; numbers count all sentences.
    assert numbers == [0, 1, at - 1, at, at + 1, at + 2]


def test_of_a_short_report_all_sentences_are_chosen() -> None:
    report = Report.of("A bomb went off in Hadra. It was a warm day. Nobody knew why. The shops were shut.")
    assert [number for number, _ in relevant_stretches(report)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # A sign counts once, however often its words stand there.
        ("killed, killed and KILLED", {"killing"}),
        # The longest fitting stem wins, so that a harmless word can be set apart.
        ("firefighters", {"harmless"}),
        ("a firefight", {"gun battle"}),
        # Compounds have their own sign, or those of their parts.
        ("a cease-fire", {"ceasefire"}),
        ("a police-army patrol", {"police", "forces"}),
        # Parts of words are no words.
        ("skilled", set()),
        ("the Warsaw orchestra", set()),
    ],
)
def test_signs_are_found_by_whole_words_and_stems(text: str, names: set[str]) -> None:
    assert {sign.name for sign in signs_in(text)} == names


def test_of_weak_signs_only_two_count() -> None:
    weak = signs_in("police, hospital, border, fire, dead")
    assert len(weak) > 2
    assert {sign.weight for sign in weak} == {1}
    assert weight_of(weak) == 2


def test_every_word_of_harm_or_violence_that_stands_alone_is_a_sign() -> None:
    lexicon = load_lexicon()
    alone = {
        lemma
        for table in (lexicon.harms, lexicon.acts)
        for (lemma, _), words in table.items()
        if any(not word.complement for word in words) and " " not in lemma
    }
    # Those that are more often something else stand in the table too, with no weight.
    assert {lemma for lemma in alone if not signs_in(lemma)} == set()
