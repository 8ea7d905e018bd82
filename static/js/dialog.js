// Dialogs: [data-open-dialog=id] opens, [data-close] closes; dialog[open][data-modal] from the server becomes modal.
// Esc, Back and a press outside close; [data-close-url] says where the page behind is; focus goes back.
let behind = ""
const openers = new WeakMap()
let silent = ""

export function open(dialog) {
  if (dialog.matches(":modal")) return
  openers.set(dialog, document.activeElement)
  dialog.removeAttribute("open")
  dialog.showModal()
  if (dialog.hasAttribute("tabindex")) dialog.focus()
  stage()
}

const pageTitle = document.title.split(" | ").at(-1)

// All outside a modal dialog is out of reach: what speaks back comes along into the topmost one. The tab is called by what is open.
function stage() {
  const top = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body
  for (const id of ["toasts", "live"]) {
    const speaker = document.getElementById(id)
    if (speaker && speaker.parentElement !== top) top.append(speaker)
  }
  const named = document.querySelector("dialog:modal [data-tab-title]")?.dataset.tabTitle
  document.title = named ? `${named} | ${pageTitle}` : pageTitle
}

/** Where the focus goes when it closes. */
export function setOpener(dialog, element) {
  openers.set(dialog, element)
}

function upgrade(arrived) {
  for (const dialog of document.querySelectorAll("dialog[open][data-modal]:not(:modal)")) {
    if (arrived && dialog.dataset.closeUrl && behind && behind !== here()) dialog.dataset.behind = behind
    open(dialog)
  }
  document.querySelector("[data-focus-here]:not([data-focused])")?.focus()
  document.querySelectorAll("[data-focus-here]").forEach((element) => { element.dataset.focused = "" })
}

function here() {
  return location.pathname + location.search
}

function leave(dialog) {
  stage()
  if (dialog.dataset.behind) {
    if (here() !== dialog.dataset.behind) {
      goBack(dialog)
    }
  } else if (dialog.dataset.closeUrl) {
    const url = new URL(dialog.dataset.closeUrl, location.href)
    if (url.pathname !== location.pathname) return location.assign(url)
    history.replaceState(history.state, "", url)
  }
  giveBack(openers.get(dialog))
  if (dialog.hasAttribute("data-modal-remove") || dialog.dataset.behind) dialog.remove()
}

// Going back resets the focus when it is done; only then it is given back.
function goBack(dialog) {
  const opener = openers.get(dialog)
  silent = dialog.dataset.behind
  window.navigation?.addEventListener("navigatesuccess", () => giveBack(opener), { once: true })
  history.back()
}

function giveBack(opener) {
  if (opener?.isConnected) return opener.focus()
  const home = opener?.closest?.("[id]")?.id
  document.getElementById(home)?.querySelector("a, button")?.focus()
}

addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-open-dialog]")
  const dialog = opener && document.getElementById(opener.dataset.openDialog)
  if (dialog) {
    event.preventDefault()
    return open(dialog)
  }
  const closer = event.target.closest?.("[data-close]")
  const closed = closer?.closest("dialog")
  if (closed?.matches(":modal") && (closer.tagName !== "A" || closed.hasAttribute("data-modal-remove"))) {
    event.preventDefault()
    closed.close()
  }
})

// A press that begins and ends on the veil; not one that only ends there after selecting text.
let pressed = null
addEventListener("pointerdown", (event) => { pressed = event.target })
addEventListener("click", (event) => {
  if (event.target.tagName !== "DIALOG" || pressed !== event.target || !event.target.matches(":modal")) return
  const box = event.target.getBoundingClientRect()
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom
  if (!inside) event.target.close()
})

addEventListener("close", (event) => {
  if (event.target.tagName === "DIALOG") leave(event.target)
}, true)

document.addEventListener("htmx:before:history:update", () => { behind = here() })
document.addEventListener("htmx:before:history:restore", (event) => {
  if (silent) {
    silent = ""
    return event.preventDefault()
  }
  const dialog = [...document.querySelectorAll("dialog:modal[data-behind]")].at(-1)
  if (dialog?.dataset.behind !== event.detail.path) return
  event.preventDefault()
  dialog.close()
})

document.addEventListener("page:changed", () => { upgrade(true); stage() })
upgrade(false)
