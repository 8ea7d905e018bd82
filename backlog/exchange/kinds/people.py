"""People as files name them: by address, by name, or by the choice somebody made for a name nobody bears."""

import re
from collections.abc import Mapping

from backlog.kernel.text import fold
from backlog.people import queries
from backlog.people.models import User

NOBODY = frozenset({"closed", "已关闭", "未指派", "unassigned"})  # where other tools name who has it
MAILED = re.compile(r"^[^<>]*<([^<>@\s]+@[^<>\s]+)>$")  # 张三 <zhang@…>, as mail programs write it
GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")  # 吴 凡, spaced out to the width of three
TOGETHER = re.compile(r"\s*[/&+]\s*|\s+|(?<=[\u4e00-\u9fff])[和及](?=[\u4e00-\u9fff])")
ACCOUNT = re.compile(r"\s*\(#?[^()]*\)$")  # 张三(#zhangsan): other tools write the account behind the name


class People:
    """Everybody active, found by address or by a name that only one person bears."""

    def __init__(self, choices: Mapping[str, int | None]) -> None:
        self._choices = {fold(name): chosen for name, chosen in choices.items()}
        everybody = queries.all_users(active_only=True)
        self.addresses = {each.id: each.email for each in everybody}
        self._by_address = {each.email: each.id for each in everybody}
        self._by_name: dict[str, list[User]] = {}
        for each in everybody:
            self._by_name.setdefault(fold(each.name), []).append(each)
        self.unknown: dict[str, int] = {}

    def find(self, name: str) -> int | None:
        """Whom a text names; None where nobody is, and then it is noted."""
        name = trimmed(name)
        if match := MAILED.match(name):
            name = match[1]
        if (whole := fold(name)) in self._choices:
            return self._choices[whole]
        for key in (whole, ACCOUNT.sub("", whole), GAP.sub("", whole)):
            if key in self._by_address:
                return self._by_address[key]
            named = self._by_name.get(key, [])
            if len(named) == 1:
                return named[0].id
        if whole in NOBODY:
            return None
        self.unknown[name] = self.unknown.get(name, 0) + 1
        return None

    def apart(self, name: str) -> list[str]:
        """Several people in one cell as their names, where each is known and the whole is nobody's: 吴凡/林悦."""
        parts = [each for each in TOGETHER.split(name) if each.strip()]
        if len(parts) < 2 or self._is_known(name) or not all(map(self._is_known, parts)):
            return [name]
        return parts

    def _is_known(self, name: str) -> bool:
        whole = fold(trimmed(name))
        known = (self._choices, self._by_address, self._by_name)
        return any(key in each for key in (whole, GAP.sub("", whole)) for each in known)

    def is_chosen(self, name: str) -> bool:
        """Whether somebody said who this is, or that it is nobody."""
        return fold(trimmed(name)) in self._choices or fold(name) in NOBODY


def trimmed(name: str) -> str:
    """A name without what a list of names leaves at its end, as in 张三; there."""
    return name.strip(" ;,；，、").removeprefix("@")
