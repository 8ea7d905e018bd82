"""What others change while the portfolio's board is open."""

from flask import make_response, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from backlog.journal.models import Fact
from backlog.kernel.codes import read_id
from backlog.kernel.database import session
from backlog.usecases.pages.asked import asked
from backlog.usecases.pages.blueprint import blueprint
from backlog.usecases.pages.board import portfolio_board
from backlog.web.routing import actor, allows

# What moves a card, changes what it says, or may change its rank.
SEEN_THERE = ("use_case", "stages.", "scoring_model.", "settings.", "project.", "north_star.", "data_asset.")
MOST_FACTS = 500


@blueprint.get("/use-cases/board/news")
@allows("page.read")
def board_news() -> Response:
    """What changed since a fact: the lanes as they are now, or 204."""
    after = read_id(request.args.get("since")) or 0
    facts = session.execute(select(Fact.id, Fact.code).where(Fact.id > after).order_by(Fact.id).limit(MOST_FACTS)).all()
    if any(each.code.startswith(SEEN_THERE) for each in facts):
        answer = make_response(render_template("use_cases/_board_news.html", page=portfolio_board(actor(), asked())))
    else:
        answer = make_response("", 204)
    answer.headers["X-Since"] = str(facts[-1].id if facts else after)
    return answer
