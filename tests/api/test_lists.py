"""Every list is narrowed by each reference and enum of its rows, searched in its texts, sorted both ways, and paged."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from backlog.api.tokens import Rate
from backlog.kernel.database import session
from tests.api.lists import List, furnished, lists, rows
from tests.world import Call, Caller, World

BAD_SIZES = ("0", "-1", "201", "1000000000", "x", "1.5", "", "١")


@pytest.fixture(scope="module")
def walked(filled: World, database: Any) -> Iterator[list[List]]:
    """All lists, with rows in each; made once: what a test here adds harms no other."""
    database.restore(filled.app)
    Rate.seen.clear()
    with filled.app.app_context():
        furnished(filled, lambda name: Caller(filled.app.test_client(), filled.tokens[name]))
        found = lists(filled.app.test_client().get("/api/v1/openapi.json").get_json())
        assert len(found) > 20
        yield found
        session.rollback()
        session.remove()


@pytest.fixture
def api(filled: World, walked: list[List]) -> Call:
    """Calls in the world with rows in each list."""
    return lambda name: Caller(filled.app.test_client(), filled.tokens[name])


def test_each_list_says_what_it_takes(walked: list[List]) -> None:
    needed = {"page_size", "cursor", "q", "sort"}
    missing = {
        each.path: sorted((needed | {argument for _, argument in each.references()}) - each.arguments.keys())
        for each in walked
    }
    assert {path: names for path, names in missing.items() if names} == {}


def test_each_list_has_rows_to_prove_it_with(walked: list[List], api: Call) -> None:
    assert [each.path for each in walked if len(rows(api("lin"), each.path)) < 2] == []


def test_each_filter_narrows_to_what_has_the_value(walked: list[List], api: Call) -> None:
    lin, wrong = api("lin"), []
    for one in walked:
        everything = rows(lin, one.path)
        for name, argument in one.references():
            for value in {str(value) for row in everything for value in _values(row[name])}:
                found = rows(lin, one.path, **{argument: value})
                if found != [row for row in everything if value in {str(each) for each in _values(row[name])}]:
                    wrong.append((one.path, argument, value))
            if argument.endswith("_id") and rows(lin, one.path, **{argument: 10**12}):
                wrong.append((one.path, argument, "nothing has it"))
            if lin("GET", f"{one.path}?{argument}=%3F").status_code != 422 and one.arguments[argument] != {}:
                wrong.append((one.path, argument, "?"))
    assert wrong == []


def _values(value: Any) -> list[Any]:
    return [] if value is None or value == "" else value if isinstance(value, list) else [value]


def test_two_characters_out_of_the_middle_of_each_text_find_it(walked: list[List], api: Call) -> None:
    lin, wrong = api("lin"), []
    for one in walked:
        everything = rows(lin, one.path)
        for name in one.texts():
            for row in [each for each in everything if each.get(name) and len(each[name]) >= 2][:1]:
                start = (len(row[name]) - 2) // 2
                if row not in rows(lin, one.path, q=row[name][start : start + 2]):
                    wrong.append((one.path, name, row[name]))
        for literal in ("%", "_", "%_"):
            hits = rows(lin, one.path, q=literal)
            wrong += [(one.path, literal, row) for row in hits if literal not in str(row)]
        if rows(lin, one.path, q="'没有这样的话\\"):
            wrong.append((one.path, "nothing says it", ""))
    assert wrong == []


def test_full_width_letters_are_sought_like_half_width_ones(api: Call) -> None:
    made = [api("lin").make("use-cases", {"title": title})["id"] for title in ("ＡＩ质检", "AI质检")]
    for words in ("AI质", "ＡＩ质", "ai质"):
        assert [each["id"] for each in rows(api("lin"), "use-cases", q=words)][-2:] == made, words


def test_each_order_gives_each_row_once_page_after_page(walked: list[List], api: Call) -> None:
    lin, wrong = api("lin"), []
    for one in walked:
        everything = Counter(map(str, rows(lin, one.path)))
        for word in one.sorts():
            found = rows(lin, one.path, size=max(2, everything.total() // 4), sort=word)
            if Counter(map(str, found)) != everything:
                wrong.append((one.path, word, "not each row once"))
            name = word.removeprefix("-")
            if not _is_in_order([row[name] for row in found if name in row], word.startswith("-")):
                wrong.append((one.path, word, "not in order"))
        signs = Counter(word.removeprefix("-") for word in one.sorts())
        wrong += [(one.path, name, "one way only") for name, count in signs.items() if count != 2]
        wrong += [(one.path, word, "taken") for word in ("colour", "--id", "-", "id,", "ID") if _takes(lin, one, word)]
    assert wrong == []


def _is_in_order(values: list[Any], falls: bool) -> bool:
    """Rows without a value come last whichever way it is turned; codes are in order of their numbers."""
    held = [float(value) if _is_money(value) else value for value in values if value is not None]
    if values[: len(held)] != [value for value in values if value is not None]:
        return False
    if held and isinstance(held[0], str) and "-" in held[0] and held[0].rsplit("-", 1)[-1].isdecimal():
        held = [(len(each), each) for each in held]
    return held == sorted(held, reverse=falls)


def _is_money(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "").replace("-", "").isdecimal() and "." in value


def _takes(caller: Caller, one: List, word: str) -> bool:
    return bool(caller("GET", f"{one.path}?sort={quote(word)}").status_code != 422)


def test_no_page_has_another_size_and_no_cursor_another_list(walked: list[List], api: Call) -> None:
    lin, wrong, last = api("lin"), [], ""
    for one in walked:
        cursor = lin.get(f"{one.path}?page_size=1")["next_cursor"]
        queries = [f"page_size={size}" for size in BAD_SIZES]
        queries += [f"cursor={each}" for each in ("x", "AAAA", "eyJh", cursor[:-3] + "AAA", cursor + "A", last) if each]
        queries += [f"page_size=1&sort=-id&cursor={cursor}", f"page_size=1&q=a&cursor={cursor}", "colour=red"]
        queries += [f"cursor={cursor}&cursor={cursor}", "q=" + "x" * 201, "q=%00", "page_size=1&page_size=1"]
        wrong += [(one.path, each) for each in queries if lin("GET", f"{one.path}?{each}").status_code != 422]
        if api("zhou")("GET", f"{one.path}?page_size=1&cursor={cursor}").status_code != 422:
            wrong.append((one.path, "zhou's"))
        last = cursor
    assert wrong == []
