"""The one reader of ``wensu.toml``, and this package's settings.

Each package owns one frozen dataclass; the file has a table for each:
``[index]``, ``[crawl]``, ``[web]``. Unknown tables, unknown keys and values of
the wrong type are refused by file, table and key.
"""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from pydantic import (
    NonNegativeFloat,
    NonNegativeInt,
    PositiveInt,
    TypeAdapter,
    ValidationError,
)

from index.errors import SettingsError

TABLES = ("index", "crawl", "web")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """Settings of the index."""

    lock_wait_seconds: NonNegativeFloat = field(
        default=60.0,
        metadata={"help": "Seconds to wait for another process that writes the index"},
    )
    batch_documents: PositiveInt = field(
        default=100_000, metadata={"help": "Documents indexed between two commits"}
    )
    segment_characters: PositiveInt = field(
        default=60_000_000,
        metadata={
            "help": "Characters of text that a process collects before it writes "
            "them; it needs about 25 bytes of memory for each"
        },
    )
    processes: NonNegativeInt = field(
        default=0,
        metadata={"help": "Processes that analyse text; 0 for one on each core"},
    )


def read_settings(path: Path, table: str, settings: type[T]) -> T:
    """Read one table of the settings file; defaults where file or key is missing.

    Args:
        path: The settings file; it need not exist.
        table: Name of the table, one of ``TABLES``.
        settings: The frozen dataclass to fill.

    Raises:
        SettingsError: The file is not TOML, or has an unknown table or key, or a
            value of the wrong type.
    """
    values = _tables(path).get(table, {})
    names = {known.name for known in fields(settings)}  # type: ignore[arg-type]  # any dataclass
    for key in values:
        if key not in names:
            known = ", ".join(sorted(names))
            raise SettingsError(path, table, key, f"unknown; known are {known}")
    try:
        return TypeAdapter(settings).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        raise SettingsError(path, table, key, first["msg"]) from error


def _tables(path: Path) -> dict[str, dict[str, Any]]:
    """Read all tables of the file."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(path, "", "", f"not a TOML file ({error})") from error
    for name, table in content.items():
        if name not in TABLES or not isinstance(table, dict):
            known = ", ".join(f"[{known}]" for known in TABLES)
            raise SettingsError(path, name, "", f"unknown table; known are {known}")
    return content
