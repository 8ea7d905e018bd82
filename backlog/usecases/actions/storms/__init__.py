"""The verbs of a use-case storm."""

from backlog.usecases.actions.storms.closing import close
from backlog.usecases.actions.storms.corrections import edit_idea, restore_idea, withdraw_idea
from backlog.usecases.actions.storms.dots import give_dot, take_dot
from backlog.usecases.actions.storms.ideas import add_idea, merge_ideas, part_idea, set_theme
from backlog.usecases.actions.storms.links import admit, open_link, revoke_link
from backlog.usecases.actions.storms.prepare import archive, edit, prepare, restore
from backlog.usecases.actions.storms.rounds import give_marks, open_round, reveal
from backlog.usecases.actions.storms.seats import take_seat
from backlog.usecases.actions.storms.steps import step

__all__ = [
    "add_idea",
    "admit",
    "archive",
    "close",
    "edit",
    "edit_idea",
    "give_dot",
    "give_marks",
    "merge_ideas",
    "open_link",
    "open_round",
    "part_idea",
    "prepare",
    "restore",
    "restore_idea",
    "reveal",
    "revoke_link",
    "set_theme",
    "step",
    "take_dot",
    "take_seat",
    "withdraw_idea",
]
