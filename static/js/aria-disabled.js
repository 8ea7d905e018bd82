// A refused button can be reached and explained, but does nothing; the sentence beside it is read again.
import { announce } from "./words.js"

addEventListener("click", (event) => {
  const button = event.target.closest?.("[aria-disabled=true]")
  if (!button) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const reason = document.getElementById(button.getAttribute("aria-describedby") ?? "")
  if (reason) announce(reason.textContent.trim())
}, true)
