// The sprint board: drag, keys, moves, filters, folds and news. The same rules answer all of them on the server.
import { bindDrag } from "../board-drag.js"
import { bindFilters } from "../board-filter.js"
import { applyFolds, bindFolds } from "../board-fold.js"
import "../board-keys.js"
import { listen } from "../board-live.js"

const board = document.querySelector("[data-board]")
if (board) {
  bindFolds(board)
  bindDrag(board)
  bindFilters(board)
  document.addEventListener("page:changed", () => { bindDrag(board); applyFolds(board) })
  board.addEventListener("pointerdown", (event) => event.target.closest("[data-card]")?.removeAttribute("data-refused"))
  listen(board)
}
