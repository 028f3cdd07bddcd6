"""A withheld name is nowhere in what is passed on."""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest

from casebook.telling import Account, Story, claim, reading_of
from casus.casebook.book import Casebook
from casus.casebook.dossiers import Dossier
from casus.casebook.records import (
    Correction,
    DecisionKind,
    Dispute,
    EventWhere,
    Named,
    NewDecision,
    Perpetrator,
    Standing,
)
from casus.exports import ExportFormat, export_casebook, export_events
from casus.exports.redacting import WITHHELD, redacted
from casus.model import Actor, Claim, ClaimKind, Evidence, Speaker
from exports.made_up import ABOUT, made_up_dossier, made_up_event

NAME = "Zöhra Quillon"
SPELLINGS = ("Zöhra Quillon", "ZÖHRA QUILLON", "Zohra Quillon", "zohra-quillon", "zohraquillon", "Quillon")


def named_dossier() -> Dossier:
    """A dossier in which a name stands wherever a text can."""
    event = replace(
        made_up_event(
            perpetrators=(Perpetrator(f"{NAME} brigade", None, None, (Standing.REPORTED,), ()),),
            targets=(Named(NAME, None, None, ()), Named("villagers", None, None, ())),
            weapons=(Named(f"{NAME}'s rifle", None, None, ()),),
            where=EventWhere("house of Zohra  Quillon", "YE", NAME, NAME, 1, 15.5, 43.5, 1, ()),
            withheld=(NAME,),
        ),
        grade_reason=f"claimed by {NAME}",
        sources=(f"Diary of {NAME}", "Reuters"),
        disputes=(Dispute("place", (("Daily Post", NAME),)),),
        corrections=(Correction("targets", [NAME], [NAME, "x"], "ada", f"kin of {NAME.upper()} asked", 1),),
        needs_review=(f"targets: {NAME}",),
    )
    dossier = made_up_dossier(
        event, quote=f"Ms Quillon is dead, said {NAME}'s brother. {unicodedata.normalize('NFD', NAME)}"
    )
    told = dossier.told[0]
    head = replace(
        told.report,
        title="ZÖHRA QUILLON killed",
        url="https://post.example/2020/zohra-quillon-z%C3%B6hra",
        name="zohra_quillon.txt",
        origin="/inbox/zohra-quillon.txt",
    )
    [(number, one)] = told.claims
    said = replace(
        one,
        speaker=Speaker(NAME, f"mother of {NAME}", False, f"{NAME} trust"),
        actor=Actor(NAME),
        tags=(NAME,),
    )
    return replace(dossier, told=(replace(told, report=head, claims=((number, said),)),))


def all_bytes(path: Path) -> bytes:
    """Everything in a file or folder, unpacked."""
    if path.is_dir():
        return b"\n".join(all_bytes(one) for one in sorted(path.iterdir()))
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".geoparquet":
        return (
            content + repr(pq.read_table(path).to_pylist()).encode() + repr(pq.read_metadata(path)).encode()
        )
    return content


