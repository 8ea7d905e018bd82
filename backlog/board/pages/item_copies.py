"""Take an item for oneself, and make another like it."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.models import Item
from backlog.board.pages.behind import behind
from backlog.board.pages.blueprints import item as blueprint
from backlog.board.pages.item_form import people_to_assign
from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.usecases.models import UseCase
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext


@blueprint.post("/items/<code>/mine")
@allows("item.edit")
def take(code: str) -> Response:
    """Assign it to oneself, or no longer."""
    item, project = queries.get_by_code(actor(), code)
    present, me = set(_assignees(item, project)), actor().id
    actions.edit(actor(), item, assignee_ids=sorted(present - {me} if me in present else present | {me}))
    return redirect(behind(project.key, code).here, 303)


@blueprint.post("/items/<code>/copies")
@allows("item.create")
def copy(code: str) -> Response:
    """Make another like it in the first column; checks and history stay behind."""
    item, project = queries.get_by_code(actor(), code)
    use_case = session.get(UseCase, item.use_case_id) if item.use_case_id else None
    kpi = session.get(Kpi, item.kpi_id) if item.kpi_id else None
    made = actions.add(
        actor(),
        project_id=project.id,
        title=item.title,
        type=item.type,
        description=item.description,
        points=item.points,
        use_case_id=use_case.id if use_case and use_case.archived_at is None else None,
        kpi_id=kpi.id if kpi and kpi.archived_at is None else None,
        tags=queries.tags_of([item.id]).get(item.id, []),
        assignee_ids=_assignees(item, project),
        acceptance=[{"text": line.text} for line in queries.acceptance_of([item.id]).get(item.id, [])],
    )
    new = f"{project.key}-{made.number}"
    tell(gettext("%(new)s is the copy of %(code)s, without its checks and history.", code=code, new=new))
    return redirect(url_for("items.show", code=new), 303)


def _assignees(item: Item, project: Project) -> list[int]:
    """Those who work on it and still may."""
    offered = {each[0] for each in people_to_assign(project)}
    return [each for each in queries.assignees_of([item.id]).get(item.id, []) if each in offered]
