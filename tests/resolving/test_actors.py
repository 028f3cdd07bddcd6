"""Who a text names: groups, bodies and states' forces, from the registry and beyond it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.model import ActorKind, Category
from casus.resolving.actor_records import (
    ACTOR_COLUMNS,
    ORGANISATION_COLUMNS,
    load_actors,
    load_organisations,
)
from casus.resolving.actors import ActorMention, ActorRegistry
from casus.resolving.countries import CountryTable
from casus.resolving.force_nouns import load_force_nouns


def table_of(columns: tuple[str, ...], *rows: dict[str, str]) -> str:
    """A knowledge file with these rows, each cell that is not told empty."""
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return "\n".join("\t".join(line) for line in lines)


REBELS = {"kind": "armed_group", "category": "militants", "source": "invented"}
RIVER = {"id": "river-front", "name": "River Front", "countries": "KE", "members": "Riverines"}
SMALL_ACTORS = table_of(
    ACTOR_COLUMNS,
    REBELS | RIVER | {"aliases": "Front for the Rivers|RF", "ambiguous": "RF"},
    REBELS
    | {"id": "hill-front", "name": "Hill Front", "countries": "PE"}
    | {"aliases": "Front of the Hills|RF", "ambiguous": "RF"},
    REBELS
    | {"id": "river-wing", "name": "River Wing", "countries": "KE"}
    | {"aliases": "RW", "ambiguous": "RW", "parent": "river-front"},
)
SMALL_ORGANISATIONS = table_of(
    ORGANISATION_COLUMNS,
    {"id": "rf-news", "name": "River News", "aliases": "RF", "kind": "media", "countries": "DE"}
    | {"ambiguous": "RF", "source": "invented"},
)


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.load()


@pytest.fixture(scope="module")
def small_registry() -> ActorRegistry:
    return ActorRegistry(
        load_actors(text=SMALL_ACTORS),
        load_organisations(text=SMALL_ORGANISATIONS),
        load_force_nouns(),
        CountryTable.load(),
    )


def told(mentions: tuple[ActorMention, ...]) -> list[tuple[str, str]]:
    """Each mention as (words of the text, name of the actor)."""
    return [(mention.alias, mention.entry.name) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Full names, short names, local names and abbreviations are one actor.
        ("The Liberation Tigers of Tamil Eelam met", [("Liberation Tigers of Tamil Eelam", "Tamil Tigers")]),
        ("LTTE boats sank.", [("LTTE", "Tamil Tigers")]),
        ("Sendero Luminoso blew up a pylon.", [("Sendero Luminoso", "Shining Path")]),
        ("Houthi fighters and Ansar Allah.", [("Houthi", "Houthis"), ("Ansar Allah", "Houthis")]),
        # Spellings: hyphens, apostrophes, accents, case of acronyms, British and American.
        ("al‑Qa’ida claimed it.", [("al‑Qa’ida", "al Qaeda")]),
        ("Seleka and Séléka", [("Seleka", "Seleka"), ("Séléka", "Seleka")]),
        ("Unita and UNITA", [("Unita", "UNITA"), ("UNITA", "UNITA")]),
        ("the Popular Mobilization Forces", [("Popular Mobilization Forces", "Popular Mobilisation Forces")]),
        # Texts without capitals, all small or all large.
        ("boko haram raided the market", [("boko haram", "Boko Haram")]),
        ("ABU SAYYAF TOOK FOUR HOSTAGES", [("ABU SAYYAF", "Abu Sayyaf")]),
        # The longest name wins.
        ("the Pakistani Taliban", [("Pakistani Taliban", "Pakistani Taliban")]),
        ("al Qaeda in Iraq fought.", [("al Qaeda in Iraq", "al Qaeda in Iraq")]),
        ("the Free Syrian Army", [("Free Syrian Army", "Free Syrian Army")]),
        # Bodies that speak.
        (
            "Human Rights Watch told Reuters and the UN.",
            [("Human Rights Watch", "Human Rights Watch"), ("Reuters", "Reuters"), ("UN", "United Nations")],
        ),
        # Names are no part of longer words, and countries alone are nobody.
        ("The Hamasite shop in Turkey", []),
        ("Ankara and Moscow met in Geneva.", []),
        # A name that a hyphen makes somebody else's quality is not who acts.
        ("RSF-held and Hamas-run towns, Taliban-linked gunmen, an anti-Taliban militia", []),
        ("a Taliban-led attack", [("Taliban", "Taliban")]),
    ],
)  # fmt: skip
def test_actors_are_found_under_any_of_their_names(
    registry: ActorRegistry, text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(registry.find(text)) == expected


@pytest.mark.parametrize(
    ("text", "country_code", "expected"),
    [
        # An ambiguous name alone is nobody.
        ("The RF attacked.", None, []),
        # It means the one whose full name stands in the text, before or after,
        ("The River Front fled. The RF attacked.", None, ["river-front", "river-front"]),
        ("The RF attacked. The Front of the Hills said so.", None, ["hill-front", "hill-front"]),
        # or the one whose people, wing or parent does,
        ("Riverines fled. The RF attacked.", None, ["river-front", "river-front"]),
        ("The River Front said the RW attacked.", None, ["river-front", "river-wing"]),
        # or the one whose country does,
        ("The RF attacked in Peru.", None, ["hill-front"]),
        ("The RF attacked Kenyan villagers.", None, ["river-front"]),
        # and most of all the country that the report is about.
        ("The RF attacked.", "PE", ["hill-front"]),
        ("The RF attacked, as one in Peru did.", "KE", ["river-front"]),
        # Its own name outweighs the country.
        ("The Hill Front said the RF attacked.", "KE", ["hill-front", "hill-front"]),
        # A shared name may be a body's that only speaks.
        ("A German editor told RF.", None, ["rf-news"]),
    ],
)
def test_an_ambiguous_name_needs_another_sign(
    small_registry: ActorRegistry, text: str, country_code: str | None, expected: list[str]
) -> None:
    assert [mention.entry.id for mention in small_registry.find(text, country_code=country_code)] == expected


@pytest.mark.parametrize(
    ("text", "country_code", "name"),
    [
        ("IS said its men did it. Iraq buried its dead.", None, "Islamic State"),
        ("The PDF ambushed a convoy.", "MM", "People's Defence Forces"),
        ("The PDF ambushed a convoy.", "SD", "Popular Defence Forces"),
        ("ADF fighters burned huts.", "CD", "Allied Democratic Forces"),
        ("Maoists mined the road.", "IN", "Maoists"),
        ("Maoists mined the road.", "NP", "Maoist rebels"),
        ("RSF counted the dead. Reporters Without Borders met.", None, "Reporters Without Borders"),
        ("RSF trucks rolled in.", "SD", "Rapid Support Forces"),
    ],
)  # fmt: skip
def test_short_names_that_the_world_shares_are_told_apart(
    registry: ActorRegistry, text: str, country_code: str | None, name: str
) -> None:
    assert registry.find(text, country_code=country_code)[0].entry.name == name


def test_short_names_that_are_words_are_left_alone(registry: ActorRegistry) -> None:
    assert registry.find("It is a model of care; mend it. In fact the front is at this site.") == ()


@pytest.mark.parametrize(
    ("name", "kind", "category", "country_code"),
    [
        ("Boko Haram", ActorKind.REBEL_GROUP, Category.MILITANTS, "NG"),
        ("Interahamwe", ActorKind.MILITIA, Category.MILITANTS, "RW"),
        ("Barrio 18", ActorKind.GANG, Category.MILITANTS, "SV"),
        ("Sinaloa cartel", ActorKind.CARTEL, Category.MILITANTS, "MX"),
        ("Pokot raiders", ActorKind.COMMUNAL_GROUP, Category.MILITANTS, "KE"),
        ("RUC", ActorKind.POLICE, Category.SECURITY_FORCES, "GB"),
        ("Shin Bet", ActorKind.INTELLIGENCE, Category.SECURITY_FORCES, "IL"),
        ("Assam Rifles", ActorKind.STATE_FORCE, Category.SECURITY_FORCES, "IN"),
        ("UNIFIL", ActorKind.INTERNATIONAL_FORCE, Category.SECURITY_FORCES, "LB"),
        ("Saudi-led coalition", ActorKind.INTERNATIONAL_FORCE, Category.SECURITY_FORCES, "YE"),
        ("Palestinian Authority", ActorKind.AUTHORITY, None, "PS"),
        ("United Nations", ActorKind.INTERGOVERNMENTAL, None, None),
        ("Save the Children", ActorKind.AID, None, None),
        ("Amnesty International", ActorKind.MONITOR, None, None),
        ("Xinhua", ActorKind.MEDIA, None, "CN"),
        ("International Criminal Court", ActorKind.COURT, None, None),
    ],
)
def test_an_entry_tells_what_it_is(
    registry: ActorRegistry, name: str, kind: ActorKind, category: Category | None, country_code: str | None
) -> None:
    [mention] = registry.find(name)
    entry = mention.entry
    assert (entry.kind, entry.category, entry.country_code) == (kind, category, country_code)
    assert entry.id is not None


def test_media_monitors_and_courts_cannot_act(registry: ActorRegistry) -> None:
    speaking = {ActorKind.MEDIA, ActorKind.MONITOR, ActorKind.COURT}
    for known in (*registry.actors, *registry.organisations):
        assert known.entry.can_act is (known.entry.kind not in speaking)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        # Names of one actor, with or without words for its people.
        ("LTTE", "Tamil Tigers", True),
        ("the Houthis", "Houthi fighters", True),
        ("suspected Boko Haram militants", "Boko Haram", True),
        ("ISIS", "Islamic State group", True),
        # Nouns for one body of a state.
        ("Turkish soldiers", "Turkish army", True),
        ("the Turkish military", "Turkey's armed forces", True),
        ("Israel Defense Forces", "Israeli troops", True),
        ("Afghan policemen", "the Afghan police", True),
        # Other actors, other bodies, other countries.
        ("Taliban", "Pakistani Taliban", False),
        ("Turkish army", "Turkish police", False),
        ("Turkish army", "Syrian army", False),
        ("Boko Haram", "Nigerian army", False),
        # A name that nobody knows is itself alone.
        ("Sons of the Harbour", "sons of the harbour", True),
        ("Sons of the Harbour", "Sons of the Valley", False),
    ],
)
def test_two_names_are_compared_through_the_registry(
    registry: ActorRegistry, a: str, b: str, same: bool
) -> None:
    assert registry.same_actor(a, b) is same
    assert registry.same_actor(b, a) is same


def test_an_actor_is_looked_up_by_id_and_by_name(registry: ActorRegistry) -> None:
    tigers = registry.by_id("ltte")
    assert tigers is not None
    assert registry.by_name("liberation tigers of tamil eelam") is tigers.entry
    assert registry.by_name("PDF") is None
    pdf = registry.by_name("PDF", country_code="mm")
    assert pdf is not None
    assert pdf.country_code == "MM"
    assert registry.by_id("nobody") is None


def test_the_registry_is_read_once() -> None:
    assert ActorRegistry.load() is ActorRegistry.load()


def test_the_registry_holds_the_armed_groups_of_the_world(registry: ActorRegistry) -> None:
    countries = {known.entry.country_code for known in registry.actors}
    assert len(registry.actors) >= 450
    assert len(registry.organisations) >= 200
    assert len(countries) >= 90


PIECES = """the Taliban RF PDF Turkish army and soldiers of in Sudan US U.S. forces ( ) National Front
(NFX) rebels 's - , . police said UN Hamas-run IS government""".split()  # noqa: SIM905
TEXTS = st.lists(st.sampled_from([*PIECES, "\n"]), max_size=25).map(" ".join)


@given(st.one_of(TEXTS, st.text()), st.sampled_from([None, "TR", "MM"]))
def test_mentions_are_ordered_apart_and_quote_the_text(text: str, country_code: str | None) -> None:
    end = 0
    for mention in ActorRegistry.load().find(text, country_code=country_code):
        assert end <= mention.start_char < mention.end_char
        assert text[mention.start_char : mention.end_char] == mention.alias
        end = mention.end_char
