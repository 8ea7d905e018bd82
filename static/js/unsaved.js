// Leaving a form[data-unsaved] that holds typed text warns; sending it does not.
function isDirty() {
  return document.querySelector("form[data-unsaved][data-dirty]") !== null
}

document.addEventListener("input", (event) => {
  event.target.form?.matches("[data-unsaved]") && event.target.form.setAttribute("data-dirty", "")
})
document.addEventListener("submit", (event) => {
  if (!usesScript(event.target)) event.target.removeAttribute("data-dirty")
})
document.addEventListener("reset", (event) => event.target.removeAttribute("data-dirty"))
document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail
  if (ctx.response?.status < 400) ctx.sourceElement?.closest?.("form")?.removeAttribute("data-dirty")
})
addEventListener("beforeunload", (event) => {
  if (isDirty()) event.preventDefault()
})

function usesScript(form) {
  return form.matches("[hx-post], [hx-put], [hx-patch], [data-hx-post], [data-stays] form")
}
