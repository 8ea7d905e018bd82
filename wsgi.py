"""The application for any WSGI server: `wsgi:app`."""

from backlog import create_app

app = create_app()
