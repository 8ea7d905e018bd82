// Answers are fragments: each element with an id takes the place of the one with that id; dialogs open over the page.
// Nothing is taken from under the pointer, from a field being typed in, or from the focus of a person.
import { isTyping } from "./fields.js"

export function swap(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  const focused = memory()
  for (const fresh of [...template.content.children]) place(fresh)
  restore(focused)
  document.dispatchEvent(new CustomEvent("page:changed"))
}

/** Whether a person holds this element: drags it, types in it, has it lifted. */
export function isHeld(element) {
  const inside = "[data-lifted], .is-ghost, .is-moving, [aria-busy=true]"
  if (element.matches(inside) || element.querySelector(inside)) return true
  return isTyping(document.activeElement) && element.contains(document.activeElement)
}

function place(fresh) {
  const old = fresh.id && document.getElementById(fresh.id)
  if (fresh.id === "toasts") old.append(...fresh.childNodes)
  else if (old) old.replaceWith(fresh)
  else if (fresh.tagName === "DIALOG") document.getElementById("dialogs").append(fresh)
  else return
  window.htmx?.process(fresh)
}

function memory() {
  const element = document.activeElement
  const home = element?.closest("[id]")
  return home && element !== document.body ? { id: home.id, link: element.matches("h3 a"), name: element.getAttribute("name") } : null
}

function restore(focused) {
  if (!focused || document.activeElement !== document.body) return
  const home = document.getElementById(focused.id)
  const target = focused.name ? home?.querySelector(`[name="${CSS.escape(focused.name)}"]`) : focused.link ? home?.querySelector("h3 a") : home
  target?.focus({ preventScroll: true })
}
