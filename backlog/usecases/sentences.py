"""What use cases' refusals and facts say."""

from typing import Any

from flask_babel import gettext, ngettext

from backlog.kernel.language import Sentence, dated, listed, marked
from backlog.usecases import labels, storm_words


def _moved_on(facts: dict[str, Any]) -> str:
    status = str(labels.STATUSES.get(facts.get("after", ""), facts.get("after", "")))
    if not facts.get("reason"):
        return str(gettext("set %(use_case)s to “%(status)s”", use_case=facts.get("use_case"), status=status))
    words = {"use_case": facts.get("use_case"), "status": status, "reason": facts["reason"]}
    return str(gettext("set %(use_case)s to “%(status)s”: %(reason)s", **words))


def _edited(facts: dict[str, Any]) -> str:
    names = [str(labels.FIELDS.get(name, name)) for name in facts.get("changes", {})]
    fields = str(gettext(", ")).join(names)
    return str(gettext("changed %(fields)s of %(use_case)s", fields=fields, use_case=facts.get("use_case")))


def _merged(facts: dict[str, Any]) -> str:
    words = {name: facts.get(name) for name in ("use_case", "into", "reason")}
    if not facts.get("reason"):
        return str(gettext("merged %(use_case)s into %(into)s", **words))
    return str(gettext("merged %(use_case)s into %(into)s: %(reason)s", **words))


def _edited_together(facts: dict[str, Any]) -> str:
    return str(
        ngettext(
            "changed %(num)s use case together, %(refused)s refused",
            "changed %(num)s use cases together, %(refused)s refused",
            int(facts.get("changed", 0)),
            refused=facts.get("refused", 0),
        )
    )


def _pinned(facts: dict[str, Any]) -> str:
    words = {name: facts.get(name) for name in ("use_case", "rank", "reason")}
    if not facts.get("until"):
        return str(gettext("pinned %(use_case)s to rank %(rank)s: %(reason)s", **words))
    until = dated(str(facts["until"]))
    return str(gettext("pinned %(use_case)s to rank %(rank)s until %(until)s: %(reason)s", until=until, **words))


def _not_allowed(facts: dict[str, Any]) -> str:
    if "project" in facts:
        state = gettext(str(facts.get("from", "")).capitalize())
        return str(
            gettext("%(project)s is “%(state)s”: that step is not open to it.", project=facts["project"], state=state)
        )
    before, after = (str(labels.STATUSES.get(facts.get(name, ""), facts.get(name, "–"))) for name in ("from", "to"))
    said = gettext("From “%(before)s” a person can't set “%(after)s”.", before=before, after=after)
    return f"{said} {FOLLOWS.get(facts.get('to', ''), FOLLOWS['ready'])}"


def _full(facts: dict[str, Any]) -> str:
    status = labels.STATUSES.get(facts.get("status", ""), facts.get("status", ""))
    said = gettext(
        "“%(status)s” is full: %(limit)s at most. Say why one more may enter.", status=status, limit=facts.get("limit")
    )
    return str(said)


def _unlikely(facts: dict[str, Any]) -> str:
    figures = str(gettext(", ")).join(str(labels.FIGURES.get(name, name)) for name in facts.get("figures", ()))
    said = gettext(
        "Is this meant so? Hardly any use case has such figures: %(figures)s. Say so to save it.", figures=figures
    )
    return str(said)


def _estimated(facts: dict[str, Any]) -> str:
    if "for_name" not in facts:
        return str(gettext("estimated %(use_case)s", use_case=facts.get("use_case")))
    words = {"use_case": facts.get("use_case"), "name": facts["for_name"]}
    return str(gettext("wrote down %(name)s's estimate of %(use_case)s", **words))


FOLLOWS = {
    "selected": marked("It is selected once a project is begun with it."),
    "delivering": marked("It is delivered from when its project starts, through the gate."),
    "delivered": marked("It is delivered when its project is."),
    "measured": marked("That follows from its first verified benefit."),
    "merged": marked("What a project delivers is no duplicate any more."),
    "ready": marked("A project goes on with it: take it out of the project, or stop that, and it is ready again."),
}


def _risks_open(facts: dict[str, Any]) -> str:
    topics = listed(labels.RISK_TOPICS.get(each, each) for each in facts.get("missing", ()))
    words = {"use_case": facts.get("use_case"), "topics": topics}
    said = gettext(
        "Before %(use_case)s is ready its risk and compliance sheet needs an answer, and to each yes what is done "
        "about it: %(topics)s.",
        **words,
    )
    return str(said)


def _risks_answered(facts: dict[str, Any]) -> str:
    said = []
    for each in facts.get("answers", ()):
        topic, _, word = str(each).partition(":")
        told = {"topic": labels.RISK_TOPICS.get(topic, topic), "answer": labels.RISK_ANSWERS.get(word, word)}
        said.append(gettext("%(topic)s: %(answer)s", **told) if word else topic)
    words = {"use_case": facts.get("use_case"), "answers": listed(said)}
    return str(gettext("answered the risk sheet of %(use_case)s (%(answers)s)", **words))


