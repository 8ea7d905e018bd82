"""The bare page the budgets refer to: Flask, one query, one compiled template, the same cards; and one row updated.

Run by path with PORT and BARE_DATABASE (an SQLite file that `fill` made).
"""

import os
import sqlite3
import sys

from flask import Flask, render_template_string
from waitress import serve

PAGE = """<!doctype html><title>bare</title><main>{% for item in items %}<li class="card" id="item-{{ item.id }}">
<header><span class="code">{{ item.code }}</span><span class="points">{{ item.points }}</span></header>
<h3><a href="/items/{{ item.code }}">{{ item.title }}</a></h3><footer>{{ item.met }}/{{ item.total }}</footer></li>{% endfor %}</main>"""

app = Flask(__name__)


def connect() -> sqlite3.Connection:
    """A connection as the app has it."""
    line = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None, check_same_thread=False)
    line.execute("PRAGMA journal_mode=WAL")
    line.execute("PRAGMA synchronous=FULL")
    line.row_factory = sqlite3.Row
    return line


@app.get("/")
def board() -> str:
    """200 cards."""
    line = connect()
    rows = line.execute("SELECT id, code, title, points, met, total FROM cards ORDER BY place").fetchall()
    line.close()
    return render_template_string(PAGE, items=rows)


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
    """Make the file with so many cards."""
    line = sqlite3.connect(path)
    line.execute(
        "CREATE TABLE cards (id INTEGER PRIMARY KEY, code TEXT, title TEXT, points REAL, met INT, total INT, place INT)"
    )
    rows = [(f"AIQC-{n}", f"检测样本复核页第 {n} 版", 3.0, n % 5, 5, n) for n in range(count)]
    line.executemany("INSERT INTO cards (code, title, points, met, total, place) VALUES (?, ?, ?, ?, ?, ?)", rows)
    line.commit()
    line.close()


if __name__ == "__main__":
    sys.stderr.write("bare page\n")
    serve(app, host="127.0.0.1", port=int(os.environ["PORT"]), threads=8, _quiet=True)
