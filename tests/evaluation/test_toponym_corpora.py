"""Corpora of marked place names are read in the forms of LGL, TR-News and GeoVirus."""

from __future__ import annotations

from pathlib import Path

import pytest

from casus.errors import BadRecord, SourceMissing
from casus.evaluation.toponym_corpora import GoldToponym, ToponymCorpus, half_of, read_corpus

LGL = """<?xml version="1.0" encoding="utf-8"?>
<articles>
  <article docid="1">
    <title>Fire in Nakuru</title>
    <domain>example.co.ke</domain>
    <text><![CDATA[Fire in Nakuru. Smoke hung over Nakuru & Gilgil, near Wandora.]]></text>
    <toponyms count="4">
      <toponym><start>8</start><end>14</end><phrase>Nakuru</phrase>
        <gaztag geonameid="184622"><name>Nakuru</name><fclass>P</fclass><fcode>PPLA</fcode>
          <lat>-0.30719</lat><lon>36.07225</lon><country geonameid="192950">Kenya</country>
          <admin1 geonameid="7668904">Nakuru</admin1></gaztag></toponym>
      <toponym><start>32</start><end>38</end><phrase>Nakuru</phrase>
        <gaztag geonameid="184622"><lat>-0.30719</lat><lon>36.07225</lon></gaztag></toponym>
      <toponym><start>41</start><end>47</end><phrase>Gilgil</phrase>
        <gaztag geonameid="195272"><lat></lat><lon/></gaztag></toponym>
      <toponym><start>54</start><end>61</end><phrase>Wandora</phrase></toponym>
    </toponyms>
  </article>
</articles>
"""

GEOVIRUS = """<articles>
  <article>
    <source>https://news.example.org/one</source>
    <text>Cases rose in Lomé and in Kara. Lomé closed its schools.</text>
    <locations>
      <location><name>Kara</name><start>27</start><end>31</end><lat>9.55</lat><lon>1.19</lon></location>
      <location><name>Lomé</name><start>15</start><end>19</end><lat>6.13</lat><lon>1.22</lon></location>
      <location><name>Lomé</name><start>33</start><end>37</end><lat>6.13</lat><lon>1.22</lon></location>
      <location><name>Sokodé</name><start>40</start><end>46</end><lat>8.98</lat><lon>1.13</lon></location>
    </locations>
  </article>
</articles>
"""


def corpus_of(tmp_path: Path, content: str | bytes) -> ToponymCorpus:
    path = tmp_path / "corpus.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_corpus(path)


def marked(corpus: ToponymCorpus) -> list[tuple[str, str]]:
    """What each mark names, and what stands in the text at its offsets."""
    return [
        (toponym.name, article.text[toponym.start_char : toponym.end_char])
        for article in corpus.articles
        for toponym in article.toponyms
    ]


def test_the_lgl_form_has_ids_points_and_units(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, LGL)
    (article,) = corpus.articles
    assert article.publisher == "example.co.ke"
    assert marked(corpus) == [(name, name) for name in ("Nakuru", "Nakuru", "Gilgil", "Wandora")]
    assert article.toponyms[0] == GoldToponym(
        8, 14, "Nakuru", -0.30719, 36.07225, 184622, "PPLA", "Kenya", "Nakuru", 7668904
    )
    # a mark without a tag, or with an empty point, could not be resolved
    assert [toponym.point is None for toponym in article.toponyms] == [False, False, True, True]
    assert (corpus.moved, corpus.lost) == (0, 0)


def test_the_geovirus_form_counts_from_one(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, GEOVIRUS)
    assert marked(corpus) == [("Lomé", "Lomé"), ("Kara", "Kara"), ("Lomé", "Lomé")]
    assert [toponym.start_char for toponym in corpus.articles[0].toponyms] == [14, 26, 32]
    # a name that the text lacks is left out and counted
    assert (corpus.moved, corpus.lost) == (0, 1)


def test_a_mark_beside_its_name_is_moved(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, GEOVIRUS.replace("<start>33</start>", "<start>38</start>"))
    assert [toponym.start_char for toponym in corpus.articles[0].toponyms] == [14, 26, 32]
    assert corpus.moved == 1


@pytest.mark.parametrize(
    "content",
    [
        LGL.encode("utf-16"),
        LGL.replace("utf-8", "latin-1").encode("latin-1"),
        b"\xef\xbb\xbf" + LGL.encode(),
        LGL.replace("utf-8", "no-such-encoding").encode(),
        # other letters, namespaces and nesting
        LGL.replace("<articles>", '<articles xmlns="http://example.org/lgl">').encode(),
        LGL.replace("toponym", "Toponym").replace("article", "Article").encode(),
        LGL.replace("<toponyms", "<marks><toponyms").replace("</toponyms>", "</toponyms></marks>").encode(),
        # attributes in place of elements
        LGL.replace("<start>54</start><end>61</end><phrase>", '<phrase start="54" end="61">')
        .replace('<phrase start="54" end="61">Wandora</phrase>', "<phrase>Wandora</phrase>")
        .replace("<toponym><phrase>", '<toponym start="54" end="61"><phrase>')
        .encode(),
    ],
    ids=[
        "UTF-16",
        "Latin-1",
        "byte order mark",
        "unknown encoding",
        "namespace",
        "capitals",
        "nested",
        "attributes",
    ],
)
def test_other_encodings_and_layouts_read_the_same(tmp_path: Path, content: bytes) -> None:
    assert corpus_of(tmp_path, content).articles == corpus_of(tmp_path, LGL).articles


def test_a_windows_file_that_calls_itself_utf_8_is_read(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, GEOVIRUS.encode("cp1252"))
    assert marked(corpus)[0] == ("Lomé", "Lomé")


def test_names_broken_over_lines_are_found(tmp_path: Path) -> None:
    broken = LGL.replace("over Nakuru &", "over Nakuru\n &").replace("near Wandora", "near\nWandora")
    assert marked(corpus_of(tmp_path, broken))[-1] == ("Wandora", "Wandora")


def test_halves_count_from_one(tmp_path: Path) -> None:
    three = GEOVIRUS.replace("</articles>", GEOVIRUS.partition("<articles>")[2])
    articles = corpus_of(tmp_path, three).articles
    assert (len(half_of(articles, "odd")), len(half_of(articles, "even"))) == (1, 1)
    assert half_of(articles, None) is articles


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<articles>\n<article>\n<text>A & B</text></article></articles>", "line 3, column 10"),
        ("", "line 1"),
        ("<articles><article><text>Quiet.</text></article></articles>", "no article with marked toponyms"),
        ("<articles/>", "no article with marked toponyms"),
    ],
)
def test_a_bad_file_is_told_in_one_line(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(BadRecord, match=message) as caught:
        corpus_of(tmp_path, content)
    assert "corpus.xml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match=r"none\.xml"):
        read_corpus(tmp_path / "none.xml")
