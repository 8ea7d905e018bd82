"""Pages about people."""

from backlog.people.pages import account, people, settings, squads, tokens

blueprints = (account.blueprint, tokens.blueprint, people.blueprint, squads.blueprint, settings.blueprint)
