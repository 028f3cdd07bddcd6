"""What of an account is compared."""

from __future__ import annotations

from datetime import date

from casebook.telling import Account, Story, reading_of
from casus.casebook.features import features_of, telling_words


def test_names_are_those_of_neither_the_country_nor_the_unit_nor_the_actors() -> None:
    """A group that every report of a war names says nothing of which of its deeds is told."""
    told = "Fighters of Amal Duur stormed the Karama quarter of Rakha in Hajjah, Yemen"
    reading = reading_of(Story(accounts=(Account(told=told, by="Amal Duur"),)))
    [event] = reading.events
    features = features_of("a.1", 1, date(2020, 3, 5), event, telling_words(reading.report, event))
    assert {"karama", "rakha"} <= features.names
    assert not {"amal", "duur", "hajjah", "yemen"} & features.names
