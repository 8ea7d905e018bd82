"""Fractional order keys: a text between any two texts, so that moving one row rewrites one row.

Keys are base-62 fractions without trailing zeros, compared byte by byte (`COLLATE "C"` on PostgreSQL).
At an open end the first six digits are counted on, so that appending a million rows keeps keys short.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)
_HEAD = 6


def key_between(before: str | None, after: str | None) -> str:
    """A key that sorts after `before` and before `after`; None means the very start or end.

    >>> key_between(None, None)
    'V'
    >>> key_between("V", None), key_between(None, "V")
    ('V00001', 'Uzzzzz')
    >>> key_between("V", "V00001")
    'V00000V'
    """
    if before is not None and after is not None and before >= after:
        raise ValueError("order keys out of order")
    if before is None and after is None:
        return DIGITS[_BASE // 2]
    if after is None:
        return _counted(before or "", 1) or _halved(before or "", None)
    if before is None:
        return _counted(after, -1) or _halved("", after)
    return _halved(before, after)


def keys_from(before: str | None, after: str | None, count: int) -> list[str]:
    """Several keys in order between two."""
    keys: list[str] = []
    for _ in range(count):
        keys.append(key_between(keys[-1] if keys else before, after))
    return keys


def _counted(key: str, step: int) -> str | None:
    """The key's first six digits as a number, one up or down; None where they run out."""
    number = 0
    for digit in key[:_HEAD].ljust(_HEAD, "0"):
        number = number * _BASE + DIGITS.index(digit)
    number += step
    if not 0 < number < _BASE**_HEAD:
        return None
    head = ""
    for _ in range(_HEAD):
        number, digit_value = divmod(number, _BASE)
        head = DIGITS[digit_value] + head
    return head if not head.endswith("0") else head + DIGITS[_BASE // 2]


def _halved(low: str, high: str | None) -> str:
    key = ""
    for place in range(len(low) + len(high or "") + 2):
        left = DIGITS.index(low[place]) if place < len(low) else 0
        right = DIGITS.index(high[place]) if high is not None and place < len(high) else _BASE
        if right - left > 1:
            return key + DIGITS[(left + right) // 2]
        key += DIGITS[left]
        if right > left:
            high = None
    raise ValueError("no room between two order keys")
