"""The knowledge files: their form, their duplicates, and what they refer to."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from importlib.resources import files

import pytest

from casus import knowledge
from casus.errors import KnowledgeError
from casus.knowledge import Row, read_table, require_unique
from casus.model import CATEGORY_OF_KIND, Category
from casus.resolving.actor_records import (
    ACTOR_COLUMNS,
    ORGANISATION_COLUMNS,
    KnownActor,
    load_actors,
    load_organisations,
)
from casus.resolving.actors import ActorRegistry
from casus.resolving.countries import CountryTable
from casus.resolving.force_nouns import ForceRole, load_force_nouns
from casus.resolving.introductions import actor_cues
from casus.resolving.name_index import NameIndex, key_of

TABLES = sorted(file.name for file in files(knowledge).iterdir() if file.name.endswith(".tsv"))
COUNTRY_COLUMNS = {"country", "countries"}
COLUMNS = ("id", "name", "aliases", "countries", "year")


def content_of(table: str) -> str:
    return files(knowledge).joinpath(table).read_text("utf-8")


def header_of(table: str) -> tuple[str, ...]:
    lines = content_of(table).split("\n")
    return tuple(next(line for line in lines if line and not line.startswith("#")).split("\t"))


def rows_of(table: str) -> tuple[Row, ...]:
    return read_table(table, header_of(table))


def row(**cells: str) -> Row:
    return Row("invented.tsv", 2, {column: cells.get(column, "") for column in COLUMNS})


class TestForm:
    """What holds for every file."""

    @pytest.mark.parametrize("table", TABLES)
    def test_a_file_ends_with_one_line_end_and_holds_only_printable_text(self, table: str) -> None:
        content = content_of(table)
        assert content.endswith("\n")
        assert not content.endswith("\n\n")
        assert "\r" not in content
        odd = {char for char in content if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn")} - {
            "\n",
            "\t",
        }
        assert not odd

    @pytest.mark.parametrize("table", TABLES)
    def test_every_row_has_the_form_of_the_header(self, table: str) -> None:
        header = header_of(table)
        assert all(column == column.lower() and column.isidentifier() for column in header)
        assert len(set(header)) == len(header)
        assert len(rows_of(table)) > 0

    @pytest.mark.parametrize("table", TABLES)
    def test_no_row_stands_twice(self, table: str) -> None:
        rows = [tuple(row.cells.values()) for row in rows_of(table)]
        assert len(set(rows)) == len(rows)

    @pytest.mark.parametrize("table", TABLES)
    def test_lists_have_no_empty_padded_or_repeated_members(self, table: str) -> None:
        for row in rows_of(table):
            for column in row.cells:
                row.members(column)

    @pytest.mark.parametrize("table", TABLES)
    def test_countries_are_those_of_the_country_table(self, table: str) -> None:
        countries = CountryTable.load()
        for row in rows_of(table):
            for column in COUNTRY_COLUMNS & row.cells.keys():
                unknown = [code for code in row.country_codes(column) if countries.by_code(code) is None]
                assert not unknown, row.fail(f"unknown countries {unknown}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\tname\n1\tone\n", "line 1: the header must be"),
        ("# a note\n\n" + "\t".join(COLUMNS) + "\na\tb\n", "line 4: 2 fields, the header has 5"),
        ("\t".join(COLUMNS) + "\na\t b\t\t\t\n", "line 2: name is padded"),
        ("\t".join(COLUMNS) + "\na\te\u0301\t\t\t\n", "line 2: accents are written apart"),
        ("", "the header must be"),
    ],
)
def test_a_file_of_a_wrong_form_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        read_table("invented.tsv", COLUMNS, text=text)


def test_cells_that_break_their_form_are_refused() -> None:
    with pytest.raises(KnowledgeError, match="line 2: name is empty"):
        row().text("name")
    with pytest.raises(KnowledgeError, match="names 'a' twice"):
        row(aliases="a|b|a").members("aliases")
    with pytest.raises(KnowledgeError, match="empty or padded"):
        row(aliases="a| b").members("aliases")
    with pytest.raises(KnowledgeError, match="no slug"):
        row(id="Two Words").slug("id")
    with pytest.raises(KnowledgeError, match="two-letter"):
        row(countries="TR|Syria").country_codes("countries")
    with pytest.raises(KnowledgeError, match="four digits"):
        row(year="12").year("year")
    with pytest.raises(KnowledgeError, match="use one of civilians"):
        row(name="ghosts").choice("name", Category)


def test_empty_cells_are_unknown() -> None:
    empty = row()
    assert (empty.optional("name"), empty.members("aliases"), empty.year("year")) == (None, (), None)


def test_a_repeated_value_is_refused_and_empty_ones_are_not() -> None:
    require_unique([row(id=""), row(id=""), row(id="a")], "id")
    with pytest.raises(KnowledgeError, match="'a' stands in line 2 too"):
        require_unique([row(id="a"), row(id="a")], "id")


def registered() -> tuple[KnownActor, ...]:
    registry = ActorRegistry.load()
    return (*registry.actors, *registry.organisations)


def is_found(alias: str, known: KnownActor) -> bool:
    """Whether an actor is found by a name, in a report of its country that has its other names too."""
    text = f"There, {alias} met. So did {'; '.join(known.aliases)}."
    first, *_ = ActorRegistry.load().find(text, country_code=known.entry.country_code)
    return first.entry is known.entry and first.alias == alias


class TestActors:
    """`actors.tsv` and `organisations.tsv`."""

    def test_an_id_stands_once_in_both_files(self) -> None:
        ids = [known.id for known in registered()]
        assert len(set(ids)) == len(ids)

    def test_no_actor_is_its_own_ancestor(self) -> None:
        registry = ActorRegistry.load()
        for known in registry.actors:
            seen = {known.id}
            parent = known.parent
            while parent is not None:
                assert parent not in seen
                seen.add(parent)
                above = registry.by_id(parent)
                assert above is not None
                parent = above.parent

    def test_a_mouthpiece_belongs_to_an_actor(self) -> None:
        registry = ActorRegistry.load()
        actors = {known.id for known in registry.actors}
        parents = {known.parent for known in registry.organisations if known.parent is not None}
        assert parents
        assert parents <= actors

    def test_losses_are_counted_by_the_kind_of_actor(self) -> None:
        for known in registered():
            assert known.entry.category == CATEGORY_OF_KIND.get(known.entry.kind), known.id

    def test_no_name_of_an_actor_is_found_by_another_of_its_names(self) -> None:
        for known in registered():
            by_key = defaultdict(list)
            for alias in known.aliases:
                by_key[key_of(alias)].append(alias)
            for same in by_key.values():
                for one, other in (
                    (a, b) for a in same for b in same if a is not b and b != known.aliases[0]
                ):
                    assert not NameIndex([(one, 1)]).find(f"So {other} Did"), f"{known.id}: drop {other!r}"

    def test_a_name_of_several_actors_is_ambiguous_for_all_but_one(self) -> None:
        sure = defaultdict(set)
        for known in registered():
            for alias in known.aliases:
                if alias not in known.ambiguous:
                    sure[key_of(alias)].add(known.id)
        shared = {alias: ids for alias, ids in sure.items() if len(ids) > 1}
        assert not shared

    def test_every_name_finds_its_actor(self) -> None:
        lost = [
            (known.id, alias)
            for known in registered()
            for alias in known.aliases
            if not is_found(alias, known)
        ]
        assert not lost

    def test_a_name_that_is_a_countrys_too_is_ambiguous(self) -> None:
        countries = CountryTable.load()
        assert not [
            (known.id, alias)
            for known in registered()
            for alias in known.aliases
            if countries.by_name(alias) is not None and alias not in known.ambiguous
        ]

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            ({"parent": "nobody"}, "parent 'nobody' is no other row's id"),
            ({"parent": "a"}, "parent 'a' is no other row's id"),
            ({"kind": "army"}, "kind is 'army'; use one of state_force"),
            ({"category": "soldiers"}, "category is 'soldiers'"),
            ({"ambiguous": "AB"}, "ambiguous has 'AB', which is none of its names"),
            ({"aliases": "A"}, "a has one name in two places"),
            ({"valid_from": "2001", "valid_to": "1999"}, "valid_from lies after valid_to"),
            ({"source": ""}, "source is empty"),
            ({"id": "A b"}, "no slug"),
        ],
    )
    def test_a_wrong_row_is_refused(self, cells: dict[str, str], message: str) -> None:
        good = {"id": "a", "name": "A", "kind": "armed_group", "category": "militants", "source": "invented"}
        line = "\t".join({**good, **cells}.get(column, "") for column in ACTOR_COLUMNS)
        with pytest.raises(KnowledgeError, match=message):
            load_actors(text="\t".join(ACTOR_COLUMNS) + "\n" + line)

    def test_an_organisation_of_a_wrong_kind_is_refused(self) -> None:
        line = "a\tA\t\tarmed_group\t\t\t\tinvented"
        with pytest.raises(KnowledgeError, match="use one of intergovernmental"):
            load_organisations(text="\t".join(ORGANISATION_COLUMNS) + "\n" + line)

    def test_a_second_row_of_one_id_is_refused(self) -> None:
        line = "a\tA\t\tmedia\t\t\t\tinvented"
        with pytest.raises(KnowledgeError, match="id 'a' stands in line 2 too"):
            load_organisations(text="\n".join(["\t".join(ORGANISATION_COLUMNS), line, line]))


class TestForces:
    """`forces.tsv` and `actor_cues.tsv`."""

    def test_force_nouns_are_in_small_letters(self) -> None:
        assert not [noun.noun for noun in load_force_nouns() if noun.noun != noun.noun.lower()]

    def test_a_name_that_is_a_force_noun_too_is_ambiguous(self) -> None:
        nouns = {key_of(noun.noun) for noun in load_force_nouns() if noun.role is ForceRole.FORCE}
        assert not [
            (known.id, alias)
            for known in registered()
            for alias in known.aliases
            if key_of(alias) in nouns and alias not in known.ambiguous
        ]

    def test_a_canonical_noun_of_a_force_is_a_noun_of_the_file(self) -> None:
        nouns = {noun.noun for noun in load_force_nouns()}
        assert not sorted(
            {noun.canonical for noun in load_force_nouns() if noun.canonical} - nouns - ONLY_CANONICAL
        )

    def test_cues_have_the_roles_that_are_read(self) -> None:
        assert set(actor_cues()) == {
            *("modifier", "foreign", "tail", "head", "member"),
            *("armed name", "state name", "silent name", "civil name", "armed context"),
            *("group", "armed quality", "armed deed", "naming", "unknown", "opener"),
            *("bearers", "band"),
        }

    def test_a_word_stands_once_in_a_role(self) -> None:
        assert len(rows_of("actor_cues.tsv")) == sum(map(len, actor_cues().values()))


ONLY_CANONICAL = frozenset({"forces"})


def test_every_table_is_read_by_this_test() -> None:
    assert set(TABLES) >= {"actors.tsv", "organisations.tsv", "forces.tsv", "countries.tsv"}
