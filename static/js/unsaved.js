// Leaving a form[data-unsaved] that holds typed text warns; sending it does not.
function isDirty() {
  return document.querySelector("form[data-unsaved][data-dirty]") !== null
}

document.addEventListener("input", (event) => {
  event.target.form?.matches("[data-unsaved]") && event.target.form.setAttribute("data-dirty", "")
})
document.addEventListener("submit", (event) => {
  if (!usesScript(event.target)) event.target.removeAttribute("data-dirty")
  // a form inside is sent instead of the one around it (a vote for what it would repeat): nothing is lost but a title
  const around = event.target.parentElement?.closest("form[data-dirty]")
  if (around && ![...around.querySelectorAll("textarea")].some((field) => field.value.trim())) around.removeAttribute("data-dirty")
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
