"""Numbers, dates and lists inside a sentence are written as people of its language write them."""

import pytest
from flask_babel import force_locale

from backlog.kernel.language import say_refusal
from tests.lighthouse.factory import project
from tests.world import Call, World


@pytest.mark.parametrize(
    ("code", "facts", "chinese", "english"),
    [
        ("value.range", {"least": 0, "most": 1e12}, "0 到 1,000,000,000,000 之间的数", "0 to 1,000,000,000,000."),
        ("value.range", {"least": -1.5, "most": 2}, "−1.5 到 2 之间的数", "−1.5 to 2."),
        ("value.unknown_choice", {"choices": ["a", "b"]}, "a、b", "a, b."),
        ("measurement.duplicate", {"observed_on": "2026-01-05", "value": 8.0}, "2026年1月5日", "5 Jan 2026 was"),
        ("measurement.duplicate", {"observed_on": "2026-01-05", "value": 8.0}, "（8）", "(8)"),
        ("measurement.duplicate", {"observed_on": "not a day", "value": True}, "not a day", "(True)"),
        ("gate.closed", {"missing": ["kpi", "target"]}, "指标、目标", "a KPI, a target."),
    ],
)
def test_values_are_written_in_the_readers_way(
    world: World, code: str, facts: dict[str, object], chinese: str, english: str
) -> None:
    for language, words in (("zh", chinese), ("en", english)):
        with world.app.test_request_context(), force_locale(language):
            assert words in say_refusal(code, facts)


def test_a_refusal_of_many_reasons_reads_as_one_sentence(world: World, api: Call) -> None:
    found = project(world)
    answer = api("lin")("POST", f"projects/{found.id}/start", Accept_Language="zh")
    assert answer.status_code == 409 and ";" not in answer.get_json()["detail"]
