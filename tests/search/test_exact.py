"""Exactness: a search finds the documents that hold a string, no more and no fewer.

Strings are cut out of the corpus at random, so that they cross the borders of words,
punctuation, digits and spaces; what they should find is found by looking through
every text. The same facts hold after changes and deletions, over several segments.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from index.analysis import make_analyzer
from index.document import Document
from index.fold import fold
from index.generations import live_generation
from index.home import Home
from index.whoosh_index import commit_changes, open_reader
from search.notation import reads_as_word
from search.query import Exact, Word, Words
from search.results import SearchRequest
from search.service import SearchService, open_service
from tests.corpus import CORPUS, build, fill, holding

LONGEST: Final = 12
TO_TRADITIONAL: Final = OpenCC("s2t")


class Archive:
    """An archive with what it should hold; not a dataclass, so as not to be printed."""

    def __init__(self, home: Home, documents: tuple[Document, ...]) -> None:
        """Open the service of a home folder."""
        self.service: SearchService = open_service(home)
        self.documents = documents

    def found(self, query: str, *, synonyms: bool = False) -> set[str]:
        """Search, for nothing but what is typed; give the ids of all that match."""
        results = self.service.search(
            SearchRequest(text=query, per_page=100, collapse=False, synonyms=synonyms)
        )
        ids = {hit.id for hit in results.hits if not hit.missing}
        assert len(results.hits) == results.listed
        assert len(ids) == results.total
        return ids


def _one_segment(home: Home) -> tuple[Document, ...]:
    """Index the corpus as it is."""
    fill(home)
    build(home)
    return CORPUS


def _changed(home: Home) -> tuple[Document, ...]:
    """Add in parts, move texts between documents, drop some."""
    fill(home)
    build(home, batch=15)
    moved = tuple(
        replace(document, title=CORPUS[at - 7].title, blocks=document.blocks[::-1])
        for at, document in enumerate(CORPUS[8:14], 8)
    )
    fill(home, moved)
    build(home)
    live = live_generation(home.index)
    commit_changes(live, make_analyzer(), drop=[each.id for each in CORPUS[20:24]])
    reader = open_reader(live, make_analyzer())
    assert len(reader.leaf_readers()) > 1
    assert reader.has_deletions()
    reader.close()
    return (*CORPUS[:8], *moved, *CORPUS[14:20], *CORPUS[24:])


def _merged(home: Home) -> tuple[Document, ...]:
    """Index a document at a time, so that segments are merged that differ in words."""
    fill(home)
    build(home, batch=1)
    reader = open_reader(live_generation(home.index), make_analyzer())
    assert len(reader.leaf_readers()) < len(CORPUS) // 2
    reader.close()
    return CORPUS


@pytest.fixture(scope="module", params=[_one_segment, _changed, _merged])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """Make all archives in turn."""
    home = Home(tmp_path_factory.mktemp("exact"))
    archive = Archive(home, request.param(home))
    yield archive
    archive.service.close()


def traditional(text: str) -> str:
    """Write a text in the other script."""
    return str(TO_TRADITIONAL.convert(text))


@st.composite
def cuts(draw: st.DrawFn) -> str:
    """Cut a string out of a title or a block; sometimes in another shape."""
    document = draw(st.sampled_from(CORPUS))
    texts = [
        text for text in (document.title, *(b.text for b in document.blocks)) if text
    ]
    text = draw(st.sampled_from(texts))
    start = draw(st.integers(0, len(text) - 1))
    cut = text[start : start + draw(st.integers(1, LONGEST))]
    return draw(st.sampled_from([cut, fold(cut), cut.upper(), traditional(cut)]))


@st.composite
def nearly(draw: st.DrawFn) -> str:
    """Take two cuts that need not stand together anywhere, or one shuffled."""
    one, other = draw(cuts()), draw(cuts())
    shuffled = draw(st.permutations(list(one)))
    return draw(st.sampled_from([one + other[:2], one[-1] + other, "".join(shuffled)]))


@settings(deadline=None)
@given(text=st.one_of(cuts(), nearly()))
def test_quoted_string_finds_what_holds_it(archive: Archive, text: str) -> None:
    """In quotation marks a string is sought in titles and blocks, and only there."""
    assume(text.strip())
    assert archive.found(str(Exact(text))) == holding(archive.documents, text)


@settings(deadline=None)
@given(text=st.one_of(cuts(), nearly()))
def test_quoted_title_finds_titles_only(archive: Archive, text: str) -> None:
    """With title: the blocks do not count."""
    assume(text.strip())
    assert archive.found(str(Exact(text, "title"))) == holding(
        archive.documents, text, title_only=True
    )


@settings(deadline=None)
@given(text=cuts())
def test_string_finds_the_text_it_was_cut_from(archive: Archive, text: str) -> None:
    """The look through all texts that the others rely on does find something."""
    assume(text.strip())
    assert holding(CORPUS, text)
    if holding(archive.documents, text):
        assert archive.found(str(Exact(text)))


@settings(deadline=None)
@given(text=st.one_of(cuts(), nearly()))
def test_running_text_finds_what_holds_all_its_words(
    archive: Archive, text: str
) -> None:
    """Every word must stand literally, in any place; synonyms only find more."""
    assume(reads_as_word(text))
    words = make_analyzer().words(text)
    parts = [text[word.start : word.end] for word in words] or [text]
    expected = set.intersection(*(holding(archive.documents, part) for part in parts))
    assert archive.found(str(Words(text))) == expected
    assert archive.found(str(Words(text)), synonyms=True) >= expected


def test_every_word_of_the_corpus_finds_what_holds_it(archive: Archive) -> None:
    """A word finds documents where it is no token, in a longer word or across two."""
    tokens = {
        token.text
        for document in CORPUS
        for text in (document.title, *(block.text[:200] for block in document.blocks))
        for token in make_analyzer().tokens(text)
    }
    assert len(tokens) > 400
    wrong = {
        token
        for token in tokens
        if archive.found(str(Word(token)))
        != set.intersection(
            *(
                holding(archive.documents, token[word.start : word.end])
                for word in make_analyzer().words(token)
            )
        )
    }
    assert wrong == set()


@settings(deadline=None)
@given(text=cuts())
def test_beginning_of_several_words_finds_what_holds_it(
    archive: Archive, text: str
) -> None:
    """A star behind more than one word, the last perhaps cut off, hides nothing."""
    assume(reads_as_word(text))
    assume(len(make_analyzer().words(text)) > 1)
    holders = holding(archive.documents, text)
    assert archive.found(f"{text}*") == holders
    assert archive.found(f"title:{text}*") == holding(
        archive.documents, text, title_only=True
    )
    assert not archive.found(f"-{text}*") & holders


def test_strings_do_not_reach_over_the_end_of_a_block(archive: Archive) -> None:
    """统战 at the end of one block and 工作 at the start of the next are apart."""
    twentyeighth = CORPUS[27].id
    assert twentyeighth in archive.found("统战 工作")
    assert twentyeighth not in archive.found('"统战工作"')
    assert twentyeighth not in archive.found('"侨务"')


def test_exact_string_is_not_found_in_a_longer_word_of_other_meaning(
    archive: Archive,
) -> None:
    """工会 is not found in 工商联会员, whose characters it has."""
    assert CORPUS[0].id not in archive.found('"工会"')
    assert CORPUS[0].id not in archive.found("工会")
    assert CORPUS[0].id in archive.found('"联会员"')
