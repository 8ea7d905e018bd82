"""What is said when the sample can't be loaded."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {
    "sample.not_empty": marked("There are people here already; the sample is for an empty installation."),
}
FACTS: dict[str, Sentence] = {
    "sample.loaded": marked("loaded the sample portfolio"),
}
