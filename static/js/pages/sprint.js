// A sprint: its chart, and its planning by dragging.
import "../chart-toggle.js"
import "../plan.js"
