"""What reviews' refusals and facts say."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {
    "review.archived": marked("This review is archived: restore it first."),
    "review.sprint_or_project": marked("Name a sprint or a project, one of the two."),
}
FACTS: dict[str, Sentence] = {
    "review.added": marked("planned a review"),
    "review.edited": marked("moved a review"),
    "review.archived": marked("archived a review"),
    "review.restored": marked("restored a review"),
    "review.feedback_given": marked("gave feedback"),
    "review.decided": marked("wrote a decision down: %(decision)s"),
}
