"""The one blueprint of imports and exports."""

from flask import Blueprint

blueprint = Blueprint("exchange", __name__)
