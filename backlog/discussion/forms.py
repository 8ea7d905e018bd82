"""The forms of comments and attachments."""

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage

from backlog.discussion.actions import LONGEST
from backlog.kernel.codes import read_id
from backlog.kernel.language import marked
from backlog.web.fields import HiddenField, prose, refuse
from backlog.web.forms import PageForm


class AboutForm(PageForm):
    """A form about a thing, and the page it stands on."""

    next = HiddenField()
    subject_type = HiddenField()
    subject_id = HiddenField()

    @property
    def subject(self) -> tuple[str, int]:
        """The thing; of number 0, which nothing has, where the form names none."""
        return str(self.subject_type.data or ""), read_id(self.subject_id.data) or 0


class CommentForm(PageForm):
    """What is said, and the page it is said on."""

    text = prose(marked("Comment"), most=LONGEST, needed=True)
    next = HiddenField()


class NewCommentForm(AboutForm):
    """And about which thing."""

    text = prose(marked("Comment"), most=LONGEST, needed=True)


class AttachmentForm(AboutForm):
    """Files, and the thing they shall lie by."""

    file = MultipleFileField(marked("Files"))

    @property
    def sent(self) -> list[FileStorage]:
        """The files that came."""
        return [each for each in self.file.data or [] if isinstance(each, FileStorage) and each.filename]

    def validate_file(self, field: MultipleFileField) -> None:
        """Something must have come."""
        if not self.sent:
            raise refuse("attachment.none")
