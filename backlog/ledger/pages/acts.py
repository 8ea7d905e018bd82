"""What is done with an entry: verify it, take it back, correct it."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.ledger import actions, queries
from backlog.ledger.forms import EntryForm, ReverseForm, VerifyForm
from backlog.ledger.pages.entries import blueprint, draw
from backlog.ledger.pages.offered import fill, offer
from backlog.ledger.pages.words import about, worth
from backlog.people.policy import require
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

Answer = Response | tuple[str, int]


@blueprint.post("/ledger/<int:entry_id>/verification")
@allows("entry.verify")
def verify(entry_id: int) -> Answer:
    """Confirm a measured benefit, in full or reduced."""
    entry, form = queries.get_entry(actor(), entry_id), VerifyForm()
    done = form.attempt(lambda: actions.verify(actor(), entry, form.evidence.data, form.amount.data))
    if done is None:
        return draw(entry, verification=form), form.status
    tell(gettext("Entry %(id)s was verified.", id=entry.id))
    return redirect(url_for("ledger.show", entry_id=entry.id), 303)


@blueprint.post("/ledger/<int:entry_id>/reversal")
@allows("entry.reverse")
def reverse(entry_id: int) -> Answer:
    """Take an entry back by a counter-entry."""
    entry, form = queries.get_entry(actor(), entry_id), ReverseForm()
    back = form.attempt(lambda: actions.reverse(actor(), entry, form.reason.data))
    if back is None:
        return draw(entry, reversal=form), form.status
    tell(gettext("Entry %(id)s was taken back by entry %(by)s.", id=entry.id, by=back.id))
    return redirect(url_for("ledger.show", entry_id=entry.id), 303)


@blueprint.route("/ledger/<int:entry_id>/correction", methods=["GET", "POST"])
@allows("entry.record")
def correct(entry_id: int) -> Answer:
    """Take an entry back and record the right one, in one step."""
    entry = queries.get_entry(actor(), entry_id)
    require(actor(), "entry.reverse", queries.scope_of(entry))
    form = EntryForm()
    form.narrow(entry.dimension)
    offer(form, actor())
    if request.method == "GET":
        fill(form, actor(), entry)
    made = form.attempt(lambda: actions.correct(actor(), entry, form.reason.data or "", **form.values()))
    if made is not None:
        tell(gettext("Entry %(old)s was taken back; entry %(new)s stands instead.", old=entry.id, new=made.id))
        return redirect(url_for("ledger.show", entry_id=made.id), 303)
    action = url_for("ledger.correct", entry_id=entry.id)
    corrected = gettext("Entry %(id)s: %(name)s, %(worth)s", id=entry.id, name=about(entry), worth=worth(entry))
    return render_template("ledger/new.html", form=form, tabs=[], action=action, corrected=corrected), form.status
