// Filters act at once: the lanes are asked for again, the address follows, the field stays in use.
import { ask } from "./words.js"

const PAUSE = 250
let timer = 0

export function bindFilters(board) {
  const form = document.querySelector("[data-board-filter]")
  if (!form) return
  form.addEventListener("change", () => apply(board, form))
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(board, form) })
  form.addEventListener("input", (event) => {
    if (event.target.name === "tag") return
    clearTimeout(timer)
    timer = setTimeout(() => apply(board, form), PAUSE)
  })
}

async function apply(board, form) {
  clearTimeout(timer)
  const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()))
  const address = `${form.getAttribute("action")}?${chosen}`
  const answer = await fetch(address, { headers: { "HX-Request": "true", "X-Parts": "true", Accept: "text/html" } }).catch(() => null)
  if (!answer?.ok) return form.submit()
  history.replaceState(history.state, "", address)
  board.dataset.liveUrl = answer.headers.get("X-Live") ?? board.dataset.liveUrl
  ask("swap", await answer.text())
}
