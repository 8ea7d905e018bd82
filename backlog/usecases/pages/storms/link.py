"""The join link as whoever leads sees it: its address, its QR code, until when."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, url_for
from markupsafe import Markup

from backlog.usecases import queries
from backlog.usecases.forms.storms import LinkForm
from backlog.usecases.models import Storm

HOURS = 24


@dataclass(frozen=True)
class LinkView:
    """A link in force, or the form that opens one."""

    url: str
    qr: Markup
    expires_at: datetime | None
    form: LinkForm


def link_view(storm: Storm, form: LinkForm | None = None) -> LinkView:
    """The link of a storm; without one its address is empty."""
    if form is None:
        form = LinkForm(formdata=None)
        form.hours.data = HOURS
    link = queries.storms.link_of(storm.id)
    if link is None:
        return LinkView("", Markup(), None, form)
    token = queries.storms.token_of(link.seed, key())
    url = url_for("guests.join", token=token, _external=True)
    return LinkView(url, qr(url), link.expires_at, form)


def key() -> str:
    """What tokens are made with."""
    return str(current_app.config["SECRET_KEY"])


def qr(text: str) -> Markup:
    """A QR code as a picture in the page; it needs no style, so that the page's policy holds."""
    import segno  # noqa: PLC0415 - only who leads a storm needs it

    drawn = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, dark="#000", light="#fff", border=2)
    return Markup(drawn)  # noqa: S704 - paths of numbers alone
