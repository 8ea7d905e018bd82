// The exact moment of a short one shows on focus and touch as it does on hover. Each list of moments is one stop of the keyboard:
// up and down walk through it.
const GROUPS = "ol, ul, table, dl, article, section, header, main"
const HELD = "a, button, label, summary"
const bubble = Object.assign(document.createElement("div"), { className: "bubble", popover: "manual" })
bubble.setAttribute("aria-hidden", "true")

const moments = (group) => [...group.querySelectorAll("time[title][tabindex]")]

function prepare() {
  const begun = new Set()
  for (const time of document.querySelectorAll("main time[title], dialog time[title]")) {
    if (time.closest(HELD)) continue
    const group = time.closest(GROUPS)
    time.tabIndex = begun.has(group) ? -1 : 0
    begun.add(group)
  }
}

function show(time) {
  document.body.append(bubble)
  bubble.textContent = time.title
  bubble.showPopover()
  place(time)
}

function place(time) {
  const at = time.getBoundingClientRect()
  const most = document.documentElement.clientWidth - bubble.offsetWidth - 8
  bubble.style.left = `${Math.max(8, Math.min(at.left, most))}px`
  bubble.style.top = `${at.top < bubble.offsetHeight + 12 ? at.bottom + 4 : at.top - bubble.offsetHeight - 4}px`
}

function hide() {
  if (bubble.isConnected) bubble.remove()
}

addEventListener("focusin", ({ target }) => { target.matches?.("time[title][tabindex]") ? show(target) : hide() })
addEventListener("focusout", hide)
addEventListener("scroll", () => { if (bubble.isConnected) place(document.activeElement) }, { passive: true, capture: true })
addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (event.key === "Escape") hide()
  if (!step || !event.target.matches?.("time[title][tabindex]")) return
  const all = moments(event.target.closest(GROUPS))
  const next = all[all.indexOf(event.target) + step]
  if (!next) return
  event.preventDefault()
  event.target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
})
document.addEventListener("page:changed", prepare)
prepare()
