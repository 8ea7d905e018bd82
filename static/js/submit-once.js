// Pressing twice, or a slow line, makes one thing. Forms that answer with a file say data-many.
function isBusy(form) {
  return form.getAttribute("aria-busy") === "true"
}

// What in-turn.js sends bears a mark of its own: the next line may come in the same instant.
function isInTurn(form, submitter) {
  return form.hasAttribute("data-in-turn") && !submitter?.hasAttribute("formaction")
}

document.addEventListener("submit", (event) => {
  const form = event.target
  if (form.hasAttribute("data-many") || form.method !== "post" || isInTurn(form, event.submitter)) return
  if (isBusy(form)) {
    event.preventDefault()
    event.stopImmediatePropagation()
    return
  }
  form.setAttribute("aria-busy", "true")
  setTimeout(() => { if (event.defaultPrevented && !usesHtmx(form) && !form.closest("[data-stays]")) free(form) })
}, true)

function usesHtmx(form) {
  return [...form.attributes].some(({ name }) => /^(data-)?hx-(post|put|patch|delete|get|action|boost)/.test(name))
}

function free(form) {
  form.removeAttribute("aria-busy")
}

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.detail.ctx.sourceElement?.closest?.("form")
  if (form) free(form)
})
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free))
