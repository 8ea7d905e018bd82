// Ctrl/⌘ K: the search of the topbar as a dialog that shows what is found while one types. Arrows walk, Enter goes; without script the form does.
import { open } from "./dialog.js"
import { isComposing } from "./fields.js"
import { announce, word } from "./words.js"

const WAIT = 120
let dialog = null
let waiting = 0
let asking = null

function make(form) {
  dialog = document.createElement("dialog")
  dialog.className = "dialog search-dialog"
  dialog.setAttribute("aria-label", form.getAttribute("aria-label"))
  const head = document.createElement("div")
  head.className = "dialog-head"
  const own = form.cloneNode(true)
  own.querySelector("[data-search]").removeAttribute("data-search")
  const close = document.createElement("button")
  close.className = "button"
  close.type = "button"
  close.dataset.close = close.dataset.kind = "quiet"
  close.textContent = word("close")
  const found = document.createElement("div")
  found.className = "dialog-body"
  head.append(own, close)
  dialog.append(head, found)
  document.getElementById("dialogs").append(dialog)
  field().addEventListener("input", (event) => { if (!isComposing(event)) soon() })
  field().addEventListener("compositionend", soon)
  dialog.addEventListener("keydown", walk)
}

function field() {
  return dialog.querySelector("input")
}

function soon() {
  clearTimeout(waiting)
  waiting = setTimeout(ask, WAIT)
}

async function ask() {
  asking?.abort()
  const mine = asking = new AbortController()
  const url = `${field().form.action}?${new URLSearchParams({ q: field().value })}`
  const answer = await fetch(url, { headers: { "HX-Request": "true", Accept: "text/html" }, signal: mine.signal }).catch(() => null)
  if (mine.signal.aborted) return
  const html = answer?.ok ? await answer.text() : ""
  if (mine.signal.aborted) return
  show(html)
}

function show(html) {
  const body = dialog.querySelector(".dialog-body")
  body.innerHTML = html
  const said = body.firstElementChild?.dataset.said
  if (!html) body.textContent = word("offlineSearch")
  else if (said && field().value) announce(said)
}

function walk(event) {
  if (isComposing(event) || !["ArrowDown", "ArrowUp"].includes(event.key)) return
  const stops = [field(), ...dialog.querySelectorAll("[data-hit]")]
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** Open the dialog; false where the page has no search. */
export function search() {
  const form = document.querySelector("[data-search]")?.form
  if (!form) return false
  if (!dialog) make(form)
  open(dialog)
  field().focus()
  field().select()
  ask()
  return true
}

addEventListener("click", (event) => {
  if (event.target.closest?.("form:has([data-search])")) search()
})
