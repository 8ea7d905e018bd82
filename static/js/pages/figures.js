// Pages with drawings.
import "../chart-toggle.js"
