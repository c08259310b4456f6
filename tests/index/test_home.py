"""Facts about where things are in a home folder."""

from pathlib import Path

from index.home import Home


def test_every_path_is_inside_the_folder(tmp_path: Path) -> None:
    """Nothing of an archive is kept elsewhere."""
    home = Home(tmp_path)
    for path in (home.settings, home.store, home.index, home.sites):
        assert path.is_relative_to(tmp_path)
        assert path != tmp_path


def test_asking_for_paths_makes_nothing(tmp_path: Path) -> None:
    """A home folder that does not exist is not made by looking at it."""
    home = Home(tmp_path / "none")
    assert home.dictionaries == ()
    assert not home.store.exists()
    assert not home.folder.exists()


def test_dictionaries_are_listed_by_name(tmp_path: Path) -> None:
    """Only .txt files count, in an order that does not depend on the disk."""
    folder = tmp_path / "dictionaries"
    folder.mkdir()
    for name in ("b.txt", "a.txt", "notes.md"):
        (folder / name).touch()
    assert Home(tmp_path).dictionaries == (folder / "a.txt", folder / "b.txt")
