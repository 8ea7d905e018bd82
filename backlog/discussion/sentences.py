"""What discussion's facts say."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {
    "comment.archived": marked("This comment was taken back: show it again first."),
}
FACTS: dict[str, Sentence] = {
    "comment.added": marked("commented"),
    "comment.edited": marked("changed a comment"),
    "comment.archived": marked("took a comment back"),
    "comment.restored": marked("restored a comment"),
}
