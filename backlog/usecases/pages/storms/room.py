"""A storm for those who have an account: put ideas in, vote, estimate; and the news of the others."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.people.policy import may, require
from backlog.usecases import queries
from backlog.usecases.actions import storms as actions
from backlog.usecases.forms.storms import IdeaForm, LinkForm
from backlog.usecases.models import Storm
from backlog.usecases.pages.storms.blueprint import Answer, blueprint, to
from backlog.usecases.pages.storms.link import link_view
from backlog.usecases.pages.storms.view import StormPage, Ways, mark_of, news, read_marks, storm_page
from backlog.web.forms import Confirm, PageForm
from backlog.web.routing import actor, allows


def ways_of(storm: Storm) -> Ways:
    """Where the forms of this storm's page go."""
    return Ways(
        home=url_for("storms.show", storm_id=storm.id),
        news=url_for("storms.tell_news", storm_id=storm.id),
        ideas=url_for("storms.add_idea", storm_id=storm.id),
        marks=url_for("storms.give_marks", storm_id=storm.id),
        idea_url=lambda act, idea_id: url_for(f"storms.{act}", storm_id=storm.id, idea_id=idea_id),
    )


def page_of(storm: Storm) -> StormPage:
    """The page of the actor."""
    seat = queries.storms.find_seat(storm.id, actor().id)
    leads = may(actor(), "storm.manage")
    found: StormPage = storm_page(storm, seat, ways_of(storm), actor().name, leads=leads, guest=False)
    return found


def drawn(storm: Storm, form: PageForm | None = None, link_form: LinkForm | None = None) -> Answer:
    """The whole page; a refused form says why and keeps what was typed."""
    page = page_of(storm)
    page.form = form if isinstance(form, IdeaForm) else IdeaForm(formdata=None)
    page.said = [text for _, text in form.summary] if form is not None else []
    link = link_view(storm, link_form) if page.leads and page.stage != "closed" else None
    result_url = url_for("storms.result", storm_id=storm.id) if page.stage == "closed" else ""
    html = render_template("storms/show.html", page=page, link=link, result_url=result_url)
    return html, form.status if form is not None else 200


@blueprint.get("/storms/<int:storm_id>")
@allows("page.read")
def show(storm_id: int) -> Answer:
    """The storm as it is now."""
    return drawn(queries.storms.get_storm(actor(), storm_id))


@blueprint.get("/storms/<int:storm_id>/news")
@allows("page.read")
def tell_news(storm_id: int) -> Response:
    """What is new since a fact."""
    storm = queries.storms.get_storm(actor(), storm_id)
    template = "storms/_wall.html" if request.args.get("view") == "wall" else "storms/_news.html"
    return news(storm, lambda: page_of(storm), template)


def _act(storm_id: int, form: PageForm, act: Callable[[Storm], Any]) -> Answer:
    storm = queries.storms.get_storm(actor(), storm_id)
    return drawn(storm, form) if form.attempt(lambda: act(storm)) is None else to(storm)


@blueprint.post("/storms/<int:storm_id>/ideas")
@allows("storm.take_part")
def add_idea(storm_id: int) -> Answer:
    """Put an idea in."""
    form = IdeaForm()
    return _act(
        storm_id,
        form,
        lambda storm: actions.add_idea(
            actions.take_seat(actor(), storm), storm, title=form.title.data, pain=form.pain.data, mark=mark_of(form)
        ),
    )


@blueprint.post("/storms/<int:storm_id>/ideas/<int:idea_id>/vote")
@allows("storm.take_part")
def vote(storm_id: int, idea_id: int) -> Answer:
    """Give an idea one of one's votes."""
    act = lambda storm: actions.give_dot(actions.take_seat(actor(), storm), storm, idea_id)  # noqa: E731
    return _act(storm_id, Confirm(), act)


@blueprint.post("/storms/<int:storm_id>/ideas/<int:idea_id>/unvote")
@allows("storm.take_part")
def unvote(storm_id: int, idea_id: int) -> Answer:
    """Take one of them back."""
    act = lambda storm: actions.take_dot(actions.take_seat(actor(), storm), storm, idea_id)  # noqa: E731
    return _act(storm_id, Confirm(), act)


@blueprint.post("/storms/<int:storm_id>/marks")
@allows("storm.take_part")
def give_marks(storm_id: int) -> Answer:
    """Answer the open round."""
    return _act(storm_id, Confirm(), _marks)


def _marks(storm: Storm) -> Any:
    seat = actions.take_seat(actor(), storm)
    room = queries.storms.room_of(storm, seat)
    latest = queries.storms.latest_round(room)
    return actions.give_marks(seat, storm, latest.row, read_marks(room))


@blueprint.route("/storms/<int:storm_id>/ideas/<int:idea_id>/edit", methods=["GET", "POST"])
@allows("storm.edit_idea")
def edit_idea(storm_id: int, idea_id: int) -> Answer:
    """Put an idea right."""
    storm = queries.storms.get_storm(actor(), storm_id)
    idea, form = queries.storms.get_idea(storm, idea_id), IdeaForm()
    require(actor(), "storm.edit_idea", queries.storms.scope_of_idea(idea))
    form.edits(lambda fresh: fresh.show(idea))
    values = {"title": form.title.data, "pain": form.pain.data}
    changed = form.attempt(lambda: actions.edit_idea(actor(), storm, idea_id, form.begun_from, **values))
    if changed is not None:
        return to(storm)
    return render_template("storms/idea.html", form=form, storm=storm, idea=idea, ways=ways_of(storm)), form.status


@blueprint.post("/storms/<int:storm_id>/ideas/<int:idea_id>/withdraw")
@allows("storm.edit_idea")
def withdraw_idea(storm_id: int, idea_id: int) -> Answer:
    """Take an idea away."""
    return _act(storm_id, Confirm(), lambda storm: actions.withdraw_idea(actor(), storm, idea_id))


@blueprint.post("/storms/<int:storm_id>/ideas/<int:idea_id>/restore")
@allows("storm.edit_idea")
def restore_idea(storm_id: int, idea_id: int) -> Answer:
    """Bring it back."""
    return _act(storm_id, Confirm(), lambda storm: actions.restore_idea(actor(), storm, idea_id))
