"""Reading WARC files: every shape, and past every kind of damage."""

import gzip
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.warcwriter import WARCWriter

from index.errors import BadRecord
from index.warc_reader import read_record, read_records
from index.warc_record import Damage, WarcRecord, parse_date
from tests.index.exchanges import NOON, exchange, page, read, responses, written

COUNT = 400
EVERY = {f"http://qingxi.example/{number}" for number in range(COUNT)}


@pytest.fixture(name="archive", scope="module")
def make_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write 400 exchanges, without requests: 401 records with the warcinfo."""
    folder = tmp_path_factory.mktemp("warc")
    return written(folder, [exchange(n, request=b"") for n in range(COUNT)])


@pytest.fixture(name="plain", scope="module")
def make_plain(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the same without compression."""
    path = tmp_path_factory.mktemp("plain") / "plain.warc"
    path.write_bytes(gzip.decompress(archive.read_bytes()))
    return path


def _changed(path: Path, to: Path, change: Callable[[bytearray], object]) -> Path:
    """Copy a file with a change."""
    content = bytearray(path.read_bytes())
    change(content)
    copy = to / f"changed-{path.name}"
    copy.write_bytes(content)
    return copy


def _flip(content: bytearray, at: int, chance: random.Random) -> None:
    content[at] ^= chance.randrange(1, 256)


def _hit(path: Path, begin: int, end: int) -> set[str]:
    """Name the records of a whole file that reach into a stretch of it."""
    records, _ = read(path)
    reaching = [
        each
        for each in records
        if each.offset < end and each.offset + each.length > begin
    ]
    return {each.url for each in reaching} & EVERY


def test_every_record_is_read(archive: Path, plain: Path) -> None:
    """With and without compression, each with its place in the file."""
    for path in (archive, plain):
        records, damage = read(path)
        assert (len(records), damage) == (COUNT + 1, [])
        assert sum(record.length for record in records) == path.stat().st_size
        assert {record.url for record in records[1:]} == EVERY


@pytest.mark.parametrize("seed", range(40))
def test_one_flipped_byte_loses_one_record_at_the_most(
    archive: Path, tmp_path: Path, seed: int
) -> None:
    """The others survive; the loss is told with place and reason.

    A flip in the time or system byte of a gzip header harms nothing, and one in what
    no content depends on may be told although nothing is lost.
    """
    chance = random.Random(seed)  # noqa: S311 (repeatable)
    at = chance.randrange(archive.stat().st_size)
    changed = _changed(archive, tmp_path, lambda content: _flip(content, at, chance))
    records, damage = read(changed)
    if not damage or len(records) == COUNT + 1:
        assert len(records) == COUNT + 1
        assert set(responses(changed)) == EVERY
        return
    assert len(records) == COUNT
    (loss,) = damage
    assert at in range(loss.offset, loss.offset + loss.length)
    assert EVERY - set(responses(changed)) == _hit(archive, at, at + 1)


@pytest.mark.parametrize("seed", range(20))
def test_one_flipped_byte_without_compression_loses_one_record_at_the_most(
    plain: Path, tmp_path: Path, seed: int
) -> None:
    """A flip within a block is told by its digest, one in a head by its structure."""
    chance = random.Random(seed)  # noqa: S311 (repeatable)
    at = chance.randrange(plain.stat().st_size)
    changed = _changed(plain, tmp_path, lambda content: _flip(content, at, chance))
    records, damage = read(changed)
    assert len(records) + len(damage) >= COUNT + 1
    assert len(records) >= COUNT


@pytest.mark.parametrize("seed", range(10))
def test_every_byte_of_a_block_is_vouched_for(
    plain: Path, tmp_path: Path, seed: int
) -> None:
    """Without compression too: the digest of the block tells."""
    chance = random.Random(seed)  # noqa: S311 (repeatable)
    record = chance.choice(read(plain)[0])
    end = record.offset + record.length - 4
    at = chance.randrange(end - len(record.block), end)
    changed = _changed(plain, tmp_path, lambda content: _flip(content, at, chance))
    (loss,) = read(changed)[1]
    assert (loss.offset, loss.url) == (record.offset, record.url)
    assert "digest" in loss.reason


