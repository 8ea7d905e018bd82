"""Boards drawn for nobody before the server says that it serves: of a project that isn't, and of the newest one.

The statements are compiled and the templates have run when the first visitor comes.
"""

from collections import namedtuple
from contextlib import suppress
from dataclasses import replace

from flask import g, url_for
from sqlalchemy import select

from backlog.board.defaults import DEFAULTS
from backlog.board.pages import cards
from backlog.board.pages.page_objects import IN_SPRINT, board_page, drawn_page, lane_of
from backlog.board.pages.parts import ONE
from backlog.board.queries import Filters
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import find_by_key
from backlog.people.models import User
from backlog.web.rehearsing import visit
from backlog.web.shell import forget_parts

COLUMN = namedtuple("COLUMN", "id, name, wip_limit, policy")
CARDS = 100  # in ten rounds more than a board has: the memory they take is there as well
NOBODY = {"name": "-", "role": "admin", "locale": "zh", "time_zone": "Asia/Shanghai", "theme": "", "active": True}


def rehearse() -> None:
    """Read and draw, each part anew; nothing is written, and no card is kept."""
    forget_parts()
    g.actor = User(id=0, may_verify=False, **NOBODY)
    with suppress(Missing):
        find_by_key(g.actor, "-")
    project = Project(id=0, key="-", name="-", kind="everyday", status="running", confidential=False)
    columns = [-1 - place for place in range(len(DEFAULTS["zh"]))]
    filters = Filters(project_id=0)
    for each in (filters, replace(filters, only=IN_SPRINT, only_for=0)):
        cards.rows_of(columns, each)
    cards.rows_of(columns[:1], replace(filters, only=ONE, only_for=0))
    rows = [("-", n, n, 1, "story", "-", 1.0, 1, 2, "", 0, clock.now(), None, 0, 0, None, None) for n in range(CARDS)]
    cards.draw(rows, project.key, {}, {}, may_move=True)
    column = COLUMN(0, "-", 1, "")
    page = replace(board_page(g.actor, project), lanes=[lane_of(column, 0, 0.0, [b""])])
    drawn_page("board/show.html", page, item=None)
    newest = session.scalar(select(Project.key).order_by(Project.id.desc()).limit(1))
    visit(url_for("board.show", key=newest or "-"), g.actor)
    cards.forget()
