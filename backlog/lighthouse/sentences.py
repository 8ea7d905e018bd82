"""What refusals and facts about projects say."""

from typing import Any

from backlog.kernel.language import Sentence, listed, marked

MISSING = {
    "impact_confirmation": marked("the business owner's confirmation of the pain"),
    "due_date": marked("a due date"),
    "due_within_3_months": marked("a due date within three months of the start"),
    "data_readiness": marked("the data readiness of the use cases"),
    "kpi": marked("a KPI"),
    "agreed_baseline": marked("an agreed baseline"),
    "target": marked("a target"),
}
_CLOSED = marked("The gate is closed. Missing: %(missing)s.")


def missing_label(code: str) -> str:
    """What is missing for the gate, in the reader's language."""
    return str(MISSING.get(code, code))


def closed(facts: dict[str, Any]) -> str:
    """Why a project may not start."""
    return str(_CLOSED) % {"missing": listed(missing_label(code) for code in facts.get("missing", []))}


REFUSALS: dict[str, Sentence] = {
    "gate.closed": closed,
    "project.key_malformed": marked("2 to 8 capitals or digits, the first a letter; UC and KPI are taken."),
    "project.key_taken": marked("Another project has this key; keys are never used again."),
    "project.due_before_start": marked("The due date is before the start."),
    "project.kind_fixed": marked("Once started, a project keeps its kind: only a lighthouse passes a gate."),
    "project.archived": marked("This project is archived: restore it first."),
    "impact.refused": marked("The business owner refused: change the project, and let the owner confirm after all."),
    "project.only_on_behalf": marked(
        "Only the business owner confirms in their own name: confirm on behalf, with a reason."
    ),
}
FACTS: dict[str, Sentence] = {
    "project.added": marked("began the project %(key)s"),
    "project.edited": marked("changed the project"),
    "project.archived": marked("archived the project"),
    "project.restored": marked("restored the project"),
    "project.started": marked("started the project"),
    "project.delivered": marked("delivered the project"),
    "project.scaled": marked("scaled the project"),
    "project.stopped": marked("stopped the project: %(reason)s"),
    "project.agreed_again": marked("agreed again to what changed after the start"),
    "impact.confirmed": marked("confirmed that the pain is real"),
    "impact.refused": marked("did not confirm the pain"),
    "impact.withdrawn": marked("took the confirmation of the pain back"),
}
