"""Where the pages of projects are registered."""

from flask import Blueprint

blueprint = Blueprint("projects", __name__)
