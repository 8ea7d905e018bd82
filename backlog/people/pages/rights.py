"""The table of who may do what, in words; drawn from the table the server checks."""

from dataclasses import dataclass

from flask_babel import gettext

from backlog.kernel.language import marked
from backlog.people.policy import LADDER, RIGHTS, Right

VERBS = {
    "page.read": marked("Read the pages; confidential projects only with their squad, owner or as a leader"),
    "me.edit": marked("Change one's own settings"),
    "session.end": marked("Sign out, end one's own sessions"),
    "token.make": marked("Make API tokens in one's own name"),
    "user.manage": marked("Make, change and deactivate accounts"),
    "settings.edit": marked("Change the organisation's settings"),
    "squad.manage": marked("Make and change squads"),
    "north_star.manage": marked("Set the AI North Star"),
    "data_asset.manage": marked("Keep the register of data assets"),
    "use_case.propose": marked("Propose a use case"),
    "use_case.vote": marked("Vote for a use case"),
    "use_case.estimate": marked("Estimate a use case"),
    "use_case.estimate_for": marked("Write down somebody else's estimate, marked so"),
    "use_case.hold_round": marked("Open and close blind rounds of estimates"),
    "use_case.edit": marked("Change a use case"),
    "use_case.assess_risks": marked("Answer the risk and compliance sheet"),
    "use_case.triage": marked("Triage, park and reject use cases"),
    "use_case.merge": marked("Merge use cases"),
    "use_case.pin": marked("Pin a use case's rank"),
    "use_case.archive": marked("Archive use cases"),
    "scoring_model.manage": marked("Change scoring models"),
    "stage.manage": marked("Set limits and policies of the portfolio's board"),
    "view.save": marked("Save views of the backlog and choose one's columns"),
    "view.edit": marked("Change a shared view"),
    "kpi.manage": marked("Make and change KPIs"),
    "kpi.measure": marked("Record measurements"),
    "baseline.set": marked("Set a baseline"),
    "baseline.agree": marked("Agree to a baseline"),
    "project.manage": marked("Make and change projects"),
    "project.confirm_impact": marked("Confirm a project's impact"),
    "project.start": marked("Start, deliver, scale and stop projects"),
    "done_definition.manage": marked("Change the Definition of Done"),
    "column.manage": marked("Change a board's columns"),
    "item.create": marked("Make items"),
    "item.edit": marked("Change items"),
    "item.move": marked("Move items"),
    "item.override": marked("Let an item into Done with open criteria, for a reason"),
    "item.tick": marked("Tick criteria"),
    "item.archive": marked("Archive items"),
    "sprint.manage": marked("Plan, start and close sprints"),
    "sprint.scope": marked("Take items into and out of sprints"),
    "ceremony.record": marked("Record stand-ups and retrospectives"),
    "entry.record": marked("Record costs and benefits"),
    "entry.reverse": marked("Reverse entries"),
    "entry.verify": marked("Verify benefits, but never one's own, one's squad's or one's business's"),
    "attribution.manage": marked("Share out effects among items"),
    "comment.write": marked("Comment"),
    "comment.edit": marked("Change a comment"),
    "review.manage": marked("Prepare reviews and share them"),
    "review.give_feedback": marked("Give feedback"),
    "review.decide": marked("Write down decisions"),
    "attachment.add": marked("Attach files"),
    "attachment.archive": marked("Take attached files away"),
    "mention.see": marked("Mark as seen where one was mentioned"),
    "thing.watch": marked("Watch a use case, stop it, mark its changes as seen"),
    "storm.manage": marked("Prepare, lead and close use-case storms"),
    "storm.edit_idea": marked("Correct and withdraw ideas of a storm"),
    "storm.take_part": marked("Take part in use-case storms"),
    "import.run": marked("Import files; each row needs the right of what it does"),
    "import.undo": marked("Take an import back"),
    "server.watch": marked("See the server's figures"),
}


@dataclass(frozen=True)
class RightRow:
    """One verb, and for each role whether it may: yes, a condition in words, or nothing."""

    verb: str
    act: str
    cells: list[str]


def right_rows() -> list[RightRow]:
    """All rights in the order of the table."""
    return [
        RightRow(verb, str(VERBS.get(verb, verb)), [_cell(right, role) for role in LADDER])
        for verb, right in RIGHTS.items()
    ]


def _cell(right: Right, role: str) -> str:
    if right.verifier:
        return str(gettext("with the right to verify"))
    if LADDER[role] >= LADDER[right.least]:
        return str(gettext("yes"))
    conditions = []
    if right.squad and LADDER[role] >= LADDER["member"]:
        conditions.append(gettext("in one's squad"))
    if right.owner:
        conditions.append(gettext("as business owner"))
    if right.author:
        conditions.append(gettext("one's own"))
    return " / ".join(conditions)