def plain(text: str) -> str:
    marks = (char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return "".join(marks).casefold()


def names_in(content: bytes) -> list[str]:
    text = plain(content.decode("utf-8", "replace"))
    return [name for name in SPELLINGS if plain(name) in text or plain(name).replace(" ", "  ") in text]


def test_the_search_of_this_test_finds_names(tmp_path: Path) -> None:
    assert names_in(repr(named_dossier()).encode())
    open_book = replace(made_up_event(), targets=(Named(NAME, None, None, ()),))
    for export_format in (ExportFormat.EXCEL, ExportFormat.GEOPARQUET):
        target = tmp_path / f"open.{export_format}"
        export_events(export_format, [Dossier(open_book)], target, ABOUT)
        assert names_in(all_bytes(target))


@pytest.mark.parametrize("export_format", ExportFormat)
def test_a_withheld_name_is_in_no_byte_of_an_export(tmp_path: Path, export_format: ExportFormat) -> None:
    target = tmp_path / f"events.{export_format}"
    export_events(export_format, [named_dossier()], target, ABOUT)
    content = all_bytes(target)
    assert b"name withheld" in content
    assert not names_in(content)


@pytest.mark.parametrize("name", SPELLINGS[:-1])
def test_a_full_name_withheld_elsewhere_is_found_in_any_spelling(name: str) -> None:
    dossier = replace(made_up_dossier(made_up_event(), quote=f"They met {name}."), withheld_elsewhere=(NAME,))
    assert redacted(dossier).quotes == {1: f"They met {WITHHELD}."}
    told = dossier.told[0]
    address = f"https://post.example/{quote(name)}.html"
    addressed = replace(dossier, told=(replace(told, report=replace(told.report, url=address)),), quotes={})
    assert redacted(addressed).told[0].report.url is None


def test_a_name_in_an_escaped_text_is_found() -> None:
    event = replace(made_up_event(), grade_reason='said by "Zöhra\nQuillon"')
    dossier = Dossier(event, withheld_elsewhere=(NAME,))
    assert redacted(dossier).event.grade_reason == f'said by "{WITHHELD}"'


def test_other_words_stay() -> None:
    dossier = replace(
        made_up_dossier(made_up_event()), withheld=("Rose Ali",), withheld_elsewhere=("Ila Doran",)
    )
    speaking = replace(
        dossier, quotes={1: "Tolls rose, Alice said of Ali. Rose was 9. Ila smiled; ila doran left."}
    )
    cleaned = redacted(speaking)
    assert cleaned.quotes[1] == (
        f"Tolls rose, Alice said of {WITHHELD}. {WITHHELD} was 9. Ila smiled; {WITHHELD} left."
    )
    assert cleaned.event == dossier.event


def test_places_and_known_groups_keep_the_words_of_a_name() -> None:
    event = made_up_event(withheld=("Rakha Houthis",))
    cleaned = redacted(Dossier(event)).event
    assert cleaned.where.name == "Rakha"
    assert cleaned.perpetrators[0].name == "Houthis"


def test_a_name_withheld_in_one_event_is_in_no_other(book: Casebook, tmp_path: Path) -> None:
    """A round-up tells of two events; a third event's speaker has the name."""
    said = claim(ClaimKind.ACCUSATION, "Omo Tarrec", actor="Dawn Front")
    first = Account(
        told="Raiders shot Omo Tarrec and burned the mill beside the orchard", against="Omo Tarrec"
    )
    second = Account(place="Tolo", killed=3, told="A mine that Tarrec had feared tore up a minibus")
    later = Account(
        place="Dirbat", day=None, killed=2, told="Two guards fell asleep and died", claims=(said,)
    )
    stories = [Story(accounts=(first, second)), Story("Evening Star", accounts=(later,))]
    book.ingest((str(number), reading_of(story)) for number, story in enumerate(stories))
    [event] = [event for event in book.events() if event.where.name == "Rakha"]
    book.decide(
        event.id, NewDecision(kind=DecisionKind.WITHHOLD, by="ada", reason="asked", value="Omo Tarrec")
    )
    assert book.count() == 3
    for export_format in ExportFormat:
        target = tmp_path / f"events.{export_format}"
        export_casebook(book, export_format, target, ABOUT.made_at)
        assert b"tarrec" not in all_bytes(target).lower(), export_format
    quotes = {quote for dossier in book.dossiers() for quote in dossier.quotes.values()}

    assert quotes == {"Two guards fell asleep and died, killing 2 in Dirbat."}


def test_evidence_outside_of_events_does_not_break_a_dossier(tmp_path: Path) -> None:
    said = Claim(
        None, ClaimKind.CONTROL, Speaker("Abu Nur", None, is_anonymous=False), Evidence(0, 3, "claim.said")
    )
    with Casebook.open(f"sqlite:///{tmp_path}/book.db") as book:
        reading = replace(reading_of(Story()), claims=(said,))
        book.ingest([("a", reading)])
        [dossier] = book.dossiers()
        assert dossier.quotes == {}
        [light] = book.dossiers(with_accounts=False)
        assert light.told == ()
        assert light.event == dossier.event
