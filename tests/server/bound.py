"""`backlog`, bound by the permissions of files also where root runs it: the powers to pass over them are laid down first."""

import ctypes
import os
import runpy

VERSION = 0x20080522  # of Linux' capset, for a process of any number of capabilities up to 64


def lay_powers_down() -> None:
    """Give up every capability of this process; its files stay its own."""
    library = ctypes.CDLL(None, use_errno=True)
    header, nothing = (ctypes.c_uint32 * 2)(VERSION, 0), (ctypes.c_uint32 * 6)()
    if library.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")


if __name__ == "__main__":
    if os.geteuid() == 0:
        lay_powers_down()
    runpy.run_module("backlog", run_name="__main__", alter_sys=True)
