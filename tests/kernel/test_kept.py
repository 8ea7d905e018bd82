"""What is costly to make is made once, by one; the last few are known."""

from threading import Barrier, Thread

from backlog.kernel.kept import Kept


def test_many_at_once_make_one() -> None:
    kept, gate, made = Kept[str](2), Barrier(8), []

    def make() -> str:
        made.append(1)
        return "made"

    def ask() -> None:
        gate.wait()
        assert kept.get("key", make) == "made"

    threads = [Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 1


def test_only_the_last_few_are_known() -> None:
    few = Kept[str](2)
    for key in ("a", "b", "a", "c"):
        few.get(key, lambda key=key: key)
    assert (few.get("a", lambda: "new"), few.get("b", lambda: "new")) == ("a", "new")
    few.clear()
    assert few.get("a", lambda: "anew") == "anew"


def test_what_holds_no_more_is_not_kept() -> None:
    kept = Kept[str](2)
    assert kept.get("key", lambda: "mixed", holds=lambda: False) == "mixed"
    assert kept.get("key", lambda: "right") == "right"
