// Answers are fragments: each element with an id takes the place of the one with that id; dialogs open over the page.
// Nothing is taken from under the pointer, from a field being typed in, or from the focus of a person.
// The board, a script of its own, asks for it by the event page:swap.

/** `sent` is the form that was answered: what it held is no longer unsaved. */
export function swap(html, sent = null) {
  const template = document.createElement("template")
  template.innerHTML = html
  const kept = memory(sent)
  for (const fresh of [...template.content.children]) place(fresh)
  restore(kept)
  document.dispatchEvent(new CustomEvent("page:changed"))
}

function place(fresh) {
  const old = fresh.id && document.getElementById(fresh.id)
  if (fresh.id === "toasts") old.append(...fresh.childNodes)
  else if (fresh.dataset.into) return into(fresh)
  else if (old) old.replaceWith(fresh)
  else if (fresh.tagName === "DIALOG") document.getElementById("dialogs").append(fresh)
  else return
  window.htmx?.process(fresh)
}

// A card whose list is shown goes there, unless it stands there already; one whose list is not shown leaves.
function into(wrapper) {
  const fresh = wrapper.firstElementChild
  const list = document.getElementById(wrapper.dataset.into)
  const old = document.getElementById(fresh.id)
  if (!list) return old?.replaceWith(fresh)
  if (old?.parentElement === list && !wrapper.hasAttribute("data-ordered")) old.replaceWith(fresh)
  else {
    old?.remove()
    const next = list.querySelector(`[data-item-id="${CSS.escape(wrapper.dataset.before)}"]`)
    next ? next.before(fresh) : list[wrapper.dataset.end === "top" ? "prepend" : "append"](fresh)
  }
  window.htmx?.process(fresh)
}

const TYPED = "textarea[id], input[id]:not([type=checkbox])"

function memory(sent) {
  const element = document.activeElement
  const home = element?.closest("[id]")
  const typed = [...document.querySelectorAll(TYPED)].filter((field) => field.form !== sent && field.value !== field.defaultValue)
  return {
    focused: home && element !== document.body ? { id: home.id, own: home === element, link: element.matches("h3 a"), name: element.getAttribute("name") } : null,
    typed: typed.map(({ id, value }) => [id, value]),
    open: [...document.querySelectorAll("details[id][open]")].map(({ id }) => id),
  }
}

function restore({ focused, typed, open }) {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "")
  for (const [id, value] of typed) {
    const field = document.getElementById(id)
    if (field) field.value = value
  }
  if (focused && document.activeElement === document.body) target(focused)?.focus({ preventScroll: true })
}

function target({ id, own, link, name }) {
  const home = document.getElementById(id)
  if (own) return home
  return (name && home?.querySelector(`[name="${CSS.escape(name)}"]`)) ?? (link ? home?.querySelector("h3 a") : home?.querySelector("a, button, input"))
}

document.addEventListener("page:swap", (event) => swap(event.detail))
