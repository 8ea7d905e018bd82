"""Notes that a session or token is in use: the only write on GET, in a transaction of its own."""

import logging
from collections.abc import Callable

from flask import g
from sqlalchemy.exc import SQLAlchemyError

from backlog.kernel.database import session, writing
from backlog.web.soundness import soundness

log = logging.getLogger("backlog.presence")


def later(touch: Callable[[], bool]) -> None:
    """Have this done after the request; it answers whether anything changed."""
    g.touch = touch


def note() -> None:
    """Do what was asked for; a busy database only means that the note is made another time."""
    touch = g.pop("touch", None)
    if touch is None or soundness().damaged:
        return
    try:
        with writing():
            if touch():
                session.commit()
    except SQLAlchemyError as error:
        log.info("presence not noted: %s", type(error).__name__)
    finally:
        session.rollback()
