"""The contract of ``search.engine.Engine``: these facts hold for every engine.

What an engine finds is held against a look through every document. The last facts
are about the Whoosh engine alone: that plain Whoosh agrees with it.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
import whoosh.index
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.query.qcore import Query as WhooshQuery

from index.analysis import make_analyzer
from index.document import Document, Script
from index.errors import IndexBroken, IndexMissing, IndexNotUsable, IndexStale
from index.fold import fold, fold_width
from index.generations import live_generation
from index.home import Home
from index.manifest import NAME, read_manifest, write_manifest
from index.store import Store
from index.whoosh_index import commit_changes, open_reader
from index.whoosh_schema import TEXT_FIELDS, region_terms, site_terms, term_of
from search.bm25 import BOOSTS
from search.engine import Answer, Engine
from search.executor import Executor
from search.near import stand_near
from search.query import (
    And,
    Attribute,
    Everything,
    Exact,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Verbatim,
    Word,
    YearRange,
)
from search.results import Axis, SearchRequest, Sort
from search.texts import FoldedTexts
from search.whoosh_engine import WhooshEngine
from tests.corpus import CORPUS, build, fill, holding, make_document

ALL = SearchRequest(per_page=100, collapse=False)


class Archive:
    """An engine, and the documents that it has indexed.

    Not a dataclass: Hypothesis would print every text of it.
    """

    def __init__(self, home: Home, documents: tuple[Document, ...]) -> None:
        """Open the engine of a home folder."""
        self.home, self.documents = home, documents
        self.store = Store(home.store)
        analyzer = make_analyzer(home.dictionaries)
        texts = FoldedTexts(self.store)
        self.engine: Engine = WhooshEngine(home.index, analyzer, texts.of)


def _one_commit(home: Home) -> tuple[Document, ...]:
    """Index the whole corpus at once."""
    fill(home)
    build(home)
    return CORPUS


def _many_commits(home: Home) -> tuple[Document, ...]:
    """Add in three batches, then change seven documents and delete three."""
    fill(home)
    build(home, batch=10)
    changed = [
        replace(old, title=new.title, blocks=new.blocks)
        for old, new in zip(CORPUS[3:10], CORPUS[20:27], strict=True)
    ]
    fill(home, changed)
    build(home)
    live = live_generation(home.index)
    commit_changes(live, make_analyzer(), drop=[CORPUS[i].id for i in (0, 13, 29)])
    reader = open_reader(live, make_analyzer())
    assert len(reader.leaf_readers()) > 1
    assert reader.has_deletions()
    reader.close()
    return (*CORPUS[1:3], *changed, *CORPUS[10:13], *CORPUS[14:29])


@pytest.fixture(scope="module", params=[_one_commit, _many_commits])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """Make an archive of one segment, and one of several with deletions."""
    home = Home(tmp_path_factory.mktemp("archive"))
    archive = Archive(home, request.param(home))
    yield archive
    archive.store.close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Archive]:
    """Make an archive that a test may change."""
    home = Home(tmp_path)
    fill(home, CORPUS[:5])
    build(home)
    archive = Archive(home, CORPUS[:5])
    yield archive
    archive.store.close()


def ids(answer: Answer) -> list[str]:
    """List the documents of an answer in order."""
    return [match.id for match in answer.matches]


def expected(  # noqa: PLR0911 (one a kind of clause)
    query: Query, documents: tuple[Document, ...]
) -> set[str]:
    """Look through the documents for what a query means."""
    match query:
        case Word(text, field) | Exact(text, field):
            return holding(documents, text, title_only=field == "title")
        case Near(texts, distance, field, ordered):
            return {
                each.id
                for each in documents
                if stand_near(
                    _text(each, field), [*map(fold, texts)], distance, ordered=ordered
                )
            }
        case Verbatim(clause):
            return {
                name
                for name in expected(clause, documents)
                if _as_written(clause, next(d for d in documents if d.id == name))
            }
        case Prefix(text, field):
            return {
                each.id
                for each in documents
                if any(
                    token.text.startswith(fold(text))
                    for part in _parts(each, field)
                    for token in make_analyzer().tokens(part)
                )
            }
        case And(clauses):
            return set.intersection(*(expected(each, documents) for each in clauses))
        case Or(clauses):
            return set.union(*(expected(each, documents) for each in clauses))
        case Not(clause):
            return {each.id for each in documents} - expected(clause, documents)
        case _:
            return {each.id for each in documents if passes(each, query)}


def _as_written(clause: Exact | Near, document: Document) -> bool:
    """Look for strings without folding any script."""
    text = _text(document, clause.field, fold_width)
    if isinstance(clause, Exact):
        return fold_width(clause.text) in text
    strings = [*map(fold_width, clause.texts)]
    return stand_near(text, strings, clause.distance, ordered=clause.ordered)


def _text(document: Document, field: str, folding: Callable[[str], str] = fold) -> str:
    """Write title and blocks, or the title, as one folded text."""
    blocks = () if field == "title" else (each.text for each in document.blocks)
    return folding("\n".join((document.title, *blocks)))


def _parts(document: Document, field: str) -> Iterator[str]:
    """List what is cut into tokens by itself: title, headings, the rest of blocks."""
    yield document.title
    for block in () if field == "title" else document.blocks:
        yield block.text[: block.heading_length]
        yield block.text[block.heading_length :]


def passes(document: Document, query: Query) -> bool:
    """Tell whether a document passes a filter."""
    match query:
        case Attribute("site", value):
            return term_of("site", value) in site_terms(document)
        case Attribute("region", value):
            return term_of("region", value) in region_terms(document.region)
        case Attribute(field, value):
            found = {"source": document.publisher, "kind": document.kind.value}[field]
            return fold(found or "") == fold(value)
        case YearRange(first, last):
            low, high = first or 0, last or 9999
            return document.year is not None and low <= document.year <= high
        case _:
            return True


LEAVES: st.SearchStrategy[Query] = st.one_of(
    st.builds(
        Word,
        st.sampled_from(
            ["统战", "統戰", "工作", "蓝莓", "工会", "2020", "wto", "沙漠"]
        ),
        st.sampled_from(["", "", "title"]),
    ),
    st.builds(
        Exact,
        st.sampled_from(
            ["统战工作", "，", "统", "战工", "12号", "联会员", "侨务", "x <"]
        ),
        st.sampled_from(["", "", "title"]),
    ),
    st.builds(
        Near,
        st.sampled_from(
            [
                ("统战", "工作"),
                ("統戰", "部"),
                ("会员", "工商"),
                ("2020", "年"),
                ("无", "此"),
            ]
        ),
        st.sampled_from([0, 2, 10, 40]),
        st.sampled_from(["", "", "title"]),
        st.booleans(),
    ),
    st.builds(
        Verbatim,
        st.builds(
            Exact,
            st.sampled_from(
                ["統戰", "统战", "工作", "戰", "乾隆", "著", "ＷTO", "无此"]
            ),
            st.sampled_from(["", "", "title"]),
        ),
    ),
    st.builds(Verbatim, st.just(Near(("統戰", "幹部"), 3))),
    st.builds(
        Prefix,
        st.sampled_from(["统", "工商", "20", "w", "沙漠", "無"]),
        st.sampled_from(["", "", "title"]),
    ),
    st.builds(Attribute, st.just("site"), st.sampled_from(["青陵年鉴", "example.cn"])),
    st.builds(
        Attribute, st.just("region"), st.sampled_from(["林溪", "林溪市", "云溪"])
    ),
    st.builds(Attribute, st.just("source"), st.sampled_from(["云溪日報", "无报"])),
    st.builds(Attribute, st.just("kind"), st.sampled_from(["yearbook", "report"])),
    st.sampled_from(
        [YearRange(2020, 2020), YearRange(None, 2018), YearRange(2021, None)]
    ),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple)),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(query=TREES)
def test_query_finds_what_it_means(archive: Archive, query: Query) -> None:
    """Words, strings, filters, AND, OR and NOT in any nesting find no more, no less."""
    answer = archive.engine.search(query, ALL)
    assert set(ids(answer)) == expected(query, archive.documents)
    assert len(ids(answer)) == answer.total == answer.total_documents


def test_everything_finds_every_document_once(archive: Archive) -> None:
    """Deleted and replaced documents are gone."""
    answer = archive.engine.search(Everything(), ALL)
    assert sorted(ids(answer)) == sorted(each.id for each in archive.documents)
    assert {match.score for match in answer.matches} == {0.0}


def test_match_names_the_revision_that_was_indexed(archive: Archive) -> None:
    """Through it the very text that was searched can be read."""
    revisions = archive.engine.revisions()
    documents = {document.id: document for document in archive.documents}
    assert set(revisions) == set(documents)
    for match in archive.engine.search(Everything(), ALL).matches:
        assert match.revision == revisions[match.id]
        assert archive.store.revision(match.revision) == documents[match.id]


@pytest.mark.parametrize("text", ["统战", "統戰工作", "，", "工会", "没有的词语"])
def test_document_frequency_counts_who_holds_a_string(
    archive: Archive, text: str
) -> None:
    """It is the number of documents that contain it, as grep would count."""
    assert archive.engine.document_frequency(text) == len(
        holding(archive.documents, text)
    )


def test_filters_and_exclusions_do_not_score(archive: Archive) -> None:
    """A document has the same score with and without them."""
    alone = archive.engine.search(Word("工作"), ALL)
    scores = {match.id: match.score for match in alone.matches}
    clauses = (Word("工作"), YearRange(2019, 2022), Not(Exact("统战")))
    for match in archive.engine.search(And(clauses), ALL).matches:
        assert match.score == pytest.approx(scores[match.id])


def test_word_in_the_title_weighs_more_than_in_the_body(archive: Archive) -> None:
    """Documents with 蓝莓 in the title rank before those with it in the text."""
    found = ids(archive.engine.search(Word("蓝莓"), ALL, ("蓝莓",)))
    titled = holding(archive.documents, "蓝莓", title_only=True)
    assert 0 < len(titled) < len(found)
    assert set(found[: len(titled)]) == titled


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("collapse", [True, False])
def test_pages_are_disjoint_and_together_the_whole(
    archive: Archive, sort: Sort, *, collapse: bool
) -> None:
    """Whatever the size of a page, the order is the same."""
    request = SearchRequest(per_page=100, sort=sort, collapse=collapse)
    query = Or((Word("统战"), Word("工作"), Exact("，")))
    whole = ids(archive.engine.search(query, request))
    for size in (1, 4, 7):
        pages = [
            ids(archive.engine.search(query, replace(request, page=n, per_page=size)))
            for n in range(1, len(whole) // size + 3)
        ]
        assert [name for page in pages for name in page] == whole
        assert pages[-1] == []


def test_version_is_the_same_until_something_is_committed(small: Archive) -> None:
    """Asking does not change it; a commit and a rebuild do."""
    versions = [small.engine.version(), small.engine.version()]
    assert versions[0] == versions[1]
    fill(small.home, CORPUS[5:7])
    build(small.home)
    versions.append(small.engine.version())
    build(small.home, rebuild=True)
    versions.append(small.engine.version())
    assert len(set(versions)) == 3


def test_new_commits_are_seen_at_once(small: Archive) -> None:
    """A search after a commit finds what was committed."""
    assert small.engine.document_frequency("脱贫攻坚") == 0
    fill(small.home, CORPUS[5:7])
    build(small.home)
    assert small.engine.document_frequency("脱贫攻坚") == 1
    assert len(small.engine.revisions()) == 7


def test_empty_index_finds_nothing(tmp_path: Path) -> None:
    """No document, no hit, no error."""
    home = Home(tmp_path)
    fill(home, [])
    build(home)
    archive = Archive(home, ())
    for query in (Everything(), Word("统战"), Not(Word("统战")), YearRange(2020, None)):
        assert archive.engine.search(query, ALL).matches == ()
    assert archive.engine.revisions() == {}
    archive.store.close()


def test_searching_goes_on_while_others_commit_and_rebuild(small: Archive) -> None:
    """No search fails or misses a document, whatever is written meanwhile."""
    stop = threading.Event()
    seen: list[int] = []
    errors: list[Exception] = []

    def search() -> None:
        while not stop.is_set():
            try:
                seen.append(small.engine.search(Word("统战"), ALL).total)
            except (IndexNotUsable, RuntimeError) as error:
                errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    before = len(holding(CORPUS[:5], "统战"))
    for number in range(50, 56):
        fill(small.home, [make_document(number, "统战", f"正文{number}。")])
        build(small.home, rebuild=number % 2 == 0)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert seen
    assert set(seen) <= set(range(before, before + 7))


def test_missing_index_is_an_error(tmp_path: Path) -> None:
    """Before the first build every question says what to run."""
    home = Home(tmp_path)
    fill(home, [])
    archive = Archive(home, ())
    with pytest.raises(IndexMissing, match="run wensu index"):
        archive.engine.search(Everything(), ALL)
    with pytest.raises(IndexMissing):
        archive.engine.version()
    archive.store.close()


def test_stale_index_is_an_error(small: Archive) -> None:
    """Words cut by another dictionary are not searched."""
    live = live_generation(small.home.index)
    write_manifest(live, replace(read_manifest(live), analyzer="another"))
    with pytest.raises(IndexStale, match="another"):
        small.engine.search(Everything(), ALL)


@pytest.mark.parametrize("name", [NAME, "_MAIN_*.toc", "MAIN_*.arrays", "../current"])
def test_broken_index_is_an_error_and_is_not_touched(small: Archive, name: str) -> None:
    """Searching never writes to the index, least of all a broken one."""
    live = live_generation(small.home.index)
    (path,) = live.glob(name)
    path.write_bytes(path.read_bytes()[:20][::-1])
    before = {each: each.stat().st_mtime_ns for each in small.home.index.rglob("*")}
    with pytest.raises(IndexBroken, match="nothing was deleted"):
        small.engine.search(Word("统战"), ALL)
    after = {each: each.stat().st_mtime_ns for each in small.home.index.rglob("*")}
    assert after == before


def test_fault_of_ours_is_not_called_damage(
    small: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in a search of an index that is whole is told as what it is."""

    def fail(*_: object) -> NoReturn:
        message = "a fault of the program"
        raise ValueError(message)

    monkeypatch.setattr(Executor, "run", fail)
    with pytest.raises(ValueError, match="a fault of the program"):
        small.engine.search(Word("统战"), ALL)


