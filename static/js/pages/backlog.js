// What the list of use cases adds: lines picked together.
import "../pick.js"
