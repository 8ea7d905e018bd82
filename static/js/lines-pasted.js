// [data-lines-offer]: several lines pasted into a field for one are offered as one thing each, by the template it names.
// A list's marks are not part of its lines; columns of a spreadsheet stand one behind the other.
import { fill } from "./words.js"

const MARK = /^(?:[-*+•·▪◦–]\s+|[•·▪◦]|\(?\d{1,3}[.)]\s+|\d{1,3}[、．]|[（(]\d{1,3}[）)])\s*/

function linesOf(text) {
  const lines = text.split(/\r?\n/).map((each) => each.split("\t").map((cell) => cell.trim()).filter(Boolean).join(" · ")).filter(Boolean)
  return lines.every((each) => MARK.test(each)) ? lines.map((each) => each.replace(MARK, "")).filter(Boolean) : lines
}

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("[data-lines-offer]")
  const lines = linesOf(event.clipboardData?.getData("text/plain") ?? "")
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
