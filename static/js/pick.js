// Lines picked by their boxes: X or Space picks the line in focus, with Shift all from the last one, the box of the head all of its
// table; the bar says how many.
import { isTyping, isComposing } from "./fields.js"
import { fill } from "./words.js"

const barShown = () => document.querySelector("[data-pick-bar]")
const boxes = () => [...document.querySelectorAll(".pick input[name]")]
let last = null

function sayAll(all) {
  const own = [...all.closest("table").querySelectorAll(".pick input[name]")]
  const picked = own.filter((box) => box.checked).length
  all.closest("label").hidden = false
  all.checked = picked > 0 && picked === own.length
  all.indeterminate = picked > 0 && picked < own.length
}

function say() {
  const bar = barShown()
  if (!bar) return
  document.querySelectorAll("[data-pick-all]").forEach(sayAll)
  const picked = boxes().filter((box) => box.checked)
  const weeks = picked.reduce((sum, box) => sum + Number(box.dataset.weeks), 0)
  const shown = weeks.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })
  bar.querySelector("[data-pick-count]").textContent = fill(shown === "1" ? bar.dataset.saidOne : bar.dataset.said, { count: picked.length, weeks: shown })
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
document.addEventListener("click", (event) => { if (event.target.matches(".pick input[name]")) pick(event.target, event.shiftKey) })
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick-all]")) return
  for (const box of event.target.closest("table").querySelectorAll(".pick input[name]")) box.checked = event.target.checked
  say()
})
document.addEventListener("reset", (event) => {
  if (event.target !== barShown()) return
  last = null
  setTimeout(say)
})
document.addEventListener("page:changed", say)
say()
