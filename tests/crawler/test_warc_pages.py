"""Ingest takes anyone's WARC files: every shape, every reason, no work done twice."""

import gzip
import hashlib
import io
import zlib
from base64 import b32encode
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter

from crawler.clean import Skipped, SkipReason
from crawler.files import from_files
from crawler.ingest import Received, Repeated, Summary, ingest
from crawler.read import read_decoded
from crawler.site import load_profiles
from crawler.sources import find_sources
from index.document import Capture
from index.store import Outcome, Store
from tests.crawler.pages import PROSE
from tests.crawler.warcs import DATE, URL, Made, page, write

PROFILES = load_profiles()
LIMIT = 100_000
LONG = page("\n".join(f"{PROSE}{number}" for number in range(5)))
OTHER = PROSE.replace("七", "九")


@pytest.fixture(name="store")
def make_store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    store = Store(tmp_path / "home" / "store.sqlite3", create=True)
    yield store
    store.close()


def _pages(path: Path, limit: int = LIMIT) -> list[Received]:
    """Read the pages of a file."""
    return list(from_files(find_sources([path]), limit))


def _one(path: Path, limit: int = LIMIT) -> Received:
    """Read the only page of a file."""
    (found,) = _pages(path, limit)
    return found


def _ingest(store: Store, *paths: Path) -> Summary:
    """Ingest files; give the summary at the end."""
    return list(ingest(from_files(find_sources(paths), LIMIT), store, PROFILES))[-1]


def _captures(store: Store) -> list[Capture]:
    """List the captures of the only document."""
    (identifier,) = store.revisions()
    return list(store.captures(identifier))


def _reason(path: Path, limit: int = LIMIT) -> tuple[SkipReason, str]:
    """Tell why the only page of a file is none."""
    payload = _one(path, limit).payload
    assert isinstance(payload, Skipped)
    return payload.reason, payload.detail


def _digest(body: bytes) -> str:
    """Name a payload as a foreign tool does."""
    return (
        f"sha1:{b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()}"
    )


def _chunks(body: bytes) -> bytes:
    """Part a body into chunks, an extension on the first."""
    half = len(body) // 2
    parts = [f"{half:X};x=1".encode(), body[:half], f"{len(body) - half:x}".encode()]
    return b"\r\n".join([*parts, body[half:], b"0", b"", b""])


def _raw_deflate(body: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return engine.compress(body) + engine.flush()


def _packed(writer: type[BrotliWriter | ZstdWriter], body: bytes) -> bytes:
    """Compress a body."""
    packed = io.BytesIO()
    with writer(packed) as out:
        out.write(body)
    return packed.getvalue()


def test_a_page_has_address_time_status_and_character_set(tmp_path: Path) -> None:
    """Those of its record, not those of the moment of reading."""
    headers = [("Content-Type", 'text/html; Charset="GBK"')]
    found = _one(write(tmp_path / "a.warc.gz", Made(headers=headers)))
    assert found.payload == page()
    assert (found.url, found.origin, found.at) == (URL, URL, DATE)
    assert (found.status, found.declared) == (200, "GBK")


def test_the_capture_has_the_time_of_the_record(store: Store, tmp_path: Path) -> None:
    """Fractions of a second are left out."""
    date = "2021-03-04T05:06:07.891234Z"
    _ingest(store, write(tmp_path / "a.warc.gz", Made(date=date)))
    (capture,) = _captures(store)
    assert (capture.at, capture.status, capture.origin) == (DATE, 200, URL)
    assert store.payload(capture.digest) == page()


@pytest.mark.parametrize(
    ("coding", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", _raw_deflate),
        ("br", partial(_packed, BrotliWriter)),
        ("zstd", partial(_packed, ZstdWriter)),
        ("identity", bytes),
        ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body))),
        # The header is there, the coding is not: the tool took it off.
        ("gzip", bytes),
        ("br", bytes),
        ("deflate", bytes),
        ("zstd", bytes),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_codings_left_in_are_taken_off(
    tmp_path: Path, coding: str, encode: Callable[[bytes], bytes], *, chunked: bool
) -> None:
    """The content coding, and chunks with or without it."""
    headers = [("Content-Type", "text/html"), ("Content-Encoding", coding)]
    body = encode(page())
    if chunked:
        headers.append(("Transfer-Encoding", "chunked"))
        body = _chunks(body)
    path = write(tmp_path / "a.warc.gz", Made(body=body, headers=headers))
    assert _one(path).payload == page()


