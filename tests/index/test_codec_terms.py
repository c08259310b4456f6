"""Facts about dictionaries: terms are found as in a sorted list."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec.container import Container, ContainerWriter, DamagedFile
from index.codec.numbers import pack
from index.codec.sections import write_terms
from index.codec.terms import Terms

LETTERS = st.sampled_from([b"a", b"b", b"\x00", b"\xff", "渡".encode()])
TERM = st.lists(LETTERS, max_size=6).map(b"".join)
"""Few different bytes, so that many terms begin alike or with each other."""

DICTIONARY = st.sets(TERM, max_size=30).map(sorted)

compiling = settings(deadline=None)


@contextmanager
def written(terms: list[bytes]) -> Iterator[Terms]:
    """Write a dictionary and open it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with ContainerWriter(path) as out:
            write_terms(out, "words", terms)
        yield Terms(Container(path), "words")


@compiling
@given(DICTIONARY, st.lists(TERM, max_size=20))
def test_terms_are_found_as_by_bisection(
    terms: list[bytes], others: list[bytes]
) -> None:
    """Each stands at its place; what is not there has one between others."""
    with written(terms) as found:
        for term in [*terms, *others, b""]:
            place = bisect_left(terms, term)
            assert found.place(term) == place
            assert found.find(term) == (place if term in terms else -1)


@compiling
@given(DICTIONARY, TERM)
def test_terms_that_begin_alike_stand_beside_each_other(
    terms: list[bytes], start: bytes
) -> None:
    """A term begins with itself, and every term with nothing."""
    with written(terms) as found:
        for each in (start, b"", *terms):
            expected = [term for term in terms if term.startswith(each)]
            assert [found[number] for number in found.beginning(each)] == expected


@given(DICTIONARY, st.integers(-2, 40), st.integers(-2, 40))
def test_terms_are_a_sequence(terms: list[bytes], first: int, last: int) -> None:
    """Length, single terms, parts and all terms are those of the list."""
    with written(terms) as found:
        assert len(found) == len(terms)
        assert [*found] == found[:] == terms
        assert (
            found[max(first, 0) : max(last, 0)] == terms[max(first, 0) : max(last, 0)]
        )
        assert found[first:] == terms[first:]
        assert [found[number] for number in range(len(terms))] == terms


def test_terms_may_be_none() -> None:
    """Nothing is found in an empty dictionary."""
    with written([]) as found:
        assert (found.place(b"a"), found.find(b"a"), found.find(b"")) == (0, -1, -1)
        assert found[:] == []
        assert found.beginning(b"") == range(0)


def test_sizes_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    """A dictionary with more bytes than its terms have is damaged."""
    with ContainerWriter(tmp_path / "file") as out:
        out.put("words.terms", np.frombuffer(b"abc", np.uint8))
        out.put("words.sizes", pack(np.asarray([1, 1])))
    terms = Terms(Container(tmp_path / "file"), "words")
    with pytest.raises(DamagedFile, match="terms of words have another size"):
        terms.find(b"a")
