"""The application for any WSGI server: `wsgi:app`; for `flask --app wsgi` with the commands of the schema."""

import click

from backlog import cli, create_app

app = create_app()
cli.init_app(app, schema=click.get_current_context(silent=True) is not None)
