// What the list of use cases adds: lines picked together, lines pasted.
import "../pick.js"
import "../lines-pasted.js"
