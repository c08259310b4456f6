"""Loops over arrays that NumPy has no call for; the one module that knows numba.

``compiled`` turns a function of numbers and arrays into machine code when it is first
called, and keeps that beside the module (or in the user's cache folder), so that the
next process has it at once. What is compiled holds no lock: threads run it side by
side. Its arguments are not checked, so only what this program wrote or checked itself
may reach it.

A compiled function may call others of its own module only. What numba keeps for it
holds them too, and is made anew only when *its* file changes.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function; ``function.py_func`` is the one that Python runs."""
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in: compiled anew by each process
        made = numba.njit(nogil=True)(function)
    return cast("Callable[P, R]", made)
