"""The sample holds what DOMAIN.md says, in both languages, and every rule on the way."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from backlog.board import queries as board
from backlog.board.models import Item
from backlog.done import queries as done
from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import queries as kpis
from backlog.kpis.models import Kpi, Measurement
from backlog.ledger import queries as ledger
from backlog.ledger.models import Attribution, Entry, Verification
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.models import Organisation, Squad, User
from backlog.people.secrets import password_fits
from backlog.reviews.models import Decision, Feedback, Review
from backlog.sample import actions
from backlog.sprints import queries as sprints
from backlog.sprints.models import Sprint
from backlog.usecases import queries as usecases
from backlog.usecases.models import Estimate, UseCase, Vote
from tests.sample.conftest import TODAY
from tests.world import World

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 4, tzinfo=UTC)
STATES = {  # by number of the KPI: verdict, preliminary, agreed
    **dict.fromkeys((1, 3), ("improved", True, True)),
    **dict.fromkeys((2, 4, 9), ("no_evidence", False, True)),
    **dict.fromkeys((5, 6, 7, 8, 10, 11, 12), ("improved", False, True)),
    13: ("too_few", False, True),
    **dict.fromkeys((14, 15), ("too_few", False, False)),
}
STATUSES = [
    *("delivering", "measured", "selected", "measured", "delivered", "ready", "estimated", "ready", "ready"),
    *("estimated", "estimated", "triaged", "triaged", "estimated", "idea", "idea", "idea", "rejected", "parked"),
]


def count(model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def project(key: str) -> Project:
    return session.scalars(select(Project).where(Project.key == key)).one()


def effect(number: int) -> Any:
    with clock.at(NOON):
        return kpis.effect_of(session.scalars(select(Kpi).where(Kpi.number == number)).one())


def roi(key: str, months: int | None = 12, as_of: date | None = None) -> Any:
    with clock.at(NOON):
        return ledger.project_roi(project(key), ledger.RoiQuery(months=months, as_of=as_of)).financial


def test_everybody_is_there_and_may_sign_in_by_one_press(sample: World) -> None:
    people = session.scalars(select(User)).all()
    assert len(people) == 10
    assert all(each.is_sample and password_fits("lighthouse", each.password_hash) for each in people)
    assert [each.email for each in people if each.may_verify and each.role == "stakeholder"] == ["qian@dengta.example"]
    assert count(Squad) == 2


def test_the_organisation_is_named_in_the_language(sample: World, language: str) -> None:
    settings = session.get_one(Organisation, 1)
    assert (settings.name, settings.locale) == ({"zh": "启航精密", "en": "Qihang Precision"}[language], language)
    assert (
        session.scalars(select(User.name).where(User.email == "lin@dengta.example")).one()
        == ({"zh": "林悦", "en": "Lin Yue"}[language])
    )


def test_use_cases_stand_where_they_should(sample: World) -> None:
    found = session.scalars(select(UseCase).order_by(UseCase.number)).all()
    assert [each.status for each in found] == STATUSES
    assert [each.number for each in found if each.merged_into_id == found[4].id] == [17]
    assert found[17].status_reason
    assert found[18].parked_until > TODAY


def test_nobody_had_more_than_three_votes_in_the_storm(sample: World) -> None:
    query = select(Vote.user_id, func.count()).join(UseCase, UseCase.id == Vote.use_case_id)
    rows = session.execute(query.where(UseCase.number <= 16, UseCase.number != 5).group_by(Vote.user_id)).all()
    assert max(row[1] for row in rows) <= 3


def test_all_that_are_estimated_and_not_chosen_have_a_rank(sample: World) -> None:
    with clock.at(NOON):
        ranks = usecases.places()
    numbers = dict(session.execute(select(UseCase.number, UseCase.id)).all())
    assert {number for number in numbers if numbers[number] in ranks} >= {1, 2, *range(3, 17)} - {17, 18, 19}


def test_kpis_show_the_states_of_the_table(sample: World) -> None:
    found = {number: effect(number) for number in STATES}
    shown = {number: (str(each.verdict), each.preliminary) for number, each in found.items()}
    assert shown == {number: state[:2] for number, state in STATES.items()}
    assert not any(each.at_a_price for each in found.values())
    assert {word for each in found.values() for word in each.warnings} <= {"no_series"}


def test_baselines_are_agreed_by_their_owners_but_two(sample: World) -> None:
    found = session.scalars(select(Kpi).where(Kpi.number.in_(STATES))).all()
    standings = kpis.standings(found)
    assert {each.number: standings[each.id].is_locked for each in found} == {n: s[2] for n, s in STATES.items()}
    assert not any(standings[each.id].is_hollow for each in found)


def test_false_rejects_are_60_per_cent_of_the_way(sample: World) -> None:
    found = effect(1)
    assert (round(found.baseline.mean, 2), round(found.current.mean, 2)) == (8.0, 5.6)
    assert round(found.target_share, 2) == 0.60


def test_the_match_has_six_of_eight_points(sample: World) -> None:
    assert effect(13).current.n == 6


def test_north_stars_have_26_weekly_values(sample: World) -> None:
    query = (
        select(func.count(Measurement.id)).join(Kpi, Kpi.id == Measurement.kpi_id).where(Kpi.north_star_id.is_not(None))
    )
    assert session.scalars(query.group_by(Kpi.id)).all() == [26, 26]


def test_projects_stand_where_they_should(sample: World) -> None:
    found = {each.key: each.status for each in session.scalars(select(Project))}
    running = dict.fromkeys(("AIQC", "OPS"), "running")
    assert found == {"RPRT": "scaled", "CHAT": "delivered", "HIRE": "delivered", "FCST": "draft", **running}
    assert lighthouse.gate_of(project("FCST")).missing == ("agreed_baseline",)
    assert all(lighthouse.gate_of(project(key)).is_open for key in found if key != "FCST")


def test_chat_pays_as_worked_out(sample: World) -> None:
    found = roi("CHAT").measured
    assert (found.benefits, found.costs, found.net) == (Decimal("150000.00"), Decimal("105000.00"), Decimal("45000.00"))
    assert (round(found.roi_percent, 2), found.payback_month) == (Decimal("42.86"), 8)
    assert round(found.npv, 2) == Decimal("39451.18")
    assert roi("CHAT").verified.benefits == Decimal("150000.00")


def test_chat_in_its_sixth_month(sample: World) -> None:
    start = project("CHAT").starts_on
    last = start.replace(day=1) + timedelta(days=5 * 31 + 10)
    found = roi("CHAT", as_of=last).measured
    assert (found.benefits, found.costs) == (Decimal("50000.00"), Decimal("90000.00"))
    assert round(found.roi_percent, 2) == Decimal("-44.44")


def test_hire_waits_for_verification_and_rprt_does_not(sample: World) -> None:
    assert roi("HIRE", None).measured.benefits > 0
    assert roi("HIRE", None).verified.benefits == 0
    assert roi("RPRT", None).verified.benefits == roi("RPRT", None).measured.benefits > 0
    waiting = {"waiting": True}
    assert ledger.count(session.query(User).filter_by(email="qian@dengta.example").one(), waiting) == 1


def test_aiqc_only_costs_so_far_and_promised_more(sample: World) -> None:
    found = roi("AIQC")
    assert (found.measured.benefits, round(found.measured.roi_percent or 0)) == (0, -100)
    assert found.estimated.benefits > 0


def test_the_chain_of_the_ledger_holds(sample: World) -> None:
    links, broken = ledger.verify_chain(None)
    assert (links, broken) == (count(Entry) + count(Verification), None)


def test_strategic_values_come_in_pairs(sample: World) -> None:
    found = session.scalars(select(Entry).where(Entry.dimension == "strategic").order_by(Entry.id)).all()
    by_metric: dict[str, list[float]] = {}
    for each in found:
        by_metric.setdefault(each.metric, []).append(each.value or 0)
    assert sorted(by_metric.values()) == [[1, 2], [2, 6], [3, 11], [120, 74]]


def test_ten_per_cent_of_the_false_rejects_are_left(sample: World) -> None:
    shares = sorted(session.scalars(select(Attribution.share_percent)))
    assert shares == [15, 30, 45]


def test_aiqc_has_34_items_of_all_six_types(sample: World) -> None:
    items = session.scalars(select(Item).where(Item.project_id == project("AIQC").id)).all()
    assert (len(items), len({each.type for each in items})) == (34, 6)
    assert sum(each.override_reason is not None for each in items) == 1
    assert sum(bool(each.blocked_reason) for each in items) == 1
    taken = board.taken([column.id for column in board.columns_of(items[0].project_id)])
    assert sum(number for number, _ in taken.values()) == 34
    assert session.scalar(select(func.count()).where(Item.project_id == project("OPS").id)) == 8


def test_one_item_was_carried_over_twice(sample: World) -> None:
    items = session.scalars(select(Item.id).where(Item.project_id == project("AIQC").id)).all()
    assert max(sprints.times_in_sprints(items).values()) == 3
    assert list(sprints.times_in_sprints(items).values()).count(3) == 1


def test_three_sprints_are_closed_and_the_fourth_is_on_day_five(sample: World) -> None:
    found = session.scalars(select(Sprint).order_by(Sprint.number)).all()
    assert [each.state for each in found] == ["closed", "closed", "closed", "active"]
    assert found[3].starts_on == TODAY - timedelta(days=4)
    assert [each.figures["overrides"] for each in found[:3]] == [0, 1, 0]
    assert all(each.figures["done"] >= 20 for each in found[:3])


def test_models_are_done_only_with_the_owners_word_since_the_first_retrospective(sample: World) -> None:
    newest = done.in_force(project("AIQC").id)["model"]
    lines = done.criteria_of(newest.id)
    assert [line.by for line in lines if line.required][-1] == "business_owner"
    first = session.scalars(select(Item).where(Item.project_id == project("AIQC").id, Item.number == 6)).one()
    assert len(done.criteria_of(first.definition_id)) == len(lines) - 1


def test_reviews_were_held_and_decided(sample: World) -> None:
    assert session.scalars(select(Decision.decision).order_by(Decision.id)).all() == [
        *("scale", "continue", "adjust", "continue")
    ]
    assert count(Review) == 4
    assert count(Feedback) >= 8


def test_the_story_is_told_in_the_order_of_time_and_ends_before_today(sample: World) -> None:
    facts = session.scalars(select(Fact).order_by(Fact.id)).all()
    assert {each.door for each in facts} == {"command"}
    told = [each.at for each in facts[:-1]]
    assert told == sorted(told)
    assert max(told) < NOON - timedelta(hours=12)


def test_no_chinese_stands_in_the_english_sample(sample: World, language: str) -> None:
    texts = [
        *session.scalars(select(Item.title)),
        *session.scalars(select(UseCase.pain)),
        *session.scalars(select(Kpi.name)),
    ]
    chinese = [text for text in texts if any("一" <= letter <= "鿿" for letter in text)]
    assert len(chinese) == (len([text for text in texts if text]) if language == "zh" else 0)


def test_a_second_load_changes_nothing(sample: World, language: str) -> None:
    before = count(Fact)
    assert actions.load(language, TODAY) is False
    assert count(Fact) == before


@pytest.mark.parametrize(
    "path", ["/use-cases", "/projects", "/kpis", "/projects/AIQC", "/use-cases/UC-1", "/kpis/KPI-1"]
)
def test_pages_open(sample: World, path: str) -> None:
    client = sample.app.test_client()
    page = client.get("/sign-in").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"email": "lin@dengta.example", "password": "lighthouse", "csrf_token": token}
    assert client.post("/sign-in", data=form).status_code == 303
    assert client.get(path).status_code == 200


def test_assumed_figures_are_marked_as_sample_data(sample: World, language: str) -> None:
    mark = {"zh": "示例数据", "en": "sample data"}[language]
    assert set(session.scalars(select(Measurement.source))) == {mark}
    promised = ledger.GATE
    assert all(mark in note for note in session.scalars(select(Entry.note)) if note != promised)


def test_the_lead_has_estimated_every_use_case_that_waits(sample: World) -> None:
    lin = session.scalars(select(User.id).where(User.email == "lin@dengta.example")).one()
    waiting = set(
        session.scalars(select(UseCase.number).where(UseCase.status.in_(("idea", "triaged", "estimated", "ready"))))
    )
    query = select(UseCase.number).join(Estimate, Estimate.use_case_id == UseCase.id)
    assert waiting - set(session.scalars(query.where(Estimate.estimator_id == lin))) == {17}


def test_three_use_cases_have_three_differing_estimates(sample: World) -> None:
    query = select(UseCase.number, func.count(func.distinct(Estimate.annual_benefit_likely)))
    rows = session.execute(query.join(Estimate, Estimate.use_case_id == UseCase.id).group_by(UseCase.number)).all()
    assert {row[0] for row in rows if row[1] == 3} == {1, 2, 3}
    assert {row[1] for row in rows} == {1, 2, 3}
