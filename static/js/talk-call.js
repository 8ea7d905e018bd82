// [data-calls]: after an @ the people who can see the thing are offered; arrows choose, Enter takes, Escape lets be.
import { isComposing } from "./fields.js"

const CALL = /(?<![A-Za-z0-9._%+-])[@＠]([^\s@＠]{0,30})$/
let list = null
let asked = null

function wordsBefore(field) {
  return CALL.exec(field.value.slice(0, field.selectionStart))
}

async function offer(field) {
  const call = wordsBefore(field)
  const about = field.closest("[data-talk]")
  if (!call || !about) return shut()
  asked?.abort()
  asked = new AbortController()
  const { people, kind, number } = about.dataset
  const url = `${people}?${new URLSearchParams({ subject_type: kind, subject_id: number, q: call[1] })}`
  const answer = await fetch(url, { signal: asked.signal }).catch(() => null)
  if (answer?.ok) show(field, await answer.text())
}

function show(field, html) {
  shut()
  if (!html.trim() || !wordsBefore(field) || document.activeElement !== field) return
  list = Object.assign(document.createElement("ul"), { className: "callable", id: `${field.id}-people`, innerHTML: html })
  list.setAttribute("role", "listbox")
  list.setAttribute("aria-label", field.labels[0]?.textContent ?? "")
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault()
    const one = event.target.closest("[data-handle]")
    if (one) take(field, one)
  })
  field.after(list)
  field.setAttribute("aria-controls", list.id)
  choose(field, list.firstElementChild)
}

function choose(field, one) {
  for (const each of list.children) each.setAttribute("aria-selected", String(each === one))
  field.setAttribute("aria-activedescendant", one.id)
}

function take(field, one) {
  const call = wordsBefore(field)
  field.setRangeText(`@${one.dataset.handle} `, field.selectionStart - call[0].length, field.selectionStart, "end")
  shut()
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

function shut() {
  const field = list?.previousElementSibling
  field?.removeAttribute("aria-controls")
  field?.removeAttribute("aria-activedescendant")
  list?.remove()
  list = null
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-calls]") && !event.isComposing) offer(event.target)
})
document.addEventListener("compositionend", ({ target }) => { if (target.matches("[data-calls]")) offer(target) })
document.addEventListener("focusout", shut)
document.addEventListener("keydown", (event) => {
  if (!list || isComposing(event) || !event.target.matches("[data-calls]")) return
  const chosen = list.querySelector("[aria-selected=true]")
  const acts = {
    ArrowDown: () => choose(event.target, chosen.nextElementSibling ?? list.firstElementChild),
    ArrowUp: () => choose(event.target, chosen.previousElementSibling ?? list.lastElementChild),
    Enter: () => take(event.target, chosen),
    Tab: () => take(event.target, chosen),
    Escape: shut,
  }
  if (!acts[event.key]) return
  event.preventDefault()
  event.stopPropagation()
  acts[event.key]()
}, true)
// This file comes when somebody begins to write: whoever was quicker has called already.
if (document.activeElement?.matches("[data-calls]")) offer(document.activeElement)
