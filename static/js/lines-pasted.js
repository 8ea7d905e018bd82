// [data-lines-offer]: several lines pasted into a field for one are offered as one thing each, by the template it names.
import { fill } from "./words.js"

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("[data-lines-offer]")
  const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/).map((each) => each.trim()).filter(Boolean)
  if (!field || lines.length < 2) return
  event.preventDefault()
  const offer = document.getElementById(field.dataset.linesOffer)
  const shown = offer.content.cloneNode(true)
  shown.querySelector("textarea").value = lines.join("\n")
  for (const each of shown.querySelectorAll("[data-said]")) each.textContent = fill(each.dataset.said, { count: lines.length })
  offer.previousElementSibling.replaceChildren(shown)
  offer.previousElementSibling.querySelector("button").focus()
})

document.addEventListener("click", (event) => {
  const drop = event.target.closest?.("[data-lines-drop]")
  if (!drop) return
  drop.form.querySelector("[data-lines-offer]").focus()
  drop.closest("[aria-live]").replaceChildren()
})
