"""Who is called in a text: `@` and a name, or a name with what tells namesakes apart."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_AT = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠]")
_GOES_ON = re.compile(r"[A-Za-z0-9_]")


class Known(NamedTuple):
    """Somebody who may be called."""

    id: int
    name: str
    position: str


def handles_of(people: Iterable[Known]) -> dict[str, int]:
    """How each is called: by name; namesakes by their position beside it, or where that is the same by their number.

    >>> handles_of([Known(1, "王伟", "质检"), Known(2, "王伟", ""), Known(3, "林悦", "")])
    {'王伟(质检)': 1, '王伟(2)': 2, '林悦': 3}
    """
    everybody = list(people)
    names = Counter(each.name for each in everybody)
    both = Counter((each.name, each.position) for each in everybody)
    found = {}
    for each in everybody:
        mark = each.position if each.position and both[each.name, each.position] == 1 else str(each.id)
        found[each.name if names[each.name] == 1 else f"{each.name}({mark})"] = each.id
    return found


def calls(text: str, handles: Mapping[str, int]) -> dict[int, str]:
    """Who is called and how, in the order of the text; the longest name counts, and nothing inside code does.

    >>> calls("@林悦，看 `@吴凡`；a@吴凡 @林悦悦", {"林悦": 1, "吴凡": 2, "林悦悦": 3})
    {1: '林悦', 3: '林悦悦'}
    """
    found: dict[int, str] = {}
    for handle in _called(_CODE.sub(" ", text), handles):
        found.setdefault(handles[handle], handle)
    return found


def _called(text: str, handles: Mapping[str, int]) -> Iterator[str]:
    lengths = sorted({len(each) for each in handles}, reverse=True)
    for at in _AT.finditer(text):
        begin = at.end()
        for length in lengths:
            handle = text[begin : begin + length]
            if handle in handles and not (handle[-1].isascii() and _GOES_ON.match(text, begin + length)):
                yield handle
                break
