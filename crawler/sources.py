"""Files to ingest: what a list of paths holds, one page at a time."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from crawler.clean import Skipped, SkipReason
from crawler.errors import NothingToRead

PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt"})
ARCHIVE = ".zip"
WARC = (".warc", ".warc.gz")
_UTF8_NAMES = 0x800  # general purpose bit 11, APPNOTE.TXT 4.4.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, or one member of a zip file, that may hold a page.

    Attributes:
        origin: Its name: relative to the folder or archive it was found in, so
            that the same collection elsewhere has the same names.
        path: The file.
        size_bytes: How large it is; 0 where that is not known.
        member: Name inside the zip file as stored; ``None`` for a plain file.
    """

    origin: str
    path: Path
    size_bytes: int = 0
    member: str | None = None

    @property
    def is_warc(self) -> bool:
        """Whether it is a WARC file, by its name."""
        return self.member is None and self.origin.lower().endswith(WARC)


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """List everything the paths hold, in a stable order.

    Raises:
        NothingToRead: A path does not exist.
    """
    found: list[Source] = []
    for path in paths:
        if not path.exists():
            raise NothingToRead(str(path))
        found.extend(_in_folder(path) if path.is_dir() else _of_file(path, path.name))
    return found


def _in_folder(folder: Path) -> Iterator[Source]:
    """List a folder's files, hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield from _of_file(path, name.as_posix())


def _of_file(path: Path, origin: str) -> Iterator[Source]:
    """List one file, or the members of a zip file."""
    plain = Source(origin=origin, path=path, size_bytes=path.stat().st_size)
    if path.suffix.lower() != ARCHIVE:
        yield plain
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError):
        yield plain
        return
    for info in sorted(members, key=lambda info: info.filename):
        yield Source(
            origin=_member_name(info),
            path=path,
            size_bytes=info.file_size,
            member=info.filename,
        )


def _member_name(info: zipfile.ZipInfo) -> str:
    """Write a member's name; names not marked as UTF-8 are often GBK."""
    if info.flag_bits & _UTF8_NAMES:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def read_source(source: Source, max_bytes: int) -> bytes | Skipped:
    """Read one file or member.

    Returns:
        Its bytes, or why it is not read: not a page by its name, too large, or
        damaged.
    """
    suffix = PurePosixPath(source.origin).suffix.lower()
    if suffix == ARCHIVE:
        return Skipped(SkipReason.UNREADABLE, "the zip file is damaged")
    if suffix not in PAGES:
        known = ", ".join([*sorted(PAGES), *WARC])
        return Skipped(
            SkipReason.NOT_TEXT, f"{suffix or 'no'} ending; read are {known}"
        )
    try:
        payload = _read(source, max_bytes + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        return Skipped(SkipReason.UNREADABLE, str(error) or type(error).__name__)
    if len(payload) > max_bytes:
        return Skipped(SkipReason.TOO_LARGE, f"more than {max_bytes:,} bytes")
    return payload


def _read(source: Source, limit: int) -> bytes:
    """Read at most so many bytes, so that no archive can fill the memory."""
    if source.member is None:
        with source.path.open("rb") as file:
            return file.read(limit)
    with (
        zipfile.ZipFile(source.path) as archive,
        archive.open(source.member) as member,
    ):
        return member.read(limit)
