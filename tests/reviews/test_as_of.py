"""A review tells what stood on its day, also long after; what a closed sprint delivered stays as it was frozen."""

from datetime import UTC, datetime

from backlog.kernel import clock
from tests.board import factory as board
from tests.ledger import factory as ledger
from tests.reviews import factory
from tests.world import Call, Sign, World

HELD, LATER = datetime(2026, 2, 20, 4, tzinfo=UTC), datetime(2026, 11, 23, 4, tzinfo=UTC)


def text(answer: object) -> str:
    assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]
    found: str = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return found


def test_its_money_is_that_of_its_day_and_opens_those_entries(world: World, api: Call, sign: Sign) -> None:
    project = ledger.project(world)
    ledger.chat(api("lin"), project.id)
    with clock.at(HELD):
        review = api("lin").make("reviews", {"project_id": project.id})
    with clock.at(LATER):
        page = text(sign("sun").get(f"/reviews/{review['id']}"))
        link = "/projects/CHAT/value/entries?column=measured&amp;figure=costs&amp;as_of=2026-02-20"
        assert link in page
        assert "¥87,500" in page  # 80,000 once and three months of 2,500
        assert "as of 20 Feb 2026" in page
        assert "¥87,500.00" in text(sign("sun").get(link.replace("&amp;", "&")))


def test_what_a_closed_sprint_delivered_is_told_as_it_was_frozen(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    lin = api("lin")
    lin.make(f"sprints/{held.sprint_id}/close", {"unfinished": "backlog_top"})
    items = lin.get(f"items?project_id={held.project_id}")["data"]
    done = next(each for each in items if each["done_at"])
    columns = {each["category"]: each["id"] for each in lin.get(f"projects/{held.project_id}/columns")["data"]}
    lin.make(f"items/{done['id']}/moves", {"column_id": columns["doing"]})
    page = text(sign("sun").get(f"/reviews/{held.review_id}"))
    assert "1 of 2 promised items, 3 of 6 points" in page
    assert page.count("<li data-not>") == 1


def test_what_was_taken_out_before_the_start_was_never_promised(world: World, api: Call, sign: Sign) -> None:
    project_id, lin = board.project(world, "AIQC", kind="lighthouse"), api("lin")
    coming = lin.make("sprints", {"project_id": project_id, "goal": "下一步"})["id"]
    left, other = (board.item(api, project_id, title) for title in ("甲", "乙"))
    lin.make(f"sprints/{coming}/items", {"item_ids": [left["id"], other["id"]]})
    assert lin("DELETE", f"sprints/{coming}/items/{left['id']}").status_code == 204
    lin.make(f"sprints/{coming}/start", {})
    review = lin.make("reviews", {"sprint_id": coming})
    page = text(sign("sun").get(f"/reviews/{review['id']}"))
    assert (left["code"] in page, other["code"] in page) == (False, True)
