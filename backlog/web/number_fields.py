"""Fields of numbers and money: what people type, with the unit they type behind it."""

from decimal import Decimal
from typing import Any

from backlog.kernel.figures import read_figure
from backlog.kernel.money import read_amount
from backlog.web.formats import plain_money
from backlog.web.typed import Typed, Unread

LARGEST = 2**53
PER_CENT = ("%",)
DAYS = ("天", "日", "人天", "day", "days")
WEEKS = ("周", "人周", "week", "weeks", "person-week", "person-weeks")
MONTHS = ("月", "个月", "month", "months")
POINTS = ("点", "point", "points")


class MoneyField(Typed):
    """An amount: 20万, 20w, 200,000 and ¥200000 are the same."""

    problem = "value.money"

    def __init__(self, label: str = "", needed: bool = False, negative: bool = False, **more: Any) -> None:
        super().__init__(label, needed, **more)
        self.negative = negative

    def read(self, typed: str) -> Decimal:
        """Yuan."""
        amount = read_amount(typed)
        if amount < 0 and not self.negative:
            raise ValueError
        return amount

    def write(self, value: Decimal) -> str:
        """Digits as typed."""
        return plain_money(value)


class NumberField(Typed):
    """A number with bounds; `places=0` for whole ones; `units` are the words that may follow it."""

    problem = "value.range"

    def __init__(
        self,
        label: str = "",
        needed: bool = False,
        least: float | Decimal = -LARGEST,
        most: float = LARGEST,
        places: int = 6,
        units: tuple[str, ...] = (),
        **more: Any,
    ) -> None:
        super().__init__(label, needed, **more)
        self.least, self.most, self.places, self.units = least, most, places, units

    def read(self, typed: str) -> Any:
        """An int where no decimals are allowed, else a Decimal."""
        value = read_figure(typed, self.units)
        if not self.least <= value <= self.most:
            raise ValueError
        if -int(value.as_tuple().exponent) > self.places:
            raise Unread("value.places", places=self.places) if self.places else Unread("value.whole")
        return int(value) if self.places == 0 else value

    def write(self, value: Any) -> str:
        """Without trailing zeros."""
        return f"{Decimal(str(value)).normalize():f}"

    def bounds(self) -> dict[str, Any]:
        """Least and most."""
        return {"least": self.least, "most": self.most}


class ChanceField(NumberField):
    """A chance in per cent: 0.7 may be meant as seven in ten, so below 1 it is taken only with its sign, 0.7%."""

    def __init__(self, label: str = "", needed: bool = False, **more: Any) -> None:
        super().__init__(label, needed, least=0, most=100, places=2, units=PER_CENT, **more)

    def read(self, typed: str) -> Any:
        """A Decimal in per cent."""
        value = super().read(typed)
        if 0 < value < 1 and not typed.endswith(PER_CENT):
            raise Unread("value.chance", read=self.write(value), meant=super().write(value * 100))
        return value

    def write(self, value: Any) -> str:
        """With the sign where it says which of two was meant."""
        return super().write(value) + ("%" if 0 < value < 1 else "")
