"""What Whoosh sees of a segment: its codec, its segment and the readers of both.

Whoosh's own searcher goes posting by posting over what stands here in Python lists;
it is the oracle, and answers what ``search.executor`` does not take.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NoReturn

import numpy as np
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import IndexReader

from index.codec.container import DamagedFile
from index.codec.elias_fano import Longs
from index.codec.segment_file import EXTENSION, WORD_FIELDS, SegmentFile, Value
from index.codec.whoosh_terms import ArrayTermsReader

_WRITTEN: Final = "index.whoosh_segments writes these segments"


def files_of(reader: IndexReader) -> list[tuple[SegmentFile, Sequence[int]]] | None:
    """Open the files behind a reader, each with its deleted docnums.

    Returns:
        The segments in order, or nothing if one of them is not ours.
    """
    leaves = [leaf for leaf, _ in reader.leaf_readers()]
    if not all(isinstance(leaf.segment(), ArraySegment) for leaf in leaves):
        return None
    return [
        (leaf.segment().open(leaf.storage()), sorted(leaf.segment().deleted_docs()))
        for leaf in leaves
    ]


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh is untyped
    """Reads segments of arrays; ``index.whoosh_segments`` writes them."""

    def terms_reader(
        self, storage: FileStorage, segment: "ArraySegment"
    ) -> ArrayTermsReader:
        """Open the dictionaries and lists."""
        return ArrayTermsReader(segment.open(storage))

    def per_document_reader(
        self, storage: FileStorage, segment: "ArraySegment"
    ) -> "ArrayDocumentReader":
        """Open what is kept for each document."""
        return ArrayDocumentReader(segment.open(storage), segment)

    def per_document_writer(self, storage: object, segment: object) -> NoReturn:
        """Refuse."""
        raise NotImplementedError(_WRITTEN)

    def field_writer(self, storage: object, segment: object) -> NoReturn:
        """Refuse."""
        raise NotImplementedError(_WRITTEN)

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
                name = self._file.container.name
                raise DamagedFile(name, "has another number of documents")
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
        if field not in WORD_FIELDS:
            return default
        return int(self._file.tokens(field)[docnum])

    def field_length(self, field: str) -> int:
        """Count the tokens of a field."""
        return int(self._tokens(field).sum(dtype=np.int64))

    def min_field_length(self, field: str) -> int:
        """Count the tokens where there are fewest."""
        return int(self._tokens(field).min())

    def max_field_length(self, field: str) -> int:
        """Count the tokens where there are most."""
        return int(self._tokens(field).max())

    def _tokens(self, field: str) -> Longs:
        """Give the tokens of each document in a field, none where none are kept."""
        scored = field in WORD_FIELDS
        return self._file.tokens(field) if scored else np.zeros(1, np.int64)

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
