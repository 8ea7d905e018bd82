"""One voice a person."""

from tests.world import Call


def test_a_vote_counts_once_and_can_be_taken_back(api: Call) -> None:
    made = api("lin").make("use-cases", {"title": "t"})
    path = f"use-cases/{made['id']}"
    for name in ("zhao", "zhao", "wu"):
        assert api(name)("PUT", f"{path}/vote").status_code == 200
    assert api("lin").get(path)["votes"] == 2
    assert api("zhao")("DELETE", f"{path}/vote").status_code == 204
    assert api("zhao")("DELETE", f"{path}/vote").status_code == 204
    assert api("lin").get(path)["votes"] == 1


def test_there_is_no_vote_for_what_does_not_exist(api: Call) -> None:
    assert api("wu")("PUT", "use-cases/99/vote").status_code == 404