def test_chunks_taken_off_with_their_header_left(tmp_path: Path) -> None:
    """A body that is not in chunks is taken as it is."""
    headers = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]
    path = write(tmp_path / "a.warc.gz", Made(headers=headers))
    assert _one(path).payload == page()


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("status", ["HTTP/1.0 200 OK", "HTTP/2 200", "HTTP/3 200 "])
def test_every_shape_of_file_and_status_line_is_read(
    tmp_path: Path, status: str, *, compressed: bool
) -> None:
    """Compressed by record, by file or not at all; protocols that have no line."""
    records = [Made(status=status), Made(url=f"{URL}?2", status=status)]
    path = write(tmp_path / "a.warc", *records, compressed=compressed)
    assert len(_pages(path)) == 2
    whole = tmp_path / "whole.warc.gz"
    whole.write_bytes(gzip.compress(path.read_bytes()))
    if not compressed:
        assert [each.payload for each in _pages(whole)] == [page(), page()]


def test_requests_and_metadata_are_no_pages(tmp_path: Path) -> None:
    """As wget and browser tools write them beside a response."""
    path = write(
        tmp_path / "wget.warc.gz",
        Made(kind="request", status="GET /a.html HTTP/1.1", body=b"", headers=()),
        Made(fields=[("WARC-Concurrent-To", "<urn:uuid:1>")]),
        Made(kind="metadata", status="", body=b"fetchTimeMs: 1\r\n"),
        Made(kind="resource", status="", url="urn:pageinfo:http://yun.example/"),
        Made(kind="response", status="", url="dns:yun.example", body=b"1.2.3.4"),
    )
    assert [each.payload for each in _pages(path)] == [page()]


def test_a_resource_is_a_page_without_status(tmp_path: Path) -> None:
    """Its type is that of its record."""
    html = Made(kind="resource", status="", fields=[("Content-Type", "text/html")])
    image = Made(kind="resource", status="", fields=[("Content-Type", "image/png")])
    first, second = _pages(write(tmp_path / "a.warc.gz", html, image))
    assert (first.payload, first.status) == (page(), None)
    assert isinstance(second.payload, Skipped)


@pytest.mark.parametrize(
    ("record", "reason", "detail"),
    [
        (Made(status="HTTP/1.1 404 Not Found"), SkipReason.UNREADABLE, "status 404"),
        (Made(status="HTTP/1.1 301 Moved"), SkipReason.UNREADABLE, "status 301"),
        (
            Made(headers=[("Content-Type", "IMAGE/png")]),
            SkipReason.NOT_TEXT,
            "image/png",
        ),
        (Made(headers=[], body=b"GIF89a\x00\x01"), SkipReason.NOT_TEXT, "binary"),
        (Made(body=b"x" * (LIMIT + 1)), SkipReason.TOO_LARGE, "100,000"),
        (Made(body=b"x" * 300_000), SkipReason.TOO_LARGE, "100,000"),
        (
            Made(
                body=gzip.compress(bytes(10**7)),
                headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
            ),
            SkipReason.TOO_LARGE,
            "100,000",
        ),
        (
            Made(body=b"\x01\x02", headers=[("Content-Encoding", "compress")]),
            SkipReason.UNREADABLE,
            "compress",
        ),
        (
            Made(body=b"\xc1\xff", headers=[("Content-Encoding", "br")]),
            SkipReason.UNREADABLE,
            "damaged",
        ),
        (Made(url="http://yun.example/robots.txt"), SkipReason.NOT_TEXT, "rules"),
        (Made(url="http://[yun.example/"), SkipReason.UNREADABLE, "not an address"),
        (Made(status="ICY 200 OK"), SkipReason.UNREADABLE, "HTTP head"),
        (Made(kind="continuation", status=""), SkipReason.UNREADABLE, "continues"),
    ],
)
def test_what_is_no_page_is_given_with_its_reason(
    tmp_path: Path, record: Made, reason: SkipReason, detail: str
) -> None:
    """Nothing that was captured is left out without one."""
    found = _reason(write(tmp_path / "a.warc.gz", record))
    assert found[0] is reason
    assert detail in found[1]


@pytest.mark.parametrize("body", [page(), PROSE.encode("utf-16"), PROSE.encode()])
def test_a_page_of_no_stated_type_is_looked_at(tmp_path: Path, body: bytes) -> None:
    """Text is taken for text."""
    assert (
        _one(write(tmp_path / "a.warc.gz", Made(headers=[], body=body))).payload == body
    )


