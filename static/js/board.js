// The sprint board: drag, keys, moves and news. The same rules answer all of them on the server.
import { bindDrag } from "./board-drag.js"
import "./board-keys.js"
import { listen } from "./board-live.js"

const board = document.querySelector("[data-board]")
if (board) {
  bindDrag(board)
  document.addEventListener("page:changed", () => bindDrag(board))
  board.addEventListener("pointerdown", (event) => event.target.closest("[data-card]")?.removeAttribute("data-refused"))
  listen(board)
}
