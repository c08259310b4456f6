"""`wensu check` re-reads every WARC file and names what is lost."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.home import Home
from index.store import Store
from index.warc_writer import WarcWriter, own_files
from tests.corpus import CORPUS, build, fill
from tests.index.exchanges import INFO, exchange, forget, new_archive, read
from web.cli import main

COUNT = 400


@pytest.fixture(name="home", scope="module")
def make_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Make an archive with 400 responses that agrees with itself."""
    home = Home(tmp_path_factory.mktemp("home"))
    fill(home, CORPUS[:2])
    build(home)
    store = Store(home.store)
    archive = new_archive(home.warc, store)
    for number in range(COUNT):
        archive.put(exchange(number, request=b""))
    archive.close()
    store.close()
    return home


def _check(home: Home) -> tuple[int, str, list[str]]:
    """Run the command; give its status, its answer and its complaints."""
    result = CliRunner().invoke(main, ["--home", str(home.folder), "check"])
    return result.exit_code, result.stdout, result.stderr.splitlines()


def _with_change(
    home: Home, change: Callable[[bytearray], object]
) -> tuple[int, str, list[str]]:
    """Check with a change in the file, and take it back."""
    (path,) = own_files(home.warc)
    before = path.read_bytes()
    content = bytearray(before)
    change(content)
    path.write_bytes(content)
    try:
        return _check(home)
    finally:
        path.write_bytes(before)


def test_an_archive_without_damage_agrees(home: Home) -> None:
    """The answer counts what was read."""
    assert _check(home) == (0, "2 documents, 1 WARC files: store and index agree\n", [])


def test_one_flipped_byte_is_one_record_and_named(home: Home) -> None:
    """File, offset, address and time of the lost, and that 400 of 401 are left."""
    (path,) = own_files(home.warc)
    lost = read(path)[0][200]

    def flip(content: bytearray) -> None:
        content[lost.offset + lost.length // 2] ^= 255

    status, answer, problems = _with_change(home, flip)
    assert (status, answer) == (1, "")
    damage, summary = problems
    assert damage == (
        f"{path.name}: {lost.length:,} bytes at offset {lost.offset:,}: "
        f"its gzip member is damaged; lost: {lost.url} of {lost.get('WARC-Date')}"
    )
    assert summary == (
        f"{path.name}: 400 records can be read, and 1 stretches cannot: "
        "restore the file from a copy"
    )


def test_a_file_cut_off_names_all_it_has_lost(home: Home) -> None:
    """Also those of which not a byte is left."""
    (path,) = own_files(home.warc)
    records = read(path)[0]
    middle = records[200].offset + 5
    status, _, problems = _with_change(
        home, lambda it: it.__delitem__(slice(middle, None))
    )
    assert status == 1
    assert "the file ends before it does" in problems[0]
    assert records[200].url in problems[0]
    named = "\n".join(problems)
    assert all(record.url in named for record in records[201:])


def test_a_missing_file_is_named(home: Home) -> None:
    """With the number of records that were in it."""
    (path,) = own_files(home.warc)
    content = path.read_bytes()
    path.unlink()
    status, _, problems = _check(home)
    path.write_bytes(content)
    assert status == 1
    assert problems == [
        f"{path.name} is missing, and with it {COUNT} records: restore it from a copy"
    ]


def test_a_row_that_says_otherwise_is_named(home: Home) -> None:
    """The columns that differ, and a row where no record is."""
    (path,) = own_files(home.warc)
    store = Store(home.store)
    first = store.records.of_file(path.name)[0]
    store.records.add([replace(first, url="http://x.example/", digest="sha256:0")])
    differing = _check(home)[2]
    shifted = replace(first, offset=first.offset + 1, id="shifted")
    store.records.add([first, shifted])
    not_there = _check(home)[2]
    store.close()
    forget(home, [shifted])
    (sentence,) = differing
    assert f"the record at offset {first.offset:,} is not the one" in sentence
    assert sentence.endswith("they differ in url, digest")
    assert not_there == [
        f"{path.name}: {first.url} should be at offset {shifted.offset:,}, and is not"
    ]


def test_records_without_a_row_are_counted(home: Home) -> None:
    """A crawl that was killed left them; one that goes on is left alone."""
    writer = WarcWriter(home.warc, info=INFO)
    path = home.warc / writer.write_response(exchange(COUNT), "").file
    while_writing = _check(home)
    writer.close()
    problems = _check(home)[2]
    path.unlink()
    assert while_writing[0] == 0
    (sentence,) = problems
    assert sentence.startswith(f"{path.name}: 1 records are not in the store yet")


def test_captures_without_bytes_are_counted(tmp_path: Path) -> None:
    """Neither the store nor a WARC file has them."""
    home = Home(tmp_path)
    fill(home, CORPUS[:2])
    build(home)
    connection = sqlite3.connect(home.store)
    connection.execute("DELETE FROM payloads WHERE rowid = 1")
    connection.commit()
    connection.close()
    assert _check(home)[2] == [
        "the bytes of 1 captures are neither in the store nor in WARC files"
    ]
