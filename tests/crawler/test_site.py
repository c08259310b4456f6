"""Site profiles are data that is checked when it is read."""

from pathlib import Path

import pytest

from crawler.blocks import Page, RawBlock, Reader
from crawler.site import COMMON, SHIPPED, load_profiles, read_profile
from index.document import Kind
from index.errors import SettingsError


def _page(*lines: str, url: str | None = None) -> Page:
    blocks = tuple(RawBlock(text=line) for line in lines)
    return Page(reader=Reader.PLAIN_TEXT, url=url, blocks=blocks)


def _write(folder: Path, content: str, name: str = "beiyuan.toml") -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def test_every_shipped_profile_can_be_read() -> None:
    """There is a profile for each of the five sites, each with a name of its own."""
    profiles = load_profiles()
    names = [profile.name for profile in profiles.sites]
    assert len(names) == len(set(names)) == 5
    assert (SHIPPED / COMMON).is_file()
    assert profiles.common.noise


@pytest.mark.parametrize(
    ("url", "owned"),
    [
        ("http://beiyuan.example/a", True),
        ("https://www.beiyuan.example/a", True),
        ("https://notbeiyuan.example/a", False),
        ("https://beiyuan.example.org/a", False),
        (None, False),
    ],
)
def test_a_domain_owns_its_subdomains_only(
    tmp_path: Path, url: str | None, *, owned: bool
) -> None:
    """Hosts are compared part by part."""
    profile = read_profile(_write(tmp_path, 'domains = ["beiyuan.example"]'))
    assert profile.owns_url(url) is owned


def test_a_page_is_recognised_by_address_before_lines(tmp_path: Path) -> None:
    """The address decides; without one a line of the page does; else nothing."""
    _write(
        tmp_path, 'name = "甲"\ndomains = ["a.example"]\nlines = ["^甲站$"]', "a.toml"
    )
    _write(
        tmp_path, 'name = "乙"\ndomains = ["b.example"]\nlines = ["^乙站$"]', "b.toml"
    )
    profiles = load_profiles(tmp_path)
    by_url = profiles.recognise(_page("甲站", url="http://b.example/"))
    by_line = profiles.recognise(_page("首页", "甲站"))
    assert by_url is not None
    assert by_line is not None
    assert (by_url.name, by_line.name) == ("乙", "甲")
    assert profiles.recognise(_page("丙站")) is None


def test_a_profile_of_the_user_replaces_the_shipped_one(tmp_path: Path) -> None:
    """A file of the same name wins, and the version tells that something changed."""
    name = min(path.name for path in SHIPPED.glob("[!_]*.toml"))
    _write(tmp_path, 'name = "自家"', name)
    own, shipped = load_profiles(tmp_path), load_profiles()
    assert len(own.sites) == len(shipped.sites)
    assert own.sites[0].name == "自家"
    assert own.version != shipped.version
    assert load_profiles().version == shipped.version


def test_all_keys_are_read(tmp_path: Path) -> None:
    """Kind, region, selectors, noise and omissions arrive as written."""
    profile = read_profile(
        _write(
            tmp_path,
            'kind = "yearbook"\nregion = "北原省"\ntrailing_author = true\n'
            '[html]\ncontent = ["#main"]\n[html.fields]\ntitle = "h1"\n'
            "[[noise]]\nrule = \"ad\"\npattern = '^广告'\n"
            "[[omissions]]\npattern = '省略(?P<omitted>\\d+)字'\n",
        )
    )
    assert (profile.kind, profile.region) == (Kind.YEARBOOK, "北原省")
    assert profile.trailing_author
    assert profile.html.content == ("#main",)
    assert profile.html.fields == {"title": "h1"}
    assert profile.noise[0].regex.match("广告一则")
    assert profile.omissions[0].regex.search("省略12字")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('names = "甲"', "names"),
        ('kind = "poem"', "kind"),
        ("glued_title = 3", "glued_title"),
        ('lines = ["("]', "("),
        ('[[noise]]\nrule = "x"\npattern = "["', "["),
        ('[html]\nbody = ["x"]', "html.body"),
        ("name = ", ""),
    ],
)
def test_a_mistake_is_named_by_file_and_key(
    tmp_path: Path, content: str, key: str
) -> None:
    """Unknown keys, wrong values, bad patterns and broken TOML are refused."""
    path = _write(tmp_path, content)
    with pytest.raises(SettingsError) as caught:
        read_profile(path)
    assert caught.value.path == path
    assert caught.value.key == key
