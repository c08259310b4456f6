"""What an index was built with, beside it as ``manifest.json``.

::

    {"schema": "1", "analyzer": "9f3c...", "built_at": "2026-11-22T10:00:00Z"}

An index answers only when schema and analyzer (folding, rules, dictionaries) are
the ones in use; otherwise it is stale.
"""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexBroken, IndexStale

NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an index was built with.

    Attributes:
        schema: Version of the schema.
        analyzer: Version of analysis, dictionaries included.
        built_at: When the build began, ISO 8601 in UTC.
    """

    schema: str
    analyzer: str
    built_at: str

    def matches(self, other: "Manifest") -> bool:
        """Tell whether two indexes were built alike."""
        return (self.schema, self.analyzer) == (other.schema, other.analyzer)

    def check(self, wanted: "Manifest") -> None:
        """Refuse an index that was built otherwise than is wanted now.

        Raises:
            IndexStale: Schema or analyzer differ.
        """
        if self.schema != wanted.schema:
            raise IndexStale(what="schema", built=self.schema, wanted=wanted.schema)
        if self.analyzer != wanted.analyzer:
            raise IndexStale(
                what="dictionary", built=self.analyzer, wanted=wanted.analyzer
            )


_MANIFEST = TypeAdapter(Manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of an index."""
    (folder / NAME).write_bytes(_MANIFEST.dump_json(manifest))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an index.

    Raises:
        IndexBroken: It is missing or cannot be read.
    """
    try:
        return _MANIFEST.validate_json((folder / NAME).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexBroken(folder, f"{NAME}: {type(error).__name__}") from error
