"""The home folder: every path under it is made here.

::

    wensu-home/
    |- wensu.toml          settings; optional
    |- store.sqlite3       documents, revisions, captures, payloads (index.store)
    |- warc/*.warc.gz      every response that was fetched (index.warc_writer)
    |- sites/*.toml        the user's site profiles
    |- dictionaries/*.txt  the user's words, one a line
    |- synonyms.txt        the user's synonyms and abbreviations; optional
    `- index/
       |- current          name of the live generation
       `- <generation>/    one Whoosh index, its manifest.json and completions.tables
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """Where one archive lives.

    Attributes:
        folder: The folder itself; it need not exist yet.
    """

    folder: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "wensu.toml"

    @property
    def store(self) -> Path:
        """The store of documents."""
        return self.folder / "store.sqlite3"

    @property
    def warc(self) -> Path:
        """The folder of WARC files."""
        return self.folder / "warc"

    @property
    def index(self) -> Path:
        """The folder of index generations."""
        return self.folder / "index"

    @property
    def crawl_lock(self) -> Path:
        """Held by the crawl that works on this folder."""
        return self.folder / "crawl.lock"

    @property
    def sites(self) -> Path:
        """The user's site profiles."""
        return self.folder / "sites"

    @property
    def synonyms(self) -> Path:
        """The user's synonyms and abbreviations."""
        return self.folder / "synonyms.txt"

    @property
    def dictionaries(self) -> tuple[Path, ...]:
        """The user's dictionary files, by name."""
        return tuple(sorted((self.folder / "dictionaries").glob("*.txt")))
