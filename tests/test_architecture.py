"""Facts about the code as a whole: who imports whom, how long, how documented."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "index": {"index"},
    "crawler": {"crawler", "index"},
    "search": {"search", "index"},
    "web": {"web", "search", "index"},
}
FENCED = {
    "whoosh": (
        *("index/whoosh_*.py", "index/codec/whoosh_*.py"),
        "search/whoosh_*.py",
    ),
    "jieba": ("index/tokenizer.py",),
    "rjieba": ("index/tokenizer.py",),
    "numba": ("index/compiled.py",),
    "llvmlite": ("index/compiled.py",),
    "opencc": ("index/fold.py", "index/script.py"),
    "pypinyin": ("index/pinyin.py",),
    "fastwarc": ("index/content_coding.py",),
    "warcio": ("index/warc_format.py",),
    "sqlite3": ("index/connection.py", "index/database.py"),
}
TOP_LEVEL = {
    *MAY_IMPORT,
    *("tests", ".ci", ".git", ".gitignore", "pyproject.toml", "Makefile", "LICENSE"),
    *("README.md", "README.zh.md", "ARCHITECTURE.md", "CHANGELOG.md"),
}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 60

Function = ast.FunctionDef | ast.AsyncFunctionDef
PATHS = tuple(
    sorted(
        path.relative_to(ROOT)
        for package in MAY_IMPORT
        for path in (ROOT / package).rglob("*.py")
    )
)
every_module = pytest.mark.parametrize("path", PATHS, ids=str)


@cache
def tree_of(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse((ROOT / path).read_text("utf-8"))


def module_name(path: Path) -> str:
    """Give the name a module is imported by."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


OURS = {module_name(path): path for path in PATHS}


def imports(path: Path) -> Iterator[str]:
    """List the modules that a module imports, within functions too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in OURS else node.module or ""


def functions(path: Path) -> Iterator[Function]:
    """List the functions and methods of a module."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, Function):
            yield node


def test_there_is_code_to_look_at() -> None:
    """All four packages are found where they are looked for."""
    assert {path.parts[0] for path in PATHS} == set(MAY_IMPORT)


@every_module
def test_imports_go_in_the_stated_direction(path: Path) -> None:
    """The arrows of the design: web to search to index, and crawler to index."""
    package = path.parts[0]
    ours = {name.split(".")[0] for name in imports(path)} & {*MAY_IMPORT, "tests"}
    assert ours <= MAY_IMPORT[package]


@every_module
def test_front_door_alone_names_places_in_the_crawler(path: Path) -> None:
    """It names the commands of every package by their places, and imports none."""
    if path.parts[0] == "web" and str(path) != "web/cli.py":
        texts = (
            node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)
        )
        assert not any(str(text.value).startswith("crawler.") for text in texts)


@every_module
def test_libraries_are_imported_behind_their_fences_only(path: Path) -> None:
    """What may have to be replaced some day is known to few modules."""
    for name in {name.split(".")[0] for name in imports(path)} & set(FENCED):
        assert any(fnmatch(str(path), place) for place in FENCED[name]), name


@every_module
def test_modules_and_functions_are_short(path: Path) -> None:
    """A module has at most 300 lines, a function at most 60."""
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= LONGEST_MODULE
    long = [
        function.name
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


@every_module
def test_every_public_name_is_documented(path: Path) -> None:
    """Modules, classes and functions whose names do not begin with an underscore."""
    tree = tree_of(path)
    assert ast.get_docstring(tree), "the module"
    assert list(_undocumented(tree)) == []


def _undocumented(node: ast.Module | ast.ClassDef) -> Iterator[str]:
    """List the public definitions in a body that have no docstring."""
    for each in node.body:
        if isinstance(each, Function | ast.ClassDef) and not each.name.startswith("_"):
            if not ast.get_docstring(each):
                yield each.name
            if isinstance(each, ast.ClassDef):
                yield from (f"{each.name}.{name}" for name in _undocumented(each))


def test_no_import_cycle() -> None:
    """Modules can be put in an order in which each imports only earlier ones."""
    graph = {name: {*imports(path)} & {*OURS} for name, path in OURS.items()}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")
    assert len(order) == len(PATHS)


def test_top_level_holds_only_what_every_project_has() -> None:
    """What is ignored by git is left by tools, and does not count."""
    lines = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    ignored = [line.strip().strip("/") for line in lines if line.strip()]
    found = {
        path.name
        for path in ROOT.iterdir()
        if not any(fnmatch(path.name, pattern) for pattern in ignored)
    }
    assert found <= TOP_LEVEL


def test_no_file_names_a_machine() -> None:
    """No path of the machine it was written on is in any module."""
    local = re.compile(r"""["'\s(]/(work|root|home)/""")
    named = [path for path in PATHS if local.search((ROOT / path).read_text("utf-8"))]
    assert named == []
