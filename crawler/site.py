r"""Site profiles: what is particular about one site, as data.

A profile is one TOML file. Those shipped stand in ``crawler/sites``; a user's own
go to ``sites/`` in the home folder and win over shipped ones of the same name.
``_common.toml`` holds what is noise on any site and is not a profile.

::

    name = "文範網"                      # shown as the site of its documents
    domains = ["wenfanwang.com"]         # hosts, subdomains included
    lines = ['^當前位置[:：]文範網']        # or: any line that matches names the site
    kind = "summary"                     # optional: kind of its documents
    region = "北原省"                     # optional: region of its documents
    trailing_author = false              # last paragraph ends in "(name)"
    glued_title = false                  # title and text stand in one line

    [html]                               # CSS selectors, tried before the rules
    content = ["#article"]               # first that matches is the text
    drop = [".share"]                    # noise inside it
    [html.fields]                        # title, published, publisher, authors, path
    title = "h1"

    [[noise]]                            # lines that are not the text
    rule = "copyright"
    pattern = '^文章版權屬於'

    [[omissions]]                        # where the page leaves something out;
    word = "省略"                         # optional: only lines with this word
    pattern = '省略(?P<omitted>\d+)字'    # groups: omitted, shown, claimed
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ConfigDict, TypeAdapter, ValidationError

from crawler.blocks import Page
from index.document import Kind
from index.errors import SettingsError

SHIPPED = Path(__file__).parent / "sites"
COMMON = "_common.toml"


@dataclass(frozen=True, kw_only=True)
class Noise:
    """Lines to take out, and the rule's name."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    rule: str
    pattern: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)


@dataclass(frozen=True, kw_only=True)
class Omission:
    """A mark of text left out; groups ``omitted``, ``shown`` and ``claimed``.

    Attributes:
        pattern: What to look for.
        word: What every mark has; lines without it need not be looked at.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    pattern: str
    word: str = ""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)


@dataclass(frozen=True, kw_only=True)
class HtmlSelectors:
    """CSS selectors for a site's HTML."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    content: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One site's particulars; the module head explains each."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str = ""
    domains: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    kind: Kind | None = None
    region: str | None = None
    trailing_author: bool = False
    glued_title: bool = False
    html: HtmlSelectors = HtmlSelectors()
    noise: tuple[Noise, ...] = ()
    omissions: tuple[Omission, ...] = ()

    @cached_property
    def line_regexes(self) -> tuple[re.Pattern[str], ...]:
        """The compiled recognition patterns."""
        return tuple(re.compile(pattern) for pattern in self.lines)

    def owns_url(self, url: str | None) -> bool:
        """Tell whether an address lies on this site."""
        host = (urlsplit(url or "").hostname or "").lower()
        return any(host == name or host.endswith("." + name) for name in self.domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """All profiles, and the rules that hold on every site.

    Attributes:
        sites: The profiles, the user's own first.
        common: Noise and omissions of any site.
        version: Digest over all files; pages are cleaned again when it changes.
    """

    sites: tuple[Profile, ...]
    common: Profile
    version: str

    def recognise(self, page: Page) -> Profile | None:
        """Find the profile of a page by its address, else by a line of it."""
        for profile in self.sites:
            if profile.owns_url(page.url):
                return profile
        texts = [block.text for block in page.blocks if block.text]
        for profile in self.sites:
            if any(any(map(regex.search, texts)) for regex in profile.line_regexes):
                return profile
        return None


def load_profiles(user_folder: Path | None = None) -> Profiles:
    """Read the shipped profiles and the user's.

    Raises:
        SettingsError: A file is not TOML, has an unknown key or a bad pattern.
    """
    shipped = {path.name: path for path in sorted(SHIPPED.glob("*.toml"))}
    own = (
        {path.name: path for path in sorted(user_folder.glob("*.toml"))}
        if user_folder
        else {}
    )
    files = {**own, **{name: shipped[name] for name in shipped if name not in own}}
    common = files.pop(COMMON)
    return Profiles(
        sites=tuple(read_profile(path) for path in files.values()),
        common=read_profile(common),
        version=_digest([common, *files.values()]),
    )


def read_profile(path: Path) -> Profile:
    """Read and check one profile.

    Raises:
        SettingsError: It is not TOML, has an unknown key or a bad pattern.
    """
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        profile = TypeAdapter(Profile).validate_python(content)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(path, "site", "", f"not a TOML file ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(path, "site", key, first["msg"]) from error
    _check_patterns(path, profile)
    return profile


def _check_patterns(path: Path, profile: Profile) -> None:
    """Refuse a regular expression that does not compile."""
    patterns = [
        *profile.lines,
        *(noise.pattern for noise in profile.noise),
        *(omission.pattern for omission in profile.omissions),
    ]
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise SettingsError(path, "site", pattern, str(error)) from error


def _digest(paths: Iterable[Path]) -> str:
    """Digest the contents of files."""
    digest = sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
