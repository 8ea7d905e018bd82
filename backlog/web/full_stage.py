"""A step that a full status refused: the sentence, a field for why one more may enter, and the same step again."""

from dataclasses import dataclass

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from backlog.kernel.database import session
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Refusal


@dataclass(frozen=True)
class FullStage:
    """What templates/shell/full_stage.html draws."""

    heading: str
    sentence: str
    action: str
    reason: str
    back_url: str


def full_stage(heading: str, refusal: Refusal, back_url: str) -> Response:
    """Ask why, where a reason opens it; any other refusal goes on its way."""
    if refusal.code != "stage.full":
        raise refusal
    session.rollback()
    said = say_refusal(refusal.code, refusal.facts)
    page = FullStage(heading, said, request.path, request.form.get("reason", ""), back_url)
    return make_response(render_template("shell/full_stage.html", page=page), 409)
