"""People in the REST interface."""

from backlog.people.api import me, settings, squads, users

blueprints = (me.blueprint, users.blueprint, settings.blueprint, squads.blueprint)
