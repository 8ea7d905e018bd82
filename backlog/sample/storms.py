"""The storm that began it all, played as it went; and the next one, prepared."""

from collections.abc import Iterator

from backlog.kernel.database import session
from backlog.sample.stage import Act, Row, Stage
from backlog.usecases import queries
from backlog.usecases.actions import storms
from backlog.usecases.models import Storm, UseCase

STORM, ASKED = -540, -547
KEY = "of the sample"  # its link ended long ago


def acts(stage: Stage) -> Iterator[Act]:
    """From the invitation to the result."""
    told = stage.read("storms")
    rows = [*stage.read("cases")["cases"], *(row for row in stage.read("more_cases")["cases"] if "made" not in row)]
    yield stage.act(ASKED + 3, 10, _prepare, told["past"])
    yield stage.act(STORM, 9, _step, "collecting")
    yield stage.act(STORM, 9.01, _guest, told["past"])
    for number, row in enumerate(rows, start=1):
        yield stage.act(STORM, 9.02 + number / 60, _put_in, row)
    yield stage.act(STORM, 9.4, _step, "grouping")
    yield stage.act(STORM, 9.45, _group, told["past"])
    yield stage.act(STORM, 9.5, _step, "voting")
    yield stage.act(STORM, 9.6, _vote, rows)
    yield stage.act(STORM, 9.7, _step, "estimating")
    yield stage.act(STORM, 9.8, _estimate, told["past"], rows)
    yield stage.act(STORM, 10, _close, len(rows))
    yield stage.act(-2, 11, _prepare_next, told["next"])


def _past(stage: Stage) -> Storm:
    return stage.storms["past"]


def _ideas(stage: Stage) -> list[int]:
    """The ideas of the use cases, in their order; the guest's came first."""
    return sorted(each.id for each in queries.storms.standing(_past(stage).id))[1:]


def _prepare(stage: Stage, row: Row) -> None:
    stage.storms["past"] = storms.prepare(
        stage.people["lin"],
        title=row["title"],
        goal=row["goal"],
        departments=row["departments"],
        starts_at=stage.moment(STORM, 9),
        duration_minutes=90,
    )


def _step(stage: Stage, name: str) -> None:
    storms.step(stage.people["lin"], _past(stage), name)


def _guest(stage: Stage, row: Row) -> None:
    link, _ = storms.open_link(stage.people["lin"], _past(stage), KEY)
    seat = storms.admit(link, row["guest"])
    storms.add_idea(seat, _past(stage), title=row["guest_title"], pain=row["guest_pain"])


def _put_in(stage: Stage, row: Row) -> None:
    seat = storms.take_seat(stage.people[row["by"]], _past(stage))
    storms.add_idea(seat, _past(stage), title=row["title"], pain=row["pain"])


def _group(stage: Stage, row: Row) -> None:
    ids = _ideas(stage)
    storms.set_theme(stage.people["lin"], _past(stage), [ids[each - 1] for each in row["themed"]], row["theme"])


def _vote(stage: Stage, rows: list[Row]) -> None:
    for idea_id, row in zip(_ideas(stage), rows, strict=True):
        for who in row["votes"]:
            storms.give_dot(storms.take_seat(stage.people[who], _past(stage)), _past(stage), idea_id)


def _estimate(stage: Stage, told: Row, rows: list[Row]) -> None:
    """A blind round about three ideas; people differ as the data says."""
    ids, numbers, lin = _ideas(stage), told["estimated"], stage.people["lin"]
    begun = storms.open_round(lin, _past(stage), [ids[each - 1] for each in numbers])
    for who, more, easier in told["marks"]:
        marks = [
            {
                "idea_id": ids[each - 1],
                "impact": rows[each - 1]["marks"][0] + more,
                "feasibility": rows[each - 1]["marks"][1] + easier,
            }
            for each in numbers
        ]
        storms.give_marks(storms.take_seat(stage.people[who], _past(stage)), _past(stage), begun, marks)
    storms.reveal(lin, _past(stage), begun)


def _close(stage: Stage, count: int) -> None:
    """All but the guest's become use cases, in their order."""
    ids = _ideas(stage)
    storms.close(stage.people["lin"], _past(stage), ids)
    for number in range(1, count + 1):
        idea = queries.storms.get_idea(_past(stage), ids[number - 1])
        stage.cases[number] = session.get_one(UseCase, idea.use_case_id)


def _prepare_next(stage: Stage, row: Row) -> None:
    made = storms.prepare(
        stage.people["lin"],
        title=row["title"],
        goal=row["goal"],
        departments=row["departments"],
        starts_at=stage.moment(row["on"], 14),
        duration_minutes=90,
        participant_ids=[stage.people[each].id for each in row["invited"]],
    )
    for idea in row["ideas"]:
        seat = storms.take_seat(stage.people[idea["by"]], made)
        storms.add_idea(seat, made, title=idea["title"], pain=idea["pain"])
