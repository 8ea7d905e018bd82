// Space picks a card up, arrows move it, Space drops it, Esc puts it back; each step is said.
import { announce } from "./words.js"
import { isComposing } from "./fields.js"
import { cardsOf, facts, focusCard, laneOf, nextCard, placeOf, previousCard, put, say } from "./board-place.js"
import { send } from "./board-move.js"

let lifted = null
let home = null

const STEPS = { ArrowUp: up, ArrowDown: down, ArrowLeft: () => across(-1), ArrowRight: () => across(1) }

function lift(card) {
  lifted = card
  home = placeOf(card)
  card.setAttribute("data-lifted", "")
  announce(say("picked", facts(card)))
}

function settle() {
  lifted.removeAttribute("data-lifted")
  const card = lifted
  lifted = null
  return card
}

function drop() {
  const card = settle()
  announce(say("moved", facts(card)))
  send(card, home)
}

function back() {
  const card = settle()
  put(card, home)
  focusCard(card)
  announce(say("back", facts(card)))
}

const isOrdered = () => lifted.closest("[data-ordered]") !== null

function up() {
  if (isOrdered()) return
  previousCard(lifted)?.before(lifted)
}

function down() {
  if (isOrdered()) return
  nextCard(lifted)?.after(lifted)
}

function across(step) {
  const lanes = [...lifted.closest("[data-board]").querySelectorAll("[data-column-id]")]
  const list = lanes[lanes.indexOf(laneOf(lifted)) + step]?.querySelector("[data-cards]")
  if (!list) return
  const place = cardsOf(lifted.parentElement).indexOf(lifted)
  put(lifted, { list, next: cardsOf(list)[place] ?? null })
}

function onKey(event) {
  if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return
  const card = event.target.closest?.("[data-card]")
  if (!lifted) {
    if (event.key !== " " || !card || !event.target.matches("h3 a, [data-card]")) return
    lift(card)
  } else if (event.key === " " || event.key === "Enter") drop()
  else if (event.key === "Escape" || event.key === "Tab") back()
  else if (STEPS[event.key]) {
    STEPS[event.key]()
    focusCard(lifted)
    lifted.scrollIntoView({ block: "nearest", inline: "nearest" })
    announce(say("over", facts(lifted)))
  } else return
  if (event.key !== "Tab") event.preventDefault()
  event.stopPropagation()
}

document.querySelector("[data-board]")?.addEventListener("keydown", onKey)
