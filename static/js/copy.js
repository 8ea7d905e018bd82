// [data-copy="text"] takes a text to the clipboard and says so on the button itself.
import { announce } from "./words.js"

function reveal() {
  if (!navigator.clipboard) return
  document.querySelectorAll("[data-copy][hidden]").forEach((button) => { button.hidden = false })
}

addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]")
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy)
  const words = button.lastChild
  const before = words.textContent
  words.textContent = button.dataset.copied
  announce(button.dataset.copied)
  setTimeout(() => { words.textContent = before }, 2000)
})
document.addEventListener("page:changed", reveal)
reveal()
