"""The actor lists of UCDP and ACLED in their published columns, laid over the registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from casus.errors import KnowledgeError
from casus.model import ActorKind
from casus.resolving.actor_imports import Import, ImportedActor, Skipped, laid_over, list_text
from casus.resolving.actor_lists import read_list
from casus.resolving.actors import ActorRegistry
from casus.resolving.published_actors import Publisher, published_actors

UCDP_HEADER = (
    "ActorId,NameData,NameOrig,NameOrigFull,NameOrigFullEng,NameChange,NewName,NewNameFullMotherTongue,"
    "NewNameFullEng,Org,ConflictId,DyadId,Location,GWNOLoc,Region,Version"
)
UCDP = f"""{UCDP_HEADER}
5,Government of Mali,Government of Mali,n/a,Government of Mali,0,,,,4,1,1,Mali,432,4,99.1
6,RLF,RLF,n/a,River Liberation Front,0,,,,1,"1, 2",1,"Kenya, Uganda","501, 500",4,99.1
7,LTTE,LTTE,n/a,Liberation Tigers of Tamil Eelam,0,,,,1,1,1,Sri Lanka (Ceylon),780,3,99.1
8,AQIM,GSPC,n/a,Salafist Group for Preaching and Combat,1,AQIM,n/a,,1,1,1,"Algeria, Mali",615,4,99.1
9,Stonepeople,Stonepeople,Stonepeople,Stonepeople,0,,,,3,,,Nigeria,475,4,99.1
x,Nobody,,,,0,,,,1,,,Mali,432,4,99.1
10,National Liberation Army,,,National Liberation Army,0,,,,1,,,"Colombia, North Macedonia","100, 343",5,99.1
11,Civilians,,,,0,,,,,,,,,,99.1
12,,,,,0,,,,1,,,Mali,432,4,99.1
"""
ACLED = """actor_name,inter,country
Military Forces of Mali (2021-),1,Mali
Military Forces of Mali (2021-) 33rd Hill Regiment,1,Mali
Police Forces of Kenya (2013-2022),State forces,Kenya
RHF: Red Hill Front,2,Mali
Stonepeople Communal Militia (Kenya),4,Kenya
Al Shabaab,Rebel group,Somalia
Unidentified Armed Group (Mali),3,Mali
Protesters (Kenya),6,Kenya
Islamic State (Mozambique),2,Mozambique
,2,Mali
Mission of the Rivers (2019-),External/Other forces,Mali
"""


def imported(text: str, publisher: Publisher) -> Import:
    return laid_over(ActorRegistry.load(), published_actors(text, publisher), source="invented")


def rows_by_id(made: Import) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in made.rows}


def test_known_actors_get_the_ucdp_number_and_new_ones_a_row() -> None:
    made = imported(UCDP, Publisher.UCDP)
    rows = rows_by_id(made)
    assert set(rows) == {"government-of-mali", "rlf", "ltte", "al-qaeda-in-the-islamic-maghreb"}
    assert rows["ltte"]["identifiers"] == "ucdp:7"
    assert rows["rlf"]["countries"] == "KE|UG"
    assert rows["rlf"]["aliases"] == "River Liberation Front"
    assert rows["rlf"]["ambiguous"] == "RLF"
    assert rows["government-of-mali"]["kind"] == ActorKind.AUTHORITY
    assert (made.matched, made.new) == (2, 2)


def test_a_renamed_actor_is_the_one_that_bears_its_present_name() -> None:
    row = rows_by_id(imported(UCDP, Publisher.UCDP))["al-qaeda-in-the-islamic-maghreb"]
    assert row["identifiers"] == "ucdp:8"
    assert "Salafist Group" not in row["aliases"]


def test_rows_that_name_several_or_nobody_are_listed_with_line_and_reason() -> None:
    made = imported(UCDP, Publisher.UCDP)
    assert [row.line for row in made.unclear] == [8]
    assert "nla-macedonia, eln" in made.unclear[0].reason
    reasons = {row.line: row.reason for row in made.skipped}
    assert set(reasons) == {6, 7, 9, 10}
    assert "not a number" in reasons[7]
    assert "no organisation" in reasons[6]
    assert "no name" in reasons[10]


@pytest.mark.parametrize(
    "header",
    [UCDP_HEADER.lower(), UCDP_HEADER.upper(), UCDP_HEADER.replace("NameData", "Name_Data")],
)
def test_the_case_of_column_names_does_not_matter(header: str) -> None:
    assert imported(UCDP.replace(UCDP_HEADER, header), Publisher.UCDP) == imported(UCDP, Publisher.UCDP)


def test_older_columns_and_semicolon_lists_are_read() -> None:
    text = "ActorID;Name;NameFull;Location\n6;RLF;River Liberation Front;Kenya\n"
    [row] = imported(text, Publisher.UCDP).rows
    assert (row["aliases"], row["countries"]) == ("River Liberation Front", "KE")
    text = 'ActorId,NameData,NameFull,Location\n6,RLF;FRL,River Front,"Kenya; Uganda"\n'
    [row] = imported(text, Publisher.UCDP).rows
    assert (row["aliases"], row["countries"]) == ("FRL|River Front", "KE|UG")


def test_acled_names_are_taken_apart() -> None:
    found = {
        actor.identifier.removeprefix("acled:"): actor
        for actor in published_actors(ACLED, Publisher.ACLED)
        if isinstance(actor, ImportedActor)
    }
    army = found["Military Forces of Mali (2021-)"]
    assert (army.kind, army.countries, army.valid_from, army.valid_to) == (
        ActorKind.STATE_FORCE,
        ("ML",),
        2021,
        None,
    )
    assert army.is_state
    police = found["Police Forces of Kenya (2013-2022)"]
    assert (police.kind, police.valid_from, police.valid_to) == (ActorKind.POLICE, 2013, 2022)
    unit = found["Military Forces of Mali (2021-) 33rd Hill Regiment"]
    assert (unit.names, unit.ambiguous) == (("33rd Hill Regiment",), ("33rd Hill Regiment",))
    assert found["RHF: Red Hill Front"].names == ("Red Hill Front", "RHF")
    militia = found["Stonepeople Communal Militia (Kenya)"]
    assert (militia.names, militia.kind) == (("Stonepeople Communal Militia",), ActorKind.COMMUNAL_GROUP)
    assert found["Islamic State (Mozambique)"].countries == ("MZ",)
    assert found["Mission of the Rivers (2019-)"].kind is ActorKind.INTERNATIONAL_FORCE


def test_acled_crowds_and_unknown_groups_are_left_out() -> None:
    left = [row for row in published_actors(ACLED, Publisher.ACLED) if isinstance(row, Skipped)]
    assert [row.line for row in left] == [8, 9, 11]


@pytest.mark.parametrize(("text", "publisher"), [(UCDP, Publisher.UCDP), (ACLED, Publisher.ACLED)])
def test_an_import_is_a_list_without_faults(text: str, publisher: Publisher, tmp_path: Path) -> None:
    registry = ActorRegistry.load()
    made = list_text(imported(text, publisher).rows, "Invented.")
    assert read_list(made, "made.tsv", (*registry.actors, *registry.organisations)).faults == ()
    path = tmp_path / "made.tsv"
    path.write_text(made, encoding="utf-8")
    own = ActorRegistry.load(path)
    known = own.by_id("ltte" if publisher is Publisher.UCDP else "al-shabaab")
    assert known is not None
    assert len(known.entry.identifiers) == 1


def test_forces_have_the_keys_of_their_government_in_the_year(tmp_path: Path) -> None:
    path = tmp_path / "made.tsv"
    rows = (*imported(UCDP, Publisher.UCDP).rows, *imported(ACLED, Publisher.ACLED).rows)
    path.write_text(list_text(rows, "Invented."), encoding="utf-8")
    registry = ActorRegistry.load(path)
    army = registry.state_identifiers("ML", ActorKind.STATE_FORCE, 2022)
    assert army == ("ucdp:5", "acled:Military Forces of Mali (2021-)")
    assert registry.state_identifiers("ML", ActorKind.STATE_FORCE, 2015) == ("ucdp:5",)
    assert registry.state_identifiers("KE", ActorKind.POLICE, 2014) == (
        "acled:Police Forces of Kenya (2013-2022)",
    )
    assert registry.find("The Government of Mali met.")[0].entry.id is None


def test_another_table_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="no column actorid or id in the header; is it the UCDP list"):
        imported("a,b\n1,2\n", Publisher.UCDP)
    with pytest.raises(KnowledgeError, match="is it the ACLED list"):
        imported("a,b\n1,2\n", Publisher.ACLED)
