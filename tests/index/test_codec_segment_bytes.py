"""A whole segment, byte by byte: what the heads of the codec's modules say of it."""

import json
import struct
import zlib
from pathlib import Path

import pytest

from index.codec.segment_file import SegmentFile
from tests.corpus import make_document
from tests.index.segments import write

DOCUMENT = make_document(
    1, "渡口", "工作，工作", published="2021-03-04", year=2020, site="甲"
)

# The exact text is 渡口, a line end, 工作,工作 and a line end: 9 characters. The one
# document is number 0, so that a list which has it is the bit 0 of one byte.
TEXTS = {
    "text.lengths n": [9],
    "title.lengths n": [2],
    "title.tokens n": [1],
    "headings.tokens n": [0],
    "body.tokens n": [2],
}

# Letters are , 作 口 工 渡, numbers 0 to 4. Positions below 9 are the bits of 2 bytes.
PAIRS = {
    # ,工 at 5; 作, at 4; 工作 at 3 and 6; 渡口 at 0
    "grams.lists u1": [0b100000, 0, 0b10000, 0, 0b1001000, 0, 1, 0],
    "grams.counts n": [1, 1, 2, 1],
    "grams.letters <u4": [
        *(0x2C, 0, 0, 0),
        *(0x5C, 0x4F, 0, 0),
        *(0xE3, 0x53, 0, 0),
        *(0xE5, 0x5D, 0, 0),
        *(0x21, 0x6E, 0, 0),
    ],
    # 0 * 5 + 3, 1 * 5 + 0, 3 * 5 + 1, 4 * 5 + 2, each less the one before
    "grams.pairs n": [3, 2, 11, 6],
}

# Words are 工作 and 渡口, of 6 bytes each. The first stands twice in the body: a flag,
# and 2 - 1 in four bits. The second stands in the title once, which has no flag; the
# body holds it literally only: a flag, and 0 in four bits.
WORDS = {
    "words.terms u1": [*"工作".encode(), *"渡口".encode()],
    "words.sizes n": [6, 6],
    "title.lists u1": [1],
    "title.counts n": [0, 1],
    "title.freqs u1": [0],
    "title.freqsizes n": [0, 1],
    "headings.lists u1": [],
    "headings.counts n": [0, 0],
    "headings.freqs u1": [],
    "headings.freqsizes n": [0, 0],
    "body.lists u1": [1, 1],
    "body.counts n": [1, 1],
    "body.freqs u1": [1, 1, 1, 0],
    "body.freqsizes n": [2, 2],
    "body.holders n": [1, 0],
    "body.whole n": [1, 1],
}

FIELDS = {
    "chars": [",", "作", "口", "工", "渡"],
    "title_chars": ["口", "渡"],
    "id": ["0000000000000001"],
    "site": ["甲"],
    "source": [],
    "region": [],
    "kind": ["other"],
    "script": ["hans"],
    "complete": ["true"],
    "year": ["2020"],
}

ROW = {
    "id": "0000000000000001",
    "revision": 7,
    "title": "渡口",
    "site": "甲",
    "source": None,
    "region": None,
    "kind": "other",
    "script": "hans",
    "complete": True,
    "year": 2020,
    "published": 2021,
    "date": 20210304,
    "group": "0000000000000001",
}


def of_fields() -> dict[str, list[int]]:
    """Spell out the sections of fields with terms of their own; each has all."""
    sections: dict[str, list[int]] = {}
    for name, terms in FIELDS.items():
        encoded = [term.encode() for term in terms]
        sections[f"{name}.terms u1"] = [*b"".join(encoded)]
        sections[f"{name}.sizes n"] = [*map(len, encoded)]
        sections[f"{name}.lists u1"] = [1] * len(terms)
        sections[f"{name}.counts n"] = [1] * len(terms)
    return sections


def of_row() -> dict[str, list[int]]:
    """Spell out what is stored: the one value of each name, and its place, 0."""
    sections: dict[str, list[int]] = {}
    for name, value in ROW.items():
        sections[f"row.{name} u1"] = [*zlib.compress(json.dumps([value]).encode())]
        sections[f"row.{name}.codes n"] = [0]
    return sections


def spelled_out(listed: dict[str, list[int]]) -> dict[str, list[int]]:
    """Write columns of small numbers, ``n``, as the bytes they are: 1, then zlib."""
    return {
        section.replace(" n", " u1"): [1, *zlib.compress(bytes(numbers))]
        if section.endswith(" n")
        else numbers
        for section, numbers in listed.items()
    }


META = {"meta u1": [*b'{"documents": 1, "positions": 9}']}
SECTIONS = spelled_out(META | of_row() | TEXTS | PAIRS | WORDS | of_fields())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the document as a segment."""
    path = tmp_path_factory.mktemp("bytes") / "segment.arrays"
    write(path, [DOCUMENT], first=7)
    return path


@pytest.mark.parametrize("section", SECTIONS)
def test_section_is_what_its_format_says(path: Path, section: str) -> None:
    """Every number of every section follows from the document."""
    name, dtype = section.split()
    found = SegmentFile(path).container.get(name)
    assert found.dtype == dtype
    assert [*found.tobytes()] == SECTIONS[section]


def test_file_is_these_sections_and_a_table(path: Path) -> None:
    """A head, the sections in order at multiples of 8, their table and a trailer."""
    data = bytearray(b"WENSUSEG" + struct.pack("<Q", 1))
    table = b""
    for section, numbers in SECTIONS.items():
        name, dtype = section.split()
        content = bytes(numbers)
        data += bytes(-len(data) % 8)
        table += name.encode().ljust(24, b"\0") + dtype.encode().ljust(4, b"\0")
        table += struct.pack("<IQQ", zlib.crc32(content), len(data), len(content))
        data += content
    data += bytes(-len(data) % 8)
    trailer = struct.pack("<QII", len(data), len(SECTIONS), zlib.crc32(table))
    expected = bytes(data) + table + trailer + b"WENSUSEG"
    assert path.read_bytes() == expected