def test_two_flipped_bytes_lose_two_records(archive: Path, tmp_path: Path) -> None:
    """Each loss is told for itself when whole records stand between."""
    first, second = (read(archive)[0][n] for n in (100, 300))

    def change(content: bytearray) -> None:
        for record in (first, second):
            content[record.offset + record.length // 2] ^= 255

    records, damage = read(_changed(archive, tmp_path, change))
    assert len(records) == COUNT - 1
    assert [(each.offset, each.length) for each in damage] == [
        (first.offset, first.length),
        (second.offset, second.length),
    ]


def test_a_file_cut_at_half_gives_what_is_whole(archive: Path, tmp_path: Path) -> None:
    """The cut is told; nothing before it is lost."""
    half = archive.stat().st_size // 2
    cut = _changed(
        archive, tmp_path, lambda content: content.__delitem__(slice(half, None))
    )
    records, damage = read(cut)
    whole = [each for each in read(archive)[0] if each.offset + each.length <= half]
    assert [each.offset for each in records] == [each.offset for each in whole]
    assert [str(each.reason) for each in damage] == ["the file ends before it does"]


def test_a_block_of_zeros_loses_what_it_covers(archive: Path, tmp_path: Path) -> None:
    """A sector that a disk has lost takes no more than its records."""
    begin = archive.stat().st_size // 3

    def change(content: bytearray) -> None:
        content[begin : begin + 4096] = bytes(4096)

    changed = _changed(archive, tmp_path, change)
    assert EVERY - set(responses(changed)) == _hit(archive, begin, begin + 4096)
    (loss,) = read(changed)[1]
    assert loss.offset <= begin < begin + 4096 <= loss.offset + loss.length


@pytest.mark.parametrize("name", ["archive", "plain"])
def test_garbage_between_records_is_told_and_loses_none(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    """Bytes that belong to no record, those of a gzip header among them."""
    path: Path = request.getfixturevalue(name)
    at = read(path)[0][200].offset
    garbage = b"\x1f\x8b\x08 nothing WARC/1.1 of ours \x1f\x8b\x08"

    def change(content: bytearray) -> None:
        content[at:at] = garbage

    records, damage = read(_changed(path, tmp_path, change))
    assert len(records) == COUNT + 1
    assert [(each.offset, each.length) for each in damage] == [(at, len(garbage))]


@pytest.mark.parametrize("seen", range(8))
@pytest.mark.parametrize("name", ["archive", "plain"])
def test_a_record_behind_much_garbage_is_found(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, seen: int
) -> None:
    """Also where the stretch that is searched at a time ends within its first bytes."""
    path: Path = request.getfixturevalue(name)
    garbage = bytes(2**20 + 1 - seen)
    changed = _changed(path, tmp_path, lambda it: it.__setitem__(slice(0, 0), garbage))
    records, damage = read(changed)
    assert (len(records), [each.length for each in damage]) == (401, [len(garbage)])


def test_a_file_that_is_no_warc_file_is_one_damage(tmp_path: Path) -> None:
    """However long it is."""
    path = tmp_path / "no.warc"
    path.write_bytes(b"\x1f\x8b\x08 WARC/1.0\r\n" * 200_000)
    records, damage = read(path)
    assert records == []
    assert [(each.offset, each.length) for each in damage] == [(0, path.stat().st_size)]


def test_an_empty_file_has_neither_records_nor_damage(tmp_path: Path) -> None:
    """A tool that was stopped at once leaves one."""
    path = tmp_path / "empty.warc.gz"
    path.touch()
    assert read(path) == ([], [])


def test_a_whole_file_in_one_gzip_member_is_read(plain: Path, tmp_path: Path) -> None:
    """Some tools compress the file, not its records; none can be read alone."""
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    records, damage = read(path)
    assert (len(records), damage) == (COUNT + 1, [])
    assert {record.length for record in records} == {0}


def test_a_damaged_member_of_a_whole_file_gives_what_stands_before(
    plain: Path, tmp_path: Path
) -> None:
    """The loss of the rest is told."""
    path = tmp_path / "whole.warc.gz"
    content = bytearray(gzip.compress(plain.read_bytes()))
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    records, damage = read(path)
    assert COUNT // 3 < len(records) < COUNT
    assert damage[-1].length == path.stat().st_size


def test_a_record_is_read_alone(archive: Path, plain: Path) -> None:
    """By its offset, whichever way the file is compressed."""
    for path in (archive, plain):
        for wanted in read(path)[0][::100]:
            assert read_record(path, wanted.offset) == wanted


def test_a_record_that_cannot_be_read_alone_is_an_error(
    archive: Path, tmp_path: Path
) -> None:
    """It names file, offset and reason; so does a file that is gone."""
    with pytest.raises(BadRecord, match="no record begins here"):
        read_record(archive, 7)
    with pytest.raises(BadRecord, match="no record begins here"):
        read_record(archive, archive.stat().st_size)
    with pytest.raises(BadRecord, match="No such file"):
        read_record(tmp_path / "gone.warc.gz", 0)


def test_a_long_block_is_cut_and_read_past(archive: Path) -> None:
    """It takes no more memory than allowed; its digest is checked all the same."""
    records = list(read_records(archive, max_bytes=500))
    assert all(isinstance(each, WarcRecord) for each in records)
    assert [
        len(each.block) for each in records[1:] if isinstance(each, WarcRecord)
    ] == [500] * COUNT
    assert isinstance(records[1], WarcRecord)
    assert records[1].cut


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"Content-Length: ", b"Content-Length: x", "length of its record"),
        (
            b"Content-Length: ",
            b"Content-Length: 9999999999999999",
            "length of its record",
        ),
        (b"Content-Length: ", b"Content-Length: 99999999", "file ends before"),
        (b"Content-Length: 1", b"Content-Length: ", "does not end where"),
        (b"WARC/1.1", b"WARX/1.1", "no record begins"),
        (b"sha1:", b"sha1:A", "digest"),
        (b"\r\n\r\n", b"\r\n" + b"a: b\r\n" * 20_000, "head of its record"),
    ],
)
def test_each_flaw_has_its_words(
    tmp_path: Path, old: bytes, new: bytes, reason: str
) -> None:
    """A record alone in a file without compression, changed at one place."""
    content = written(tmp_path, [exchange(1, request=b"")]).read_bytes()
    (_, record), _ = read(next(tmp_path.glob("*.gz")))
    plain = gzip.decompress(content[record.offset :])
    path = tmp_path / "flaw.warc"
    path.write_bytes(plain.replace(old, new))
    records, damage = read(path)
    assert records == []
    assert reason in damage[0].reason


