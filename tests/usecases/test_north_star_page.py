"""A North Star's page: where it stands, what is aligned, what was realised; the same facts by API."""

import pytest
from sqlalchemy import update

from backlog.kernel.database import session
from backlog.usecases.models import UseCase
from tests.kpis import factory as kpis
from tests.ledger import factory as ledger
from tests.usecases.test_fitting import certain
from tests.world import Call, Sign, World

STAR = {"title": "缺陷率减半", "metric": "缺陷率", "unit": "%", "baseline": 4, "target": 2, "due_on": "2099-12-31"}


@pytest.fixture
def star(api: Call) -> int:
    return int(api("lin").make("north-stars", STAR)["id"])


def align(star: int, number: int, **values: object) -> None:
    session.execute(update(UseCase).where(UseCase.number == number).values(north_star_id=star, **values))
    session.commit()


def page(sign: Sign, star: int, who: str = "wu") -> str:
    return str(sign(who).get(f"/north-stars/{star}").get_data(as_text=True))


def test_the_newest_value_says_how_much_of_the_way_is_done(world: World, api: Call, sign: Sign, star: int) -> None:
    sign_of = kpis.measured(
        world, kpis.kpi(world, north_star_id=star, name="缺陷率", unit="%", target=2.0), (4, 3.5, 3)
    )
    told = api("wu").get(f"north-stars/{star}/progress")
    assert (told["way_share"], told["newest"]) == (0.5, {"observed_on": "2026-01-19", "value": 3})
    assert [(one["code"], one["verdict"], len(one["values"])) for one in told["kpis"]] == [(sign_of.code, None, 3)]
    text = page(sign, star)
    assert "stands at 50% of the way" in text and "No baseline yet" in text and "overdue" in text
    assert "Target 2" in text  # the line in the chart
    assert f'href="/north-stars/{star}"' in sign("wu").get(f"/kpis/{sign_of.code}").get_data(as_text=True)


def test_a_value_in_another_unit_is_no_part_of_the_way(world: World, api: Call, sign: Sign, star: int) -> None:
    kpis.measured(world, kpis.kpi(world, north_star_id=star, unit="ppm"), (4, 3))
    assert api("wu").get(f"north-stars/{star}/progress")["way_share"] is None
    assert "of the way" not in page(sign, star)


def test_a_correction_counts_instead_of_what_it_corrects(world: World, api: Call, star: int) -> None:
    own = kpis.measured(world, kpis.kpi(world, north_star_id=star, unit="%"), (4, 3))
    wrong = api("lin").get(f"kpis/{own.id}/measurements")["data"][-1]
    api("lin").make(
        f"kpis/{own.id}/measurements",
        {"observed_on": wrong["observed_on"], "value": 2.5, "supersedes_id": wrong["id"], "reason": "看错"},
    )
    told = api("wu").get(f"north-stars/{star}/progress")
    assert [each["value"] for each in told["kpis"][0]["values"]] == [4, 2.5] and told["way_share"] == 0.75


def test_aligned_use_cases_stand_in_groups(world: World, api: Call, sign: Sign, star: int) -> None:
    certain(world, (60, 5), (50, 5), (40, 5), (30, 5), (20, 5))
    for number, status in enumerate(("ready", "delivering", "delivered", "rejected", "ready"), 1):
        align(star, number, status=status, alignment=number)
    kpis.agreed(world, kpis.kpi(world, use_case_id=3, owner_id=world.ids["zhao"]))
    told = api("wu").get(f"north-stars/{star}/progress")["use_cases"]
    assert [(each["code"], each["group"], each["alignment"]) for each in told] == [
        ("UC-2", "under_way", 2), ("UC-5", "waits", 5), ("UC-1", "waits", 1), ("UC-3", "has", 3), ("UC-4", "out", 4),
    ]  # fmt: skip
    assert [each["net"] for each in told] == [None, "400000.00", "1200000.00", None, None]
    assert told[3]["kpis"][0]["verdict"] == "too_few"
    text = page(sign, star)
    assert "5 of 5" in text and "not proof that it moved the figure" in text and "Too few points" in text


def test_of_whose_round_is_open_no_value_is_told(world: World, api: Call, star: int) -> None:
    certain(world, (60, 5))
    align(star, 1, status="ready")
    api("lin").make("use-cases/1/round", {})
    assert api("wu").get(f"north-stars/{star}/progress")["use_cases"][0]["net"] is None


def test_money_of_each_basis_stands_apart(world: World, api: Call, sign: Sign, star: int) -> None:
    assert "holds nothing of them yet" in page(sign, star)
    made = ledger.project(world, confidential=True).id
    for basis, amount in (("estimated", "300000.00"), ("measured", "120000.00")):
        ledger.entry(api("lin"), made, basis=basis, amount=amount)
    align(star, 1)
    told = api("lin").get(f"north-stars/{star}/progress")["realised"]
    assert [(each["basis"], each["benefits"]) for each in told] == [
        ("estimated", "300000.00"), ("measured", "120000.00"),
    ]  # fmt: skip
    text = page(sign, star, "lin")
    assert "¥300,000" in text and "¥120,000" in text and "¥420,000" not in text
    assert api("qian").get(f"north-stars/{star}/progress")["realised"] == []  # of a confidential project


def test_nothing_yet_says_what_to_do(sign: Sign, star: int) -> None:
    text = page(sign, star, "lin")
    assert "Nothing measures it yet" in text and f'href="/kpis/new?north_star={star}"' in text
    assert "Nothing is aligned with it yet" in text
    form = sign("lin").get(f"/kpis/new?north_star={star}").get_data(as_text=True)
    assert f'selected value="north_star-{star}"' in form or f'value="north_star-{star}" selected' in form
    assert sign("lin").get("/north-stars/99").status_code == 404


def test_lists_and_use_cases_lead_to_it(world: World, sign: Sign, star: int) -> None:
    certain(world, (60, 5))
    align(star, 1, status="ready")
    for path in ("/north-stars", "/use-cases/UC-1", "/use-cases/roadmap"):
        assert f'href="/north-stars/{star}"' in sign("wu").get(path).get_data(as_text=True)
