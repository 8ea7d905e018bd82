"""One heap for all threads: the C library otherwise opens one for each, and what is free in one helps no other."""

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8  # of glibc's malloc.h


def share_one_heap() -> None:
    """Before the threads start; a C library that knows no such option is left as it is."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
