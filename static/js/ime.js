// Enter that chooses a character in an input method submits, closes and adds nothing.
import { isComposing } from "./fields.js"

let composing = false

function guard(event) {
  if (event.key !== "Enter" && event.key !== "Escape") return
  if (!isComposing(event) && !composing) return
  event.stopImmediatePropagation()
  if (event.key === "Enter") event.preventDefault()
}

addEventListener("compositionstart", () => { composing = true }, true)
addEventListener("compositionend", () => { composing = false }, true)
addEventListener("blur", () => { composing = false }, true)
addEventListener("keydown", guard, true)
addEventListener("submit", (event) => {
  if (!composing) return
  event.preventDefault()
  event.stopImmediatePropagation()
}, true)
