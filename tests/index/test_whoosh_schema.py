"""Facts about documents as fields, and about what plain Whoosh makes of the index."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import Analyzer, make_analyzer
from index.document import Document
from index.fold import fold
from index.generations import new_generation
from index.whoosh_index import commit_changes, create_index, open_reader
from index.whoosh_schema import (
    BREAK,
    CharAnalyzer,
    PairAnalyzer,
    WordAnalyzer,
    attribute_terms,
    published_year,
    site_terms,
    sort_date,
    to_fields,
)
from tests.corpus import CORPUS, make_document


def words(text: str) -> list[tuple[str, int, int, int]]:
    """Analyze a text as Whoosh does."""
    return [
        (token.text, token.pos, token.startchar, token.endchar)
        for token in WordAnalyzer(make_analyzer())(text)
    ]


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document.id[-2:])
def test_position_of_a_word_is_its_place_in_the_text(document: Document) -> None:
    """Positions in headings and body are code points into the document's text."""
    fields = to_fields(document, 1)
    folded = fold(document.text)
    for name in ("headings", "body"):
        for text, position, start, end in words(str(fields[name])):
            assert position == start
            assert folded[start:end] == text


@given(st.text("统战工作\nab1 。", max_size=30))
def test_no_word_crosses_a_line_break(text: str) -> None:
    """Words of neighbouring blocks are not joined."""
    for token, start, _, end in words(text):
        assert BREAK not in token
        assert fold(text)[start:end] == token


@given(st.text("统战工作\nab1 。", max_size=30))
def test_exact_terms_are_those_of_the_lines(text: str) -> None:
    """Pairs come with their places, characters once; none has a line break."""
    pairs = [(token.pos, token.text) for token in PairAnalyzer()(text)]
    chars = [token.text for token in CharAnalyzer()(text)]
    assert all(fold(text)[place : place + 2] == pair for place, pair in pairs)
    expected = set().union(*(Analyzer.grams(line) for line in text.split(BREAK)))
    assert {*chars, *(pair for _, pair in pairs)} == expected
    assert len(chars) == len(set(chars))


def test_heading_run_is_not_in_the_body() -> None:
    """The heading scores as a heading, the rest of its paragraph as body."""
    fields = to_fields(make_document(1, "标题", "【概况】|全县渡口。"), 7)
    assert str(fields["headings"]).strip(BREAK) == "【概况】"
    assert str(fields["body"]).strip(BREAK) == "全县渡口。"
    assert "【概况】全县渡口。" in str(fields["grams"]).split(BREAK)


def test_row_holds_what_facets_and_completion_need() -> None:
    """Values are kept as they are; unknown ones as None."""
    document = CORPUS[10]
    row = to_fields(document, 7)["row"]
    assert row == {
        "revision": 7,
        "title": document.title,
        "site": "林溪縣政府",
        "source": None,
        "region": "林溪市",
        "kind": "other",
        "script": "hant",
        "complete": True,
        "year": 2022,
        "published": 2021,
        "date": 20210509,
        "group": document.id,
    }


@pytest.mark.parametrize(
    ("published", "year", "date"),
    [
        ("2021-03-04", 2020, 20210304),
        ("2021-03", None, 20210300),
        ("2021", None, 20210000),
        ("--10-14", 2020, 20200000),
        ("--10-14", None, 0),
        (None, 2020, 20200000),
        (None, None, 0),
    ],
)
def test_date_to_sort_by(published: str | None, year: int | None, date: int) -> None:
    """Unknown parts are zero, and the year stands in for an unknown date."""
    document = make_document(1, "", published=published, year=year)
    assert sort_date(document) == date


@pytest.mark.parametrize(
    ("published", "year"),
    [("2021-03-04", 2021), ("2021", 2021), ("--10-14", None), (None, None), ("", None)],
)
def test_year_of_publication(published: str | None, year: int | None) -> None:
    """It is read of the date alone; the year a text is about never stands in."""
    document = make_document(1, "", published=published, year=1999)
    assert published_year(document) == year


@pytest.mark.parametrize(
    ("site", "url", "terms"),
    [
        (
            "云溪党建网",
            "https://www.yunxi.example.cn:8080/a?b=//c",
            ["云溪党建网", "www.yunxi.example.cn", "yunxi.example.cn", "example.cn"],
        ),
        ("林溪縣政府", None, ["林溪县政府"]),
        ("Example.CN", "https://EXAMPLE.cn/", ["example.cn"]),
        ("甲，乙", None, ["甲 乙"]),
        ("", None, []),
    ],
)
def test_site_is_found_by_name_host_and_domain(
    site: str, url: str | None, terms: list[str]
) -> None:
    """All of them folded; a comma, which stands between terms, is not kept."""
    assert [*site_terms(make_document(1, "", site=site, url=url))] == terms


@pytest.mark.parametrize(
    ("region", "terms"),
    [
        ("江蘇省", ["江苏省", "江苏"]),
        ("上海市", ["上海市", "上海"]),
        ("內蒙古自治區", ["内蒙古自治区", "内蒙古"]),
        ("西藏自治区", ["西藏自治区", "西藏"]),
        ("北原柯尔克孜自治区", ["北原柯尔克孜自治区", "北原"]),
        ("寧夏回族自治區", ["宁夏回族自治区", "宁夏"]),
        ("香港特别行政区", ["香港特别行政区", "香港"]),
        ("甲,乙省", ["甲 乙省", "甲 乙"]),
        ("青陵区", ["青陵区"]),
        ("云溪县", ["云溪县"]),
        ("经济特区", ["经济特区"]),
        ("内蒙古", ["内蒙古"]),
        ("本省", ["本省"]),
        ("省", ["省"]),
        ("", []),
        (None, []),
    ],
)
def test_region_is_found_by_its_name_and_its_short_name(
    region: str | None, terms: list[str]
) -> None:
    """What says of what level and of whom it is goes; districts and counties stay."""
    document = make_document(1, "", region=region)
    assert [*attribute_terms(document)["region"]] == terms


def test_analyzers_are_pickled_without_dictionaries() -> None:
    """The table of contents stays small, and plain Whoosh can open it."""
    for analyzer in (WordAnalyzer(make_analyzer()), PairAnalyzer(), CharAnalyzer()):
        data = pickle.dumps(analyzer)
        assert len(data) < 200
        loaded = pickle.loads(data)  # noqa: S301 (made on the line above)
        assert [token.text for token in loaded("统战")]


def test_every_document_of_the_corpus_can_be_indexed(tmp_path: Path) -> None:
    """Rare planes, markup, empty titles and empty texts are no trouble."""
    analyzer = make_analyzer()
    folder = new_generation(tmp_path)
    create_index(folder, analyzer)
    odd = [make_document(98, ""), make_document(99, "", "", "\u3000")]
    documents = [*(replace(each) for each in CORPUS), *odd]
    fields = [to_fields(each, seq) for seq, each in enumerate(documents)]
    commit_changes(folder, analyzer, add=fields)
    reader = open_reader(folder, analyzer)
    assert reader.doc_count() == len(documents)
    assert ("grams", "𠮷野") in reader
    assert ("chars", "𠮷") in reader
    reader.close()
