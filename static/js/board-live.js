// News of others: [data-live-url] is asked every two seconds while the page is seen. 204 = nothing new;
// else fragments, and the header X-Since to ask from next. What a person holds waits for the next round.
import { isTyping } from "./fields.js"
import { ask as tell } from "./words.js"

const PAUSE = 2000
let pressed = false

export function listen(board) {
  if (!board.dataset.liveUrl) return
  board.addEventListener("pointerdown", () => { pressed = true })
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { pressed = false }, true)
  setInterval(() => { if (document.visibilityState === "visible") ask(board) }, PAUSE)
}

async function ask(board) {
  if (isHeld(board)) return
  const address = new URL(board.dataset.liveUrl, location.href)
  address.searchParams.set("since", board.dataset.since ?? "")
  const answer = await fetch(address, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null)
  if (!answer?.ok || answer.status === 204) return
  const html = await answer.text()
  if (isHeld(board) || wouldSlip(board, html)) return
  board.dataset.since = answer.headers.get("X-Since") ?? board.dataset.since ?? ""
  tell("swap", html)
}

/** Whether the news would take the card from under the pointer: then they wait until it has gone on. */
function wouldSlip(board, html) {
  const card = board.querySelector("[data-card]:hover")
  if (!card || matchMedia("(hover: none)").matches) return false
  const news = document.createElement("template")
  news.innerHTML = html
  const fresh = news.content.getElementById(card.id)
  return !fresh || placeOf(fresh) !== placeOf(card)
}

function placeOf(card) {
  return `${card.closest("[data-column-id]").id} ${[...card.parentElement.children].indexOf(card)}`
}

/** Whether a person holds something of it: presses it, drags it, types in it, has it lifted. */
function isHeld(element) {
  const inside = "[data-lifted], .is-ghost, .is-moving, [aria-busy=true]"
  if (pressed || element.querySelector(inside)) return true
  return isTyping(document.activeElement) && element.contains(document.activeElement)
}
