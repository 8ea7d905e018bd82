// Lines picked by their boxes: X or Space picks the line in focus, with Shift all from the last one; the bar says how many.
import { isTyping, isComposing } from "./fields.js"
import { fill } from "./words.js"

const barShown = () => document.querySelector("[data-pick-bar]")
const boxes = () => [...document.querySelectorAll(".pick input")]
let last = null

function say() {
  const bar = barShown()
  if (!bar) return
  const picked = boxes().filter((box) => box.checked)
  const weeks = picked.reduce((sum, box) => sum + Number(box.dataset.weeks), 0)
  const shown = weeks.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })
  bar.querySelector("[data-pick-count]").textContent = fill(bar.dataset.said, { count: picked.length, weeks: shown })
}

function pick(box, isRange) {
  const all = boxes()
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((one, other) => one - other)
  if (isRange && from >= 0) all.slice(from, to + 1).forEach((each) => { each.checked = box.checked })
  last = box
  say()
}

function rowOf(event) {
  const box = event.target.closest?.("[data-rows] tr")?.querySelector(".pick input")
  return box && !event.target.matches("input, button, select, textarea") ? box : null
}

function onKey(event) {
  if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (event.key !== " " && event.key.toLowerCase() !== "x") return
  if (event.key !== " " && localStorage.getItem("dengta.letters-off") === "yes") return
  const box = rowOf(event)
  if (!box) return
  event.preventDefault()
  box.checked = event.shiftKey && last ? last.checked : !box.checked
  pick(box, event.shiftKey)
}

document.addEventListener("keydown", onKey)
document.addEventListener("click", (event) => { if (event.target.matches(".pick input")) pick(event.target, event.shiftKey) })
document.addEventListener("reset", (event) => {
  if (event.target !== barShown()) return
  last = null
  setTimeout(say)
})
document.addEventListener("page:changed", say)
say()
