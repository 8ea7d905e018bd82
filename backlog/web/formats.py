"""How values are written: money, numbers, dates in the reader's language; a true minus, ¥20万 or ¥200,000."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import format_date, format_datetime, get_locale, gettext, ngettext, to_user_timezone
from markupsafe import Markup

from backlog.kernel import clock

FILTERS = (
    "money",
    "money_exact",
    "number",
    "signed",
    "percent",
    "share",
    "day",
    "day_month",
    "moment",
    "initial",
    "plain_money",
    "person_weeks",
)
DASH = "–"
MINUS = "−"


def _zh() -> bool:
    return str(get_locale()) == "zh"


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _grouped(value: Decimal, places: int, trim: bool = False) -> str:
    text = f"{_round(abs(value), places):,f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if _round(value, places) < 0 else "") + text


def money(value: Decimal | float | None) -> str:
    """A short amount: ¥20万 and ¥2.48万 in Chinese, ¥200,000 in English; a dash for none."""
    if value is None:
        return DASH
    yuan = Decimal(str(value))
    sign, size = (MINUS, -yuan) if yuan < 0 else ("", yuan)
    if not _zh() or size < 10_000:
        return f"{sign if _round(size, 0) else ''}¥{_grouped(size, 0)}"
    unit, name = (Decimal(100_000_000), "亿") if size >= 100_000_000 else (Decimal(10_000), "万")
    short = size / unit
    return f"{sign}¥{_grouped(short, 2 if short < 10 else 1 if short < 1000 else 0, trim=True)}{name}"


def money_axis() -> tuple[str, int]:
    """What an axis of money counts in, and how many yuan that is: 万元, ¥ thousand."""
    return (str(gettext("¥ thousand")), 10_000 if _zh() else 1000)


def money_exact(value: Decimal | None) -> str:
    """An amount to the fen."""
    if value is None:
        return DASH
    text = _grouped(value, 2)
    return f"{MINUS}¥{text[1:]}" if text.startswith(MINUS) else f"¥{text}"


def plain_money(value: Decimal | None) -> str:
    """An amount as a form field holds it: digits, no trailing zero fen."""
    return "" if value is None else f"{value:f}".removesuffix(".00")


def number(value: Decimal | float | int | None, places: int = 2) -> str:
    """A number with at most so many decimals."""
    return DASH if value is None else _grouped(Decimal(str(value)), places, trim=True)


def person_weeks(value: Decimal | float | int | None, places: int = 1) -> str:
    """An effort with its unit: 1 person-week, 8.5 person-weeks, 8.5 人周."""
    shown = number(value, places)
    one_or_more = 1 if shown == "1" else 2
    return str(ngettext("%(weeks)s person-week", "%(weeks)s person-weeks", one_or_more, weeks=shown))


def signed(value: Decimal | float | int | None, places: int = 2) -> str:
    """A change: always with its sign, except for 0."""
    if value is None:
        return DASH
    text = number(value, places)
    return text if text.startswith(MINUS) or text == "0" else "+" + text


def percent(value: Decimal | float | int | None, places: int = 2) -> str:
    """A figure that already is in per cent."""
    return DASH if value is None else number(value, places) + "%"


def share(value: Decimal | float | None, places: int = 0) -> str:
    """A part of a whole (0-1) in per cent."""
    return DASH if value is None else percent(Decimal(str(value)) * 100, places)


def day(value: date | None) -> str:
    """A date in full: 2026年11月23日, 23 Nov 2026."""
    if value is None:
        return DASH
    return str(format_date(value, "y年M月d日" if _zh() else "d MMM y", rebase=False))


def day_month(value: date | None) -> str:
    """A date without its year: 11月23日, 23 November."""
    if value is None:
        return DASH
    return str(format_date(value, "M月d日" if _zh() else "d MMMM", rebase=False))


FORMS = {
    (True, True): "M月d日 HH:mm",
    (True, False): "y年M月d日 HH:mm",
    (False, True): "d MMM HH:mm",
    (False, False): "d MMM y HH:mm",
}


def moment(value: datetime | None) -> Markup:
    """A moment in the viewer's zone, with its year unless it is this one; the exact one with its zone on hover."""
    if value is None:
        return Markup(DASH)
    exact = format_datetime(value, "yyyy-MM-dd HH:mm:ss VV")
    is_this_year = to_user_timezone(value).year == to_user_timezone(clock.now()).year
    shown = format_datetime(value, FORMS[_zh(), is_this_year])
    return Markup('<time datetime="{}" title="{}">{}</time>').format(value.isoformat(), exact, shown)


def ago(value: datetime | None) -> str:
    """Whole days since a moment, in words."""
    if value is None:
        return DASH
    days = max(0, (clock.now() - value).days)
    return str(gettext("today") if days == 0 else ngettext("%(num)d day ago", "%(num)d days ago", days))


def initial(name: str) -> str:
    """What stands on a person's avatar: the family name's character, or two capitals."""
    words = name.split()
    if not words:
        return "?"
    if words[0][0].isascii():
        return "".join(word[0] for word in words[:2]).upper()
    return words[0][0]