def test_an_address_may_be_written_in_any_way(tmp_path: Path) -> None:
    """In angle brackets as in WARC 1.0, in characters beyond ASCII, in capitals."""
    urls = ["<http://yun.example/云.html>", "HTTP://Yun.example:80/%D4%C6"]
    path = write(tmp_path / "a.warc.gz", *(Made(url=url) for url in urls))
    assert [each.url for each in _pages(path)] == [
        "http://yun.example/%E4%BA%91.html",
        "http://yun.example/%D4%C6",
    ]


@pytest.mark.parametrize("reason", ["length", "time", "disconnect"])
def test_a_truncated_page_is_a_document_that_is_not_complete(
    store: Store, tmp_path: Path, reason: str
) -> None:
    """What is there is kept, and why it is not all."""
    record = Made(body=LONG[:-40], fields=[("WARC-Truncated", reason)])
    _ingest(store, write(tmp_path / "a.warc.gz", record))
    (identifier,) = store.revisions()
    completeness = store.get(identifier).completeness
    assert not completeness.complete
    assert completeness.reason
    assert reason in completeness.reason


def test_a_body_cut_off_within_its_coding_is_not_complete(
    store: Store, tmp_path: Path
) -> None:
    """Whatever could be unpacked is kept."""
    headers = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    body = gzip.compress(LONG, compresslevel=0)[:-30]
    _ingest(store, write(tmp_path / "a.warc.gz", Made(body=body, headers=headers)))
    (identifier,) = store.revisions()
    assert not store.get(identifier).completeness.complete


def _revisit(**changes: str) -> Made:
    """Make a revisit of a page as Made() writes it, a day later."""
    named = {
        "WARC-Payload-Digest": _digest(page()),
        "WARC-Refers-To-Target-URI": URL,
        "WARC-Refers-To-Date": DATE,
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/x",
    }
    fields = {name: changes.get(name, value) for name, value in named.items()}
    return Made(
        kind="revisit",
        body=b"",
        url=changes.get("url", URL),
        date="2021-03-05T00:00:00Z",
        status=changes.get("status", "HTTP/1.1 200 OK"),
        fields=list(fields.items()),
    )


