"""High impact: the business owner's word, or one on their behalf that stays hollow."""

import pytest

from backlog.lighthouse import queries
from tests.lighthouse.factory import project
from tests.world import Call, Sign, World


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


def test_the_word_that_stands_can_be_read(world: World, api: Call) -> None:
    made = project(world)
    path = f"projects/{made.id}/impact-confirmation"
    assert api("qian")("GET", path).status_code == 404
    api("lin")("PUT", path, {"statement": "x", "on_behalf": True, "reason": "zhao is abroad"})
    assert api("qian").get(path)["on_behalf"] is True
    api("zhao")("PUT", path, {"statement": "复检占用人手"})
    told = api("qian").get(path)
    assert (told["statement"], told["confirmed_by_id"], told["refused_by_id"]) == (
        "复检占用人手",
        world.ids["zhao"],
        None,
    )
    api("zhao")("PUT", f"projects/{made.id}/impact-refusal", {"reason": "too late"})
    told = api("qian").get(path)
    assert (told["reason"], told["confirmed_by_id"], told["refused_by_id"]) == ("too late", None, world.ids["zhao"])


@pytest.mark.parametrize("word", ["impact-confirmation", "impact-refusal"])
def test_a_due_date_changed_meanwhile_is_not_confirmed_unseen(world: World, api: Call, word: str) -> None:
    made = project(world)
    seen = api("zhao")("GET", f"projects/{made.id}").headers["ETag"]
    assert api("lin").edit(f"projects/{made.id}", {"due_on": "2027-01-31"}).status_code == 200
    answer = api("zhao")("PUT", f"projects/{made.id}/{word}", {}, If_Match=seen)
    assert (answer.status_code, answer.json["current"]["due_on"]) == (412, "2027-01-31")
    assert queries.confirmations_of(made) == []
    present = api("zhao")("GET", f"projects/{made.id}").headers["ETag"]
    assert api("zhao")("PUT", f"projects/{made.id}/{word}", {}, If_Match=present).status_code == 200


@pytest.mark.parametrize("word", ["impact-confirmation", "impact-refusal"])
def test_the_page_carries_the_version_it_shows(world: World, api: Call, sign: Sign, word: str) -> None:
    made = project(world)
    zhao = sign("zhao")
    form = zhao.get("/projects/AIQC").get_data(as_text=True).split('action="/projects/AIQC/impact-confirmation"')[1]
    seen = form.split('name="version"')[1].split('value="')[1].split('"')[0]
    api("lin").edit(f"projects/{made.id}", {"due_on": "2027-01-31"})
    answer = zhao.post(f"/projects/AIQC/{word}", {"version": seen})
    assert (answer.status_code, queries.confirmations_of(made)) == (412, [])
    assert "read what stands here now" in answer.get_data(as_text=True)
    assert zhao.post(f"/projects/AIQC/{word}", {"version": str(int(seen) + 1)}).status_code == 303
