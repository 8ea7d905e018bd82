"""What discussion's facts say."""

from typing import Any

from flask_babel import gettext

from backlog.kernel.language import Sentence, marked

KINDS = {
    "picture": marked("Pictures"),
    "pdf": marked("PDF files"),
    "office": marked("Office files"),
    "archive": marked("Packed files"),
    "text": marked("Text files"),
    "program": marked("Programs"),
    "other": marked("Files of this kind"),
}


def _wrong_kind(facts: dict[str, Any]) -> str:
    kind = KINDS.get(str(facts.get("kind")), KINDS["other"])
    return str(gettext("%(kind)s are not taken here: “%(name)s”.", kind=kind, name=facts.get("name", "")))


REFUSALS: dict[str, Sentence] = {
    "comment.most_called": marked("No more than %(most)s people can be called in one comment."),
    "attachment.archived": marked("This attachment was taken away: bring it back first."),
    "attachment.subject_archived": marked("What is archived takes no attachments until it is restored."),
    "attachment.none": marked("Choose a file first."),
    "attachment.empty": marked("The file is empty."),
    "attachment.too_large": marked("A file may have %(most)s at most."),
    "attachment.too_many": marked("There are %(most)s attachments here already: take some away first."),
    "attachment.no_room": marked("All attachments together may have %(most)s, and that is used up."),
    "attachment.kind": _wrong_kind,
    "comment.archived": marked("This comment was taken back: show it again first."),
}
FACTS: dict[str, Sentence] = {
    "attachment.added": marked("attached “%(name)s”"),
    "attachment.archived": marked("took the attachment “%(name)s” away"),
    "attachment.restored": marked("brought the attachment “%(name)s” back"),
    "watch.begun": marked("watches this from now on"),
    "watch.stopped": marked("watches this no more"),
    "comment.added": marked("commented"),
    "comment.edited": marked("changed a comment"),
    "comment.archived": marked("took a comment back"),
    "comment.restored": marked("restored a comment"),
}
