// Drag by mouse and touch (long press; a swipe scrolls). Full lanes say so while a card hangs over them.
import Sortable, { AutoScroll } from "sortablejs/modular/sortable.core.esm.js"
import { laneOf, placeOf } from "./board-place.js"
import { send } from "./board-move.js"

Sortable.mount(new AutoScroll())

let home = null

export function bindDrag(board) {
  for (const list of board.querySelectorAll("[data-cards]:not([data-bound])")) {
    list.setAttribute("data-bound", "")
    Sortable.create(list, options(board))
  }
}

function options(board) {
  return {
    group: "cards",
    sort: !board.hasAttribute("data-ordered"), // its order is a rank, not a place
    draggable: "[data-card]",
    filter: ".chip, button, details, input, select, textarea",
    preventOnFilter: false,
    forceFallback: true,
    fallbackOnBody: true,
    fallbackTolerance: 5,
    invertSwap: true,
    fallbackClass: "is-moving",
    ghostClass: "is-ghost",
    delay: 280,
    delayOnTouchOnly: true,
    touchStartThreshold: 6,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
    scrollSensitivity: 80,
    onStart: ({ item }) => start(item),
    onEnd: ({ item }) => end(item),
  }
}

function start(card) {
  card.closest("[data-board]").setAttribute("data-dragging", "")
  home = placeOf(card)
  card.removeAttribute("data-refused")
  for (const lane of card.closest("[data-board]").querySelectorAll("[data-column-id]")) {
    if (lane !== laneOf(card)) lane.dataset.drop = lane.querySelector("header:is([data-full], [data-closed])") ? "no" : "yes"
  }
}

function end(card) {
  document.querySelector("[data-dragging]")?.removeAttribute("data-dragging")
  document.querySelectorAll("[data-column-id][data-drop]").forEach((lane) => lane.removeAttribute("data-drop"))
  send(card, home)
}
