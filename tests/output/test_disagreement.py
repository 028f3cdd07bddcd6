"""Where speakers contradict each other."""

from __future__ import annotations

import pytest

from casus.model import Actor, Category, Claim, ClaimKind, Evidence, Harm, Reading, Speaker
from casus.output.disagreement import blame_disagreement, toll_disagreements
from factories import sample_reading, sample_report

HERE = Evidence(0, 1, "test.words")


def speaker(name: str) -> Speaker:
    return Speaker(name, None, is_anonymous=False)


def toll(
    name: str, low: int, *, harm: Harm = Harm.KILLED, category: Category | None = None, event: str = "e1"
) -> Claim:
    return Claim(event, ClaimKind.TOLL, speaker(name), HERE, harm=harm, category=category, low=low, high=low)


def about(name: str, kind: ClaimKind, actor: str) -> Claim:
    return Claim("e1", kind, speaker(name), HERE, actor=Actor(actor))


def reading_of(*claims: Claim) -> Reading:
    return Reading(sample_report(), "test 1", claims=claims)


@pytest.mark.parametrize(
    "claims",
    [
        # The same figure twice.
        (toll("mayor", 9), toll("doctor", 9)),
        # Different people, or a different harm, or another event.
        (toll("mayor", 9, category=Category.CIVILIANS), toll("army", 2, category=Category.SECURITY_FORCES)),
        (toll("mayor", 9), toll("doctor", 30, harm=Harm.INJURED)),
        (toll("mayor", 9), toll("doctor", 12, event="e2")),
    ],
)
def test_claims_that_can_all_be_true_are_no_disagreement(claims: tuple[Claim, ...]) -> None:
    assert toll_disagreements(reading_of(*claims), "e1") == ()


@pytest.mark.parametrize("category", [None, Category.UNKNOWN])
def test_a_claim_without_category_is_held_against_the_only_category_told(category: Category | None) -> None:
    claims = (toll("mayor", 9, category=Category.CIVILIANS), toll("doctor", 12, category=category))
    (dispute,) = toll_disagreements(reading_of(*claims), "e1")
    assert (dispute.harm, dispute.category, dispute.claims) == (Harm.KILLED, Category.CIVILIANS, claims)


def test_a_denial_is_held_against_the_accusation() -> None:
    claims = (about("mayor", ClaimKind.ACCUSATION, "army"), about("army", ClaimKind.DENIAL, "army"))
    dispute = blame_disagreement(reading_of(*claims), "e1")
    assert dispute is not None
    assert dispute.claims == claims


def test_accusations_of_two_actors_are_a_disagreement() -> None:
    claims = (about("mayor", ClaimKind.ACCUSATION, "army"), about("army", ClaimKind.ACCUSATION, "rebels"))
    assert blame_disagreement(reading_of(*claims), "e1") is not None


def test_an_accusation_alone_is_no_disagreement() -> None:
    assert blame_disagreement(reading_of(about("mayor", ClaimKind.ACCUSATION, "army")), "e1") is None


def test_the_sample_disputes_toll_and_blame() -> None:
    reading = sample_reading()
    assert len(toll_disagreements(reading, "e1")) == 1
    assert blame_disagreement(reading, "e1") is not None
    assert blame_disagreement(reading, "e2") is None