@pytest.mark.parametrize("status", ["HTTP/1.1 200 OK", "HTTP/1.1 304 Not Modified"])
def test_a_revisit_is_a_capture_of_the_earlier_payload(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    """In the same batch; cleaned once."""
    cleanings = Mock(side_effect=read_decoded)
    monkeypatch.setattr("crawler.ingest.read_decoded", cleanings)
    path = write(tmp_path / "a.warc.gz", Made(), _revisit(status=status))
    summary = _ingest(store, path)
    assert cleanings.call_count == 1
    assert summary.outcomes == {Outcome.NEW: 1, Outcome.UNCHANGED: 1}
    first, second = _captures(store)
    assert (first.digest, second.at) == (second.digest, "2021-03-05T00:00:00Z")
    assert store.counts()["payloads"] == 1


@pytest.mark.parametrize(
    "left_out",
    ["WARC-Payload-Digest", "WARC-Refers-To-Date", "WARC-Refers-To-Target-URI"],
)
def test_a_revisit_finds_its_payload_by_digest_or_by_address_and_time(
    store: Store, tmp_path: Path, left_out: str
) -> None:
    """In a later run too, from another file."""
    _ingest(store, write(tmp_path / "a.warc.gz", Made()))
    again = _revisit(**{left_out: ""})
    _ingest(store, write(tmp_path / "b.warc.gz", again))
    assert len(_captures(store)) == 2


def test_a_revisit_at_another_address_is_a_document_of_its_own(
    store: Store, tmp_path: Path
) -> None:
    """The same page, as a copy."""
    elsewhere = _revisit(url="http://yun.example/b.html")
    summary = _ingest(store, write(tmp_path / "a.warc.gz", Made(), elsewhere))
    assert (summary.outcomes[Outcome.NEW], summary.near_duplicates) == (2, 1)


def test_a_revisit_of_nothing_known_is_skipped(store: Store, tmp_path: Path) -> None:
    """With the reason; a revisit without a response has its type all the same."""
    summary = _ingest(store, write(tmp_path / "a.warc.gz", _revisit()))
    assert summary.skipped == {SkipReason.UNREADABLE: 1}
    (skipped,) = store.skipped()
    assert "repeats a record" in skipped.detail
    payload = _one(write(tmp_path / "b.warc.gz", _revisit(status=""))).payload
    assert isinstance(payload, Repeated)
    missing = _reason(write(tmp_path / "c.warc.gz", _revisit(status="HTTP/1.1 404 No")))
    assert missing == (SkipReason.UNREADABLE, "HTTP status 404")


def test_captures_count_by_their_time_in_whatever_order_they_come(
    store: Store, tmp_path: Path
) -> None:
    """The newest is current; reading again changes nothing."""
    dated = {"2023": PROSE, "2021": OTHER, "2022": f"{OTHER}又"}
    files = [
        write(
            tmp_path / f"{n}.warc.gz",
            Made(body=page(text), date=f"{year}-01-01T00:00:00Z"),
        )
        for n, (year, text) in enumerate(dated.items())
    ]
    _ingest(store, *files)
    (identifier,) = store.revisions()
    times = [capture.at[:4] for capture in store.captures(identifier)]
    assert times == ["2021", "2022", "2023"]
    assert store.get(identifier).text == PROSE
    state, counts = store.state(), store.counts()
    assert _ingest(store, *files[::-1]).outcomes == {Outcome.UNCHANGED: 3}
    assert (store.state(), store.counts()) == (state, counts)


@pytest.mark.parametrize("late", [True, False])
def test_a_failure_is_listed_only_if_no_later_capture_succeeded(
    store: Store, tmp_path: Path, *, late: bool
) -> None:
    """In whatever order the records come, and however often."""
    date = "2022-01-01T00:00:00Z" if late else "2020-01-01T00:00:00Z"
    failed = Made(status="HTTP/1.1 503 No", date=date)
    forward = write(tmp_path / "a.warc.gz", failed, Made())
    backward = write(tmp_path / "b.warc.gz", Made(), failed)
    for path in (forward, backward, forward):
        _ingest(store, path)
        assert len(store.skipped()) == late


def test_ingest_stopped_anywhere_goes_on(store: Store, tmp_path: Path) -> None:
    """What was committed is not cleaned again; nothing is there twice."""
    records = [Made(url=f"{URL}?{n}", body=page(f"{PROSE}{n}")) for n in range(70)]
    path = write(tmp_path / "a.warc.gz", *records)
    steps = ingest(from_files(find_sources([path]), LIMIT), store, PROFILES)
    next(steps)
    del steps
    assert len(store.revisions()) == 50
    summary = _ingest(store, path)
    assert summary.outcomes == {Outcome.UNCHANGED: 50, Outcome.NEW: 20}
    assert store.counts()["captures"] == 70


def test_damage_is_listed_and_the_rest_is_read(store: Store, tmp_path: Path) -> None:
    """In the summary and among the skipped, with file and place."""
    records = [Made(url=f"{URL}?{n}", body=page(f"{PROSE}{n}")) for n in range(20)]
    path = write(tmp_path / "old.warc.gz", *records)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    summary = _ingest(store, path)
    assert summary.outcomes == {Outcome.NEW: 19}
    assert summary.skipped == {SkipReason.DAMAGED: 1}
    (skipped,) = store.skipped()
    assert skipped.origin.startswith("old.warc.gz:")
    assert "gzip member is damaged" in skipped.detail


def test_a_file_that_went_away_is_damaged(tmp_path: Path) -> None:
    """Between listing and reading a file may be gone."""
    path = write(tmp_path / "a.warc.gz", Made())
    sources = find_sources([path])
    path.unlink()
    (found,) = from_files(sources, LIMIT)
    assert isinstance(found.payload, Skipped)
    assert "No such file" in found.payload.detail


@pytest.mark.parametrize("whole", [True, False])
def test_progress_comes_to_the_size_of_the_files(
    tmp_path: Path, *, whole: bool
) -> None:
    """Each page tells how much was read to get to it."""
    records = [Made(url=f"{URL}?{n}") for n in range(9)]
    path = write(tmp_path / "a.warc.gz", *records)
    if whole:
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    (source,) = find_sources([path])
    sizes = [each.size_bytes for each in _pages(path)]
    assert sum(sizes) <= source.size_bytes
    assert whole or sum(sizes) == source.size_bytes


def test_a_date_that_cannot_be_read_is_now(store: Store, tmp_path: Path) -> None:
    """A page is not lost for it."""
    _ingest(store, write(tmp_path / "a.warc.gz", Made(date="yesterday")))
    assert _captures(store)[0].at > DATE


def test_pages_that_the_archive_has_are_not_stored_again(store: Store) -> None:
    """Their bytes are in its own WARC files."""
    found = Received(origin=URL, url=URL, status=200, payload=page(), archived=True)
    list(ingest([found], store, PROFILES))
    assert store.counts()["payloads"] == 0
