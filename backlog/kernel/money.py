"""Money: whole fen in the database, `Decimal` yuan in Python, never a float."""

import re
import unicodedata
from decimal import Decimal

FEN = Decimal("0.01")
MOST = Decimal("1000000000000.00")  # a trillion yuan: ninety thousand such amounts still sum within 64-bit fen

_UNITS = {
    "": 1,
    "万": 10_000,
    "w": 10_000,
    "亿": 100_000_000,
    "千": 1_000,
    "k": 1_000,
    "元": 1,
    "万元": 10_000,
    "亿元": 100_000_000,
}
_AMOUNT = re.compile(
    r"^[¥$]?\s*([+-]?)\s*[¥]?\s*([1-9]\d{0,2}(?:,\d{3})+|\d+)(\.\d+)?\s*(万元|亿元|万|亿|千|元|[wk])?$"
)


def to_fen(yuan: Decimal) -> int:
    """Whole fen of an amount in yuan; ValueError where a fen would be lost.

    >>> to_fen(Decimal("1.05"))
    105
    """
    fen = yuan * 100
    if fen != fen.to_integral_value():
        raise ValueError("an amount finer than a fen")
    return int(fen)


def from_fen(fen: int) -> Decimal:
    """Yuan with two decimals.

    >>> from_fen(105)
    Decimal('1.05')
    """
    return (Decimal(fen) / 100).quantize(FEN)


def read_amount(text: str) -> Decimal:
    """Yuan as people write them; ValueError where it can't be an amount.

    >>> [str(read_amount(t)) for t in ("20万", "20w", "200,000", "¥200000", "２０万")]
    ['200000.00', '200000.00', '200000.00', '200000.00', '200000.00']
    """
    if len(text) > 60:
        raise ValueError("too long for an amount")
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("−", "-").replace("￥", "¥")
    match = _AMOUNT.match(plain)
    if match is None:
        raise ValueError("not an amount")
    sign, whole, part, unit = match.groups()
    number = Decimal(whole.replace(",", "") + (part or "")) * _UNITS[unit or ""]
    yuan = from_fen(to_fen(number))
    if yuan > MOST:
        raise ValueError("too large an amount")
    return -yuan if sign == "-" else yuan