@pytest.mark.parametrize(
    ("digest", "whole"),
    [
        ("sha1:ERDABPZ3ZN4JGQIRYDAQCF7VCGMRQWR6", False),
        ("sha256:" + "ab" * 32, False),
        ("crc32:abc", True),
        ("", True),
    ],
)
def test_a_payload_digest_vouches_where_nothing_else_does(
    tmp_path: Path, digest: str, *, whole: bool
) -> None:
    """With no digest of the block, no compression; unknown algorithms say nothing."""
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Payload-Digest: {digest}\r\n"
    path = tmp_path / "payload.warc"
    path.write_bytes(head.encode() + b"Content-Length: 3\r\n\r\nabc\r\n\r\n")
    records, damage = read(path)
    assert (len(records), len(damage)) == ((1, 0) if whole else (0, 1))


def test_records_of_another_tool_are_read(tmp_path: Path) -> None:
    """As warcio writes them: WARC 1.0, without compression, line ends of its own."""
    path = tmp_path / "other.warc"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=False)
        for number in range(3):
            block = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + page(number)
            writer.write_record(
                writer.create_warc_record(
                    "http://qingxi.example/",
                    "response",
                    io.BytesIO(block),
                    len(block),
                )
            )
    records, damage = read(path)
    assert damage == []
    payloads = [record.payload(10_000) for record in records]
    assert [each and each.body for each in payloads] == [page(n) for n in range(3)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2024-05-06T12:00:00.125Z", 0.0),
        ("20240506120000", -0.125),
        ("2024-05-06T12:00:00", -0.125),
    ],
)
def test_dates_are_read_in_every_form(text: str, seconds: float) -> None:
    """With fractions, as 14 digits, without a zone."""
    found = parse_date(text)
    assert found is not None
    assert (found - NOON).total_seconds() == seconds


def test_what_is_no_date_is_none() -> None:
    """A damaged date does not stop anything."""
    assert parse_date("") is parse_date("2024-13-01T00:00:00Z") is None


def test_damage_says_it_in_a_line() -> None:
    """Size, address, place and reason."""
    damage = Damage(offset=1234, length=5678, reason="gone", url="http://a.example/")
    assert str(damage) == "5,678 bytes of http://a.example/ at offset 1,234: gone"
