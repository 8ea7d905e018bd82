"""The `backlog` command."""

import gc
import sys

gc.disable()  # what is imported stays: nothing to collect before the program runs

import click  # noqa: E402
from flask.cli import FlaskGroup  # noqa: E402

from backlog import cli  # noqa: E402
from backlog.app import create_app  # noqa: E402
from backlog.config import SettingError  # noqa: E402


def main() -> None:
    """Check the settings, then run the command asked for."""
    try:
        app = create_app()
        cli.init_app(app, schema=sys.argv[1:2] == ["db"])
    except SettingError as error:
        click.echo(f"backlog: {error}", err=True)
        sys.exit(2)
    if sys.argv[1:2] != ["serve"]:  # which enables it once it is ready
        gc.enable()
    FlaskGroup(create_app=lambda: app, add_version_option=False)(prog_name="backlog")


if __name__ == "__main__":
    main()
