// One move: the hidden form's fields, sent; the card stays when the server agrees, and goes home when it does not.
import { announce } from "./words.js"
import { toast } from "./toast.js"
import { facts, focusCard, isAt, laneOf, nextCard, placeOf, previousCard, putBack, say } from "./board-place.js"
import { swap } from "./board-swap.js"

let line = Promise.resolve()

/** Send where a card stands now; `home` is where it came from. Moves go one after another, so that each knows its version. */
export function send(card, home) {
  if (isAt(card, home)) return
  const wanted = { ...placeOf(card), column: laneOf(card).dataset.columnId, before: nextCard(card)?.dataset.itemId ?? "", after: previousCard(card)?.dataset.itemId ?? "" }
  const spoken = facts(card)
  card.setAttribute("aria-busy", "true")
  line = line.then(() => deliver(card.id, wanted, home, spoken))
}

async function deliver(id, wanted, home, spoken) {
  const card = document.getElementById(id)
  if (!card) return
  const answer = await post(card, wanted).catch(() => null)
  card.removeAttribute("aria-busy")
  if (answer === null) return lost(card, home)
  const html = await answer.text()
  if (answer.ok) {
    swap(html)
    announce(say("moved", spoken))
  } else refused(card, home, html)
}

function post(card, wanted) {
  const form = document.querySelector("[data-move-form]")
  const body = new URLSearchParams(new FormData(form))
  body.set("column_id", wanted.column)
  body.set("before_id", wanted.before)
  body.set("after_id", wanted.after)
  body.set("version", card.dataset.version)
  const address = form.getAttribute("action").replace("{code}", encodeURIComponent(card.dataset.code))
  return fetch(address, { method: "POST", body, headers: { "HX-Request": "true", Accept: "text/html" } })
}

function refused(card, home, html) {
  putBack(card, home)
  card.setAttribute("data-refused", "")
  focusCard(card)
  swap(html)
  const told = document.querySelector("#dialogs dialog:modal h2") ?? document.querySelector("[data-toast]:last-child span")
  const reason = told?.textContent.trim() ?? ""
  announce(say("refused", { title: card.dataset.title, reason }))
}

function lost(card, home) {
  putBack(card, home)
  const sentence = say("offline", facts(card))
  toast(sentence, { tone: "broken" })
  announce(sentence)
}
