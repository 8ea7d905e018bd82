"""Comments, mentions and attachments on pages."""

from backlog.discussion.pages import attachments, comments, mentions, watches

blueprints = (comments.blueprint, mentions.blueprint, attachments.blueprint, watches.blueprint)
