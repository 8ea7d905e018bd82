"""What a file may be called: what people see, never where it lies."""

import re

from backlog.kernel.text import clean_name

LONGEST = 120  # characters; and no more bytes than a disk takes
MOST_BYTES = 240
LONGEST_ENDING = 16
NAMELESS = "file"
_NEVER = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"*:<>?|]')


def shown_name(given: str | None) -> str:
    r"""A file's name without its folders, without what cannot be seen or stored, and of bounded length.

    >>> shown_name("../../etc/\u202egnp.报告\x00.html")
    'gnp.报告.html'
    >>> shown_name("C:\\-rf"), shown_name("..")
    ('rf', 'file')
    """
    last = re.split(r"[/\\]", given or "")[-1][:12_000]
    plain = clean_name(_NEVER.sub("", last)).lstrip(".- ").rstrip(". ")
    return _shortened(plain) or NAMELESS


def _shortened(name: str) -> str:
    """Cut in the middle, so that the ending stays."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, ending = name, ""
    tail = f"{dot}{ending}" if ending else ""
    stem = stem[: LONGEST - len(tail)]
    while len(f"{stem}{tail}".encode()) > MOST_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip()}{tail}"
