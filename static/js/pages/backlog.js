// What the list of use cases adds: lines typed in a row, picked together, pasted.
import "../in-turn.js"
import "../pick.js"
import "../lines-pasted.js"
