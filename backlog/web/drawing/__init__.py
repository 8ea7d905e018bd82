"""Geometry of charts: values in, SVG marks out. No words of its own, no Flask: captions and labels come formatted.

templates/components/chart.html draws a `Drawing`; static/css/components/chart.css paints its kinds.
"""

from backlog.web.drawing.burndown import Spark, burndown_chart, spark
from backlog.web.drawing.control import control_chart
from backlog.web.drawing.cumulative import cumulative_chart
from backlog.web.drawing.marks import Band, Drawing, Level, Line, Path, Point, Reading, Text
from backlog.web.drawing.plane import Field, place, ticks

__all__ = [
    "Band",
    "Drawing",
    "Field",
    "Level",
    "Line",
    "Path",
    "Point",
    "Reading",
    "Spark",
    "Text",
    "burndown_chart",
    "control_chart",
    "cumulative_chart",
    "place",
    "spark",
    "ticks",
]
