"""Facts about the one command: what it lists, and what it loads."""

import subprocess
import sys
from pkgutil import resolve_name

import pytest
from click import Command
from click.testing import CliRunner

from web.cli import COMMANDS, main

WORKING = ("flask", "granian", "jieba", "numba", "numpy", "scrapy")


def loaded(arguments: list[str]) -> set[str]:
    """Run the command in a process of its own and list the modules it loaded."""
    code = (
        "import sys; from web.cli import main; "
        f"main({arguments!r}, standalone_mode=False); print(*sys.modules)"
    )
    ran = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(ran.stdout.splitlines()[-1].split())


def test_nothing_is_loaded_before_a_command_is_wanted() -> None:
    """Neither a server nor a crawler nor an index, to tell the version."""
    assert loaded(["--version"]).isdisjoint(WORKING)


def test_crawl_loads_no_search_and_search_no_crawl() -> None:
    """Each command waits for what it needs itself."""
    assert "search.service" not in loaded(["crawl", "--help"])
    assert loaded(["search", "--help"]).isdisjoint({"scrapy", "flask", "granian"})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name: str) -> None:
    """And is called as it is listed."""
    command = resolve_name(COMMANDS[name])
    assert isinstance(command, Command)
    assert command.name == name


def test_help_lists_every_command() -> None:
    """With what it does."""
    shown = CliRunner().invoke(main, ["--help"]).output
    for name in COMMANDS:
        assert f"\n  {name} " in shown


def test_unknown_command_is_told() -> None:
    """As a usage error that names it."""
    result = CliRunner().invoke(main, ["serach"])
    assert result.exit_code == 2
    assert "serach" in result.stderr
