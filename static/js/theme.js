// Day or night at once; the form keeps the choice for the next page.
document.addEventListener("submit", async (event) => {
  const form = event.target
  if (!form.matches("[data-theme-form]")) return
  event.preventDefault()
  const chosen = event.submitter?.value ?? ""
  const values = new FormData(form)
  values.set("theme", chosen)
  show(form, chosen)
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(values), redirect: "manual" }).catch(() => null)
  if (!answer || answer.status >= 400) form.submit()
})

function show(form, theme) {
  if (theme) document.documentElement.dataset.theme = theme
  else delete document.documentElement.dataset.theme
  for (const button of form.querySelectorAll("[name=theme]")) button.setAttribute("aria-pressed", String(button.value === theme))
}