REFUSALS: dict[str, Sentence] = {
    **storm_words.REFUSALS,
    "use_case.archived": marked("This use case is archived: restore it first."),
    "data_asset.archived": marked("This data asset is archived: restore it first."),
    "north_star.archived": marked("This North Star is archived: restore it first."),
    "use_case.merged": marked("%(use_case)s was merged into %(into)s; go on there."),
    "use_case.under_way": marked("%(use_case)s is part of a project and can't be archived."),
    "use_case.not_ranked": marked("%(use_case)s is not in the ranking, so it can't be pinned."),
    "pin.end": marked("A pin ends today at the earliest, and within a year."),
    "status.not_allowed": _not_allowed,
    "estimate.unlikely": _unlikely,
    "use_case.risks_open": _risks_open,
    "round.already_open": marked("A blind round of %(use_case)s is open already."),
    "round.not_open": marked("No blind round of %(use_case)s is open."),
    "stage.full": _full,
    "stage.no_limit": marked("This status takes no limit: what comes here is an idea, finished, or put away."),
    "scoring_model.archived": marked("This scoring model is archived: restore it first."),
    "scoring_model.active": marked("“%(name)s” ranks everybody: let another model do so first."),
    "scoring_model.name_taken": marked("Another scoring model bears this name."),
    "scoring_model.no_weight": marked("At least one figure needs a weight above 0."),
    "scoring_model.needs_no_weights": marked("Only a model with own weights takes criteria."),
    "batch.nothing": marked("Choose at least one thing to change."),
    "batch.undone": marked("This bulk edit was undone already."),
    "batch.changed_meanwhile": marked("%(use_case)s was changed again meanwhile; it stays as it is."),
    "batch.not_yours": marked("%(use_case)s is not yours to change like this."),
    "view.name_taken": marked("You have a view of this name already."),
    "view.archived": marked("This view is put away: bring it back first."),
    "ranking.not_calibrated": marked(
        "There is nothing to calibrate with: no realised benefits were verified for estimates."
    ),
}
FACTS: dict[str, Sentence] = {
    **storm_words.FACTS,
    "use_case.proposed": marked("proposed %(use_case)s %(title)s"),
    "use_case.edited": _edited,
    "use_case.archived": marked("archived %(use_case)s"),
    "use_case.restored": marked("restored %(use_case)s"),
    "use_case.moved_on": _moved_on,
    "use_case.voted": marked("voted for %(use_case)s"),
    "use_case.unvoted": marked("took the vote for %(use_case)s back"),
    "use_case.estimated": _estimated,
    "use_case.risks_answered": _risks_answered,
    "use_case.round_opened": marked("opened a blind round of estimates of %(use_case)s"),
    "use_case.round_closed": marked("closed the blind round of %(use_case)s: the estimates are open to everybody"),
    "use_case.merged": _merged,
    "use_case.took_in": _merged,
    "use_case.pinned": _pinned,
    "use_case.unpinned": marked("unpinned %(use_case)s"),
    "data_asset.added": marked("entered the data asset “%(name)s”"),
    "data_asset.edited": marked("changed the data asset “%(name)s”"),
    "data_asset.archived": marked("archived the data asset “%(name)s”"),
    "data_asset.restored": marked("restored the data asset “%(name)s”"),
    "north_star.added": marked("set the North Star “%(title)s”"),
    "north_star.edited": marked("changed the North Star “%(title)s”"),
    "north_star.archived": marked("archived the North Star “%(title)s”"),
    "north_star.restored": marked("restored the North Star “%(title)s”"),
    "use_cases.edited_together": _edited_together,
    "use_cases.undone_together": marked("undid a bulk edit: %(changed)s put back, %(refused)s left"),
    "stages.set": marked("set limits and policies of the board of use cases"),
    "view.saved": marked("saved the view “%(name)s”"),
    "view.edited": marked("changed the view “%(name)s”"),
    "view.archived": marked("put the view “%(name)s” away"),
    "view.restored": marked("brought the view “%(name)s” back"),
    "columns.chosen": marked("chose other columns for the backlog"),
    "scoring_model.added": marked("made the scoring model “%(name)s”"),
    "scoring_model.edited": marked("changed the scoring model “%(name)s”"),
    "scoring_model.archived": marked("archived the scoring model “%(name)s”"),
    "scoring_model.restored": marked("restored the scoring model “%(name)s”"),
    "scoring_model.activated": marked("ranks everybody by the scoring model “%(name)s”"),
    "scoring_model.deactivated": marked("stopped ranking by the scoring model “%(name)s”"),
}
