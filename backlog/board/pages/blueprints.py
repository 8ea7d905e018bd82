"""The two blueprints: the board of a project, and single items."""

from flask import Blueprint

board = Blueprint("board", __name__)
item = Blueprint("items", __name__)
