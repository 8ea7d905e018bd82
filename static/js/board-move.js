// One move: the hidden form's fields, sent; the card stays when the server agrees, and goes home when it does not.
import { post, secondsOf } from "./patient.js"
import { announce, ask, word } from "./words.js"
import { facts, focusCard, isAt, laneOf, nextCard, placeOf, previousCard, put, putBack, say } from "./board-place.js"

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
  const answer = await sent(card, wanted).catch(() => null)
  card.removeAttribute("aria-busy")
  if (answer === null || secondsOf(answer)) return lost(card, wanted, home, answer ? "busy" : "offline")
  const html = await answer.text()
  if (answer.ok) {
    ask("swap", html)
    const now = document.getElementById(id)
    announce(say("moved", now ? facts(now) : spoken))
  } else refused(card, home, html)
}

function sent(card, wanted) {
  const form = document.querySelector("[data-move-form]")
  const body = new URLSearchParams(new FormData(form))
  body.set("column_id", wanted.column)
  body.set("before_id", wanted.before)
  body.set("after_id", wanted.after)
  body.set("version", card.dataset.version)
  body.delete("once")
  const address = form.getAttribute("action").replace("{code}", encodeURIComponent(card.dataset.code))
  return post(address, body, { "HX-Request": "true", "HX-Current-URL": location.href, Accept: "text/html" })
}

function refused(card, home, html) {
  putBack(card, home)
  card.setAttribute("data-refused", "")
  focusCard(card)
  ask("swap", html)
  const told = document.querySelector("#dialogs dialog:modal h2") ?? document.querySelector("[data-toast]:last-child span")
  const reason = told?.textContent.trim() ?? ""
  announce(say("refused", { title: card.dataset.title, reason }))
}

function lost(card, wanted, home, why) {
  putBack(card, home)
  const sentence = say(why, facts(card))
  ask("toast", { text: sentence, tone: "broken", act: word("retry"), onAct: () => { put(card, wanted); send(card, home) } })
  announce(sentence)
}
