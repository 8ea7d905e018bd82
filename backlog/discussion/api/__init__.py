"""Comments, mentions and attachments in the REST interface."""

from backlog.discussion.api import attachments, comments, mentions

blueprints = (comments.blueprint, mentions.blueprint, attachments.blueprint)
