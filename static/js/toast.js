// Toasts speak back after an act: they go after ten seconds, unless looked at, and never when something broke.
import { announce, word } from "./words.js"

const STAYS = 10_000

export function toast(text, { tone = "", act = "", onAct = null } = {}) {
  const box = document.createElement("div")
  box.className = "toast"
  box.dataset.toast = ""
  if (tone) box.dataset.tone = tone
  box.append(Object.assign(document.createElement("span"), { textContent: text }))
  if (act && onAct) box.append(button(act, () => { box.remove(); onAct() }))
  box.append(button(word("close"), () => box.remove()))
  document.getElementById("toasts")?.append(box)
  watch(box)
  return box
}

function button(label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label })
  made.dataset.size = "small"
  made.addEventListener("click", act)
  return made
}

function watch(box) {
  if (box.hasAttribute("data-watched")) return
  box.setAttribute("data-watched", "")
  box.querySelector("[data-toast-close]")?.removeAttribute("hidden")
  if (box.dataset.tone === "broken") return
  let timer = setTimeout(() => box.remove(), STAYS)
  const hold = () => clearTimeout(timer)
  const release = () => { timer = setTimeout(() => box.remove(), STAYS) }
  box.addEventListener("pointerenter", hold)
  box.addEventListener("focusin", hold)
  box.addEventListener("pointerleave", release)
  box.addEventListener("focusout", release)
}

function watchAll() {
  document.querySelectorAll("[data-toast]").forEach(watch)
}

addEventListener("click", (event) => event.target.closest?.("[data-toast-close]")?.closest("[data-toast]").remove())
document.addEventListener("page:changed", watchAll)
document.addEventListener("page:toast", ({ detail: { text, ...more } }) => toast(text, more))

// What waits to be sent again says so, once for all of it, as long as it does.
let waits = 0
let said = null
document.addEventListener("page:waits", ({ detail }) => {
  waits += detail
  if (waits && !said?.isConnected) {
    said = toast(word("waits"))
    announce(word("waits"))
  } else if (!waits) said?.remove()
})
watchAll()
