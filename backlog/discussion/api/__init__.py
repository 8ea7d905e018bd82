"""Comments, mentions and attachments in the REST interface."""

from backlog.discussion.api import attachments, comments, mentions, watches

blueprints = (comments.blueprint, mentions.blueprint, attachments.blueprint, watches.blueprint)
