"""Figures as people fill them: amounts, numbers, person-weeks, shares. What can't be turned into ours is never guessed."""

import re
from decimal import Decimal, InvalidOperation

from backlog.exchange.reading.cells import Cell, Unread, check, is_nothing, plain, text
from backlog.kernel.money import MOST, from_fen, to_fen

PLAIN_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$|^[+-]?\.\d+$")
SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?e[+-]?\d{1,3}$")
NEGATIVE = re.compile(r"^\((.+)\)$|^([^-].*)-$")  # as accountants write it: (5,000), 5,000-
FACTORS = {"": 1, "元": 1, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "千万元": 10_000_000, "亿元": 100_000_000}
OWN_YUAN = {
    **{name.removesuffix("元"): factor for name, factor in YUAN.items() if name != "元"},
    "w": 10_000,
    "k": 1_000,
}
AMOUNT = re.compile(
    rf"^([+-]?)(?:人民币|rmb|cny)?([¥￥]?)([+-]?(?:[1-9]\d{{0,2}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|[+-]?\.\d+)"
    rf"({'|'.join(sorted(OWN_YUAN, key=len, reverse=True))})?(元|人民币|rmb|cny)?$"
)
FOREIGN = re.compile(r"[$€£]|usd|eur|hkd|jpy|gbp|美元|美金|欧元|港元|港币|日元|英镑")
WEEKS = {
    "person_hours": Decimal("0.025"),
    "person_weeks": Decimal(1),
    "person_days": Decimal("0.2"),
    "person_months": Decimal("4.35"),
    "person_years": Decimal("52.2"),
}
EFFORT_WORDS = {
    **dict.fromkeys(("人时", "小时", "工时", "person-hours", "hours", "h"), "person_hours"),
    "人周": "person_weeks",
    "人天": "person_days",
    "人日": "person_days",
    "人月": "person_months",
    "人年": "person_years",
    "person-weeks": "person_weeks",
    "person weeks": "person_weeks",
    "person-days": "person_days",
    "person days": "person_days",
    "person-months": "person_months",
    "person months": "person_months",
    **dict.fromkeys(("周", "weeks", "week"), "person_weeks"),
    **dict.fromkeys(("天", "days", "day", "pd"), "person_days"),
}
WORDS_OF_EFFORT = sorted(EFFORT_WORDS, key=len, reverse=True)


def number(cell: Cell, bears: tuple[str, ...] = ()) -> Decimal | None:
    """A number: 1,200, 5.6, −3, 12%, 3万, 1e-05; None where the cell is empty. It may bear a word such as 分.

    >>> [str(number(each)) for each in ("1,200", "３.5", "12 %", 6.0, "2.5万", "1.5E-05")]
    ['1200', '3.5', '12', '6', '25000.0', '0.000015']
    >>> str(number("4 分", ("分",)))
    '4'
    """
    check(cell)
    if is_nothing(cell):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _decimal(text(cell) if isinstance(cell, float) else str(cell))
    typed = _signed(_bare(plain(cell))).lower()
    if SCIENTIFIC.match(typed):
        return _decimal(typed)
    typed = next((typed.removesuffix(each) for each in bears if typed.endswith(each)), typed)
    factor = 1
    if typed.endswith("%"):
        typed = typed.removesuffix("%")
    elif typed[-1:] in FACTORS:
        factor, typed = FACTORS[typed[-1]], typed[:-1]
    if not PLAIN_NUMBER.match(typed):
        raise Unread("value.number")
    return _decimal(typed.replace(",", "")) * factor


def _decimal(typed: str) -> Decimal:
    if len(typed) > 40:
        raise Unread("value.number")
    try:
        found = Decimal(typed)
    except InvalidOperation:
        raise Unread("value.number") from None
    if not found.is_finite() or (found and abs(found.adjusted()) > 18):
        raise Unread("value.number")
    return Decimal(f"{found:f}")


