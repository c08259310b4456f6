"""What was read for one query, kept for the next."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Protocol, TypeVar

CACHE_BYTES: Final = 256 << 20


class _Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


T = TypeVar("T", bound=_Sized)


class Cache:
    """Keeps what was used last, up to a number of bytes; shared by threads."""

    def __init__(self, limit_bytes: int = CACHE_BYTES) -> None:
        """Begin empty."""
        self._limit = limit_bytes
        self._held = 0
        self._items: OrderedDict[Hashable, _Sized] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, kind: type[T], make: Callable[[], T]) -> T:
        """Give what is kept under a key, or make and keep it."""
        with self._lock:
            found = self._items.get(key)
            if isinstance(found, kind):
                self._items.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if key not in self._items and made.nbytes <= self._limit:
                self._items[key] = made
                self._held += made.nbytes
            while self._held > self._limit:
                self._held -= self._items.popitem(last=False)[1].nbytes
        return made
