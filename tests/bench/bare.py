"""The bare page the budgets refer to: Flask, one query, one compiled template, the same cards; and one row updated.

The cards look as the board's own do, drawn by a plain template (cards.html beside this file); nothing else is on the
page: no sign-in, no rights, no language to choose, no menus. Run by path with PORT and BARE_DATABASE (an SQLite file that `fill` made).
"""

import os
import sqlite3
import sys
from pathlib import Path
from typing import NamedTuple

from flask import Flask, render_template
from waitress import serve

TYPES = ("story", "task", "bug", "experiment", "data", "model")
LABELS = ("需求", "任务", "缺陷", "实验", "数据工作", "模型")
ICONS = "/static/icons.svg?v=0123456789ab"


class Card(NamedTuple):
    """A row of the table: what the card's template asks for."""

    id: int
    code: str
    version: int
    type: str
    type_label: str
    title: str
    points: str
    age: str
    may_move: str
    met: int = 0
    total: int = 0
    kpi: int | None = None
    blocked: str = ""
    old: bool = False
    done: bool = False
    overridden: bool = False
    people: tuple[()] = ()


FIELDS = ", ".join(Card._fields[:9])
app = Flask(__name__, template_folder=str(Path(__file__).parent))
app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
app.jinja_env.add_extension("jinja2.ext.i18n")


def connect() -> sqlite3.Connection:
    """A connection as the app has it."""
    line = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None, check_same_thread=False)
    line.execute("PRAGMA journal_mode=WAL")
    line.execute("PRAGMA synchronous=FULL")
    return line


@app.get("/")
def board() -> str:
    """200 cards."""
    line = connect()
    cards = [Card(*row) for row in line.execute(f"SELECT {FIELDS} FROM cards ORDER BY place")]
    line.close()
    return render_template("cards.html", cards=cards, icons=ICONS, cut="")


@app.post("/move")
def move() -> str:
    """One row."""
    line = connect()
    line.execute("BEGIN IMMEDIATE")
    line.execute("UPDATE cards SET place = place + 1 WHERE id = 7")
    line.execute("COMMIT")
    line.close()
    return "ok"


def fill(path: str, count: int) -> None:
    """Make the file with so many cards: those of `data.add_items`."""
    line = sqlite3.connect(path)
    line.execute(
        "CREATE TABLE cards (id INTEGER PRIMARY KEY, code TEXT, version INT, type TEXT, type_label TEXT, title TEXT,"
        " points TEXT, age TEXT, may_move TEXT, place INT)"
    )
    rows = [
        (f"SMALL-{n + 1}", TYPES[n % 6], LABELS[n % 6], f"检测样本复核页第 {n} 版", f"把 SMALL-{n + 1} 移到…", n)
        for n in range(count)
    ]
    line.executemany(
        "INSERT INTO cards (code, type, type_label, title, may_move, place, version, points, age)"
        " VALUES (?, ?, ?, ?, ?, ?, 1, '3 点', '3 天')",
        rows,
    )
    line.commit()
    line.close()


if __name__ == "__main__":
    sys.stderr.write("bare page\n")
    serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=8, _quiet=True)
