"""Facts about the manifest beside an index."""

from pathlib import Path

import pytest

from index.errors import IndexBroken, IndexStale
from index.manifest import NAME, Manifest, read_manifest, write_manifest

BUILT = Manifest(schema="1", analyzer="9f3c", built_at="2026-11-22T10:00:00Z")


def test_manifest_is_read_as_written(tmp_path: Path) -> None:
    """All three values come back."""
    write_manifest(tmp_path, BUILT)
    assert read_manifest(tmp_path) == BUILT


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "1"}', b"\xff"])
def test_garbage_is_a_broken_index(tmp_path: Path, content: bytes) -> None:
    """A manifest that cannot be read names the folder and what to do."""
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(IndexBroken, match="wensu index --rebuild"):
        read_manifest(tmp_path)


def test_missing_manifest_is_a_broken_index(tmp_path: Path) -> None:
    """An index of which it is not known how it was built cannot be trusted."""
    with pytest.raises(IndexBroken, match=NAME):
        read_manifest(tmp_path)


def test_time_of_building_does_not_make_an_index_stale() -> None:
    """Two indexes built alike at different times match."""
    later = Manifest(schema="1", analyzer="9f3c", built_at="2027-01-01T00:00:00Z")
    assert BUILT.matches(later)
    BUILT.check(later)


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        (Manifest(schema="2", analyzer="9f3c", built_at=""), "schema 1, now 2"),
        (Manifest(schema="1", analyzer="aaaa", built_at=""), "9f3c, now aaaa"),
    ],
)
def test_other_schema_or_analyzer_is_stale(wanted: Manifest, what: str) -> None:
    """The error names what differs, both values, and the command."""
    assert not BUILT.matches(wanted)
    with pytest.raises(IndexStale, match=f"{what}: run wensu index --rebuild"):
        BUILT.check(wanted)
