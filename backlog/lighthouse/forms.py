"""What people type about projects."""

from typing import Any

from backlog.kernel.language import marked
from backlog.lighthouse.models import Project
from backlog.people import queries as people
from backlog.usecases.models import UseCase
from backlog.web.fields import BooleanField, DayField, MoneyField, OneOf, Several, options, prose, text
from backlog.web.forms import READ_AGAIN, PageForm
from backlog.web.words import gettext

KINDS = (
    ("lighthouse", marked("Lighthouse: has a gate and proves its value")),
    ("everyday", marked("Everyday work: a board and sprints, no gate")),
)
OPEN_ITEMS = (
    ("keep", marked("They stay on the board")),
    ("archive", marked("They are archived; each can be brought back")),
)
WEEKS = ((1, marked("1 week")), (2, marked("2 weeks")))


class ProjectForm(PageForm):
    """A project's fields."""

    key = text(marked("Key"), most=20, needed=True)
    name = text(marked("Name"), most=120, needed=True)
    kind = options(marked("Kind"), KINDS)
    use_case_ids = Several(marked("Use cases"))
    squad_id = OneOf(marked("Squad"))
    business_owner_id = OneOf(marked("Business owner"))
    starts_on = DayField(marked("Starts on"))
    due_on = DayField(marked("Due on"))
    sprint_weeks = options(marked("Length of a sprint"), WEEKS, coerce=int)
    budget = MoneyField(marked("Budget"))
    confidential = BooleanField(
        marked("Confidential: only its squad, its owner, product managers and admins know of it")
    )
    tracked_until = DayField(marked("Track its benefits until"))
    stage_reason = text(marked("Why one more"), most=500)

    def prepare(self, use_cases: list[UseCase], project: Project | None = None) -> None:
        """Offer what may be chosen; what is stored stays on offer."""
        owner_id, squad_id = (project.business_owner_id, project.squad_id) if project else (None, None)
        squads = [each for each in people.all_squads(archived=True) if not each.archived_at or each.id == squad_id]
        self.use_case_ids.offer((case.id, f"{case.code} {case.title}") for case in use_cases)
        self.squad_id.offer(((squad.id, squad.name) for squad in squads), none=gettext("none yet"))
        self.business_owner_id.offer(people.nameable(owner_id), none=gettext("the use case's owner"))

    def fill(self, project: Project, use_case_ids: list[int]) -> None:
        """Show a project's values."""
        for name in (
            "key",
            "name",
            "kind",
            "starts_on",
            "due_on",
            "sprint_weeks",
            "budget",
            "confidential",
            "tracked_until",
        ):
            self[name].data = getattr(project, name)
        self.use_case_ids.data = [str(each) for each in use_case_ids]
        self.squad_id.data = str(project.squad_id or "")
        self.business_owner_id.data = str(project.business_owner_id or "")
        self.version.data = str(project.version)

    def values(self) -> dict[str, Any]:
        """The values of the domain."""
        plain = ("name", "kind", "starts_on", "due_on", "sprint_weeks", "budget", "confidential", "tracked_until")
        return {
            **{name: self[name].data for name in plain},
            "stage_reason": self.stage_reason.data or "",
            "key": (self.key.data or "").upper(),
            "use_case_ids": self.use_case_ids.numbers,
            "squad_id": self.squad_id.number,
            "business_owner_id": self.business_owner_id.number,
        }


class StepForm(PageForm):
    """A step of a project, and why."""

    reason = prose(marked("Reason"), most=2000)
    open_items = options(marked("Items that are not done, when it stops"), OPEN_ITEMS, default="keep")


class ImpactForm(PageForm):
    """The word of the business owner, or one on their behalf; begun from the version of the project that was shown."""

    stale = READ_AGAIN
    statement = prose(marked("What hurts, in one or two sentences"), most=2000)
    reason = prose(marked("Why on behalf of the business owner"), most=2000, id="impact-reason")
