"""Lists of actors of one's own: what they may hold, what is wrong with them, how they are laid over."""

from __future__ import annotations

from pathlib import Path

import pytest

from casus.errors import KnowledgeError, NotText, SourceMissing
from casus.model import ActorKind, Category
from casus.resolving.actor_lists import ActorList, merged, read_list, read_list_file, slug_of
from casus.resolving.actor_records import KnownActor, load_actors, load_organisations
from casus.resolving.actors import ActorRegistry

KNOWN = (*load_actors(), *load_organisations())


def listed(text: str) -> ActorList:
    return read_list(text, "mine.tsv", KNOWN)


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.message) for fault in listed(text).faults]


def only(found: ActorList) -> KnownActor:
    assert found.faults == ()
    [actor] = found.actors
    return actor


def test_a_name_is_enough() -> None:
    actor = only(listed("name\nRed Hill Front\n"))
    assert (actor.id, actor.entry.name) == ("red-hill-front", "Red Hill Front")
    assert (actor.entry.kind, actor.entry.category) == (ActorKind.ARMED_GROUP, Category.MILITANTS)


def test_all_columns_are_read_in_any_order() -> None:
    actor = only(
        listed(
            "countries\tname\tkind\tparent\tvalid_from\tvalid_to\taliases\tambiguous\tidentifiers\n"
            "ML|NE\tRed Hill Front\tmilitia\tjnim\t2014\t2019\t"
            "RHF|Front of the Red Hill\tRHF\tmine:7|ucdp:1\n"
        )
    )
    assert actor.countries == ("ML", "NE")
    assert (actor.parent, actor.valid_from, actor.valid_to) == ("jnim", 2014, 2019)
    assert actor.aliases == ("Red Hill Front", "RHF", "Front of the Red Hill")
    assert actor.ambiguous == {"RHF"}
    assert actor.entry.identifiers == ("mine:7", "ucdp:1")


def test_commas_separate_as_well_as_tabs_do() -> None:
    found = listed('name,kind,aliases\n"Front, the Red One",gang,"Reds, the|RHF gang"\n\nBlue Front,,\n')
    assert [actor.entry.name for actor in found.actors] == ["Front, the Red One", "Blue Front"]
    assert found.actors[0].aliases[1:] == ("Reds, the", "RHF gang")
    assert faults('name,kind\n"Front of\nthe Hill",army\n')[0][0] == 2


def test_notes_and_blank_lines_are_left_out_and_counted() -> None:
    assert faults("# mine\n\nname\tkind\n# more\nRed Hill Front\tarmy\n")[0][0] == 5


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("name\tcolour\nA b\tred\n", 1, "no column is called 'colour'"),
        ("kind\nmilitia\n", 1, "the column name is missing"),
        ("name\tname\nA b\tA b\n", 1, "the column 'name' stands twice"),
        ("name\tkind\nRed Front\n", 2, "1 fields, the header has 2"),
        ("name\tkind\n\tmilitia\n", 2, "name is empty"),
        ("name\tkind\nRed Front\tarmy\n", 2, "kind is 'army'; use one of state_force"),
        ("name\tid\nRed Front\tRed Front\n", 2, "id 'Red Front' is no slug"),
        ("name\tcountries\nRed Front\tMali\n", 2, "use two-letter country codes"),
        ("name\tcountries\nRed Front\tXX\n", 2, "'XX', which is no country's code"),
        ("name\tvalid_from\nRed Front\tlong ago\n", 2, "use a year of four digits"),
        ("name\tvalid_from\tvalid_to\nRed Front\t2020\t2010\n", 2, "valid_from lies after valid_to"),
        ("name\tparent\nRed Front\tnobody-at-all\n", 2, "no actor has the id 'nobody-at-all'"),
        ("name\tid\tparent\nRed Front\tred\tred\n", 2, "red is its own ancestor"),
        ("name\tidentifiers\nRed Front\t303\n", 2, "write the list and the key, as ucdp:303"),
        ("name\tcategory\nRed Front\tgoblins\n", 2, "category is 'goblins'"),
        ("name\tambiguous\nRed Front\tRF\n", 2, "ambiguous has 'RF', which is none of its names"),
        ("name\taliases\nRed Front\tReds|Reds\n", 2, "names 'Reds' twice"),
        ("name\nRed Front\nRed Front\n", 3, "the id 'red-front' stands in line 2 too"),
        ("name\taliases\nRed Front\tReds\nBlue Front\tReds\n", 3, "'Reds' names red-front in line 2 too"),
        ("name\taliases\nRed Front\tLTTE\n", 2, "'LTTE' names the built-in ltte too"),
        ("name\taliases\nRed Front\tMali\n", 2, "'Mali' is a country's name"),
        ("name\taliases\nRed Front\tR\n", 2, "'R' is too short to be a name"),
        ("name\tid\nRed Front\tunhcr\n", 2, "'unhcr' is the id of a built-in body"),
    ],
)
def test_each_fault_is_told_with_its_line(text: str, line: int, message: str) -> None:
    found = faults(text)
    assert any(at == line and message in told for at, told in found), found


def test_all_faults_of_a_line_are_told_and_the_good_lines_stay() -> None:
    found = listed("name\tkind\tcountries\nRed Front\tarmy\tMali\nBlue Front\tgang\tML\n")
    assert [fault.line for fault in found.faults] == [2, 2]
    assert [actor.id for actor in found.actors] == ["blue-front"]
    with pytest.raises(
        KnowledgeError, match=r"mine.tsv, line 2: .*1 more: run 'casus actors check mine.tsv'"
    ):
        found.require_whole()


def test_a_name_may_be_shared_where_it_is_marked_so() -> None:
    assert faults("name\taliases\tambiguous\nRed Front\tLTTE\tLTTE\n") == []
    assert faults("name\tid\taliases\nTamil Tigers\tltte\tLTTE\n") == []


def test_a_wrong_row_can_still_be_a_parent() -> None:
    assert {line for line, _ in faults("name\tkind\tparent\nRed Front\tarmy\t\nRed Wing\t\tred-front\n")} == {
        2
    }


def test_a_row_with_a_built_in_id_takes_its_place_and_others_are_added() -> None:
    own = listed("name\tid\tkind\nTamil Tigers\tltte\tmilitia\nRed Hill Front\t\t\n").require_whole()
    laid = {actor.id: actor.entry.kind for actor in merged(load_actors(), own)}
    assert laid["ltte"] is ActorKind.MILITIA
    assert len(laid) == len(load_actors()) + 1


def test_the_registry_finds_the_actors_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("name\taliases\tcountries\nRed Hill Front\tRHF\tML\n", encoding="utf-8")
    [mention] = ActorRegistry.load(path).find("RHF men fled.")
    assert (mention.entry.id, mention.entry.country_code) == ("red-hill-front", "ML")
    assert ActorRegistry.load().find("RHF men fled.") == ()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="check the name"):
        read_list_file(tmp_path / "none.tsv", KNOWN)
    path = tmp_path / "old.tsv"
    path.write_bytes("name\nSéléka du Nord\n".encode("cp1252"))
    with pytest.raises(NotText, match="save it as UTF-8"):
        read_list_file(path, KNOWN)


def test_ids_are_made_of_names() -> None:
    assert slug_of("Séléka (North) & Co.") == "seleka-north-co"
    assert slug_of("...") == "actor"
