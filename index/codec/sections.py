"""Writing the sections that ``index.codec.segment_file`` describes."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.codec.container import ContainerWriter
from index.codec.elias_fano import Bytes, Longs, encode
from index.codec.frequencies import encode_freqs
from index.codec.lists import Keys, Lists
from index.codec.numbers import pack, pack_ascending
from index.codec.segment_file import BODY, GRAMS, WORD_FIELDS, Value


def write_meta(out: ContainerWriter, documents: int, positions: int) -> None:
    """Write how much there is."""
    content = json.dumps({"documents": documents, "positions": positions})
    out.put("meta", np.frombuffer(content.encode(), np.uint8))


def write_row(out: ContainerWriter, name: str, values: Sequence[Value]) -> None:
    """Write what is stored of each document under one name."""
    codes: dict[tuple[type, Value], int] = {}
    coded = [codes.setdefault((type(value), value), len(codes)) for value in values]
    content = json.dumps([value for _, value in codes], ensure_ascii=True)
    packed = zlib.compress(content.encode())
    out.put(f"row.{name}", np.frombuffer(packed, np.uint8))
    out.put(f"row.{name}.codes", pack(np.asarray(coded, np.int64)))


def write_terms(out: ContainerWriter, name: str, terms: Sequence[bytes]) -> None:
    """Write a dictionary."""
    out.put(f"{name}.terms", np.frombuffer(b"".join(terms), np.uint8))
    out.put(f"{name}.sizes", pack(np.asarray([*map(len, terms)], np.int64)))


def write_pairs(out: ContainerWriter, keys: Keys) -> None:
    """Write the dictionary of pairs, each ``first << 21 | second``."""
    first, second = keys >> np.uint64(21), keys & np.uint64((1 << 21) - 1)
    letters = np.unique(np.concatenate((first, second)))
    places = np.searchsorted(letters, first) * letters.size
    out.put(f"{GRAMS}.letters", letters.astype("<u4"))
    pairs = places + np.searchsorted(letters, second)
    out.put(f"{GRAMS}.pairs", pack_ascending(pairs))


def write_lists(
    out: ContainerWriter, field: str, universe: int, parts: Iterable[Lists]
) -> None:
    """Write the lists of a field, one for each term in order; they come in parts."""
    counts: list[Longs] = [np.empty(0, np.int64)]
    holders: list[Longs] = [np.empty(0, np.int64)]
    freqs: list[Bytes] = []
    freq_sizes: list[Longs] = [np.empty(0, np.int64)]

    def encoded() -> Iterator[Bytes]:
        for part in parts:
            counts.append(part.counts)
            if part.freqs is not None:
                holders.append(part.chosen(part.freqs > 0).counts)
                data, lengths = encode_freqs(part.freqs, part.counts)
                freqs.append(data)
                freq_sizes.append(lengths)
            yield from encode(part.values, part.counts, universe)

    out.stream(f"{field}.lists", np.dtype(np.uint8), encoded())
    out.put(f"{field}.counts", pack(np.concatenate(counts)))
    if field in WORD_FIELDS:
        out.stream(f"{field}.freqs", np.dtype(np.uint8), freqs)
        out.put(f"{field}.freqsizes", pack(np.concatenate(freq_sizes)))
    if field == BODY:
        out.put(f"{field}.holders", pack(np.concatenate(holders)))


def write_whole(out: ContainerWriter, whole: Longs) -> None:
    """Write which lists of the body are whole."""
    out.put(f"{BODY}.whole", pack(whole))
