"""Facts about reading ``wensu.toml``."""

from dataclasses import fields
from pathlib import Path

import pytest

from index.errors import SettingsError
from index.settings import IndexSettings, read_settings


def read(folder: Path, content: bytes) -> IndexSettings:
    """Write a settings file and read this package's table of it."""
    path = folder / "wensu.toml"
    path.write_bytes(content)
    return read_settings(path, "index", IndexSettings)


def test_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    """A home folder needs no settings."""
    assert read_settings(tmp_path / "wensu.toml", "index", IndexSettings) == (
        IndexSettings()
    )


def test_keys_that_are_named_replace_the_defaults(tmp_path: Path) -> None:
    """Other keys of the table, and other tables, keep theirs."""
    found = read(tmp_path, b"[crawl]\n[index]\nbatch_documents = 7\n")
    assert found == IndexSettings(batch_documents=7)


@pytest.mark.parametrize(
    ("content", "table", "key"),
    [
        (b"[index]\nbatch_document = 7\n", "index", "batch_document"),
        (b"[index]\nbatch_documents = 'many'\n", "index", "batch_documents"),
        (b"[index]\nbatch_documents = 0\n", "index", "batch_documents"),
        (b"[index]\nlock_wait_seconds = -1\n", "index", "lock_wait_seconds"),
        (b"[indexing]\n", "indexing", ""),
        (b"index = 3\n", "index", ""),
        (b"batch_documents = 7\n", "batch_documents", ""),
    ],
)
def test_mistake_is_named_by_table_and_key(
    tmp_path: Path, content: bytes, table: str, key: str
) -> None:
    """The error says where to look, in words and in attributes."""
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, content)
    assert (caught.value.table, caught.value.key) == (table, key)
    assert str(tmp_path / "wensu.toml") in str(caught.value)


@pytest.mark.parametrize("content", [b"[index", b"\xff\xfe["])
def test_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    """Broken syntax and broken characters are both the user's to mend."""
    with pytest.raises(SettingsError, match="not a TOML file"):
        read(tmp_path, content)


def test_every_setting_has_a_help_text() -> None:
    """What a setting does can be printed."""
    assert all(each.metadata.get("help") for each in fields(IndexSettings))
