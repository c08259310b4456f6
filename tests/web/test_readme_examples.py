"""The examples of the README run, against a server on loopback."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mypy import api as mypy

from search.service import SearchService
from tests.corpus import make_service
from tests.serving import serving
from web import create_app

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTED = "http://127.0.0.1:8000"


def blocks(language: str, readme: str = "README.md") -> list[str]:
    """List the fenced blocks of a language."""
    text = (ROOT / readme).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """A small archive."""
    service = make_service(tmp_path_factory.mktemp("examples"))
    yield service
    service.close()


@pytest.fixture(scope="module")
def site(service: SearchService) -> Iterator[str]:
    """The address of a server that listens."""
    with serving(create_app(service)) as address:
        yield address


def example(folder: Path, site: str = DOCUMENTED) -> Path:
    """Write the Python example to a file, for a site."""
    (block,) = blocks("python")
    file = folder / "example.py"
    file.write_text(block.replace(DOCUMENTED, site), "utf-8")
    return file


def test_python_example_is_typed(tmp_path: Path) -> None:
    """It passes mypy as our own code does."""
    cache = f"--cache-dir={tmp_path / 'cache'}"
    file = str(example(tmp_path))
    said, problems, status = mypy.run(["--strict", "--config-file=", cache, file])
    assert status == 0, said + problems


def test_python_example_lists_every_hit(
    tmp_path: Path, site: str, service: SearchService
) -> None:
    """What it prints are the hits of the search, a line each."""
    command = [sys.executable, str(example(tmp_path, site))]
    ran = subprocess.run(  # noqa: S603 (our own example)
        command,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
    )
    body = create_app(service).test_client().get("/api/v1/search?q=统战&per_page=100")
    ids = [hit["id"] for hit in body.get_json()["hits"]]
    assert [line.split()[-1] for line in ran.stdout.splitlines()] == ids
    assert len(ids) > 3


def test_python_example_says_why_it_is_refused(tmp_path: Path, site: str) -> None:
    """A query that cannot be read ends it with the sentence of the problem."""
    file = example(tmp_path, site)
    file.write_text(file.read_text("utf-8").replace('hits("统战")', "hits('\"统战')"))
    ran = subprocess.run(  # noqa: S603 (our own example)
        [sys.executable, str(file)], capture_output=True, check=False, encoding="utf-8"
    )
    assert ran.returncode == 1
    assert "the query cannot be read at character 1" in ran.stderr


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_curl_examples_are_answered(tmp_path: Path, site: str, readme: str) -> None:
    """Each line ends with status 0, twice: the second time the tag holds."""
    lines = [line for block in blocks("sh", readme) for line in block.splitlines()]
    curls = [line for line in lines if line.startswith("curl ")]
    assert len(curls) >= 3
    for line in (*curls, *curls):
        command = line.replace(DOCUMENTED, site)
        ran = subprocess.run(  # noqa: S602 (our own example)
            command, shell=True, cwd=tmp_path, capture_output=True, check=False
        )
        assert ran.returncode == 0, (line, ran.stdout, ran.stderr)
    assert (tmp_path / "tag").read_text("ascii").startswith("W/")
