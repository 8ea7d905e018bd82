"""Answer the questions of the risk and compliance sheet; who said what, and when, stays readable."""

from collections.abc import Mapping

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session, write
from backlog.kernel.refusal import Refusal, expect_version
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import RISK_ANSWERS, RISK_TOPICS, RiskAnswer, UseCase

Answers = Mapping[str, Mapping[str, str]]


def answer_risks(actor: User, use_case: UseCase, version: int | None = None, *, answers: Answers) -> list[RiskAnswer]:
    """Say {topic: {answer, mitigation}}; an answer that stands already is not written again."""
    require(actor, "use_case.assess_risks", queries.scope_of(use_case))
    given = _checked(answers)
    hold(use_case)
    expect_version(use_case, version)
    refuse_gone(use_case)
    sheet = queries.risk_sheet(use_case)
    stood = {topic: (row.answer, row.mitigation) for topic, row in sheet.items()}
    new = {topic: said for topic, said in given.items() if stood.get(topic) != said}
    made = [
        RiskAnswer(
            use_case_id=use_case.id, topic=topic, answer=said[0], mitigation=said[1], by_id=actor.id, at=clock.now()
        )
        for topic, said in new.items()
    ]
    if not made:
        return []
    session.add_all(made)
    use_case.updated_at = clock.now()
    write()
    facts = {"use_case": use_case.code, "answers": [f"{topic}:{said[0]}" for topic, said in new.items()]}
    record(actor, "use_case.risks_answered", ("use_case", use_case.id), **facts)
    return made


def refuse_open_risks(use_case: UseCase) -> None:
    """What is to be ready has told its risks and what is done about them."""
    if missing := queries.open_risks(queries.risk_sheet(use_case)):
        raise Refusal("use_case.risks_open", use_case=use_case.code, missing=missing)


def _checked(answers: Answers) -> dict[str, tuple[str, str]]:
    faults, found = Faults(), dict[str, tuple[str, str]]()
    for topic, said in answers.items():
        faults.one_of("topic", topic, RISK_TOPICS)
        faults.one_of(f"{topic}_answer", said.get("answer"), RISK_ANSWERS)
        mitigation = faults.prose(f"{topic}_mitigation", said.get("mitigation", ""), most=2_000)
        found[topic] = (str(said.get("answer")), mitigation)
    faults.end()
    return found
