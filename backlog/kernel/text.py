"""Text as people type it: full-width forms folded, control characters refused, names trimmed."""

import re
import unicodedata

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def is_storable(text: str) -> bool:
    """Whether both databases can keep a text: no NUL, control character or lone surrogate."""
    return _FORBIDDEN.search(text) is None


def clean_name(text: str) -> str:
    """A name on one line, without characters that can't be seen.

    >>> clean_name("  林\u202e悦 ")
    '林悦'
    """
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def fold(text: str) -> str:
    """How texts are compared: NFKC, case folded, trimmed.

    >>> fold(" ＬＩＮ＠Dengta.Example ")
    'lin@dengta.example'
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
