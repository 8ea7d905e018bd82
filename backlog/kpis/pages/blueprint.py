"""Where the pages of KPIs are registered."""

from flask import Blueprint

blueprint = Blueprint("kpis", __name__)
