// Keys: ? lists them, Ctrl/⌘ K searches, [data-key] presses or follows, J and K walk [data-rows]. Off while typing; letters can be switched off.
import { open } from "./dialog.js"
import { isComposing, isTyping } from "./fields.js"
import { search } from "./search.js"

const OFF = "dengta.letters-off"

function lettersOff() {
  return localStorage.getItem(OFF) === "yes"
}

function within() {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? document
}

function listKeys() {
  const dialog = document.getElementById("keys")
  const row = dialog.querySelector("[data-key-row]")
  dialog.querySelectorAll("[data-listed]").forEach((old) => old.remove())
  for (const bound of document.querySelectorAll("[data-key]:not(dialog *)")) {
    const made = row.content.firstElementChild.cloneNode(true)
    made.dataset.listed = ""
    made.querySelector("kbd").textContent = bound.dataset.key.toUpperCase()
    made.querySelector("dd").textContent = bound.getAttribute("aria-label") ?? labelOf(bound)
    row.before(made)
  }
  dialog.querySelector("[data-letters-off]").checked = lettersOff()
  open(dialog)
}

function labelOf(bound) {
  const copy = bound.cloneNode(true)
  copy.querySelectorAll("kbd, svg").forEach((part) => part.remove())
  return copy.textContent.trim()
}

function walk(step) {
  const links = [...within().querySelectorAll("[data-rows] [data-row-link], [data-card] h3 a")]
  const now = links.indexOf(document.activeElement)
  const next = links[now < 0 ? (step > 0 ? 0 : links.length - 1) : now + step]
  next?.focus()
  return next !== undefined
}

function press(letter) {
  const bound = within().querySelector(`[data-key="${CSS.escape(letter)}"]`)
  if (bound) bound.matches("input, select, textarea") ? bound.focus() : bound.click()
  else if (letter === "j") return walk(1)
  else if (letter === "k") return walk(-1)
  return bound !== null
}

addEventListener("keydown", (event) => {
  if (isComposing(event) || event.defaultPrevented) return
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return search() && event.preventDefault()
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || isTyping(event.target) || lettersOff()) return
  if (event.key === "?") listKeys()
  else if (!press(event.key.toLowerCase())) return
  event.preventDefault()
})

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-letters-off]")) localStorage.setItem(OFF, event.target.checked ? "yes" : "no")
})
