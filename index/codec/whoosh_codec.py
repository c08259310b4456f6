"""What Whoosh sees of a segment: its codec, its segment and the readers of both.

Whoosh's own searcher goes posting by posting over what stands here in Python lists;
it is the oracle, and answers what ``search.executor`` does not take.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NoReturn

import numpy as np
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from index.codec.container import DamagedFile
from index.codec.elias_fano import Ints
from index.codec.segment_file import EXTENSION, GRAMS, SegmentFile, Value

TITLE_GRAMS: Final = "title_grams"
"""Not in the file: the pairs of ``grams`` that begin before the title ends."""


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh is untyped
    """Reads segments of arrays; ``index.segment_writer`` writes them."""

    def terms_reader(
        self, storage: FileStorage, segment: "ArraySegment"
    ) -> "ArrayTermsReader":
        """Open the dictionaries and lists."""
        return ArrayTermsReader(segment.open(storage))

    def per_document_reader(
        self, storage: FileStorage, segment: "ArraySegment"
    ) -> "ArrayDocumentReader":
        """Open what is kept for each document."""
        return ArrayDocumentReader(segment.open(storage), segment)

    def per_document_writer(self, storage: object, segment: object) -> NoReturn:
        """Refuse."""
        raise NotImplementedError("index.segment_writer writes these segments")

    def field_writer(self, storage: object, segment: object) -> NoReturn:
        """Refuse."""
        raise NotImplementedError("index.segment_writer writes these segments")

    def new_segment(self, storage: object, indexname: str) -> "ArraySegment":
        """Name a segment that is to be written."""
        del storage
        return ArraySegment(indexname, 0)


class ArraySegment(base.Segment):  # type: ignore[misc]  # Whoosh is untyped
    """A segment as the table of contents has it: its name and what is deleted."""

    def __init__(self, indexname: str, documents: int) -> None:
        """Name a new segment."""
        super().__init__(indexname)
        self._documents = documents
        self._deleted: frozenset[int] = frozenset()

    def __getstate__(self) -> dict[str, object]:
        """Pickle without the open file."""
        return {name: value for name, value in vars(self).items() if name != "_file"}

    def codec(self) -> ArrayCodec:
        """Give the codec."""
        return ArrayCodec()

    def path(self, folder: Path) -> Path:
        """Tell where its file is."""
        return folder / str(self.make_filename(EXTENSION))

    def open(self, storage: FileStorage) -> SegmentFile:
        """Open its file, once for both readers.

        Raises:
            DamagedFile: It is torn or foreign.
            OSError: It cannot be opened.
        """
        if "_file" not in vars(self):
            self._file = SegmentFile(self.path(Path(storage.folder)))
            if self._file.documents != self._documents:
                message = f"{self._file.container.name} has another number of documents"
                raise DamagedFile(message)
        return self._file

    def should_assemble(self) -> bool:
        """Tell Whoosh that there is but one file."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Say how many documents it has."""
        self._documents = doccount

    def doc_count_all(self) -> int:
        """Count the documents, deleted ones included."""
        return self._documents

    def deleted_count(self) -> int:
        """Count the deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterable[int]:
        """List the deleted documents."""
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 (Whoosh's contract)
        """Delete a document, or take it back."""
        others = self._deleted - {docnum}
        self._deleted = others | {docnum} if delete else others

    def delete_documents(self, docnums: Iterable[int]) -> None:
        """Delete documents."""
        self._deleted |= frozenset(docnums)

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return docnum in self._deleted


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh is untyped
    """Looks terms up."""

    def __init__(self, file: SegmentFile) -> None:
        """Take the file."""
        self.file = file
        self._names = sorted({*file.fields, TITLE_GRAMS})

    def _place(self, field: str, term: bytes) -> int:
        """Tell where a term stands in the dictionary of its field, or -1."""
        name = GRAMS if field == TITLE_GRAMS else field
        found = self.file.fields[name].find(term) if name in self.file.fields else -1
        if found < 0 or field != TITLE_GRAMS:
            return found
        return found if self.postings(field, found)[0].size else -1

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Tell whether a field has a term."""
        return self._place(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        """List the fields."""
        return self._names

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """List all terms."""
        for name in self._names:
            yield from self._from(name, b"")

    def _from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """List the terms of a field from one on."""
        lists = self.file.fields[GRAMS if field == TITLE_GRAMS else field]
        for place in range(lists.place(prefix), len(lists)):
            if field != TITLE_GRAMS or self.postings(field, place)[0].size:
                yield field, lists[place]

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """List the terms from one on, through all fields that follow."""
        if field in self._names:
            yield from self._from(field, prefix)
        for name in self._names[bisect_right(self._names, field) :]:
            yield from self._from(name, b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """List all terms and what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, field: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """List the terms from one on, and what is known of them."""
        terms = self.terms_from(field, prefix)
        return ((term, self.term_info(*term)) for term in terms)

    def term_info(self, field: str, term: bytes) -> TermInfo:
        """Tell what is known of a term.

        Raises:
            TermNotFound: It is not there.
        """
        place = self._place(field, term)
        if place < 0:
            raise TermNotFound(f"no term {field}:{term!r}")
        docnums, weights = self.postings(field, place)
        lengths = self.file.tokens(field)
        held = np.ones(1, np.int64) if lengths is None else lengths[docnums]
        return TermInfo(
            weight=float(weights.sum()),
            df=int(docnums.size),
            minlength=int(held.min()),
            maxlength=int(held.max()),
            maxweight=float(weights.max()),
            minid=int(docnums[0]),
            maxid=int(docnums[-1]),
        )

    def frequency(self, field: str, term: bytes) -> float:
        """Count the occurrences of a term."""
        place = self._place(field, term)
        return 0.0 if place < 0 else float(self.postings(field, place)[1].sum())

    def doc_frequency(self, field: str, term: bytes) -> int:
        """Count the documents of a term."""
        place = self._place(field, term)
        if place < 0 or field in (GRAMS, TITLE_GRAMS):
            return 0 if place < 0 else int(self.postings(field, place)[0].size)
        return int(self.file.fields[field].counts[place])

    def postings(self, field: str, place: int) -> tuple[Ints, Ints]:
        """Read the docnums of a term and how often each has it."""
        if field in (GRAMS, TITLE_GRAMS):
            docnums, counts = np.unique(
                self._occurrences(field, place)[0], return_counts=True
            )
            return docnums.astype(np.int32), counts.astype(np.int32)
        lists = self.file.fields[field]
        docnums = lists.values(place)
        return docnums, lists.freqs(place) if lists.scored else np.ones_like(docnums)

    def _occurrences(self, field: str, place: int) -> tuple[Ints, Ints]:
        """Read the document of each occurrence of a pair, and its place there."""
        found = self.file.pairs.values(place).astype(np.int64)
        ends = self.file.text_ends
        docnums = np.searchsorted(ends, found, side="right")
        places = found - np.concatenate(([0], ends))[docnums]
        if field == TITLE_GRAMS:
            kept = places < self.file.title_lengths[docnums]
            docnums, places = docnums[kept], places[kept]
        return docnums.astype(np.int32), places.astype(np.int32)

    def matcher(
        self,
        field: str,
        term: bytes,
        format_: Format,
        scorer: BaseScorer | None = None,
    ) -> ListMatcher:
        """Go over the documents of a term.

        Raises:
            TermNotFound: It is not there.
        """
        info, place = self.term_info(field, term), self._place(field, term)
        docnums, weights = self.postings(field, place)
        values = None
        if field in (GRAMS, TITLE_GRAMS):
            _, places = self._occurrences(field, place)
            parts = np.split(places, np.cumsum(weights)[:-1])
            values = [format_.encode(part.tolist()) for part in parts]
        return ListMatcher(
            docnums.tolist(),
            weights.astype(np.float64).tolist(),
            values,
            format_,
            scorer,
            term=(field, term),
            terminfo=info,
        )

    def close(self) -> None:
        """Leave the file to the last who uses it."""


class ArrayDocumentReader(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh is untyped
    """Reads what is kept for each document."""

    def __init__(self, file: SegmentFile, segment: ArraySegment) -> None:
        """Take the file, and the segment for what is deleted."""
        self._file = file
        self._segment = segment

    def close(self) -> None:
        """Leave the file to the last who uses it."""

    def doc_count(self) -> int:
        """Count the documents that are not deleted."""
        return self.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """Count the documents."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Tell whether a document is deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether one document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterable[int]:
        """List the deleted documents."""
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, field: str, default: int = 0) -> int:
        """Count the tokens of a field of a document, exactly."""
        tokens = self._file.tokens(field)
        return default if tokens is None else int(tokens[docnum])

    def field_length(self, field: str) -> int:
        """Count the tokens of a field."""
        tokens = self._file.tokens(field)
        return 0 if tokens is None else int(tokens.sum(dtype=np.int64))

    def min_field_length(self, field: str) -> int:
        """Count the tokens where there are fewest."""
        tokens = self._file.tokens(field)
        return 0 if tokens is None else int(tokens.min())

    def max_field_length(self, field: str) -> int:
        """Count the tokens where there are most."""
        tokens = self._file.tokens(field)
        return 0 if tokens is None else int(tokens.max())

    @cached_property
    def _rows(self) -> dict[str, tuple[list[Value], list[int]]]:
        names = self._file.row_names
        rows = {name: self._file.row(name) for name in names}
        return {
            name: (values, codes.tolist()) for name, (values, codes) in rows.items()
        }

    def stored_fields(self, docnum: int) -> dict[str, object]:
        """Give the id and the row of a document."""
        row = {
            name: values[codes[docnum]] for name, (values, codes) in self._rows.items()
        }
        return {"id": row.pop("id"), "row": row}