@pytest.mark.parametrize("axis", Axis)
def test_tally_counts_what_a_search_finds(archive: Archive, axis: Axis) -> None:
    """By year, for each query; what the request leaves out is in none of it."""
    words: tuple[Query, ...] = (Exact("统战"), Word("没有这样的词"))
    queries: list[Query] = [Everything(), *words, Not(Word("统战"))]
    request = replace(ALL, script=(Script.HANS,))
    tallies = archive.engine.tally(queries, request, axis)
    for query, tally in zip(queries, tallies, strict=True):
        answer = archive.engine.search(query, request)
        found = {each.value: each.count for each in answer.facets[axis]}
        assert tally.years == found
        assert tally.total == tally.total_documents == answer.total
        assert tally.undated == answer.total - sum(found.values())
        assert tally.index_version == answer.index_version
        ends = [end and end.id for end in (tally.first, tally.last)]
        assert set(ends) <= ({*ids(answer)} if found else {None})


WORDS = ("统战", "工作", "总结", "企业", "活动", "蓝莓", "乾隆", "建议")


def or_of_terms(*words: str) -> WhooshQuery:
    """Make Whoosh's query for words in any field, weighted as ours."""
    return wq.Or(
        [
            wq.Term(name, fold(word), boost=BOOSTS[name])
            for word in words
            for name in TEXT_FIELDS
        ]
    )


