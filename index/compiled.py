"""Loops over arrays that NumPy has no call for; the one module that knows numba.

``compiled`` turns a function of numbers and arrays into machine code when it is first
called. The code is kept for the next process, in a folder named after the sources of
all that is compiled: numba itself looks at one source only, and would go on with the
old code of a function that another module calls. What is compiled holds no lock, so
threads run it side by side. No index into an array is checked; a compiled function
checks what it reads from a file before it uses it as one.
"""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

import numba
from llvmlite import ir
from numba.core import config
from numba.extending import intrinsic

P = ParamSpec("P")
R = TypeVar("R")

_PACKAGES: Final = ("index", "search")
_MARK: Final = b"@compiled"


def _digest() -> str:
    """Name the state of all sources that are compiled."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(
        path for name in _PACKAGES for path in root.glob(f"{name}/**/*.py")
    ):
        source = path.read_bytes()
        if _MARK in source:
            digest.update(path.name.encode() + source)
    return digest.hexdigest()[:12]


def _choose_folder() -> None:
    """Have numba keep machine code beside the package, or in the user's cache."""
    if os.environ.get("NUMBA_CACHE_DIR"):
        return
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    for base in (Path(__file__).parent / "__pycache__", Path(home) / "wensu"):
        folder = base / f"compiled-{_digest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            _forget(folder)
            config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]  # made at import
            return


def _forget(kept: Path) -> None:
    """Remove machine code of other states of the sources, but for the latest two."""
    others = [each for each in kept.parent.glob("compiled-*") if each != kept]
    others.sort(key=lambda each: each.stat().st_mtime)
    for old in others[:-2]:
        shutil.rmtree(old, ignore_errors=True)


_choose_folder()


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function when it is first called."""
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in: compiled anew by each process
        made = numba.njit(nogil=True)(function)
    return cast("Callable[P, R]", made)


@intrinsic
def _lowest_bit(_: Any, word: Any) -> Any:  # noqa: ANN401 (numba's contract)
    """Tell the place of the lowest bit set in a word that has one."""

    def write(_: Any, builder: Any, __: Any, arguments: Any) -> Any:  # noqa: ANN401
        undefined_for_zero = ir.Constant(ir.IntType(1), 1)
        return builder.cttz(arguments[0], undefined_for_zero)

    return numba.int64(word), write


@intrinsic
def _count_bits(_: Any, word: Any) -> Any:  # noqa: ANN401 (numba's contract)
    """Count the bits set in a word."""

    def write(_: Any, builder: Any, __: Any, arguments: Any) -> Any:  # noqa: ANN401
        return builder.ctpop(arguments[0])

    return numba.int64(word), write


@intrinsic
def _word_at(_: Any, array: Any, place: Any) -> Any:  # noqa: ANN401 (numba's contract)
    """Read 8 bytes of an array of bytes as one little-endian number."""
    signature = numba.uint64(array, place)

    def write(context: Any, builder: Any, signed: Any, arguments: Any) -> Any:  # noqa: ANN401
        data = context.make_array(signed.args[0])(context, builder, arguments[0]).data
        start = builder.gep(data, [arguments[1]])
        pointer = builder.bitcast(start, ir.IntType(64).as_pointer())
        return builder.load(pointer, align=1)

    return signature, write


lowest_bit = cast("Callable[[Any], int]", _lowest_bit)
"""Tell, in a compiled function, the place of the lowest bit set in a ``uint64``."""

count_bits = cast("Callable[[Any], int]", _count_bits)
"""Count, in a compiled function, the bits set in a ``uint64``."""

word_at = cast("Callable[[Any, int], Any]", _word_at)
"""Read, in a compiled function, 8 bytes of an array from a place as one ``uint64``."""
