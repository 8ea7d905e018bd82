"""High impact: the business owner's word, or one on their behalf that stays hollow."""

import pytest

from backlog.lighthouse import queries
from tests.lighthouse.factory import project
from tests.world import Call, World


def test_only_the_owner_or_a_product_manager_confirms(world: World, api: Call) -> None:
    path = f"projects/{project(world).id}/impact-confirmation"
    assert [api(name)("PUT", path, {"statement": "x"}).status_code for name in ("wu", "sun", "qian")] == [403, 403, 403]
    bare = api("lin")("PUT", path, {"statement": "x"})
    assert (bare.status_code, list(bare.json["errors"])) == (422, ["on_behalf"])
    silent = api("lin")("PUT", path, {"statement": "x", "on_behalf": True})
    assert (silent.status_code, list(silent.json["errors"])) == (422, ["reason"])


def test_the_owners_word_replaces_one_on_their_behalf(world: World, api: Call) -> None:
    made = project(world)
    path = f"projects/{made.id}/impact-confirmation"
    hollow = api("lin")("PUT", path, {"statement": "x", "on_behalf": True, "reason": "zhao is abroad"})
    assert (hollow.status_code, hollow.json["on_behalf"]) == (200, True)
    own = api("zhao")("PUT", path, {"statement": "复检占用人手"})
    assert (own.json["on_behalf"], own.json["confirmed_by_id"]) == (False, world.ids["zhao"])
    standing = queries.confirmation_of(made)
    assert standing is not None
    assert standing.statement == "复检占用人手"
    assert len(queries.confirmations_of(made)) == 2


@pytest.mark.parametrize("name", ["zhao", "lin"])
def test_taken_back_it_stays_readable_and_is_asked_for_again(world: World, api: Call, name: str) -> None:
    made = project(world)
    path = f"projects/{made.id}/impact-confirmation"
    api("zhao")("PUT", path, {"statement": "x"})
    assert api(name)("DELETE", path).status_code == 204
    assert "impact_confirmation" in api("qian").get(f"projects/{made.id}/gate")["criteria"][0]["missing"]
    assert queries.confirmations_of(made)[0].statement == "x"
    assert api(name)("DELETE", path).status_code == 204
