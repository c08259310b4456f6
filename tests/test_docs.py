"""The documentation says what the program does."""

import json
import re
from dataclasses import fields
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest

from crawler.settings import CrawlSettings
from index.settings import IndexSettings
from search.fields import known_fields
from web.cli import COMMANDS
from web.settings import WebSettings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
README_ZH = (ROOT / "README.zh.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
SETTINGS = {"index": IndexSettings, "crawl": CrawlSettings, "web": WebSettings}


@pytest.mark.parametrize("text", [README, README_ZH], ids=["en", "zh"])
def test_both_readmes_start_with_two_commands(text: str) -> None:
    """The first lines of code are make run and make test, nothing before them."""
    commands = re.findall(r"^    (make \w+)", text, re.MULTILINE)
    assert commands[:2] == ["make run", "make test"]
    assert text.index("make run") < 40


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("text", [README, README_ZH], ids=["en", "zh"])
def test_every_command_is_described(name: str, text: str) -> None:
    """Both READMEs list every subcommand."""
    assert re.search(rf"^\| `wensu {name}\b", text, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    """Each command and option says what it does."""
    command = resolve_name(COMMANDS[name])
    assert command.help
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert all(one.help for one in options), name


@pytest.mark.parametrize("table", sorted(SETTINGS))
def test_every_setting_is_described_with_its_default(table: str) -> None:
    """The README's table lists each setting with the default of the code."""
    for setting in fields(SETTINGS[table]):
        row = re.search(rf"`{setting.name}` \| ([^|]*)\|", README)
        assert row, setting.name
        default = row.group(1).strip()
        value = setting.default
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        if isinstance(value, bool | tuple):
            shown = json.dumps(value)  # as TOML writes it, too
        assert default == shown, setting.name
        assert setting.metadata["help"]


def test_every_query_field_is_described() -> None:
    """The README names each field of the query language."""
    for name in known_fields():
        if name.isascii():
            assert f"`{name}:" in README, name
            assert f"`{name}:" in README_ZH, name


def test_every_dependency_has_its_reason() -> None:
    """ARCHITECTURE.md gives one line to each package the project installs."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    block = project.split("\ndependencies = [")[1].split("]")[0]
    for name in re.findall(r'"([\w-]+)', block):
        assert re.search(
            rf"^\| {name} \| [^|]+ \| [^|]+ \|$", ARCHITECTURE, re.MULTILINE
        ), name


def test_every_module_named_in_the_architecture_exists() -> None:
    """Paths in ARCHITECTURE.md lead somewhere."""
    for name in re.findall(
        r"`((?:index|crawler|search|web|tests)/[\w./]+)`", ARCHITECTURE
    ):
        assert (ROOT / name).exists(), name
