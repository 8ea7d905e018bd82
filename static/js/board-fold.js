// A column can be folded; this device remembers which, a project at a time.
function keyOf(board) {
  return `dengta.folded.${board.dataset.board}`
}

function folded(board) {
  return JSON.parse(localStorage.getItem(keyOf(board)) ?? JSON.stringify(board.dataset.folded?.split(",") ?? []))
}

export function applyFolds(board) {
  const ids = folded(board)
  for (const lane of board.querySelectorAll("[data-column-id]")) {
    const isFolded = ids.includes(lane.dataset.columnId)
    lane.toggleAttribute("data-folded", isFolded)
    const button = lane.querySelector("[data-fold]")
    button.hidden = false
    button.setAttribute("aria-expanded", String(!isFolded))
  }
}

export function bindFolds(board) {
  applyFolds(board)
  board.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fold]")
    if (!button) return
    const id = button.closest("[data-column-id]").dataset.columnId
    const ids = folded(board)
    localStorage.setItem(keyOf(board), JSON.stringify(ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]))
    applyFolds(board)
  })
}
