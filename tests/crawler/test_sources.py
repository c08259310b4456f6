"""Paths become pages: files, folders and zip archives."""

import zipfile
from pathlib import Path

import pytest

from crawler.clean import Skipped, SkipReason
from crawler.errors import NothingToRead
from crawler.sources import Source, find_sources, read_source

LIMIT = 1000


def _write(path: Path, content: str = "文字") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def _zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _reason(source: Source, limit: int = LIMIT) -> SkipReason | None:
    result = read_source(source, limit)
    return result.reason if isinstance(result, Skipped) else None


def test_a_folder_gives_its_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    """Names are relative, so that a collection elsewhere has the same."""
    for name in ("b.txt", "sub/a.html", ".git/x.txt", "a.htm"):
        _write(tmp_path / name)
    origins = [source.origin for source in find_sources([tmp_path])]
    assert origins == ["a.htm", "b.txt", "sub/a.html"]


def test_members_of_an_archive_are_pages(tmp_path: Path) -> None:
    """Each member is a source of its own, in a folder or named alone."""
    archive = _zip(tmp_path / "pages.zip", {"二.txt": "乙", "一.txt": "甲", "d/": ""})
    sources = find_sources([archive])
    assert [source.origin for source in sources] == ["一.txt", "二.txt"]
    assert read_source(sources[0], LIMIT) == "甲".encode()
    assert find_sources([tmp_path]) == sources


def test_member_names_in_gbk_are_read(tmp_path: Path) -> None:
    """Old archives do not say how their names are written."""
    archive = _zip(tmp_path / "old.zip", {"AABB.txt": "甲"})
    gbk = archive.read_bytes().replace(b"AABB.txt", "总结".encode("gb18030") + b".txt")
    archive.write_bytes(gbk)
    sources = find_sources([archive])
    assert [source.origin for source in sources] == ["总结.txt"]
    assert read_source(sources[0], LIMIT) == "甲".encode()


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """The message names the path and says what can be given."""
    with pytest.raises(NothingToRead, match=r"missing does not exist.*\.zip"):
        find_sources([tmp_path / "missing"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.pdf", SkipReason.NOT_TEXT),
        ("no_ending", SkipReason.NOT_TEXT),
        ("broken.zip", SkipReason.UNREADABLE),
        ("A.HTML", None),
        ("a.shtml", None),
    ],
)
def test_what_is_no_page_is_skipped_with_a_reason(
    tmp_path: Path, name: str, reason: SkipReason | None
) -> None:
    """The ending decides, in either case; a damaged archive is unreadable."""
    (source,) = find_sources([_write(tmp_path / name)])
    assert _reason(source) is reason


def test_a_page_may_have_exactly_so_many_bytes(tmp_path: Path) -> None:
    """One more is too large, for files and members alike."""
    plain = find_sources([_write(tmp_path / "a.txt", "x" * 10)])[0]
    member = find_sources([_zip(tmp_path / "a.zip", {"a.txt": "x" * 10})])[0]
    for source in (plain, member):
        assert _reason(source, 10) is None
        assert _reason(source, 9) is SkipReason.TOO_LARGE


def test_a_damaged_member_is_unreadable(tmp_path: Path) -> None:
    """A flipped byte inside an archive does not stop the others."""
    archive = _zip(tmp_path / "a.zip", {"a.txt": "x" * 50, "b.txt": "y" * 50})
    archive.write_bytes(archive.read_bytes().replace(b"x" * 50, b"z" * 50))
    first, second = find_sources([archive])
    assert _reason(first) is SkipReason.UNREADABLE
    assert _reason(second) is None


def test_a_file_that_went_away_is_unreadable(tmp_path: Path) -> None:
    """Between listing and reading a file may be gone."""
    path = _write(tmp_path / "a.txt")
    (source,) = find_sources([path])
    path.unlink()
    assert _reason(source) is SkipReason.UNREADABLE


@pytest.mark.parametrize("name", ["a.warc", "A.WARC.GZ"])
def test_warc_files_are_known_by_their_name(tmp_path: Path, name: str) -> None:
    """With or without compression; within a zip file they are not read."""
    (source,) = find_sources([_write(tmp_path / name, "x" * 10)])
    assert (source.is_warc, source.size_bytes) == (True, 10)
    (member,) = find_sources([_zip(tmp_path / "a.zip", {name: "x"})])
    assert not member.is_warc
    assert _reason(member) is SkipReason.NOT_TEXT
