// Acts that destroy ask first: form[data-confirm="consequence"][data-confirm-act="verb"], and htmx's hx-confirm.
import { open } from "./dialog.js"

/** Ask in the page's own dialog; resolves to whether the person goes on. */
export function ask(consequence, act) {
  const dialog = document.getElementById("confirm")
  const yes = dialog.querySelector("[data-confirm-yes]")
  dialog.querySelector("[data-confirm-text]").textContent = consequence
  if (act) yes.textContent = act
  open(dialog)
  dialog.querySelector("[data-close]").focus()
  return new Promise((resolve) => {
    const answer = new AbortController()
    const options = { signal: answer.signal, once: true }
    yes.addEventListener("click", () => { answer.abort(); resolve(true); dialog.close() }, options)
    dialog.addEventListener("close", () => { answer.abort(); resolve(false) }, options)
  })
}

// The server asks those who have no script: whoever was asked here says so.
function sure(form) {
  const said = Object.assign(document.createElement("input"), { type: "hidden", name: "sure", value: "1" })
  if (!form.elements.sure) form.append(said)
}

document.addEventListener("submit", async (event) => {
  const form = event.target
  if (!form.dataset.confirm || form.hasAttribute("data-confirmed")) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const submitter = event.submitter
  if (!await ask(form.dataset.confirm, form.dataset.confirmAct)) return form.matches("[data-saves]") && form.reset()
  form.setAttribute("data-confirmed", "")
  sure(form)
  form.requestSubmit(submitter)
  form.removeAttribute("data-confirmed")
}, true)

document.addEventListener("htmx:confirm", async (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail
  event.preventDefault()
  const act = ctx.sourceElement.dataset.confirmAct ?? ctx.sourceElement.textContent.trim()
  if (await ask(ctx.confirm, act)) issueRequest()
  else dropRequest()
})