def amount(cell: Cell, unit: str = "") -> Decimal | None:
    """Yuan; the header's unit counts where the cell names none of its own: 20 under 万元 is ¥200,000.

    >>> str(amount("4.2", "万元")), str(amount("20万", "万元")), str(amount("¥200,000", "万元"))
    ('42000.00', '200000.00', '200000.00')
    """
    check(cell)
    if is_nothing(cell):
        return None
    scale = YUAN.get(unit or "元")
    if scale is None:
        raise Unread("value.unit", unit=unit)
    try:
        yuan = _yuan(cell, scale)
        if abs(yuan) > MOST:
            raise Unread("value.range", least=0, most=MOST)
        return from_fen(to_fen(_without_noise(yuan, cell)))
    except (ValueError, ArithmeticError):
        raise Unread("value.money") from None


def _yuan(cell: Cell, scale: int) -> Decimal:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return (number(cell) or Decimal(0)) * scale
    typed = _signed(_bare(plain(cell))).lower()
    if foreign := FOREIGN.search(typed):
        raise Unread("value.unit", unit=foreign[0])
    match = AMOUNT.match(typed)
    if match is None or len(typed) > 60:
        raise Unread("value.money")
    sign, mark, bare, own, yuan = match.groups()
    found = Decimal(bare.replace(",", "")) * (-1 if sign == "-" else 1)
    if own or yuan:
        return found * OWN_YUAN.get(own, 1)
    if mark and abs(found) < scale > 1:  # ¥200,000 under 万元 is itself, ¥30 there could be either
        raise Unread("value.unit_either", text=typed[:40])
    return found * (1 if mark else scale)


def _bare(typed: str) -> str:
    return typed.replace("−", "-").replace(" ", "")


def _signed(typed: str) -> str:
    """A negative figure with its sign before it; a year's amount without what it is an amount of.

    >>> _signed("(5,000)"), _signed("5000-"), _signed("20万元/年")
    ('-5,000', '-5000', '20万元')
    """
    typed = typed.removesuffix("/年").removesuffix("每年")
    match = NEGATIVE.match(typed)
    return f"-{match[1] or match[2]}" if match else typed


def _without_noise(yuan: Decimal, cell: Cell) -> Decimal:
    """A spreadsheet's float is known to 15 digits: 0.1 + 0.2 万元 is ¥3,000.00."""
    return Decimal(f"{yuan:.15g}") if isinstance(cell, float) else yuan


def weeks(cell: Cell, unit: str = "") -> float | None:
    """Person-weeks; five person-days or 40 hours are one, 4.35 a person-month. The cell may name its own unit.

    >>> weeks("6"), weeks("30人天"), weeks(15, "person_days")
    (6.0, 6.0, 3.0)
    """
    if is_nothing(cell):
        return None
    typed = plain(cell).lower() if isinstance(cell, str) else ""
    own = next((each for each in WORDS_OF_EFFORT if typed.endswith(each)), "")
    if own:
        cell, unit = typed.removesuffix(own).strip(), EFFORT_WORDS[own]
    scale = WEEKS.get(unit or "person_weeks")
    if scale is None:
        raise Unread("value.unit", unit=unit)
    found = number(cell)
    return None if found is None else float(found * scale)


def share(cell: Cell, unit: str = "") -> Decimal | None:
    """A probability from 0 to 1; 75%, 75 under a header in per cent and 0.75 are the same; 1 there could be either.

    >>> str(share("75%")), str(share(75, "%")), str(share("0.75")), str(share(0.75, "%"))
    ('0.75', '0.75', '0.75', '0.75')
    """
    found = number(cell)
    if found is None:
        return None
    if isinstance(cell, str) and plain(cell).endswith("%"):
        return found / 100
    if unit == "%" and found == 1:
        raise Unread("value.percent_either", text="1", first="1", second="100")
    return found / 100 if unit == "%" and found > 1 else found
