"""A publisher's name or address tells its country, where it does."""

from __future__ import annotations

import pytest

from casus.resolving.countries import CountryTable
from casus.resolving.gazetteer import Gazetteer
from casus.resolving.places.publishers import publisher_country


@pytest.mark.parametrize(
    ("publisher", "code"),
    [
        # a country or demonym in the name
        ("The Times of India", "IN"),
        ("The Irish Times", "IE"),
        ("Somali National News Agency", "SO"),
        ("Daily Nation (Kenya)", "KE"),
        # a capital in the name
        ("The Jakarta Post", "ID"),
        ("Kyiv Independent", "UA"),
        # the ending of the address
        ("nation.co.ke", "KE"),
        ("https://www.granma.cu/mundo/2020", "CU"),
        ("thetimes.co.uk", "GB"),
        ("abc.net.au", "AU"),
        ("scroll.in", "IN"),
        # a country or capital at the head or the end of the address
        ("bangkokpost.com", "TH"),
        ("sudantribune.com", "SD"),
        ("thejakartapost.com", "ID"),
        # known, though nothing in the name tells
        ("Dawn", "PK"),
        ("dawn.com", "PK"),
        ("timesofindia.indiatimes.com", "IN"),
        ("english.ahram.org.eg", "EG"),
        ("Premium Times", "NG"),
        # endings that the whole world uses, and agencies of the world
        ("example.tv", None),
        ("news.example.io", None),
        ("Reuters", None),
        ("reuters.com", None),
        # towns elsewhere have the name
        ("parisbulletin.com", None),
        ("athensobserver.com", None),
        ("palestineobserver.com", None),
        ("The Observer", None),
        # papers of several countries have the name; an address tells
        ("The Daily Star", None),
        ("thedailystar.net", "BD"),
        ("The Guardian", None),
        ("", None),
    ],
)
def test_a_publisher_tells_its_country(gazetteer: Gazetteer, publisher: str, code: str | None) -> None:
    assert publisher_country(publisher, CountryTable.load(), gazetteer) == code
