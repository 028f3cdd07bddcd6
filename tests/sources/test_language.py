"""Only English is read; other languages are told apart without a model."""

from __future__ import annotations

import pytest

from casus.sources.language import foreign_language

ENGLISH = (
    "Gunmen on motorcycles attacked a village in the north of the country on Sunday and killed nine "
    "people, the mayor said. He said that the army had been asked for help but came too late, and that "
    "many families have left for the town. No group said it was behind the attack."
)
SPANISH = (
    "Un grupo de hombres armados atacó el domingo una aldea del norte del país y mató a nueve personas,"
    " según el alcalde. La policía dijo que los agresores huyeron por el río con varias motos y que no "
    "se sabe quién los envió, pero las familias de la zona acusan a una banda que cobra por el paso de "
    "la gente."
)
FRENCH = (
    "Des hommes armés ont attaqué dimanche un village du nord du pays et tué neuf personnes, selon le "
    "maire. La police est arrivée plus tard et a dit que les agresseurs avaient pris la fuite par le "
    "fleuve, sur des motos volées, et que les familles de la zone ont peur de rester dans les maisons."
)
INDONESIAN = (
    "Sekelompok orang bersenjata menyerang sebuah desa di bagian utara pada hari Minggu dan menewaskan "
    "sembilan orang, kata kepala desa itu. Polisi yang datang kemudian mengatakan bahwa para penyerang "
    "telah melarikan diri dengan sepeda motor dan belum ada kelompok yang mengaku bertanggung jawab "
    "untuk serangan ini."
)
HUNGARIAN = (
    "Fegyveresek támadtak meg vasárnap egy falut az ország északi részén, kilenc embert megöltek, "
    "közölte a polgármester. Később érkeztek rendőrök, akik szerint támadók motorokkal menekültek el "
    "folyó mentén, sok család pedig városba költözött, mert fél otthon maradni éjszaka, mióta "
    "fosztogatás kezdődött arrafelé."
)
RUSSIAN = (
    "В воскресенье вооружённые люди напали на село на севере страны и убили девять человек, сообщил "
    "глава района. Полиция прибыла позже."
)
CHINESE = (
    "周日,武装人员袭击了该国北部的一个村庄,造成九人死亡,当地官员说。警方后来赶到现场,并表示袭击者骑摩托车逃走。"
    * 3
)


def test_english_is_read() -> None:
    assert foreign_language(ENGLISH) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SPANISH, "Spanish"),
        (FRENCH, "French"),
        (INDONESIAN, "Indonesian or Malay"),
        (HUNGARIAN, "a language that it does not know"),
        (RUSSIAN, "a language in another script"),
        (CHINESE, "a language in another script"),
    ],
)
def test_another_language_is_named_as_far_as_it_is_known(text: str, language: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        # Too short to tell.
        "Explosión en el mercado de la ciudad",
        "взрыв на рынке",
        "",
        # English with foreign names, quotes and lists.
        ENGLISH + " “No queremos más guerra en el pueblo,” said a woman.",
        "The dead: " + ", ".join(f"Constable {name} of Post {name}" for name in ("Obi", "Musa", "Eze") * 9),
    ],
)
def test_short_texts_and_english_with_foreign_words_pass(text: str) -> None:
    assert foreign_language(text) is None