def plain_whoosh(archive: Archive, query: WhooshQuery) -> dict[str, float]:
    """Ask Whoosh itself, through nothing of ours."""
    opened = whoosh.index.open_dir(str(live_generation(archive.home.index)))
    with opened.searcher() as searcher:
        found = searcher.search(query, limit=None)
        return {hit["id"]: hit.score for hit in found}


@pytest.mark.parametrize("word", WORDS)
def test_plain_whoosh_finds_and_scores_the_same(archive: Archive, word: str) -> None:
    """Documents that have the word as a token have Whoosh's own BM25F score."""
    whoosh_scores = plain_whoosh(archive, or_of_terms(word))
    ours = archive.engine.search(Word(word), ALL).matches
    scored = {match.id: match.score for match in ours if match.score}
    assert scored == pytest.approx(whoosh_scores, abs=1e-5)
    assert whoosh_scores
    for match in ours:
        assert match.id in scored or match.id in holding(archive.documents, word)


@pytest.mark.parametrize("word", WORDS[1:])
def test_scores_of_words_add_up_as_in_whoosh(archive: Archive, word: str) -> None:
    """Two words score the sum of each, and Whoosh's sum is the same."""
    whoosh_scores = plain_whoosh(archive, or_of_terms("统战", word))
    ours = archive.engine.search(Or((Word("统战"), Word(word))), ALL).matches
    scored = {match.id: match.score for match in ours if match.score}
    assert scored == pytest.approx(whoosh_scores, abs=1e-5)


@pytest.mark.parametrize("word", WORDS[1:])
def test_words_that_must_all_stand_score_as_in_whoosh(
    archive: Archive, word: str
) -> None:
    """No score is lost where Whoosh has to skip through a list."""
    both = wq.And([or_of_terms("统战"), or_of_terms(word)])
    ours = archive.engine.search(And((Word("统战"), Word(word))), ALL).matches
    alone = [
        {
            match.id: match.score
            for match in archive.engine.search(Word(each), ALL).matches
        }
        for each in ("统战", word)
    ]
    for match in ours:
        assert match.score == pytest.approx(sum(each[match.id] for each in alone))
    plain = plain_whoosh(archive, both)
    assert {m.id: m.score for m in ours if m.id in plain} == pytest.approx(plain)
