"""The `backlog` command."""

import sys

import click
from flask.cli import FlaskGroup

from backlog import cli
from backlog.app import create_app
from backlog.config import SettingError


def main() -> None:
    """Check the settings, then run the command asked for."""
    try:
        app = create_app()
        cli.init_app(app)
    except SettingError as error:
        click.echo(f"backlog: {error}", err=True)
        sys.exit(2)
    FlaskGroup(create_app=lambda: app, add_version_option=False)(prog_name="backlog")


if __name__ == "__main__":
    main()
