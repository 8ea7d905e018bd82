// The review room: [data-presenter] shows one [data-slide] at a time; arrows and clickers turn, F fills the screen. Without script all slides stand below each other.
import { isTyping } from "./fields.js"
import { announce } from "./words.js"

const FORTH = ["ArrowRight", "ArrowDown", "PageDown"]
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"]
const room = document.querySelector("[data-presenter]")
const slides = room ? [...room.querySelectorAll("[data-slide]")] : []

function at() {
  return Math.max(0, slides.findIndex((slide) => "#" + slide.id === location.hash))
}

function show() {
  slides.forEach((slide, index) => { slide.hidden = index !== at() })
  const place = `${at() + 1} / ${slides.length}`
  for (const label of room.querySelectorAll("[data-slide-place]")) label.textContent = place
  announce(place)
}

function turn(step) {
  const next = slides[at() + step]
  if (!next) return
  history.replaceState(history.state, "", "#" + next.id)
  show()
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen()
  else room.requestFullscreen()
}

function onKey(event) {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog:modal")) return
  if (FORTH.includes(event.key)) turn(1)
  else if (BACK.includes(event.key)) turn(-1)
  else if (event.key === "f") fill()
  else return
  event.preventDefault()
}

if (slides.length) {
  addEventListener("keydown", onKey)
  addEventListener("hashchange", show)
  room.addEventListener("click", (event) => {
    const button = event.target.closest("[data-turn], [data-fullscreen]")
    if (!button) return
    event.preventDefault()
    if (button.hasAttribute("data-fullscreen")) fill()
    else turn(Number(button.dataset.turn))
  })
  room.querySelectorAll("[data-turn][hidden], [data-fullscreen][hidden]").forEach((button) => { button.hidden = false })
  show()
}
