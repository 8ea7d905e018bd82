"""The application for any WSGI server: `wsgi:app`."""

from backlog import cli, create_app

app = create_app()
cli.init_app(app)
