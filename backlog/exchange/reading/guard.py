"""Texts that a spreadsheet would compute: written so that none does, and read back as typed.

A cell is dangerous when it begins with = + - @, tab, return or their full-width forms, also behind quotes or blanks
(OWASP, CSV injection). Such a text gets an apostrophe before it, which a spreadsheet shows as plain text.
"""

DANGEROUS = frozenset("=+-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20\u2212")
BEFORE = "\"'` \u3000\u00a0\ufeff\u2018\u2019\u201c\u201d\uff02\uff07"
MARK = "'"


def is_dangerous(text: str) -> bool:
    """Whether a program might compute a text.

    >>> [is_dangerous(each) for each in ("=1+1", "+86", "@SUM(A1)", '"=1+1', "质检", "", "a=b")]
    [True, True, True, True, False, False, False]
    """
    return bool(text) and (text[0] in DANGEROUS or text.lstrip(BEFORE)[:1] in DANGEROUS)


def guarded(text: str) -> str:
    """A text as it may stand in a CSV file.

    >>> guarded("=1+1"), guarded("质检")
    ("'=1+1", '质检')
    """
    return MARK + text if is_dangerous(text) else text


def unguarded(text: str) -> str:
    """What was typed before it was guarded.

    >>> unguarded("'=1+1"), unguarded("'twas")
    ('=1+1', "'twas")
    """
    return text[1:] if text.startswith(MARK) and is_dangerous(text[1:]) else text
