"""Dictionary files: what a line says, and that a wrong one is named."""

from pathlib import Path

import pytest

from index.dictionary import SHIPPED, Entry, read_dictionary
from index.errors import SettingsError


def test_a_line_is_a_word_with_frequency_and_tag(tmp_path: Path) -> None:
    """Frequency and tag may be left out; comments and empty lines are skipped."""
    path = tmp_path / "own.txt"
    path.write_text("# 青溪\n\n青溪夜话\n云岭经验 7\n白石 8 ns\n议事厅 n\n", "utf-8")
    assert read_dictionary(path) == (
        Entry("青溪夜话", None),
        Entry("云岭经验", 7),
        Entry("白石", 8),
        Entry("议事厅", None),
    )


def test_words_come_out_folded(tmp_path: Path) -> None:
    """A word in traditional or full-width characters is the word text folds to."""
    path = tmp_path / "own.txt"
    path.write_text("統戰Ｅ家\u3000５", encoding="utf-8")
    assert read_dictionary(path) == (Entry("统战e家", 5),)


def test_files_of_other_systems_are_read(tmp_path: Path) -> None:
    """A byte order mark, carriage returns and blanks around a word do no harm."""
    path = tmp_path / "own.txt"
    path.write_bytes(b"\xef\xbb\xbf" + " 云岭经验 \r\n\r\n".encode())
    assert read_dictionary(path) == (Entry("云岭经验", None),)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("云岭 经验 三 n", "expected: word"),
        ("云岭经验 7 n 8", "expected: word"),
        ("云岭经验 n 7", "expected: word"),
        ("云岭经验 0", "the frequency must be"),
        ("云岭经验 99999999999", "the frequency must be"),
        ("，。 3", "neither a character nor a letter"),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, line: str, problem: str) -> None:
    """A wrong line is an error with its file, its number and what is wrong."""
    path = tmp_path / "own.txt"
    path.write_text(f"# ours\n\n青溪夜话\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=problem) as caught:
        read_dictionary(path)
    assert (caught.value.path, caught.value.key) == (path, "line 4")


def test_bytes_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    """A dictionary in another encoding is an error with the line."""
    path = tmp_path / "own.txt"
    path.write_bytes("青溪夜话\n".encode() + "云岭经验\n".encode("gb18030"))
    with pytest.raises(SettingsError, match="line 2: is not UTF-8"):
        read_dictionary(path)


def test_a_missing_dictionary_is_an_error(tmp_path: Path) -> None:
    """A dictionary that is not there is an error with its path."""
    with pytest.raises(SettingsError, match="cannot be read"):
        read_dictionary(tmp_path / "none.txt")


def test_no_word_is_shipped_twice() -> None:
    """The shipped dictionary has each word once."""
    words = [entry.word for entry in read_dictionary(SHIPPED)]
    assert len(words) == len(set(words)) > 350
