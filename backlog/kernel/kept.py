"""The last few of what is costly to make."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The last few of something by their key; made by one at a time, while what is known is given to all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[object, T] = OrderedDict()
        self._reading, self._making = Lock(), Lock()

    def get(self, key: object, make: Callable[[], T], holds: Callable[[], bool] = lambda: True) -> T:
        """The known one, or a new one; what holds no more once it is made is not kept."""
        if (known := self._find(key)) is not None:
            return known
        with self._making:
            if (known := self._find(key)) is not None:
                return known
            made, is_kept = make(), holds()
        if is_kept:
            self._keep(key, made)
        return made

    def _keep(self, key: object, made: T) -> None:
        with self._reading:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)

    def _find(self, key: object) -> T | None:
        with self._reading:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def clear(self) -> None:
        """Forget all."""
        with self._reading:
            self._known.clear()
