"""The executor against Whoosh's own searcher: the same documents, the same scores.

Whoosh reads the same files posting by posting and scores each with its BM25F; what
it finds is put together by ``search.whoosh_query``. Trees are drawn at random.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from whoosh.scoring import BM25F
from whoosh.searching import Searcher

from index.analysis import make_analyzer
from index.codec.whoosh_codec import files_of
from index.generations import live_generation
from index.home import Home
from index.store import Store
from index.whoosh_index import open_reader
from search.columns import read_columns
from search.executor import Executor
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
    Variants,
    Verbatim,
    Word,
    YearRange,
)
from search.texts import FoldedText, FoldedTexts
from search.whoosh_query import Finder
from tests.corpus import CORPUS, build, fill

ANALYZER: Final = make_analyzer()
BODIES: Final = [document.text[:400] for document in CORPUS if document.text]


class Both:
    """An index with its two readers."""

    def __init__(self, home: Home, cache_bytes: int) -> None:
        """Open the live index."""
        self._store = Store(home.store)
        self._reader = open_reader(live_generation(home.index), ANALYZER)
        parts = files_of(self._reader)
        assert parts
        texts = FoldedTexts(self._store)

        def looks(
            revisions: Sequence[int], test: Callable[[FoldedText], bool]
        ) -> NDArray[np.bool_]:
            return np.asarray([test(texts.of(seq)) for seq in revisions], np.bool_)

        self._executor = Executor(parts, ANALYZER, cache_bytes, looks)
        self._revisions = read_columns(
            self._executor.files, self._executor.alive
        ).revisions
        self._searcher = Searcher(self._reader, weighting=BM25F())
        self._finder = Finder(ANALYZER, looks)

    def check(self, tree: Query) -> None:
        """Compare what both find."""
        docnums, scores = self._executor.run(tree)
        wanted, theirs = self._finder.find(self._searcher, self._revisions, tree)
        assert docnums.tolist() == wanted.tolist()
        np.testing.assert_allclose(scores, theirs, rtol=1e-9, atol=1e-12)

    def close(self) -> None:
        """Close what is open."""
        self._reader.close()
        self._store.close()


def one_segment(home: Home) -> None:
    """Index the corpus at once."""
    fill(home)
    build(home)


def several(home: Home) -> None:
    """Index it in parts, with changes and deletions."""
    fill(home)
    build(home, batch=12)
    changed = [replace(each, title=each.title + "改") for each in CORPUS[::5]]
    fill(home, changed)
    build(home, batch=4)


def merged(home: Home) -> None:
    """Index it a document at a time, so that segments are merged."""
    fill(home)
    build(home, batch=1)


@pytest.fixture(scope="module", params=[one_segment, several, merged])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    """Make an archive of one segment, of several with deletions, of merged ones."""
    home = Home(Path(tmp_path_factory.mktemp("home")))
    request.param(home)
    opened = Both(home, cache_bytes=1 << 20)
    yield opened
    opened.close()


def _is_pair(text: str) -> bool:
    """Tell whether lists tell where a string stands: it has two characters or more."""
    return len(text) > 1 and not set(text) & set(" \n")


@st.composite
def strings(draw: st.DrawFn, longest: int = 6) -> str:
    """Cut a string out of a text of the corpus."""
    text = draw(st.sampled_from(BODIES))
    start = draw(st.integers(0, len(text) - 1))
    return text[start : start + draw(st.integers(1, longest))]


STRINGS: Final = st.builds(Exact, strings(), st.sampled_from(["", "title"]))
NEAR: Final = st.builds(
    Near,
    st.tuples(st.sampled_from(["统战", "工作", "企业"]), strings(3).filter(_is_pair)),
    st.integers(0, 60),
    st.sampled_from(["", "title"]),
    st.booleans(),
)
EQUIVALENTS: Final = st.lists(strings(), min_size=1, max_size=3, unique=True)
"""Of what is typed; a query never has less than one."""


@st.composite
def variants(draw: st.DrawFn) -> Variants:
    """Make variants of a word or of two, in the title or everywhere."""
    field = draw(st.sampled_from(["", "title"]))
    words = draw(st.lists(strings(2), min_size=1, max_size=2, unique=True))
    typed = [Word(each, field) for each in words]
    exact = tuple(Exact(each, field) for each in draw(EQUIVALENTS))
    clause = typed[0] if len(typed) == 1 else And(tuple(typed))
    return Variants("".join(words), clause, exact)


LEAVES: Final = st.one_of(
    NEAR,
    st.builds(Verbatim, STRINGS | NEAR),
    variants(),
    st.builds(Exact, strings(), st.sampled_from(["", "title"])),
    st.builds(Word, strings(2), st.sampled_from(["", "title"])),
    st.builds(Prefix, strings(2), st.sampled_from(["", "title"])),
    st.builds(Attribute, st.just("kind"), st.sampled_from(["summary", "other"])),
    st.builds(Attribute, st.just("site"), st.sampled_from(["云溪党建网", "无"])),
    st.builds(Attribute, st.just("region"), st.sampled_from(["林溪", "林溪市", "無"])),
    st.builds(YearRange, st.none() | st.just(2019), st.none() | st.just(2021)),
    st.just(Everything()),
)


def grow(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    """Put clauses together."""
    some = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.builds(And, some) | st.builds(Or, some) | st.builds(Not, inner)


@settings(max_examples=200, deadline=None)
@given(tree=st.recursive(LEAVES, grow, max_leaves=6))
def test_executor_answers_like_whoosh(both: Both, tree: Query) -> None:
    """Every tree finds the same documents with the same scores."""
    both.check(tree)


def test_strings_of_one_script_score_with_their_neighbours(both: Both) -> None:
    """What is remembered of a look at texts has no scores of another query."""
    for word in ("统战", "工作", "企业"):
        both.check(And((Exact("。"), Word(word), Verbatim(Exact("统战")))))
        both.check(And((Word(word), Verbatim(Exact("統戰", "title")))))
        both.check(And((Verbatim(Exact("统战")), Not(Verbatim(Exact("工作"))))))


@pytest.mark.parametrize("cache_bytes", [0, 2000])
def test_small_cache_changes_no_answer(tmp_path: Path, cache_bytes: int) -> None:
    """What is forgotten is read again."""
    home = Home(tmp_path)
    several(home)
    opened = Both(home, cache_bytes)
    for text in ("统战", "工作", "云溪", "统战", "工作"):
        opened.check(Or((Word(text), Exact(text))))
    opened.close()
