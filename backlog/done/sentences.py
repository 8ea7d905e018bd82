"""What Definitions of Done say."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {}
FACTS: dict[str, Sentence] = {
    "done_definition.defined": marked("made version %(number)s of a Definition of Done"),
}
