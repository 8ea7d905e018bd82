"""create_app(): settings, extensions, the rooms, and the one table of who listens to which fact."""

import os
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from flask import Blueprint

from backlog import config
from backlog.api import door as api_door
from backlog.board import actions as board_actions
from backlog.board import queries as board
from backlog.done import actions as done_actions
from backlog.exchange import queries as exchange
from backlog.journal import actions as journal
from backlog.journal import queries as journal_queries
from backlog.kernel import database, language, shelf
from backlog.kpis import queries as kpis
from backlog.ledger import actions as ledger_actions
from backlog.ledger import queries as ledger
from backlog.ledger import witness
from backlog.lighthouse import actions as lighthouse_actions
from backlog.lighthouse import queries as lighthouse
from backlog.people import queries as people
from backlog.people.secrets import Hashing
from backlog.portfolio import actions as portfolio_actions
from backlog.reviews import queries as reviews
from backlog.sprints import actions as sprint_actions
from backlog.sprints import queries as sprints
from backlog.usecases import queries as use_cases
from backlog.web import (
    assets,
    errors,
    files,
    health,
    locale,
    markdown,
    observe,
    once,
    preferences,
    security,
    shell,
    sign_in,
)
from backlog.web.application import Application, folders

ROOMS = (
    "people",
    "journal",
    "discussion",
    "usecases",
    "kpis",
    "lighthouse",
    "done",
    "board",
    "sprints",
    "ledger",
    "reviews",
    "portfolio",
    "exchange",
    "sample",
    "web",
    "api",
)
LISTENERS: tuple[tuple[str, journal.Listener], ...] = (
    ("baseline.agreed", lighthouse_actions.on_baseline_agreed),
    ("project.started", ledger_actions.keep_promise),
    ("project.agreed_again", ledger_actions.renew_promise),
    ("project.added", done_actions.make_defaults),
    ("project.added", board_actions.make_defaults),
    ("project.stopped", board_actions.on_project_stopped),
    ("item.archived", sprint_actions.on_archived),
    ("item.project_changed", sprint_actions.on_left_project),
    ("item.restored", sprint_actions.on_restored),
)
SUBJECTS: tuple[tuple[str, journal_queries.Visible], ...] = (
    ("user", people.visible_users),
    ("squad", people.visible_squads),
    ("settings", people.visible_to_all),
    ("use_case", use_cases.visible_use_cases),
    ("north_star", use_cases.visible_north_stars),
    ("data_asset", use_cases.visible_data_assets),
    ("scoring_model", use_cases.visible_scoring_models),
    ("view", use_cases.visible_views),
    ("batch", use_cases.visible_batches),
    ("storm", use_cases.storms.visible_storms),
    ("kpi", kpis.visible_kpis),
    ("project", lighthouse.visible_projects),
    ("entry", ledger.visible_entries),
    ("attribution", ledger.visible_attributions),
    ("item", board.visible_items),
    ("column", board.visible_columns),
    ("done_definition", board.visible_definitions),
    ("sprint", sprints.visible_sprints),
    ("review", reviews.visible_reviews),
    ("import", exchange.visible_imports),
)

ARCHIVES: tuple[tuple[str, journal_queries.Living], ...] = (
    ("use_case", use_cases.living_use_cases),
    ("item", board.living_items),
    ("storm", use_cases.storms.living_storms),
)


class LateMigrations:
    """Flask-Migrate, which brings Alembic, once a command asks for it: a server never does."""

    def __init__(self, app: Application) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        migrate = import_module("flask_migrate").Migrate
        migrate(self._app, database.db, directory=str(folders().migrations), compare_type=True)
        return getattr(self._app.extensions["migrate"], name)


def create_app(settings: config.Settings | None = None) -> Application:
    """The application; raises `config.SettingError` where a setting is wrong."""
    settings = config.complete(settings) if settings else config.from_environment(os.environ)
    app = Application("backlog", settings)
    Hashing.choose(settings.cheap_hashes)
    database.db.init_app(app)
    with app.app_context():
        database.prepare_engine(database.db.engine, settings.sqlite_synchronous, settings.busy_seconds)
        witness.keep_beside(database.db.engine, settings.instance)
        shelf.stand_beside(database.db.engine, _shelf(settings))
    app.extensions["migrate"] = LateMigrations(app)
    for room in (observe, security, locale, markdown, assets, files, shell, sign_in, once, preferences, errors, health):
        room.init_app(app)
    _open_rooms(app)
    kpis.ask_scopes(lighthouse.scopes_of_use_cases)
    use_cases.rests_on(use_cases.enabling_of_data)
    for code, listener in LISTENERS:
        journal.listen(code, listener)
    journal.listen_to_all(portfolio_actions.note)
    portfolio_actions.follow()
    for subject_type, visible in SUBJECTS:
        journal_queries.sees_subjects(subject_type, visible)
    for subject_type, living in ARCHIVES:
        journal_queries.archives_subjects(subject_type, living)
    return app


def _shelf(settings: config.Settings) -> shelf.Shelf:
    most, in_all = settings.attachment_kib * 1024, settings.attachments_mib * 1024 * 1024
    limits = shelf.Limits(most, in_all, settings.attachments_each, settings.attachment_kinds)
    return shelf.Shelf(settings.uploads, limits)


def _open_rooms(app: Application) -> None:
    """Let every room teach its sentences, show its pages and answer its part of the API."""
    api = api_door.init_app(app)
    for room in ROOMS:
        _part(room, "models")
        if sentences := _part(room, "sentences"):
            language.learn(sentences.REFUSALS, sentences.FACTS)
        if pages := _part(room, "pages"):
            for each in _blueprints(pages):
                app.register_blueprint(each)
            if rehearse := getattr(pages, "rehearse", None):
                app.rehearsals.append(rehearse)
        if resources := _part(room, "api"):
            for each in _blueprints(resources):
                api.register_blueprint(each)


def _blueprints(part: ModuleType) -> tuple[Blueprint, ...]:
    """What a pages or api module shows: its `blueprints`, or its one `blueprint`."""
    found: tuple[Blueprint, ...] = getattr(part, "blueprints", ()) or (part.blueprint,)
    return found


def _part(room: str, word: str) -> ModuleType | None:
    name = f"backlog.{room}.{word}"
    spec = find_spec(name)
    return import_module(name) if spec is not None and spec.origin is not None else None
