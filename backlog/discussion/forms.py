"""The form of a comment."""

from backlog.discussion.actions import LONGEST
from backlog.kernel.language import marked
from backlog.web.fields import HiddenField, prose
from backlog.web.forms import PageForm


class CommentForm(PageForm):
    """What is said, and the page it is said on."""

    text = prose(marked("Comment"), most=LONGEST, needed=True)
    next = HiddenField()


class NewCommentForm(CommentForm):
    """And about which thing."""

    subject_type = HiddenField()
    subject_id = HiddenField()

    @property
    def subject(self) -> tuple[str, int]:
        """The thing; number 0, which nothing has, where the field holds none."""
        number = str(self.subject_id.data or "")
        return str(self.subject_type.data or ""), int(number) if number.isascii() and number.isdecimal() and len(
            number
        ) < 19 else 0
