"""One use case."""

from flask import render_template, request
from werkzeug.wrappers import Response

from backlog.usecases.pages.blueprint import blueprint, elsewhere, found
from backlog.usecases.pages.story import use_case_page
from backlog.web.routing import actor, allows


@blueprint.get("/use-cases/<code>")
@allows("page.read")
def show(code: str) -> Response | str:
    """From pain to plan, what people think it is worth, why it stands where it stands."""
    use_case = found(code)
    if (way := elsewhere(use_case, code)) is not None:
        return way
    page = use_case_page(actor(), use_case)
    arrived = next((each.code for each in page.merged if each.code == request.args.get("merged")), "")
    return render_template("use_cases/show.html", page=page, arrived=arrived)
